"""Fifteen idle minutes lock the session; what was typed meanwhile is not lost."""

import html
import json
import re
import time

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, make_group, make_user
from thanhsen.middleware import SESSION_STAMP
from thanhsen.models import Area
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_user(Role.ADMIN, username="quan.tri")


def grow_idle(client, minutes):
    session = client.session
    session[SESSION_STAMP] = int(time.time()) - minutes * 60
    session.save()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def posted_again(page: str) -> dict:
    """What the browser posts from the page that offers to go on."""
    fields = re.findall(r'<textarea name="([^"]*)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return {html.unescape(name): html.unescape(value) for name, value in fields}


def test_busy_session_stays_and_idle_one_ends(client, admin):
    client.force_login(admin)
    client.get(reverse("user_list"))
    grow_idle(client, 14)
    assert client.get(reverse("user_list")).status_code == 200
    grow_idle(client, 16)
    response = client.get(reverse("user_list"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("sign_in"))


def test_stamp_is_not_written_on_every_page(client, admin, django_assert_max_num_queries):
    client.force_login(admin)
    client.get(reverse("change_password"))
    stamp = client.session[SESSION_STAMP]
    client.get(reverse("change_password"))
    assert client.session[SESSION_STAMP] == stamp


def test_posted_form_survives_the_lock(client, admin):
    ward = make_group().parent
    typed = {
        "kind": "group",
        "parent": str(ward.pk),
        "code": "99-01",
        "name": 'Tổ "Bắc Quý" <b>&',
        "area_type": "rural",
        "valid_from": "05/12/2026",
    }
    client.force_login(admin)
    client.get(reverse("user_list"))
    grow_idle(client, 16)

    asked = client.post(reverse("area_create"), typed)
    assert asked.status_code == 401
    page = asked.content.decode()
    assert "Những gì vừa nhập vẫn được giữ" in page
    carried = {"resume_path": hidden(page, "resume_path"), "carried": hidden(page, "carried")}
    assert carried["resume_path"] == reverse("area_create")

    wrong = client.post(reverse("sign_in"), {"username": "quan.tri", "password": "sai", **carried})
    assert wrong.status_code == 422
    assert hidden(wrong.content.decode(), "carried") == carried["carried"]

    back = client.post(reverse("sign_in"), {"username": "quan.tri", "password": PASSWORD, **carried})
    assert back.status_code == 200
    page = back.content.decode()
    assert "Những gì vừa nhập còn đây" in page
    assert f'action="{reverse("area_create")}"' in page
    assert posted_again(page) == typed

    assert client.post(reverse("area_create"), posted_again(page)).status_code == 302
    assert Area.objects.get(code="99-01").name == typed["name"]


def test_form_survives_a_password_that_must_be_changed(client, admin):
    admin.must_change_password = True
    admin.save()
    carried = {"resume_path": reverse("area_create"), "carried": json.dumps([["name", "Tổ 1"]])}
    page = client.post(
        reverse("sign_in"), {"username": "quan.tri", "password": PASSWORD, **carried}
    ).content.decode()
    assert f'action="{reverse("change_password")}"' in page
    new = {
        "old_password": PASSWORD,
        "new_password": "mưa rơi trên mái ngói",
        "repeated": "mưa rơi trên mái ngói",
    }
    page = client.post(reverse("change_password"), new | carried).content.decode()
    assert posted_again(page) == {"name": "Tổ 1"}


def test_passwords_and_tokens_are_not_carried(client):
    data = {
        "old_password": "a",
        "new_password": "b",
        "repeated": "c",
        "csrfmiddlewaretoken": "d",
        "note": "giữ",
    }
    page = client.post(reverse("change_password"), data).content.decode()
    assert json.loads(hidden(page, "carried")) == [["note", "giữ"]]


def test_too_large_a_form_is_refused_politely(client):
    response = client.post(reverse("area_create"), {"name": "x" * 300_001})
    assert response.status_code == 401
    page = response.content.decode()
    assert "quá lớn" in page
    assert not hidden(page, "carried")


@pytest.mark.parametrize(
    ("path", "packed"),
    [
        ("https://evil.example/", '[["a","b"]]'),
        ("//evil.example/", '[["a","b"]]'),
        ("/khong-co/", '[["a","b"]]'),
        ("/dang-xuat/", '[["a","b"]]'),
        ("/dia-ban/them/", "hỏng"),
        ("/dia-ban/them/", '[["a"]]'),
        ("/dia-ban/them/", '[["a", 1]]'),
        ("/dia-ban/them/", '{"a": 1}'),
        ("/dia-ban/them/", "[" * 5000),
    ],
)
def test_spoilt_or_foreign_cargo_is_dropped(client, admin, path, packed):
    data = {"username": "quan.tri", "password": PASSWORD, "resume_path": path, "carried": packed}
    assert client.post(reverse("sign_in"), data).url == reverse("home")


def test_htmx_request_is_told_without_losing_the_page(client):
    response = client.post(reverse("area_create"), {"name": "x"}, headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.headers["HX-Retarget"] == "#thong-bao"
    assert "HX-Redirect" not in response.headers
    assert "Đăng nhập lại ở thẻ mới" in response.content.decode()


def test_stale_token_of_our_own_page_offers_to_send_again(admin):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    ours = {"Origin": "http://testserver"}
    response = client.post(reverse("area_create"), {"name": "Tổ 1"}, headers=ours)
    assert response.status_code == 403
    assert posted_again(response.content.decode()) == {"name": "Tổ 1"}
    theirs = {"Origin": "https://evil.example"}
    page = client.post(reverse("area_create"), {"name": "Tổ 1"}, headers=theirs).content.decode()
    assert posted_again(page) == {}
    assert "Trang đã mở quá lâu" in page
