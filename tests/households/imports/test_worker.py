"""The background work: what is put is done once, and what a killed worker left is taken up by another."""

import pytest
from django.db import connection, transaction

from households.actions.imports import files
from households.exchange.imports import queue
from households.models import Import
from tests.factories import make_group, make_user, make_ward
from tests.households.imports.books import HOA, book
from tests.worker import forget_all_work, look_for_killed_workers, work
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def uploaded():
    forget_all_work()
    ward = make_ward()
    make_group(ward, name="Tổ dân phố 1")
    return files.upload(
        by=make_user(Role.SUPERVISOR, areas=ward), ward=ward, kind="households", file_name="a.xlsx", content=book([HOA]),
        defaults={"opened_date": "01/10/2026"},
    )  # fmt: skip


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE task_name = 'work_on_import' ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_what_is_put_is_done(uploaded):
    queue.put(uploaded)
    assert jobs() == ["todo"]
    work()
    assert Import.objects.get().state == "checked"
    assert jobs() == ["succeeded"]


def test_nothing_is_put_where_what_asks_for_it_is_not_stored(uploaded):
    with transaction.atomic():
        queue.put(uploaded)
        transaction.set_rollback(True)
    assert jobs() == []


def test_what_a_killed_worker_left_is_taken_up(uploaded):
    queue.put(uploaded)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id"
        )
        dead = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = 1", [dead])

    assert jobs() == ["doing"]
    look_for_killed_workers()  # the worker does so by itself every minute
    work()
    assert Import.objects.get().state == "checked"
