"""Each rule about people and places, by its name in the database, and the sentence a person reads."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories import make_group, make_province, make_user, make_ward
from thanhsen import constraints
from thanhsen.models import Area, Event, User

pytestmark = pytest.mark.django_db


def same_code():
    group = make_group(code="1")
    make_group(group.parent, code="1")


CASES = {
    "area_dates_in_order": (
        lambda: make_province(valid_to=date(2019, 1, 1)),
        "Ngày hết hiệu lực phải sau ngày bắt đầu.",
    ),
    "area_only_province_has_no_parent": (
        lambda: make_province(parent=make_province()),
        "Phường phải thuộc một tỉnh, tổ dân phố phải thuộc một phường.",
    ),
    "area_parent_is_one_level_up": (
        lambda: make_group(make_province()),
        "Phường phải thuộc một tỉnh, tổ dân phố phải thuộc một phường.",
    ),
    "area_kind_known": (lambda: make_group(kind="xom"), None),
    "area_type_known": (lambda: make_group(area_type="x"), None),
    "area_named": (lambda: make_province(code=""), None),
    "area_code_once_at_a_time": (same_code, "Mã này đang dùng cho một nơi khác trong cùng thời gian."),
    "user_username_once": (
        lambda: (make_user(username="dao"), make_user(username="DAO")),
        "Tên đăng nhập này đã có người dùng.",
    ),
    "user_role_known": (lambda: User.objects.create(username="x", full_name="x", role="vua"), None),
    "user_phone_ten_digits": (lambda: make_user(phone="123"), "Số điện thoại gồm 10 chữ số, bắt đầu bằng 0."),
    "user_practice_cannot_sign_in": (
        lambda: make_user(practice_of=make_user()),
        "Tài khoản thực hành không có mật khẩu: chỉ đóng vai từ trang Thực hành.",
    ),
    "user_practice_role": (
        lambda: User.objects.create(
            username="x", full_name="x", role="admin", password="!", practice_of=make_user()
        ),
        None,
    ),
    "event_act_named": (lambda: Event.objects.create(act=""), None),
}


def name_of(error) -> str:
    return error.__cause__.diag.constraint_name


@pytest.mark.parametrize("name", CASES)
def test_database_keeps_the_rule(name):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        CASES[name][0]()
    # A row that breaks two rules is refused by whichever PostgreSQL looks at first.
    assert name_of(caught.value) in {name} | (
        {"area_parent_is_one_level_up"} if name.startswith("area_") else set()
    )


@pytest.mark.parametrize("name", [name for name, (_, sentence) in CASES.items() if sentence])
def test_person_reads_the_sentence(name):
    with pytest.raises(ValidationError) as caught, constraints.kept():
        CASES[name][0]()
    assert CASES[name][1] in str(caught.value)


def test_every_rule_has_a_case():
    named = {rule.name for model in (Area, User, Event) for rule in model._meta.constraints}
    assert named <= set(CASES)


def test_rule_without_a_sentence_names_itself():
    with pytest.raises(ValidationError, match="area_named"), constraints.kept():
        make_province(code="")


def test_value_too_long_is_explained():
    with pytest.raises(ValidationError, match="chưa lưu"), constraints.kept():
        make_province(code="x" * 21)


def test_kind_of_an_area_stays():
    ward = make_ward()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Area.objects.filter(pk=ward.pk).update(kind="group")
    assert name_of(caught.value) == "area_parent_is_one_level_up"


def test_refused_write_leaves_nothing_behind():
    def half_right():
        make_province(name="Tỉnh bị huỷ")
        make_user(phone="123")

    with pytest.raises(ValidationError), constraints.kept():
        half_right()
    assert not Area.objects.filter(name="Tỉnh bị huỷ").exists()
