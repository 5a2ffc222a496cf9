"""A year's reports: checked and taken away, a number proved, the year closed, a figure put right as another version."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from households.models import Snapshot
from tests.browser.people import sign_in, sign_out
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_status
from tests.households.reports.factories import make_total

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def year(transactional_db):
    """A ward of two tổ dân phố; in 2025 one household stays poor, one leaves, one comes."""
    ward = make_ward(code="18073")
    groups = [make_group(ward, name=f"Tổ dân phố {number}") for number in (1, 2)]
    for before, after, group in (("poor", "poor", 0), ("poor", "not_poor", 0), ("", "near_poor", 1)):
        home = make_household(groups[group])
        if before:
            make_status(home, before, date(2024, 12, 1), lacking=("water", "toilet", "insurance"))
        lacking = ("water", "toilet", "insurance") if after == "poor" else ()
        make_status(home, after, date(2025, 12, 1), lacking=lacking)
    for group in groups:
        make_total(group, 2025, 300, 1100)
    make_user("supervisor", ward, username="giamngheo")
    make_user("approver", ward, username="chutich")
    return ward


def test_from_the_set_to_a_corrected_version(page, live_server, year, assert_accessible, page_errors):
    sign_in(page, live_server, "giamngheo")
    page.goto(f"{live_server.url}/bao-cao/?nam=2025")
    assert_accessible(page)

    # A number is proved by the households behind it.
    page.get_by_role("link", name="Tổng hợp diễn biến hộ nghèo trong năm").click()
    page.get_by_role("row", name=re.compile("Tổng cộng I \\+ II Hộ")).get_by_role("link").nth(1).click()
    expect(page.get_by_text("Vượt chuẩn cận nghèo")).to_be_visible()
    expect(page.get_by_text(": 1 hộ.")).to_be_visible()
    assert_accessible(page)

    # The whole set is one click away; what does not agree is said before it leaves.
    page.goto(f"{live_server.url}/bao-cao/?nam=2025")
    page.get_by_role("link", name="Cả bộ: kiểm tra và tải về").click()
    expect(page.get_by_text("Giữa các mẫu: khớp")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Lý do tải về").fill("Gửi Sở Nông nghiệp và Môi trường")
    page.get_by_label("Tôi đã xem các ô chưa khớp").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải cả bộ").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert len(book.sheetnames) == 16
    sign_out(page)

    # The chair closes the year.
    sign_in(page, live_server, "chutich")
    page.goto(f"{live_server.url}/khoa-so/{year.pk}/2025/")
    page.get_by_label("Căn cứ khoá sổ").fill("Báo cáo 45/BC-UBND")
    page.get_by_label("Xác nhận").fill("KHOÁ SỔ 2025")
    page.get_by_role("button", name="Khoá sổ").click()
    expect(page.get_by_role("heading", name="Phiên bản 1 (đang dùng)")).to_be_visible()
    expect(page.get_by_text(Snapshot.objects.get(year=2025).digest)).to_be_visible()
    assert_accessible(page)

    # A wrong total was found: the year is opened for it.
    page.get_by_role("link", name="Đính chính…").click()
    page.get_by_label("Sửa số nào, vì sao").fill("Tổ dân phố 1 nhập thừa 10 hộ")
    page.get_by_label("Văn bản làm căn cứ").fill("Công văn 12/UBND")
    page.get_by_role("button", name="Mở đính chính").click()
    expect(page.get_by_text("Không có ô nào khác")).to_be_visible()
    correction = page.url
    sign_out(page)
    sign_in(page, live_server, "giamngheo")
    page.goto(f"{live_server.url}/tong-so-ho/2025/")
    page.get_by_label("Số hộ, Tổ dân phố 1", exact=True).fill("290")
    page.get_by_role("button", name="Lưu").first.click()
    expect(page.get_by_text("Đã lưu 1 tổ dân phố.")).to_be_visible()
    sign_out(page)

    # Only then there is another version, and both can be read.
    sign_in(page, live_server, "chutich")
    page.goto(correction)
    expect(page.get_by_role("row", name=re.compile("1, C9 Tổ dân phố 1 300 290"))).to_be_visible()
    page.get_by_role("button", name="Chốt phiên bản mới").click()
    expect(page.get_by_role("heading", name="Phiên bản 2 (đang dùng)")).to_be_visible()
    expect(page.get_by_text("Tổ dân phố 1 nhập thừa 10 hộ")).to_be_visible()
    page.goto(f"{live_server.url}/bao-cao/1/2025/{year.pk}/?phien-ban=1")
    expect(page.get_by_role("row", name=re.compile("Tổ dân phố 1 300 "))).to_be_visible()
    page.goto(f"{live_server.url}/bao-cao/1/2025/{year.pk}/")
    expect(page.get_by_role("row", name=re.compile("Tổ dân phố 1 290 "))).to_be_visible()
    assert not page_errors
