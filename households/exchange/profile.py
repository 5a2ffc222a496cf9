"""The profile of a ward's households for checking the measures elsewhere: one line a household, nobody named."""

import csv
import io
from collections.abc import Sequence

from households.models import Sex
from households.models.people import Ethnicity, Livelihood
from households.models.survey import CLASSIFICATIONS
from households.poverty import Standard
from households.reports.held import Scope
from thanhsen import workbook
from thanhsen.workbook import Fill

LEAD = ("so_thu_tu", "to_dan_pho", "nhan_khau", "phan_loai", "dan_toc", "gioi_tinh_chu_ho", "sinh_ke")


def headings(standard: Standard) -> list[str]:
    """Plain names, as the command `measure` takes them; the indicators by their code."""
    return [*LEAD, *standard.codes]


def lines(scope: Scope, rows: Sequence[tuple]) -> list[list]:
    names = {unit.id: unit.name for unit in scope.units}
    labels = (dict(CLASSIFICATIONS), dict(Ethnicity.choices), dict(Sex.choices), dict(Livelihood.choices))
    return [
        [
            number,
            names[area],
            size,
            *(str(label.get(code, "")) for label, code in zip(labels, known, strict=True)),
            *lacking,
        ]
        for number, (area, size, *known, lacking) in enumerate(map(_split, rows), start=1)
    ]


def _split(row: tuple) -> tuple:
    """(area, size, class, ethnicity, sex, livelihood, [0/1 by indicator])."""
    return (*row[:6], list(row[6:]))


def as_csv(scope: Scope, standard: Standard, rows: Sequence[tuple]) -> bytes:
    """UTF-8 with the mark by which a spreadsheet knows it; a name that looks like a formula is given a quote."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(headings(standard))
    writer.writerows([_safe(cell) for cell in line] for line in lines(scope, rows))
    return stream.getvalue().encode("utf-8-sig")


def _safe(cell):
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def as_workbook(scope: Scope, standard: Standard, rows: Sequence[tuple]) -> bytes:
    wide = {"to_dan_pho": 26.0, "phan_loai": 18.0}
    columns = [
        Fill(name, wide.get(name, 13.0), number=name in {"so_thu_tu", "nhan_khau", *standard.codes})
        for name in headings(standard)
    ]
    return workbook.write_plain("Hồ sơ đo lường", columns, lines(scope, rows), _guide(standard))


def _guide(standard: Standard) -> list[str]:
    return [
        "Hồ sơ để kiểm tra các số đo nghèo đa chiều",
        "Mỗi dòng là một hộ, không có tên, mã hộ hay số CCCD. 1 là thiếu hụt, 0 là không thiếu hụt.",
        "Lưu thành CSV rồi tính lại: python -m households.poverty measure TỆP.csv --id so_thu_tu --group to_dan_pho "
        "--size nhan_khau --ignore phan_loai,dan_toc,gioi_tinh_chu_ho,sinh_ke --k 3/12 "
        f"--weights nested:{standard.id}",
        *(f"{each.code}: {each.number}. {each.name}" for each in standard.indicators),
    ]
