"""The page of the picture: who may open it for which places, how many queries it takes, where its numbers lead."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_group, make_province, make_user, make_ward
from tests.households.reports.conftest import ward  # noqa: F401 - the ward of the reports

pytestmark = pytest.mark.django_db
URL = "/buc-tranh-giam-ngheo/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("role", ["supervisor", "approver", "admin", "viewer", "officer"])
def test_who_has_reports_has_the_picture_and_its_entry(ward, role):  # noqa: F811
    response = signed_in(make_user(role, ward.area)).get(URL, {"nam": "2025"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "Tỷ lệ hộ nghèo qua từng năm" in text
    assert f'href="{URL}" aria-current="page"' in text
    assert text.count('role="img"') == text.count("<title id=") == text.count("<desc id=") >= 2


@pytest.mark.parametrize(("given", "most"), [({"nam": "2025"}, 12), ({}, 13)])  # one to find the year
def test_it_takes_few_queries(ward, django_assert_max_num_queries, given, most):  # noqa: F811
    client = signed_in(make_user("approver", ward.area))
    client.get(URL, given)
    with django_assert_max_num_queries(most):
        client.get(URL, given)


def test_the_home_page_leads_there(ward):  # noqa: F811
    text = signed_in(make_user("viewer", ward.area)).get(reverse("home")).content.decode()
    assert f'<a href="{URL}">Bức tranh giảm nghèo</a>' in text


def test_numbers_lead_to_what_is_behind_them(ward):  # noqa: F811
    text = signed_in(make_user("approver", ward.area)).get(URL, {"nam": "2025"}).content.decode()
    assert f"/bao-cao/1/2025/{ward.area.pk}/" in text
    assert f"/bao-cao/4/2025/{ward.area.pk}/" in text


def test_an_officer_has_the_own_tổ_dân_phố_only(ward):  # noqa: F811
    client = signed_in(make_user("officer", ward.one))
    response = client.get(URL, {"nam": "2025"})
    assert response.context["areas"] == [ward.one]
    assert 'id="s-places"' not in response.content.decode()
    for other in (ward.area, ward.ten):
        refused = client.get(URL, {"nam": "2025", "dia_ban": other.pk})
        assert refused.status_code == 400
        assert "không thuộc phạm vi" in refused.content.decode()


def test_a_viewer_of_a_ward_chooses_no_place_inside_it(ward):  # noqa: F811
    client = signed_in(make_user("viewer", ward.area))
    assert client.get(URL).context["areas"] == [ward.area]
    assert client.get(URL, {"dia_ban": ward.one.pk}).status_code == 400
    alone = signed_in(make_user("viewer", ward.one)).get(URL, {"nam": "2025"})
    assert alone.context["areas"] == [ward.one]
    assert "&lt;5" in alone.content.decode()


def test_a_province_chooses_among_its_wards(ward):  # noqa: F811
    other = make_ward(parent=ward.area.parent, name="Phường Trần Phú")
    client = signed_in(make_user("viewer", ward.area.parent))
    assert set(client.get(URL).context["areas"]) == {ward.area, other}
    assert client.get(URL, {"dia_ban": ward.area.parent_id}).status_code == 400
    assert "Năm này chưa có số liệu" in client.get(URL, {"dia_ban": other.pk}).content.decode()


@pytest.mark.parametrize("year", ["2021", "1", "x", "²⁰²⁵", "99999999", "' --", "\x00"])
def test_a_wrong_year_is_said(ward, year):  # noqa: F811
    response = signed_in(make_user("approver", ward.area)).get(URL, {"nam": year})
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_it_starts_with_the_last_year_that_was_decided(ward, monkeypatch):  # noqa: F811
    client = signed_in(make_user("approver", ward.area))
    monkeypatch.setattr("households.views.dashboard.localdate", lambda: date(2026, 11, 25))
    assert client.get(URL).context["year"] == 2025
    monkeypatch.setattr("households.views.dashboard.localdate", lambda: date(2022, 11, 25))
    assert client.get(URL).context["year"] == 2022


def test_nothing_at_all_is_said(db):
    for areas in ([], make_province(), make_ward(), make_group()):
        text = signed_in(make_user("supervisor", areas)).get(URL).content.decode()
        assert "Chưa có địa bàn nào để xem" in text or "Năm này chưa có số liệu" in text


def test_a_stranger_is_asked_to_sign_in():
    assert Client().get(URL).status_code in {302, 401}


def test_every_number_opens_as_many_households_as_it_says(ward):  # noqa: F811
    client = signed_in(make_user("approver", ward.area))
    response = client.get(URL, {"nam": "2025"})
    picture, opens = response.context["picture"], response.context["opens"]
    rows = [row for each in (picture.rates, *picture.sections) for row in each.rows]
    found = [(entry.text, entry.behind) for row in rows for entry in row.entries if entry.behind]
    found += [(fact.number.split(" ")[0], fact.behind) for fact in picture.facts if fact.behind]
    assert len({behind.form for _, behind in found}) >= 4
    for text, behind in found:
        assert client.get(opens.address(behind)).context["counted"] == int(text), behind


def test_who_sees_no_household_is_led_to_the_form(ward):  # noqa: F811
    text = signed_in(make_user("admin", ward.area)).get(URL, {"nam": "2025"}).content.decode()
    assert f'href="{reverse("report_form", args=[4, 2025, ward.area.pk])}"' in text
    assert f"/4/2025/{ward.area.pk}/ho/" not in text
