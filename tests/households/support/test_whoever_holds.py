"""Nobody receives the same twice for one period: by whichever row of a person, double of a household, or stopped support."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum

from households import entitlement
from households.actions.life import homes, undo
from households.actions.support.assigning import Recipient, grant, stop
from households.actions.support.receipts import receive
from households.models import Receipt
from households.reports.support import programmes
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_member, make_programme, make_support
from tests.households.life.factories import gone, same_person
from tests.households.support.test_assigning import give, poor
from tests.refusals import refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
ONCE = "support_once_whoever_holds"


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("supervisor", group.parent)


def entered_twice(household, original, by):
    return homes.duplicate(
        by=by, household=household, original=original, date=date(2026, 5, 4), reason="ghi trùng", today=TODAY, request_id=None
    )  # fmt: skip


def test_a_household_entered_twice_is_given_once(group, by):
    programme, one, twin, triplet = make_programme(group.parent), poor(group), poor(group), poor(group)
    give(programme, triplet, by=by)
    event = entered_twice(triplet, twin, by)
    assert entitlement.proposed(programme, [group.pk], TODAY) == [(one.pk, None)]
    last = entered_twice(twin, one, by)
    assert entitlement.proposed(programme, [group.pk], TODAY) == []
    assert [each.refusal for each in programmes.of_household(one, by, TODAY)] == ["Đang hưởng trong kỳ này."]
    assert give(programme, one, by=by).made == []
    refused(ONCE, make_support, programme, one, valid_from=date(2026, 6, 1))
    for each in (last, event):
        undo.undo(by=by, event=each, reason="không phải", at=AT)
    assert len(give(programme, one, twin, by=by).made) == 2
    assert len(give(programme, triplet, by=by).made) == 0


def test_one_person_through_three_rows_is_given_once(group, by):
    first, other = poor(group), poor(group)
    mother, child = make_member(first, birth_year=1985), make_member(first, birth_year=2015)
    kept = make_member(other, birth_year=2015)
    programme = make_programme(group.parent, per_person=True, max_age=15)
    named = {"by": by, "programme": programme, "day": TODAY, "reason": "x", "today": TODAY}
    assert grant(recipients=[Recipient(first.pk, child.pk)], **named).made
    parted = homes.split(
        by=by, household=first, members=[mother.pk, child.pk], relationships={mother.pk: "head", child.pk: "child"},
        area=group, address="", date=date(2026, 5, 1), reason="Ra riêng", today=TODAY,
    )  # fmt: skip
    event = same_person(
        parted.other_household.members.get(birth_year=2015), kept, day=date(2026, 6, 1), by=by
    )
    assert entitlement.proposed(programme, [group.pk], TODAY) == []
    assert grant(recipients=[Recipient(other.pk, kept.pk)], **named).made == []
    refused(ONCE, make_support, programme, other, kept, valid_from=date(2026, 6, 1))
    undo.undo(by=by, event=event, reason="hai người khác nhau", at=AT)
    child.refresh_from_db()
    assert child.origin_id is None
    assert grant(recipients=[Recipient(other.pk, kept.pk)], **named).made


@pytest.mark.parametrize("stopped", [date(2026, 1, 1), date(2026, 6, 1)])
def test_what_was_paid_and_stopped_is_not_paid_again(group, by, stopped):
    programme, home = make_programme(group.parent, amount=500_000), poor(group)
    paid = {"by": by, "amount": 500_000, "today": TODAY}
    first = give(programme, home, by=by).made
    receive(**paid, supports=first, received_on=date(2026, 3, 1))
    stop(by=by, supports=first, on=stopped, reason="Bấm nhầm")
    again = give(programme, home, by=by).made
    with pytest.raises(ValidationError, match=r"vượt mức 500\.000 đồng mỗi kỳ"):
        receive(**paid, supports=again, received_on=TODAY)
    assert Receipt.objects.counted().aggregate(sum=Sum("amount"))["sum"] == 500_000
    assert receive(**paid, supports=again, received_on=TODAY, beyond=True, note="Trả bù")


def test_what_another_period_or_programme_gave_is_no_part_of_it(group, by):
    programme, home = make_programme(group.parent, amount=500_000, per="month"), poor(group)
    other = make_programme(group.parent, amount=500_000)
    for made, day in (
        (give(programme, home, by=by, day=date(2026, 9, 3)).made, date(2026, 9, 5)),
        (give(programme, home, by=by, day=date(2026, 10, 3)).made, date(2026, 10, 5)),
        (give(other, home, by=by).made, date(2026, 10, 5)),
    ):
        assert receive(by=by, supports=made, amount=500_000, received_on=day, today=TODAY)


# --- who left, and who is named ----------------------------------------------------------------------------------------


def test_nothing_is_given_or_received_after_it_left_the_register(group, by):
    home = poor(group)
    support = give(make_programme(group.parent), home, by=by).made
    gone(home, day=date(2026, 5, 4), by=by)
    with pytest.raises(ValidationError, match="đã ra khỏi sổ ngày 04/05/2026"):
        receive(by=by, supports=support, received_on=TODAY, amount=1, today=TODAY)
    assert receive(by=by, supports=support, received_on=date(2026, 5, 4), amount=1, today=TODAY)
    given = give(make_programme(group.parent), home, by=by, day=date(2026, 2, 1))
    assert given.made == []
    assert "ra khỏi sổ" in given.refused[0][1]


def test_a_refusal_for_many_names_the_households(group, by):
    rows = [poor(group) for _ in range(8)]
    supports = give(make_programme(group.parent), *rows, by=by).made
    noted = {"by": by, "received_on": date(2026, 3, 1), "amount": 1, "today": TODAY}
    receive(**noted, supports=supports[1:])
    with pytest.raises(ValidationError) as told:
        receive(**noted, supports=supports)
    (said,) = told.value.messages
    assert said.startswith("Chưa ghi khoản nào. Hộ ")
    assert rows[0].code not in said
    assert all(each.code in said for each in rows[1:6])
    assert said.endswith("Và 2 khoản nữa.")
    stop(by=by, supports=supports[1:2], on=TODAY, reason="x")
    with pytest.raises(ValidationError, match=rows[1].code):
        stop(by=by, supports=supports, on=TODAY, reason="x")
