"""Visits, meetings, calls and broadcasts: recorded with whom they reached and what was answered; voided as a whole."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.actions.support.contacts import Said, reach
from households.actions.support.materials import must_be_of_ward
from households.models import Activity, Material
from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import Area, User

Kind = Activity.Kind


@once(Activity)
def record_activity(
    *,
    by: User,
    values: dict[str, Any],
    today: date,
    contacts: Sequence[Said] = (),
    materials: Sequence[Material] = (),
    request_id: UUID | None = None,
) -> Activity:
    """`values`: campaign, area (a tổ dân phố of the user's), kind, date, place, subject, led_by, attended; without a
    subject, that of the campaign. A visit or a call reaches the households of `contacts`, one at least; a meeting may
    get its households later; a broadcast reaches none by name."""
    campaign = values.get("campaign")
    values = {**values, "subject": values.get("subject") or (campaign.purpose if campaign else "")}
    _must_be_whole(by, values, contacts, today)
    must_be_of_ward(materials, values["area"].parent_id)
    made = Activity.objects.create(made_by=by, request_id=request_id, **values)
    made.materials.set(materials)
    count = reach(by, made, contacts)
    after = events.snapshot(made) | count
    events.record(by=by, act="activity.record", on=made, after=after, area=made.area_id)
    return made


def add_contacts(*, by: User, activity: Activity, contacts: Sequence[Said]) -> int:
    """More households of a meeting, each with what it answered; how many."""
    if not contacts:
        raise ValidationError("Chưa đánh dấu hộ nào. Đánh dấu các hộ có người dự rồi ghi.")
    with kept():
        row = Activity.objects.select_for_update(of=("self",)).select_related("area").get(pk=activity.pk)
        _must_take_more(by, row)
        count = reach(by, row, contacts)
        events.record(by=by, act="activity.reach", on=row, after=count, area=row.area_id)
    return len(contacts)


def void_activity(*, by: User, activity: Activity, reason: str, at: datetime) -> Activity:
    """It was recorded by mistake: it stays to be read, and counts no more, with all its answers."""
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do bỏ."})
    with kept():
        row = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        if row.voided_at:
            raise ValidationError("Lần vận động này đã bỏ từ trước.")
        row.voided_at, row.voided_by, row.void_reason = at, by, reason.strip()
        row.save(update_fields=["voided_at", "voided_by", "void_reason"])
        events.record(by=by, act="activity.void", on=row, reason=reason, area=row.area_id)
    return row


def _must_take_more(by: User, row: Activity) -> None:
    if not Activity.objects.visible_to(by).filter(pk=row.pk).exists():
        raise ValidationError("Buổi này ở tổ dân phố không được giao cho anh/chị.")
    if row.voided_at:
        raise ValidationError("Buổi này đã bỏ vì ghi nhầm; lần đã bỏ thì không ghi hộ.")
    if row.kind != Kind.MEETING:
        raise ValidationError(
            "Chỉ buổi họp mới ghi thêm hộ. Đến nhà, gọi điện thì ghi ở trang của hộ; loa, pano thì không ghi hộ."
        )


def _must_be_whole(by: User, values: dict[str, Any], contacts: Sequence[Said], today: date) -> None:
    if values["date"] > today:
        raise ValidationError(
            {"date": "Ngày ở tương lai; ghi khi đã vận động xong. Hẹn lần tới thì ghi “đến lại ngày”."}
        )
    if not Area.objects.under(by.area_ids).filter(pk=values["area"].pk).exists():
        raise ValidationError({"area": "Chọn tổ dân phố trong địa bàn được giao cho anh/chị."})
    if values["kind"] == Kind.BROADCAST and contacts:
        raise ValidationError("Loa, pano, mạng xã hội không ghi từng hộ.")
    if values["kind"] in (Kind.VISIT, Kind.CALL) and not contacts:
        raise ValidationError("Đến nhà, gọi điện thì ghi ở trang của hộ: gặp ai, gia đình trả lời thế nào.")
    if values["kind"] == Kind.VISIT and len(contacts) > 1:
        raise ValidationError("Mỗi lần đến nhà ghi cho một hộ.")
