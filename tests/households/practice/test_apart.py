"""Practice and what is real, attacked from both sides: addresses, pages, lists, trail, sign-in."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_script_prefix, reverse

from households.models import AreaTotal, Household, Member, Round
from households.practice import start
from tests.factories import PASSWORD, make_group, make_user, make_ward
from tests.households.factories import make_household, make_round
from thanhsen import events, practice
from thanhsen.models import Area, Event, User
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
MARK = "thực hành"


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def person(ward):
    return make_user(Role.SUPERVISOR, ward, full_name="Nguyễn Thị Mới")


@pytest.fixture
def players(person):
    return start(by=person, today=TODAY)


@pytest.fixture
def real(ward):
    """A household and a round of the real ward."""
    return make_household(make_group(ward)), make_round(ward)


def at(player, name, *args):
    return practice.address_of(player) + reverse(name, args=args).lstrip("/")


def invented(player):
    return Household.objects.visible_to(player).order_by("pk").first()


def test_only_ones_own_players_are_played(client, person, players):
    other = make_user(Role.SUPERVISOR, make_ward())
    old = start(by=other, today=TODAY)
    mine = start(by=other, today=TODAY)
    client.force_login(other)
    assert client.get(at(mine[0], "home")).status_code == 200
    for wrong in (*players, *old, person, other):
        assert client.get(at(wrong, "home")).status_code == 404
        assert client.post(at(wrong, "practice_start")).status_code == 404
    assert client.get("/thuc-hanh/vai/999999999999999999/").status_code == 404
    assert client.get("/thuc-hanh/vai/99999999999999999999999/").status_code == 404
    assert client.get(f"/thuc-hanh/vai/{mine[0].pk}/thuc-hanh/vai/{mine[1].pk}/").status_code == 404
    assert client.get(f"/thuc-hanh/vai/{mine[0].pk}//ho-gia-dinh/").status_code == 404


def test_a_forged_session_plays_nobody(client, person, players):
    other = make_user(Role.SUPERVISOR, make_ward())
    client.force_login(other)
    session = client.session
    session["practice"] = session["player"] = players[0].pk
    session.save()
    page = client.get(reverse("home")).content.decode()
    assert "practice-bar" not in page
    assert client.get(reverse("household_detail", args=[invented(players[0]).pk])).status_code == 404


def test_nobody_signs_in_as_a_player(client, players):
    for password in ("", "!", PASSWORD, players[0].password):
        client.post(reverse("sign_in"), {"username": players[0].username, "password": password})
        assert "_auth_user_id" not in client.session


def test_a_stranger_is_asked_to_sign_in(client, players):
    response = client.get(at(players[0], "household_list"))
    assert response.url.startswith(reverse("sign_in"))
    assert client.post(at(players[0], "practice_start"), {"x": "y"}).status_code == 401


def test_ones_own_password_comes_first(client, person, players):
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    client.force_login(person)
    assert client.get(at(players[0], "home")).url == reverse("change_password")
    assert client.post(at(players[0], "household_create"), {}).url == reverse("change_password")


def test_who_is_switched_off_practises_no_more(client, person, players):
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(at(players[0], "home")).status_code == 302


def test_from_practice_nothing_real_is_reached(client, person, players, ward, real):
    household, round_ = real
    client.force_login(person)
    for player in players:
        assert household.head_name not in client.get(at(player, "household_list")).content.decode()
        for name, pk in [
            ("household_detail", household.pk), ("household_edit", household.pk), ("round_detail", round_.pk),
            ("round_draw", round_.pk), ("round_edit", round_.pk), ("sheet_start", household.pk),
        ]:  # fmt: skip
            for method in (client.get, client.post):
                assert method(at(player, name, pk)).status_code in (403, 404, 405)
    typed = {
        "ward": ward.pk,
        "year": 2026,
        "name": "Đợt lạ",
        "standard_id": "2022-2026",
        "starts_on": "1/9/2026",
    }
    assert client.post(at(players[1], "round_create"), typed).status_code == 422
    group = household.area_id
    client.post(
        at(players[1], "totals", 2026),
        {f"households-{group}": 5, f"people-{group}": 9, "source": "x", "seen": "{}"},
    )
    assert not AreaTotal.objects.filter(area=group).exists()


def test_a_real_page_never_writes_into_practice(client, person, players, ward):
    client.force_login(person)
    home, round_ = invented(players[0]), Round.objects.visible_to(players[0]).get()
    for name, pk in [
        ("household_detail", home.pk),
        ("household_edit", home.pk),
        ("round_detail", round_.pk),
        ("sheet_start", home.pk),
    ]:
        for method in (client.get, client.post):
            assert method(reverse(name, args=[pk])).status_code in (404, 405)
    before = Household.objects.count()
    client.post(
        reverse("household_create"),
        {"area": home.area_id, "full_name": "X", "sex": "male", "birth_year": 1980},
    )
    assert Household.objects.count() == before


def test_a_tab_keeps_its_role_whatever_another_tab_plays(client, person, players):
    officer, supervisor, _ = players
    client.force_login(person)
    client.get(at(officer, "household_list"))
    client.get(at(supervisor, "home"))
    client.get(reverse("home"))
    form = client.get(at(officer, "household_detail", invented(officer).pk))
    assert form.wsgi_request.user == officer
    assert Event.objects.filter(act="household.view").latest("pk").actor == officer
    assert client.get(reverse("home")).wsgi_request.user == person


def test_what_the_whole_portal_shares_is_not_touched(client, person, players):
    client.force_login(person)
    response = client.get(at(players[1], "holidays"))
    assert response.status_code == 403
    assert "không làm trong lúc thực hành" in response.content.decode()
    for name in ("user_list", "area_list", "user_create", "area_create"):
        assert client.get(at(players[1], name)).status_code == 403


def test_real_lists_selects_and_figures_hold_nothing_of_practice(client, players, ward, real):
    admin = make_user(Role.ADMIN)  # bound to no area: sees everything that is real
    client.force_login(admin)
    for name in ("area_list", "user_list", "user_create", "area_create", "report_index", "home"):
        main = client.get(reverse(name)).content.decode().partition("<main")[2]
        assert MARK not in main.lower(), name
    for model_page, pk in [("area_edit", players[0].areas.get().pk), ("user_edit", players[0].pk)]:
        assert client.get(reverse(model_page, args=[pk])).status_code == 404
    assert not Area.objects.visible_to(admin).filter(is_practice=True).exists()
    assert not User.objects.visible_to(admin).exclude(practice_of=None).exists()


def test_the_header_names_the_real_ward_outside_and_the_practice_ward_inside(client, person, players, ward):
    client.force_login(make_user(Role.ADMIN))
    assert client.get(reverse("home")).context["portal"]["ward"] == ward.name
    client.force_login(person)
    assert client.get(reverse("home")).context["portal"]["ward"] == ward.name
    assert MARK in client.get(at(players[0], "home")).context["portal"]["ward"]
    client.logout()
    assert client.get(reverse("sign_in")).context["portal"]["ward"] == ward.name


def test_the_trail_of_a_real_supervisor_says_nothing_of_it(client, person, players, ward):
    client.force_login(person)
    client.get(at(players[0], "household_list"))
    colleague = make_user(Role.SUPERVISOR, ward)
    events.record(by=colleague, act="sign_in", on=colleague)
    seen = Event.objects.visible_to(colleague)
    assert not seen.filter(actor__in=players).exists()
    assert not seen.filter(area__is_practice=True).exists()
    assert seen.exists()
    client.force_login(colleague)
    assert "(thực hành)" not in client.get(reverse("event_list")).content.decode()


def test_practice_sees_the_trail_of_practice_only(person, players, ward):
    events.record(by=person, act="area.update", on=ward, area=ward)
    seen = Event.objects.visible_to(players[1])
    assert seen.exists()
    assert not seen.filter(area=ward).exists()


def test_the_actor_is_the_player_and_the_owner_is_known_from_it(client, person, players):
    client.force_login(person)
    client.get(at(players[0], "household_detail", invented(players[0]).pk))
    assert Event.objects.get(act="household.view").actor.practice_of == person


def test_signing_out_of_practice_signs_the_person_out(client, person, players):
    client.force_login(person)
    response = client.post(at(players[0], "sign_out"))
    assert response.url == reverse("sign_in")
    assert Event.objects.get(act="sign_out").actor == person
    assert client.get(at(players[0], "home")).status_code == 302


def test_the_password_page_is_the_persons_own(client, person, players):
    client.force_login(person)
    page = client.get(at(players[0], "change_password"))
    assert page.wsgi_request.user == person
    new = "một mật khẩu khác hẳn lúc trước"
    client.post(
        at(players[0], "change_password"), {"old_password": PASSWORD, "new_password": new, "repeated": new}
    )
    assert User.objects.get(pk=person.pk).check_password(new)
    assert not User.objects.get(pk=players[0].pk).has_usable_password()


def test_the_idle_lock_ends_practice_too(client, person, players, settings):
    client.force_login(person)
    client.get(at(players[0], "home"))
    session = client.session
    session["seen_at"] -= settings.IDLE_LOCK_SECONDS + 1
    session.save()
    assert client.get(at(players[0], "home")).url.startswith(reverse("sign_in"))


def test_what_was_typed_in_practice_goes_on_in_practice_after_the_lock(client, person, players):
    path = at(players[0], "household_create")
    page = client.post(path, {"full_name": "Bà Bịa"})  # nobody is signed in any more
    carried = page.context["carried"]
    assert carried.path == path
    signed_in = {
        "username": person.username,
        "password": PASSWORD,
        "resume_path": path,
        "carried": carried.packed,
    }
    assert f'action="{path}"' in client.post(reverse("sign_in"), signed_in).content.decode()
    client.force_login(make_user(Role.OFFICER, make_ward()))
    assert client.post(path, {"full_name": "Bà Bịa"}).status_code == 404


def test_a_stale_form_of_practice_is_offered_to_practice(person, players):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    path = at(players[0], "household_create")
    page = strict.post(path, {"full_name": "Bà Bịa"}, headers={"Origin": "http://testserver"})
    assert page.status_code == 403
    assert page.context["carried"].path == path


def test_an_identity_number_is_kept_out_of_practice(client, person, players, real):
    household, _ = real
    Member.objects.filter(household=household).update(cccd="042080000001")
    client.force_login(person)
    home = invented(players[0])
    typed = {
        "full_name": "Bà Bịa", "sex": "female", "birth_year": 1980, "ethnicity": "01", "relationship": "sibling",
        "cccd": "042080000001", "cccd_note": "thử",
    }  # fmt: skip
    for number in ("042080000001", "042080000002"):  # the answer does not tell which of them is real
        page = client.post(
            at(players[0], "member_create", home.pk), typed | {"cccd": number, "request_id": uuid4()}
        )
        assert page.status_code == 422
        assert "để trống ô này" in page.content.decode()


def test_links_stay_on_their_side(client, person, players):
    client.force_login(person)
    for _ in range(2):  # the second time from what was kept of the first
        inside = client.get(at(players[0], "home")).content.decode()
        outside = client.get(reverse("home")).content.decode()
        assert f'href="{at(players[0], "household_list")}"' in inside
        assert f'href="{reverse("household_list")}"' not in inside
        assert 'href="/static/' in inside
        assert "THỰC HÀNH" in inside
        assert "/thuc-hanh/vai/" not in outside
        assert f'href="{reverse("household_list")}"' in outside
    assert get_script_prefix() == "/"


def test_an_error_inside_leaves_no_prefix_behind(client, person, players, monkeypatch):
    client.force_login(person)
    client.raise_request_exception = False
    monkeypatch.setattr("households.views.home.overview.figures", lambda *args: 1 / 0)
    assert client.get(at(players[0], "home")).status_code == 500
    assert get_script_prefix() == "/"
    assert client.get(at(players[0], "household_detail", 0)).status_code == 404


def test_begin_play_and_start_over_on_screen(client, person):
    client.force_login(person)
    assert "Bắt đầu thực hành" in client.get(reverse("practice")).content.decode()
    first = client.post(reverse("practice_start")).url
    page = client.get(first).content.decode()
    assert "Phạm Thị Bưởi" in page
    assert "Đóng vai" in page
    again = client.post(first + "bat-dau/").url
    assert again != first
    assert client.get(first).status_code == 404
    assert client.get(again).status_code == 200
    assert "Tiếp tục" in client.get(reverse("practice")).content.decode()
