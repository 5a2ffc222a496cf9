"""A Word file as a zip archive: what may not be in one that comes from outside."""

import io
import re
import zipfile

LARGEST = 1_000_000  # bytes of the file
UNPACKED = 20_000_000  # bytes of all its parts
PARTS = 300
FILLED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
TAG = re.compile(r"\{\{|\{%|\{#")
MACROS = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject|/package\"", re.IGNORECASE)
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
FIELD_CODES = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE)\b")
INSTRUCTIONS = re.compile(r"<w:instrText[^>]*>(.*?)</w:instrText>|w:instr=\"([^\"]*)\"", re.DOTALL)

NOT_WORD = "Tệp không phải tài liệu Word (.docx). Mở tệp bằng Word, chọn Lưu thành (Save as) “Word Document (.docx)” rồi tải lên lại."
TOO_LARGE = "Tệp lớn quá 1 MB. Bỏ bớt hình ảnh trong mẫu rồi tải lên lại."
BOMB = "Tệp giải nén ra quá lớn nên không nhận. Tạo lại mẫu trong một tài liệu Word mới."
HAS_MACROS = "Tệp có macro hoặc đối tượng nhúng. Lưu lại thành “Word Document (.docx)” không có macro, không nhúng tệp khác."
HAS_LINKS = (
    "Tệp có liên kết ra ngoài (đường dẫn web, ảnh liên kết, mẫu gắn kèm). Bỏ các liên kết ấy rồi tải lên lại."
)
HAS_ENTITIES = "Tệp có khai báo XML lạ nên không nhận. Tạo lại mẫu trong một tài liệu Word mới."
HAS_FIELD_CODES = (
    "Tệp có trường tự động lấy nội dung từ nơi khác (DDE, INCLUDETEXT…). Bỏ trường ấy rồi tải lên lại."
)
MISPLACED = "Có thẻ {{ }} hoặc {% %} ở nơi cổng không điền (chú thích chân trang, ghi chú, thuộc tính tệp): chuyển vào nội dung, đầu trang hoặc chân trang."


def read_parts(data: bytes) -> tuple[dict[str, bytes], str]:
    """(part → bytes, "") of a Word file, or ({}, the sentence that refuses it)."""
    if len(data) > LARGEST:
        return {}, TOO_LARGE
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > PARTS or sum(each.file_size for each in entries) > UNPACKED:
                return {}, BOMB
            parts = {each.filename: archive.read(each) for each in entries}
    except Exception:  # an archive can be broken in many ways, all of them "not Word"
        return {}, NOT_WORD
    if len(parts) < len(entries) or not {"[Content_Types].xml", "word/document.xml"} <= set(parts):
        return {}, NOT_WORD
    return parts, ""


def dangers(parts: dict[str, bytes]) -> list[str]:
    """The sentences about what a template may not carry."""
    written = {name: data for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    found = []
    # UTF-16 would hide from the searches below what the XML reader of Word sees.
    if any(b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\x00" in data for data in written.values()):
        found.append(HAS_ENTITIES)
    if any(name.lower().endswith(".bin") for name in parts) or any(
        MACROS.search(data)
        for name, data in written.items()
        if name.endswith(".rels") or name.startswith("[")
    ):
        found.append(HAS_MACROS)
    if any(
        EXTERNAL.search(data) or b"aFChunk" in data
        for name, data in written.items()
        if name.endswith(".rels")
    ):
        found.append(HAS_LINKS)
    texts = {name: data.decode("utf-8", "replace") for name, data in written.items()}
    instructions = (one or other for text in texts.values() for one, other in INSTRUCTIONS.findall(text))
    if FIELD_CODES.search(" ".join(instructions).upper()):
        found.append(HAS_FIELD_CODES)
    if any(TAG.search(letters(text)) for name, text in texts.items() if not FILLED.fullmatch(name)):
        found.append(MISPLACED)
    return found


def letters(xml: str) -> str:
    """The text between the tags, as one: Word splits {{ x }} into runs."""
    return re.sub(r"<[^>]+>", "", xml)
