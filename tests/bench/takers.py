"""250 people taking one test at once, over http, from the server as `portal.py run` starts it.

They open the page within ten seconds, begin, choose an answer every two to six seconds, each kept as it is chosen, and
hand in. What is measured is what a phone waits for; the phones are played on the same machine.
"""

import asyncio
import os
import re
import resource
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from pathlib import Path
from random import Random
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from tests.bench.database import NAME, fresh_database, settle

PEOPLE, QUESTIONS, ARRIVE, LIMIT_MS = 250, 20, 10, 500
BETWEEN = (2, 6)  # seconds between two answers
ROOT = Path(__file__).resolve().parents[2]
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_QUESTION = re.compile(r'name="co(\d+)".*?name="q\1(?:-\d+)?" value="(\d+)"', re.DOTALL)


@dataclass
class Measured:
    """Milliseconds by what was asked for; what went wrong."""

    took: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def table(self) -> str:
        lines = [f"\n{'làm bài cùng lúc':<26}{'lần':>8}{'ms p50':>9}{'ms p95':>9}{'ms nhiều nhất':>15}"]
        for name, took in {
            **self.took,
            "tất cả": list(chain(*self.took.values())),
        }.items():
            ordered = sorted(took)
            late = ordered[int(len(ordered) * 0.95)]
            lines.append(
                f"{name:<26}{len(took):>8}{ordered[len(ordered) // 2]:>9.0f}{late:>9.0f}{ordered[-1]:>15.0f} "
                + ("đạt" if late <= LIMIT_MS else "VƯỢT")
            )
        return "\n".join([*lines, f"lỗi: {len(self.failed)}", *self.failed[:5]])


class Phone:
    """One trainee's browser: a cookie, a connection a request."""

    def __init__(self, port: int, path: str, measured: Measured, dice: Random):
        self.port, self.path, self.measured, self.dice, self.cookie = port, path, measured, dice, ""

    async def take(self, answers: int) -> None:
        await asyncio.sleep(self.dice.uniform(0, ARRIVE))
        await self._ask("mở trang", 200)
        await self._ask("bắt đầu", 302, do="bat-dau")
        page = await self._ask("trang câu hỏi", 200)
        for question, choice in _QUESTION.findall(page)[:answers]:
            await asyncio.sleep(self.dice.uniform(*BETWEEN))
            await self._ask("giữ một câu", 204, do="luu", **{f"co{question}": "-", f"q{question}": choice})
        await self._ask("nộp bài", 302, do="nop")
        page = await self._ask("xem điểm", 200)
        if "điểm</p>" not in page:
            self.measured.failed.append("không thấy điểm")

    async def _ask(self, name: str, status: int, **data: str) -> str:
        started = perf_counter()
        try:
            answer = await self._request(data)
        except OSError as error:
            self.measured.failed.append(f"{name}: {error}")
            return ""
        self.measured.took.setdefault(name, []).append((perf_counter() - started) * 1000)
        head, _, body = answer.partition("\r\n\r\n")
        if f" {status} " not in head.split("\r\n")[0]:
            self.measured.failed.append(f"{name}: {head.splitlines()[:1]}")
        if found := re.search(r"csrftoken=([^;]+)", head):
            self.cookie = found[1]
        if found := _TOKEN.search(body):
            self.token = found[1]
        return body

    async def _request(self, data: dict[str, str]) -> str:
        body = urlencode({"csrfmiddlewaretoken": self.token, **data}) if data else ""
        lines = [f"{'POST' if data else 'GET'} {self.path} HTTP/1.1", "Host: localhost", "Connection: close"]
        lines += [f"Cookie: csrftoken={self.cookie}"] if self.cookie else []
        if data:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        answer = await reader.read()
        writer.close()
        return answer.decode()


def run(answers: int = 10) -> list[str]:
    """Measure and print; what failed."""
    with fresh_database():
        paths = _course()
        settle()
        started = perf_counter()
        with _server() as port:
            measured = Measured()
            dice = Random(250)
            phones = [Phone(port, path, measured, Random(dice.random())) for path in paths]

            async def all_at_once() -> None:
                await asyncio.gather(*(each.take(answers) for each in phones))

            asyncio.run(all_at_once())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(measured.table())
    print(
        f"máy chủ web dùng {used.ru_utime + used.ru_stime:.0f} giây CPU trong {perf_counter() - started:.0f} giây",
        flush=True,
    )
    return ["làm bài cùng lúc"] if measured.failed else []


def _course() -> list[str]:
    """An invented course with its test; the addresses of its trainees' pages."""
    from django.urls import reverse
    from django.utils.timezone import now

    from tests.trainings.factories import (
        make_course,
        make_question,
        make_test,
        make_topic,
        make_trainee,
        make_unit,
    )

    course, hour = make_course(), timedelta(hours=1)
    topics = [make_topic(course.ward) for _ in range(4)]
    questions = [make_question(topics[each % 4]) for each in range(QUESTIONS)]
    test = make_test(course, questions, opens_at=now() - hour, closes_at=now() + hour)
    unit = make_unit(course.ward)
    people = [
        make_trainee(course, unit=unit, birth_year=None, full_name=f"Người Thứ {n}") for n in range(PEOPLE)
    ]
    return [reverse("take_test", args=[each.code, test.pk]) for each in people]


@contextmanager
def _server():
    """The portal on a free port, before the database of the measurements."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}").geturl()
    command = [
        sys.executable, "-m", "gunicorn", "-c", "python:thanhsen.serving", "--bind", f"127.0.0.1:{port}",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url, "PORTAL_LOCAL": "1"})
    try:
        for _ in range(200):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            asyncio.run(asyncio.sleep(0.1))
        yield port
    finally:
        server.terminate()
        server.wait(15)
