"""Two files of the same people, or one file twice, written at the same moment."""

from itertools import count

import pytest

from households.actions.imports import files
from households.exchange.imports import work
from households.models import Household
from tests.factories import make_group, make_user, make_ward
from tests.households.imports.books import TODAY, book, send
from tests.households.test_at_once import at_once
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
