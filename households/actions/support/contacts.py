"""Households reached by an activity: written down with it, put right one by one, taken out where they were not there."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from households.models import Activity, Contact, Household
from thanhsen import events
from thanhsen.concurrency import lock
from thanhsen.constraints import kept
from thanhsen.models import User

Said = dict[
    str, Any
]  # of one household: household (its id), person, said, answer, refusal, refusal_note, next_visit_on


def reach(by: User, activity: Activity, contacts: Sequence[Said]) -> dict[str, Any]:
    """The rows of `contacts`, within a transaction; for the trail, how many gave which answer, and the households."""
    ids = [each["household"] for each in contacts]
    _must_be_of(by, activity, ids)
    for each in contacts:
        _must_come_later(activity, each)
    Contact.objects.bulk_create(
        Contact(
            activity=activity,
            household_id=each["household"],
            made_by=by,
            **{name: value for name, value in each.items() if name != "household"},
        )
        for each in contacts
    )
    answers = Counter(str(each["answer"]) for each in contacts)
    return {"households": ids[: events.RECORDS_KEPT], "answers": dict(answers)}


def correct_contact(
    *, by: User, contact: Contact, version: int | None, values: dict[str, Any], reason: str, at: datetime
) -> Contact:
    """What one household answered was written down wrongly: `values` of Contact.SAID, why, and what stood before kept.
    Stale where somebody else corrected it first."""
    with kept():
        row: Contact = lock(contact, version)
        _must_stand(row)
        _must_come_later(row.activity, values)
        if values.get("answer") == Contact.Answer.ABSENT and row.activity.kind == Activity.Kind.MEETING:
            raise ValidationError(
                {"answer": "Hộ không có người dự thì bỏ riêng hộ khỏi buổi họp, không sửa câu trả lời."}
            )
        before = _told(row)
        for name in Contact.SAID:
            setattr(row, name, values.get(name, getattr(row, name)))
        if _told(row) == before:
            raise ValidationError("Chưa sửa gì so với câu trả lời đang ghi.")
        _save(by, row, reason, at)
        _record(by, "contact.correct", row, before, reason)
    return row


def withdraw_contact(
    *, by: User, contact: Contact, version: int | None, reason: str, at: datetime
) -> Contact:
    """The household was not at this meeting: it alone counts no more. Of a visit the whole activity is voided."""
    with kept():
        row: Contact = lock(contact, version)
        _must_stand(row)
        if row.activity.kind == Activity.Kind.VISIT:
            raise ValidationError("Lần đến nhà chỉ có hộ này: bỏ cả lần đến nhà ghi nhầm.")
        before = _told(row)
        row.voided_at = at
        _save(by, row, reason, at)
        _record(by, "contact.void", row, before, reason)
    return row


def _must_be_of(by: User, activity: Activity, ids: Sequence[int]) -> None:
    """Households of the user's, each once, of the activity's ward, in the register on its day, not in it yet."""
    if len(ids) > len(set(ids)):
        raise ValidationError("Có hộ được ghi hai lần. Mỗi hộ chỉ ghi một câu trả lời.")
    homes = Household.objects.visible_to(by).select_related("area").in_bulk(ids)
    if len(homes) < len(ids):
        raise ValidationError("Có hộ không thuộc địa bàn được giao cho anh/chị. Mở lại trang rồi chọn lại.")
    there = set(activity.contacts.filter(voided_at=None).values_list("household", flat=True))
    for home in homes.values():
        if home.pk in there:
            raise ValidationError(f"Hộ {home} đã có trong lần vận động này.")
        if home.area.parent_id != activity.area.parent_id:
            raise ValidationError(f"Hộ {home} ở phường khác với lần vận động này.")
        if not _in_register(home, activity.date):
            raise ValidationError(
                f"Hộ {home} không có trong sổ vào ngày vận động {activity.date:%d/%m/%Y}; bỏ dấu ở hộ này."
            )


def _in_register(home: Household, on: date) -> bool:
    return home.opened_date <= on and (home.closed_date is None or home.closed_date >= on)


def _must_come_later(activity: Activity, values: dict[str, Any]) -> None:
    day = values.get("next_visit_on")
    if day and day <= activity.date:
        raise ValidationError({"next_visit_on": "Ngày đến lại phải sau ngày vận động lần này."})


def _must_stand(row: Contact) -> None:
    if row.voided_at or row.activity.voided_at:
        raise ValidationError("Câu trả lời này đã bỏ nên không sửa nữa.")


def _save(by: User, row: Contact, reason: str, at: datetime) -> None:
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do: vì sao biết là ghi sai."})
    row.corrected_by, row.corrected_at, row.correction = by, at, reason.strip()
    row.version += 1
    row.save()


def _record(by: User, act: str, row: Contact, before: dict[str, Any], reason: str) -> None:
    events.record(
        by=by, act=act, on=row, before=before, after=_told(row), area=row.household.area_id, reason=reason
    )


def _told(row: Contact) -> dict[str, Any]:
    told = events.snapshot(row)
    return {name: told[name] for name in (*Contact.SAID, "voided_at")}
