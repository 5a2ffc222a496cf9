"""What the journeys share: signing in and out, and the day they happen on."""

import re
from datetime import date, datetime

from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import PASSWORD


def sign_in(page, live_server, username):
    page.goto(f"{live_server.url}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^Chào"))).to_be_visible()


def sign_out(page):
    menu = page.get_by_role("button", name="Danh mục")
    if menu.is_visible():  # on a phone
        menu.click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()


def go(page, part, name):
    """To a page of the navigation, by its part, unless it is the only one there."""
    navigation = page.get_by_role("navigation", name="Các phần của cổng")
    if navigation.get_by_role("link", name=part, exact=True).count():
        navigation.get_by_role("link", name=part, exact=True).click()
    navigation.get_by_role("link", name=name, exact=True).click()


def group(page, legend):
    return page.get_by_role("group", name=legend)


class Clock:
    """The portal's today, moved by the test: people sign in again after it, as on another day."""

    def __init__(self, monkeypatch):
        self.offset = None
        real = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: real() + self.offset if self.offset else real())
        self.real = real

    def set(self, day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_default_timezone())
        self.offset = noon - self.real()
