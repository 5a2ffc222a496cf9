"""One record the whole way, as its people do it in a browser: typed, handed in, returned, approved, decided."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from households.models import Household, Sheet
from tests.browser.people import Clock, go, group, sign_in, sign_out
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import agree, make_listing, make_round, post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(db, live_server, monkeypatch):
    Clock(monkeypatch).set(date(2026, 11, 20))
    ward = make_ward()
    area = make_group(ward, name="Tổ dân phố 3")
    return {
        "round": make_round(ward),
        "officer": make_user("officer", area, username="canbo"),
        "supervisor": make_user("supervisor", ward, username="giamngheo"),
        "chair": make_user("approver", ward, username="chutich", full_name="Lê Quang Hải"),
    }


def test_from_the_door_of_a_house_to_the_decision(page, live_server, people, assert_accessible, page_errors):
    sign_in(page, live_server, "canbo")
    assert_accessible(page)

    # The officer enters the household and its child.
    go(page, "Sổ hộ", "Hộ gia đình")
    page.get_by_role("link", name="Đưa hộ mới vào sổ").first.click()
    page.get_by_label("Tổ dân phố").select_option(label="Tổ dân phố 3")
    page.get_by_label("Diện tích nhà ở (m²)").fill("40,5")
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Đào")
    page.get_by_label("Giới tính").select_option(label="Nữ")
    page.get_by_label("Năm sinh").fill("1980")
    page.get_by_label("Bằng cấp cao nhất").select_option(label="Trung học phổ thông")
    page.get_by_label("Việc làm").select_option(label="Tự làm, làm nông nghiệp, buôn bán")
    page.get_by_label("Có BHYT").select_option(label="Không")
    assert_accessible(page)
    page.get_by_role("button", name="Lưu hộ mới").click()
    page.get_by_role("link", name="Thêm thành viên").click()
    page.get_by_label("Họ và tên").fill("Trần Bé")
    page.get_by_label("Giới tính").select_option(label="Nam")
    page.get_by_label("Năm sinh").fill("2016")
    page.get_by_label("Quan hệ với chủ hộ").select_option(label="Con đẻ")
    page.get_by_label("Đang học").select_option(label="Tiểu học")
    page.get_by_label("Có BHYT").select_option(label="Có")
    page.get_by_label("Suy dinh dưỡng (thấp còi hoặc nhẹ cân)").select_option(label="Không")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã thêm Trần Bé")).to_be_visible()
    assert_accessible(page)

    # The sheet: the result runs beside it while it is filled, and is kept without a click.
    make_listing(people["round"], Household.objects.get())
    page.reload()
    page.get_by_role("button", name="Lập phiếu rà soát").click()
    assert_accessible(page)
    panel = page.locator("#sheet-panel")
    expect(page.get_by_text("1/2 thành viên từ 6 tuổi chưa có BHYT: Nguyễn Thị Đào")).to_be_visible()
    page.get_by_label("Điểm B1").fill("150")
    page.get_by_label("Điểm B1").press("Tab")
    expect(panel.get_by_text("Hộ cận nghèo", exact=True)).to_be_visible()
    group(page, "Nguồn nước sinh hoạt chính").get_by_label("Nguồn khác (không bảo đảm)").check()
    group(page, "loại nhà tiêu nào").get_by_label("Không có nhà tiêu").check()
    expect(panel.get_by_text("Hộ nghèo", exact=True)).to_be_visible()
    expect(panel.get_by_text("Đã lưu nháp lúc")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Điểm B1")).to_have_value("150")

    # Handing in too early names what is open; then everything is answered.
    page.get_by_role("button", name="Nộp phiếu").click()
    expect(page.get_by_text(re.compile("Còn [0-9]+ chỗ cần xem lại"))).to_be_visible()
    page.get_by_role("button", name="Xác nhận các kết quả máy tính ra").click()
    group(page, "Kết cấu nào bằng vật liệu bền chắc").get_by_label("Tường").check()
    group(page, "Kết cấu nào bằng vật liệu bền chắc").get_by_label("Mái").check()
    group(page, "dịch vụ internet").get_by_label("Có", exact=True).check()
    group(page, "Hộ có những phương tiện nào").get_by_label("Tivi").check()
    group(page, "Nguyên nhân nghèo, cận nghèo").get_by_label("Không có vốn sản xuất, kinh doanh").check()
    page.get_by_label("Nguyên nhân chính").select_option(label="Không có vốn sản xuất, kinh doanh")
    page.get_by_role("button", name="Nộp phiếu").click()
    expect(page.get_by_text("Phiếu chờ người khác duyệt")).to_be_visible()
    expect(page.get_by_text("B1/B2: 150/30")).to_be_visible()
    assert_accessible(page)
    sign_out(page)

    # The supervisor returns it with a remark on a question, the officer corrects, the supervisor approves.
    sheet = Sheet.objects.get()
    sign_in(page, live_server, "giamngheo")
    page.get_by_role("link", name="Phiếu chờ anh/chị duyệt").click()
    page.get_by_role("link", name="Nguyễn Thị Đào").click()
    page.get_by_text("Nhận xét từng câu").click()
    page.get_by_label("10. Nhà tiêu hợp vệ sinh").fill("Hộ mới xây nhà tiêu tự hoại, xem lại")
    page.get_by_role("button", name="Trả lại kèm nhận xét").click()
    expect(page.get_by_text("Đã trả lại phiếu")).to_be_visible()
    sign_out(page)

    sign_in(page, live_server, "canbo")
    page.get_by_role("link", name=re.compile("Phiếu bị trả lại")).click()
    page.get_by_role("link", name="Nguyễn Thị Đào").click()
    expect(page.get_by_text("Hộ mới xây nhà tiêu tự hoại, xem lại")).to_be_visible()
    group(page, "loại nhà tiêu nào").get_by_label("Tự hoại, bán tự hoại").check()
    page.get_by_role("button", name="Nộp phiếu").click()
    expect(page.get_by_text("B1/B2: 150/20")).to_be_visible()
    sign_out(page)

    sign_in(page, live_server, "giamngheo")
    page.goto(f"{live_server.url}/phieu/{sheet.pk}/")
    page.get_by_role("button", name="Duyệt phiếu này").click()
    expect(page.get_by_text("Đã duyệt phiếu")).to_be_visible()
    sign_out(page)

    # The residents' meeting agrees and the list is posted.
    sheet.refresh_from_db()
    post(agree(sheet, date(2026, 11, 1)), date(2026, 11, 2), date(2026, 11, 4))

    # The chair decides, and the household has its legal class.
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, live_server, "chutich")
    page.get_by_role("link", name=re.compile("chờ quyết định")).first.click()
    page.get_by_label("Số quyết định").fill("05/QĐ-UBND")
    assert_accessible(page)
    page.get_by_role("button", name="Ban hành quyết định").click()
    expect(page.get_by_text("Đã ban hành Quyết định 05/QĐ-UBND: 1 hộ")).to_be_visible()
    assert_accessible(page)
    assert Household.objects.get().statuses.get().classification == "near_poor"
    page_errors[:] = [each for each in page_errors if "422" not in each]  # the sheet handed in too early


def test_two_officers_at_one_sheet_in_two_windows(page, browser, live_server, people, page_errors):
    from tests.households.factories import make_household

    household = make_household(people["officer"].areas.get())
    make_listing(people["round"], household)
    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/ho-gia-dinh/{household.pk}/")
    page.get_by_role("button", name="Lập phiếu rà soát").click()
    expect(page.get_by_label("Điểm B1")).to_be_visible()
    other = browser.new_context().new_page()
    sign_in(other, live_server, "giamngheo")
    other.goto(page.url)
    other.get_by_label("Điểm B1").fill("99")
    other.get_by_label("Điểm B1").press("Tab")
    expect(other.get_by_text("Đã lưu nháp lúc")).to_be_visible()

    page.get_by_label("Điểm B1").fill("150")
    page.get_by_label("Điểm B1").press("Tab")
    expect(page.get_by_role("heading", name="Người khác vừa lưu phiếu này")).to_be_visible()
    page.get_by_role("button", name="Xem chỗ khác nhau").click()
    expect(page.get_by_role("row", name=re.compile("Điểm B1 150 99"))).to_be_visible()
    expect(page.get_by_label("Điểm B1", exact=True)).to_have_value("150")
    page.get_by_role("button", name="Lưu theo lựa chọn trên").click()
    expect(page.get_by_text("Đã lưu nháp.")).to_be_visible()
    assert Sheet.objects.get().income_score == 150
    page_errors[:] = [each for each in page_errors if "409" not in each]
    other.context.close()


def test_the_sheet_works_without_javascript(browser, live_server, people):
    from tests.households.factories import make_household

    household = make_household(people["officer"].areas.get())
    make_listing(people["round"], household)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/ho-gia-dinh/{household.pk}/")
    page.get_by_role("button", name="Lập phiếu rà soát").click()
    page.get_by_label("Điểm B1").fill("176")
    page.get_by_label("Điểm B1").press("Enter")
    expect(page.get_by_text("Đã lưu nháp.")).to_be_visible()
    expect(page.locator("#sheet-panel").get_by_text("Không nghèo", exact=True)).to_be_visible()
    assert Sheet.objects.get().income_score == 176
    context.close()
