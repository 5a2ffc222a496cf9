"""Campaigns; visits, meetings, calls and broadcasts with who was reached and what they answered."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.models import Activity, Campaign, Contact, Household
from thanhsen import events
from thanhsen.concurrency import lock, made_before, made_once
from thanhsen.constraints import kept
from thanhsen.models import Area, User

MANY = ("areas", "materials")


def create_campaign(
    *, by: User, ward: Area, values: dict[str, Any], request_id: UUID | None = None
) -> Campaign:
    """`values`: fields of Campaign, with `areas` and `materials` as records."""
    if made := made_before(Campaign, request_id, ward=ward):
        return made
    plain = {name: value for name, value in values.items() if name not in MANY}
    with made_once(Campaign, request_id) as twin, kept():
        made = Campaign.objects.create(ward=ward, made_by=by, request_id=request_id, **plain)
        _many(made, values)
        events.record(by=by, act="campaign.create", on=made, after=events.snapshot(made), area=ward)
    return twin.record or made


def edit_campaign(*, by: User, campaign: Campaign, version: int, values: dict[str, Any]) -> Campaign:
    with kept():
        row: Campaign = lock(campaign, version)
        before = events.snapshot(row)
        for name, value in values.items():
            if name not in MANY:
                setattr(row, name, value)
        row.version += 1
        row.save()
        _many(row, values)
        events.record(
            by=by, act="campaign.edit", on=row, before=before, after=events.snapshot(row), area=row.ward_id
        )
    return row


def _many(row: Campaign, values: dict[str, Any]) -> None:
    if any(each.parent_id != row.ward_id for each in values.get("areas", [])):
        raise ValidationError({"areas": "Có tổ dân phố không thuộc phường của đợt vận động."})
    for name in MANY:
        if name in values:
            getattr(row, name).set(values[name])


def record_activity(
    *,
    by: User,
    area: Area,
    values: dict[str, Any],
    contacts: Sequence[dict[str, Any]],
    today: date,
    request_id: UUID | None = None,
) -> Activity:
    """One visit, meeting, call or broadcast. `values`: campaign, kind, date, place, subject, led_by, attended,
    materials; `contacts`: household (record), person, said, answer, refusal, refusal_note, next_visit_on.

    ValidationError: in the future, a household elsewhere, a next visit not after the day; nothing is recorded.
    """
    if made := made_before(Activity, request_id, area=area):
        return made
    day = values["date"]
    if day > today:
        raise ValidationError({"date": "Ngày ở tương lai; ghi khi đã gặp."})
    campaign = values.get("campaign")
    if campaign and campaign.ward_id != area.parent_id:
        raise ValidationError({"campaign": "Đợt vận động này của phường khác."})
    with made_once(Activity, request_id) as twin, kept():
        _must_be_reachable(by, area, contacts, day)
        plain = {name: value for name, value in values.items() if name != "materials"}
        made = Activity.objects.create(area=area, made_by=by, request_id=request_id, **plain)
        made.materials.set(values.get("materials", []))
        rows = Contact.objects.bulk_create(Contact(activity=made, made_by=by, **each) for each in contacts)
        events.record(by=by, act="activity.record", on=made, after=events.snapshot(made), area=area)
        events.record_each(
            by=by, act="contact.record", of=[(each, events.snapshot(each), area.pk) for each in rows]
        )
    return twin.record or made


def _must_be_reachable(by: User, area: Area, contacts: Sequence[dict[str, Any]], day: date) -> None:
    ids = {each["household"].pk for each in contacts}
    mine = Household.objects.visible_to(by).filter(pk__in=ids, area__parent=area.parent_id).count()
    if mine < len(ids):
        raise ValidationError("Có hộ không thuộc địa bàn của anh/chị nên chưa ghi gì. Tải lại trang.")
    if len(ids) < len(contacts):
        raise ValidationError("Một hộ chỉ ghi một lần trong một lần vận động.")
    for each in contacts:
        if each.get("next_visit_on") and each["next_visit_on"] <= day:
            raise ValidationError(
                {"next_visit_on": f"Hộ {each['household']}: ngày đến lại phải sau ngày gặp."}
            )


def void_activity(*, by: User, activity: Activity, reason: str, at: datetime) -> Activity:
    """It was entered by mistake: it and its contacts no longer count, and stay to be read."""
    with kept():
        row = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        if row.voided_at:
            raise ValidationError("Lần vận động này đã được bỏ từ trước.")
        row.voided_at, row.voided_by, row.void_reason = at, by, reason.strip()
        row.save(update_fields=["voided_at", "voided_by", "void_reason"])
        events.record(
            by=by,
            act="activity.void",
            on=row,
            after={"reason": row.void_reason},
            area=row.area_id,
            reason=row.void_reason,
        )
    return row
