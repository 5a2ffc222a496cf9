"""Workbooks of trainees for tests."""

from datetime import date
from io import BytesIO
from uuid import uuid4

from openpyxl import Workbook
from openpyxl.styles import Font

from trainings.actions.roster import files
from trainings.exchange.roster.reading import check

HEADINGS = (
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Giới tính",
    "Chức vụ",
    "Đơn vị",
    "Nhóm",
    "Hưởng lương NSNN",
    "Điện thoại",
)
TODAY = date(2026, 12, 1)


def line(number, name, unit="Tổ dân phố 1", **values):
    given = {
        "year": 1980, "sex": "Nữ", "position": "Tổ trưởng", "group": "Giảm nghèo", "salaried": "Không", "phone": None,
    } | values  # fmt: skip
    return (
        number, name, given["year"], given["sex"], given["position"], unit, given["group"], given["salaried"], given["phone"],
    )  # fmt: skip


def workbook(*rows, headings=HEADINGS, above=(), font="") -> bytes:
    book = Workbook()
    sheet = book.active
    for row in (*above, headings, *rows):
        sheet.append(row)
    if font:
        for cells in sheet.iter_rows(min_row=len(above) + 2):
            for cell in cells:
                cell.font = Font(name=font)
    found = BytesIO()
    book.save(found)
    return found.getvalue()


def many(count, units) -> bytes:
    """`count` people over `units`."""
    return workbook(
        *(
            line(at, f"Nguyễn Văn {chr(65 + at % 26)} {at}", units[at % len(units)].name, phone=f"09{at:08d}")
            for at in range(1, count + 1)
        )
    )


def sent(admin, course, content, **more):
    """The file sent in and read."""
    imported = files.upload(
        by=admin, course=course, file_name="danh-sach.xlsx", content=content, defaults=more.pop("defaults", {}),
        request_id=more.pop("request_id", uuid4()),
    )  # fmt: skip
    return check(imported, TODAY)


def outcomes(imported) -> list[str]:
    return [each["outcome"] for each in imported.rows]


def told(imported, at=0) -> str:
    """What is wrong with a row."""
    row = imported.rows[at]
    return " ".join(sentence for _, sentence in [*row["faults"], *row["wrong"]]) + row["why"]
