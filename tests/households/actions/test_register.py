"""The register: its actions, and the rules the database keeps whoever writes."""

import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from households.actions import register
from households.models import Household, Member
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import WELL, make_household, make_member
from tests.households.life.factories import gone, move_out
from tests.refusals import refused
from thanhsen.concurrency import Stale
from thanhsen.models import Event

pytestmark = pytest.mark.django_db


def test_a_household_gets_a_code_its_heads_name_and_an_event():
    household = make_household(head={"full_name": "Nguyễn  Thị Đào"})
    assert re.fullmatch("H[0-9]{7}", household.code)
    assert household.head_name == "Nguyễn Thị Đào"
    assert Event.objects.filter(
        act="household.create", record_id=household.pk, after__code=household.code
    ).exists()


def test_a_code_is_never_used_again_even_after_a_failure():
    first = make_household()
    with pytest.raises(ValidationError):
        make_household(phone="12")
    second = make_household()
    assert int(second.code[1:]) > int(first.code[1:])
    refused("household_keeps_its_code", Household.objects.filter(pk=second.pk).update, code=first.code)


def test_the_same_request_twice_is_one_household():
    request_id, area = uuid4(), make_group()
    made = [
        register.open_household(
            by=None, household={"area": area}, head={"full_name": "Lê An", **WELL}, opened_date=date(2026, 1, 5), request_id=request_id
        )
        for _ in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
    with pytest.raises(ValidationError, match="đã ghi một lần rồi"):  # gone back to, for another household
        register.open_household(
            by=None, household={"area": area}, head={"full_name": "Lê Bình", **WELL}, opened_date=date(2026, 1, 5), request_id=request_id
        )  # fmt: skip
    assert Household.objects.count() == 1
    new, typed = made[0], {"full_name": "Lê Cường", **WELL, "relationship": "child"}
    named = {"by": None, "household": new, "joined_date": None, "request_id": uuid4()}
    assert register.add_member(values=typed, **named) == register.add_member(values=typed, **named)
    with pytest.raises(ValidationError, match="đã ghi một lần rồi"):
        register.add_member(values={**typed, "full_name": "Lê Dũng"}, **named)
    assert new.members.count() == 2


def test_the_second_to_save_is_told_and_nothing_is_overwritten():
    household = make_household(address="cũ")
    register.update_household(
        by=None, household=household, version=1, values={"address": "của người thứ nhất"}
    )
    with pytest.raises(Stale) as stale:
        register.update_household(
            by=None, household=household, version=1, values={"address": "của người thứ hai"}
        )
    assert stale.value.record.address == "của người thứ nhất"
    household.refresh_from_db()
    assert household.address == "của người thứ nhất"


def test_the_trail_keeps_what_changed_before_and_after():
    household = make_household(address="12 Trần Phú")
    register.update_household(
        by=make_user(), household=household, version=None, values={"address": "14 Trần Phú"}
    )
    event = Event.objects.get(act="household.update")
    assert (event.before["address"], event.after["address"]) == ("12 Trần Phú", "14 Trần Phú")
    assert "phone" not in event.after


def test_another_head_is_a_life_event():
    household = make_household()
    child = make_member(household, full_name="Trần Thị Út", relationship="child")
    for member, relationship in ((child, "head"), (household.members.get(relationship="head"), "child")):
        with pytest.raises(ValidationError, match="Đổi chủ hộ là một sự kiện"):
            register.update_member(
                by=None, member=member, version=None, values={"relationship": relationship}
            )


def test_who_left_keeps_the_row_and_frees_the_number():
    household = make_household()
    gone = make_member(household, cccd="042080000001")
    move_out(household, gone, reason="lấy chồng")
    assert make_member(make_household(), cccd="042080000001").pk != gone.pk
    assert Member.objects.get(pk=gone.pk).left_reason == "lấy chồng"


CASES = [
    ("household_phone_ten_digits", "household", {"phone": "0912"}, "Số điện thoại gồm 10 chữ số"),
    (
        "household_floor_area_sensible",
        "household",
        {"floor_area": Decimal("-1")},
        "Diện tích nhà ở từ 0 đến 5.000 m²",
    ),
    ("household_closed_with_reason", "household", {"closed_date": date(2026, 1, 1)}, "cả ngày và lý do"),
    (
        "household_dates_in_order",
        "household",
        {"closed_date": date(2000, 1, 1), "closed_reason": "mistake"},
        "không được trước",
    ),
    ("member_cccd_twelve_digits", "member", {"cccd": "12345678901"}, "12 chữ số"),
    ("member_old_id_nine_digits", "member", {"old_id": "1"}, "9 chữ số"),
    ("member_birth_year_sensible", "member", {"birth_year": 1850}, "từ 1900"),
    ("member_not_born_in_the_future", "member", {"birth_year": 2999}, "ở tương lai"),
    (
        "member_not_born_in_the_future",
        "member",
        {"birth_date": localdate() + timedelta(days=3), "birth_year": (localdate() + timedelta(days=3)).year},
        "ở tương lai",
    ),
    ("member_birth_date_in_birth_year", "member", {"birth_date": date(1990, 1, 1)}, "không khớp"),
    ("member_left_with_reason", "member", {"left_date": date(2026, 1, 1)}, "cả ngày và lý do"),
    (
        "member_left_after_birth",
        "member",
        {"left_date": date(1970, 1, 1), "left_reason": "x"},
        "trước năm sinh",
    ),
    (
        "member_left_after_joining",
        "member",
        {"joined_date": date(2026, 1, 1), "left_date": date(2025, 1, 1), "left_reason": "x"},
        "trước ngày vào hộ",
    ),
    ("member_named", "member", {"full_name": ""}, "họ và tên"),
    ("member_sex_known", "member", {"sex": "x"}, None),
    ("member_ethnicity_known", "member", {"ethnicity": "77"}, None),
    ("member_relationship_known", "member", {"relationship": "x"}, None),
    ("member_schooling_known", "member", {"schooling": "x"}, None),
    ("member_education_known", "member", {"education": "x"}, None),
    ("member_work_known", "member", {"work": "x"}, None),
    ("household_livelihood_known", "household", {"livelihood": "x"}, None),
    ("household_housing_known", "household", {"housing": "x"}, None),
]


@pytest.mark.parametrize(("constraint", "kind", "values", "sentence"), CASES)
def test_the_database_keeps_each_rule_by_name(constraint, kind, values, sentence):
    from thanhsen.constraints import messages

    record = make_household() if kind == "household" else make_member(make_household())
    refused(constraint, type(record).objects.filter(pk=record.pk).update, **values)
    if sentence:
        assert sentence in messages()[constraint]


def test_two_heads_two_spouses_or_one_number_twice_are_refused():
    household = make_household()
    make_member(household, relationship="spouse", cccd="042180000001")
    other = make_member(household)
    rows = Member.objects.filter(pk=other.pk)
    refused("member_one_head", rows.update, relationship="head")
    refused("member_one_spouse_of_head", rows.update, relationship="spouse")
    refused("member_cccd_once", rows.update, cccd="042180000001")


def test_no_household_without_a_head_at_commit():
    refused("household_has_a_head", Household.objects.create, area=make_group(), opened_date=date(2026, 1, 1))
    household = make_household()
    refused("household_has_a_head", household.members.update, left_date=date(2026, 1, 1), left_reason="chết")
    elsewhere = make_household()
    child = Member.objects.filter(pk=household.members.get().pk)
    refused("household_has_a_head", child.update, household=elsewhere, relationship="other")


def test_a_household_lies_in_a_group_and_is_never_deleted():
    household = make_household()
    refused("household_area_is_group", Household.objects.filter(pk=household.pk).update, area=make_ward())
    refused("member_never_deleted", household.members.all()._raw_delete, "default")
    refused("household_never_deleted", Household.objects.filter(pk=household.pk)._raw_delete, "default")


def test_a_closed_household_stays_as_it_was():
    household = make_household()
    child = make_member(household)
    gone(household)
    for write in (
        lambda: register.update_household(by=None, household=household, version=None, values={"note": "x"}),
        lambda: register.update_member(by=None, member=child, version=None, values={"work": "studying"}),
        lambda: make_member(household),
    ):
        with pytest.raises(ValidationError, match="ra khỏi sổ"):
            write()


def test_moving_elsewhere_is_a_life_event():
    with pytest.raises(TypeError):
        register.update_household(
            by=None, household=make_household(), version=None, values={"area": make_group()}
        )
