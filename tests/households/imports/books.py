"""Workbooks as wards send them, and an import carried from upload to where it waits for a person."""

import io
from datetime import date

from openpyxl import Workbook

from households.actions.imports import files
from households.exchange.imports import work
from households.models import Import
from thanhsen.models import Area, User

TODAY = date(2026, 10, 20)
HEADINGS = (
    "Số hộ",
    "Tổ dân phố",
    "Địa chỉ",
    "Họ và tên",
    "Quan hệ với chủ hộ",
    "Giới tính",
    "Ngày sinh",
    "Số CCCD",
    "Dân tộc",
)

HOA = (1, "Tổ dân phố 1", "Ngõ 5", "Nguyễn Thị Hoa", "Chủ hộ", "Nữ", "05/12/1980", "042180001234", "Kinh")
SON = (1, "Tổ dân phố 1", "Ngõ 5", "Trần Văn Sơn", "Con đẻ", "Nam", "2010", "042210001235", "Kinh")
LAN = (2, "Tổ dân phố 2", "Ngõ 9", "Lê Thị Lan", "Chủ hộ", "Nữ", "1955", "042155001236", "Thái")


def book(rows, headings=HEADINGS, title="Danh sách") -> bytes:
    made = Workbook()
    page = made.active
    page.title = title
    for row in [headings, *rows]:
        page.append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def send(content: bytes, *, by: User, ward: Area, kind: str = "households", **defaults) -> Import:
    """Upload and read, as far as the background work goes on its own."""
    imported = files.upload(
        by=by, ward=ward, kind=kind, file_name="danh-sach.xlsx", content=content,
        defaults={"opened_date": "01/10/2026", **defaults},
    )  # fmt: skip
    return work.run(imported.pk, TODAY)


def commit(imported: Import) -> Import:
    imported = Import.objects.get(pk=imported.pk)
    files.begin_commit(by=imported.uploaded_by, imported=imported, version=imported.version)
    return work.run(imported.pk, TODAY)


def undo(imported: Import, by: User | None = None) -> Import:
    files.begin_undo(by=by or imported.uploaded_by, imported=imported, reason="nạp nhầm tệp")
    return work.run(imported.pk, TODAY)


def outcomes(imported: Import) -> list[str]:
    return list(imported.units.in_order().values_list("outcome", flat=True))


def faults(imported: Import) -> list[tuple[int, str]]:
    """(row, sentence) of everything wrong."""
    return [
        (line["row"], sentence)
        for unit in imported.units.in_order()
        for line in unit.lines
        for _, sentence in [*line["faults"], *line.get("wrong", [])]
    ]
