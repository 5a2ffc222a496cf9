"""Workbooks written part by part, as no library would write them but some program does."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {  # ISO/IEC 29500 strict: "Strict Open XML Spreadsheet" of Excel
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="5"><font><name val="Times New Roman"/></font><font><name val=".VnTime"/></font>'
    '<font><name val=".VnTimeH"/></font><font><name val="VNI-Times"/></font><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf fontId="3"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0"/>'
    '<xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/><xf numFmtId="0" fontId="3"/>'
    '<xf numFmtId="164" fontId="0" applyNumberFormat="1"/></cellXfs>'
    '<dxfs count="1"><dxf><font><name val=".VnTime"/></font></dxf></dxfs></styleSheet>'
)
PLAIN, TCVN3, TCVN3H, VNI, DAY = range(5)  # the styles above (attribute s of a cell)


def book(
    rows: str,
    *,
    after: str = "",
    before: str = "",
    strings: str = "",
    settings: str = "",
    strict: bool = False,
) -> bytes:
    """`rows`: inside sheetData of the page "Danh sách"; `before` and `after` stand around it, `strings` inside sst,
    `settings` inside the workbook before its sheets."""
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return package(sheet, strings=strings, settings=settings, strict=strict)


def package(sheet: str, *, strings: str = "", settings: str = "", strict: bool = False) -> bytes:
    kinds = {
        "worksheet": "worksheets/sheet1.xml",
        "styles": "styles.xml",
        "sharedStrings": "sharedStrings.xml",
    }
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds.items(), start=1)
    )
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/{target}" ContentType="{content}.{kind}+xml"/>'
        for kind, target in {**kinds, "sheet.main": "workbook.xml"}.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{settings}<sheets>'
        '<sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strict:
        for name in parts:
            for loose, exact in STRICT.items():
                parts[name] = parts[name].replace(loose, exact)
    return zipped({name: text.encode() for name, text in parts.items()})


def zipped(parts: dict[str, bytes], data: bytes = b"") -> bytes:
    """The parts as an archive, or over those of the archive `data`."""
    if data:
        with zipfile.ZipFile(io.BytesIO(data)) as made:
            parts = {name: made.read(name) for name in made.namelist()} | parts
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def strict_ooxml() -> bytes:
    return book(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Hà</t></is></c><c r="B1"><v>5</v></c>'
        '<c r="C1" t="d"><v>2020-01-02</v></c></row>',
        strict=True,
    )


def prefixed_elements() -> bytes:
    """<x:worksheet>, as the Open XML SDK of Microsoft writes it."""
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:cols><x:col min="2" max="2" hidden="1"/></x:cols><x:sheetData>'
        '<x:row r="1" hidden="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Hà</x:t></x:is></x:c>'
        '<x:c r="B1"><x:f>1/0</x:f><x:v>7</x:v></x:c><x:c r="C1" t="e"><x:v>#REF!</x:v></x:c></x:row>'
        '</x:sheetData><x:mergeCells><x:mergeCell ref="A2:B3"/></x:mergeCells></x:worksheet>'
    )
    return package(sheet)


def cells_without_places() -> bytes:
    """Neither rows nor cells say where they stand: each follows the one before."""
    return book(
        '<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row r="4"><c r="C4"><v>2</v></c><c><f>A1</f></c></row>'
        "<row><c><v>3</v></c></row>"
    )


def inline_strings() -> bytes:
    return book(
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t xml:space="preserve">Hà </t></r><r><t>Tĩnh</t></r></is></c></row>'
    )


def phonetic_runs() -> bytes:
    """Text with its reading (rPh), as East Asian Excel keeps it: the reading is no part of the text."""
    return book(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        strings='<si><t>Hà Tĩnh</t><rPh sb="0" eb="2"><t>ha tinh</t></rPh><phoneticPr fontId="1"/></si>',
    )


def runs_in_old_fonts() -> bytes:
    """A1 one run in .VnTime, B1 two fonts, C1 modern runs in a cell of .VnTime, D1 inline, E1 the font of the cell."""
    old, new = '<rPr><rFont val=".VnTime"/></rPr>', '<rPr><rFont val="Arial"/></rPr>'
    return book(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1" t="s"><v>2</v></c>'
        f'<c r="D1" t="inlineStr"><is><r>{old}<t>B¶o</t></r></is></c><c r="E1" s="1" t="s"><v>3</v></c></row>',
        strings=f"<si><r>{old}<t>B¶o</t></r><r>{new}<t>Thang</t></r></si><si><r>{old}<t>B¶o</t></r><r>{new}"
        f"<t>Hà</t></r></si><si><r>{new}<t>Hà</t></r></si><si><r><t>B¶o</t></r></si>",
    )


def days_of_1904() -> bytes:
    """A book of an old Mac counts its days from 1904."""
    return book(
        f'<row r="1"><c r="A1" s="{DAY}"><v>40000</v></c></row>', settings='<workbookPr date1904="1"/>'
    )


def days_before_march_1900() -> bytes:
    """Serials 1, 59, 60 (29/02/1900, which was no day) and 61."""
    cells = "".join(
        f'<c r="{at}1" s="{DAY}"><v>{n}</v></c>' for at, n in zip("ABCD", (1, 59, 60, 61), strict=True)
    )
    return book(f'<row r="1">{cells}</row>')


def stray_cell(place: str = "A1048576") -> bytes:
    """One forgotten cell, far away."""
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return book(
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row>'
    )


def empty_formatted_rows(count: int = 10_000) -> bytes:
    """Borders drawn far below the list: rows of cells with a style and nothing in them."""
    rows = "".join(
        f'<row r="{n}" s="4" customFormat="1"><c r="A{n}" s="4"/><c r="B{n}" s="4"/></row>'
        for n in range(2, count + 2)
    )
    return book(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}')


def one_long_text_in_very_many_cells(letters: int = 32_000, rows: int = 10_000) -> bytes:
    """A few kilobytes that a library unfolds into hundreds of megabytes."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(1, rows + 1))
    return book(cells, strings=f"<si><t>x</t></si><si><r><t>{'â' * letters}</t></r></si>")


def spoilt_sheet() -> bytes:
    return package(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v>')


def sheet_with_a_declaration() -> bytes:
    return package('<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>')
