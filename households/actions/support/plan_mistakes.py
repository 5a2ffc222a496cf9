"""A review of a plan written down wrongly: taken back with a reason, then written again."""

from datetime import datetime

from django.core.exceptions import ValidationError

from households.actions.support.plans import agreed, saved
from households.models import Plan, PlanReview
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User


def void_review(*, by: User, review: PlanReview, reason: str, at: datetime) -> PlanReview:
    """It stays to be read and counts no more. Where it said when the plan is looked at next, what was said before it
    holds again."""
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do bỏ lần xem lại ghi nhầm."})
    with kept():
        plan = agreed(review.plan)
        row = PlanReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if row.voided_at:
            raise ValidationError("Lần xem lại này đã bỏ từ trước; tải lại trang.")
        said_next = plan.reviews.counted().latest_first().first() == row
        row.voided_at, row.voided_by, row.void_reason = at, by, reason.strip()
        row.save(update_fields=["voided_at", "voided_by", "void_reason"])
        before = events.snapshot(plan)
        if said_next and plan.next_review_on == row.next_review_on:  # else somebody moved it since
            _look_back(plan)
        saved(plan, ["next_review_on"])
        events.record(
            by=by, act="plan.void_review", on=plan, before=before, area=plan.household.area_id, reason=reason,
            after={**events.snapshot(plan), "review": row.pk},
        )  # fmt: skip
    return row


def _look_back(plan: Plan) -> None:
    last = plan.reviews.counted().latest_first().first()
    if last:
        plan.next_review_on = last.next_review_on
    elif plan.first_review_on:  # of what was signed before that was kept, the day stays
        plan.next_review_on = plan.first_review_on
