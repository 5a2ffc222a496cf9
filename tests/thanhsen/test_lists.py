"""Accounts, places and the trail taken away: as filtered, with a reason, never beyond what the page shows."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.timezone import now

from tests.factories import make_group, make_user, make_ward
from tests.taken import REASON, book_of, lines_of, told
from thanhsen import events
from thanhsen.lists import Found, take
from thanhsen.lists.own import AREAS, USERS
from thanhsen.masking import masked
from thanhsen.models import Event, User
from thanhsen.permissions import ROLE_PERMISSIONS, Permission, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def admin(ward, client):
    user = make_user(Role.ADMIN, ward, full_name="Trần Văn Quản")
    client.force_login(user)
    return user


def taken(client, name, query=""):
    return client.post(f"{reverse(name)}{query}", {"reason": REASON})


def test_who_sees_whole_numbers_of_papers():
    may = {role for role in Role if Permission.SEE_CCCD in ROLE_PERMISSIONS[role]}
    assert may == {Role.SUPERVISOR, Role.APPROVER}
    assert (masked("042080001234"), masked(None), masked("")) == ("042•••••1234", "", "")


def test_accounts_as_filtered(client, ward, admin):
    make_user(Role.OFFICER, make_group(ward), full_name="=Lê Thị Công")
    make_user(Role.OFFICER, make_group(make_ward()), full_name="Người phường khác")
    answer = taken(client, "user_export", "?role=officer&q=cong")
    book = book_of(answer)
    (line,) = book.worksheets[0].iter_rows(min_row=2)
    assert (line[0].value, line[0].data_type, line[0].quotePrefix) == ("=Lê Thị Công", "s", True)
    assert told(book)["Lọc theo"] == "Tìm theo tên, tên đăng nhập, điện thoại: cong; Vai trò: Cán bộ rà soát"
    event = Event.objects.get(act="user.export")
    assert (event.after["rows"], event.reason) == (1, REASON)


def test_accounts_with_a_wrong_filter_are_none(client, admin):
    assert taken(client, "user_export", "?role=vua").status_code == 422


def test_places_of_the_ward_of_the_page(client, ward, admin):
    made = [make_group(ward, name=f"Tổ dân phố {number}", code=f"0{number}") for number in (2, 10)]
    make_group(make_ward())
    lines = lines_of(taken(client, "area_export"))
    assert [each["Tên"] for each in lines] == [each.name for each in made]
    assert {each["Mã phường"] for each in lines} == {ward.code}
    assert [each["Mã"] for each in lines] == ["02", "010"]
    assert [each["Tên"] for each in lines_of(taken(client, "area_export", "?q=10"))] == ["Tổ dân phố 10"]


def test_the_trail_in_words_at_the_same_cost(client, ward, django_assert_num_queries):
    user = make_user(Role.SUPERVISOR, ward)
    client.force_login(user)
    for number in range(3):
        events.record(
            by=user, act="area.update", on=ward, before={"name": "Cũ"}, after={"name": f"=Mới {number}"}
        )
    events.record(by=make_user(Role.OFFICER, make_ward()), act="sign_in")
    lines = lines_of(taken(client, "event_export", "?act=area.update"))
    assert [each["Trước và sau"] for each in lines] == [f"tên: Cũ → =Mới {number}" for number in (2, 1, 0)]
    assert {each["Việc"] for each in lines} == {"Sửa địa bàn"}
    with django_assert_num_queries(8):
        lines_of(taken(client, "event_export"))
    for number in range(60):
        events.record(
            by=user, act="area.update", on=ward, before={"parent_id": number}, after={"parent_id": ward.pk}
        )
    with django_assert_num_queries(9):  # the names of the areas they speak of, once for all
        lines_of(taken(client, "event_export"))


def test_more_records_than_a_row_of_the_trail_keeps(client, ward, admin, monkeypatch, tmp_path):
    monkeypatch.setattr(events, "RECORDS_KEPT", 2)
    for _ in range(4):
        make_user(Role.OFFICER, make_group(ward))
    lines = lines_of(taken(client, "user_export"))
    rows = list(Event.objects.filter(act="user.export").order_by("pk"))
    assert [len(each.records) for each in rows] == [2, 2, 1]
    assert sorted(pk for each in rows for pk in each.records) == sorted(
        User.objects.visible_to(admin).values_list("pk", flat=True)
    )
    assert [each.after and each.after["rows"] for each in rows] == [len(lines), None, None]
    assert {each.reason for each in rows} == {REASON}


def test_nothing_is_told_of_a_file_that_failed(ward, admin, tmp_path):
    found = Found(User.objects.visible_to(admin).in_order(), lines=lambda records: 1 / 0)
    with (tmp_path / "x").open("wb") as target, pytest.raises(ZeroDivisionError):
        take(by=admin, listed=USERS, found=found, reason=REASON, at=now(), target=target)
    with (tmp_path / "x").open("wb") as target, pytest.raises(ValidationError, match="Không có dòng nào"):
        take(by=admin, listed=USERS, found=Found(User.objects.none()), reason=REASON, at=now(), target=target)
    assert not Event.objects.filter(act="user.export").exists()


def test_the_action_itself_refuses_who_may_not(ward, tmp_path):
    officer = make_user(Role.OFFICER, ward)
    with (tmp_path / "x").open("wb") as target, pytest.raises(PermissionDenied):
        take(
            by=officer, listed=AREAS, found=Found(User.objects.all()), reason=REASON, at=now(), target=target
        )


def test_a_file_that_cannot_be_made_is_closed(client, admin, monkeypatch):
    opened = []

    def refuse(*, target, **_):
        opened.append(target)
        raise OSError("hết chỗ trên đĩa")

    monkeypatch.setattr("thanhsen.views.lists.take", refuse)
    with pytest.raises(OSError, match="hết chỗ"):
        taken(client, "user_export")
    assert opened[0].closed
