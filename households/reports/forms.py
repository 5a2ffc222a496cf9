"""The official forms as data: number, circular, title and headings, in the circular's own words.

Forms 2–5 are read from templates in use under Thông tư 07/2021/TT-BLĐTBXH. Of forms 1, 6 and 7 the columns are
known and the exact line "Theo mẫu …" is not, so none is printed.
"""

from dataclasses import dataclass
from enum import StrEnum

from households.poverty import Classification, Standard
from thanhsen.tables import Column, Heading, Kind

CIRCULAR = "Thông tư số 07/2021/TT-BLĐTBXH"


class Content(StrEnum):
    STOCK = "stock"
    MOVEMENT = "movement"
    LACKING = "lacking"
    LACKING_RATES = "lacking_rates"


@dataclass(frozen=True)
class Form:
    """`template`: the number of the circular's form (mẫu 7.x), empty where it is not known."""

    number: int
    name: str
    content: Content
    of: Classification | None = None
    template: str = ""
    title: str = ""
    note: str = ""

    @property
    def line(self) -> str:
        source = f"Theo mẫu {self.template}, {CIRCULAR}" if self.template else f"Theo {CIRCULAR}"
        return f"Mẫu số {self.number:02d}. {self.name} ({source})"


_INDICATORS = "các chỉ số thiếu hụt dịch vụ xã hội cơ bản của"
POOR, NEAR_POOR = Classification.POOR, Classification.NEAR_POOR
FORMS = {
    form.number: form
    for form in (
        Form(1, "Tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo", Content.STOCK),
        Form(2, "Tổng hợp diễn biến hộ nghèo trong năm", Content.MOVEMENT, POOR, "7.2"),
        Form(3, "Tổng hợp diễn biến hộ cận nghèo trong năm", Content.MOVEMENT, NEAR_POOR, "7.3"),
        Form(4, f"Phân tích {_INDICATORS} hộ nghèo", Content.LACKING, POOR, "7.4"),
        Form(
            5, f"Phân tích tỷ lệ {_INDICATORS} hộ nghèo", Content.LACKING_RATES, POOR, "7.5",
            note="(so với tổng số hộ nghèo)",
        ),
        Form(6, f"Phân tích {_INDICATORS} hộ cận nghèo", Content.LACKING, NEAR_POOR),
        Form(
            7, f"Phân tích tỷ lệ {_INDICATORS} hộ cận nghèo", Content.LACKING_RATES, NEAR_POOR,
            note="(so với tổng số hộ cận nghèo)",
        ),
    )
}  # fmt: skip

# The words of the headings of 7.4 and 7.5 where they are not those of the standard.
INDICATOR_WORDS = {
    "2022-2026": {
        "dependants": "Người phụ thuộc trong hộ gia đình",
        "housing_area": "Diện tích nhà ở bình quân đầu người",
        "telecom": "Sử dụng dịch vụ viễn thông",
        "info_means": "Phương tiện phục vụ tiếp cận thông tin",
    }
}


def words(of: Classification) -> str:
    """hộ nghèo, hộ cận nghèo."""
    return of.label[0].lower() + of.label[1:]


def stock_headings() -> tuple[Heading, ...]:
    """Form 1: rows 6–7, numbers in row 8."""
    classes = ("nghèo", "cận nghèo", "nông, lâm, ngư, diêm nghiệp có mức sống trung bình")
    found = [
        Heading("STT", 6, 1, rows=2),
        Heading("Tổ dân phố", 6, 2, rows=2),
        Heading("Tổng số hộ", 6, 3, rows=2),
        Heading("Tổng số nhân khẩu", 6, 4, rows=2),
    ]
    for place, name in enumerate(classes):
        for left, what, count in (
            (5 + 2 * place, f"Hộ {name}", "Số hộ"),
            (11 + 2 * place, f"Nhân khẩu thuộc hộ {name}", "Số nhân khẩu"),
        ):
            found.append(Heading(what, 6, left, columns=2))
            found.append(Heading(count, 7, left))
            found.append(Heading("Tỷ lệ (%)", 7, left + 1))
    return tuple(found)


def stock_columns() -> tuple[Column, ...]:
    """A, B, then 1–14 with the formulas of the rates."""
    found = [Column(Kind.TEXT, 5, "A"), Column(Kind.TEXT, 26, "B")]
    found += [Column(Kind.COUNT, 9, "1"), Column(Kind.COUNT, 9, "2")]
    for number in range(3, 15, 2):
        whole = 1 if number < 9 else 2
        found.append(Column(Kind.COUNT, 8, str(number)))
        found.append(Column(Kind.RATE, 8.5, f"{number + 1}={number}/{whole}"))
    return tuple(found)


def movement_headings(of: Classification) -> tuple[Heading, ...]:
    """7.2 and 7.3: rows 6–8, numbers in row 9."""
    name = words(of)
    poor = of is POOR
    authority = "(theo Quyết định phê duyệt của cấp có thẩm quyền)"
    return (
        Heading("TT", 6, 1, rows=4),
        Heading("Khu vực/Địa bàn", 6, 2, rows=4),
        Heading("Phân tổ", 6, 3, rows=4),
        Heading(f"Tổng số {name} đầu năm {authority}", 6, 4, rows=3),
        Heading(f"Diễn biến giảm số {name}", 6, 5, columns=3),
        Heading("Số hộ thoát nghèo" if poor else "Số hộ thoát cận nghèo", 7, 5, columns=2),
        Heading("Trở thành hộ cận nghèo" if poor else "Trở thành hộ nghèo", 8, 5),
        Heading("Vượt chuẩn cận nghèo", 8, 6),
        Heading(
            f"Nguyên nhân: thay đổi nhân khẩu, {name} đơn thân chết đi, chuyển đi nơi khác, tách, nhập với hộ khác,…",
            7, 7, rows=2,
        ),
        Heading(f"Diễn biến tăng số {name}", 6, 8, columns=4),
        Heading(
            "Số hộ cận nghèo trở thành hộ nghèo" if poor else "Số hộ nghèo trở thành hộ cận nghèo", 7, 8, rows=2
        ),
        Heading(
            "Số hộ ngoài danh sách hộ nghèo, hộ cận nghèo gặp khó khăn đột xuất trong năm", 7, 9, columns=2
        ),
        Heading("Tái nghèo" if poor else "Tái cận nghèo", 8, 9),
        Heading("Phát sinh mới", 8, 10),
        Heading("Nguyên nhân: thay đổi nhân khẩu, chuyển đến, tách, nhập với hộ khác,...", 7, 11, rows=2),
        Heading(f"Tổng số {name} cuối năm {authority}", 6, 12, rows=3),
    )  # fmt: skip


def movement_columns() -> tuple[Column, ...]:
    first = (Column(Kind.TEXT, 5), Column(Kind.TEXT, 26), Column(Kind.TEXT, 11))
    return first + tuple(Column(Kind.COUNT, 13, str(number)) for number in range(1, 10))


def lacking_headings(form: Form, standard: Standard, top: int) -> tuple[Heading, ...]:
    """7.4 and 7.5: row `top`, numbers in the next one."""
    assert form.of is not None
    name, own = words(form.of), INDICATOR_WORDS.get(standard.id, {})
    listed = "; ".join(
        f"{place}: {own.get(each.code, each.name)}" for place, each in enumerate(standard.indicators, start=1)
    )
    rates = form.content is Content.LACKING_RATES
    what = f"Tỷ lệ các chỉ số thiếu hụt dịch vụ xã hội cơ bản của {name} (so với tổng số {name})"
    counts = f"Chỉ số thiếu hụt dịch vụ xã hội cơ bản của {name}"
    return (
        Heading("TT", top, 1, rows=2),
        Heading("Khu vực/Đơn vị", top, 2, rows=2),
        Heading(f"Tổng số {name}", top, 3, rows=2),
        Heading(f"{what if rates else counts} ({listed})", top, 4, columns=len(standard.indicators)),
    )


def lacking_columns(form: Form, standard: Standard) -> tuple[Column, ...]:
    kind = Kind.RATE if form.content is Content.LACKING_RATES else Kind.COUNT
    first = (Column(Kind.TEXT, 5), Column(Kind.TEXT, 26), Column(Kind.COUNT, 11))
    count = len(standard.indicators)
    return first + tuple(Column(kind, 8.5, str(place)) for place in range(1, count + 1))
