"""What every page keeps to: the content policy, the ward and the year, errors that leak nothing."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_group, make_user, make_ward
from thanhsen import events
from thanhsen.navigation import parts
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db
BANNER = "Dữ liệu minh hoạ"


def pages(client):
    """Every page of people and places, as an administrator or a supervisor sees it, and the error pages."""
    group = make_group()
    yield client.get(reverse("sign_in"))
    yield client.post(reverse("area_create"), {"name": "x"})
    admin = make_user(Role.ADMIN)
    client.force_login(admin)
    for name in (
        "user_list",
        "user_create",
        "area_list",
        "area_create",
        "change_password",
        "event_list",
        "sign_out",
    ):
        yield client.get(reverse(name))
    yield client.get(reverse("user_edit", args=[make_user(areas=group).pk]))
    yield client.get(reverse("area_edit", args=[group.pk]))
    yield client.get(reverse("area_end", args=[group.pk]))
    yield client.post(reverse("area_create"), {"name": "x"})
    yield client.get("/khong-co/")
    client.force_login(make_user(Role.SUPERVISOR, group.parent))
    yield client.get(reverse("event_list"))


def test_policy_allows_nothing_inline_and_pages_have_nothing_inline(client):
    for response in pages(client):
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'self'" in policy
        page = response.content.decode()
        assert not re.search(r"\sstyle\s*=", page)
        assert not re.search(r"<style|<script(?![^>]*\ssrc=)", page)
        assert not re.search(r"<[^>]+\son[a-z]+\s*=", page)
        assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", page)


def test_pages_are_vietnamese(client):
    for response in pages(client):
        page = response.content.decode()
        assert '<html lang="vi">' in page
        for english in (
            "This field",
            "Select a valid",
            "Enter a",
            "Permission denied",
            "Not Found",
            "Forbidden",
        ):
            assert english not in page


def test_ward_and_year_are_on_every_page(client):
    ward = make_ward(name="phường Thành Sen")
    client.force_login(make_user(Role.OFFICER, make_group(ward)))
    make_ward(name="phường Khác")
    page = client.get(reverse("change_password")).content.decode()
    assert "phường Thành Sen" in page
    assert "phường Khác" not in page
    assert re.search(r"Năm 20\d\d", page)


def test_portal_costs_a_page_two_queries(client, django_assert_num_queries):
    client.force_login(make_user(Role.OFFICER, make_group()))
    client.get(reverse("change_password"))
    with django_assert_num_queries(4):  # session, user; areas of the user, ward with year and banner
        client.get(reverse("change_password"))


def test_navigation_holds_what_the_role_may_open(client):
    group = make_group()
    shown = {}
    for role in (Role.ADMIN, Role.SUPERVISOR, Role.VIEWER):
        client.force_login(make_user(role, group.parent))
        shown[role] = client.get(reverse("change_password")).content.decode()
    assert reverse("user_list") in shown[Role.ADMIN]
    assert reverse("event_list") not in shown[Role.ADMIN]
    assert reverse("event_list") in shown[Role.SUPERVISOR]
    assert reverse("user_list") not in shown[Role.SUPERVISOR]
    assert reverse("event_list") not in shown[Role.VIEWER]


def test_banner_where_the_data_is_invented_and_only_there(client):
    ward = make_ward()
    assert BANNER not in client.get(reverse("sign_in")).content.decode()
    events.record(by=None, act="demo.load", on=ward)
    assert BANNER in client.get(reverse("sign_in")).content.decode()
    client.force_login(make_user(Role.ADMIN))
    for address in (reverse("user_list"), "/khong-co/", reverse("event_list")):
        assert BANNER in client.get(address).content.decode()


def test_failure_tells_what_to_do_and_nothing_else(client, settings):
    settings.ROOT_URLCONF = "tests.thanhsen.urls_of_tests"
    client.force_login(make_user())
    client.raise_request_exception = False
    response = client.get("/hong/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Cổng đang gặp trục trặc" in page
    for leak in ("bí mật", "RuntimeError", "Traceback", "urls_of_tests", "Django", "python"):
        assert leak not in page


def test_page_of_a_failure_cannot_fail(client, settings, monkeypatch):
    from django.template import loader

    def broken(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(loader, "get_template", broken)
    from thanhsen.views import errors

    assert "Cổng đang gặp trục trặc" in errors.server_error(None).content.decode()


def test_unknown_page_is_404_without_a_list_of_addresses(client):
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert "nhat-ky" not in response.content.decode()


def test_request_too_large_is_answered_in_words(client):
    response = client.post(reverse("sign_in"), {"username": "x" * 1_100_000, "password": "y"})
    assert response.status_code == 400
    assert "Yêu cầu không đúng dạng" in response.content.decode()


def test_wrong_method_is_answered_in_words(client):
    response = client.get(reverse("sign_out"))
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "Quay lại trang trước" in response.content.decode()


def test_signed_in_pages_stay_out_of_caches(client):
    client.force_login(make_user(Role.ADMIN))
    assert client.get(reverse("user_list")).headers["Cache-Control"] == "private, no-cache"


def test_healthz_answers_without_sign_in(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_navigation_opens_the_part_one_is_in(client):
    """The pages of the part are its second row; the longest address that fits is the current page."""
    supervisor = make_user(Role.SUPERVISOR, make_group().parent)
    here = {part.label: part for part in parts(supervisor, reverse("import_list"))}
    assert [label for label, part in here.items() if part.is_current] == ["Sổ hộ"]
    assert [page.label for page in here["Sổ hộ"].pages if page.is_current] == ["Nhập từ Excel"]
    assert [part.label for part in parts(supervisor, "/khong-co/") if part.is_current] == []
    assert [part.label for part in parts(supervisor, reverse("home")) if part.is_current] == ["Trang chủ"]
    admin = [part.label for part in parts(make_user(Role.ADMIN), "/")]
    assert "Bảng điểm" in admin  # the only page of its part gives it its name
    assert "Rà soát" not in admin
