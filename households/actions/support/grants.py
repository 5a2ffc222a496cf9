"""Help given to a household is recorded; what was entered by mistake is taken out with its reason."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.models import Household, Receipt, Support
from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import User


@once(Support)
def record_support(
    *, by: User, household: Household, values: dict[str, Any], today: date, request_id: UUID | None = None
) -> Support:
    """One help the household received (`values`: policy, content, received_on, amount, source)."""
    day, amount = values["received_on"], values["amount"]
    given = {name: values[name] for name in ("policy", "content", "source")}
    if day > today:
        raise ValidationError({"received_on": "Ngày nhận ở tương lai; ghi khi hộ đã nhận."})
    home = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if day < home.opened_date:
        raise ValidationError(
            {"received_on": f"Hộ vào sổ ngày {home.opened_date:%d/%m/%Y}; ngày nhận không thể trước đó."}
        )
    if home.closed_date and day > home.closed_date:
        raise ValidationError(
            {"received_on": f"Hộ đã ra khỏi sổ ngày {home.closed_date:%d/%m/%Y}; ngày nhận phải trước đó."}
        )
    made = Support.objects.create(
        household=home, area_id=home.area_id, valid_from=day, valid_to=day + timedelta(days=1), made_by=by,
        request_id=request_id, **given,
    )  # fmt: skip
    Receipt.objects.create(support=made, received_on=day, amount=amount, made_by=by)
    events.record(by=by, act="support.record", on=made, after=events.snapshot(made), area=home.area_id)
    return made


def void_support(*, by: User, support: Support, reason: str, at: datetime) -> Support:
    """It was entered by mistake: it no longer counts, and stays to be read."""
    with kept():
        row = Support.objects.select_for_update(of=("self",)).get(pk=support.pk)
        if row.voided_at:
            raise ValidationError("Khoản này đã được bỏ từ trước.")
        row.voided_at, row.voided_by, row.void_reason = at, by, reason.strip()
        row.save(update_fields=["voided_at", "voided_by", "void_reason"])
        events.record(
            by=by,
            act="support.void",
            on=row,
            after={"reason": row.void_reason},
            area=row.area_id,
            reason=row.void_reason,
        )
    return row
