"""Supports given, stopped, replaced and voided from several connections at the same moment: whoever commits second is
answered in a sentence, and nobody is given twice."""

import threading
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction

from households.actions.support.assigning import Granted, stop
from households.actions.support.grants import void_support
from households.actions.support.programmes import end_programme, replace_programme
from households.actions.support.receipts import receive
from households.models import Programme, Receipt, Support
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_programme
from tests.households.support.test_assigning import AT, TODAY, give, poor, values
from tests.households.test_at_once import at_once
from thanhsen.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
JULY = date(2026, 7, 1)


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("supervisor", group.parent)


def explained(results):
    return all(not isinstance(each, Exception) or isinstance(each, ValidationError) for each in results)


def in_turns(*acts):
    """What the acts gave, or raised, all at the same moment, each once."""
    turns = iter(acts)
    return at_once(lambda: next(turns)(), times=len(acts))


def while_uncommitted(first, second):
    """`first` has written and not committed when `second` begins on another connection; then it commits. What each
    gave, or raised."""
    wrote, results = threading.Event(), {}

    def hold():
        try:
            with transaction.atomic():
                results["first"] = first()
                wrote.set()
                threading.Event().wait(0.5)  # `second` waits for the lock meanwhile
        finally:
            wrote.set()
            connections.close_all()

    def follow():
        wrote.wait(10)
        try:
            results["second"] = second()
        except ValidationError as error:
            results["second"] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=each) for each in (hold, follow)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    return results["first"], results["second"]


def test_two_pages_give_the_same_household_once(group, by):
    programme, home = make_programme(group.parent), poor(group)
    results = at_once(lambda: give(programme, home, by=by))
    assert all(isinstance(each, Granted) for each in results)
    assert sorted(len(each.made) for each in results) == [0, 0, 0, 0, 0, 1]
    assert Support.objects.count() == Event.objects.filter(act="support.grant").count() == 1
    refusals = [why for each in results for _, why in each.refused]
    assert len(refusals) == 5
    assert all("mỗi kỳ chỉ hưởng một lần" in why for why in refusals)


def test_lists_that_cross_neither_wait_for_ever_nor_give_twice(group, by):
    programme, homes = make_programme(group.parent), [poor(group) for _ in range(8)]
    results = in_turns(
        lambda: give(programme, *homes[:6], by=by),
        lambda: give(programme, *reversed(homes[2:]), by=by),
        lambda: give(programme, *homes, by=by),
        lambda: give(programme, *reversed(homes), by=by),
    )
    assert all(isinstance(each, Granted) for each in results)
    assert sorted(Support.objects.values_list("household", flat=True)) == sorted(each.pk for each in homes)


def test_the_second_waits_for_the_first_and_finds_it_given(group, by):
    programme, home = make_programme(group.parent), poor(group)
    first, second = while_uncommitted(
        lambda: give(programme, home, by=by), lambda: give(programme, home, by=by)
    )
    assert (len(first.made), len(second.made), len(second.refused)) == (1, 0, 1)


def test_stopped_once(group, by):
    support = give(make_programme(group.parent), poor(group), by=by).made[0]
    days = iter(date(2026, 6, day) for day in range(1, 7))
    results = at_once(lambda: stop(by=by, supports=[support], on=next(days), reason="Chuyển đi"))
    assert explained(results)
    assert sum(isinstance(each, list) for each in results) == 1
    assert Event.objects.filter(act="support.stop").count() == 1


def test_stopping_waits_for_a_void_and_says_so(group, by):
    support = give(make_programme(group.parent), poor(group), by=by).made[0]
    _, second = while_uncommitted(
        lambda: void_support(by=by, support=support, reason="Nhầm", at=AT),
        lambda: stop(by=by, supports=[support], on=JULY, reason="Chuyển đi"),
    )
    assert "đã bỏ từ trước" in str(second)
    support.refresh_from_db()
    assert support.stopped_on is None


def test_stopped_voided_and_received_at_once(group, by):
    support = give(make_programme(group.parent), poor(group), by=by).made[0]
    results = in_turns(
        lambda: stop(by=by, supports=[support], on=JULY, reason="Chuyển đi"),
        lambda: void_support(by=by, support=support, reason="Nhầm", at=AT),
        lambda: receive(
            by=by, supports=[support], received_on=date(2026, 8, 1), amount=1000, note="", today=TODAY, request_id=uuid4()
        ),
    )  # fmt: skip
    assert explained(results)
    support.refresh_from_db()
    standing = Receipt.objects.counted().filter(support=support)
    assert not (support.voided_at and standing.exists())


def test_a_law_is_replaced_once(group, by):
    programme, request_id = make_programme(group.parent), uuid4()
    change = values(valid_from=JULY)
    same = at_once(
        lambda: replace_programme(by=by, programme=programme, values=change, request_id=request_id)
    )
    assert {each.pk for each in same} == {Programme.objects.get(replaces=programme).pk}
    other = make_programme(group.parent, name="Tiền điện khác")
    change = values(valid_from=JULY, name="Tiền điện khác")
    results = at_once(lambda: replace_programme(by=by, programme=other, values=change))
    assert explained(results)
    assert Programme.objects.filter(replaces=other).count() == 1


def test_given_while_the_law_is_replaced_or_ends(group, by):
    """The old rule gives a quarter that begins before the change, or is refused: never one from the new rule's day."""
    old, homes = make_programme(group.parent, per="month"), [poor(group) for _ in range(4)]
    results = in_turns(
        lambda: give(old, homes[0], by=by, day=JULY),
        lambda: replace_programme(by=by, programme=old, values=values(valid_from=JULY, per="month")),
        lambda: give(old, homes[1], by=by, day=JULY),
        lambda: end_programme(by=by, programme=old, on=JULY),
    )
    assert explained(results)
    old.refresh_from_db()
    given = Support.objects.filter(programme=old)
    assert not (old.valid_to and given.filter(valid_from__gte=old.valid_to).exists())


def test_who_gives_waits_for_the_replacement_and_is_told(group, by):
    old, home = make_programme(group.parent, per="month"), poor(group)
    made, second = while_uncommitted(
        lambda: replace_programme(by=by, programme=old, values=values(valid_from=JULY, per="month")),
        lambda: give(old, home, by=by, day=JULY),
    )
    assert made.replaces_id == old.pk
    assert "không áp dụng ngày 01/07/2026" in str(second)
    assert len(give(made, home, by=by, day=JULY).made) == 1
