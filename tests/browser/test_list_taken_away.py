"""An officer filters the register and takes it away, by keyboard, in a browser."""

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.people import sign_in
from tests.browser.shown import fits
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from thanhsen.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1366, 390])
def test_what_is_filtered_is_what_is_taken(
    page, live_server, tmp_path, assert_accessible, page_errors, width
):
    page.set_viewport_size({"width": width, "height": 844})
    ward = make_ward()
    one, two = make_group(ward), make_group(ward)
    make_user("officer", ward, username="canbo")
    household = make_household(
        one, head={"full_name": "Nguyễn Thị Đào", "sex": "female", "cccd": "042180001234"}
    )
    make_household(two)

    sign_in(page, live_server, "canbo")
    page.goto(f"{live_server.url}/ho-gia-dinh/?to={one.pk}")
    page.get_by_role("link", name="Xuất sổ hộ").click()
    expect(page.get_by_text(f"Tổ dân phố: {one.name}")).to_be_visible()
    expect(page.get_by_text("1 hộ")).to_be_visible()
    assert_accessible(page)
    fits(page)
    page.get_by_role("button", name="Xuất Excel").click()
    expect(page.get_by_text("Ghi lý do xuất: gửi ai, để làm gì.")).to_be_visible()
    assert_accessible(page)
    page_errors.clear()  # the page that says so is 422, which the browser complains of
    page.get_by_label("Lý do xuất").fill("gửi tổ trưởng tổ dân phố rà lại")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "so.xlsx")
    rows = list(load_workbook(tmp_path / "so.xlsx").worksheets[0].values)
    assert len(rows) == 2
    assert {household.code, "042•••••1234", "Nguyễn Thị Đào"} <= set(rows[1])
    assert Event.objects.get(act="register.export").after["rows"] == 1
    page.get_by_role("link", name="Thôi, quay lại").click()
    expect(page.get_by_role("link", name="Nguyễn Thị Đào")).to_be_visible()
