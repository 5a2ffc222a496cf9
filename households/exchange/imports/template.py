"""The workbooks to fill in: one sheet to write in, one that says how, one of an invented example."""

from households.exchange.imports.columns import BY_NAME, KINDS
from thanhsen.workbook import Fill, write_plain

SHEETS = {
    "households": "Hộ và nhân khẩu",
    "statuses": "Phân loại các năm",
    "totals": "Số hộ, số nhân khẩu",
    "areas": "Tổ dân phố",
}
COMMON = (
    "Chỉ ghi vào trang đầu của tệp này, từ dòng 2. Trang “Ví dụ” là số liệu bịa để xem cách ghi, không được nạp.",
    "Ô có danh sách thì chọn trong danh sách. Bấm vào một ô để xem lời nhắc.",
    "Ngày ghi theo thứ tự ngày/tháng/năm, đủ bốn chữ số của năm: 05/12/1980.",
    "Ô hỏi có hay không: ghi Có hoặc Không. Chưa biết thì để trống.",
    "Không gộp ô, không dùng công thức, không đổi tên cột. Cột không dùng thì để trống hoặc xoá cả cột.",
    "Gõ bằng phông Unicode (Times New Roman, Arial).",
    "Nạp xong, cổng kiểm từng dòng và cho xem trước: dòng mới, dòng thay đổi, dòng sai. Chưa có gì vào sổ cho đến khi bấm “Ghi vào sổ”, và sau đó vẫn hoàn tác được.",
)
GUIDES = {
    "households": (
        "Cách ghi hộ và nhân khẩu",
        "Mỗi người một dòng.",
        "Các dòng của một hộ có cùng “Số hộ” (1, 2, 3…). Hộ đã có trong sổ thì ghi “Mã hộ”, không cần “Số hộ”.",
        "Mỗi hộ có đúng một người là “Chủ hộ” ở cột “Quan hệ với chủ hộ”.",
        "Điều chung của hộ (tổ dân phố, địa chỉ, nhà ở…) chỉ cần ghi ở một dòng, thường là dòng của chủ hộ.",
        "Để trống: giữ nguyên điều đang có trong sổ. Muốn xoá một điều thì sửa ở trang của hộ trên cổng.",
        "Số CCCD là 12 chữ số, giữ cả số 0 ở đầu; cột này là kiểu Văn bản nên Excel không làm mất số 0. Số CMND cũ là 9 chữ số.",
        "Chỉ biết năm sinh thì ghi bốn chữ số của năm vào cột “Ngày sinh”: 1980.",
        *COMMON,
    ),
    "statuses": (
        "Cách ghi phân loại của các năm trước",
        "Mỗi hộ, mỗi quyết định một dòng: hộ có quyết định ba năm thì ghi ba dòng.",
        "Hộ phải có trong sổ. Ghi “Mã hộ”; không có mã thì ghi CCCD của chủ hộ, hoặc tên chủ hộ và tổ dân phố.",
        "Số quyết định, ngày quyết định chép theo văn bản. Các dòng cùng số và ngày là một quyết định.",
        "Phân loại là kết quả của quyết định. “Thoát nghèo” không phải một phân loại: ghi Hộ cận nghèo hoặc Không nghèo.",
        "Chỉ số thiếu hụt: ghi số thứ tự của chỉ số trong chuẩn nghèo khi đó, cách nhau dấu phẩy: 1, 3, 7. Không thiếu chỉ số nào thì ghi Không; không rõ thì để trống.",
        *COMMON,
    ),
    "totals": (
        "Cách ghi tổng số hộ, số nhân khẩu",
        "Mỗi tổ dân phố, mỗi năm một dòng. Không ghi dòng tổng cộng.",
        "Ghi mã hoặc tên tổ dân phố, đúng như trong phần Địa bàn.",
        "Số ghi bằng chữ số. Số hộ dân tộc thiểu số để trống nếu chưa có số liệu; không có hộ nào thì ghi 0.",
        "Nguồn số liệu là nơi lấy số, ví dụ báo cáo của phường.",
        *COMMON,
    ),
    "areas": (
        "Cách ghi tổ dân phố",
        "Mỗi tổ dân phố một dòng, cả nơi đã sắp xếp mà danh sách cũ còn dùng tên.",
        "Mã do phường đặt, trong cùng thời gian không trùng nhau.",
        "Nơi hình thành từ nơi khác: ghi mã của các nơi trước vào cột cuối, cách nhau dấu chấm phẩy.",
        "Nơi không còn thì ghi ngày ở cột “Không còn kể từ ngày”.",
        *COMMON,
    ),
}
# Invented people and places, as typed into the forms.
EXAMPLES: dict[str, tuple[dict[str, str], ...]] = {
    "households": (
        {
            "order": "1", "area": "Tổ dân phố Ví dụ 1", "address": "Số 12/5 ngõ Ví Dụ", "phone": "0900000001",
            "livelihood": "casual", "housing": "semi_permanent", "floor_area": "45,5", "no_labour": "false",
            "merit": "false", "social_protection": "false", "full_name": "Nguyễn Văn Mẫu", "relationship": "head",
            "sex": "male", "birth": "05/12/1980", "cccd": "042080000001", "ethnicity": "01", "schooling": "none",
            "education": "lower_secondary", "work": "self_employed", "has_insurance": "true", "has_disability": "false",
        },
        {
            "order": "1", "full_name": "Trần Thị Thử", "relationship": "spouse", "sex": "female", "birth": "1982",
            "cccd": "042182000002", "ethnicity": "01", "schooling": "none", "education": "primary", "work": "unable",
            "has_insurance": "true", "has_disability": "true", "has_monthly_allowance": "true",
        },
        {
            "order": "1", "full_name": "Nguyễn Thị Ví", "relationship": "child", "sex": "female", "birth": "01/06/2015",
            "ethnicity": "01", "schooling": "primary", "has_insurance": "true", "undernourished": "false",
        },
        {
            "order": "2", "area": "Tổ dân phố Ví dụ 2", "address": "Số 3 đường Mẫu", "floor_area": "30",
            "no_labour": "true", "full_name": "Lê Thị Dụ", "relationship": "head", "sex": "female", "birth": "1950",
            "old_id": "180000003", "ethnicity": "06", "has_insurance": "true",
        },
    ),
    "statuses": (
        {
            "code": "H0000001", "head": "Nguyễn Văn Mẫu", "cccd": "042080000001", "area": "Tổ dân phố Ví dụ 1",
            "classification": "poor", "number": "128/QĐ-UBND", "date": "10/12/2024", "signer": "Phạm Văn Ví",
            "size": "3", "lacking": "1, 4, 8",
        },
        {
            "head": "Lê Thị Dụ", "area": "Tổ dân phố Ví dụ 2", "classification": "near_poor", "number": "128/QĐ-UBND",
            "date": "10/12/2024", "signer": "Phạm Văn Ví", "size": "1", "lacking": "Không",
        },
    ),
    "totals": (
        {
            "area_code": "VD01", "area": "Tổ dân phố Ví dụ 1", "year": "2025", "households": "215", "people": "830",
            "minority_households": "4", "source": "Báo cáo dân số ngày 31/12/2025",
        },
        {
            "area_code": "VD02", "area": "Tổ dân phố Ví dụ 2", "year": "2025", "households": "180", "people": "702",
            "source": "Báo cáo dân số ngày 31/12/2025",
        },
    ),
    "areas": (
        {
            "code": "VD01", "name": "Tổ dân phố Ví dụ 1", "area_type": "urban", "valid_from": "01/01/2020",
            "valid_to": "01/07/2025",
        },
        {
            "code": "VD02", "name": "Tổ dân phố Ví dụ 2", "area_type": "urban", "valid_from": "01/01/2020",
            "valid_to": "01/07/2025",
        },
        {
            "code": "VD10", "name": "Tổ dân phố Ví dụ 10", "area_type": "urban", "valid_from": "01/07/2025",
            "predecessors": "VD01; VD02",
        },
    ),
}  # fmt: skip


def template(kind: str) -> bytes:
    """An empty workbook for a list of `kind`, a key of KINDS."""
    offered = [column for column in KINDS[kind] if column.is_offered]
    fills = [
        Fill(each.heading, each.width, each.hint, tuple(each.choices.values()), each.is_number)
        for each in offered
    ]
    examples = [[_value(kind, each.name, example) for each in offered] for example in EXAMPLES[kind]]
    return write_plain(SHEETS[kind], fills, [], GUIDES[kind], examples)


def _value(kind: str, name: str, example: dict[str, str]) -> str | int | None:
    column = BY_NAME[kind][name]
    text = column.shown(example.get(name, ""))
    return int(text) if text and column.is_number else text or None
