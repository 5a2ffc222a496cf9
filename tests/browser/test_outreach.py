"""A campaign, from its opening to a family that said no, was visited again and agreed, in a browser."""

import re
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from households.models import Activity, Contact, ContactChange
from tests.browser.people import sign_in, sign_out
from tests.browser.shown import fits
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_status
from tests.households.support.test_materials import put_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ward(db, live_server):
    ward = make_ward()
    group = make_group(ward, name="Tổ dân phố 1")
    for name in ("An", "Bình", "Chi"):
        home = make_household(group, head={"full_name": f"Nguyễn Thị {name}", "sex": "female"})
        make_status(home, "poor", date(2025, 12, 10))
    make_user("supervisor", ward, username="giamngheo")
    officer = make_user("officer", group, username="canbo", full_name="Lê Văn Cán")
    put_in(officer, group)
    return ward


def narrow(page):
    """A phone: nothing is wider than it."""
    page.set_viewport_size({"width": 390, "height": 844})
    fits(page)


def day(days):
    return f"{localdate() + timedelta(days):%d/%m/%Y}"


def test_from_a_campaign_to_a_family_that_changed_its_mind(
    page, page_errors, live_server, ward, assert_accessible
):
    # Opened by who answers for the ward: whom it addresses is counted at once.
    sign_in(page, live_server, "giamngheo")
    page.goto(f"{live_server.url}/van-dong/dot/")
    assert_accessible(page)
    page.get_by_role("link", name="Mở đợt mới").click()
    page.get_by_label("Tên đợt vận động").fill("Mời nuôi bò sinh sản")
    page.get_by_label("Mục đích, nội dung chính").fill("Nói về mô hình nuôi bò")
    page.get_by_label("Từ ngày").fill(day(-7))
    page.get_by_label("Đến hết ngày").fill(day(30))
    page.get_by_label("Hộ nghèo", exact=True).check()
    assert_accessible(page)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", name="Mời nuôi bò sinh sản", level=1)).to_be_visible()
    expect(page.get_by_text("Đã gặp 0 / 3 hộ (0%)")).to_be_visible()
    assert_accessible(page)
    sign_out(page)

    # On the phone, at the door: the family says no, and why.
    narrow(page)
    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/van-dong/dot/")
    page.get_by_role("link", name="Mời nuôi bò sinh sản").click()
    page.get_by_role("link", name=re.compile("^Còn phải gặp")).click()
    page.get_by_role("link", name="Ghi lần gặp Nguyễn Thị An").click()
    narrow(page)
    assert_accessible(page)
    page.get_by_text("Không tham gia", exact=True).click()
    page.get_by_label("Gia đình nói gì").fill("Sợ bò chết thì mang nợ")
    page.get_by_text("Tài liệu đã dùng, để lại").first.click()
    page.get_by_label("Tờ rơi vay vốn").check()
    page.get_by_label("Hẹn đến lại ngày").fill(day(1))
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("Chọn vì sao gia đình không tham gia.")).to_be_visible()
    page_errors.clear()  # the browser names an answer of 422
    assert_accessible(page)
    page.get_by_label("Vì sao không").select_option(label="Sợ thất bại, sợ mất mùa, mất giá")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("Đã ghi: không tham gia.")).to_be_visible()
    expect(page.get_by_text(f"Hẹn đến lại {day(1)}")).to_be_visible()
    narrow(page)
    assert_accessible(page)

    # It waits for its day, and is visited again: called this time, and the family agrees.
    page.goto(f"{live_server.url}/van-dong/ho/?hen=sap")
    narrow(page)
    assert_accessible(page)
    page.get_by_role("link", name="Nguyễn Thị An").click()
    page.get_by_text("Gọi điện, nhắn tin", exact=True).click()
    page.get_by_text("Đồng ý tham gia", exact=True).click()
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("Đã ghi: đồng ý tham gia.")).to_be_visible()
    assert [each.answer for each in Contact.objects.order_by("pk")] == ["refused", "agreed"]
    assert Activity.objects.order_by("pk").first().materials.count() == 1

    # Heard wrongly on the telephone: this one answer is put right, with a reason; the first stays readable.
    page.get_by_role("link", name=re.compile("^Sửa câu trả lời của Nguyễn Thị An, Gọi điện")).click()
    narrow(page)
    assert_accessible(page)
    page.get_by_label("Còn cân nhắc").check()
    page.get_by_label("Lý do sửa").fill("Nghe nhầm qua điện thoại")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name=re.compile("^Đã sửa")).click()
    expect(page.get_by_text("Lý do: Nghe nhầm qua điện thoại")).to_be_visible()
    expect(page.get_by_text("Đồng ý tham gia")).to_be_visible()
    narrow(page)
    assert_accessible(page)
    assert ContactChange.objects.count() == 1

    # All of it is told on the case page.
    home = Contact.objects.first().household_id
    page.goto(f"{live_server.url}/ho-gia-dinh/{home}/cau-chuyen/")
    expect(page.get_by_text("Đến nhà: không tham gia")).to_be_visible()
    expect(page.get_by_text("Gọi điện, nhắn tin: còn cân nhắc")).to_be_visible()
    expect(page.get_by_text("Sợ bò chết thì mang nợ")).to_be_visible()
    narrow(page)
    assert_accessible(page)
