"""The columns of the register of households: one line a person, as the template and the official lists have them."""

from households.exchange.imports import choices, days
from households.exchange.imports.cells import Given, Raw, Taken, code, full_name, group, text
from households.exchange.imports.column import (
    A_DAY,
    AREA,
    AREA_CODE,
    HOUSEHOLD_CODE,
    LISTED,
    YES_OR_NO,
    Column,
    Fields,
    Of,
)
from households.exchange.imports.figures import decimal, is_mark, yes_no
from households.exchange.imports.ids import cccd, number, old_id, phone

MARKED = "x"  # a cross under Nam or Nữ, in place of a year


def born(value: Raw, given: Given) -> Taken:
    """Under Nam or Nữ: a day or a year of birth, or a cross."""
    return Taken(MARKED) if is_mark(value) else days.birth(value, given)


def _born_a(sex: str) -> Fields:
    return lambda taken: {"sex": sex} | ({} if taken == MARKED else days.fields_of_birth(taken))


def _flag(name: str, heading: str, of: Of, aliases: str, hint: str = YES_OR_NO, width: float = 13) -> Column:
    return Column(name, heading, yes_no, of, aliases, hint, width, choices.YES_NO)


HOUSEHOLDS = (
    HOUSEHOLD_CODE,
    Column(
        "order", "Số hộ", group, "household",
        "so thu tu ho, stt ho, tt ho, ho so, ho thu, so tt ho, thu tu ho, nhom ho",
        "Số nào cũng được: các dòng cùng số là một hộ.", 8,
    ),
    AREA,
    AREA_CODE,
    Column(
        "address", "Địa chỉ", text, "household",
        "dia chi thuong tru, noi cu tru, dia chi cu tru, noi o, cho o, noi o hien tai, cho o hien nay, dia chi noi o, noi thuong tru, so nha, "
        "dia chi ho, dia chi hien tai, duong pho, so nha duong",
        "Số nhà, đường hoặc ngõ. Số nhà như 12/5: gõ trong ô kiểu Văn bản.", 24,
    ),
    Column(
        "phone", "Điện thoại", phone, "household", "so dien thoai, dt, sdt, so dt, dien thoai lien he, so dien thoai lien he, so dt lien he, dtdd, di dong",
        "10 chữ số, giữ cả số 0 ở đầu.", 13,
    ),
    Column(
        "livelihood", "Sinh kế chính", choices.livelihood, "household",
        "sinh ke, nghe chinh, nguon song chinh, nguon thu chinh, nganh nghe chinh, nghe nghiep chinh cua ho",
        LISTED, 18, choices.LIVELIHOOD,
    ),
    Column(
        "housing", "Loại nhà", choices.housing, "household", "nha o, loai nha o, tinh trang nha o, tinh trang nha",
        LISTED, 20, choices.HOUSING,
    ),
    Column(
        "floor_area", "Diện tích nhà ở (m²)", decimal, "household",
        "dien tich, dien tich nha, dien tich nha o, dien tich nha o m2, dt nha o, dien tich san, dien tich o, tong dien tich nha o",
        "Số mét vuông sàn, ví dụ 45,5.", 12,
    ),
    _flag(
        "no_labour", "Không có khả năng lao động", "household",
        "ho khong co kha nang lao dong, khong con kha nang lao dong, ho khong co lao dong, khong co kha nang ld",
        "Cả hộ không ai có khả năng lao động. " + YES_OR_NO,
    ),
    _flag(
        "merit", "Có người có công với cách mạng", "household",
        "nguoi co cong, ho co cong, ncc, ho ncc, co nguoi co cong, ho co nguoi co cong, chinh sach, ho nguoi co cong, "
        "ho co nguoi co cong voi cach mang, nguoi co cong voi cach mang",
    ),
    _flag(
        "social_protection", "Hộ bảo trợ xã hội", "household",
        "bao tro xa hoi, btxh, ho btxh, bao tro, doi tuong btxh, doi tuong bao tro xa hoi, ho chinh sach btxh",
    ),
    Column("note", "Ghi chú", text, "household", "ghi chu khac, luu y, dien giai, chu thich", "Ghi chú về hộ.", 20),
    Column(
        "opened_date", "Vào sổ ngày", days.day, "household", "ngay vao so, ngay dua vao so, ngay lap so",
        f"Hộ mới đưa vào sổ từ ngày nào. {A_DAY} Để trống: ngày nhập tệp.", 13, is_day=True,
    ),
    Column(
        "member", "Mã người", number, "person", "ma nhan khau, ma so nguoi, id, ma thanh vien, ma nguoi trong so",
        "Mã trong tệp xuất từ cổng, không sửa. Người chưa có trong sổ thì để trống.", 11,
    ),
    Column(
        "full_name", "Họ và tên", full_name, "person",
        "ho ten, hoten, ten, ho va ten chu ho thanh vien, ho ten chu ho thanh vien, thanh vien, ten thanh vien, ho va ten thanh vien, ho ten thanh vien, ho va ten cac thanh vien, "
        "ho va ten nhan khau, ho ten nhan khau, ho va ten chu ho, ho ten chu ho, ho va ten chu ho va thanh vien, "
        "ho ten chu ho va thanh vien, ho ten chu ho va cac thanh vien, ho va ten chu ho va cac thanh vien, "
        "ho va ten chu ho va cac thanh vien trong ho, ho va ten chu ho va cac thanh vien trong ho gia dinh, "
        "ho va ten cac thanh vien trong ho, ho va ten cac thanh vien trong ho gia dinh, ho va ten nguoi trong ho, "
        "ho ten cac thanh vien, ho va ten chu ho cac thanh vien trong ho, ho va ten nguoi, ho va ten khai sinh, "
        "ho chu dem va ten khai sinh, ho chu dem va ten",
        "Mỗi người một dòng.", 24, required=True,
    ),
    Column(
        "relationship", "Quan hệ với chủ hộ", choices.relationship, "person",
        "quan he, qh, qh voi chu ho, moi quan he, quan he chu ho, quan he voi ch, moi quan he voi chu ho, quan he ch, "
        "quan he gia dinh",
        "Mỗi hộ có đúng một chủ hộ. " + LISTED, 19, choices.RELATIONSHIP,
    ),
    Column(
        "sex", "Giới tính", choices.sex, "person", "gioi, nam nu, phai, gioi tinh nam nu, gt", LISTED, 9, choices.SEX
    ),
    Column(
        "birth", "Ngày sinh", days.birth, "person",
        "ngay thang nam sinh, ngay sinh hoac nam sinh, sinh ngay, ntns, ngay thang nam sinh dd mm yyyy, nam thang ngay sinh, "
        "ngay thang sinh, ngay sinh nam sinh, nam sinh ngay sinh, ngay sinh dd mm yyyy, ngay nam sinh",
        "05/12/1980; không rõ ngày thì chỉ ghi năm: 1980.", 12, fills=days.fields_of_birth, is_day=True,
    ),
    Column(
        "birth_year", "Năm sinh", days.birth, "person", "ns, nam sinh yyyy, sinh nam", "", 9, is_offered=False,
        fills=days.fields_of_birth, is_day=True,
    ),
    Column(
        "born_male", "Năm sinh (nam)", born, "person",
        "nam, nam sinh nam, ngay sinh nam, ngay thang nam sinh nam, gioi tinh nam, gioi nam, nam gioi, nam x, sinh nam nam, ntns nam",
        is_offered=False, fills=_born_a("male"), is_day=True,
    ),
    Column(
        "born_female", "Năm sinh (nữ)", born, "person",
        "nu, nam sinh nu, ngay sinh nu, ngay thang nam sinh nu, gioi tinh nu, gioi nu, nu gioi, nu x, sinh nam nu, ntns nu",
        is_offered=False, fills=_born_a("female"), is_day=True,
    ),
    Column(
        "cccd", "Số CCCD", cccd, "person",
        "cccd, can cuoc, so can cuoc, can cuoc cong dan, so can cuoc cong dan, so dinh danh, so dinh danh ca nhan, ma dinh danh, "
        "ddcn, so ddcn, cccd cmnd, so cccd cmnd, cmnd cccd, so cmnd cccd, cccd ddcn, so cccd ddcn, so dinh danh ca nhan cccd, so dinh danh cccd, so cmt cccd, so giay to, "
        "cccd so dinh danh, so cccd so dinh danh ca nhan, ma so dinh danh ca nhan, so cccd so dinh danh, ma dinh danh ca nhan",
        "12 chữ số, giữ cả số 0 ở đầu. Cột này là kiểu Văn bản.", 15,
    ),
    Column(
        "cccd_note", "Lý do CCCD không khớp", text, "person", "ly do khong khop, ly do so cccd khong khop",
        "Chỉ ghi khi số CCCD không khớp giới tính, năm sinh mà giấy tờ đúng như vậy.", 20,
    ),
    Column(
        "old_id", "Số CMND cũ", old_id, "person",
        "cmnd, so cmnd, cmt, so cmt, cmtnd, cmnd cu, so chung minh nhan dan, chung minh nhan dan, cmnd 9 so, cmt cu",
        "9 chữ số, giữ cả số 0 ở đầu.", 12,
    ),
    Column(
        "ethnicity", "Dân tộc", choices.ethnicity, "person", "dt toc, ten dan toc, thanh phan dan toc, dan toc gi",
        LISTED, 12, choices.ETHNICITY,
    ),
    Column(
        "schooling", "Đang học", choices.schooling, "person",
        "tinh trang di hoc, bac dang hoc, cap hoc, bac hoc, dang di hoc, lop dang hoc, dang hoc lop, cap hoc hien tai",
        "Bậc đang theo học. " + LISTED, 20, choices.SCHOOLING,
    ),
    Column(
        "education", "Bằng cấp cao nhất", choices.education, "person",
        "bang cap, trinh do, trinh do van hoa, trinh do hoc van, tdvh, trinh do giao duc, bang cap chung chi cao nhat",
        LISTED, 20, choices.EDUCATION,
    ),
    _flag(
        "employer_trained", "Được người sử dụng lao động đào tạo, xác nhận", "person",
        "duoc dao tao, dao tao tai doanh nghiep, doanh nghiep dao tao", YES_OR_NO, 16,
    ),
    Column(
        "work", "Việc làm", choices.work, "person",
        "tinh trang viec lam, cong viec, nghe nghiep, viec lam hien nay, nghe nghiep hien tai, nghe nghiep viec lam, nghe, viec lam hien tai",
        "Người dưới 15 tuổi để trống. " + LISTED, 34, choices.WORK,
    ),
    _flag(
        "has_insurance", "Có BHYT", "person",
        "bhyt, bao hiem y te, the bhyt, co the bhyt, tham gia bhyt, co bao hiem y te, the bao hiem y te, tinh trang bhyt",
    ),
    _flag(
        "undernourished", "Suy dinh dưỡng (thấp còi hoặc nhẹ cân)", "person",
        "suy dinh duong, tre suy dinh duong, thap coi, sdd, dinh duong, thap coi hoac nhe can",
        "Chỉ ghi cho trẻ dưới 16 tuổi. " + YES_OR_NO, 15,
    ),
    _flag(
        "has_disability", "Khuyết tật", "person", "nguoi khuyet tat, nkt, tan tat, tinh trang khuyet tat, co khuyet tat"
    ),
    _flag(
        "has_monthly_allowance", "Hưởng trợ cấp xã hội hằng tháng", "person",
        "tro cap xa hoi, tro cap hang thang, tro cap xa hoi hang thang, tro cap, huong tro cap, huong tro cap hang thang, "
        "huong tcxh hang thang, tcxh",
    ),
    Column(
        "stamp", "Phiên bản", code, "person", "version", "Có trong tệp xuất từ cổng, không sửa.", is_offered=False
    ),
)  # fmt: skip
