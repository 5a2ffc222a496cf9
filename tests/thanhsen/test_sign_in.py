"""Signing in: who gets in, what a stranger learns, what the trail keeps."""

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, make_user
from thanhsen.models import Event
from thanhsen.views.accounts import LOCKED, WRONG

pytestmark = pytest.mark.django_db


def sign_in(client, username, password=PASSWORD, **fields):
    return client.post(reverse("sign_in"), {"username": username, "password": password, **fields})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_right_password_signs_in_and_leaves_an_event(client):
    user = make_user(username="dao.nt")
    response = sign_in(client, "dao.nt")
    assert response.status_code == 302
    assert response.url == reverse("home")
    event = Event.objects.get()
    assert (event.act, event.actor, event.address) == ("sign_in", user, "127.0.0.1")


@pytest.mark.parametrize("typed", ["DAO.NT", "  dao.nt ", "Dao.Nt"])
def test_user_name_in_any_case(client, typed):
    make_user(username="dao.nt")
    sign_in(client, typed)
    assert signed_in(client)


def test_stranger_inactive_and_wrong_password_get_the_same_sentence(client):
    make_user(username="dao.nt")
    make_user(username="nghi.viec", is_active=False)
    answers = [sign_in(client, "dao.nt", "sai"), sign_in(client, "khong.co"), sign_in(client, "nghi.viec")]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all(WRONG in answer.content.decode() for answer in answers)
    assert not signed_in(client)


def test_failure_is_recorded_without_what_a_stranger_typed(client):
    user = make_user(username="dao.nt")
    sign_in(client, "dao.nt", "sai")
    sign_in(client, "mật khẩu gõ nhầm ô", "sai")
    known, unknown = Event.objects.order_by("pk")
    assert (known.act, known.actor, known.record_id) == ("sign_in_failed", None, user.pk)
    assert (unknown.act, unknown.record_name, unknown.after) == ("sign_in_failed", "", None)


def test_fifth_failure_locks_whatever_the_case_and_the_right_password_waits(client):
    make_user(username="dao.nt")
    for typed in ("dao.nt", "DAO.nt", " dao.nt", "Dao.Nt"):
        assert sign_in(client, typed, "sai").status_code == 422
    fifth = sign_in(client, "dao.nt", "sai")
    assert fifth.status_code == 429
    assert LOCKED in fifth.content.decode()
    assert sign_in(client, "dao.nt").status_code == 429
    assert not signed_in(client)
    assert set(Event.objects.values_list("act", flat=True)) == {"sign_in_failed", "sign_in_locked"}


def test_lock_of_one_leaves_the_others(client):
    make_user(username="dao.nt")
    make_user(username="an.nv")
    for _ in range(6):
        sign_in(client, "dao.nt", "sai")
    sign_in(client, "an.nv")
    assert signed_in(client)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil",
        "\x00/",
    ],
)
def test_no_way_out_through_next(client, target):
    make_user(username="dao.nt")
    assert sign_in(client, "dao.nt", next=target).url == reverse("home")


def test_goes_where_the_person_wanted_to_go(client):
    make_user(username="dao.nt")
    asked = client.get(reverse("change_password") + "?a=b")
    assert asked.url == "/dang-nhap/?next=%2Fdoi-mat-khau%2F%3Fa%3Db"
    assert sign_in(client, "dao.nt", next="/doi-mat-khau/?a=b").url == "/doi-mat-khau/?a=b"


@pytest.mark.parametrize(
    ("username", "password", "sentence"),
    [
        ("", "", "Chưa nhập ô này."),
        ("a" * 61, "x", "Dài quá: tối đa 60 ký tự"),
        ("a\x00b", "x", "Có ký tự không in được"),
        ("a\u202eb", "x", "Có ký tự không in được"),
        ("a", "x\x00y", "Có ký tự không in được"),
        ("a", "x" * 201, "Dài quá: tối đa 200 ký tự"),
    ],
)
def test_hostile_input_is_answered_in_words(client, username, password, sentence):
    response = sign_in(client, username, password)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_bytes_that_are_no_utf8_are_answered_in_words(client):
    response = client.post(
        reverse("sign_in"), b"username=%e1%bb&password=x", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 422
    assert "sai bảng mã" in response.content.decode()


def test_sign_out_needs_a_button_and_leaves_an_event(client):
    user = make_user()
    client.force_login(user)
    assert client.get(reverse("sign_out")).status_code == 405
    response = client.post(reverse("sign_out"))
    assert response.url == reverse("sign_in")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert not signed_in(client)
    assert Event.objects.get(act="sign_out").actor == user


def test_password_fields_tell_the_browser_what_they_are(client):
    page = client.get(reverse("sign_in")).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
