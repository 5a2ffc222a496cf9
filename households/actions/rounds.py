"""Writes of a round: opened, its settings changed, closed."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from households.models import Round
from households.models.survey import REGULAR_DAYS
from households.poverty import load
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User

SETTINGS = (
    "name", "ends_on", "meet_by", "post_by", "decide_by", "report_by", "needs_opinion", "posting_days", "recheck_days",
    "opinion_days", "separate_decision",
)  # fmt: skip


def open_round(*, by: User | None, values: dict[str, Any]) -> Round:
    """A new round. The standard that decides must be in force in the round's year and not a draft.

    A regular one is decided within fifteen days of its beginning and asks nobody above (QĐ 24/2021/QĐ-TTg):
    both are filled in where the caller leaves them out.
    """
    standard = load(values["standard_id"])
    if standard.draft:
        raise ValidationError(
            {
                "standard_id": f"{standard.title} còn là dự thảo nên chỉ dùng để tham khảo, chưa quyết định được."
            }
        )
    if not standard.covers(date(values["year"], 12, 31)):
        raise ValidationError({"standard_id": f"{standard.title} không áp dụng cho năm {values['year']}."})
    if values.get("kind") == Round.Kind.REGULAR:
        values = {**values, "needs_opinion": False}
        values["decide_by"] = values.get("decide_by") or values["starts_on"] + REGULAR_DAYS
    with kept():
        round_ = Round.objects.create(**values)
        events.record(
            by=by, act="round.create", on=round_, after=events.snapshot(round_), area=round_.ward_id
        )
    return round_


def update_round(*, by: User, round_: Round, values: dict[str, Any]) -> Round:
    """The deadlines and settings of an open round; its year, kind and standards stay as it was opened with."""
    with kept():
        stored = Round.objects.select_for_update().get(pk=round_.pk)
        must_be_open(stored)
        before = events.snapshot(stored)
        for name, value in values.items():
            if name not in SETTINGS:
                raise TypeError(f"{name} is no setting of a round")
            setattr(stored, name, value)
        if stored.needs_opinion is not before["needs_opinion"] and stored.sheets.asked_or_decided().exists():
            raise ValidationError(
                {
                    "needs_opinion": "Đã có phiếu xin ý kiến hoặc đã quyết định trong đợt này nên không đổi bước xin ý kiến nữa."
                }
            )
        stored.save(update_fields=list(values))
        events.record(
            by=by,
            act="round.update",
            on=stored,
            before=before,
            after=events.snapshot(stored),
            area=stored.ward_id,
        )
    return stored


def close_round(*, by: User | None, round_: Round, at: datetime) -> Round:
    """No sheet of a closed round is started, saved or submitted any more."""
    with kept():
        stored = Round.objects.select_for_update().get(pk=round_.pk)
        if stored.closed_at:
            raise ValidationError("Đợt này đã đóng.")
        stored.closed_at = at
        stored.save(update_fields=["closed_at"])
        events.record(
            by=by, act="round.close", on=stored, after={"closed_at": at.isoformat()}, area=stored.ward_id
        )
    return stored


def reopen_round(*, by: User, round_: Round) -> Round:
    """Work goes on in a round that was closed too early."""
    with kept():
        stored = Round.objects.select_for_update().get(pk=round_.pk)
        if not stored.closed_at:
            raise ValidationError("Đợt này đang mở.")
        before = {"closed_at": stored.closed_at.isoformat()}
        stored.closed_at = None
        stored.save(update_fields=["closed_at"])
        events.record(
            by=by,
            act="round.reopen",
            on=stored,
            before=before,
            after={"closed_at": None},
            area=stored.ward_id,
        )
    return stored


def must_be_open(round_: Round) -> None:
    """Raise ValidationError where the round is closed. Asked anew, and nobody closes it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT closed_at FROM households_round WHERE id = %s FOR SHARE", [round_.pk])
        (closed_at,) = cursor.fetchone()
    if closed_at is not None:
        raise ValidationError(f"Đợt “{round_.name}” đã đóng, không ghi thêm được.")
