"""Movement between two years on screen: who may, what is said, what each number opens, what is recorded."""

import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import make_group, make_user, make_ward
from tests.households.reports.factories import make_decision, make_household, make_status
from tests.taken import REASON, lines_of
from thanhsen.models import Event
from thanhsen.tables import SMALL, WITHHELD

pytestmark = pytest.mark.django_db
PAGE = reverse("movement")


def signed_in(role, *areas) -> Client:
    client = Client()
    client.force_login(make_user(role, *areas), backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(area, first=2024, second=2025, **more):
    return {"dia_ban": area.pk, "tu": first, "den": second} | more


def behind(area, first=2024, second=2025):
    return reverse("movement_households", args=[area.pk, first, second])


def links(response) -> dict[str, int]:
    """Address → the number it stands on."""
    found = re.findall(r'<a href="(/bao-cao/bien-dong/[^"]*/ho/\?[^"]*)">([\d.]+)', response.content.decode())
    return {address.replace("&amp;", "&"): int(number.replace(".", "")) for address, number in found}


def test_every_number_opens_as_many_households(ward):
    client = signed_in("supervisor", ward.area)
    response = client.get(PAGE, asked(ward.area))
    text = response.content.decode()
    assert "Khớp mẫu 1" in text
    assert "Hai năm theo hai chuẩn khác nhau" not in text
    opened = links(response)
    assert len(opened) > 20
    for address, number in opened.items():
        page = client.get(address)
        assert page.status_code == 200, address
        assert page.context["page"].paginator.count == number, address


def test_the_page_and_the_list_pin_their_queries(ward, django_assert_num_queries):
    client = signed_in("supervisor", ward.area)
    client.get(PAGE, asked(ward.area))
    with django_assert_num_queries(12):
        client.get(PAGE, asked(ward.area))
    for place in range(5):
        make_status(make_household(ward.one), decision=ward.decisions[date(2024, 12, 10)], size=place + 1)
    with django_assert_num_queries(12):
        client.get(PAGE, asked(ward.area))
    with django_assert_num_queries(14):
        client.get(behind(ward.area), {"tu": "poor"})


def test_the_list_names_where_each_stood_and_leaves_a_trace(ward):
    response = signed_in("supervisor", ward.area).get(behind(ward.area), {"tu": "poor", "den": "near_poor"})
    (row,) = response.context["rows"]
    assert (row["before"], row["after"], row["area"]) == ("Hộ nghèo", "Hộ cận nghèo", ward.one)
    assert row["decision"] == ward.decisions[date(2025, 12, 10)]
    event = Event.objects.get(act="household.list")
    assert event.records == [row["household"].pk]
    assert event.record_name == f"Hộ nghèo → Hộ cận nghèo, {ward.area.name}, 2024–2025"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"tu": "2025", "den": "2025"}, "hai năm khác nhau"),
        ({"tu": "2025", "den": "2023"}, "Năm đầu phải trước năm cuối"),
        ({"tu": "1999", "den": "2025"}, "chưa nạp chuẩn nghèo"),
        ({"tu": "²²²²", "den": "2025"}, "chưa nạp chuẩn nghèo"),
        ({"tu": "2024", "den": "9" * 40}, "Năm đầu phải trước năm cuối"),
        ({"tu": "2024", "den": "99999"}, "chưa nạp chuẩn nghèo"),
        ({"dia_ban": "0"}, "không thuộc phạm vi"),
        ({"dia_ban": "' --"}, "không thuộc phạm vi"),
    ],
)
def test_a_wrong_choice_is_said(ward, query, sentence):
    response = signed_in("supervisor", ward.area).get(PAGE, query)
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_years_without_data_say_so(ward):
    response = signed_in("supervisor", ward.area).get(PAGE, asked(make_group(ward.area)))
    assert "Chưa có hộ nào trong hai năm này" in response.content.decode()


def test_nobody_without_areas_is_told_what_to_do(ward):
    assert "Chưa có địa bàn nào để so sánh" in signed_in("officer").get(PAGE).content.decode()


@pytest.mark.parametrize(
    "query",
    [{"tu": "x"}, {"den": "split"}, {"nhom": "x"}, {"nhom": "thoat_ngheo", "vi": "nguyen_nhan-land"},
     {"tai": "average"}, {"tai": "poor", "nam": "9"}],
)  # fmt: skip
def test_a_number_that_is_not_in_the_tables_is_refused(ward, query):
    response = signed_in("supervisor", ward.area).get(behind(ward.area), query)
    assert response.status_code == 400
    assert "bấm vào một con số" in response.content.decode()


def test_a_huge_page_number_shows_the_last_page(ward):
    response = signed_in("supervisor", ward.area).get(behind(ward.area), {"tu": "poor", "trang": "9" * 50})
    assert response.status_code == 200
    assert response.context["rows"]


def test_other_places_are_not_found(ward):
    other = make_ward()
    officer = signed_in("officer", ward.one)
    for area in (other, ward.area, ward.ten, ward.area.parent):
        assert officer.get(behind(area)).status_code == 404
        assert officer.get(reverse("movement_download", args=[area.pk, 2024, 2025])).status_code == 404
        assert officer.get(PAGE, asked(area)).status_code == 400


def test_an_officer_sees_only_who_is_in_the_own_group_now(ward):
    gone = make_household(ward.ten, "Trần Văn Đi")
    decision = ward.decisions[date(2024, 12, 10)]
    make_status(
        gone, "poor", date(2024, 12, 10), date(2025, 3, 1), "changed", decision=decision, area=ward.one
    )
    make_status(gone, "poor", date(2025, 3, 1), decision=decision, area=ward.ten)
    response = signed_in("officer", ward.one).get(behind(ward.one), {"tu": "poor", "den": "elsewhere"})
    assert "Trần Văn Đi" not in response.content.decode()
    assert "0 trong 1 hộ nay thuộc địa bàn của anh/chị" in response.content.decode()
    whole = signed_in("supervisor", ward.area)
    assert "Trần Văn Đi" in whole.get(behind(ward.one), {"tu": "poor", "den": "elsewhere"}).content.decode()


@pytest.mark.parametrize("role", ["viewer", "admin"])
def test_who_may_see_no_household_has_numbers_without_links(ward, role):
    client = signed_in(role, ward.area)
    assert links(client.get(PAGE, asked(ward.area))) == {}
    assert client.get(behind(ward.area), {"tu": "poor"}).status_code == 403


def test_a_viewer_sees_no_count_under_five_and_no_table_to_subtract(ward):
    client = signed_in("viewer", ward.area)
    found = client.get(PAGE, asked(ward.area)).context["found"]
    cells = [cell for line in found.lines for cell in line.cells if cell and cell.is_number]
    cells += [
        cell
        for side in (*found.left, *found.came, found.returns)
        for line in side.lines
        for cell in line.cells[1:]
    ]
    assert not [cell for cell in cells if isinstance(cell.value, int) and 0 < cell.value < 5]
    assert {SMALL, WITHHELD} <= {cell.value for cell in cells}
    assert (
        client.get(PAGE, asked(ward.one)).status_code == 400
    )  # a ward less one of its groups is another group
    assert signed_in("viewer", ward.one).get(PAGE, asked(ward.one)).status_code == 200


def test_different_standards_are_said(ward):
    decision = make_decision(ward.area, date(2027, 12, 10), standard_id="2027-2030")
    old = make_household(ward.one)
    make_status(
        old, "poor", date(2024, 12, 10), date(2027, 12, 10), decision=ward.decisions[date(2024, 12, 10)]
    )
    make_status(old, "not_poor", date(2027, 12, 10), decision=decision, standard_id="2027-2030")
    client = signed_in("supervisor", ward.area)
    response = client.get(PAGE, asked(ward.area, 2026, 2027))
    assert "Hai năm theo hai chuẩn khác nhau" in response.content.decode()
    assert f'{behind(ward.area, 2026, 2027)}?chuan=hai">1 hộ' in response.content.decode()
    opened = client.get(behind(ward.area, 2026, 2027), {"chuan": "hai"})
    assert [row["household"] for row in opened.context["rows"]] == [old]
    assert "chuẩn 2027-2030" in opened.content.decode()


def test_the_workbook_is_the_matrix_with_its_check(ward):
    response = signed_in("supervisor", ward.area).get(
        reverse("movement_download", args=[ward.area.pk, 2024, 2025])
    )
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert response["Content-Disposition"] == 'attachment; filename="bien-dong-18073-2024-2025.xlsx"'
    assert [sheet.cell(9, column).value for column in (2, 3, 4, 5, 13, 14)] == [
        "Hộ nghèo",
        "Hộ",
        1,
        1,
        4,
        "=M9-SUM(D9:L9)",
    ]
    event = Event.objects.get(act="report.export")
    assert event.after == {
        "name": "Biến động giữa hai năm",
        "years": [2024, 2025],
        "small_counts_hidden": False,
    }


def test_the_index_of_reports_leads_here(ward):
    response = signed_in("supervisor", ward.area).get(reverse("report_index"), {"nam": "2025"})
    assert f"{PAGE}?dia_ban={ward.area.pk}&amp;den=2025" in response.content.decode()


def test_the_list_is_taken_away_as_it_is_shown(ward):
    client = signed_in("supervisor", ward.area)
    address = reverse("moved_export", args=[ward.area.pk, 2024, 2025])
    (line,) = lines_of(client.post(f"{address}?tu=poor&den=near_poor", {"reason": REASON}))
    assert (line["Cuối năm đầu"], line["Cuối năm sau"], line["Tổ dân phố"]) == (
        "Hộ nghèo",
        "Hộ cận nghèo",
        ward.one.name,
    )
    assert line["Ngày"].date() == date(2025, 12, 10)
    assert Event.objects.get(act="household.export").after["rows"] == 1
    assert client.get(address, {"tu": "khong-co"}).status_code == 404
    assert signed_in("viewer", ward.area).post(address, {"reason": REASON}).status_code == 403
