"""Materials of outreach and training: put into the ward's library as a file or an address, taken out of use."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum

from households.models import Material, MaterialFile
from households.models.support.materials import LARGEST
from thanhsen import events, filetypes
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import Area, User

MOST_TOGETHER = (
    2_000_000_000  # bytes of the files of one ward: they are in the database, and in each backup of it
)
TOO_LARGE = "Tệp quá 20 MB. Giảm cỡ ảnh, cắt ngắn phim; phim dài thì để trên mạng rồi ghi địa chỉ."
FULL = "Thư viện của phường đã đầy (2 GB). Tài liệu lớn thì để trên mạng rồi ghi địa chỉ."


@once(Material)
def add_material(
    *,
    by: User,
    ward: Area,
    values: dict[str, Any],
    content: bytes | None = None,
    file_name: str = "",
    request_id: UUID | None = None,
) -> Material:
    """`values`: title, topic, audience, author, link. Either a file (`content`, of at most 20 MB and of a type that
    `thanhsen.filetypes` knows) or a link."""
    if not Area.objects.visible_to(by).filter(pk=ward.pk).exists() and not _lies_in(by, ward):
        raise PermissionDenied("Chỉ đưa tài liệu vào thư viện của phường mình.")
    file = _file(content, file_name) if content is not None else {}
    if file and _together(ward) + file["size"] > MOST_TOGETHER:
        raise ValidationError({"file": FULL})
    made = Material.objects.create(ward=ward, made_by=by, request_id=request_id, **values, **file)
    if content is not None:
        MaterialFile.objects.create(of=made, content=content)
    events.record(by=by, act="material.add", on=made, after=events.snapshot(made), area=ward)
    return made


def withdraw_material(*, by: User, material: Material, today: date) -> Material:
    """No longer offered; what was handed out stays. By who put it in, or who has the whole ward."""
    governs = Area.objects.visible_to(by).filter(pk=material.ward_id).exists()
    if material.made_by_id != by.pk and not governs:
        raise PermissionDenied(
            "Chỉ người đưa tài liệu lên, hoặc công chức giảm nghèo, quản trị của phường, thôi dùng được."
        )
    with kept():
        row = Material.objects.select_for_update(of=("self",)).get(pk=material.pk)
        if row.withdrawn_on:
            raise ValidationError(f"Tài liệu này đã thôi dùng ngày {row.withdrawn_on:%d/%m/%Y}.")
        row.withdrawn_on = today
        row.save(update_fields=["withdrawn_on"])
        after = {"withdrawn_on": today.isoformat()}
        events.record(by=by, act="material.withdraw", on=row, after=after, area=row.ward_id)
    return row


def _lies_in(by: User, ward: Area) -> bool:
    """Whether one of the user's tổ dân phố is of the ward."""
    return Area.objects.under(by.area_ids).filter(parent=ward).exists()


def _file(content: bytes, name: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise ValidationError({"file": TOO_LARGE})
    try:
        kind = filetypes.recognised(content)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    return {
        "file_name": filetypes.safe_name(name, kind),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _together(ward: Area) -> int:
    return Material.objects.filter(ward=ward).aggregate(total=Sum("size", default=0))["total"]


def must_be_of_ward(materials: Sequence[Material], ward: int | None) -> None:
    if any(each.ward_id != ward for each in materials):
        raise ValidationError({"materials": "Chọn tài liệu trong thư viện của chính phường này."})
