"""What was received of supports, on a day, by one or by many; taken out as a mistake."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from households.actions.moves import lock_households
from households.actions.support.assigning import own, told_of_each
from households.holders import Whom, holders
from households.models import Programme, Receipt, Support
from households.poverty.entitlement import period_of
from thanhsen import events
from thanhsen.concurrency import SENT_TWICE
from thanhsen.constraints import kept
from thanhsen.models import User
from thanhsen.vietnamese import number


def receive(
    *,
    by: User,
    supports: Sequence[Support],
    received_on: date,
    amount: int | None,
    today: date,
    note: str = "",
    beyond: bool = False,
    request_id: UUID | None = None,
) -> list[Receipt]:
    """Each received `amount` (đồng; None: not known) on the day. All or none; the same request again adds nothing.
    `beyond`: meant to come to more than the programme gives in a period, for the reason in `note`."""
    if not supports:
        raise ValidationError("Chưa chọn khoản nào; đánh dấu các khoản đã nhận rồi bấm lại.")
    if received_on > today:
        raise ValidationError({"received_on": "Ngày nhận ở tương lai; ghi khi hộ đã nhận."})
    with kept():
        lock_households({each.household_id for each in supports})
        rows = own(by, supports, "ghi")
        first = request_id or uuid4()
        ids = {row.pk: UUID(int=(first.int + place) % 2**128) for place, row in enumerate(rows)}
        if before := list(Receipt.objects.filter(request_id__in=ids.values()).order_by("pk")):
            if any(
                (ids.get(each.support_id), each.received_on, each.amount)
                != (each.request_id, received_on, amount)
                for each in before
            ) or len(before) < len(ids):  # gone back to, and filled in for something else
                raise ValidationError(SENT_TWICE)
            return before
        noted = set(Receipt.objects.of_day(rows, received_on).values_list("support", flat=True))
        told_of_each(rows, lambda row: _why_not(row, received_on, row.pk in noted), "ghi", "received_on")
        if beyond and not note.strip():
            raise ValidationError({"note": "Nhận vượt mức mỗi kỳ thì ghi lý do ở Ghi chú."})
        if amount and not beyond:
            _must_not_come_to_more(rows, amount)
        made = Receipt.objects.bulk_create(
            [
                Receipt(
                    support=row, received_on=received_on, amount=amount, note=note.strip(), made_by=by,
                    request_id=ids[row.pk],
                )
                for row in rows
            ],
            batch_size=2000,
        )  # fmt: skip
        events.record_each(
            by=by,
            act="receipt.record",
            of=[(each, events.snapshot(each), each.support.area_id) for each in made],
        )
    return made


def _why_not(row: Support, day: date, is_noted: bool) -> str:
    """Why nothing can be noted as received on the day; empty where it can."""
    if row.voided_at:
        return f"“{row}” đã bỏ vì ghi nhầm"
    if day < row.valid_from:
        return f"“{row}” hưởng từ ngày {row.valid_from:%d/%m/%Y}, ngày nhận không thể trước đó"
    if row.household.closed_date and day > row.household.closed_date:
        return f"hộ đã ra khỏi sổ ngày {row.household.closed_date:%d/%m/%Y}, ngày nhận phải trước đó"
    return f"“{row}” đã được ghi nhận trong ngày đó" if is_noted else ""


def _must_not_come_to_more(rows: Sequence[Support], amount: int) -> None:
    """Than the programme gives in the period: the same money noted twice would be a help received twice, also where the
    support was stopped in between and given again.
    """
    programmes = Programme.objects.in_bulk({row.programme_id for row in rows if row.programme_id})
    of = holders({row.household_id for row in rows}, [row.member_id for row in rows if row.member_id])
    received: dict[tuple[int, Whom], list[tuple[date, int]]] = defaultdict(list)
    lines = of.supports().filter(line__in={row.line_id for row in rows if row.line_id})
    for each in lines.with_received().exclude(received=None):
        received[each.line_id, of.whom_of(each)].append((each.valid_from, each.received))
    told_of_each(
        rows,
        lambda row: _too_much(programmes.get(row.programme_id or 0), row, amount, received[row.line_id or 0, of.whom(row.household_id, row.member_id)]),
        "ghi", "amount",
    )  # fmt: skip


def _too_much(
    programme: Programme | None, row: Support, amount: int, received: list[tuple[date, int]]
) -> str:
    if programme is None or programme.amount is None:
        return ""
    begins, ends = period_of(programme.per, row.valid_from)
    once = ends is None
    got = sum(sum_ for day, sum_ in received if once or (begins <= day and (ends is None or day < ends)))
    if got + amount <= programme.amount:
        return ""
    return (
        f"khoản “{row}” trong kỳ đã nhận {number(got)} đồng, thêm lần này thì vượt mức {number(programme.amount)} đồng "
        "mỗi kỳ. Xem lại có ghi trùng không; nếu đúng là nhận thêm thì đánh dấu “Nhận vượt mức mỗi kỳ” và ghi lý do ở Ghi chú"
    )


def void_receipt(*, by: User, receipt: Receipt, reason: str, at: datetime) -> Receipt:
    """It was entered by mistake: it no longer counts, and stays to be read."""
    with kept():
        row = Receipt.objects.select_for_update(of=("self",)).select_related("support").get(pk=receipt.pk)
        if row.voided_at:
            raise ValidationError("Lần nhận này đã được bỏ từ trước.")
        row.voided_at, row.voided_by, row.void_reason = at, by, reason.strip()
        row.save(update_fields=["voided_at", "voided_by", "void_reason"])
        events.record(
            by=by,
            act="receipt.void",
            on=row,
            after={"reason": row.void_reason},
            area=row.support.area_id,
            reason=row.void_reason,
        )
    return row
