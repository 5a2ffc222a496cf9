"""Templates of documents: put in the place of the portal's own, taken out of use."""

import hashlib
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from households.documents import faults
from households.documents.kinds import KINDS
from households.models import DocumentTemplate
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import Area, User


def upload_template(
    *, by: User, kind: str, ward: Area | None, content: bytes, file_name: str, note: str = ""
) -> DocumentTemplate:
    """A Word file that names only the fields of its kind is used from now on."""
    if found := faults.check(content, KINDS[kind]):
        raise ValidationError({"file": found})
    if ward is None and by.area_ids:
        raise ValidationError({"ward": "Chọn phường của anh/chị: mẫu chung do quản trị của cả cổng thay."})
    with kept():
        made = DocumentTemplate.objects.create(
            kind=kind, ward=ward, content=content, file_name=file_name[:120], note=note,
            digest=hashlib.sha256(content).hexdigest(), uploaded_by=by,
        )  # fmt: skip
        events.record(by=by, act="template.upload", on=made, after=_kept(made), area=ward)
    return made


def withdraw_template(*, by: User, template: DocumentTemplate, at: datetime) -> DocumentTemplate:
    """The template is used no more; the one before it, or the portal's own, stands again."""
    with kept():
        stored = DocumentTemplate.objects.select_for_update().filter(pk=template.pk).governed_by(by).first()
        if stored is None:
            raise PermissionDenied("Mẫu chung do quản trị của cả cổng thay.")
        if stored.withdrawn_at:
            raise ValidationError("Mẫu này đã thôi dùng.")
        stored.withdrawn_at, stored.withdrawn_by = at, by
        stored.save(update_fields=["withdrawn_at", "withdrawn_by"])
        events.record(by=by, act="template.withdraw", on=stored, area=stored.ward_id)
    return stored


def _kept(template: DocumentTemplate) -> dict:
    """What the trail keeps: which file it was, not the file."""
    return {name: getattr(template, name) for name in ("kind", "file_name", "digest", "note")}
