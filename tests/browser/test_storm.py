"""A storm in two tổ dân phố, from its recording to emergency support and a regular review, in a browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from households.models import Request, ShockImpact, Support
from tests.browser.people import go, sign_in, sign_out
from tests.browser.shown import fits
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme, make_status

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ward(db, live_server):
    ward = make_ward()
    first, second = make_group(ward, name="Tổ dân phố 1"), make_group(ward, name="Tổ dân phố 2")
    for name, group in (("An", first), ("Bình", first), ("Chi", first), ("Dung", second), ("Em", second)):
        home = make_household(group, head={"full_name": f"Nguyễn Thị {name}", "sex": "female"})
        if name == "Dung":
            make_status(home, "poor", date(2025, 12, 10))
    make_household(make_group(ward, name="Tổ dân phố 3"), head={"full_name": "Lê Văn Giang"})
    make_programme(ward, policy="emergency", name="Hỗ trợ khẩn cấp bão số 9", per="once", classes=["any"])
    make_user("supervisor", ward, username="giamngheo")
    make_user("officer", first, username="canbo")
    return ward


def struck(page, name, severity, text=""):
    row = page.get_by_role("listitem").filter(has_text=name)
    row.get_by_role("radio", name=severity, exact=True).check()
    if text:
        row.get_by_label("Thiệt hại gì").fill(text)
        row.get_by_label("Ước tính (đồng)").fill("30.000.000")
        row.get_by_label("Có thể rơi vào nghèo").check()
    row.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("listitem").filter(has_text=name).get_by_text("Đã ghi.")).to_be_visible()


def test_a_storm_in_two_places(page, live_server, ward, assert_accessible):
    # Recorded once by who answers for the ward.
    sign_in(page, live_server, "giamngheo")
    page.goto(f"{live_server.url}/bien-co/")
    assert_accessible(page)
    page.get_by_role("link", name="Ghi biến cố mới").click()
    page.get_by_label("Tên gọi").fill("Bão số 9")
    page.get_by_label("Loại").select_option(label="Thiên tai")
    page.get_by_label(re.compile("Tổ dân phố 1")).check()
    page.get_by_label(re.compile("Tổ dân phố 2")).check()
    assert_accessible(page)
    page.get_by_role("button", name="Ghi biến cố").click()
    expect(page.get_by_role("heading", name="Bão số 9", level=1)).to_be_visible()
    expect(page.get_by_text("Đã xem 0 / 5 hộ (0%)")).to_be_visible()
    assert_accessible(page)
    sign_out(page)

    # In the street, by phone: the officer of one tổ dân phố, household after household.
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/bien-co/")
    page.get_by_role("link", name="Bão số 9").click()
    page.get_by_role("link", name="Tổ dân phố 1", exact=True).click()
    expect(page.get_by_text("3 hộ", exact=True)).to_be_visible()
    assert_accessible(page)
    struck(page, "Nguyễn Thị An", "Nặng", "Tốc mái nhà")
    assert_accessible(page)
    page.get_by_label("Không thiệt hại: Nguyễn Thị Bình").check()
    page.get_by_role("button", name="Không thiệt hại: các hộ đã đánh dấu").click()
    expect(page.get_by_text("Đã ghi 1 hộ không thiệt hại.")).to_be_visible()
    page.get_by_label("Tìm theo tên").fill("chi")
    page.get_by_role("button", name="Lọc").click()
    struck(page, "Nguyễn Thị Chi", "Nhẹ")
    fits(page)
    sign_out(page)
    page.set_viewport_size({"width": 1366, "height": 768})

    # The other place, and one household that is not on the list.
    sign_in(page, live_server, "giamngheo")
    page.goto(f"{live_server.url}/bien-co/")
    page.get_by_role("link", name="Bão số 9").click()
    page.get_by_role("link", name="Tổ dân phố 2", exact=True).click()
    struck(page, "Nguyễn Thị Dung", "Mất trắng, sập nhà", "Sập nhà")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Không thiệt hại: mọi hộ chưa xem của tổ này").click()
    expect(page.get_by_text("Đã ghi 1 hộ không thiệt hại.")).to_be_visible()
    page.get_by_role("link", name="Thêm một hộ").click()
    page.get_by_label("Tìm theo tên").fill("giang")
    page.get_by_role("button", name="Tìm", exact=True).click()
    assert_accessible(page)
    page.get_by_role("button", name="Thêm hộ Lê Văn Giang").click()
    struck(page, "Lê Văn Giang", "Nhẹ")

    # Emergency support for the badly struck, in one act.
    page.get_by_role("link", name="Về trang biến cố").click()
    expect(page.get_by_text("Đã xem 6 / 6 hộ (100%)")).to_be_visible()
    page.get_by_role("link", name="Giao hỗ trợ khẩn cấp").click()
    assert_accessible(page)
    page.get_by_label("Hỗ trợ theo chương trình").select_option(label="Hỗ trợ khẩn cấp bão số 9")
    page.get_by_role("button", name="Giao hỗ trợ cho các hộ đã đánh dấu").click()
    expect(page.get_by_text("Đã giao hỗ trợ khẩn cấp cho 2 hộ.")).to_be_visible()
    assert Support.objects.count() == 2

    # A regular review of whom it pushed down: the family asks; the poor household needs no request.
    page.get_by_role("link", name="Ghi đơn đề nghị rà soát").click()
    expect(page.get_by_text("Nguyễn Thị Dung")).to_have_count(0)
    page.get_by_label("Hộ Nguyễn Thị An có đơn").check()
    page.get_by_label("Người làm đơn, hộ Nguyễn Thị An").fill("Trần Văn Chồng")
    assert_accessible(page)
    page.get_by_role("button", name="Ghi đơn của các hộ đã đánh dấu").click()
    expect(page.get_by_role("heading", name="Tiếp theo: rà soát thường xuyên")).to_be_visible()
    assert Request.objects.get().applicant == "Trần Văn Chồng"
    go(page, "Rà soát", "Đơn đề nghị")
    expect(page.get_by_role("row", name=re.compile("Nguyễn Thị An"))).to_be_visible()

    # Done: closed, nothing changes any more.
    page.goto(f"{live_server.url}/bien-co/")
    page.get_by_role("link", name="Bão số 9").click()
    page.get_by_role("button", name="Xử lý xong").click()
    expect(page.get_by_text("Đã đóng “Bão số 9”.")).to_be_visible()
    page.get_by_role("link", name="Tổ dân phố 1", exact=True).click()
    expect(page.get_by_role("button", name=re.compile("^Lưu"))).to_have_count(0)
    assert_accessible(page)
    assert ShockImpact.objects.unseen().count() == 0


def test_weak_sides_of_a_household(page, live_server, ward, assert_accessible):
    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/ho-gia-dinh/")
    page.get_by_role("link", name="Nguyễn Thị An").click()
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Dễ bị tổn thương").click()
    page.get_by_label("Có người bệnh nặng, bệnh lâu dài").check()
    page.get_by_label("Đang nợ (đồng)").fill("50.000.000")
    page.get_by_label("Ngập lụt, bão").check()
    assert_accessible(page)
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("đang nợ; dễ bị ngập lụt, bão")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{live_server.url}/bien-co/de-bi-ton-thuong/")
    expect(page.get_by_role("row", name=re.compile("Nguyễn Thị An"))).to_be_visible()
    assert_accessible(page)
