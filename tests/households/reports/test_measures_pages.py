"""The page of measures: what may be chosen, who sees what, what opens, what is taken away."""

import csv
import io
import json
from datetime import date
from fractions import Fraction

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from households.poverty import Row, load, measure, nested_weights
from households.poverty.__main__ import main as command
from tests.factories import make_group, make_user, make_ward
from tests.households.reports.factories import make_household, make_status
from tests.households.reports.test_all_forms import a_ward
from tests.households.reports.test_report_pages import signed_in
from tests.taken import REASON, lines_of
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
STANDARD = load("2022-2026")


@pytest.fixture
def place():
    return a_ward(11)


def url(ward, year=2025, name="measures"):
    return reverse(name, args=[year, ward.pk])


def test_the_official_choice_is_the_default(place):
    ward, _, statuses = place
    page = signed_in(make_user("supervisor", ward)).get(url(ward))
    rows = [Row({code: code in each.lacking for code in STANDARD.codes}) for each in statuses]
    expected = measure(rows, nested_weights(STANDARD))
    assert page.context["summary"].M0.value == expected.M0
    assert [each.contribution.value for each in page.context["indicators"]] == list(
        expected.contributions.values()
    )
    assert sum(share.value for _, share in page.context["dimensions"]) == 1


def test_the_reader_chooses_k_weights_people_and_groups(place):
    ward, _, statuses = place
    client = signed_in(make_user("supervisor", ward))
    query = {
        "k": "2",
        "trong_so": "rieng",
        "w-water": "3",
        "w-toilet": "1",
        "dem": "nguoi",
        "nhom": "ethnicity",
    }
    page = client.get(url(ward), query)
    weights = {code: 0 for code in STANDARD.codes} | {"water": 3, "toilet": 1}
    exact = {code: Fraction(weight, 4) for code, weight in weights.items()}
    rows = [Row({code: code in each.lacking for code in STANDARD.codes}, size=each.size) for each in statuses]
    assert page.context["summary"].M0.value == measure(rows, exact, Fraction(2, 12)).M0
    assert {each.key for each in page.context["groups"]} == {each.ethnicity for each in statuses}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"k": "0"}, "k"), ({"k": "13"}, "k"), ({"k": "x"}, "k"), ({"nhom": "cccd"}, "nhom"), ({"so_nam": "1999"}, "so_nam"),
        ({"trong_so": "rieng", "w-water": "-1"}, "w-water"), ({"trong_so": "rieng", "w-water": "9" * 30}, "w-water"),
        ({"trong_so": "rieng"}, "__all__"), ({"co_so": "toan-bo", "nhom": "ethnicity"}, "__all__"),
    ],
)  # fmt: skip
def test_a_wrong_choice_is_said(place, query, words):
    ward, *_ = place
    page = signed_in(make_user("supervisor", ward)).get(url(ward), query)
    assert page.status_code == 422
    assert words in page.context["form"].errors


@pytest.mark.parametrize("role", ["supervisor", "viewer"])
@pytest.mark.parametrize(("year", "other"), [(2025, 2027), (2027, 2026)])
def test_years_of_two_standards_do_not_stand_side_by_side(place, role, year, other):
    ward, groups, _ = place
    for _ in range(6):
        household = make_household(groups[0])
        make_status(household, start=date(2027, 12, 10), lacking=["waste", "telecom", "employment"], standard_id="2027-2030")  # fmt: skip
    client = signed_in(make_user(role, ward))
    assert client.get(url(ward, year)).status_code == 200
    page = client.get(url(ward, year), {"so_nam": other})
    assert page.status_code == 422
    assert "cùng chuẩn nghèo" in page.content.decode()


def test_nothing_to_measure_and_nobody_poor(place):
    ward, *_ = place
    client = signed_in(make_user("supervisor", ward))
    assert "Chưa có hộ nào để tính" in client.get(url(ward, 2023)).content.decode()
    assert client.get(url(ward, 2021)).status_code == 400
    assert client.get(url(ward), {"so_nam": "2024", "co_so": "toan-bo"}).status_code == 400  # totals of 2024
    alone = make_group(ward)
    assert "Chưa có hộ nào để tính" in client.get(url(alone)).content.decode()
    page = client.get(url(ward), {"k": "12"})
    assert page.context["summary"].A.text == "không xác định"


def test_a_viewer_sees_nothing_that_rests_on_few(place):
    ward, _, statuses = place
    viewer = signed_in(make_user("viewer", ward))
    page = viewer.get(url(ward), {"k": "12", "trong_so": "deu", "nhom": "ethnicity"})
    official = measure(
        [Row({c: c in s.lacking for c in STANDARD.codes}) for s in statuses], nested_weights(STANDARD)
    )
    assert page.context["summary"].H.value == official.H  # k and weights are the official ones
    groups = {each.key: each for each in page.context["groups"]}
    for key in groups:
        poor = sum(len(set(each.lacking)) >= 3 for each in statuses if each.ethnicity == key)
        assert groups[key].M0.hidden or poor == 0 or poor >= 5
    hidden = [each for each in page.context["groups"] if each.M0.hidden]
    assert len(hidden) != 1
    assert "measures_households" not in page.content.decode()
    assert viewer.get(url(ward, name="measures_households")).status_code == 403
    assert viewer.post(url(ward, name="measures_profile"), {"reason": "x"}).status_code == 403


def test_the_households_behind_a_headcount(place):
    ward, groups, statuses = place
    client = signed_in(make_user("supervisor", ward))
    page = client.get(url(ward, name="measures_households"), {"chi-so": "water"})
    assert page.context["counted"] == sum("water" in each.lacking for each in statuses)
    poor = client.get(url(ward, name="measures_households"), {"ngheo": "1"})
    assert poor.context["counted"] == sum(len(each.lacking) >= 3 for each in statuses)
    assert Event.objects.filter(act="household.list").count() == 2
    assert client.get(url(ward, name="measures_households"), {"chi-so": "' --"}).status_code == 404
    officer = signed_in(make_user("officer", groups[0]))
    assert officer.get(url(ward, name="measures_households")).status_code == 404
    assert officer.get(url(groups[0])).status_code == 200
    assert officer.get(url(make_group(make_ward()))).status_code == 404


def test_the_profile_is_taken_with_a_reason_and_names_nobody(place):
    ward, _, statuses = place
    client = signed_in(make_user("supervisor", ward))
    target = url(ward, name="measures_profile")
    assert client.get(target).status_code == 405
    assert client.post(target, {"reason": ""}).status_code == 422
    taken = client.post(target, {"reason": "Viện nghiên cứu kiểm tra", "dang": "csv"})
    rows = list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert len(rows) == len(statuses)
    assert sum(int(each["water"]) for each in rows) == sum("water" in each.lacking for each in statuses)
    assert set(rows[0]) == {
        "so_thu_tu", "to_dan_pho", "nhan_khau", "phan_loai", "dan_toc", "gioi_tinh_chu_ho", "sinh_ke", *STANDARD.codes,
    }  # fmt: skip
    event = Event.objects.get(act="measures.export")
    assert (event.after["rows"], event.reason) == (len(statuses), "Viện nghiên cứu kiểm tra")
    book = client.post(target, {"reason": "x", "dang": "xlsx"})
    sheet = load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert sheet.max_row == len(statuses) + 1


def test_the_command_measures_the_profile_as_the_page_does(place, tmp_path):
    ward, *_ = place
    client = signed_in(make_user("supervisor", ward))
    taken = client.post(url(ward, name="measures_profile"), {"reason": "kiểm tra", "dang": "csv"})
    path, out = tmp_path / "p.csv", io.StringIO()
    path.write_bytes(taken.content)
    others = "phan_loai,dan_toc,gioi_tinh_chu_ho,sinh_ke"
    options = [
        "--id",
        "so_thu_tu",
        "--group",
        "to_dan_pho",
        "--size",
        "nhan_khau",
        "--ignore",
        others,
        "--k",
        "3/12",
    ]
    assert (
        command(["measure", str(path), *options, "--weights", "nested:2022-2026", "--json"], stdout=out) == 0
    )
    told = json.loads(out.getvalue())
    page = client.get(url(ward), {"dem": "nguoi"})
    shown = page.context["summary"]
    assert [told[name] for name in ("H", "A", "M0")] == [
        str(getattr(shown, name).value) for name in ("H", "A", "M0")
    ]
    assert {each["group"]: each["M0"] for each in told["groups"]} == {
        each.name: str(each.M0.value) for each in page.context["groups"]
    }


def test_queries_do_not_grow(place, django_assert_num_queries):
    ward, *_ = place
    client = signed_in(make_user("supervisor", ward))
    client.get(reverse("report_index"))
    with django_assert_num_queries(7):
        client.get(url(ward))
    with django_assert_num_queries(9):
        client.get(url(ward), {"so_nam": "2024"})


def test_the_households_behind_a_headcount_are_taken_away(place):
    ward, groups, statuses = place
    client = signed_in(make_user("supervisor", ward))
    lines = lines_of(client.post(f"{url(ward, name='measured_export')}?chi-so=water", {"reason": REASON}))
    assert len(lines) == sum("water" in each.lacking for each in statuses)
    assert client.get(url(ward, name="measured_export"), {"chi-so": "' --"}).status_code == 404
    assert signed_in(make_user("viewer", ward)).get(url(ward, name="measured_export")).status_code == 403
    officer = signed_in(make_user("officer", groups[0]))
    assert officer.get(url(ward, name="measured_export")).status_code == 404
