"""The grid of totals: saved whole or not at all, every bad cell told, two people at one grid."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from households.models import AreaTotal
from tests.factories import make_group, make_user, make_ward
from tests.households.reports.factories import make_total
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
URL = "/tong-so-ho/2026/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def area():
    return make_ward()


@pytest.fixture
def groups(area):
    return [make_group(area, name=f"Tổ dân phố {number}") for number in (1, 2, 10)]


@pytest.fixture
def supervisor(area, groups):
    return signed_in(make_user("supervisor", area))


def typed(client, cells: dict, **more) -> dict:
    """What the browser sends of the page as it is now, with `cells` {area: (households, people[, source])} typed."""
    shown = client.get(URL).context
    data = {"seen": shown["seen"], "source": "", **more}
    for row in shown["rows"]:
        data |= {
            f"households-{row.area.pk}": row.households,
            f"people-{row.area.pk}": row.people,
            f"source-{row.area.pk}": row.source,
        }
    for place, (households, people, *source) in cells.items():
        data |= {f"households-{place.pk}": households, f"people-{place.pk}": people}
        if source:
            data[f"source-{place.pk}"] = source[0]
    return data


def stored() -> dict:
    return {
        row.area_id: (row.households, row.people, row.source) for row in AreaTotal.objects.filter(year=2026)
    }


def test_the_address_without_a_year_is_this_year(supervisor):
    assert supervisor.get("/tong-so-ho/")["Location"] == reverse("totals", args=[localdate().year])


def test_saves_what_changed_with_the_common_source(supervisor, groups):
    one, two, _ = groups
    make_total(two, 2026, 100, 400, "Báo cáo cũ")
    response = supervisor.post(URL, typed(supervisor, {one: ("1.320", "4 500")}, source="  Công an  phường "))
    assert response.status_code == 302
    assert stored() == {one.pk: (1320, 4500, "Công an phường"), two.pk: (100, 400, "Báo cáo cũ")}
    [event] = Event.objects.filter(act="total.save")
    assert (event.area, event.before, event.after["households"]) == (one, None, 1320)


def test_a_change_keeps_before_and_after_and_an_emptied_row_goes(supervisor, groups):
    one, two, _ = groups
    make_total(one, 2026, 100, 400)
    make_total(two, 2026, 200, 800)
    supervisor.post(URL, typed(supervisor, {one: ("101", "400"), two: ("", "")}))
    assert stored() == {one.pk: (101, 400, "Công an phường")}
    change, removal = Event.objects.filter(act="total.save").order_by("pk")
    assert (change.before, change.after) == ({"households": 100}, {"households": 101})
    assert (removal.before["households"], removal.after) == (200, None)


BAD = {
    "letters": ("12a", "400", "households", "“12a” không phải là số nguyên"),
    "negative": ("-3", "400", "households", "không phải là số nguyên"),
    "decimal": ("12,5", "400", "households", "không phải là số nguyên"),
    "other digits": ("१२", "400", "households", "không phải là số nguyên"),
    "huge": ("1000001", "2000000", "households", "Lớn quá: tối đa 1.000.000"),
    "long": ("9" * 400, "400", "households", "không phải là số nguyên"),
    "half": ("12", "", "people", "Chưa nhập số nhân khẩu"),
    "fewer people": ("12", "11", "people", "Số nhân khẩu không thể ít hơn số hộ"),
    "markup": ("<script>", "400", "households", "không phải là số nguyên"),
}


@pytest.mark.parametrize(("households", "people", "cell", "words"), BAD.values(), ids=BAD.keys())
def test_a_bad_cell_gets_its_sentence_and_nothing_is_saved(
    supervisor, groups, households, people, cell, words
):
    one, two, _ = groups
    data = typed(supervisor, {one: (households, people), two: ("100", "400")}, source="Công an")
    response = supervisor.post(URL, data)
    assert response.status_code == 422
    assert words in {row.area: row for row in response.context["rows"]}[one].errors[cell]
    assert "<script>" not in response.content.decode().split("</head>")[1]
    assert stored() == {}


def test_figures_need_their_source(supervisor, groups):
    response = supervisor.post(URL, typed(supervisor, {groups[0]: ("100", "400")}))
    assert "Chưa ghi nguồn số liệu" in response.content.decode()
    assert supervisor.post(URL, typed(supervisor, {groups[0]: ("100", "400", "x" * 201)})).status_code == 422
    assert stored() == {}


def test_the_second_of_two_people_is_shown_both_and_loses_nothing(supervisor, groups, area):
    one, two, _ = groups
    make_total(one, 2026, 100, 400)
    mine = typed(supervisor, {one: ("150", "600"), two: ("70", "280")}, source="Của tôi")
    other = signed_in(make_user("supervisor", area))
    other.post(URL, typed(other, {one: ("120", "480")}))
    response = supervisor.post(URL, mine)
    assert response.status_code == 409
    assert "Người khác vừa lưu: 120 hộ, 480 nhân khẩu" in response.content.decode()
    assert 'value="150"' in response.content.decode()
    assert stored() == {one.pk: (120, 480, "Công an phường")}
    again = mine | {"seen": response.context["seen"]}
    assert supervisor.post(URL, again).status_code == 302
    assert stored()[one.pk][:2] == (150, 600)
    assert stored()[two.pk][:2] == (70, 280)


def test_both_may_fill_the_same_empty_row_only_alike(supervisor, groups, area):
    one = groups[0]
    first = typed(supervisor, {one: ("100", "400")}, source="A")
    assert supervisor.post(URL, first).status_code == 302
    assert supervisor.post(URL, first).status_code == 302
    assert supervisor.post(URL, first | {f"people-{one.pk}": "401"}).status_code == 409
    assert stored() == {one.pk: (100, 400, "A")}


def test_a_row_another_person_changed_and_i_did_not_stays_theirs(supervisor, groups):
    one, two, _ = groups
    make_total(one, 2026, 100, 400)
    data = typed(supervisor, {two: ("70", "280")}, source="Của tôi")
    AreaTotal.objects.filter(area=one).update(households=120)
    assert supervisor.post(URL, data).status_code == 302
    assert stored()[one.pk][0] == 120


def test_last_year_is_a_suggestion_not_a_figure(supervisor, groups):
    make_total(groups[0], 2025, 90, 360)
    response = supervisor.get(URL, {"goi_y": "1"})
    row = response.context["rows"][0]
    assert (row.households, row.people, row.source, row.suggested) == ("90", "360", "", True)
    assert stored() == {}


@pytest.mark.parametrize("seen", ["", "{", "[1]", '{"x": [1]}', '{"1": null}', "[" * 5000])
def test_a_tampered_page_overwrites_nothing(supervisor, groups, seen):
    make_total(groups[0], 2026, 100, 400)
    data = typed(supervisor, {groups[0]: ("1", "3")}, source="x") | {"seen": seen}
    assert supervisor.post(URL, data).status_code == 409
    assert stored()[groups[0].pk][:2] == (100, 400)


def test_only_own_places_are_written(supervisor, groups):
    elsewhere = make_group(make_ward())
    data = typed(supervisor, {}) | {
        f"households-{elsewhere.pk}": "9",
        f"people-{elsewhere.pk}": "9",
        "source": "x",
    }
    supervisor.post(URL, data)
    assert stored() == {}


@pytest.mark.parametrize("role", ["officer", "approver", "admin", "viewer"])
def test_others_are_refused_with_a_reason(area, role):
    response = signed_in(make_user(role, area)).get(URL)
    assert response.status_code == 403
    assert "không được nhập tổng số hộ" in response.content.decode()


def test_years_without_a_standard_do_not_exist(supervisor):
    assert supervisor.get("/tong-so-ho/2021/").status_code == 404
    assert supervisor.get("/tong-so-ho/99999999/").status_code == 404


def test_queries_do_not_grow_with_the_rows(supervisor, area, django_assert_num_queries):
    supervisor.get("/bao-cao/")  # the first request of a session stamps it
    for number in range(11, 41):
        make_total(make_group(area, name=f"Tổ dân phố {number}"), 2026)
    with django_assert_num_queries(8):
        supervisor.get(URL)
