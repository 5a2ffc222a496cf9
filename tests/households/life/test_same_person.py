"""Two rows of one person: one leaves, the other takes over what is chosen, and undone everything is as before."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from households.actions import alike, register
from households.actions.life.undo import undo
from households.models import Household, LifeEvent, Member, NotSame
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member, make_status
from tests.households.life.factories import same_person
from tests.households.life.test_events import DAY, DECIDED, line, state
from tests.refusals import refused
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.fixture
def homes(db):
    """Two poor households of a tổ dân phố; the daughter of the first is written in the second too, with her CCCD."""
    group = make_group()
    first, second = make_household(group), make_household(group)
    make_member(first, full_name="Trần Thị Lan", sex="female", old_id="183000001")
    make_member(
        second, full_name="Tran Thi Lan", sex="female", cccd="042180000001", birth_date=date(1980, 3, 12)
    )
    make_status(first, "poor", DECIDED, size=2)
    make_status(second, "poor", DECIDED, size=2)
    return first, second


def lan(household) -> Member:
    return household.members.get(relationship="child")


def test_one_row_leaves_and_the_other_takes_over(homes):
    first, second = homes
    gone, kept = lan(second), lan(first)
    event = same_person(gone, kept, ["cccd", "birth"])
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.left_date, gone.left_reason) == (DAY, f"Ghi trùng với Trần Thị Lan ở hộ {first.code}")
    assert (kept.cccd, kept.birth_date, kept.full_name, kept.old_id) == (
        "042180000001", date(1980, 3, 12), "Trần Thị Lan", "183000001",
    )  # fmt: skip
    assert (event.kind, event.member, event.household, event.other_household) == (
        "same_person",
        gone,
        second,
        first,
    )
    assert line(second) == [(2, DECIDED, DAY, "changed"), (1, DAY, None, "")]
    assert line(first) == [(2, DECIDED, None, "")]
    assert Event.objects.get(act="life.same_person").record_id == second.pk


def everyone(homes):
    first, second = homes
    head, daughter = second.members.get(relationship="head"), lan(second)
    return {
        "a child": lambda: same_person(
            daughter, lan(first), ["cccd", "birth", "full_name", "old_id", "ethnicity"]
        ),
        "the head": lambda: same_person(
            head, first.members.get(relationship="head"), ["full_name"], relationships={daughter.pk: "head"}
        ),
        "twice in one household": lambda: same_person(daughter, head, ["cccd", "birth", "sex"]),
        "the head, kept as a child of the same household": lambda: same_person(
            head, daughter, ["full_name"], relationships={daughter.pk: "head"}
        ),
    }


@pytest.mark.parametrize(
    "what",
    ["a child", "the head", "twice in one household", "the head, kept as a child of the same household"],
)
def test_undone_everything_is_as_before(homes, what):
    before = state(*homes)
    event = everyone(homes)[what]()
    assert state(*homes) != before
    assert all(home.members.present().filter(relationship="head").count() == 1 for home in homes)
    undo(by=make_user("supervisor"), event=event, reason="hai người khác nhau", at=AT)
    assert state(*homes) == before


def test_who_is_alone_takes_the_household_along_as_a_duplicate(homes):
    first, _ = homes
    single = make_household(first.area, head={"full_name": "Trần Thị Lan", "cccd": "042180000009"})
    make_status(single, "near_poor", DECIDED)
    before = state(first, single)
    event = same_person(single.members.get(), lan(first), ["cccd"])
    assert (event.kind, event.other_household, lan(first).cccd) == ("duplicate", first, "042180000009")
    single.refresh_from_db()
    assert (single.closed_date, single.closed_reason) == (DAY, Household.ClosedReason.DUPLICATE)
    assert line(single) == [(1, DECIDED, DAY, "duplicate")]
    undo(by=make_user("supervisor"), event=event, reason="nhầm", at=AT)
    assert state(first, single) == before


def test_what_is_refused(homes):
    first, second = homes
    gone, kept = lan(second), lan(first)
    head = second.members.get(relationship="head")
    with pytest.raises(ValidationError, match="hai dòng khác nhau"):
        same_person(gone, gone)
    with pytest.raises(ValidationError, match="Chọn đúng một người làm chủ hộ"):
        same_person(head, kept)
    with pytest.raises(ValidationError, match="vừa được người khác sửa"):
        same_person(gone, kept, versions=(gone.version, kept.version + 1))
    elsewhere = make_household(make_group(make_ward()), head={"full_name": "Trần Thị Lan"})
    with pytest.raises(ValidationError, match="cùng một phường"):
        same_person(gone, elsewhere.members.get())
    with pytest.raises(ValidationError, match="tương lai"):
        same_person(gone, kept, day=date(2027, 1, 1))
    assert not LifeEvent.objects.exists()
    same_person(gone, kept)
    with pytest.raises(ValidationError, match="không còn ở trong hộ"):
        same_person(gone, kept)
    with pytest.raises(ValidationError, match="không còn ở trong hộ"):
        same_person(kept, gone)


def test_it_is_not_undone_over_what_was_mended_since(homes):
    first, second = homes
    event = same_person(lan(second), kept := lan(first), ["cccd"])
    kept.refresh_from_db()
    register.update_member(by=None, member=kept, version=kept.version, values={"cccd": "042180000002"})
    with pytest.raises(ValidationError, match="đã được sửa sau sự kiện này"):
        undo(by=make_user("supervisor"), event=event, reason="nhầm", at=AT)


def test_a_row_for_whom_the_number_was_given_away_does_not_come_back_with_it(homes):
    first, second = homes
    event = same_person(lan(second), lan(first))
    make_member(first, full_name="Lê Khác", cccd="042180000001")
    with pytest.raises(ValidationError, match="đã có người khác trong sổ dùng"):
        undo(by=make_user("supervisor"), event=event, reason="nhầm", at=AT)


def test_two_people_are_set_apart_once_and_taken_back(homes):
    one, other, user = lan(homes[0]), lan(homes[1]), make_user()
    (found,) = alike.set_apart(by=user, pairs=[(other, one)], reason=" chị em họ ")
    assert (found.one, found.other, found.reason, found.made_by) == (one, other, "chị em họ", user)
    with pytest.raises(ValidationError, match="đã được ghi là không trùng"):
        alike.set_apart(by=user, pairs=[(one, other)], reason="x")
    with pytest.raises(ValidationError, match="Ghi lý do"):
        alike.set_apart(by=user, pairs=[(one, homes[0].members.get(relationship="head"))], reason=" ")
    alike.take_back(by=user, found=found, at=AT)
    with pytest.raises(ValidationError, match="đã được bỏ ghi"):
        alike.take_back(by=user, found=found, at=AT)
    alike.set_apart(by=user, pairs=[(one, other)], reason="xem lại giấy khai sinh")
    assert NotSame.objects.in_force().count() == 1
    assert list(Event.objects.filter(act__startswith="member.not_same").order_by("pk").values_list("act", flat=True)) == [
        "member.not_same", "member.not_same_undo", "member.not_same",
    ]  # fmt: skip


def test_the_rules_of_two_people(homes):
    one, other, user = lan(homes[0]), lan(homes[1]), make_user()
    given = {"one": one, "other": other, "reason": "x"}
    refused("not_same_lower_first", NotSame.objects.create, **{**given, "one": other, "other": one})
    refused("not_same_has_reason", NotSame.objects.create, **{**given, "reason": ""})
    refused("not_same_taken_back_by_somebody", NotSame.objects.create, **given, taken_back_at=AT)
    found = NotSame.objects.create(**given)
    refused("not_same_once", NotSame.objects.create, **given)
    rows = NotSame.objects.filter(pk=found.pk)
    refused("not_same_is_only_taken_back", rows.update, reason="khác")
    refused("notsame_never_deleted", rows._raw_delete, "default")
    rows.update(taken_back_at=AT, taken_back_by=user)
    refused("not_same_is_only_taken_back", rows.update, taken_back_at=None, taken_back_by=None)


def test_an_event_of_one_person_may_be_of_one_household_or_two(homes):
    given = {"household": homes[0], "kind": "same_person", "date": DAY, "reason": "x"}
    LifeEvent.objects.create(**given)
    LifeEvent.objects.create(**given, other_household=homes[1])
