"""Last year's list of a ward brought in by a supervisor, in a browser: columns, a question, a doubt, and all of it back."""

from datetime import date

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from households.models import Household
from tests.browser.people import Clock, go, sign_in
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from tests.worker import forget_all_work, work

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [
    ("DANH SÁCH HỘ NGHÈO NĂM 2025",),
    ("STT", "Họ tên", "Quan hệ", "Giới tính", "Năm sinh", "CCCD", "TDP", "Xếp loại"),
    (1, "Nguyễn Thị Hoa", "Chủ hộ", "Nữ", 1980, 42180001234, "Tổ dân phố 1", "A"),
    (2, "Trần Văn Sơn", "Con", "Nam", 2010, None, "Tổ dân phố 1", ""),
    (3, "Lê Thị Lan", "Chủ hộ", "Nữ", 1955, None, "Tổ dân phố 1", "B"),
    (4, "Phạm Văn Lạc", "Chủ hộ", "Nam", 1960, None, "Tổ dân phố 77", "B"),
]


def test_a_list_is_brought_in_and_taken_back(page, live_server, monkeypatch, tmp_path, assert_accessible):
    forget_all_work()
    Clock(monkeypatch).set(date(2026, 11, 20))
    ward = make_ward()
    group = make_group(ward, name="Tổ dân phố 1")
    make_user("supervisor", ward, username="giamngheo")
    make_household(group, {"full_name": "Lê Thị Lan", "sex": "female", "birth_year": 1956})
    list_of_2025 = Workbook()
    for row in ROWS:
        list_of_2025.active.append(row)
    list_of_2025.save(tmp_path / "ds-2025.xlsx")

    sign_in(page, live_server, "giamngheo")
    go(page, "Sổ hộ", "Nhập từ Excel")
    assert_accessible(page)
    page.get_by_role("link", name="Nạp danh sách hộ").click()
    page.get_by_label("Tệp Excel").set_input_files(tmp_path / "ds-2025.xlsx")
    assert_accessible(page)
    page.get_by_role("button", name="Nạp và kiểm tra").click()
    expect(page.get_by_text("Chờ đến lượt")).to_be_visible()
    assert_accessible(page)

    work()  # the bar asks for itself
    expect(page.get_by_role("heading", name="Cột nào là gì?")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("H: Xếp loại").select_option("Không dùng cột này")
    page.get_by_role("button", name="Đọc và kiểm tra").click()
    work()
    page.get_by_role("button", name="Thêm số 0 vào đầu").click()
    work()
    expect(page.get_by_role("heading", name="Sẽ ghi 1 mục vào sổ")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Lê Thị Lan").click()
    expect(page.get_by_text("/100: Cùng họ tên")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Khác người").check()
    page.get_by_role("button", name="Ghi lựa chọn").click()
    expect(page.get_by_role("heading", name="Sẽ ghi 2 mục vào sổ")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp đã đánh dấu").click()
    assert download.value.suggested_filename == "ds-2025-can-sua.xlsx"
    assert Household.objects.count() == 1
    page.get_by_role("button", name="Ghi 2 mục vào sổ").click()
    work()
    expect(page.get_by_role("heading", name="Đã ghi vào sổ")).to_be_visible()
    assert Household.objects.present().count() == 3

    page.get_by_role("link", name="Hoàn tác lần nhập này").click()
    assert_accessible(page)
    page.get_by_label("Lý do hoàn tác").fill("nạp nhầm danh sách")
    page.get_by_role("button", name="Hoàn tác").click()
    work()
    expect(page.get_by_role("heading", name="Đã hoàn tác")).to_be_visible()
    assert Household.objects.present().count() == 1
