"""When a plan is looked at again next: the day the portal offers; the officer and the family choose."""

from datetime import date, timedelta

from households.models import Plan

FIRST_REVIEW = timedelta(days=90)


def next_review(plan: Plan, today: date) -> date | None:
    """As long from today as lay between the last two reviews, or between signing and the first; not after the day the
    household means to have left poverty. None where that day has come: what is next is to be talked over."""
    apart = _apart(
        list(plan.reviews.counted().order_by("-date").values_list("date", flat=True).distinct()[:2])
    )
    if not apart and plan.agreed_on and plan.first_review_on:
        apart = plan.first_review_on - plan.agreed_on
    offered = today + (apart or FIRST_REVIEW)
    if plan.leave_by and plan.leave_by <= today:
        return None
    return min(offered, plan.leave_by) if plan.leave_by else offered


def _apart(days: list[date]) -> timedelta | None:
    return days[0] - days[1] if len(days) == 2 else None
