"""The parts of a workbook that carry colours and comments, patched byte by byte: what is not said here stays as it was.

`package` knows the zip, `sheet` the cells, `tail` what follows them, `layout` the columns, `styles` the fills, `comments` the words, `shapes` the boxes they stand in.
"""

from dataclasses import dataclass, field

AUTHOR = "Cổng giảm nghèo"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@dataclass
class Mark:
    """What is said at a cell, and whether the cell is red."""

    words: list[str] = field(default_factory=list)
    is_fault: bool = False

    @property
    def text(self) -> str:
        return "\n".join(dict.fromkeys(self.words))


# Row → column → mark; column 0 is the first cell of the row that holds something.
Marks = dict[int, dict[int, Mark]]
