"""The roster frozen as a decision has it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max

from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.models import User
from thanhsen.vietnamese import day
from trainings.actions.roster.seats import locked
from trainings.models import Course, RosterVersion, SignerTitle, Trainee

COLUMNS = {
    "full_name": "họ và tên", "born": "ngày, năm sinh", "sex": "giới tính", "position": "chức vụ", "unit": "đơn vị",
    "group": "nhóm", "training_class": "lớp", "phone": "điện thoại",
}  # fmt: skip


def line_of(trainee: Trainee) -> dict[str, Any]:
    """A trainee as a list annexed to a decision prints it. `trainee`: the id."""
    return {
        "trainee": trainee.pk,
        "full_name": trainee.full_name,
        "born": day(trainee.birth_date) or str(trainee.birth_year or ""),
        "sex": trainee.get_sex_display(),
        "position": trainee.position_note or trainee.get_position_display(),
        "unit": trainee.unit.name,
        "group": trainee.get_group_display(),
        "training_class": str(trainee.training_class or ""),
        "phone": trainee.phone,
    }


@once(RosterVersion)
def freeze(
    *, by: User, course: Course, decision_number: str, decision_date: date, signer: str,
    signer_title: str = SignerTitle.CHAIR, request_id: UUID | None = None,
) -> RosterVersion:  # fmt: skip
    """Whoever is enrolled now, sorted by given name, as the list of this decision."""
    held = locked(course)
    lines = [
        line_of(each) for each in held.trainees.enrolled().select_related("unit", "training_class").in_order()
    ]
    if not lines:
        raise ValidationError("Chưa có học viên nào trong danh sách nên chưa chốt được.")
    last = held.versions.aggregate(last=Max("number"))["last"] or 0
    made = RosterVersion.objects.create(
        course=held, number=last + 1, decision_number=decision_number, decision_date=decision_date, signer=signer,
        signer_title=signer_title, lines=lines, made_by=by, request_id=request_id,
    )  # fmt: skip
    after = {
        "decision_number": decision_number,
        "decision_date": decision_date.isoformat(),
        "signer": signer,
        "signer_title": signer_title,
        "rows": len(lines),
    }
    events.record(by=by, act="roster.freeze", on=made, after=after, area=held.ward_id)
    return made
