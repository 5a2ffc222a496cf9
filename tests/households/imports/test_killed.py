"""A process killed at any point of an import leaves all of it or nothing, and the next one goes on."""

import os
import random
import signal
import time

import pytest
from django.db import connection, connections

from households.actions.imports import files
from households.exchange.imports import work
from households.models import Household, Import, ImportUnit, Member
from tests.factories import make_group, make_user, make_ward
from tests.households.imports.books import TODAY, book, send
from thanhsen.models import Event
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)

KILLS, HOUSEHOLDS = 50, 25
LETTERS = [f"{one}{two}" for one in "ABCDE" for two in "oaêui"]
STEPS = ("check", "commit", "undo")


def rows(turn: int):
    """Households of two that no other turn has."""
    for number in range(HOUSEHOLDS):
        year, tail = 40 + number, f"{turn * 137 % 1000:03d}{(turn * 211 + number * 17) % 1000:03d}"
        yield (
            number, "Tổ dân phố 1", f"Ngõ {turn}", f"Nguyễn Thị {LETTERS[number]}", "Chủ hộ", "Nữ",
            f"19{year}", f"0421{year}{tail}", "Kinh",
        )  # fmt: skip
        yield (
            number, "", "", f"Trần Văn {LETTERS[number]}", "Con đẻ", "Nam", f"19{year + 20}", f"0420{year + 20}{tail}", "Kinh",
        )  # fmt: skip


@pytest.fixture
def sender():
    ward = make_ward()
    make_group(ward, name="Tổ dân phố 1")
    return make_user(Role.SUPERVISOR, areas=ward)


def killed(pk: int, after: float) -> None:
    """The background work of an import in another process, killed so many seconds after it began."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            for each in (
                connections.all()
            ):  # another process's, where a browser's event loop hid it from the line above
                each.connection = None
            work.run(pk, TODAY)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def state() -> tuple[int, int, int, int]:
    """What the register holds: all that an import may change."""
    return (
        Household.objects.present().count(),
        Member.objects.present().count(),
        Event.objects.filter(act__in=["household.create", "member.create"]).count(),
        Event.objects.filter(act__in=["household.update", "member.update"]).count(),
    )


def plus(now: tuple, *added: int) -> tuple:
    return tuple(each + more for each, more in zip(now, added, strict=True))


def test_all_or_nothing_however_it_is_killed(sender):
    dice, ward = random.Random(5), sender.areas.get()
    took = {step: 0.05 for step in STEPS}
    seen = {"all": 0, "nothing": 0}
    for turn in range(KILLS):
        step = STEPS[turn % len(STEPS)]
        imported = _until(step, turn, sender, ward)
        before = state()
        started = time.monotonic()
        whole = {
            "check": before,
            "commit": plus(before, HOUSEHOLDS, 2 * HOUSEHOLDS, 3 * HOUSEHOLDS, 0),
            "undo": plus(before, -HOUSEHOLDS, -2 * HOUSEHOLDS, 0, 3 * HOUSEHOLDS),
        }[step]
        killed(imported.pk, dice.uniform(0, 1.2) * took[step])
        now = _settled(imported)
        assert now in (before, whole), (turn, step)
        staged = ImportUnit.objects.filter(of=imported).count()
        assert staged in (0, HOUSEHOLDS), (turn, step)
        seen["all" if now == whole and step != "check" else "nothing"] += 1
        started = time.monotonic()
        imported = work.run(imported.pk, TODAY)  # whoever comes next
        if now == before:
            took[step] = max(0.02, time.monotonic() - started)
        assert imported.state == {"check": "checked", "commit": "committed", "undo": "undone"}[step]
        assert state() == whole, (turn, step)
        assert imported.units.count() == HOUSEHOLDS
    assert seen["nothing"] > 5


def _until(step: str, turn: int, sender, ward) -> Import:
    """An import that waits for this step of the background work."""
    content = book(list(rows(turn)))
    if step == "check":
        return files.upload(
            by=sender, ward=ward, kind="households", file_name="a.xlsx", content=content,
            defaults={"opened_date": "01/10/2026"},
        )  # fmt: skip
    imported = send(content, by=sender, ward=ward)
    assert imported.counts == {"new": HOUSEHOLDS}, [each.lines for each in imported.units.all()[:1]]
    files.begin_commit(by=sender, imported=imported, version=None)
    if step == "undo":
        work.run(imported.pk, TODAY)
        files.begin_undo(by=sender, imported=imported, reason="nạp nhầm")
    return imported


def _settled(imported: Import) -> tuple:
    """The register once the server noticed that the killed process is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [files.LOCKS, imported.pk])
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [files.LOCKS, imported.pk])
    return state()
