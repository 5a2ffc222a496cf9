"""Two rows of one person put together and taken apart again, two people set apart, as an officer does it."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_one_record import sign_in
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group(db, live_server):
    group = make_group(make_ward(), name="Tổ dân phố 3")
    make_user("officer", group, username="canbo")
    first, second = (
        make_household(group, head={"full_name": name}) for name in ("Hồ Văn Sơn", "Phan Thanh Hải")
    )
    make_member(first, full_name="Trần Thị Lan", sex="female")
    make_member(second, full_name="Tran Thi Lan", sex="female", cccd="042180000001")
    make_member(first, full_name="Lê Văn Nam", birth_year=1990)
    make_member(second, full_name="Lê Văn Năm", birth_year=1990)
    return group


def test_put_together_set_apart_and_back(page, live_server, group, assert_accessible, page_errors):
    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/ho-gia-dinh/")
    page.get_by_role("link", name="Người, hộ có thể trùng").click()
    expect(page.get_by_text("2 cặp ở Tổ dân phố 3")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Cùng một người: Trần Thị Lan và Tran Thi Lan").click()
    assert_accessible(page)
    expect(page.get_by_role("radio", name="Số CCCD: 042180000001")).to_be_checked()
    page.get_by_label("Lý do, căn cứ").fill("CCCD bản gốc")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_text("3 → 2 người")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("Đã ghi sự kiện “Ghi trùng người")).to_be_visible()
    page.get_by_role("link", name="Huỷ sự kiện này").click()
    page.get_by_label("Lý do huỷ").fill("nhầm")
    page.get_by_role("button", name="Huỷ sự kiện").click()
    expect(page.get_by_text("Đã huỷ sự kiện")).to_be_visible()

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/ho-gia-dinh/co-the-trung/")
    page.get_by_label("Lê Văn Nam và Lê Văn Năm là hai người").check()
    page.get_by_role("button", name="Ghi là không trùng").click()
    page_errors.clear()  # the refusal is a 422
    expect(page.get_by_text("Ghi lý do ở cuối trang.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Vì sao biết là không trùng").fill("hai anh em họ")
    page.get_by_role("button", name="Ghi là không trùng").click()
    expect(page.get_by_text("Đã ghi 1 cặp là không trùng")).to_be_visible()
    page_errors.clear()
    page.get_by_role("link", name="Đã ghi là không trùng").click()
    assert_accessible(page)
    page.get_by_role("button", name="Bỏ ghi").click()
    expect(page.get_by_text("Đã bỏ ghi")).to_be_visible()
