"""Certificates measured: 250 people issued theirs, 250 certificates made into one file by the background, one of them.

A course of its own in a database of its own; every request goes the whole way of the portal.
"""

from collections.abc import Callable
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from tests.bench.pages import BACKEND

HALL, SESSIONS = 250, 4
LIMIT_FILE_SECONDS, LIMIT_ISSUE_MS, LIMIT_PAGE_MS, LIMIT_ONE_MS, LIMIT_QUERIES = 30, 1_000, 300, 300, 12


def run() -> list[str]:
    """Print the measured beside the limits; the names of what failed."""
    from tests.bench.database import fresh_database, settle
    from tests.bench.measured import table
    from tests.worker import forget_all_work

    with fresh_database():
        course = Finished()
        settle()
        failed = table("giấy chứng nhận", (
            ("trang hoàn thành của 250 người", course.page, LIMIT_PAGE_MS, "ms"),
            ("… số truy vấn", course.queries, LIMIT_QUERIES, "truy vấn"),
            ("cấp 250 giấy", course.issue, LIMIT_ISSUE_MS, "ms"),
            ("250 giấy thành một tệp PDF, từ lúc đặt", course.file, LIMIT_FILE_SECONDS, "giây"),
            ("một giấy, tải về", course.one, LIMIT_ONE_MS, "ms"),
        ))  # fmt: skip
        forget_all_work()
    return failed


class Finished:
    """A course that is over, which everybody completed."""

    def __init__(self) -> None:
        from tests.trainings.factories import (
            make_admin,
            make_class,
            make_course,
            make_session,
            make_trainee,
            make_unit,
        )
        from trainings.models import Mark

        last = localdate() - timedelta(days=5)
        self.course = make_course(starts_on=last - timedelta(days=3), ends_on=last)
        held = make_class(self.course, capacity=HALL)
        units = [make_unit(self.course.ward) for _ in range(50)]
        people = [
            make_trainee(training_class=held, unit=units[number % 50], full_name=f"Người Thứ {number}")
            for number in range(HALL)
        ]
        admin = make_admin(self.course.ward)
        begin = now() - timedelta(days=8)
        for place in range(SESSIONS):
            starts_at = begin + timedelta(days=place)
            session = make_session(
                held, starts_at=starts_at, ends_at=starts_at + timedelta(hours=4), state="held"
            )
            Mark.objects.bulk_create(
                Mark(session=session, trainee=each, state="present", source="clerk", marked_by=admin)
                for each in people
            )
        self.client = Client()
        self.client.force_login(admin, backend=BACKEND)
        _must(self.client.get(reverse("change_password")), 200)  # the first page of a sign-in stamps it
        self.completion = reverse("completion", args=[self.course.pk])

    def page(self) -> float:
        _must(self.client.get(self.completion), 200)
        return min(_milliseconds(lambda: _must(self.client.get(self.completion), 200)) for _ in range(5))

    def queries(self) -> float:
        with CaptureQueriesContext(connection) as captured:
            _must(self.client.get(self.completion), 200)
        return len(captured)

    def issue(self) -> float:
        url = reverse("training_issue", args=[self.course.pk])
        words = {
            "decision_number": "120/QĐ-UBND",
            "issued_on": f"{localdate():%d/%m/%Y}",
            "signer_title": "CHỦ TỊCH",
            "signer": "Trần Văn Ổn",
        }
        took = _milliseconds(lambda: _must(self.client.post(url, words), 302))
        if self.course.certificates.count() != HALL:
            raise AssertionError("not everybody was issued one")
        return took

    def file(self) -> float:
        """Seconds from the order until the worker has it, as it lies there to be fetched."""
        from tests.worker import work

        started = perf_counter()
        answer = self.client.post(
            reverse("training_batch_order", args=[self.course.pk]), {"request_id": str(uuid4())}
        )
        _must(answer, 302)
        work()
        batch = self.course.batches.get()
        got = self.client.get(reverse("training_batch_file", args=[batch.pk]))
        _must(got, 200)
        took = perf_counter() - started
        if b"/Type/Pages/Count 250/" not in got.content:
            raise AssertionError("not 250 pages")
        return took

    def one(self) -> float:
        made = self.course.certificates.in_register_order()[0]
        url = reverse("training_certificate_pdf", args=[made.pk])
        return min(_milliseconds(lambda: _must(self.client.get(url), 200)) for _ in range(5))


def _milliseconds(act: Callable) -> float:
    started = perf_counter()
    act()
    return (perf_counter() - started) * 1000


def _must(response, status: int) -> None:
    if response.status_code != status:
        raise AssertionError(f"answered {response.status_code}, not {status}")
