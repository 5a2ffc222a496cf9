"""A shock recorded wrongly: its day put right, or all of it taken back, each with a reason."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, CharField, F, Min, Q, QuerySet, Value, When

from households.actions.support.shocks import must_be_past, standing, strike
from households.models import ShockEvent, ShockImpact
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User

NOT_THERE = "Không có trong sổ vào ngày xảy ra"
Severity = ShockImpact.Severity
_UNSEEN = Q(severity=Severity.NOT_SEEN)
_NOTED = Q(severity=Severity.NONE, text=NOT_THERE)


def void_shock(*, by: User, shock: ShockEvent, reason: str, at: datetime) -> ShockEvent:
    """It was recorded by mistake: it stays to be read and counts for nobody. Emergency support given for it is taken
    back first, one by one, by who gives it; a family's request to be reviewed is the family's, and stays."""
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do bỏ."})
    with kept():
        row = standing(shock, None)
        helped = row.impacts.filter(support__isnull=False, support__voided_at=None)
        if count := helped.count():
            first = helped.select_related("household").in_order().first()
            raise ValidationError(
                f"Còn {count} hộ đã được hỗ trợ khẩn cấp vì biến cố này (hộ {first.household}…). "
                "Bỏ các khoản hỗ trợ đó ở trang Hỗ trợ của từng hộ trước."
            )
        row.voided_at, row.voided_by, row.void_reason = at, by, reason.strip()
        row.version += 1
        row.save(update_fields=["voided_at", "voided_by", "void_reason", "version"])
        events.record(by=by, act="shock.void", on=row, reason=reason, area=row.ward_id)
    return row


def redate_shock(
    *, by: User, shock: ShockEvent, version: int | None, happened_on: date, reason: str, today: date
) -> ShockEvent:
    """It happened on another day. Households of its places that were in the register then come onto the list; of those
    on it that were not, the unseen are noted as such, and who was so noted for the old day is unseen again. What was
    seen, asked for or given stays, and none of it may have come before the day. Stale where somebody else saved first."""
    must_be_past(today, happened_on=happened_on)
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do sửa ngày."})
    with kept():
        # Who writes down an impact holds it and waits for the shock, never the reverse.
        _locked(shock.impacts.filter(_UNSEEN | _NOTED))
        row = standing(shock, version)
        if row.closed_on:
            raise ValidationError("Biến cố này đã xử lý xong. Mở lại rồi sửa ngày.")
        if happened_on == row.happened_on:
            raise ValidationError({"happened_on": "Ngày này đang được ghi; nhập ngày đúng."})
        if row.ended_on and happened_on > row.ended_on:
            raise ValidationError(
                {"happened_on": f"Ngày hết đang ghi là {row.ended_on:%d/%m/%Y}; sửa ngày hết trước."}
            )
        _unsee_who_was_not_there(row)
        _nothing_came_before(row, happened_on)
        before = {"happened_on": row.happened_on.isoformat()}
        row.happened_on, row.version = happened_on, row.version + 1
        row.save(update_fields=["happened_on", "version"])
        added = strike(by, row, list(row.areas.all()))
        gone = _note_who_was_not_there(row, today)
        after: dict[str, Any] = {"happened_on": happened_on.isoformat(), "added": added, "not_there": gone}
        events.record(
            by=by, act="shock.redate", on=row, before=before, after=after, area=row.ward_id, reason=reason
        )
    return row


def _nothing_came_before(row: ShockEvent, day: date) -> None:
    """The earliest of what was seen, asked for, given and received of it is not before `day`."""
    given = Q(support__voided_at=None)
    asked = Q(review__withdrawn_on=None)
    firsts = row.impacts.aggregate(
        first_seen=Min("seen_on"),
        first_review=Min("review__received_on", filter=asked),
        first_support=Min("support__made_at__date", filter=given),
        first_receipt=Min(
            "support__receipts__received_on", filter=given & Q(support__receipts__voided_at=None)
        ),
    )
    words = {
        "first_seen": "đã xem thiệt hại một hộ",
        "first_review": "đã nhận đơn đề nghị của một hộ",
        "first_support": "đã giao hỗ trợ khẩn cấp",
        "first_receipt": "một hộ đã nhận hỗ trợ khẩn cấp",
    }
    for name, said in words.items():
        if firsts[name] and firsts[name] < day:
            raise ValidationError(
                {
                    "happened_on": f"Ngày {firsts[name]:%d/%m/%Y} {said}; biến cố phải xảy ra từ ngày đó trở về trước."
                }
            )


def _unsee_who_was_not_there(row: ShockEvent) -> None:
    """Nobody saw them: what was noted followed from the day that is put right."""
    row.impacts.filter(_NOTED).update(
        severity=Severity.NOT_SEEN, seen_on=None, text="", version=F("version") + 1
    )


def _note_who_was_not_there(row: ShockEvent, today: date) -> int:
    ids = _locked(
        row.impacts.filter(_UNSEEN).exclude(pk__in=row.impacts.filter(_there(row.happened_on)).values("pk"))
    )
    text = Case(When(text="", then=Value(NOT_THERE)), default=F("text"), output_field=CharField())
    rows = ShockImpact.objects.filter(pk__in=ids)
    return rows.update(severity=Severity.NONE, seen_on=today, text=text, version=F("version") + 1)


def _there(day: date) -> Q:
    """In the register on the day."""
    return Q(household__opened_date__lte=day) & (
        Q(household__closed_date=None) | Q(household__closed_date__gt=day)
    )


def _locked(impacts: QuerySet[ShockImpact]) -> list[int]:
    return list(impacts.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
