"""The parts of a workbook that carry colours and comments, patched byte by byte: what is not said here stays as it was.

`package` knows the zip, `sheet` the cells, `styles` the fills, `comments` the words, `shapes` the boxes they stand in.
"""

AUTHOR = "Cổng giảm nghèo"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
