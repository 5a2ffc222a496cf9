"""A session in a browser: by keyboard alone, beside another clerk, without a network, and at the door."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime, now
from playwright.sync_api import expect

from tests.browser.people import sign_in
from tests.browser.shown import fits
from tests.factories import make_user, make_ward
from tests.trainings.factories import make_class, make_course, make_mark, make_session, make_trainee
from trainings.models import Mark, Trainee

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = [
    "Nguyễn Thị Đào",
    "Lê Văn An",
    "Trần Thị Ánh",
    "Phạm Văn Bình",
    "Võ Thị Ngân",
    "Hồ Đức Út",
    "Lý Thị Đào",
]


@pytest.fixture
def place(db, live_server):
    day = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    ward = make_ward()
    held = make_class(make_course(ward), name="Lớp 1", number=1, capacity=300)
    session = make_session(held, starts_at=day, ends_at=day + timedelta(hours=23))
    for number, name in enumerate(NAMES):
        make_trainee(training_class=held, full_name=name, birth_year=1970 + number)
    make_user("supervisor", ward, username="giamngheo", full_name="Phan Thị Sáu")
    return session


def open_page(page, live_server, session):
    args = [session.training_class.course_id, session.pk]
    page.goto(live_server.url + reverse("session_attendance", args=args))


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def here(page):
    return page.locator(".mark-here .mark-name b")


def states(session):
    return dict(Mark.objects.filter(session=session).values_list("trainee__full_name", "state"))


def test_by_keyboard_alone_and_saved_as_one_goes(page, live_server, place, assert_accessible):
    sign_in(page, live_server, "giamngheo")
    open_page(page, live_server, place)
    expect(here(page)).to_have_text("Lê Văn An")
    press(page, "1", "4")  # An, Ánh
    expect(here(page)).to_have_text("Phạm Văn Bình")
    page.keyboard.type("ngan")
    expect(here(page)).to_have_text("Võ Thị Ngân")
    press(page, "2")
    page.keyboard.type("dao")
    expect(page.locator(".mark-found")).to_have_count(2)
    first = here(page).text_content()
    press(page, "Enter")
    expect(here(page)).not_to_have_text(first)
    press(page, "3", "ArrowUp", "ArrowUp", "Home")
    expect(here(page)).to_have_text("Lê Văn An")
    expect(page.get_by_text("Đã ghi hết.")).to_be_visible()
    second = next(name for name in ("Nguyễn Thị Đào", "Lý Thị Đào") if name != first)
    assert states(place) == {
        "Lê Văn An": "present",
        "Trần Thị Ánh": "absent",
        "Võ Thị Ngân": "late",
        second: "excused",
    }
    assert_accessible(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Còn lại đều có mặt").click()
    expect(page.locator('[data-count="present"]')).to_have_text("4")
    expect(page.get_by_text("Đã ghi hết.")).to_be_visible()
    assert Mark.objects.count() == len(NAMES)
    page.emulate_media(reduced_motion="reduce")  # no colour half way between two
    page.set_viewport_size({"width": 390, "height": 844})
    fits(page)
    assert_accessible(page)


def test_what_another_clerk_wrote_is_shown_and_chosen(page, live_server, place, assert_accessible):
    other = make_user("admin", full_name="Hồ Văn Bảy")
    sign_in(page, live_server, "giamngheo")
    open_page(page, live_server, place)
    first, second = Trainee.objects.get(full_name="Lê Văn An"), Trainee.objects.get(full_name="Trần Thị Ánh")
    for each in (first, second):
        make_mark(place, each, state="absent", marked_by=other)
    make_mark(place, Trainee.objects.get(full_name="Hồ Đức Út"), state="late", marked_by=other)
    press(page, "1", "1")
    expect(page.get_by_text("Hồ Văn Bảy vừa ghi “Vắng”.")).to_have_count(2)
    expect(page.get_by_text("2 dòng người khác đã ghi khác")).to_be_visible()
    expect(
        page.get_by_role("radiogroup", name="Hồ Đức Út").get_by_label("Muộn")
    ).to_be_checked()  # heard by the way
    assert_accessible(page)
    page.get_by_role("button", name="Giữ “Vắng”").first.click()
    page.get_by_role("button", name="Ghi “Có mặt”").click()
    expect(page.get_by_text("Đã ghi hết.")).to_be_visible()
    assert states(place) == {"Lê Văn An": "absent", "Trần Thị Ánh": "present", "Hồ Đức Út": "late"}


def test_without_a_network_nothing_is_lost(page, live_server, place, page_errors):
    sign_in(page, live_server, "giamngheo")
    open_page(page, live_server, place)
    page.context.set_offline(True)
    press(page, "1", "1", "4")
    expect(page.get_by_text(re.compile("Chưa gửi được"))).to_be_visible()
    expect(page.locator('.mark-row[data-status="unsent"]')).to_have_count(3)
    assert not Mark.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_text("Đã ghi hết.")).to_be_visible()
    assert sorted(states(place).values()) == ["absent", "present", "present"]
    # The page is left while nothing gets through; it is sent when the page is opened again.
    page.route("**/ghi/", lambda route: route.abort())
    press(page, "1")
    expect(page.get_by_text(re.compile("Chưa gửi được"))).to_be_visible()
    page.unroute("**/ghi/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("Đã ghi hết.")).to_be_visible()
    assert Mark.objects.count() == 4
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('diem-danh')).length") == 0
    page_errors.clear()  # the network's own complaints


def test_a_locked_session_keeps_the_marks_until_the_sign_in(page, live_server, place, page_errors):
    sign_in(page, live_server, "giamngheo")
    open_page(page, live_server, place)
    page.context.clear_cookies(name="sessionid")
    press(page, "1")
    expect(page.get_by_text("Phiên làm việc đã khoá")).to_be_visible()
    page.get_by_role("link", name="Tải lại trang").click()
    page.get_by_label("Tên đăng nhập").fill("giamngheo")
    page.get_by_label("Mật khẩu").fill("con đường làng rợp bóng tre")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi hết.")).to_be_visible()
    assert states(place) == {"Lê Văn An": "present"}
    page_errors.clear()


def test_a_closed_session_asks_why_before_it_sends(page, live_server, place):
    sign_in(page, live_server, "giamngheo")
    open_page(page, live_server, place)
    page.get_by_role("link", name="Chốt điểm danh").click()
    page.get_by_label("Ghi “Vắng” cho những người chưa điểm danh").check()
    page.get_by_role("button", name="Chốt điểm danh").click()
    expect(here(page)).to_have_text("Lê Văn An")
    press(page, "3")
    expect(page.get_by_text("cần lý do sửa").first).to_be_visible()
    page.get_by_label("Lý do sửa (đã chốt)").fill("Có đơn xin phép")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi hết.")).to_be_visible()
    assert states(place)["Lê Văn An"] == "excused"
    page.get_by_role("link", name="Vết sửa").click()
    expect(page.get_by_text("Có đơn xin phép")).to_be_visible()


def test_at_the_door(page, live_server, place, assert_accessible):
    sign_in(page, live_server, "giamngheo")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("door_choose"))
    page.get_by_label("Sau giờ bắt đầu").fill("0")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_text("Mời quét thẻ")).to_be_visible()
    one, two = Trainee.objects.get(full_name="Võ Thị Ngân"), Trainee.objects.get(full_name="Lê Văn An")
    page.goto(live_server.url + reverse("door_check", args=[one.code]))  # as the phone's own camera opens it
    expect(page.get_by_text("Đến muộn", exact=False).first).to_be_visible()
    assert states(place) == {"Võ Thị Ngân": "late"}
    assert_accessible(page)
    page.get_by_label("Mã trên thẻ, hoặc tên").fill(two.code)  # as a hand-held scanner types it
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lê Văn An")).to_be_visible()
    expect(page.get_by_label("Mã trên thẻ, hoặc tên")).to_be_focused()
    expect(page.get_by_label("Mã trên thẻ, hoặc tên")).to_have_value("")
    page.keyboard.type(two.code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã điểm danh lúc")).to_be_visible()
    page.keyboard.type("dao")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chọn đúng người")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Chọn Lý Thị Đào").click()
    expect(page.locator(".door-name")).to_have_text("Lý Thị Đào")
    assert Mark.objects.filter(source="door").count() == 3
    fits(page)
