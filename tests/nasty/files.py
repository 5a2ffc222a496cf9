"""Files that are no plain .xlsx, or one that nobody should open."""

import io
import random
import struct
import zipfile

from tests.nasty import raw, sheets

_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)


def nothing() -> bytes:
    return b""


def xls_of_1997() -> bytes:
    return _COMPOUND + bytes(100_000) + "Workbook".encode("utf-16-le") + bytes(100)


def doc_of_1997() -> bytes:
    return _COMPOUND + bytes(300_000) + "WordDocument".encode("utf-16-le") + bytes(100)


def password() -> bytes:
    """An .xlsx locked by Excel is a compound file; the name of its stream may stand far from the start."""
    return _COMPOUND + bytes((1 << 18) - 520) + "EncryptedPackage".encode("utf-16-le") + bytes(2_000)


def password_of_zip() -> bytes:
    """Every part flagged as encrypted."""
    data = bytearray(sheets.plain())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            data[part.header_offset + 6] |= 1
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    return bytes(data)


def xlsb() -> bytes:
    return raw.zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01\x00"})


def ods() -> bytes:
    return raw.zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"<office:document-content/>",
        }
    )


def docx() -> bytes:
    return raw.zipped({"word/document.xml": b"<w:document/>"})


def other_zip() -> bytes:
    return raw.zipped({"anh.jpg": b"\xff\xd8\xff"})


def book_under_another_name() -> bytes:
    """Some web services name the book workbook2.xml, which few programs find."""
    return raw.zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook2.xml": b"<workbook/>"})


def csv() -> bytes:
    return "STT;Họ và tên;Số CCCD\n1;Nguyễn Văn Mẫu;42080000123\n".encode("utf-8-sig")


def csv_of_excel() -> bytes:
    """“Unicode Text” of Excel: UTF-16 with tabs."""
    return "STT\tHọ và tên\n1\tNguyễn Văn Mẫu\n".encode("utf-16")


def web_page_named_xls() -> bytes:
    return b'\xef\xbb\xbf<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table></html>'


def xml_of_2003() -> bytes:
    return b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'


def pdf() -> bytes:
    return b"%PDF-1.7 rest"


def macro() -> bytes:
    """An .xlsm renamed: told by what is in it."""
    return raw.zipped({"xl/vbaProject.bin": b"\xcc\x61"}, sheets.plain())


def macro_of_excel_4() -> bytes:
    return raw.zipped({"xl/macrosheets/sheet1.xml": b"<xm:macrosheet/>"}, sheets.plain())


def truncated() -> bytes:
    """The copy to the USB stick was not over."""
    data = sheets.plain()
    return data[: len(data) * 2 // 3]


def flipped_bytes() -> bytes:
    """A disk that fails: the list of parts is whole, a part is not."""
    data = bytearray(sheets.plain())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    for at in range(start, start + 40):
        data[at] ^= 0xFF
    return bytes(data)


def larger_than_20_mb() -> bytes:
    """A list with photographs in it."""
    return raw.zipped({"xl/media/image1.jpeg": random.Random(5).randbytes(20_000_001)}, sheets.plain())


def zip_bomb(unpacked: int = 40_000_000) -> bytes:
    """A small file that grows a thousandfold when opened."""
    return raw.zipped({"xl/worksheets/sheet1.xml": b" " * unpacked}, sheets.plain())


def zip_bomb_that_lies(unpacked: int = 2_000_000) -> bytes:
    """The same, which declares that it is small: what an archive says of itself is not believed."""
    data = bytearray(zip_bomb(unpacked))
    size = struct.pack("<I", unpacked)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 1_000)
    return bytes(data)


def very_many_parts() -> bytes:
    return raw.zipped({f"xl/part{number}.xml": b"<a/>" for number in range(301)}, sheets.plain())


def part_named_twice() -> bytes:
    """Two readers of such a file see two different sheets."""
    stream = io.BytesIO(sheets.plain())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.infolist()
        archive.NameToInfo.pop("xl/worksheets/sheet1.xml")
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    return stream.getvalue()


def doctype(coding: str = "ascii") -> bytes:
    """Entities that grow without end, or read a file of the server. Anywhere in the part, over the edge of a piece."""
    text = " " * ((1 << 18) - 4) + "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
    return raw.zipped({"docProps/custom.xml": text.encode(coding)}, sheets.plain())
