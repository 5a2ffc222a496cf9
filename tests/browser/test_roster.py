"""A roster of 250 in a browser: a ward's own list brought in, mended, split, frozen for its decision, and a file taken back."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook
from openpyxl.styles import Font
from playwright.sync_api import expect

from tests.browser.people import go, sign_in
from tests.browser.shown import fits, settled
from tests.factories import make_user, make_ward
from tests.nasty.codings import as_loose_marks, as_tcvn3
from tests.trainings.factories import make_class, make_course, make_trainee, make_unit
from trainings.models import Trainee

pytestmark = pytest.mark.django_db(transaction=True)

FAMILIES = (
    "Nguyễn Văn", "Trần Đức", "Lê Thị", "Phạm Ngọc", "Hồ Thị", "Võ Quang", "Đặng Thị", "Bùi Xuân", "Dương Thị", "Phan Bá",
)  # fmt: skip
GIVEN = (
    "An", "Ánh", "Bình", "Cúc", "Dũng", "Đào", "Giang", "Hà", "Hoà", "Khánh", "Lan", "Lộc", "Mai",
    "Nga", "Nghĩa", "Oanh", "Phúc", "Quý", "Sơn", "Tâm", "Thảo", "Trang", "Út", "Vinh", "Yến",
)  # fmt: skip
UNITS = 25
OLD_FONT, FROM_A_MAC, TWICE = 10, 20, 30  # which persons of the list
FAULTS = {40: ("year", "năm ngoái"), 50: ("phone", "09123"), 60: ("position", "Bảo vệ chợ")}


def people():
    """250 of 25 units; every name with its year is somebody else."""
    for at in range(250):
        name = f"{FAMILIES[at // UNITS]} {GIVEN[at % UNITS]}"
        yield {
            "name": name, "year": 1960 + at // UNITS, "position": "Tổ trưởng", "unit": f"TDP {at % UNITS + 1}",
            "work": "Giảm nghèo" if at % 2 else "Tuyên truyền", "phone": f"09{at:08d}",
        }  # fmt: skip


def list_of_the_ward(path, rows, title="DANH SÁCH HỌC VIÊN THAM GIA LỚP TẬP HUẤN"):
    """As wards keep it: a title, the year of birth in two columns under one heading, odd units."""
    book = Workbook()
    page = book.active
    page.append(["UỶ BAN NHÂN DÂN PHƯỜNG THÀNH SEN"])
    page.append([title])
    page.append(["TT", "Họ và tên", "Năm sinh", None, "Chức vụ", "Đơn vị", "Mảng việc", "Số ĐT"])
    page.append([None, None, "Nam", "Nữ", None, None, None, None])
    for place in ("A1:H1", "A2:H2", "C3:D3", "A3:A4", "B3:B4", "E3:E4", "F3:F4", "G3:G4", "H3:H4"):
        page.merge_cells(place)
    for number, each in enumerate(rows, 1):
        is_woman = " Thị " in each["name"]
        years = [None, each["year"]] if is_woman else [each["year"], None]
        page.append(
            [number, each["name"], *years, each["position"], each["unit"], each["work"], each["phone"]]
        )
        if each.get("font"):
            for cell in page[page.max_row]:
                cell.font = Font(name=each["font"])
    found = BytesIO()
    book.save(found)
    path.write_bytes(found.getvalue())
    return path


def of_the_ward():
    """(rows as they came, rows with what was wrong mended)."""
    sound = list(people())
    for at in (OLD_FONT,):
        sound[at] = {**sound[at], "font": ".VnTime"} | {
            name: as_tcvn3(sound[at][name]) for name in ("name", "position", "unit", "work")
        }
    sound[FROM_A_MAC] = {**sound[FROM_A_MAC], "name": as_loose_marks(sound[FROM_A_MAC]["name"])}
    came = [{**each, FAULTS[at][0]: FAULTS[at][1]} if at in FAULTS else each for at, each in enumerate(sound)]
    return [*came, {**sound[TWICE], "phone": None}], sound


@pytest.fixture
def course(db, live_server):
    ward = make_ward()
    make_user("admin", ward, username="quantri", full_name="Phan Thị Sáu")
    course = make_course(ward, seats=260)
    for number in (1, 2):
        make_class(course, name=f"Lớp {number}", number=number, capacity=130)
    units = [
        make_unit(ward, name=f"Tổ dân phố {number}") for number in range(1, UNITS)
    ]  # the last is missing
    first = next(people())
    make_trainee(
        course, full_name=first["name"], birth_year=first["year"], sex="male", unit=units[0], group="communication",
        phone="0912345678",
    )  # fmt: skip
    return course


def send(page, path):
    page.get_by_label("Tệp Excel").set_input_files(path)
    page.get_by_role("button", name="Nạp và kiểm tra").click()


def rows(page):
    return page.locator("tbody tr")


def test_a_roster_of_250(page, live_server, course, tmp_path, assert_accessible):
    def looked_at():
        assert_accessible(page)
        fits(page)

    came, mended = of_the_ward()
    sign_in(page, live_server, "quantri")
    go(page, "Tập huấn", "Khoá tập huấn")
    page.get_by_role("link", name=course.name).click()
    page.get_by_role("navigation", name="Các trang của khoá").get_by_role("link", name="Học viên").click()
    looked_at()
    page.get_by_role("link", name="Nạp từ Excel").first.click()
    looked_at()
    send(page, list_of_the_ward(tmp_path / "ds-hoc-vien.xlsx", came))

    expect(page.get_by_role("heading", name="Cột nào là gì?")).to_be_visible()
    looked_at()
    page.get_by_label("G: Mảng việc").select_option(label="Nhóm")
    page.get_by_role("button", name="Đọc và kiểm tra").click()
    expect(page.get_by_text("1 đơn vị trong tệp chưa có trên cổng")).to_be_visible()
    looked_at()
    page.get_by_role("button", name="Thêm 1 đơn vị này").click()
    expect(page.get_by_text("Đã thêm 1 đơn vị.")).to_be_visible()
    expect(page.get_by_text("246 mới, 1 thay đổi, 0 giống danh sách.")).to_be_visible()
    expect(page.get_by_text("3 dòng có lỗi")).to_be_visible()
    looked_at()
    page.get_by_role("link", name="Có lỗi", exact=True).click()
    expect(rows(page)).to_have_count(3)
    for told in ("năm ngoái", "09123", "Bảo vệ chợ"):
        expect(page.get_by_role("table").get_by_text(told)).to_be_visible()
    looked_at()
    page.get_by_role("link", name="Thay đổi", exact=True).click()
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("0912345678 → 0900000000")
    looked_at()
    page.get_by_role("link", name="Có điều đã đổi khi đọc", exact=True).click()
    expect(page.get_by_text("TCVN3").first).to_be_visible()
    looked_at()
    page.get_by_role("link", name="Cần quyết định", exact=True).click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_text("Trùng họ tên, năm sinh và đơn vị với dòng 35 của tệp.")).to_be_visible()
    looked_at()
    page.get_by_role("button", name="Bỏ qua", exact=True).click()
    expect(page.get_by_text("1 dòng bỏ qua.")).to_be_visible()
    page.get_by_role("button", name="Ghi 247 người vào danh sách").click()
    expect(page.get_by_text("Đã ghi danh sách.")).to_be_visible()
    looked_at()
    assert Trainee.objects.count() == 247

    page.get_by_role("link", name="Các tệp đã nạp").click()
    looked_at()
    send(page, list_of_the_ward(tmp_path / "ds-da-sua.xlsx", mended))  # the columns are known by now
    expect(page.get_by_text("3 mới, 0 thay đổi, 247 giống danh sách.")).to_be_visible()
    looked_at()
    page.get_by_role("button", name="Ghi 3 người vào danh sách").click()
    page.get_by_role("link", name="Xem danh sách").click()
    expect(page.get_by_text("250 học viên")).to_be_visible()
    shown = page.locator("tbody th a").all_text_contents()
    assert shown == list(Trainee.objects.in_order().values_list("full_name", flat=True)[:50])
    assert [each.split()[-1] for each in (*shown[:10], *shown[10:20])] == ["An"] * 10 + ["Ánh"] * 10
    looked_at()

    page.get_by_role("link", name="Chia lớp").click()
    expect(page.get_by_role("heading", name="Lớp 1: 130/130 chỗ")).to_be_visible()
    expect(page.get_by_role("heading", name="Lớp 2: 120/130 chỗ")).to_be_visible()
    expect(page.get_by_text("đơn vị ở nhiều lớp")).to_have_count(0)
    looked_at()
    page.get_by_role("button", name="Xếp 250 học viên vào lớp như trên").click()
    expect(page.get_by_text("Đã xếp lớp cho 250 học viên.")).to_be_visible()
    sitting = {each.name: each.trainees.count() for each in course.classes.all()}
    assert sitting == {"Lớp 1": 130, "Lớp 2": 120}
    assert Trainee.objects.values("unit", "training_class").distinct().count() == UNITS

    mover = rows(page).filter(has=page.get_by_role("cell", name="Lớp 1", exact=True)).first
    name = mover.get_by_role("link").first.text_content()
    mover.get_by_role("checkbox").check()
    page.get_by_label("Chuyển người đã đánh dấu vào").select_option(label="Lớp 2 (120/130)")
    page.get_by_role("button", name="Chuyển lớp").click()
    expect(page.get_by_text("Đã chuyển 1 học viên vào Lớp 2.")).to_be_visible()
    moved = rows(page).filter(has=page.get_by_role("link", name=name, exact=True)).first
    expect(moved.get_by_role("cell", name="Lớp 2", exact=True)).to_be_visible()
    looked_at()

    page.get_by_role("link", name="Theo quyết định").click()
    looked_at()
    page.get_by_role("link", name="Chốt danh sách theo quyết định").click()
    page.get_by_label("Số quyết định").fill("120/QĐ-UBND")
    page.get_by_label("Ngày quyết định").fill("20/11/2026")
    page.get_by_label("Người ký").fill("Trần Văn Ổn")
    looked_at()
    page.get_by_role("button", name="Chốt danh sách").click()
    expect(page.get_by_text("Danh sách hiện nay vẫn đúng như quyết định.")).to_be_visible()
    looked_at()
    page.get_by_role("navigation", name="Các trang của khoá").get_by_role("link", name="Học viên").click()
    page.get_by_role("link", name="Thêm học viên").click()
    looked_at()
    page.get_by_label("Họ và tên").fill("Võ Văn Muộn")
    for label, value in {
        "Đơn vị": "Tổ dân phố 7", "Chức vụ": "Bí thư chi bộ", "Nhóm": "Giảm nghèo", "Giới tính": "Nam", "Lớp": "Lớp 2",
    }.items():  # fmt: skip
        page.get_by_role("combobox", name=label).select_option(label=value)
    page.get_by_role("button", name="Ghi danh").click()
    expect(page.get_by_text("Đã ghi danh Võ Văn Muộn.")).to_be_visible()
    page.get_by_role("link", name="Theo quyết định").click()
    looked_at()
    page.get_by_role("link", name="120/QĐ-UBND").click()
    expect(page.get_by_text("Thêm 1 người:")).to_be_visible()
    expect(page.get_by_role("link", name="Võ Văn Muộn")).to_be_visible()
    expect(rows(page)).to_have_count(250)
    looked_at()

    page.goto(live_server.url + reverse("roster_imports", args=[course.pk]))
    wrong = [{**next(people()), "name": name, "phone": None} for name in ("Trịnh Văn Nhầm", "Trịnh Thị Lạc")]
    send(page, list_of_the_ward(tmp_path / "khoa-khac.xlsx", wrong))
    page.get_by_role("button", name="Ghi 2 người vào danh sách").click()
    settled(page)
    assert Trainee.objects.count() == 253
    page.get_by_role("link", name="Hoàn tác tệp này…").click()
    looked_at()
    page.get_by_label("Lý do hoàn tác").fill("danh sách của khoá khác")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác 2 dòng.")).to_be_visible()
    looked_at()
    assert Trainee.objects.present_on_roster().count() == 251
    page.get_by_role("link", name="Các tệp đã nạp").click()
    expect(page.get_by_role("row", name="khoa-khac.xlsx")).to_contain_text("Đã hoàn tác")
