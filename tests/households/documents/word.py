"""Word files for tests: made with python-docx, read back as the words an officer sees."""

import io
import zipfile

from docx import Document


def made(
    *paragraphs: str, rows: list[list[str]] | None = None, runs: list[str] | None = None, footer: str = ""
) -> bytes:
    """A Word file of paragraphs, then a table of `rows`, then one paragraph written in several `runs`."""
    document = Document()
    for each in paragraphs:
        document.add_paragraph(each)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    if runs:
        paragraph = document.add_paragraph()
        for place, each in enumerate(runs):
            paragraph.add_run(each).bold = bool(place % 2)
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed(
    data: bytes, parts: dict[str, bytes], replaced: dict[str, tuple[bytes, bytes]] | None = None
) -> bytes:
    """The same archive with parts added, and bytes of a part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if replaced and name in replaced:
                assert replaced[name][0] in content
                content = content.replace(*replaced[name])
            new.writestr(name, content)
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def paragraphs(data: bytes) -> list[str]:
    """The paragraphs outside tables that hold something."""
    return [each.text for each in Document(io.BytesIO(data)).paragraphs if each.text.strip()]


def tables(data: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(data)).tables
    ]


def everything(data: bytes) -> str:
    return "\n".join([*paragraphs(data), *(cell for table in tables(data) for row in table for cell in row)])
