"""Every form against a stored copy, cell by cell: value or formula and what it comes to, font, border, fill, alignment,
format, merges, widths, heights and print setup.

After a change that is meant: `UPDATE_GOLDEN=1 python3 portal.py test tests/households/reports/test_golden.py`, then read
the difference in version control as the clerk would read the form.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from households.models import FormWording
from households.reports import FORMS, edition_of, whole
from thanhsen import workbook

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent / "golden"


@pytest.mark.parametrize("form", FORMS)
def test_the_form_is_as_stored(ward, form):
    _worded(ward)
    told = (
        "\n".join(_told(workbook.write(whole(form, 2025, ward.area, edition=edition_of(ward.area, 2025)))))
        + "\n"
    )
    path = FOLDER / f"mau-{form:02d}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


def _worded(ward) -> None:
    FormWording.objects.create(
        ward=ward.area, form=0, recipients="Sở Nông nghiệp và Môi trường\nLưu: VT", signer_name="Lê Văn Chủ",
        maker_name="Trần Thị Biểu",
    )  # fmt: skip


def _told(data: bytes) -> Iterator[str]:
    """The workbook in lines: first the page, then each cell that holds or looks like anything."""
    formulas, values = (load_workbook(io.BytesIO(data), data_only=only).active for only in (False, True))
    setup = formulas.page_setup
    yield f"sheet {formulas.title}; {setup.orientation}; paper {setup.paperSize}; fit {setup.fitToWidth or 1}×{setup.fitToHeight}"
    yield f"print {formulas.print_area}; repeat {formulas.print_title_rows}; freeze {formulas.freeze_panes}"
    yield f"merged {' '.join(sorted(map(str, formulas.merged_cells.ranges)))}"
    widths = {key: round(each.width, 2) for key, each in sorted(formulas.column_dimensions.items())}
    yield f"widths {widths}"
    for row in formulas.iter_rows():
        height = formulas.row_dimensions[row[0].row].height
        yield f"row {row[0].row} height {height}"
        for cell in row:
            if cell.value is not None or cell.has_style:
                yield _cell(cell, values[f"{get_column_letter(cell.column)}{cell.row}"].value)


def _cell(cell, value) -> str:
    shown = repr(cell.value) + (f" = {value!r}" if cell.data_type == "f" else "")
    font, align, border = cell.font, cell.alignment, cell.border
    looks = [
        f"{font.name} {font.sz:g}",
        *(name for name, is_so in (("bold", font.b), ("italic", font.i), ("underlined", font.u)) if is_so),
        *([f"fill {cell.fill.fgColor.rgb}"] if cell.fill.patternType else []),
        "boxed"
        if all(side.style for side in (border.left, border.right, border.top, border.bottom))
        else "open",
        f"{align.horizontal}/{align.vertical}{' wrapped' if align.wrap_text else ''}",
        cell.number_format,
    ]
    return f"  {cell.coordinate} {shown} | {' '.join(looks)}"
