"""A table of a course that is printed and signed: from headings and rows to what the workbook writes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from thanhsen import vietnamese
from thanhsen.papers.wording import dong_in_words, place_name, plain
from thanhsen.tables import Cell, Column, Heading, Kind, Line, Table
from trainings.models import Course
from trainings.models.signing import lines_of

TITLE_TOP, HEADINGS_TOP = 4, 7
ROOM_TO_SIGN = 24  # points of a line that somebody signs in
NO_DAY = "ngày … tháng … năm …"
Headings = Sequence[tuple[str, float, Kind]]  # text, width in characters, what stands under it


def signed_table(
    course: Course,
    name: str,
    title: Sequence[str],
    headings: Headings,
    rows: Sequence[Sequence[Any]],
    *,
    total: Sequence[Any] = (),
    day: str = NO_DAY,
    **more: Any,
) -> Table:
    """`day`: what follows the place above the signatures; `more`: further fields of the table."""
    lines = [_line(row, headings, str(row[1]), "unit") for row in rows]
    if total:
        lines.append(_line(total, headings, "Cộng", "total"))
    return Table(
        name=name,
        authority=("ỦY BAN NHÂN DÂN", plain(course.ward.name).upper()),
        motto_top=2,
        title_top=TITLE_TOP,
        title=tuple(map(plain, title)),
        headings=tuple(Heading(text, HEADINGS_TOP, place) for place, (text, _, _) in enumerate(headings, 1)),
        numbers_top=HEADINGS_TOP + 1,
        columns=tuple(Column(kind, width, str(place)) for place, (_, width, kind) in enumerate(headings, 1)),
        lines=tuple(lines),
        place=f"{place_name(course.ward.name)}, {day}",
        is_signed=True,
        **{
            "form_line": "",
            "signatures": ("Người lập", _capacity(course.signer_title)),
            "signers": ("", course.signer),
        }
        | more,
    )


def _capacity(title: str) -> str:
    """CHỦ TỊCH UBND, or KT. CHỦ TỊCH UBND over PHÓ CHỦ TỊCH."""
    first, *rest = lines_of(title)
    return "\n".join([f"{first} UBND", *rest])


def empty(course: Course, name: str, title: Sequence[str], said: str) -> Table:
    """A table without lines that says in brackets what the course still lacks."""
    headings = [("STT", 6, Kind.COUNT), ("Nội dung", 60, Kind.TEXT), ("Ghi chú", 60, Kind.TEXT)]
    return signed_table(course, name, title, headings, [["", said, ""]])


def in_words(what: str, amount: Decimal | int) -> str:
    return f"{what}: {vietnamese.number(amount)} đồng (bằng chữ: {dong_in_words(amount)})."


def _line(row: Sequence[Any], headings: Headings, name: str, style: str) -> Line:
    cells = tuple(
        Cell(plain(value) if isinstance(value, str) else value, _kind(value, kind))
        for value, (_, _, kind) in zip(row, headings, strict=True)
    )
    return Line(cells, name, style)


def _kind(value: Any, kind: Kind) -> Kind:
    """A quantity of 2,5 shows its decimals in a column of whole numbers."""
    return Kind.RATE if kind is Kind.COUNT and isinstance(value, Decimal) and value % 1 else kind
