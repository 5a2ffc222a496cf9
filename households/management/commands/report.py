"""manage.py report FORM YEAR --area CODE -o FILE: an official form, or the whole set (0), as a workbook."""

import errno
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from households.reports import (
    FORMS,
    Basis,
    Edition,
    Kept,
    ReportError,
    edition_of,
    gaps,
    set_name,
    set_title,
    ward_of,
    whole,
)
from thanhsen import vietnamese, workbook
from thanhsen.models import Area, AreaKind
from thanhsen.tables import Table

REASONS = {
    0: "đường dẫn không hợp lệ",
    errno.ENOENT: "thư mục không có",
    errno.ENOTDIR: "thư mục không có",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EISDIR: "đó là một thư mục",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENAMETOOLONG: "tên tệp dài quá",
}
USAGE = "Cách dùng: manage.py report MẪU NĂM --area MÃ -o TỆP.xlsx"


# What Django prints before the sentence of a CommandError is the name of its class.
Refusal = type("Lỗi", (CommandError,), {})


def refuse(sentence: str) -> CommandError:
    return Refusal(sentence, returncode=2)


class Command(BaseCommand):
    help = "Lập một mẫu báo cáo (1–15) hoặc cả bộ (0) của một năm, ghi ra tệp .xlsx."

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        def bad_line(message: str):
            if parser.called_from_command_line:
                parser.exit(2, f"Lỗi: Dòng lệnh không đúng. {USAGE}\n")
            raise refuse(f"Dòng lệnh không đúng. {USAGE}")

        parser.error = bad_line  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser):
        parser.add_argument(
            "form", nargs="?", default="", metavar="MẪU", help="Số của mẫu, 1–15; 0 là cả bộ."
        )
        parser.add_argument("year", nargs="?", default="", metavar="NĂM", help="Năm báo cáo, ví dụ 2026.")
        parser.add_argument("--area", default="", metavar="MÃ", help="Mã phường, xã hoặc tổ dân phố.")
        parser.add_argument(
            "--on", default="", metavar="NGÀY", help="Ngày mã còn dùng (dd/mm/yyyy), khi mã dùng lại."
        )
        parser.add_argument("--so-bo", action="store_true", help="Số liệu sơ bộ, tính cả phiếu đã duyệt.")
        parser.add_argument(
            "-o", "--output", default="", metavar="TỆP", help="Tệp ghi ra; - là đầu ra chuẩn."
        )

    def handle(self, *, form, year, area, on, output, so_bo, **options):
        number, year = _number(form, "Số mẫu", 0, max(FORMS)), _number(year, "Năm", 2000, 2100)
        if output == "-" and sys.stdout.isatty():
            raise refuse("Không ghi tệp .xlsx ra màn hình. Chuyển hướng vào một tệp, hoặc dùng -o TỆP.xlsx.")
        try:
            place = find_area(area, year, on)
            basis = Basis.PRELIMINARY if so_bo else Basis.OFFICIAL
            edition = edition_of(ward_of(place), year, basis=basis)
            tables = {
                each: whole(each, year, place, edition=edition) for each in ([number] if number else FORMS)
            }
        except ReportError as error:
            raise refuse(str(error)) from None
        for each, table in tables.items():
            for failure in table.failures():
                self.stderr.write(f"Mẫu {each}, cột kiểm tra chưa khớp, ô {failure.cell}: {failure.sentence}")
            for note in table.notes:
                self.stderr.write(f"Mẫu {each}, lưu ý: {note}")
        for failure in gaps(tables):
            self.stderr.write(f"{failure.cell}: {failure.sentence}")
        name, data = _written(tables, number, place, edition)
        if output == "-":
            sys.stdout.buffer.write(data)
            return
        path = Path(output or name)
        write_whole(path, data)
        self.stdout.write(f"Đã ghi {path}: {_span(place)}")


def _written(tables: dict[int, Table], number: int, place: Area, edition: Edition) -> tuple[str, bytes]:
    """The name and the bytes of the file: of a closed year those that were kept."""
    kept = edition.snapshot if isinstance(edition, Kept) and not place.is_group else None
    if kept and kept.files.filter(form=number).exists():
        file = kept.files.get(form=number)
        return file.name, bytes(file.data)
    if number:
        return f"{tables[number].name}.xlsx", workbook.write(tables[number])
    return set_name(place, edition), workbook.write_set(
        list(tables.values()), title=set_title(place, edition)
    )


def _number(text: str, what: str, least: int, most: int) -> int:
    """`text` as a whole number between the two bounds."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most):
        typed = f"“{text[:40]}”" if text else "để trống"
        raise refuse(f"{what} phải là số từ {least} đến {most}, đang là {typed}. {USAGE}")
    return int(text)


def find_area(code: str, year: int, on: str) -> Area:
    """The area that bears `code` at the end of the year (or on the day given): it may have named several."""
    if not code:
        raise refuse(f"Chưa cho biết địa bàn. {USAGE}")
    areas = Area.objects.filter(code=code).exclude(kind=AreaKind.PROVINCE).select_related("parent__parent")
    if on:
        found = list(areas.valid_on(_day(on)).in_order())
    else:  # who bears it when the year closes; who bore it at all where nobody does any more
        in_year = areas.filter(valid_from__year__lte=year, valid_to__gt=date(year, 1, 1))
        found = list(areas.valid_on(date(year, 12, 31)).in_order()) or list(in_year.in_order())
    if not found:
        if Area.objects.filter(code=code, kind=AreaKind.PROVINCE).exists():
            raise refuse(f"Mã “{code}” là của tỉnh; báo cáo được lập cho phường, xã hoặc tổ dân phố.")
        raise refuse(f"Không có phường, xã hay tổ dân phố nào mang mã “{code[:40]}” trong năm {year}.")
    if len(found) > 1:
        listed = "; ".join(_span(each) for each in found)
        raise refuse(
            f"Trong năm {year} mã “{code}” là của {len(found)} nơi: {listed}. Thêm --on NGÀY để chọn một nơi."
        )
    return found[0]


def _span(area: Area) -> str:
    until = f" đến trước {vietnamese.day(area.valid_to)}" if area.valid_to else ""
    return f"{area.name} (từ {vietnamese.day(area.valid_from)}{until})"


def _day(text: str) -> date:
    try:
        day, month, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise refuse(
            f"Ngày “{text[:40]}” không đúng. Ghi theo dạng ngày/tháng/năm, ví dụ 01/07/2025."
        ) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file, then rename: whoever opens it finds the old one or the new one, never a half."""
    part = None
    try:
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(part, 0o640)
        os.replace(part, path)
    except (OSError, ValueError) as error:
        if part:
            Path(part).unlink(missing_ok=True)
        reason = REASONS.get(getattr(error, "errno", None) or 0, "hệ thống không cho ghi")
        raise refuse(f"Không ghi được tệp “{str(path)[:200]}”: {reason}. Chọn tệp khác.") from None
