"""What was received of supports, on a day, by one or by many; taken out as a mistake."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from households.actions.support.assigning import own
from households.models import Receipt, Support
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User


def receive(
    *,
    by: User,
    supports: Sequence[Support],
    received_on: date,
    amount: int | None,
    today: date,
    note: str = "",
    request_id: UUID | None = None,
) -> list[Receipt]:
    """Each received `amount` (đồng; None: not known) on the day. All or none; the same request again adds nothing."""
    if not supports:
        raise ValidationError("Chưa chọn khoản nào; đánh dấu các khoản đã nhận rồi bấm lại.")
    if received_on > today:
        raise ValidationError({"received_on": "Ngày nhận ở tương lai; ghi khi hộ đã nhận."})
    with kept():
        rows = own(by, supports, "ghi")
        first = request_id or uuid4()
        ids = {row.pk: UUID(int=(first.int + place) % 2**128) for place, row in enumerate(rows)}
        if before := list(Receipt.objects.filter(request_id__in=ids.values()).order_by("pk")):
            if any(
                (ids.get(each.support_id), each.received_on, each.amount)
                != (each.request_id, received_on, amount)
                for each in before
            ) or len(before) < len(ids):  # gone back to, and filled in for something else
                raise ValidationError(
                    "Trang này đã ghi một lần rồi nên lần này chưa ghi gì. Mở lại trang từ đầu để ghi việc khác."
                )
            return before
        for row in rows:
            _must_hold(row, received_on)
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


def _must_hold(row: Support, day: date) -> None:
    if row.voided_at:
        raise ValidationError(f"“{row}” đã bỏ vì ghi nhầm nên không ghi nhận được; tải lại trang.")
    if day < row.valid_from:
        raise ValidationError(
            {"received_on": f"“{row}” hưởng từ ngày {row.valid_from:%d/%m/%Y}; ngày nhận không thể trước đó."}
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
