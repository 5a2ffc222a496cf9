"""Every list leaves the portal as it is filtered on screen, with a reason, and never further than its page."""

from datetime import date

import pytest
from django.urls import reverse

from households.models import AreaTotal, Household
from tests.factories import make_ward
from tests.households.factories import make_household, make_round, make_sheet, make_status
from tests.households.imports.books import faults, outcomes, send
from tests.taken import REASON, book_of, data_of, lines_of, told
from thanhsen.models import Event

PAGES = {
    "household_export": "household_list",
    "sheet_export": "sheet_list",
    "listed_export": "round_households",
    "request_export": "request_list",
    "decision_export": "decision_list",
    "decided_export": "decision_detail",
    "certificate_export": "certificate_list",
    "round_export": "round_list",
    "support_export": "support_list",
    "life_export": "life_list",
}
EXPORTS = list(PAGES)


@pytest.fixture
def address(ward):
    """The address of a view by its name, in a ward where there is a decision."""
    decision = make_status(ward.household, "poor", date(2026, 1, 1)).decision
    of = {
        "listed_export": [ward.round.pk],
        "round_households": [ward.round.pk],
        "decided_export": [decision.pk],
        "decision_detail": [decision.pk],
        **{
            name: [ward.household.pk]
            for name in ("support_export", "support_list", "life_export", "life_list")
        },
    }
    return lambda name: reverse(name, args=of.get(name, []))


def take(client, address, reason=REASON, **filters):
    asked = "&".join(f"{name}={value}" for name, value in filters.items())
    return client.post(f"{address}?{asked}", {"reason": reason})


@pytest.mark.parametrize("name", EXPORTS)
def test_the_page_offers_the_export_with_its_filters(ward, address, name):
    page = ward.as_officer.get(address(PAGES[name]), {"loai": "poor", "trang": "1"}).content.decode()
    assert f'href="{address(name)}?loai=poor"' in page
    offered = ward.as_officer.get(address(name), {"loai": "poor"})
    assert offered.status_code == 200
    assert (
        f'href="{address(PAGES[name])}?loai=poor"' in offered.content.decode() or not offered.context["count"]
    )


@pytest.mark.parametrize("name", EXPORTS)
def test_who_may_not_see_the_list_exports_nothing(ward, address, name):
    for client in (ward.as_viewer, ward.as_admin):
        assert client.get(address(name)).status_code == 403
        assert take(client, address(name)).status_code == 403
    assert not Event.objects.filter(act__endswith=".export").exists()


@pytest.mark.parametrize("reason", ["", "   ", "x", "vì", "congviec12345", "\n\n"])
def test_without_a_reason_there_is_no_file(ward, address, reason):
    answer = take(ward.as_officer, address("household_export"), reason)
    assert answer.status_code == 422
    assert "gửi ai, để làm gì" in answer.content.decode()
    assert not Event.objects.filter(act="household.export").exists()


def test_asking_for_the_page_makes_no_file(ward, address):
    answer = ward.as_supervisor.get(address("household_export"), {"reason": REASON})
    assert "text/html" in answer["Content-Type"]
    assert not Event.objects.filter(act="household.export").exists()
    assert ward.as_supervisor.put(address("household_export")).status_code == 405


def test_the_file_holds_what_the_page_shows_and_says_whose_it_is(ward, address):
    answer = take(ward.as_supervisor, address("household_export"), to=ward.group.pk, loai="poor")
    assert answer["Cache-Control"] == "no-store"
    assert "danh-sach-ho-" in answer["Content-Disposition"]
    book = book_of(answer)
    assert book.sheetnames == ["Danh sách", "Về tệp này"]
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["Mã hộ", ward.household.code]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:J2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert ward.supervisor.full_name in sheet.oddFooter.left.text
    said = told(book)
    assert said["Người xuất"].startswith(f"{ward.supervisor.full_name} ({ward.supervisor.username})")
    assert (
        said["Lọc theo"]
        == f"Tổ dân phố: {ward.group.name}; Phân loại hiện nay: Hộ nghèo; Hộ: đang có trong sổ"
    )
    assert (said["Lý do"], said["Số dòng"]) == (REASON, "1")
    assert "dữ liệu cá nhân" in said["Lưu ý"]


def test_the_trail_has_the_reason_the_number_and_the_records(ward, address):
    lines_of(take(ward.as_supervisor, address("household_export"), q="nguyen"))
    event = Event.objects.get(act="household.export")
    assert (event.actor, event.reason, event.records) == (ward.supervisor, REASON, [ward.household.pk])
    assert event.after == {"rows": 1, "filters": "Có chữ: nguyen; Hộ: đang có trong sổ"}
    page = ward.as_supervisor.get(reverse("event_list")).content.decode()
    assert "Xuất danh sách hộ" in page
    assert "số dòng" in page


def test_an_officer_exports_their_own_places_only(ward, address):
    assert [each["Mã hộ"] for each in lines_of(take(ward.as_officer, address("household_export")))] == [
        ward.household.code
    ]
    elsewhere = take(ward.as_officer, address("household_export"), to=ward.other.pk)
    assert elsewhere.status_code == 422 or "Không có dòng nào" in elsewhere.content.decode()
    page = ward.as_officer.get(address("household_export"), {"to": ward.other.pk}).content.decode()
    assert "nơi không thuộc địa bàn được giao" in page
    assert ward.other.name not in page


def test_a_filter_that_finds_nothing_gives_no_file(ward, address):
    for name in EXPORTS:
        filters = {
            "q": "khongcoai",
            "trang-thai": "certified",
            "buoc": "certified",
            "nam": "1990",
            "loai": "da-rut",
        }
        if name in ("decision_export", "decided_export", "round_export"):
            continue
        assert "Không có dòng nào để xuất" in ward.as_officer.get(address(name), filters).content.decode()
        refused = take(ward.as_officer, address(name), **filters)
        assert (refused.status_code, "Không có dòng nào để xuất" in refused.content.decode()) == (422, True)
    assert not Event.objects.filter(act__endswith=".export").exists()


def test_households_of_another_ward_are_a_stranger_s(ward, address):
    other = make_round(make_ward())
    assert ward.as_officer.get(reverse("listed_export", args=[other.pk])).status_code == 404
    assert take(ward.as_officer, reverse("listed_export", args=[other.pk])).status_code == 404


def test_households_that_left_are_there_where_they_are_asked_for(ward, address):
    Household.objects.filter(pk=ward.household.pk).update(
        closed_date=date(2026, 1, 2), closed_reason="mistake"
    )
    assert len(lines_of(take(ward.as_supervisor, address("household_export")))) == 1
    gone = {
        each["Mã hộ"]: each for each in lines_of(take(ward.as_supervisor, address("household_export"), ra=1))
    }
    assert gone[ward.household.code]["Ra khỏi sổ ngày"].date() == date(2026, 1, 2)
    assert gone[ward.household.code]["Lý do ra khỏi sổ"] == "Ghi nhầm"


def test_sheets_and_listed_households(ward, address):
    make_sheet(ward.round, ward.household, ward.officer)
    line = lines_of(take(ward.as_officer, address("sheet_export")))[0]
    assert (line["Mã hộ"], line["Trạng thái"], line["B1"]) == (ward.household.code, "Đang ghi", 150)
    assert line["Lưu lúc"].year == 2026
    steps = {each["Mã hộ"]: each["Bước"] for each in lines_of(take(ward.as_chair, address("listed_export")))}
    assert steps == {ward.household.code: "Đang ghi", ward.elsewhere.code: "Chờ Phiếu B"}


def test_the_page_and_the_file_cost_the_same_for_one_and_for_many(ward, address, django_assert_num_queries):
    lines_of(take(ward.as_supervisor, address("household_export")))
    with django_assert_num_queries(10):
        lines_of(take(ward.as_supervisor, address("household_export")))
    for number in range(30):
        make_household(ward.group, head={"full_name": f"Lê Văn {number}"})
    with django_assert_num_queries(10):
        lines_of(take(ward.as_supervisor, address("household_export")))
    with django_assert_num_queries(6):
        ward.as_supervisor.get(address("household_export"), {"to": ward.group.pk})


def test_totals_come_back_and_change_nothing(ward):
    for number, group in enumerate((ward.group, ward.other)):
        AreaTotal.objects.create(
            area=group, year=2025, households=1200 + number, people=4000, minority_households=[None, 0][number],
            source="=báo cáo dân số",
        )  # fmt: skip
    address = reverse("total_export", args=[2025])
    assert f'href="{address}"' in ward.as_supervisor.get(reverse("totals", args=[2025])).content.decode()
    content = data_of(take(ward.as_supervisor, address))
    imported = send(content, by=ward.supervisor, ward=ward.area, kind="totals")
    assert (faults(imported), set(outcomes(imported))) == ([], {"same"})
    assert ward.as_officer.get(address).status_code == 403
    assert take(ward.as_supervisor, reverse("total_export", args=[2024])).status_code == 422
