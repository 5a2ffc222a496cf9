"""Rows of an .xlsx that somebody sends in: the file is judged before it is opened, and every bad cell is named."""

import io
import unicodedata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from thanhsen.tables import letter
from thanhsen.vietnamese import clean
from thanhsen.workbook.judging import AGAIN, FILLED_IN, Fault, Unreadable, judge, refuse
from thanhsen.workbook.parts import coding_of_font

LARGEST = FILLED_IN.file  # bytes of the file
MOST_ROWS = 5_000


@dataclass(frozen=True)
class Cell:
    """A cell as it is meant: tidy text, a whole number, another value as text says it, or None."""

    at: str
    value: str | int | float | date | bool | None = None
    composed: bool = False  # the text was typed with loose marks (NFD) and is composed now
    broken: bool = False  # holds something that is no plain value; its fault is told

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.broken

    @property
    def text(self) -> str:
        """What a column of text holds: "1" for the number 1."""
        if isinstance(self.value, bool):
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, date):
            return f"{self.value:%d/%m/%Y}"
        return "" if self.value is None else str(self.value)

    def whole(self, least: int, most: int) -> int | None:
        """The whole number in the cell, None for none; ValueError with the sentence where it is something else."""
        value = self.value
        if value is None:
            return None
        if isinstance(value, str):
            raise ValueError(_no_number(value))
        if isinstance(value, bool):
            raise ValueError("phải là số, đang là đúng/sai (TRUE/FALSE).")
        if isinstance(value, date):
            raise ValueError("phải là số, đang là ngày tháng. Đổi định dạng ô sang số rồi nhập lại.")
        if isinstance(value, float):
            raise ValueError(f"phải là số nguyên, không nhận {str(value).replace('.', ',')}.")
        if not least <= value <= most:
            raise ValueError(f"phải từ {least} đến {most}, đang là {value}.")
        return value


@dataclass(frozen=True)
class Row:
    """`cells`: heading → cell, of every heading asked for."""

    number: int
    cells: dict[str, Cell] = field(default_factory=dict)

    def __getitem__(self, heading: str) -> Cell:
        return self.cells[heading]


@dataclass(frozen=True)
class Page:
    """The rows that hold anything, and the faults of cells that cannot be read as a plain value.

    The faults are for the reader of the rows to tell together with its own, so that all are named at once.
    """

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_rows(data: bytes, *, sheet: str, headings: Sequence[str]) -> Page:
    """The rows under the headings of row 1, which may stand in any order.

    Unreadable says what is wrong with the file or with the headings: without them no cell has a meaning.
    """
    judge(io.BytesIO(data), FILLED_IN)
    page = _page(data, sheet)
    faults = [
        Fault(str(each).split(":")[0], f"các ô {each} đang gộp. Bỏ gộp ô (Unmerge) rồi điền từng ô.")
        for each in page.merged_cells.ranges
    ]
    filled = _filled(page)
    columns, wrong = _columns(filled, headings)
    if wrong:
        raise Unreadable(*wrong, *faults)
    rows: dict[int, Row] = {}
    for (number, place), cell in filled.items():
        if number == 1:
            continue
        if place not in columns:
            faults.append(
                Fault(cell.coordinate, "nằm ngoài các cột của mẫu. Xoá ô này, hoặc chuyển vào đúng cột.")
            )
            continue
        try:
            read = _cell(cell)
        except ValueError as error:
            faults.append(Fault(cell.coordinate, str(error)))
            read = Cell(cell.coordinate, broken=True)
        if not read.is_empty:
            rows.setdefault(number, _empty(number, columns)).cells[columns[place]] = read
    return Page(tuple(rows[number] for number in sorted(rows)), tuple(faults))


def _page(data: bytes, name: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions the library does not keep: we only read
            book = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except Exception as error:  # whatever a spoilt file makes the library raise
        raise Unreadable(Fault("", f"Tệp hỏng hoặc không đúng cấu trúc .xlsx. {AGAIN}")) from error
    found = {clean(each.title).casefold(): each for each in book.worksheets}
    if name.casefold() not in found:
        has = ", ".join(f"“{each.title}”" for each in book.worksheets) or "không có trang nào"
        raise Unreadable(
            Fault("", f"Tệp không có trang “{name}”. Các trang trong tệp: {has}. Dùng tệp mẫu tải từ cổng.")
        )
    return found[name.casefold()]


# Its cells --------------------------------------------------------------------------------------


def _filled(page: Any) -> dict[tuple[int, int], Any]:
    """(row, column) → cell, in order, of the cells that hold something. The library's own iteration would walk
    a million empty rows to reach one stray cell."""
    found = {place: cell for place, cell in sorted(page._cells.items()) if cell.value not in (None, "")}
    last = max((row for row, _ in found), default=0)
    if last > MOST_ROWS:
        refuse(f"Bảng dài quá: có ô ở dòng {last}, cổng đọc đến dòng {MOST_ROWS}. Xoá các ô thừa ở cuối.")
    return found


def _columns(filled: dict, headings: Sequence[str]) -> tuple[dict[int, str], list[Fault]]:
    """Place → heading, and what is wrong with the heading row."""
    known = {each.casefold(): each for each in headings}
    columns: dict[int, str] = {}
    faults = []
    for (row, place), cell in filled.items():
        if row != 1:
            continue
        typed = clean(str(cell.value))
        heading = known.get(typed.casefold())
        if heading is None:
            faults.append(
                Fault(
                    cell.coordinate, f"cột “{typed[:40]}” không có trong mẫu. Xoá cột này hoặc sửa tên cột."
                )
            )
        elif heading in columns.values():
            faults.append(Fault(cell.coordinate, f"cột “{heading}” có hai lần. Giữ lại một cột."))
        columns[place] = heading or ""
    missing = [each for each in headings if each not in columns.values()]
    faults += [Fault("", f"Thiếu cột “{each}” ở dòng 1. Dùng tệp mẫu tải từ cổng.") for each in missing]
    return columns, faults


def _empty(number: int, columns: dict[int, str]) -> Row:
    return Row(
        number, {heading: Cell(f"{letter(place)}{number}") for place, heading in columns.items() if heading}
    )


def _cell(cell: Any) -> Cell:
    """ValueError with the sentence for what is no plain value."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        raise ValueError("là công thức. Dán giá trị (Paste Values) thay cho công thức.")
    if kind == "e":
        raise ValueError(f"đang báo lỗi {value}. Sửa lại giá trị của ô.")
    if isinstance(value, str):
        return _text(cell, value)
    if isinstance(value, (datetime, date)):
        return Cell(cell.coordinate, value.date() if isinstance(value, datetime) else value)
    if isinstance(value, (bool, int)):
        return Cell(cell.coordinate, value)
    if isinstance(value, float):
        return Cell(cell.coordinate, int(value) if value.is_integer() else value)
    if isinstance(value, time):
        raise ValueError("đang là giờ. Đổi định dạng ô rồi nhập lại.")
    raise ValueError("có kiểu dữ liệu cổng không đọc được. Gõ lại giá trị của ô.")


def _text(cell: Any, value: str) -> Cell:
    coding = coding_of_font(cell.font.name or "") if cell.font else ""
    if coding and not value.isascii():
        raise ValueError(
            f"dùng phông {cell.font.name} ({coding.removesuffix('H')}). Chuyển sang Unicode rồi nạp lại."
        )
    if any(unicodedata.category(char) in {"Cc", "Cs", "Co"} and char not in "\n\r\t" for char in value):
        raise ValueError("có ký tự không in được. Gõ lại giá trị của ô.")
    tidy = clean(value)
    composed = unicodedata.normalize("NFC", value) != value
    return Cell(cell.coordinate, tidy or None, composed)


def _no_number(text: str) -> str:
    compact = text.replace(" ", "")
    if any(char.isdigit() and not char.isascii() for char in compact):
        return f"“{text[:20]}” viết bằng chữ số không phải 0–9. Gõ lại bằng chữ số thường."
    if compact.lstrip("+-").replace(".", "").replace(",", "").isdigit():
        return f"“{text[:20]}” đang lưu dưới dạng chữ. Đổi định dạng ô sang số rồi gõ lại."
    return f"phải là số, đang là chữ “{text[:20]}”."
