"""Accounts: made, changed, switched off; never without an administrator, never beyond one's areas."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import PASSWORD, make_group, make_user, make_ward
from thanhsen import actions
from thanhsen.models import Event, User
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def admin(ward):
    return make_user(Role.ADMIN, ward, username="quan.tri", full_name="Trần Văn Quản")


def fields(area, **changed):
    return {
        "full_name": "Đỗ Thị Kiểm",
        "username": "kiem.dt",
        "role": "officer",
        "areas": [area.pk],
        "position": "Cộng tác viên",
        "phone": "0912 345 678",
    } | changed


def test_create_shows_a_password_once_that_works_and_must_be_changed(client, admin, ward):
    group = make_group(ward)
    client.force_login(admin)
    page = client.post(reverse("user_create"), fields(group)).content.decode()
    password = re.search(r'class="secret">([^<]+)<', page)[1]
    user = User.objects.get(username="kiem.dt")
    assert len(password) >= 14
    assert user.check_password(password)
    assert user.must_change_password
    assert user.phone == "0912345678"
    assert list(user.areas.all()) == [group]
    event = Event.objects.get()
    assert (event.act, event.actor, event.record_id, event.area_id) == (
        "user.create",
        admin,
        user.pk,
        group.pk,
    )
    assert password not in str(event.after)
    assert "password" not in event.after


def test_passphrases_differ_and_are_long():
    made = {actions.make_passphrase() for _ in range(200)}
    assert len(made) == 200
    assert min(map(len, made)) >= 14


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"username": "QUAN.TRI"}, "Tên đăng nhập này đã có người dùng."),
        ({"username": "có dấu"}, "chữ thường không dấu"),
        ({"full_name": ""}, "Chưa nhập ô này."),
        ({"full_name": "x" * 121}, "Dài quá: tối đa 120 ký tự, đang có 121."),
        ({"full_name": "Nguyễn\x00An"}, "Có ký tự không in được"),
        ({"role": "vua"}, "Lựa chọn này không có trong danh sách"),
        ({"areas": []}, "Vai trò này cần ít nhất một địa bàn."),
        ({"areas": ["1e9"]}, "Lựa chọn này không có trong danh sách"),
        ({"areas": ["999999999999999999999"]}, "Lựa chọn này không có trong danh sách"),
        ({"role": "viewer", "areas": []}, "Chọn ít nhất một nơi trong địa bàn anh/chị quản trị."),
        ({"phone": "12345"}, "Số điện thoại gồm 10 chữ số"),
    ],
)
def test_wrong_input_is_answered_in_words_and_writes_nothing(client, admin, ward, changed, sentence):
    client.force_login(admin)
    response = client.post(reverse("user_create"), fields(ward, **changed))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.count() == 1
    assert not Event.objects.exists()


def test_area_of_another_ward_cannot_be_given(client, admin):
    client.force_login(admin)
    response = client.post(reverse("user_create"), fields(make_group()))
    assert response.status_code == 422
    assert not User.objects.filter(username="kiem.dt").exists()


def test_update_keeps_before_and_after(client, admin, ward):
    first, second = (
        make_group(ward, name="Tổ dân phố 1", code="1"),
        make_group(ward, name="Tổ dân phố 2", code="2"),
    )
    user = make_user(Role.OFFICER, first, full_name="Nguyễn Thị Đào")
    client.force_login(admin)
    client.post(
        reverse("user_edit", args=[user.pk]),
        fields(second, full_name="Nguyễn Thị Mận", is_active="on", phone=""),
    )
    event = Event.objects.get()
    assert event.before == {"areas": ["Tổ dân phố 1 (1)"], "full_name": "Nguyễn Thị Đào", "position": ""}
    assert event.after == {
        "areas": ["Tổ dân phố 2 (2)"],
        "full_name": "Nguyễn Thị Mận",
        "position": "Cộng tác viên",
    }


@pytest.mark.parametrize("changed", [{"role": "viewer"}, {"is_active": ""}])
def test_nobody_takes_away_their_own_administration(client, admin, ward, changed):
    make_user(Role.ADMIN, ward)
    client.force_login(admin)
    response = client.post(
        reverse("user_edit", args=[admin.pk]), fields(ward, role="admin", is_active="on") | changed
    )
    assert response.status_code == 422
    assert "nhờ một quản trị khác" in response.content.decode()
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == (Role.ADMIN, True)


def test_one_administrator_always_remains(ward):
    gone = make_user(Role.ADMIN, ward, is_active=False)
    last = make_user(Role.ADMIN, ward)
    with pytest.raises(ValidationError, match="quản trị duy nhất"):
        actions.update_user(by=gone, user=last, full_name="X Y", role=Role.VIEWER, areas=[ward])
    last.refresh_from_db()
    assert last.role == Role.ADMIN
    assert not Event.objects.exists()


def test_reset_gives_a_new_password_and_unlocks(client, admin, ward):
    user = make_user(Role.OFFICER, ward, username="dao.nt")
    for _ in range(5):
        client.post(reverse("sign_in"), {"username": "dao.nt", "password": "sai"})
    client.force_login(admin)
    assert "Đang bị khoá đăng nhập" in client.get(reverse("user_edit", args=[user.pk])).content.decode()
    page = client.post(reverse("user_reset_password", args=[user.pk])).content.decode()
    password = re.search(r'class="secret">([^<]+)<', page)[1]
    assert client.post(reverse("sign_in"), {"username": "dao.nt", "password": password}).status_code == 302
    assert not user.check_password(password)  # as read before
    user.refresh_from_db()
    assert user.check_password(password)
    assert user.must_change_password


def test_unlock_lets_the_old_password_in(client, admin, ward):
    user = make_user(Role.OFFICER, ward, username="dao.nt")
    for _ in range(5):
        client.post(reverse("sign_in"), {"username": "dao.nt", "password": "sai"})
    client.force_login(admin)
    client.post(reverse("user_unlock", args=[user.pk]))
    response = type(client)().post(reverse("sign_in"), {"username": "dao.nt", "password": PASSWORD})
    assert response.status_code == 302
    assert Event.objects.filter(act="user.unlock", actor=admin, record_id=user.pk).count() == 1


def test_own_password_is_not_reset_here(client, admin):
    client.force_login(admin)
    assert client.post(reverse("user_reset_password", args=[admin.pk])).url == reverse(
        "user_edit", args=[admin.pk]
    )
    admin.refresh_from_db()
    assert admin.check_password(PASSWORD)


def test_admin_of_a_ward_sees_the_people_of_that_ward_only(client, admin, ward):
    here = make_user(Role.OFFICER, make_group(ward), full_name="Người Phường Này")
    there = make_user(Role.OFFICER, make_group(), full_name="Người Phường Khác")
    both = make_user(Role.OFFICER, [ward, make_ward()], full_name="Người Hai Phường")
    above = make_user(Role.SUPERVISOR, ward.parent, full_name="Người Của Tỉnh")
    free = make_user(Role.VIEWER, full_name="Người Chưa Giao")
    client.force_login(admin)
    page = client.get(reverse("user_list")).content.decode()
    assert here.full_name in page
    for hidden in (there, both, above, free):
        assert hidden.full_name not in page
        assert client.get(reverse("user_edit", args=[hidden.pk])).status_code == 404
        assert client.post(reverse("user_reset_password", args=[hidden.pk])).status_code == 404
    client.force_login(make_user(Role.ADMIN))
    page = client.get(reverse("user_list")).content.decode()
    for person in (here, there, both, above, free):
        assert person.full_name in page


def test_list_is_searched_without_marks_and_sorted_by_given_name(client, admin, ward):
    for name in ("Nguyễn Văn Dũng", "Nguyễn Thị Đào", "Trần Ân", "Lê An", "Lê Ánh"):
        make_user(Role.OFFICER, ward, full_name=name)
    client.force_login(admin)
    page = client.get(reverse("user_list")).content.decode()
    order = ["Lê An", "Lê Ánh", "Trần Ân", "Nguyễn Văn Dũng", "Nguyễn Thị Đào"]
    assert sorted(order, key=page.index) == order
    page = client.get(reverse("user_list"), {"q": "nguyen dao"}).content.decode()
    assert "Nguyễn Thị Đào" in page
    assert "Nguyễn Văn Dũng" not in page


def test_list_filters_and_answers_nonsense(client, admin, ward):
    make_user(Role.VIEWER, ward, full_name="Người Xem")
    client.force_login(admin)
    page = client.get(reverse("user_list"), {"role": "viewer"}).content.decode()
    assert "Người Xem" in page
    assert "quan.tri</td>" not in page
    assert client.get(reverse("user_list"), {"role": "vua"}).status_code == 422
    assert client.get(reverse("user_list"), {"q": "\x00"}).status_code == 422
    assert client.get(reverse("user_list"), {"trang": "chín"}).status_code == 200
    assert "Không có tài khoản nào như vậy" in client.get(reverse("user_list"), {"q": "zzz"}).content.decode()


def test_list_costs_the_same_for_one_and_for_many(client, admin, ward, django_assert_num_queries):
    client.force_login(admin)
    client.get(reverse("user_list"))
    for _ in range(12):
        make_user(Role.OFFICER, make_group(ward))
    # session, user; count, people, their areas, the parents of those; own areas; ward, year and banner
    with django_assert_num_queries(8):
        client.get(reverse("user_list"))


def test_huge_number_in_the_address_is_404(client, admin):
    client.force_login(admin)
    assert client.get(f"/tai-khoan/{10**30}/").status_code == 404
