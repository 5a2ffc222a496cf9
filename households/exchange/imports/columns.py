"""The columns of the lists that are brought in, in the order of their templates."""

from functools import cache

from households.exchange.imports import choices, days
from households.exchange.imports.cells import code, codes, full_name, name, text
from households.exchange.imports.column import A_DAY, AREA, AREA_CODE, HOUSEHOLD_CODE, LISTED, Column
from households.exchange.imports.figures import lacking, whole
from households.exchange.imports.household_columns import HOUSEHOLDS
from households.exchange.imports.ids import cccd

STATUSES = (
    HOUSEHOLD_CODE,
    Column(
        "head", "Chủ hộ", full_name, "household",
        "ho va ten chu ho, ho ten chu ho, ten chu ho, ho va ten, ho ten, ho gia dinh, chu ho gia dinh, ho va ten ch",
        "Họ và tên chủ hộ, để tìm hộ khi không có mã hộ.", 24,
    ),
    Column(
        "cccd", "CCCD chủ hộ", cccd, "household",
        "cccd, so cccd, so cccd chu ho, can cuoc, so can cuoc, so dinh danh, so dinh danh ca nhan, cccd cmnd, "
        "so can cuoc cong dan, can cuoc cong dan, so cccd cua chu ho, cccd cua chu ho",
        "12 chữ số, giữ cả số 0 ở đầu; để tìm hộ khi không có mã hộ.", 15,
    ),
    AREA,
    AREA_CODE,
    Column(
        "classification", "Phân loại", choices.classification, "status",
        "loai ho, phan loai ho, dien, dien ho, doi tuong, ket qua phan loai, ho ngheo can ngheo, ket qua, ket qua ra soat, loai, "
        "ngheo can ngheo, dien ho ngheo, ho ngheo ho can ngheo",
        "Theo quyết định. " + LISTED, 22, choices.CLASSIFICATION, required=True,
    ),
    Column(
        "number", "Số quyết định", text, "status",
        "qd so, so qd, quyet dinh so, quyet dinh, theo quyet dinh, theo quyet dinh so, can cu quyet dinh, so quyet dinh cong nhan",
        "Chép nguyên văn, ví dụ 128/QĐ-UBND.", 18, required=True,
    ),
    Column(
        "date", "Ngày quyết định", days.day, "status",
        "ngay qd, ngay thang nam qd, ngay thang nam quyet dinh, ngay ky, ngay ban hanh, ngay thang quyet dinh, ngay ky quyet dinh, ngay cong nhan, ngay quyet dinh cong nhan",
        A_DAY, 13, required=True, is_day=True,
    ),
    Column(
        "signer", "Người ký", name, "status", "nguoi ky quyet dinh, ho ten nguoi ky, nguoi ky qd",
        "Họ và tên người ký quyết định.", 22,
    ),
    Column(
        "size", "Số nhân khẩu", whole, "status",
        "nhan khau, so khau, khau, tong so nhan khau, so nguoi, so nguoi trong ho, so thanh vien, so nhan khau trong ho, so khau trong ho, nk",
        "Số người của hộ khi quyết định.", 10, is_number=True,
    ),
    Column(
        "lacking", "Chỉ số thiếu hụt", lacking, "status",
        "cac chi so thieu hut, cac chi so thieu hut dvxhcb, chi so thieu hut dvxhcb, thieu hut, chi so thieu hut dich vu xa hoi co ban, cac chi so thieu hut dich vu xa hoi co ban",
        "Số thứ tự từ 1 đến 12 cách nhau dấu phẩy, ví dụ 1, 3, 7. Không thiếu chỉ số nào: ghi Không.", 18,
    ),
)  # fmt: skip
TOTALS = (
    AREA_CODE,
    AREA,
    Column("year", "Năm", days.year, "total", "nam so lieu, so lieu nam, nam bao cao", "Năm của số liệu.", 8, required=True),
    Column(
        "households", "Số hộ", whole, "total",
        "ho, tong ho, tong so ho, so ho dan, tong so ho dan, so ho dan cu, tong so ho dan cu", "", 10, required=True, is_number=True,
    ),
    Column(
        "people", "Số nhân khẩu", whole, "total",
        "khau, so khau, tong khau, tong so khau, nhan khau, tong nhan khau, tong so nhan khau, dan so, so nguoi",
        "", 12, required=True, is_number=True,
    ),
    Column(
        "minority_households", "Số hộ dân tộc thiểu số", whole, "total",
        "dtts, ho dtts, so ho dtts, tong so ho dtts, tong ho dtts, ho dan toc thieu so, tong so ho dan toc thieu so, "
        "so ho nguoi dan toc thieu so, ho nguoi dan toc thieu so",
        "Để trống nếu chưa có số liệu; không có hộ nào thì ghi 0.", 14, is_number=True,
    ),
    Column(
        "source", "Nguồn số liệu", text, "total", "nguon, can cu so lieu, nguon so",
        "Ví dụ: báo cáo dân số của phường ngày 31/12/2025.", 34,
    ),
)  # fmt: skip
AREAS = (
    Column("code", "Mã", code, "area", "ma to, ma tdp, ma to dan pho, ma so, ma so tdp, ma dia ban", "Chữ, số, dấu chấm hoặc gạch.", 14, required=True),
    Column("name", "Tên", text, "area", AREA.aliases.replace(", khu vuc", "") + ", to dan pho", "Ví dụ: Tổ dân phố 1.", 30, required=True),
    Column(
        "ward_code", "Mã phường", code, "area", "ma phuong xa, ma xa, ma xa phuong, ma dvhc, thuoc phuong, ma don vi hanh chinh",
        "Để trống: phường đang nhập.", 12,
    ),
    Column("area_type", "Khu vực", choices.area_type, "area", "loai khu vuc, thanh thi nong thon, khu vuc thanh thi nong thon", LISTED, 13, choices.AREA_TYPE),
    Column(
        "valid_from", "Có từ ngày", days.day, "area", "tu ngay, ngay bat dau, ngay thanh lap, hieu luc tu, co hieu luc tu ngay",
        A_DAY, 13, required=True, is_day=True,
    ),
    Column(
        "valid_to", "Không còn kể từ ngày", days.day, "area", "den ngay, den truoc ngay, ngay ket thuc, ngay het hieu luc",
        "Chỉ ghi cho nơi đã sắp xếp. " + A_DAY, 15, is_day=True,
    ),
    Column(
        "predecessors", "Mã các nơi trước", codes, "area", "hinh thanh tu, ma cac noi cu, noi truoc, tu cac noi, ma cu",
        "Mã của các nơi cũ đã nhập hoặc tách thành nơi này, cách nhau dấu chấm phẩy.", 26,
    ),
)  # fmt: skip
KINDS: dict[str, tuple[Column, ...]] = {
    "households": HOUSEHOLDS,
    "statuses": STATUSES,
    "totals": TOTALS,
    "areas": AREAS,
}
BY_NAME = {kind: {column.name: column for column in columns} for kind, columns in KINDS.items()}
_OF_OTHERS: dict[str, tuple[Column, ...]] = {}


def add_kind(kind: str, columns: tuple[Column, ...]) -> None:
    """A kind of list of another wing, read as ours are. KINDS stays the kinds of the register."""
    _OF_OTHERS[kind] = columns


def columns_of(kind: str) -> tuple[Column, ...]:
    return KINDS.get(kind) or _OF_OTHERS[kind]


@cache
def by_name(kind: str) -> dict[str, Column]:
    return BY_NAME.get(kind) or {column.name: column for column in _OF_OTHERS[kind]}
