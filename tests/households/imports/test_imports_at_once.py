"""Two files of the same people, or one file twice, written at the same moment; a file and a life event."""

from datetime import date
from itertools import count

import pytest

from households.actions.imports import files
from households.actions.life import homes
from households.exchange.imports import work
from households.models import Household, Status
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_status
from tests.households.imports.books import TODAY, book, send
from tests.households.life.factories import WHY
from tests.households.test_at_once import at_once, in_turn
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = [
    (number, "Tổ dân phố 1", "", name, "Chủ hộ", "Nữ", "1980", "", "Kinh")
    for number, name in enumerate(["Lê Thị Hoa", "Trần Thị Mận", "Phan Thị Quýt", "Bùi Thị Cam"])
]


@pytest.fixture
def sent():
    ward = make_ward()
    make_group(ward, name="Tổ dân phố 1")
    sender = make_user(Role.SUPERVISOR, areas=ward)

    def to_be_written():
        imported = send(book(PEOPLE), by=sender, ward=ward)
        files.begin_commit(by=sender, imported=imported, version=None)
        return imported

    # Both are compared before either is written.
    return to_be_written


def test_two_files_of_people_without_numbers_make_each_household_once(sent):
    imported, turn = [sent(), sent()], count()
    states = at_once(lambda: work.run(imported[next(turn)].pk, TODAY).state, 2)
    assert sorted(states) == ["checked", "committed"]
    assert Household.objects.count() == len(PEOPLE)


def test_a_file_taken_up_by_four_workers_is_written_once(sent):
    imported = sent()
    assert set(at_once(lambda: work.run(imported.pk, TODAY).state, 4)) == {"committed"}
    assert Household.objects.count() == len(PEOPLE)


@pytest.fixture
def years():
    """A household, and a file with its class of 2024 that is about to be written."""
    ward = make_ward()
    home = make_household(make_group(ward))
    sender = make_user(Role.SUPERVISOR, areas=ward)
    headings = ("Mã hộ", "Phân loại", "Số quyết định", "Ngày quyết định", "Người ký")
    row = (home.code, "Hộ nghèo", "09/QĐ-UBND", "10/12/2024", "Trần Văn Ký")
    imported = send(book([row], headings), by=sender, ward=ward, kind="statuses")
    files.begin_commit(by=sender, imported=imported, version=None)
    return home, imported


def test_a_household_that_moves_while_its_past_years_are_written_is_compared_again(years):
    home, imported = years
    other = make_group(home.area.parent)
    (told,) = in_turn(
        lambda: homes.moved_inside(
            by=None, household=home, area=other, address="", date=date(2024, 5, 4), **WHY
        ),
        lambda: work.run(imported.pk, TODAY),
    )
    assert (told.state, Status.objects.count()) == ("checked", 0)
    assert "so lại với sổ" in told.told[0]


def test_a_household_decided_while_its_past_years_are_written_keeps_that_decision(years):
    home, imported = years
    (told,) = in_turn(
        lambda: make_status(home, "near_poor", date(2024, 6, 1)), lambda: work.run(imported.pk, TODAY)
    )
    assert told.state == "checked"
    assert home.statuses.get().classification == "near_poor"
