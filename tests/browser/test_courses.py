"""A course in a browser: from an empty ward to a timetable without clashes and its costs, typed by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import go, group, sign_in
from tests.browser.shown import fits
from tests.factories import make_user, make_ward
from trainings.models import CostLine, Course, Session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ward(db, live_server):
    ward = make_ward()
    make_user("admin", ward, username="quantri", full_name="Phan Thị Sáu")
    return ward


def save(page, name="Lưu"):
    page.get_by_role("button", name=name, exact=True).click()


def add(page, link, **typed):
    page.get_by_role("link", name=link, exact=True).first.click()
    for label, value in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(value)
    save(page)


def test_from_an_empty_ward_to_a_timetable_and_its_costs(page, live_server, ward, assert_accessible):
    def looked_at():
        assert_accessible(page)
        fits(page)

    sign_in(page, live_server, "quantri")
    go(page, "Tập huấn", "Khoá tập huấn")
    looked_at()
    page.get_by_role("link", name="Chuyên đề", exact=True).click()
    page.get_by_role("button", name="Lập theo mẫu").click()
    expect(page.get_by_text("Đã lập 4 chuyên đề theo mẫu")).to_be_visible()
    looked_at()
    page.get_by_role("link", name="Nơi học", exact=True).click()
    add(page, "Thêm nơi học", Tên_hội_trường="Hội trường A", Số_chỗ="100")
    page.get_by_role("link", name="Báo cáo viên", exact=True).click()
    add(page, "Thêm báo cáo viên", Họ_và_tên="Trần Văn Ổn")

    page.get_by_role("link", name="Khoá tập huấn", exact=True).first.click()
    page.get_by_role("link", name="Lập khoá mới").first.click()
    for label, value in {
        "Mã khoá": "GN-01", "Tên khoá": "Tập huấn cán bộ giảm nghèo", "Từ ngày": "07/12/2026",
        "Đến ngày": "18/12/2026", "Số học viên dự kiến": "250",
    }.items():  # fmt: skip
        page.get_by_label(label).fill(value)
    looked_at()
    save(page)
    page.get_by_role("link", name="Chọn chuyên đề của khoá.").click()
    for number in range(4):
        page.locator(".course-grid tbody tr").nth(number).get_by_role("textbox").first.fill(str(number + 1))
    looked_at()
    save(page)
    page.get_by_role("link", name="Thêm lớp, mỗi lớp bao nhiêu người.").click()
    for _ in range(2):
        page.get_by_role("link", name="Thêm lớp", exact=True).first.click()
        page.get_by_label("Số học viên nhiều nhất").fill("125")
        save(page)

    page.get_by_role("link", name="Xếp lịch nhiều buổi").click()
    for held in ("Lớp 1", "Lớp 2"):
        page.get_by_label(f"Nơi học, {held}").select_option(label="Hội trường A")
    page.get_by_label("Báo cáo viên, Chính sách").select_option(label="Trần Văn Ổn")
    group(page, "Các lớp học thế nào").get_by_label("Cùng lúc, mọi lớp cùng một chuyên đề").check()
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Hội trường A cũng được xếp cho Lớp 1").first).to_be_visible()
    expect(page.get_by_role("button", name="Lưu 8 buổi")).to_have_count(0)
    looked_at()
    group(page, "Các lớp học thế nào").get_by_label("Luân phiên").check()
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Hội trường A có 100 chỗ, ít hơn 125 chỗ của Lớp 1.")).to_be_visible()
    looked_at()
    page.get_by_role("button", name="Lưu 8 buổi").click()
    expect(page.get_by_text("Đã xếp 8 buổi.")).to_be_visible()
    looked_at()
    assert Session.objects.count() == 8

    page.get_by_role("link", name="Kinh phí", exact=True).last.click()
    page.get_by_label("Nội dung chi, dòng 1").fill("Nước uống")
    page.get_by_label("Tính theo, dòng 1").select_option("trainee_session")
    page.get_by_role("button", name="Lấy 1.000").click()
    page.get_by_label("Mức chi, dòng 1").fill("10.000")
    expect(page.locator("#planned-sum")).to_have_text("10.000.000 đ")
    page.get_by_label("Nội dung chi, dòng 1").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Tài liệu")
    page.get_by_label("Tính theo, dòng 2").select_option("trainee")
    page.get_by_label("Số lượng, dòng 2").fill("250")
    page.get_by_label("Mức chi, dòng 2").fill("20000")
    expect(page.locator("#planned-sum")).to_have_text("15.000.000 đ")
    looked_at()
    save(page)
    expect(page.get_by_text("Đã lưu 2 dòng.")).to_be_visible()
    looked_at()
    assert {each.name: int(each.planned) for each in CostLine.objects.all()} == {
        "Nước uống": 10_000_000, "Tài liệu": 5_000_000,
    }  # fmt: skip
    page.get_by_role("link", name="Tổng quan").click()
    looked_at()
    page.get_by_role("link", name="Mở khoá", exact=True).click()
    save(page, "Mở khoá")
    expect(page.get_by_text("Khoá đang mở.")).to_be_visible()
    assert Course.objects.get().state == "open"
