"""One's own password, and the first one that somebody else issued."""

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, make_user
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
NEW = "mưa rơi trên mái ngói"


def change(client, old=PASSWORD, new=NEW, repeated=None):
    data = {"old_password": old, "new_password": new, "repeated": new if repeated is None else repeated}
    return client.post(reverse("change_password"), data)


def test_changed_password_works_and_the_session_lives_on(client):
    user = make_user()
    client.force_login(user)
    assert change(client).url == reverse("home")
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.get(reverse("change_password")).status_code == 200
    event = Event.objects.get()
    assert (event.act, event.before, event.after) == ("user.password_change", None, None)


def test_other_sessions_end_when_the_password_changes(client, django_user_model):
    user = make_user()
    other = type(client)()
    other.force_login(user)
    client.force_login(user)
    change(client)
    assert other.get(reverse("change_password")).status_code == 302


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"old": "sai"}, "Mật khẩu đang dùng chưa đúng"),
        ({"new": "ngắn quá"}, "Mật khẩu cần ít nhất 14 ký tự (đang có 8)"),
        ({"new": PASSWORD}, "Mật khẩu mới phải khác mật khẩu đang dùng"),
        ({"repeated": "khác hẳn đi chứ"}, "Hai lần nhập mật khẩu mới chưa giống nhau"),
        ({"new": "nguyenthidao123"}, "Mật khẩu quá giống tên"),
        ({"new": "aaaaaaaaaaaaaaaaaa"}, "Mật khẩu lặp lại quá ít ký tự"),
        ({"new": ""}, "Chưa nhập ô này"),
    ],
)
def test_refusals_say_what_to_do(client, data, sentence):
    user = make_user()
    client.force_login(user)
    response = change(client, **data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_issued_password_is_replaced_before_anything_else(client):
    user = make_user(must_change_password=True)
    client.force_login(user)
    for name in ("home", "event_list", "user_list"):
        assert client.get(reverse(name)).url == reverse("change_password")
    page = client.get(reverse("change_password")).content.decode()
    assert "do người khác cấp" in page
    assert "Các phần của cổng" not in page
    change(client)
    user.refresh_from_db()
    assert not user.must_change_password


def test_may_sign_out_instead(client):
    client.force_login(make_user(must_change_password=True))
    assert client.post(reverse("sign_out")).url == reverse("sign_in")
