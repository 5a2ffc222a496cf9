"""A file that somebody sends in, judged before any spreadsheet library opens it: one room for every size of file."""

import copy
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

AGAIN = "Mở bằng Excel, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)” rồi nạp lại."
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")  # .xls, .doc, and an .xlsx locked with a password
CHUNK = 1 << 18
DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be"))
SPOILT = (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error, struct.error, ValueError)
COPIED = "Chép bảng sang Excel, lưu kiểu “Excel Workbook (.xlsx)” rồi nạp lại."
OTHERS = {  # a part only that kind of file has → the kind, and what to do
    "xl/workbook.bin": ("Excel nhị phân (.xlsb)", AGAIN),
    "word/document.xml": ("Word (.docx)", COPIED),
    "ppt/presentation.xml": ("PowerPoint (.pptx)", COPIED),
}
STARTS = {  # how the file begins → the kind
    b"%PDF": "PDF",
    b"\x89PNG": "ảnh",
    b"\xff\xd8\xff": "ảnh",
    b"Rar!": "nén .rar",
    b"7z\xbc\xaf": "nén .7z",
    b"{\\rtf": "văn bản .rtf",
}


@dataclass(frozen=True)
class Fault:
    """What is wrong, and in which cell ("" for the file as a whole)."""

    at: str
    sentence: str

    def __str__(self) -> str:
        return f"Ô {self.at}: {self.sentence}" if self.at else self.sentence


class Unreadable(ValueError):
    """Nothing of the file was taken. `faults` are all that were found, each with its cell."""

    def __init__(self, *faults: Fault):
        super().__init__(" ".join(str(each) for each in faults))
        self.faults = faults


@dataclass(frozen=True)
class Limits:
    """`file` and `unpacked` in bytes. A part that unpacks to more than `ratio` times its size is a bomb, once it
    is over `calm` bytes: ten thousand empty formatted rows compress well and harm nobody."""

    file: int
    unpacked: int
    parts: int
    ratio: int = 200
    calm: int = 20_000_000


FILLED_IN = Limits(file=2_000_000, unpacked=15_000_000, parts=200)  # a table of our own, filled in
REGISTER = Limits(file=20_000_000, unpacked=250_000_000, parts=300)  # a ward's whole list


def refuse(sentence: str, at: str = "") -> NoReturn:
    raise Unreadable(Fault(at, sentence))


def judge(source: Path | BinaryIO, limits: Limits = REGISTER) -> None:
    """Unreadable, with a sentence of its own for every kind of file that is no plain .xlsx, or is too large.

    The file is unpacked once in pieces and never held whole: what an archive declares of itself is not believed.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return judge(stream, limits)
    size = source.seek(0, io.SEEK_END)
    if size > limits.file:
        refuse(
            f"Tệp lớn quá: tối đa {limits.file // 1_000_000} MB. Xoá ảnh và trang thừa trong tệp, hoặc chia thành "
            "nhiều tệp, mỗi tệp vài tổ dân phố, rồi nạp từng tệp."
        )
    if not size:
        refuse("Tệp trống, không có nội dung nào. Kiểm tra lại tệp trên máy rồi nạp lại.")
    source.seek(0)
    start = source.read(4096)
    if start.startswith(COMPOUND):
        _refuse_compound(source)
    if not start.startswith(b"PK"):
        _refuse_no_archive(start)
    try:
        with zipfile.ZipFile(source) as archive:
            _judge_parts(archive, limits)
    except SPOILT as error:
        if isinstance(error, Unreadable):
            raise
        refuse(
            "Tệp .xlsx này đã hỏng hoặc bị cụt (chép hay tải chưa xong). Chép lại từ máy gốc, mở thử bằng Excel "
            "rồi nạp lại."
        )


def _judge_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    names = {each.filename for each in parts}
    if any(each.flag_bits & 1 for each in parts):
        refuse("Tệp đang đặt mật khẩu. Bỏ mật khẩu rồi nạp lại.")
    if len(parts) > limits.parts or sum(each.file_size for each in parts) > limits.unpacked:
        _refuse_bomb()
    _judge_kind(archive, names)
    if len(names) < len(parts):
        refuse(f"Tệp nén có hai phần cùng tên nên cổng không mở. {AGAIN}")
    for part in parts:
        _judge_part(archive, part, limits)


def _judge_kind(archive: zipfile.ZipFile, names: set[str]) -> None:
    if "xl/workbook.xml" not in names:
        if "mimetype" in names and b"opendocument" in archive.open("mimetype").read(100):
            refuse(
                "Đây không phải tệp Excel .xlsx mà là tệp LibreOffice (.ods). Trong LibreOffice chọn Tệp, Lưu thành, "
                "kiểu “Excel 2007–365 (.xlsx)” rồi nạp lại."
            )
        for part, (kind, remedy) in OTHERS.items():
            if part in names:
                refuse(f"Đây không phải tệp Excel .xlsx mà là tệp {kind}. {remedy}")
        if any(each.startswith("xl/") for each in names):
            refuse(f"Tệp Excel này có cấu trúc lạ (không có xl/workbook.xml). {AGAIN}")
        refuse(
            "Đây không phải tệp Excel .xlsx mà là tệp nén khác. Giải nén, chọn đúng tệp Excel rồi nạp lại."
        )
    if any(
        each.endswith("vbaProject.bin") or each.startswith(("xl/macrosheets/", "xl/dialogsheets/"))
        for each in names
    ):
        refuse(f"Tệp có macro nên cổng không nhận. {AGAIN}")


def _judge_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    unpacked = 0
    for piece in _pieces(archive, part):
        unpacked += len(piece) - len(DOCTYPES[1])
        if unpacked > part.file_size:
            raise zipfile.BadZipFile("holds more than it declares")
        if unpacked > limits.calm and unpacked > limits.ratio * part.compress_size:
            _refuse_bomb()
        if any(each in piece for each in DOCTYPES):
            refuse(f"Tệp có phần khai báo lạ (DOCTYPE) nên cổng không mở. {AGAIN}")


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Each with the end of the one before, so that no word is missed between two."""
    longer = copy.copy(part)
    longer.file_size += 1  # else the library stops at the size declared, and other readers do not
    tail = bytes(len(DOCTYPES[1]))
    with archive.open(longer) as stream:
        while piece := stream.read(CHUNK):
            yield tail + piece
            tail = (tail + piece)[-len(tail) :]


def _refuse_bomb() -> NoReturn:
    refuse("Tệp nén này bung ra lớn bất thường nên cổng không mở. Chép bảng sang tệp mẫu mới rồi nạp lại.")


def _refuse_compound(source: BinaryIO) -> NoReturn:
    """Excel, Word and locked files of one old container: told apart by the names of the streams in it."""
    source.seek(0)
    tail = b""
    while piece := source.read(CHUNK):
        piece = tail + piece
        if "EncryptedPackage".encode("utf-16-le") in piece:
            refuse("Tệp đang đặt mật khẩu. Bỏ mật khẩu trong Excel (Tệp, Thông tin, Bảo vệ) rồi nạp lại.")
        if "WordDocument".encode("utf-16-le") in piece:
            refuse(
                "Đây không phải tệp Excel mà là tệp Word kiểu cũ (.doc). Chép bảng sang Excel rồi nạp lại."
            )
        tail = piece[-64:]
    refuse(f"Đây là tệp kiểu cũ (.xls). {AGAIN}")


def _refuse_no_archive(start: bytes) -> NoReturn:
    kind = next((STARTS[each] for each in STARTS if start.startswith(each)), "")
    if kind:
        refuse(f"Đây không phải tệp Excel .xlsx mà là tệp {kind}. Chọn lại tệp Excel rồi nạp lại.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "replace").encode()
    lowered = start.lower().lstrip(b"\xef\xbb\xbf \r\n\t")
    if lowered.startswith((b"<!doctype html", b"<html", b"<table", b"mime-version")):
        refuse(f"Đây không phải tệp Excel .xlsx mà là trang web lưu với tên Excel. {AGAIN}")
    if lowered.startswith(b"<?xml") or b"urn:schemas-microsoft-com" in lowered:
        refuse(f"Đây không phải tệp Excel .xlsx mà là tệp XML. {AGAIN}")
    if b"\0" not in start and any(each in start for each in (b",", b";", b"\t")):
        refuse(
            "Đây không phải tệp Excel .xlsx mà là tệp chữ (.csv), hay làm mất số 0 đầu của số định danh. "
            "Lấy lại tệp Excel gốc; nếu chỉ có tệp này thì mở bằng Excel (Dữ liệu, Từ văn bản/CSV), "
            "để các cột số định danh kiểu Văn bản (Text) rồi lưu kiểu .xlsx."
        )
    refuse(f"Đây không phải tệp Excel .xlsx, hoặc tệp đã hỏng. {AGAIN}")
