"""The SQL against the reference: a random small register, and every two of its rows and of a list compared."""

from datetime import date
from itertools import combinations

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.models import Household, Member, NotSame
from households.reports.alike import Person, against_register, compare, in_register
from households.reports.alike.comparing import words
from tests.factories import make_group, make_user, make_ward
from tests.households.alike.test_comparing import PERSON
from tests.households.factories import make_household, make_member

pytestmark = pytest.mark.django_db


class Register:
    """A ward of two tổ dân phố with `rows` spread over three households of it; one more ward with one household."""

    def __init__(self, rows):
        self.ward = make_ward()
        self.groups = {7: make_group(self.ward), 8: make_group(self.ward)}
        away = make_group(make_ward(parent=self.ward.parent))
        homes = {
            "H0000001": make_household(self.groups[7]),
            "H0000002": make_household(self.groups[8]),
            "H0000003": make_household(away),
        }
        used: set[str] = set()
        for row in rows:
            cccd = None if row.cccd in used else row.cccd
            used |= {cccd} if cccd else set()
            values = {name: getattr(row, name) for name in ("full_name", "sex", "birth_date", "old_id")}
            make_member(homes[row.household], **values, cccd=cccd, birth_year=row.year or 1980)
        self.people = [
            (_person(each), each.household.area.parent_id == self.ward.pk)
            for each in Member.objects.present().select_related("household__area").order_by("pk")
        ]

    def here(self, row: Person, at: int) -> Person:
        """`row` as one of a file: its tổ dân phố by the id of this register."""
        area = self.groups[row.area_id].pk if row.area_id else None
        return Person(at, row.full_name, row.sex, row.birth_year, row.birth_date, row.cccd, row.old_id, area)


def _person(member: Member) -> Person:
    home = member.household
    return Person(
        member.pk, member.full_name, member.sex, member.birth_year, member.birth_date, member.cccd, member.old_id,
        home.area_id, home.area.parent_id, home.code, member.relationship,
    )  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PERSON, max_size=8), st.lists(PERSON, max_size=6))
def test_sql_equals_comparing_every_two(stored, listed):
    with transaction.atomic():  # undone after each example; the rows could not be deleted
        register = Register(stored)
        rows = [register.here(row, at) for at, row in enumerate(listed)]
        expected = {}
        for row in rows:
            for person, here in register.people:
                pair = compare(row, person)
                if pair and here:
                    expected[row.key, person.key] = pair
                elif pair and pair.sure:
                    expected[row.key, None] = None
        found = {(each.one, each.other): each for each in against_register(rows, register.ward)}
        assert found.keys() == expected.keys()
        assert all(found[key] == pair for key, pair in expected.items() if pair)
        _compare_the_register_with_itself(register)
        transaction.set_rollback(True)


def _compare_the_register_with_itself(register) -> None:
    here = [person for person, of_ward in register.people if of_ward]
    every = [pair for a, b in combinations(here, 2) if (pair := compare(a, b))]
    by_score = sorted(every, key=lambda pair: (-pair.score, pair.one, pair.other))
    areas = [each.pk for each in register.groups.values()]
    assert in_register(areas) == by_score
    homes = {person.key: person.area_id for person in here}
    one = register.groups[7].pk
    touching = [each for each in by_score if one in (homes[each.one], homes[each.other])]
    assert in_register(areas, [one]) == touching


def test_a_number_of_another_area_is_told_without_the_person():
    ward = make_ward()
    mine, other = make_group(ward), make_group(ward)
    make_household(other, head={"full_name": "Lê Thị Lan", "cccd": "042180000001", "sex": "female"})
    row = Person(5, "Lê Thị Lan", "female", 1980, cccd="042180000001", area_id=other.pk)
    (pair,) = against_register([row], ward, make_user(areas=mine))
    assert (pair.one, pair.other, pair.elsewhere, pair.sure) == (5, None, True, True)
    assert pair.reasons == ("Cùng số CCCD với một người ở địa bàn khác",)
    (seen,) = against_register([row], ward, make_user(areas=other))
    assert (seen.other, seen.elsewhere) == (Member.objects.get().pk, False)
    assert [each.other for each in against_register([row], ward)] == [seen.other]


def test_who_left_or_whose_household_left_is_no_duplicate():
    group = make_group()
    home = make_household(group, head={"full_name": "Lê Lan", "birth_year": 1970})
    gone = make_member(home, full_name="Lê An", old_id="183000001")
    row = Person(0, "Lê An", "male", 1980, old_id="183000001", area_id=group.pk)
    assert len(against_register([row], group.parent)) == 1
    Member.objects.filter(pk=gone.pk).update(left_date=date(2026, 1, 1), left_reason="x")
    assert against_register([row], group.parent) == []


def test_of_a_name_that_many_bear_the_likeliest_are_told():
    home = make_household(make_group(), head={"full_name": "Lê An", "birth_date": date(1980, 3, 12)})
    for _ in range(30):
        make_member(home, full_name="Le An")
    rows = [Person(at, "Lê An", "male", 1980, date(1980, 3, 12), area_id=home.area_id) for at in range(2)]
    found = against_register(rows, home.area.parent)
    assert [each.one for each in found].count(0) == [each.one for each in found].count(1) == 20
    assert {each.other for each in found[:2]} == {home.members.get(relationship="head").pk}


def test_two_lists_in_one_transaction_and_none():
    group = make_group()
    make_household(group, head={"full_name": "Lê An"})
    row = Person("dòng 3", "Le An", "male", 19_800_000_000_000_000_000, area_id=group.pk)
    with transaction.atomic():
        assert len(against_register([row], group.parent)) == 1
        assert len(against_register([row, row], group.parent)) == 2
    assert against_register([], group.parent) == []


def test_what_was_found_out_is_asked_once():
    group = make_group()
    make_household(group, head={"full_name": "Lê An"})
    make_household(group, head={"full_name": "Le An"})
    (pair,) = in_register([group.pk])
    NotSame.objects.create(one_id=pair.one, other_id=pair.other, reason="hai người", made_by=None)
    assert in_register([group.pk]) == []


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Đào", "  lê  AN ", "Y'Moan", "Hoa-Lan Trần", "Ma", "ĐỖ ĐẠT", "Ka' Hà"]
)
def test_the_words_of_a_name_are_the_same_in_sql(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_words(%s)", [name])
        assert cursor.fetchone()[0] == " ".join(words(name))


def test_the_households_of_the_register_are_told_by_code():
    home = make_household(make_group(), head={"full_name": "Lê An"})
    make_member(home, full_name="Lê An")
    (pair,) = in_register([home.area_id])
    assert "Ghi trong cùng một hộ" in pair.reasons
    assert Household.objects.get().code
