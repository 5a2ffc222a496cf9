"""Pieces of an official paper by Nghị định 30/2020/NĐ-CP, Phụ lục I: real paragraphs, tables and styles of Word."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from thanhsen.archives import settled
from thanhsen.papers.marks import page_number, repeated, set_widths, unbroken

FONT = "Times New Roman"
BODY = 14  # points of the text; 13 to 14 by the decree
TABLE = 12
PORTRAIT = (210, 297)  # millimetres of A4
TOP = BOTTOM = RIGHT = 20  # by the decree: 20 to 25, 20 to 25, 15 to 20
LEFT = 30  # 30 to 35
WIDTH = PORTRAIT[0] - LEFT - RIGHT
NARROWER = 5  # what a paper is about, on both sides
LETTER, WORD = 2.45, 12  # a bold letter of the text on average; room for a word that a line may be longer by
CENTRE, JUSTIFY, START = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - stands in the file's properties for the moment of writing


class Sheet:
    """A Word document of A4 pages, written from top to bottom."""

    def __init__(self, title: str) -> None:
        self.document = Document()
        self._style()
        first = self.document.sections[0]
        self._page(first, PORTRAIT)
        # Page numbers from the second page on, in the middle of the top margin; later sections carry them on.
        first.different_first_page_header_footer = True
        page_number(first.header.paragraphs[0])
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = title, "Cổng thông tin giảm nghèo", ""
        properties.created = properties.modified = MOMENT

    def saved(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return settled(stream.getvalue())

    def head(
        self,
        left: Sequence[str],
        number: str,
        place_and_day: str,
        about: str = "",
        parent: str = "ỦY BAN NHÂN DÂN",
    ) -> None:
        """The agency and the number on the left; quốc hiệu, tiêu ngữ, place and day on the right."""
        table = self._bare_table([66, 94])
        one, two = table.rows[0].cells
        self._in(one, parent, bold=not left[1:], size=13)
        for each in left:
            self._in(one, each, bold=True, size=13)
        self._rule(one, 20)
        self._in(two, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12)
        self._in(two, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13)
        self._rule(two, 14.6)  # as long as the words above it
        one, two = table.rows[1].cells
        if number:
            self._in(one, number, size=13)
        if about:
            self._in(one, about, size=12)
        self._in(two, place_and_day, italic=True, size=13)
        for cell in (*table.rows[0].cells, *table.rows[1].cells):
            cell._tc.remove(cell.paragraphs[0]._p)
            if not cell.paragraphs:
                cell.add_paragraph()
        self.line("", size=6)

    def line(
        self,
        text: str,
        *,
        bold=False,
        italic=False,
        size=BODY,
        align=START,
        after=0.0,
        before=0.0,
        keep=False,
    ) -> Any:
        """A paragraph without indent: titles, the words between."""
        paragraph = self.document.add_paragraph()
        return _written(paragraph, text, bold, italic, size, align, after, before, keep)

    def title(self, name: str, about: str) -> None:
        """The name of the paper in capitals, what it is about below it, and a line under both."""
        self.line(name, bold=True, align=CENTRE, before=6)
        form = self.line(about, bold=True, align=CENTRE).paragraph_format
        form.left_indent = form.right_indent = Mm(_beside(about))
        self._rule(self.document, 54)
        self.line("", size=6)

    def body(self, text: str, *, italic=False, bold=False, lead="") -> Any:
        """A paragraph of the text: justified, first line 10 mm in, 6 points below. `lead`: bold words before it."""
        paragraph = self.line(lead or text, italic=italic, bold=bold or bool(lead), align=JUSTIFY, after=6)
        if lead:
            paragraph.add_run(f" {text}").font.size = Pt(BODY)
        paragraph.paragraph_format.first_line_indent = Mm(10)
        return paragraph

    def heading(self, text: str) -> None:
        """The name of a part, never the last line of a page."""
        self.body(text, bold=True).paragraph_format.keep_with_next = True

    def caption(self, text: str) -> None:
        """The name of the table below it."""
        self.line(text, italic=True, size=13, align=CENTRE, after=3, keep=True)

    def tag(self, text: str) -> None:
        """A paragraph that only holds a tag and vanishes with it."""
        self.line(text, size=8)

    def rows(
        self,
        source: str,
        variable: str,
        columns: Iterable[tuple[str, str, int, bool]],
        *,
        together: bool = False,
    ) -> None:
        """A table of a list: (heading, field of the row or words with tags, millimetres, centred); headings repeat on
        every page.

        `together`: the table is short and stays on one page.
        """
        columns = list(columns)
        table = self._headed([name for name, _, _, _ in columns])
        opening = table.add_row()
        _written(
            opening.cells[0].paragraphs[0], f"{{%tr for {variable} in {source} %}}", False, False, 8, START
        )
        line = table.add_row()
        unbroken(line)
        for cell, (_, field, _, centred) in zip(line.cells, columns, strict=True):
            _written(
                cell.paragraphs[0],
                field if "{{" in field else f"{{{{ {variable}.{field} }}}}",
                False,
                False,
                TABLE,
                CENTRE if centred else START,
                1,
                1,
                together,
            )
        closing = table.add_row()
        _written(closing.cells[0].paragraphs[0], "{%tr endfor %}", False, False, 8, START)
        set_widths(table, [width for _, _, width, _ in columns])
        self.line("", size=6)

    def signatures(self, *columns: Sequence[tuple[str, str]]) -> None:
        """Columns of (words, look): "bold", "plain", "italic", "small", "place" for the signature itself."""
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True  # no signature alone on a page
        table = self._bare_table([WIDTH // len(columns)] * len(columns), rows=1)
        for cell, lines in zip(table.rows[0].cells, columns, strict=True):
            cell._tc.remove(cell.paragraphs[0]._p)
            for text, look in lines:
                _look(cell.add_paragraph(), text, look)
            if not lines:
                cell.add_paragraph()
        unbroken(table.rows[0])

    def landscape(self) -> None:
        """An annex on pages of its own, laid across."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        ending = self.document.paragraphs[-1]  # holds the break: small, or it could take a page for itself
        ending.paragraph_format.line_spacing = Pt(1)
        self._page(section, PORTRAIT[::-1])
        section.orientation = WD_ORIENT.LANDSCAPE
        section.different_first_page_header_footer = False

    def _style(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(BODY)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for each in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(each), FONT)
        normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        normal.element.get_or_add_rPr().append(language)

    def _page(self, section: Any, size: tuple[int, int]) -> None:
        section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
        section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        section.header_distance = Mm(10)

    def _headed(self, names: Sequence[str]) -> Any:
        """A table with its headings, which repeat on every page."""
        table = self.document.add_table(rows=0, cols=len(names))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        heading = table.add_row()
        repeated(heading)
        for cell, name in zip(heading.cells, names, strict=True):
            _written(cell.paragraphs[0], name, True, False, TABLE, CENTRE, 2, 2, True)
        return table

    def _bare_table(self, widths: Sequence[int], rows: int = 2) -> Any:
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        set_widths(table, widths)
        return table

    def _in(self, cell: Any, text: str, *, bold=False, italic=False, size=13) -> None:
        _written(cell.add_paragraph(), text, bold, italic, size, CENTRE)

    def _rule(self, place: Any, indent: float) -> None:
        """The full line under a name, `indent` millimetres in from both sides: a border, not a drawing."""
        paragraph = place.add_paragraph()
        _written(paragraph, "", False, False, 3, CENTRE)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
        paragraph.paragraph_format.space_before = Pt(2)
        borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        borders.append(top)
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )


def _beside(about: str) -> float:
    """Millimetres left free on both sides of what a paper is about: lines of like length, not one and a last word."""
    if "{{" in about:  # its length is known when it is filled
        return NARROWER
    length, room = len(about) * LETTER, WIDTH - 2 * NARROWER
    lines = max(1, -(-length // room))
    return NARROWER if lines == 1 else max(NARROWER, (WIDTH - length / lines - WORD) / 2)


def _written(
    paragraph: Any,
    text: str,
    bold: bool,
    italic: bool,
    size: float,
    align: Any,
    after=0.0,
    before=0.0,
    keep=False,
) -> Any:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(size)
    form = paragraph.paragraph_format
    form.alignment, form.space_after, form.space_before = align, Pt(after), Pt(before)
    form.keep_with_next = keep or None
    if not text:  # an empty line is as high as the mark that ends it
        mark, height = OxmlElement("w:rPr"), OxmlElement("w:sz")
        height.set(qn("w:val"), str(round(size * 2)))
        mark.append(height)
        paragraph._p.get_or_add_pPr().append(mark)
    return paragraph


def _look(paragraph: Any, text: str, look: str) -> None:
    if look == "place":  # below the room for the signature and the seal
        _written(paragraph, text, True, False, 13, CENTRE, before=60)
    elif look == "receivers":
        _written(paragraph, text, True, True, 12, START)
    elif look == "small":
        _written(paragraph, text, False, False, 11, START)
    else:
        _written(paragraph, text, look == "bold", look == "italic", 13, CENTRE)
