"""A birth, a split and the undoing of both, as an officer does them in a browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.test_one_record import sign_in
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member, make_status

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(db, live_server):
    ward = make_ward()
    group = make_group(ward, name="Tổ dân phố 3")
    make_user("officer", group, username="canbo")
    household = make_household(group, head={"full_name": "Nguyễn Thị Đào", "sex": "female"})
    make_member(household, full_name="Trần Văn Con", sex="male")
    make_status(household, "poor", date(2025, 12, 10), size=2, lacking=("water", "toilet", "telecom"))
    return household


def test_birth_split_and_back(page, live_server, home, assert_accessible, page_errors):
    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/ho-gia-dinh/{home.pk}/")
    assert_accessible(page)
    page.get_by_role("link", name="Ghi sự kiện").click()
    assert_accessible(page)

    # A birth: what is missing is said, then what it changes, and only then it is recorded.
    page.get_by_role("link", name="Sinh con").click()
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_text("Chưa nhập ô này.").first).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Ngày sinh").fill("04/05/2026")
    page.get_by_label("Lý do, căn cứ").fill("Giấy khai sinh số 45")
    page.get_by_label("Họ và tên").fill("Trần Thị Bé")
    page.get_by_label("Giới tính").select_option(label="Nữ")
    page.get_by_label("Quan hệ với chủ hộ").select_option(label="Cháu nội/ngoại")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_text("2 → 3 người; vẫn là hộ nghèo")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("Đã ghi sự kiện “Sinh ngày 04/05/2026”")).to_be_visible()

    # A split: the son and the child, he at their head.
    page.get_by_role("link", name="Tách hộ").click()
    page.get_by_label("Lý do, căn cứ").fill("Đơn tách hộ")
    page.get_by_label("Đi: Trần Văn Con").check()
    page.get_by_label("Đi: Trần Thị Bé").check()
    page.get_by_label("Trần Văn Con là gì của chủ hộ").select_option(label="Chủ hộ")
    page.get_by_label("Trần Thị Bé là gì của chủ hộ").select_option(label="Con đẻ")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_text("Hộ mới, chủ hộ Trần Văn Con")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_role("heading", name=re.compile("Tách hộ"))).to_be_visible()
    assert_accessible(page)

    # The page of the household draws its line; then both events are taken back, the later first.
    page.get_by_role("link", name="Về trang của hộ").click()
    expect(page.get_by_role("img", name=re.compile("Phân loại của hộ theo thời gian"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Tách hộ ngày"))).to_be_visible()
    assert_accessible(page)
    for _ in range(2):
        page.goto(f"{live_server.url}/ho-gia-dinh/{home.pk}/su-kien/")
        page.get_by_role("link", name="Huỷ sự kiện này").click()
        page.get_by_label("Lý do huỷ").fill("Ghi nhầm hộ")
        assert_accessible(page)
        page.get_by_role("button", name="Huỷ sự kiện").click()
        expect(page.get_by_text("Đã huỷ sự kiện")).to_be_visible()
    assert home.members.present().count() == 2
    assert home.statuses.get().size == 2
    page_errors[:] = [each for each in page_errors if "422" not in each]  # the birth with nothing typed
