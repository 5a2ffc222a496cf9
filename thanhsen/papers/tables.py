"""Tables of a paper whose words are known, and papers one after another in one file.

The rows are written as XML at once: through python-docx a list of 250 takes seconds.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from thanhsen.papers.layout import PORTRAIT, TABLE, Sheet
from thanhsen.papers.wording import plain

TWIPS = 1440 / 25.4  # of a millimetre
FRAME = (
    '<w:tbl {names}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
    '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
)


@dataclass(frozen=True)
class Column:
    """`width` in millimetres; `align`: left, center or right."""

    heading: str
    width: float
    align: str = "left"


def centred(heading: str, width: float) -> Column:
    return Column(heading, width, "center")


def number(heading: str, width: float) -> Column:
    return Column(heading, width, "right")


def table(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    *,
    total: bool = False,
    together: bool = False,
    keep: bool = False,
    size: float = TABLE,
) -> Any:
    """The rows under headings that repeat on every page. `total`: the last row is a sum; `together`: on one page;
    `keep`: the last row stays on the page of what follows."""
    last = len(rows) - 1
    lines = [_row(columns, [each.heading for each in columns], size, bold=True, keep=True, is_heading=True)]
    for place, row in enumerate(rows):
        kept = keep if place == last else together
        lines.append(_row(columns, row, size, bold=total and place == last, keep=kept))
    twips = [round(each.width * TWIPS) for each in columns]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in twips)
    made = parse_xml(FRAME.format(names=nsdecls("w"), width=sum(twips), grid=grid, rows="".join(lines)))
    again(sheet, made)
    return made


def again(sheet: Sheet, made: Any) -> None:
    """A table made before, once more."""
    copied = made if made.getparent() is None else deepcopy(made)
    sheet.document.element.body[-1].addprevious(
        copied
    )  # before the settings of the section, which end the body
    sheet.line("", size=6)


def next_paper(sheet: Sheet) -> None:
    """Another paper of the same file: on a page of its own, upright, its pages counted from 1, the first unnumbered."""
    section = sheet.document.add_section(WD_SECTION.NEW_PAGE)
    sheet.document.element.body[-2].get_or_add_pPr().get_or_add_spacing().line = Pt(1)  # it holds the break
    section.page_width, section.page_height = Mm(PORTRAIT[0]), Mm(PORTRAIT[1])
    section.orientation = WD_ORIENT.PORTRAIT
    section.different_first_page_header_footer = True
    for found in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(found)
    counted = OxmlElement("w:pgNumType")
    counted.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:cols")).addprevious(counted)


def _row(
    columns: Sequence[Column],
    row: Sequence[object],
    size: float,
    *,
    bold: bool = False,
    keep: bool = False,
    is_heading: bool = False,
) -> str:
    look = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    kept, space = "<w:keepNext/>" if keep else "", 40 if is_heading else 20
    cells = []
    for column, value in zip(columns, row, strict=True):
        align = "center" if is_heading else column.align
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{round(column.width * TWIPS)}" w:type="dxa"/></w:tcPr><w:p><w:pPr>{kept}'
            f'<w:spacing w:before="{space}" w:after="{space}"/><w:jc w:val="{align}"/></w:pPr>{_runs(value, look)}</w:p></w:tc>'
        )
    repeated = "<w:tblHeader/>" if is_heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _runs(value: object, look: str) -> str:
    text = "" if value is None else plain(value)
    if not text:
        return ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(each)}</w:t>' for each in text.split("\n"))
    return f"<w:r>{look}{lines}</w:r>"
