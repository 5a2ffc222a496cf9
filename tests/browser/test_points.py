"""A synthetic points table from the admin's file to the score on a sheet, as three people do it in a browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from households.exchange import points as exchange
from households.models import Sheet
from tests.browser.people import Clock, go, group, sign_in, sign_out
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_listing, make_round
from tests.households.tables import ITEMS

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_table_is_loaded_compared_activated_and_asked(
    page, live_server, monkeypatch, tmp_path, assert_accessible
):
    Clock(monkeypatch).set(date(2026, 11, 20))
    ward = make_ward()
    area = make_group(ward)
    make_user("admin", username="quantri")
    make_user("supervisor", ward, username="giamngheo")
    make_user("officer", area, username="canbo")
    household = make_household(area)
    make_listing(make_round(ward), household)
    filled = tmp_path / "bang-gia.xlsx"
    filled.write_bytes(exchange.write("income_points", ITEMS))

    sign_in(page, live_server, "quantri")
    go(page, "Rà soát", "Bảng điểm")
    page.get_by_role("link", name="Nạp bảng").first.click()
    page.get_by_label("Tên bảng").fill("Bảng điểm GIẢ dùng để kiểm thử")
    page.get_by_label("Nguồn").fill("nguồn giả, trang 0")
    page.get_by_label("Tệp Excel").set_input_files(filled)
    assert_accessible(page)
    page.get_by_role("button", name="Nạp bảng").click()
    expect(page.get_by_text("Bảng chờ người khác đối chiếu")).to_be_visible()
    sign_out(page)

    sign_in(page, live_server, "giamngheo")
    go(page, "Rà soát", "Bảng điểm")
    page.get_by_role("link", name="Đối chiếu Bảng điểm GIẢ").click()
    assert_accessible(page)
    page.get_by_label("Áp dụng từ ngày").fill("01/09/2026")
    page.get_by_label("Tôi đã đối chiếu từng dòng").check()
    page.get_by_role("button", name="áp dụng").click()
    expect(page.get_by_text("áp dụng từ ngày 01/09/2026")).to_be_visible()
    sign_out(page)

    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/ho-gia-dinh/{household.pk}/")
    page.get_by_role("button", name="Lập phiếu rà soát").click()
    group(page, "Số người trong hộ (giả)").get_by_label("Ít người").check()
    group(page, "Hộ có những thứ nào (giả)").get_by_label("Đèn thần").check()
    page.get_by_label("Số con rồng (giả)").fill("2")
    page.get_by_label("Số con rồng (giả)").press("Tab")
    expect(page.get_by_text("70 điểm")).to_be_visible()
    assert_accessible(page)
    expect(page.locator("#sheet-panel").get_by_text("130", exact=True)).to_be_visible()
    assert Sheet.objects.get().income_score == 130
