"""A whole periodic round and a whole regular one, from the request to the certificate, as their people do them.

On the way: a sheet returned, a meeting that does not agree, a complaint that is right.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from households.models import Sheet, Status
from tests.browser.people import Clock, go, group, sign_in, sign_out
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_round, make_sheet, make_status, submit
from thanhsen.models import Area

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock(monkeypatch)
    clock.set(date(2026, 9, 3))
    return clock


@pytest.fixture
def ward(db, live_server, clock):
    ward = make_ward()
    area = make_group(ward, name="Tổ dân phố 3")
    make_user("officer", area, username="canbo")
    make_user("supervisor", ward, username="giamngheo")
    make_user("approver", ward, username="chutich", full_name="Lê Quang Hải")
    return ward


@pytest.fixture
def as_(page, live_server):
    """as_("canbo"): that person sits down at the portal, whoever sat there before."""

    def sit_down(username):
        if page.url.startswith(live_server.url):
            sign_out(page)
        sign_in(page, live_server, username)

    return sit_down


def ask(page, name):
    """The officer registers a household's request on paper form 01."""
    go(page, "Sổ hộ", "Hộ gia đình")
    page.get_by_label("Tìm").first.fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=name).first.click()
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Nhận đơn đề nghị").click()
    page.get_by_label(re.compile("Mẫu số 01")).check()
    page.get_by_label("Cách nộp").select_option(label="Qua tổ trưởng tổ dân phố")
    page.get_by_role("button", name="Lưu đơn").click()
    expect(page.get_by_text("Đã nhận đơn của hộ")).to_be_visible()


def go_to(page, name, stage):
    """From the board to the households behind a number, to the household's next step."""
    go(page, "Rà soát", "Đợt rà soát")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name=re.compile(f"Tổ dân phố 3, {stage}")).click()
    return page.get_by_role("row", name=re.compile(name))


def fill(page, day, income_score="150"):
    """Every question of the sheet answered; two indicators lack, and one more than that is near."""
    page.get_by_label("Ngày rà soát").fill(day)
    page.get_by_label("Điểm B1").fill(income_score)
    group(page, "Kết cấu nào bằng vật liệu bền chắc").get_by_label("Tường").check()
    group(page, "Kết cấu nào bằng vật liệu bền chắc").get_by_label("Mái").check()
    group(page, "Nguồn nước sinh hoạt chính").get_by_label("Nguồn khác (không bảo đảm)").check()
    group(page, "loại nhà tiêu nào").get_by_label("Không có nhà tiêu").check()
    group(page, "dịch vụ internet").get_by_label("Không", exact=True).check()
    group(page, "Hộ có những phương tiện nào").get_by_label("Tivi").check()
    group(page, "Nguyên nhân nghèo, cận nghèo").get_by_label("Không có vốn sản xuất, kinh doanh").check()
    page.get_by_label("Nguyên nhân chính").select_option(label="Không có vốn sản xuất, kinh doanh")
    page.get_by_role("button", name="Xác nhận các kết quả máy tính ra").click()
    page.get_by_role("button", name="Nộp phiếu").click()
    expect(page.get_by_text("Phiếu chờ người khác duyệt")).to_be_visible()


def approve(page, name):
    go_to(page, name, "Chờ duyệt").get_by_role("link", name="Xem phiếu").click()
    page.get_by_role("button", name="Duyệt phiếu này").click()
    expect(page.get_by_text("Đã duyệt phiếu")).to_be_visible()


def meet(page, day, common="30", **against):
    """The minutes; `against`: household name → (how many agreed, why not more)."""
    go(page, "Rà soát", "Đợt rà soát")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Ghi biên bản họp").click()
    page.get_by_label("Ngày họp").fill(day)
    page.get_by_label("Địa điểm").fill("Nhà văn hoá tổ 3")
    page.get_by_label("Chủ trì").fill("Trần Văn Tổ")
    page.get_by_label("Thư ký").fill("Lê Thị Ghi")
    page.get_by_label("Số người dự họp").fill("40")
    page.get_by_label("Số đồng ý chung").fill(common)
    for name, (agreed, why) in against.items():
        row = page.get_by_role("row", name=re.compile(name.replace("_", " ")))
        row.get_by_label(re.compile("Số người đồng ý")).fill(agreed)
        row.get_by_label(re.compile("Ý kiến về hộ")).fill(why)
    page.get_by_role("button", name="Lưu biên bản").click()
    expect(page.get_by_text("Đã ghi biên bản họp")).to_be_visible()


def hang(page, first, last):
    go(page, "Rà soát", "Đợt rà soát")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Niêm yết", exact=True).click()
    page.get_by_label("Niêm yết từ ngày").fill(first)
    page.get_by_label("Đến hết ngày").fill(last)
    page.get_by_role("button", name="Lập danh sách niêm yết").click()
    expect(page.get_by_text("Đã lập danh sách niêm yết")).to_be_visible()


def decide(page, number):
    page.get_by_role("link", name=re.compile("chờ quyết định")).first.click()
    page.get_by_label("Số quyết định").fill(number)
    page.get_by_role("button", name="Ban hành quyết định").click()
    expect(page.get_by_text(re.compile(f"Đã ban hành Quyết định {number}"))).to_be_visible()


def hand_out(page, number):
    go(page, "Rà soát", "Quyết định")
    page.get_by_role("link", name=number).click()
    page.get_by_role("link", name=re.compile("Cấp giấy chứng nhận")).click()
    page.get_by_role("button", name=re.compile("Cấp giấy cho các hộ")).click()
    expect(page.get_by_text(re.compile("Đã cấp [0-9]+ giấy"))).to_be_visible()


def test_a_periodic_round(page, as_, ward, clock, assert_accessible, page_errors):
    page.on("dialog", lambda dialog: dialog.accept())
    area = Area.objects.get(parent=ward)
    dao = make_household(area, head={"full_name": "Nguyễn Thị Đào"})
    make_household(area, head={"full_name": "Lê Văn Bình", "has_insurance": False})
    officer = make_user("officer", area, username="cannbocu")
    submit(make_sheet(make_round(ward, 2025), dao, officer), officer)
    make_status(dao, "poor", date(2025, 12, 10))

    as_("canbo")
    ask(page, "Lê Văn Bình")

    # The supervisor opens the round: the poor of last year and the request are on its list.
    as_("giamngheo")
    go(page, "Rà soát", "Đợt rà soát")
    page.get_by_role("link", name="Mở đợt rà soát").first.click()
    page.get_by_label("Hạn nộp phiếu").fill("15/11/2026")
    assert_accessible(page)
    page.get_by_role("button", name="Mở đợt và lập danh sách").click()
    expect(page.get_by_text("1 hộ đang nghèo, cận nghèo và 1 đơn đề nghị")).to_be_visible()
    assert_accessible(page)

    # Phiếu A for who asked; Phiếu B for both. The old answers are offered and do not count until confirmed.
    as_("canbo")
    go_to(page, "Lê Văn Bình", "Chờ Phiếu A").get_by_role("link", name="Phiếu A").click()
    assert_accessible(page)
    page.get_by_label("Đi tiếp: lập Phiếu B").check()
    page.get_by_role("button", name="Lưu kết quả").click()
    page.get_by_role("button", name="Lập phiếu rà soát").click()
    fill(page, "03/09/2026")
    go_to(page, "Nguyễn Thị Đào", "Chờ Phiếu B").get_by_role("button", name="Lập phiếu").click()
    expect(page.get_by_text("6 câu mang sang từ phiếu")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Điểm B1").fill("150")
    page.get_by_role("button", name="Xác nhận các kết quả máy tính ra").click()
    page.get_by_role("button", name="Nộp phiếu").click()
    expect(page.get_by_text("chưa xác nhận").first).to_be_visible()
    page.get_by_role("button", name="Tất cả vẫn đúng").click()
    page.get_by_role("button", name="Nộp phiếu").click()
    expect(page.get_by_text("Phiếu chờ người khác duyệt")).to_be_visible()

    # The supervisor returns one, the officer corrects it, both are approved.
    as_("giamngheo")
    go_to(page, "Lê Văn Bình", "Chờ duyệt").get_by_role("link", name="Xem phiếu").click()
    page.get_by_label("Nhận xét chung").fill("Hỏi lại thu nhập của con trai")
    page.get_by_role("button", name="Trả lại kèm nhận xét").click()
    as_("canbo")
    go_to(page, "Lê Văn Bình", "Trả lại").get_by_role("link", name="Ghi tiếp").click()
    expect(page.get_by_text("Hỏi lại thu nhập của con trai")).to_be_visible()
    page.get_by_label("Điểm B1").fill("170")
    page.get_by_role("button", name="Nộp phiếu").click()
    as_("giamngheo")
    approve(page, "Lê Văn Bình")
    approve(page, "Nguyễn Thị Đào")

    # The meeting agrees on one and not on the other, whose sheet takes every step again.
    sign_out(page)
    clock.set(date(2026, 9, 7))
    page.goto("about:blank")
    as_("canbo")
    meet(page, "07/09/2026", Lê_Văn_Bình=("12", "Con trai vừa đi làm có lương"))
    expect(page.get_by_text("1 hộ chưa đạt 50 %")).to_be_visible()
    assert_accessible(page)
    go_to(page, "Lê Văn Bình", "Trả lại").get_by_role("link", name="Ghi tiếp").click()
    expect(page.get_by_text("12/40 người đồng ý")).to_be_visible()
    group(page, "loại nhà tiêu nào").get_by_label("Tự hoại, bán tự hoại").check()
    page.get_by_role("button", name="Nộp phiếu").click()
    as_("giamngheo")
    approve(page, "Lê Văn Bình")
    as_("canbo")
    meet(page, "07/09/2026")

    # Both are posted; a neighbour is right about one, and the corrected result is posted again.
    as_("giamngheo")
    hang(page, "08/09/2026", "10/09/2026")
    assert_accessible(page)
    sign_out(page)
    clock.set(date(2026, 9, 9))
    page.goto("about:blank")
    as_("giamngheo")
    go(page, "Rà soát", "Đợt rà soát")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Niêm yết Tổ dân phố 3").click()
    page.get_by_role("link", name="Ghi khiếu nại về hộ Nguyễn Thị Đào").click()
    page.get_by_label("Người khiếu nại").fill("Phan Văn Xóm")
    group(page, "Khiếu nại về").get_by_label("9. Nguồn nước sinh hoạt").check()
    page.get_by_label("Nội dung khiếu nại").fill("Nhà chị Đào đã có nước máy từ tháng 6")
    page.get_by_role("button", name="Nhận khiếu nại").click()
    expect(page.get_by_text("Hạn phúc tra: 14/09/2026")).to_be_visible()
    assert_accessible(page)
    group(page, "Nguồn nước sinh hoạt chính").get_by_label("Nước máy").check()
    page.get_by_label("Sửa theo kết quả phúc tra").check()
    page.get_by_label("Phúc tra thấy gì").fill("Có đồng hồ nước, hoá đơn tháng 7 và 8")
    page.get_by_role("button", name="Ghi kết quả phúc tra").click()
    expect(page.get_by_role("row", name=re.compile("Nguồn nước.*Nước máy"))).to_be_visible()
    hang(page, "10/09/2026", "14/09/2026")

    # The province agrees, the chair decides, the papers are handed out.
    sign_out(page)
    clock.set(date(2026, 9, 21))
    page.goto("about:blank")
    as_("giamngheo")
    go(page, "Rà soát", "Đợt rà soát")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Xin ý kiến tỉnh").click()
    page.get_by_label("Số báo cáo").fill("112/BC-UBND")
    page.get_by_role("button", name="Ghi đã gửi báo cáo").click()
    assert_accessible(page)
    page.get_by_label("Thống nhất").check()
    page.get_by_label("Số văn bản trả lời").fill("88/UBND-VX")
    page.get_by_role("button", name="Lưu trả lời").click()
    expect(page.get_by_text("Đã ghi trả lời của tỉnh")).to_be_visible()
    as_("chutich")
    decide(page, "05/QĐ-UBND")
    as_("giamngheo")
    hand_out(page, "05/QĐ-UBND")
    go(page, "Rà soát", "Giấy chứng nhận")
    expect(page.get_by_role("row", name="1/GCN-UBND")).to_be_visible()
    assert_accessible(page)

    classes = dict(Status.objects.filter(valid_to=None).values_list("household__head_name", "classification"))
    assert classes == {"Nguyễn Thị Đào": "near_poor", "Lê Văn Bình": "poor"}
    assert set(Sheet.objects.filter(round__year=2026).values_list("state", flat=True)) == {"certified"}
    _no_other_complaints(page_errors)


def test_a_regular_round(page, as_, ward, clock, page_errors):
    page.on("dialog", lambda dialog: dialog.accept())
    area = Area.objects.get(parent=ward)
    make_household(area, head={"full_name": "Lê Văn Bình", "has_insurance": False})
    clock.set(date(2026, 5, 12))
    as_("canbo")
    ask(page, "Lê Văn Bình")
    sign_out(page)
    clock.set(date(2026, 5, 15))
    page.goto("about:blank")
    as_("giamngheo")
    go(page, "Rà soát", "Đợt rà soát")
    page.get_by_role("link", name="Mở đợt rà soát").first.click()
    page.get_by_role("link", name="Mở đợt thường xuyên").click()
    expect(page.get_by_label("Hạn ban hành quyết định")).to_have_value("30/05/2026")
    page.get_by_role("button", name="Mở đợt và lập danh sách").click()
    expect(page.get_by_text("0 hộ đang nghèo, cận nghèo và 1 đơn đề nghị")).to_be_visible()
    as_("canbo")
    go_to(page, "Lê Văn Bình", "Chờ Phiếu A").get_by_role("link", name="Phiếu A").click()
    page.get_by_label("Đi tiếp: lập Phiếu B").check()
    page.get_by_role("button", name="Lưu kết quả").click()
    page.get_by_role("button", name="Lập phiếu rà soát").click()
    fill(page, "15/05/2026")
    as_("giamngheo")
    approve(page, "Lê Văn Bình")
    sign_out(page)
    clock.set(date(2026, 5, 18))
    page.goto("about:blank")
    as_("canbo")
    meet(page, "18/05/2026")
    as_("giamngheo")
    hang(page, "19/05/2026", "21/05/2026")
    sign_out(page)
    clock.set(date(2026, 5, 22))
    page.goto("about:blank")
    as_("chutich")
    decide(page, "31/QĐ-UBND")
    as_("giamngheo")
    hand_out(page, "31/QĐ-UBND")
    assert Sheet.objects.get().state == "certified"
    assert Status.objects.get().classification == "poor"
    _no_other_complaints(page_errors)


def _no_other_complaints(page_errors):
    """A page that names what is open answers 422, and so does an autosave overtaken by handing in."""
    page_errors[:] = [each for each in page_errors if "422" not in each]
