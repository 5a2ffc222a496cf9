"""Materials of outreach and of the courses: added as a file or an address, withdrawn."""

from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.models import Material, MaterialFile
from thanhsen import events
from thanhsen.concurrency import made_before, made_once
from thanhsen.constraints import kept
from thanhsen.models import Area, User

MOST = 20 * 1024 * 1024  # bytes
# How a file begins → the endings that fit, told by content and not by name. What runs in a browser is not among them.
BEGINS: list[tuple[bytes, tuple[str, ...]]] = [
    (b"%PDF-", (".pdf",)),
    (b"PK\x03\x04", (".docx", ".pptx", ".xlsx")),
    (b"\xff\xd8\xff", (".jpg", ".jpeg")),
    (b"\x89PNG\r\n\x1a\n", (".png",)),
    (b"ID3", (".mp3",)),
    (b"\xff\xfb", (".mp3",)),
]
KINDS = "PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), ảnh (.jpg, .png), âm thanh (.mp3), phim (.mp4)"


def add_material(
    *,
    by: User,
    ward: Area,
    values: dict[str, Any],
    file: tuple[str, bytes] | None = None,
    request_id: UUID | None = None,
) -> Material:
    """A new material. `values`: title, topic, audience, author, link; `file`: (name, bytes) where there is no link."""
    if made := made_before(Material, request_id, ward=ward):
        return made
    about: dict[str, Any] = {}
    if file:
        name, content = judged(*file)
        about = {"file_name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
    with made_once(Material, request_id) as twin, kept():
        made = Material.objects.create(ward=ward, made_by=by, request_id=request_id, **values, **about)
        if file:
            MaterialFile.objects.create(of=made, content=file[1])
        events.record(by=by, act="material.add", on=made, after=events.snapshot(made), area=ward)
    return twin.record or made


def judged(name: str, content: bytes) -> tuple[str, bytes]:
    """The file's plain name and bytes. ValidationError: empty, too large, or not what its name says."""
    plain = name.replace("\\", "/").rpartition("/")[2].strip()[-150:]
    if not content:
        raise ValidationError({"file": "Tệp rỗng; chọn lại tệp."})
    if len(content) > MOST:
        raise ValidationError({"file": "Tệp lớn hơn 20 MB; nén nhỏ lại, hoặc đưa lên mạng rồi ghi địa chỉ."})
    ending = f".{plain.lower().rpartition('.')[2]}"
    fits = next((endings for start, endings in BEGINS if content.startswith(start)), ())
    if content[4:8] == b"ftyp":
        fits = (".mp4",)
    if ending not in fits:
        raise ValidationError({"file": f"Nội dung tệp không đúng loại. Nhận {KINDS}."})
    return plain, content


def withdraw_material(*, by: User, material: Material, on: date) -> Material:
    """It is no longer offered; where it was used it stays to be read."""
    with kept():
        row = Material.objects.select_for_update(of=("self",)).get(pk=material.pk)
        if row.withdrawn_on:
            raise ValidationError("Tài liệu này đã thôi dùng từ trước.")
        row.withdrawn_on = on
        row.save(update_fields=["withdrawn_on"])
        events.record(
            by=by, act="material.withdraw", on=row, after={"withdrawn_on": on.isoformat()}, area=row.ward_id
        )
    return row
