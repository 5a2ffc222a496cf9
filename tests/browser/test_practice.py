"""A new officer: reads the guidance, looks a word up, practises in two roles, leaves. With the accessibility check."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import go
from tests.factories import PASSWORD, make_group, make_user
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_guidance_glossary_practice(page, live_server, assert_accessible):
    group = make_group()
    person = make_user(Role.OFFICER, group, full_name="Nguyễn Thị Mới")
    page.goto(f"{live_server.url}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(person.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")

    page.get_by_role("link", name="Hướng dẫn", exact=True).click()
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Việc của tôi")).click()
    expect(page.get_by_role("link", name="Ban hành quyết định")).to_have_count(0)
    page.get_by_role("link", name="Niêm yết công khai").or_(
        page.get_by_role("link", name="Họp tổ dân phố")
    ).first.click()
    expect(page.get_by_text("Hay sai nhất", exact=True)).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Thuật ngữ").click()
    page.get_by_label(re.compile("Tìm từ")).fill("phuc tra")
    page.keyboard.press("Enter")
    expect(page.locator("dt#phuc-tra")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Hướng dẫn").last.click()
    page.get_by_role("link", name="Thực hành", exact=True).click()
    page.get_by_role("button", name="Bắt đầu thực hành").click()
    expect(page.get_by_role("heading", name="Việc thực hành")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Phạm Thị Bưởi")).click()
    expect(page.locator(".practice-bar [aria-current]")).to_have_text("Cán bộ rà soát")

    page.get_by_role("link", name="Công chức giảm nghèo").click()
    expect(page.locator(".practice-bar [aria-current]")).to_have_text("Công chức giảm nghèo")
    expect(page.get_by_role("heading", name=re.compile("Phạm Thị Bưởi"))).to_be_visible()
    page.get_by_role("link", name="Việc thực hành").click()
    page.get_by_role("link", name="Mở đợt rà soát").click()
    page.get_by_role("button", name="Lập danh sách rà soát").click()
    expect(page.get_by_text("5 hộ đang nghèo, cận nghèo và 1 đơn đề nghị")).to_be_visible()
    summary = page.locator(".guide > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thiếu thì làm gì", exact=True)).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Rời thực hành").click()
    expect(page.locator(".practice-bar")).to_have_count(0)
    expect(page.get_by_text("Nguyễn Thị Mới").first).to_be_visible()
    go(page, "Sổ hộ", "Hộ gia đình")
    expect(page.get_by_text("Phạm Thị Bưởi")).to_have_count(0)
