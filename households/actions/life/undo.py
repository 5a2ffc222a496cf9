"""Taking a life event back: the latest of its households first, and only while nothing was built on it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from households.actions.support.needs import follow_register
from households.models import Certificate, Household, LifeEvent, Member, Relationship, Status
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User
from thanhsen.permissions import Permission

MODELS: dict[str, Any] = {"household": Household, "member": Member}


def undo(*, by: User, event: LifeEvent, reason: str, at: datetime) -> LifeEvent:
    """Members, households and statuses are again as before the event; it stays in the book, with who undid it and
    why. By who recorded it, or by somebody who may undo what others recorded.
    """
    with kept():
        homes = [pk for pk in (event.household_id, event.other_household_id) if pk]
        list(Household.objects.select_for_update().filter(pk__in=homes).order_by("pk").values("pk"))
        stored = LifeEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if why := refusal(by, stored):
            raise ValidationError(why)
        stored.reversed_by, stored.reversed_at, stored.reversal_reason = by, at, reason.strip()
        stored.save()
        _put_statuses_back(stored, at)
        _put_rows_back(stored)
        follow_register(homes)
        events.record(
            by=by,
            act="life.undo",
            on=stored.household,
            before={"event": str(stored)},
            area=stored.household.area_id,
            reason=stored.reversal_reason,
        )
    return stored


def refusal(by: User, event: LifeEvent) -> str:
    """Why `by` cannot undo the event, as a sentence; empty where nothing stands in the way. A closed year refuses by
    itself (life_event_year_is_open)."""
    homes = [pk for pk in (event.household_id, event.other_household_id) if pk]
    later = LifeEvent.objects.of(homes).in_force().filter(pk__gt=event.pk).newest_first().first()
    decided = Status.objects.as_decided().filter(household__in=homes, decision__made_at__gt=event.made_at)
    if event.reversed_at:
        return "Sự kiện này đã huỷ trước đó."
    if event.made_by_id != by.pk and not by.may(Permission.UNDO_EVENTS):
        return "Sự kiện do người khác ghi. Nhờ người đã ghi hoặc công chức giảm nghèo huỷ."
    if later:
        return f"Sau đó đã ghi “{later}”. Huỷ sự kiện ghi sau trước."
    if built := decided.select_related("decision", "household").order_by("pk").last():
        # By the day it was written here: a decision on paper, of an earlier day, may have been brought in since.
        return (
            f"{built.decision} ngày {built.decision.date:%d/%m/%Y} về hộ {built.household.code} được ghi vào cổng sau sự kiện "
            "này nên không huỷ được nữa. Ghi một sự kiện mới (ví dụ: có người về ở, có người chuyển đi) cho đúng hiện trạng, "
            "và nêu chỗ ghi nhầm trong lý do."
        )
    if Certificate.objects.filter(status__event=event, revoked_on=None).exists():
        return "Đã cấp giấy chứng nhận theo số liệu sau sự kiện này. Thu hồi giấy đó trước."
    return ""


def _put_statuses_back(event: LifeEvent, at: datetime) -> None:
    event.statuses.update(voided_at=at)
    event.ended_statuses.update(valid_to=None, end_reason="", ending_event=None)
    for status in Status.with_voided.filter(pk__in=event.effect["overtaken"]):
        # A voided row stays voided; what it said holds again in a row of its own.
        status.pk, status.voided_at, status._state.adding = None, None, True
        status.save(force_insert=True)


def _put_rows_back(event: LifeEvent) -> None:
    rows = event.effect["rows"]
    stored = [(row, MODELS[row["model"]].objects.select_for_update().get(pk=row["id"])) for row in rows]
    for row, record in stored:
        if row["made"]:
            _never_was(event, record)
    changed = [(row, record) for row, record in stored if not row["made"]]
    # A row changed twice by one event is compared with its last state and put back to its first.
    last = {
        (row["model"], row["id"], name): row["after"][name] for row, _ in changed for name in row["after"]
    }
    now = {(row["model"], row["id"]): events.snapshot(record) for row, record in changed}
    for (model, pk, name), value in last.items():
        if now[model, pk][name] != value:
            record = MODELS[model].objects.get(pk=pk)
            raise ValidationError(
                f"{record} đã được sửa sau sự kiện này ({record._meta.get_field(name).verbose_name}). "
                "Sửa lại như lúc ghi sự kiện rồi huỷ."
            )
    people = [row["id"] for row, _ in changed if row["model"] == "member" and "relationship" in row["before"]]
    Member.objects.filter(pk__in=people).update(relationship=Relationship.OTHER)
    first: dict[tuple[str, int], tuple[Any, dict[str, Any]]] = {}
    for row, record in reversed(changed):
        first.setdefault((row["model"], row["id"]), (record, {}))[1].update(row["before"])
    for record, before in first.values():
        for name, value in before.items():
            setattr(record, name, record._meta.get_field(name).to_python(value))
        record.version += 1
        record.save()


def _never_was(event: LifeEvent, record: Household | Member) -> None:
    """What the event made cannot be deleted: it leaves on the day it came."""
    if isinstance(record, Household):
        record.closed_date, record.closed_reason = record.opened_date, Household.ClosedReason.MISTAKE
        for member in record.members.present():
            _never_was(event, member)
    elif record.left_date is None:
        record.left_date = event.date
        record.left_reason = f"Huỷ sự kiện “{event}”"
    else:
        return
    record.version += 1
    record.save()
