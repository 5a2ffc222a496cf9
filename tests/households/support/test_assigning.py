"""Support given to many, stopped, received; budgets. Nobody receives twice, whatever is tried."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households import entitlement
from households.actions.life import homes
from households.actions.support.assigning import Recipient, grant, stop
from households.actions.support.budgets import set_budget
from households.actions.support.grants import void_support
from households.actions.support.programmes import (
    create_programme,
    edit_programme,
    end_programme,
    replace_programme,
)
from households.actions.support.receipts import receive, void_receipt
from households.models import Budget, Household, Programme, Receipt, Support
from households.reports.support import programmes
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    make_household,
    make_member,
    make_programme,
    make_status,
    make_support,
)
from tests.refusals import refused
from thanhsen.concurrency import Stale
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def group():
    return make_group(make_ward())


def poor(group):
    home = make_household(group)
    make_status(home, "poor", date(2025, 12, 1))
    return home


def give(programme, *homes, by=None, day=TODAY, **named):
    by = by or make_user("supervisor", homes[0].area.parent)
    return grant(
        by=by, programme=programme, recipients=[Recipient(each.pk) for each in homes], day=day, reason="Theo danh sách",
        today=TODAY, **named,
    )  # fmt: skip


# --- giving -----------------------------------------------------------------------------------------------------------


def test_given_to_many_with_a_reason(group):
    programme, homes = make_programme(group.parent), [poor(group) for _ in range(3)]
    made = give(programme, *homes).made
    assert [(each.valid_from, each.valid_to, each.line_id) for each in made] == [
        (date(2026, 1, 1), date(2027, 1, 1), programme.pk)
    ] * 3
    assert len({each.batch for each in made}) == 1
    assert Event.objects.filter(act="support.grant", reason="Theo danh sách").count() == 3


def test_who_cannot_is_named_and_the_others_are_given(group):
    programme, has, well, gone, fine = make_programme(group.parent), *(poor(group) for _ in range(4))
    give(programme, has)
    make_status(well, "not_poor", date(2026, 3, 1))
    Household.objects.filter(pk=gone.pk).update(closed_date=date(2026, 11, 1), closed_reason="moved_out")
    result = give(programme, has, well, gone, fine)
    assert [each.household_id for each in result.made] == [fine.pk]
    told = {each.household_id: why for each, why in result.refused}
    assert "mỗi kỳ chỉ hưởng một lần" in told[has.pk]
    assert "không thuộc diện" in told[well.pk]
    assert "ra khỏi sổ" in told[gone.pk]


def test_the_same_request_gives_once(group):
    programme, home, request_id = make_programme(group.parent), poor(group), uuid4()
    by = make_user("supervisor", group.parent)
    first = give(programme, home, by=by, request_id=request_id)
    assert give(programme, home, by=by, request_id=request_id).made == first.made
    assert Support.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "  "}, "lý do"),
        ({"recipients": []}, "Chưa chọn hộ"),
        ({"day": date(2021, 1, 1)}, "không áp dụng"),
        ({"day": TODAY + timedelta(days=400)}, "quá xa"),
    ],
)
def test_what_is_missing_is_asked_for(group, changes, words):
    named = {
        "by": make_user("supervisor", group.parent), "programme": make_programme(group.parent), "day": TODAY,
        "recipients": [Recipient(poor(group).pk)], "reason": "Có", "today": TODAY, **changes,
    }  # fmt: skip
    with pytest.raises(ValidationError, match=words):
        grant(**named)
    assert not Support.objects.exists()


def test_one_household_elsewhere_and_nothing_is_given(group):
    programme, home, other = make_programme(group.parent), poor(group), poor(make_group(make_ward()))
    with pytest.raises(ValidationError, match="không thuộc địa bàn"):
        give(programme, home, other, by=make_user("supervisor", group.parent))
    with pytest.raises(ValidationError, match="không thuộc địa bàn"):
        give(programme, home, by=make_user("officer", make_group(group.parent)))
    assert not Support.objects.exists()


def test_to_people_of_a_household(group):
    home = poor(group)
    child = make_member(home, birth_year=2015, schooling="primary")
    programme = make_programme(group.parent, per_person=True, max_age=15)
    by = make_user("supervisor", group.parent)
    named = {"by": by, "programme": programme, "day": TODAY, "reason": "Học sinh", "today": TODAY}
    result = grant(recipients=[Recipient(home.pk), Recipient(home.pk, child.pk)], **named)
    assert [each.member_id for each in result.made] == [child.pk]
    assert "chọn người hưởng" in result.refused[0][1]


def test_emergency_support_asks_for_no_class(group):
    programme = make_programme(group.parent, policy="emergency", classes=["any"], per="once")
    home = make_household(group)
    assert give(programme, home, must_be_entitled=False).made[0].valid_to is None
    assert "một lần" in give(programme, home, day=date(2026, 12, 1), must_be_entitled=False).refused[0][1]


# --- never twice ------------------------------------------------------------------------------------------------------


def test_the_database_refuses_the_second_for_one_period(group):
    programme, home = make_programme(group.parent), poor(group)
    make_support(programme, home)
    refused(
        "support_once_a_period", make_support, programme, home,
        valid_from=date(2026, 6, 1), valid_to=date(2026, 7, 1),
    )  # fmt: skip
    child = make_member(home, birth_year=2015)
    each = make_programme(group.parent, per_person=True)
    make_support(each, home, child)
    refused("support_once_a_period_each", make_support, each, home, child)
    refused(
        "support_once_a_period_each", make_support, each, poor(group), child
    )  # as a member of another household


def test_a_replaced_programme_does_not_give_again(group):
    home, by = poor(group), make_user("supervisor", group.parent)
    first = make_programme(group.parent)
    give(first, home)
    second = replace_programme(by=by, programme=first, values=values(valid_from=date(2026, 7, 1)))
    assert "một lần" in give(second, home).refused[0][1]
    refused(
        "support_once_a_period", make_support, second, home, valid_from=date(2026, 7, 1), line_id=first.pk
    )


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_whatever_is_done_no_day_is_given_twice(group, rng):
    """Given, stopped, voided, given again, in any order: on no day does a household hold a line twice."""
    with transaction.atomic():  # undone after each example; the rows could not be deleted
        no_day_twice(group, rng)
        transaction.set_rollback(True)


def no_day_twice(group, rng):
    by = make_user("supervisor", group.parent)
    home = poor(group)
    programmes = [make_programme(group.parent, per=per) for per in ("month", "quarter", "year", "once")]
    for _ in range(25):
        day = date(2026, rng.randint(1, 12), rng.randint(1, 28))
        act = rng.random()
        if act < 0.6:
            give(rng.choice(programmes), home, by=by, day=day)
            continue
        held = list(Support.objects.counted().filter(stopped_on=None))
        if not held:
            continue
        one = rng.choice(held)
        if act < 0.8:
            last = (one.valid_to or date(2027, 1, 1)) - one.valid_from
            stop(
                by=by, supports=[one], on=one.valid_from + timedelta(rng.randint(0, last.days)), reason="Thử"
            )
        else:
            void_support(by=by, support=one, reason="Thử", at=AT)
    spans: dict = {}
    for each in Support.objects.counted():
        until = each.stopped_on or each.valid_to or date.max
        for other in spans.setdefault(each.line_id, []):
            assert until <= other[0] or each.valid_from >= other[1] or until == each.valid_from
        if until > each.valid_from:
            spans[each.line_id].append((each.valid_from, until))


def test_a_person_who_moves_is_not_given_again(group):
    """Split off and poor on its own: what the child had for the year it has still, in the new household."""
    home, by = poor(group), make_user("supervisor", group.parent)
    mother, child = make_member(home, birth_year=1985), make_member(home, birth_year=2015)
    programme = make_programme(group.parent, per_person=True, max_age=15)
    named = {"by": by, "programme": programme, "day": TODAY, "reason": "x", "today": TODAY}
    grant(recipients=[Recipient(home.pk, child.pk)], **named)
    event = homes.split(
        by=by, household=home, members=[mother.pk, child.pk], relationships={mother.pk: "head", child.pk: "child"},
        area=group, address="", date=date(2026, 5, 1), reason="Ra riêng", today=TODAY,
    )  # fmt: skip
    new = event.other_household
    make_status(new, "poor", date(2026, 6, 1))
    moved = new.members.get(birth_year=2015)
    assert moved.person_id == child.pk
    assert entitlement.proposed(programme, [group.pk], TODAY) == []
    assert "một lần" in grant(recipients=[Recipient(new.pk, moved.pk)], **named).refused[0][1]
    refused("support_once_a_period_each", make_support, programme, new, moved)
    verdict = next(
        each for each in programmes.of_household(new, by, TODAY) if each.recipient.member_id == moved.pk
    )
    assert "Đang hưởng" in verdict.refusal


def test_stopped_and_poor_again_is_given_the_rest(group):
    programme, home = make_programme(group.parent), poor(group)
    by = make_user("supervisor", group.parent)
    stop(
        by=by,
        supports=give(programme, home, by=by, day=date(2026, 2, 1)).made,
        on=date(2026, 3, 1),
        reason="Thoát nghèo",
    )
    make_status(home, "poor", date(2026, 10, 1))
    assert entitlement.proposed(programme, [group.pk], TODAY) == [(home.pk, None)]
    made = give(programme, home, by=by).made
    assert [(each.valid_from, each.valid_to) for each in made] == [(TODAY, date(2027, 1, 1))]
    assert entitlement.proposed(programme, [group.pk], TODAY) == []


def test_a_line_that_changes_its_period_goes_on(group):
    by, home = make_user("supervisor", group.parent), poor(group)
    monthly = create_programme(by=by, ward=group.parent, values=values(per="month"))
    give(monthly, home, by=by, day=date(2026, 6, 15))
    yearly = replace_programme(by=by, programme=monthly, values=values(valid_from=date(2026, 7, 1)))
    assert [each.valid_from for each in give(yearly, home, by=by).made] == [date(2026, 7, 1)]


def test_once_given_ahead_is_not_proposed_today(group):
    programme, home = make_programme(group.parent, per="once"), poor(group)
    give(programme, home, day=date(2026, 12, 20))
    assert entitlement.proposed(programme, [group.pk], TODAY) == []


def test_a_request_used_again_for_another_programme_gives_nothing(group):
    first, second, home, request_id = (
        make_programme(group.parent),
        make_programme(group.parent),
        poor(group),
        uuid4(),
    )
    by = make_user("supervisor", group.parent)
    give(first, home, by=by, request_id=request_id)
    with pytest.raises(ValidationError, match="đã dùng để giao"):
        give(second, home, by=by, request_id=request_id)


def test_one_person_of_a_programme_for_households(group):
    home, by = poor(group), make_user("supervisor", group.parent)
    recipient = Recipient(home.pk, make_member(home).pk)
    result = grant(
        by=by,
        programme=make_programme(group.parent),
        recipients=[recipient],
        day=TODAY,
        reason="x",
        today=TODAY,
    )
    assert "cho cả hộ" in result.refused[0][1]


# --- stopping, receiving ----------------------------------------------------------------------------------------------


def test_stopped_with_a_day_and_a_reason(group):
    programme, homes = make_programme(group.parent), [poor(group) for _ in range(2)]
    supports = give(programme, *homes).made
    by = make_user("officer", group)
    stop(by=by, supports=supports, on=date(2026, 6, 1), reason="Hộ chuyển đi")
    assert Support.objects.in_force(date(2026, 5, 31)).count() == 2
    assert Support.objects.in_force(date(2026, 6, 1)).count() == 0
    with pytest.raises(ValidationError, match="đã dừng"):
        stop(by=by, supports=supports, on=date(2026, 6, 1), reason="Lại")


@pytest.mark.parametrize(
    ("on", "reason", "words"),
    [(date(2025, 12, 31), "x", "trong kỳ"), (date(2027, 1, 2), "x", "trong kỳ"), (TODAY, " ", "lý do")],
)
def test_stopping_refused(group, on, reason, words):
    supports = give(make_programme(group.parent), poor(group)).made
    with pytest.raises(ValidationError, match=words):
        stop(by=make_user("officer", group), supports=supports, on=on, reason=reason)
    with pytest.raises(ValidationError, match="không thuộc địa bàn"):
        stop(by=make_user("officer", make_group(group.parent)), supports=supports, on=TODAY, reason="x")


def test_received_by_many_once(group):
    supports = give(make_programme(group.parent), *(poor(group) for _ in range(3))).made
    by, request_id = make_user("officer", group), uuid4()
    named = {
        "by": by,
        "supports": supports,
        "received_on": date(2026, 3, 1),
        "amount": 972_000,
        "today": TODAY,
    }
    first = receive(**named, request_id=request_id)
    assert receive(**named, request_id=request_id) == first
    with pytest.raises(ValidationError, match="đã được ghi nhận trong ngày"):
        receive(**named)
    assert Receipt.objects.counted().aggregate(s=Sum("amount"))["s"] == 3 * 972_000
    void_receipt(by=by, receipt=first[0], reason="Nhầm hộ", at=AT)
    void_support(by=by, support=supports[1], reason="Nhầm hộ", at=AT)
    assert Receipt.objects.counted().aggregate(s=Sum("amount"))["s"] == 972_000
    with pytest.raises(ValidationError, match="đã được bỏ"):
        void_receipt(by=by, receipt=first[0], reason="Lại", at=AT)


@pytest.mark.parametrize(
    ("day", "words"), [(date(2025, 12, 31), "không thể trước"), (date(2026, 11, 26), "tương lai")]
)
def test_a_receipt_on_a_day_that_cannot_be(group, day, words):
    supports = give(make_programme(group.parent), poor(group)).made
    with pytest.raises(ValidationError, match=words):
        receive(by=make_user("officer", group), supports=supports, received_on=day, amount=1, today=TODAY)


# --- programmes and budgets -------------------------------------------------------------------------------------------


def values(**changes):
    return {
        "policy": "insurance", "name": "BHYT hộ nghèo (ví dụ)", "legal_basis": "Nghị quyết (ví dụ)", "content": "100 %",
        "amount": None, "share": 100, "source": "Ngân sách nhà nước", "per": "year", "valid_from": date(2026, 1, 1),
        "valid_to": None, "per_person": False, "selective": False, "classes": ["poor"], "term_months": None, "groups": [],
        "lacking": [], "min_age": None, "max_age": None, "studying": False, **changes,
    }  # fmt: skip


def test_a_programme_is_corrected_until_it_is_used(group):
    by = make_user("supervisor", group.parent)
    made = create_programme(by=by, ward=group.parent, values=values())
    assert made.line_id == made.pk
    edit_programme(by=by, programme=made, version=None, values={"content": "Toàn bộ mức đóng"})
    give(made, poor(group))
    with pytest.raises(ValidationError, match="không sửa"):
        edit_programme(by=by, programme=made, version=None, values={"content": "Khác"})
    refused("programme_used_only_ends", Programme.objects.filter(pk=made.pk).update, share=50)


def test_a_change_of_the_law_replaces_it(group):
    by = make_user("supervisor", group.parent)
    old = create_programme(by=by, ward=group.parent, values=values())
    new = replace_programme(by=by, programme=old, values=values(valid_from=date(2026, 7, 1), share=70))
    old.refresh_from_db()
    assert (old.valid_to, new.line_id, new.replaces_id) == (date(2026, 7, 1), old.pk, old.pk)
    with pytest.raises(ValidationError, match="đã được thay"):
        replace_programme(by=by, programme=old, values=values(valid_from=date(2026, 8, 1)))
    for day in (date(2026, 7, 1), date(2026, 1, 1)):
        with pytest.raises(ValidationError, match="phải bắt đầu sau"):
            replace_programme(by=by, programme=new, values=values(valid_from=day))
    with pytest.raises(ValidationError, match="cùng cách tính"):
        replace_programme(by=by, programme=new, values=values(valid_from=date(2026, 9, 1), per_person=True))


def test_a_correction_keeps_the_line_whole(group):
    by = make_user("supervisor", group.parent)
    old = create_programme(by=by, ward=group.parent, values=values())
    new = replace_programme(by=by, programme=old, values=values(valid_from=date(2026, 7, 1)))
    for programme, changes, words in (
        (new, {"per_person": True}, "cùng cách tính"),
        (new, {"valid_from": date(2026, 2, 1)}, "cùng áp dụng"),
        (old, {"valid_to": None}, "cùng áp dụng"),
    ):
        with pytest.raises(ValidationError, match=words):
            edit_programme(by=by, programme=programme, version=None, values=changes)
    refused("programme_line_is_of_a_kind", Programme.objects.filter(pk=new.pk).update, policy="loan")
    refused("programme_one_rule_at_a_time", Programme.objects.filter(pk=old.pk).update, valid_to=None)


def test_a_replacement_does_not_run_before_what_was_given(group):
    by = make_user("supervisor", group.parent)
    old = create_programme(by=by, ward=group.parent, values=values())
    give(old, poor(group), day=date(2027, 1, 5))
    with pytest.raises(ValidationError, match="Đã giao hỗ trợ"):
        replace_programme(by=by, programme=old, values=values(valid_from=date(2026, 12, 1)))


def test_it_ends_where_nothing_was_given_later(group):
    by, made = make_user("supervisor", group.parent), make_programme(group.parent)
    give(made, poor(group))
    with pytest.raises(ValidationError, match="Đã giao hỗ trợ"):
        end_programme(by=by, programme=made, on=date(2026, 1, 1))
    end_programme(by=by, programme=made, on=date(2026, 12, 1))
    with pytest.raises(ValidationError, match="không áp dụng"):
        give(made, poor(group), day=date(2026, 12, 2))


def test_a_budget_is_corrected_by_who_saw_it(group):
    by, programme = make_user("supervisor", group.parent), make_programme(group.parent)
    named = {"by": by, "programme": programme, "year": 2026, "basis": "QĐ (ví dụ)"}
    first = set_budget(**named, planned=5_000_000, version=None)
    set_budget(**named, planned=6_000_000, version=first.version)
    with pytest.raises(Stale):
        set_budget(**named, planned=7_000_000, version=first.version)
    assert Budget.objects.get().planned == 6_000_000


# --- rules by name ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("programme_policy_known", {"policy": "gold"}),
        ("programme_cites_the_law", {"legal_basis": ""}),
        ("programme_dates_in_order", {"valid_to": date(2022, 1, 1)}),
        ("programme_per_known", {"per": "day"}),
        ("programme_says_for_whom", {"classes": []}),
        ("programme_says_for_whom", {"classes": ["rich"]}),
        ("programme_groups_known", {"groups": ["all"]}),
        ("programme_term_where_left", {"classes": ["left_poor"]}),
        ("programme_term_where_left", {"term_months": 12}),
        ("programme_ages_of_people", {"min_age": 6}),
        ("programme_ages_of_people", {"per_person": True, "min_age": 16, "max_age": 6}),
        ("programme_share_at_most_all", {"share": 101}),
        ("programme_amount_sensible", {"amount": 10**12}),
    ],
)
def test_programme_rules(group, name, changes):
    refused(name, make_programme, group.parent, **changes)


def test_programme_once(group):
    make_programme(group.parent, name="BHYT")
    refused("programme_once", make_programme, group.parent, name="BHYT")
    refused("programme_never_deleted", Programme.objects.all()._raw_delete, "default")


def test_support_and_receipt_rules(group):
    programme, home = make_programme(group.parent), poor(group)
    for name, changes in (
        ("support_by_programme_has_reason", {"reason": ""}),
        ("support_dates_in_order", {"valid_to": date(2026, 1, 1)}),
        ("support_stopped_with_reason", {"stopped_on": date(2026, 2, 1)}),
        (
            "support_stopped_within",
            {"stopped_on": date(2027, 2, 1), "stop_reason": "x", "stopped_by": make_user()},
        ),
        ("support_fits_programme", {"valid_from": date(2021, 1, 1)}),
        ("support_fits_programme", {"policy": "loan"}),
        ("support_fits_programme", {"member": make_member(home)}),
        ("support_fits_programme", {"person_id": make_member(home).pk}),
    ):
        refused(name, make_support, programme, home, **changes)
    refused(
        "support_of_a_person", Support.objects.create,
        household=home, area=group, person=home.members.first(), policy="loan", content="x", valid_from=TODAY,
    )  # fmt: skip
    refused(
        "support_of_a_line", Support.objects.create,
        household=home, area=group, line=programme, policy="loan", content="x", valid_from=TODAY,
    )  # fmt: skip
    made = make_support(programme, home)
    Receipt.objects.create(support=made, received_on=TODAY, amount=1)
    refused("receipt_once_a_day", Receipt.objects.create, support=made, received_on=TODAY)
    refused(
        "receipt_voided_with_reason", Receipt.objects.create,
        support=made, received_on=date(2026, 2, 1), voided_at=AT,
    )  # fmt: skip


def test_budget_rules(group):
    programme = make_programme(group.parent)
    named = {"programme": programme, "year": 2026, "planned": 1, "basis": "x"}
    Budget.objects.create(**named)
    refused("budget_once_a_year", Budget.objects.create, **named)
    refused("budget_has_basis", Budget.objects.create, **{**named, "year": 2027, "basis": ""})
    refused("budget_sensible", Budget.objects.create, **{**named, "year": 1900})
