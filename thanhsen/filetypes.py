"""What a file sent in is: by what it holds, never by what it is called."""

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError

ENTRIES, UNPACKED, DECLARED = (
    3_000,
    300_000_000,
    1_000_000,
)  # of an Office file: parts, bytes of all, of the list
LONGEST_NAME = 120
TAKEN = "Word, PowerPoint, Excel (.docx, .pptx, .xlsx), PDF, ảnh (PNG, JPEG, GIF, WebP), MP3 hoặc MP4"
UNKNOWN = f"Cổng chỉ nhận {TAKEN}. Mở tệp bằng phần mềm đã soạn, lưu lại thành một trong các dạng ấy rồi gửi."
EMPTY = "Tệp trống, không có nội dung nào. Chọn lại tệp."
BROKEN = "Tệp chưa đủ hoặc bị hỏng. Mở thử trên máy; mở được thì lưu lại rồi gửi."
BOMB = "Tệp giải nén ra quá lớn nên không nhận. Giảm cỡ ảnh trong tệp, lưu lại rồi gửi."
MACROS = "Tệp có macro hoặc đối tượng nhúng. Lưu lại thành tệp không có macro (.docx, .pptx, .xlsx) rồi gửi."
FILMS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4A ", b"dash"}
)
# Not for any system: what leads elsewhere, what cannot be printed, what turns the reading direction.
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


@dataclass(frozen=True)
class FileType:
    extension: str
    content_type: str
    label: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = FileType("docx", f"{_OFFICE}.wordprocessingml.document", "Word")
SLIDES = FileType("pptx", f"{_OFFICE}.presentationml.presentation", "PowerPoint")
SHEET = FileType("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "Excel")
PDF = FileType("pdf", "application/pdf", "PDF")
PNG = FileType("png", "image/png", "Ảnh PNG")
JPEG = FileType("jpg", "image/jpeg", "Ảnh JPEG")
GIF = FileType("gif", "image/gif", "Ảnh GIF")
WEBP = FileType("webp", "image/webp", "Ảnh WebP")
MP3 = FileType("mp3", "audio/mpeg", "Âm thanh MP3")
MP4 = FileType("mp4", "video/mp4", "Phim MP4")
TYPES = {each.extension: each for each in (WORD, SLIDES, SHEET, PDF, PNG, JPEG, GIF, WEBP, MP3, MP4)}
MAIN_PARTS = {"word/document.xml": WORD, "ppt/presentation.xml": SLIDES, "xl/workbook.xml": SHEET}


def recognised(content: bytes) -> FileType:
    """What `content` is; ValidationError (a sentence that says what to do) where it is nothing that is taken.

    Pictures and films are told by how they begin and are not opened; a page or a script that calls itself a picture
    begins otherwise.
    """
    if not content:
        raise ValidationError(EMPTY)
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise ValidationError(BROKEN)
        return PDF
    found = _picture(content) or _film_or_sound(content)
    if found is None:
        raise ValidationError(UNKNOWN)
    return found


def safe_name(name: str, kind: FileType) -> str:
    """The name somebody's machine gave the file, without its folder and whatever harms another machine, and with the
    ending of what it is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = " ".join(UNFIT.sub(" ", last).split()).strip(". ")
    stem, dot, ending = last.rpartition(".")
    known = {kind.extension, "jpeg"} if kind is JPEG else {kind.extension}
    if not dot or ending.lower() not in known:
        stem = last
    stem = stem[:LONGEST_NAME].strip(". ") or "tai-lieu"
    return f"{stem}.{kind.extension}"


def of_name(name: str) -> FileType | None:
    """The type of a file whose name `safe_name` made."""
    return TYPES.get(name.rpartition(".")[2])


def _picture(content: bytes) -> FileType | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    return WEBP if content.startswith(b"RIFF") and content[8:12] == b"WEBP" else None


def _film_or_sound(content: bytes) -> FileType | None:
    if content[4:8] == b"ftyp":
        return MP4 if content[8:12] in FILMS else None
    if content.startswith(b"ID3"):
        return MP3
    # A frame of MPEG audio, layer III: eleven bits set, then version (01 is none) and layer (01).
    is_frame = len(content) > 4 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0
    return MP3 if is_frame and content[1] & 0x18 != 0x08 and content[1] & 0x06 == 0x02 else None


def _office(content: bytes) -> FileType:
    """Nothing is unpacked but the list of the parts, and of that no more than its limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES or sum(each.file_size for each in entries) > UNPACKED:
                raise ValidationError(BOMB)
            names = {each.filename for each in entries}
            if "[Content_Types].xml" not in names:
                raise ValidationError(UNKNOWN)
            with archive.open("[Content_Types].xml") as part:
                declared = part.read(DECLARED)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise ValidationError(BROKEN) from error
    found = [kind for part, kind in MAIN_PARTS.items() if part in names]
    if len(found) != 1:
        raise ValidationError(UNKNOWN)
    parts = [each.lower() for each in names]
    if b"macroEnabled" in declared or any(_is_active(each) for each in parts):
        raise ValidationError(MACROS)
    return found[0]


def _is_active(part: str) -> bool:
    """Whether a part of an Office file holds a programme or a whole other file."""
    return (
        part.endswith(("vbaproject.bin", ".exe", ".js", ".vbs", ".bat"))
        or "/activex/" in part
        or "oleobject" in part
    )
