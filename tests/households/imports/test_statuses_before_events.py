"""Statuses of past years of households whose life events are in the register already."""

from datetime import date

import pytest

from households.actions.imports import files
from households.actions.life.undo import undo as undo_event
from households.exchange.imports import work
from households.models import Status
from tests.factories import make_group
from tests.households.factories import AT, make_household, make_member
from tests.households.imports.books import TODAY, book, commit, faults, outcomes, send
from tests.households.life.factories import birth

pytestmark = pytest.mark.django_db
HEADINGS = ("Mã hộ", "Phân loại", "Số quyết định", "Ngày quyết định", "Người ký", "Số nhân khẩu")
BORN = date(2025, 6, 10)


@pytest.fixture
def group(ward):
    return make_group(ward)


@pytest.fixture
def home(group):
    household = make_household(group)
    make_member(household)
    return household


@pytest.fixture
def sent(sender, ward):
    return lambda *rows: send(book(rows, HEADINGS), by=sender, ward=ward, kind="statuses")


def of_2024(home):
    return (home.code, "Hộ nghèo", "09/QĐ-UBND", "10/12/2024", "Trần Văn Ký", 2)


def of_2025(home):
    return (home.code, "Hộ cận nghèo", "21/QĐ-UBND", "05/12/2025", "Trần Văn Ký", 3)


def test_an_event_after_the_last_decision_is_undone_first_and_recorded_again(sent, home, sender):
    event = birth(home, BORN)
    imported = sent(of_2024(home))
    assert outcomes(imported) == ["faulty"]
    assert "“Sinh ngày 10/06/2025”" in faults(imported)[0][1]
    assert "rồi ghi lại sự kiện" in faults(imported)[0][1]
    undo_event(by=sender, event=event, reason="nhập phân loại trước", at=AT)
    commit(sent(of_2024(home)))
    birth(home, BORN)
    assert Status.objects.get(household=home, valid_to=None).size == home.members.present().count() == 3


def test_every_year_of_such_a_household_waits(sent, home, group):
    birth(home, date(2026, 1, 10))
    other = make_household(group)
    imported = sent(of_2024(home), of_2025(home), of_2025(other))
    assert outcomes(imported) == ["faulty", "faulty", "new"]
    commit(imported)
    assert [each.household for each in Status.objects.all()] == [other]


def test_an_event_between_two_decisions_of_the_file_is_counted_by_the_later_one(sent, home):
    birth(home, BORN)
    imported = commit(sent(of_2025(home), of_2024(home)))
    assert imported.state == "committed"
    assert Status.objects.get(household=home, valid_to=None).size == home.members.present().count() == 3


def test_an_event_recorded_after_the_comparison_keeps_the_file_from_being_written(sent, home, sender):
    imported = sent(of_2024(home))
    files.begin_commit(by=sender, imported=imported, version=None)
    birth(home, BORN)
    imported = work.run(imported.pk, TODAY)
    assert (imported.state, outcomes(imported)) == ("checked", ["faulty"])
    assert not Status.objects.exists()
