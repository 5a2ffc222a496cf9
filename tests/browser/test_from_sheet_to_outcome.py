"""One household from its decided sheet to needs, a signed plan, help, and next year's outcome, in a browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from households.actions.decisions import decide_round
from households.actions.survey import save_draft
from households.models import Household, Plan, Support
from tests.browser.people import Clock, go, sign_in, sign_out
from tests.browser.shown import settled
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    AT,
    make_household,
    make_programme,
    make_round,
    make_sheet,
    ready,
    submit,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(db, live_server):
    """Decided poor at the end of 2024: no durable house, no clean water, no latrine."""
    ward = make_ward()
    group = make_group(ward, name="Tổ dân phố 1")
    made = make_household(group, head={"full_name": "Nguyễn Thị Đào", "sex": "female"})
    make_user("officer", group, username="canbo", full_name="Lê Cán Bộ")
    make_user("supervisor", ward, username="giamngheo")
    make_programme(
        ward,
        policy="province",
        name="Xây nhà tiêu",
        classes=["poor"],
        lacking=["toilet"],
        per="once",
        amount=6_000_000,
    )
    surveyed(made, 2024, lacking=3, income_score=150)
    return made


def surveyed(home: Household, year: int, **values) -> None:
    """The review of a year, from the sheet to the decision of its December."""
    officer, chair = make_user("officer", home.area), make_user("approver", home.area.parent)
    round_ = make_round(home.area.parent, year=year)
    sheet = make_sheet(round_, home, officer, **values)
    if sheet.carried:  # answered as last year, and confirmed
        save_draft(by=officer, sheet=sheet, version=None, values={}, at=AT, confirmed=sheet.carried)
    ready(submit(sheet, officer), make_user("supervisor", home.area.parent))
    decide_round(
        by=chair, round_=round_, number=f"{year}/QĐ-UBND", date=date(year, 12, 10), signer="Chủ tịch"
    )


def test_from_sheet_to_next_years_outcome(page, live_server, home, monkeypatch, assert_accessible):
    clock = Clock(monkeypatch)
    clock.set(date(2025, 2, 10))
    sign_in(page, live_server, "canbo")

    # Home says who has no plan; the needs are there already, from the decided sheet.
    page.get_by_role("link", name=re.compile("Hộ nghèo chưa có kế hoạch")).click()
    page.get_by_role("link", name="Nguyễn Thị Đào").click()
    expect(page.get_by_role("rowheader", name="Nhà tiêu hợp vệ sinh")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Thêm nhu cầu, nguyện vọng").click()
    page.get_by_label("Gia đình nói thế nào").fill("Mong có cái nhà vệ sinh cho bà")
    page.get_by_label("Là nguyện vọng của gia đình").check()
    page.get_by_label("Gia đình xếp thứ mấy").fill("1")
    page.get_by_role("button", name="Ghi").click()

    # A plan, one step for the need, signed by the family.
    page.get_by_role("link", name="Lập kế hoạch").click()
    page.get_by_label("Mục tiêu").fill("Có nhà tiêu hợp vệ sinh trong năm")
    page.get_by_role("button", name="Lập").click()
    page.get_by_role("link", name="Thêm việc").click()
    page.get_by_label("Cho nhu cầu").select_option(label="Nhà tiêu hợp vệ sinh")
    page.get_by_label("Việc làm").fill("Xây nhà tiêu hai ngăn")
    page.get_by_label("Ai làm").select_option(label="UBND phường")
    page.get_by_label("Trước ngày").fill("01/06/2025")
    page.get_by_role("button", name="Thêm").click()
    page.get_by_role("link", name="Bản in để ký").click()
    expect(page.get_by_text("KẾ HOẠCH HỖ TRỢ THOÁT NGHÈO")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Về kế hoạch").click()
    page.get_by_role("link", name="Gia đình đã ký").click()
    page.get_by_label("Xem lại lần đầu ngày").fill("10/05/2025")
    page.get_by_role("button", name="Ghi đã ký").click()
    expect(page.get_by_text("Đã ghi kế hoạch được ký.")).to_be_visible()

    # The morning page proposes the help; it is given with a reason, and received.
    go(page, "Hỗ trợ", "Việc hôm nay")
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("^1 đúng diện, chưa được hưởng Xây nhà tiêu")).click()
    assert_accessible(page)
    page.get_by_label("Chọn Nguyễn Thị Đào").check()
    page.get_by_label("Lý do, căn cứ").fill("Quyết định 15/QĐ-UBND")
    page.get_by_role("button", name="Giao hỗ trợ").click()
    expect(page.get_by_text("Đã giao 1 khoản.")).to_be_visible()
    clock.set(date(2025, 5, 20))
    sign_out(page)
    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/ho-gia-dinh/{home.pk}/ho-tro/")
    page.get_by_role("link", name="Ghi lần nhận").click()
    page.get_by_label("Nhận ngày").fill("19/05/2025")
    page.get_by_role("button", name="Ghi").click()  # the programme's amount is there
    expect(page.get_by_text("6.000.000").first).to_be_visible()
    page.get_by_role("link", name="Về trang hộ").click()
    page.get_by_role("link", name="Nhu cầu, kế hoạch").click()
    page.get_by_role("link", name="Xong việc Xây nhà tiêu hai ngăn").click()
    page.get_by_label("Kết quả").fill("Đã nghiệm thu")
    page.get_by_role("button", name="Ghi kết quả").click()
    settled(page)
    assert Plan.objects.get().steps.get().done_on == date(2025, 5, 20)

    # The review of 2025 finds it out of poverty: the need is met, and the outcome says so.
    surveyed(home, 2025, lacking=0, income_score=190)
    clock.set(date(2026, 1, 12))
    sign_out(page)
    sign_in(page, live_server, "giamngheo")
    go(page, "Hỗ trợ", "Kết quả")
    assert_accessible(page)
    expect(page.get_by_role("heading", name=re.compile("2025"))).to_be_visible()
    page.get_by_role("row", name=re.compile("Nhà tiêu hợp vệ sinh")).get_by_role("link").first.click()
    expect(page.get_by_role("link", name="Nguyễn Thị Đào")).to_be_visible()

    # Its story tells all of it, in order.
    page.goto(f"{live_server.url}/ho-gia-dinh/{home.pk}/cau-chuyen/")
    assert_accessible(page)
    told = page.locator(".story h4").all_inner_texts()
    places = [
        next(place for place, each in enumerate(told) if each.startswith(words))
        for words in (
            "Hộ nghèo", "Ký kế hoạch", "Được giao: Xây nhà tiêu", "Nhận: Xây nhà tiêu", "Xong: Xây nhà tiêu hai ngăn",
            "Hết nhu cầu: Nhà tiêu hợp vệ sinh", "Không nghèo",
        )
    ]  # fmt: skip
    assert places[:5] == sorted(places[:5])
    assert min(places[5:]) > places[4]
    assert Support.objects.get().receipts.get().amount == 6_000_000
