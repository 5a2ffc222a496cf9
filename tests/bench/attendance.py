"""Attendance measured: 250 marks in one request, 250 people through two doors, the page of a hall.

A course of its own in a database of its own; every request goes the whole way of the portal.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from time import perf_counter

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime, now

from tests.bench.pages import BACKEND

HALL, DOORS, TIMES = 250, 2, 7
LIMIT_SAVE_MS, LIMIT_PAGE_MS, LIMIT_MINUTE_SECONDS = 300, 300, 60
LIMIT_QUERIES = 14


def run() -> list[str]:
    """Print the measured beside the limits; the names of what failed."""
    from tests.bench.database import fresh_database, settle
    from tests.bench.measured import table

    with fresh_database():
        hall = Hall()
        settle()
        failed = table("điểm danh", (
            ("250 điểm danh trong một lần gửi", hall.save, LIMIT_SAVE_MS, "ms"),
            ("… số truy vấn", hall.queries, LIMIT_QUERIES, "truy vấn"),
            ("250 lần sửa trong một lần gửi", hall.correct, LIMIT_SAVE_MS, "ms"),
            ("trang điểm danh của 250 người", hall.page, LIMIT_PAGE_MS, "ms"),
            ("250 người qua hai cửa", hall.doors, LIMIT_MINUTE_SECONDS, "giây"),
        ))  # fmt: skip
    return failed


class Hall:
    """A class of 250 with a session for each measurement, and its clerks."""

    def __init__(self) -> None:
        from tests.factories import make_user
        from tests.trainings.factories import make_class, make_course, make_trainee, make_unit

        self.held = make_class(make_course(), capacity=HALL)
        ward = self.held.course.ward
        units = [make_unit(ward) for _ in range(50)]
        self.trainees = [
            make_trainee(training_class=self.held, unit=units[number % 50], full_name=f"Người Thứ {number}")
            for number in range(HALL)
        ]
        self.clerks = [make_user("supervisor", ward) for _ in range(DOORS)]
        self.visitors = [self._client(number) for number in range(DOORS)]
        self.day = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
        self.minutes = 0

    def save(self) -> float:
        return median(self._sent(self._session(), "present", 0) for _ in range(TIMES))

    def correct(self) -> float:
        session = self._session()
        self._sent(session, "present", 0)
        states = ("absent", "late", "excused", "present") * TIMES
        return median(self._sent(session, states[number], number + 1) for number in range(TIMES))

    def queries(self) -> float:
        session = self._session()
        with CaptureQueriesContext(connection) as captured:
            self._sent(session, "present", 0)
        return len(captured)

    def page(self) -> float:
        session = self._session()
        self._sent(session, "present", 0)
        client, url = self.visitors[0], self._address("session_attendance", session)
        client.get(url)
        return median(_milliseconds(lambda: _must(client.get(url), 200)) for _ in range(TIMES))

    def doors(self) -> float:
        """Seconds in which everybody comes in by one of the doors, each card opened and posted as a phone does."""
        session = self._session()
        started = perf_counter()
        with ThreadPoolExecutor(DOORS) as pool:
            list(pool.map(lambda number: self._door(session, number), range(DOORS)))
        took = perf_counter() - started
        if session.marks.filter(source="door").count() != HALL:
            raise AssertionError("not everybody was let in")
        return took

    def _door(self, session, number: int) -> None:
        client = self.visitors[number]
        _must(client.post(reverse("door_choose"), {"session": session.pk}), 302)
        for trainee in self.trainees[number::DOORS]:
            _must(client.get(reverse("door_check", args=[trainee.code])), 200)
            _must(client.post(reverse("door"), {"trainee": trainee.pk}), 200)
        connections.close_all()

    def _sent(self, session, state: str, version: int) -> float:
        marks = [{"trainee": each.pk, "state": state, "version": version} for each in self.trainees]
        body = json.dumps({"marks": marks, "seen": 0})
        client, url = self.visitors[0], self._address("session_marks", session)

        def send() -> None:
            response = client.post(url, body, content_type="application/json")
            _must(response, 200)
            if any(each["refusal"] for each in response.json()["rows"]):
                raise AssertionError("a mark was refused")

        return _milliseconds(send)

    def _session(self):
        from tests.trainings.factories import make_session

        self.minutes += 1
        starts_at = self.day + timedelta(minutes=self.minutes)
        return make_session(self.held, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=1))

    def _client(self, number: int) -> Client:
        client = Client()
        client.force_login(self.clerks[number], backend=BACKEND)
        _must(client.get(reverse("change_password")), 200)  # the first page of a sign-in stamps it
        return client

    def _address(self, name: str, session) -> str:
        return reverse(name, args=[self.held.course_id, session.pk])


def _milliseconds(act: Callable) -> float:
    started = perf_counter()
    act()
    return (perf_counter() - started) * 1000


def _must(response, status: int) -> None:
    if response.status_code != status:
        raise AssertionError(f"answered {response.status_code}, not {status}")
