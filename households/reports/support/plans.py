"""Needs and plans of a household in words, its story, and what of plans waits for whom."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.db.models.expressions import NegatedExpression
from django.urls import reverse

from households.models import Cause, Household, Need, Plan, PlanReview, PlanStep, Status
from households.reports.support.entries import DONE, ENDED, Entry, Teller, by_key
from households.reports.support.indicators import indicator_names
from thanhsen.gathering import Rows
from thanhsen.models import User
from thanhsen.waiting import Asked

SOON = timedelta(days=7)


def named(need: Need) -> str:
    """What it is: the indicator, the cause, or the officer's words (the family's, where there are none)."""
    if need.kind == Need.Kind.INDICATOR:
        return indicator_names().get(need.code, need.code)
    if need.kind == Need.Kind.CAUSE:
        return str(dict(Cause.choices).get(need.code, need.code))
    return need.text or need.family_words


def waiting(user: User, today: date) -> list[Asked]:
    """Reviews that are late or due within a week, overdue steps, poor households without a plan: of each the
    households, as the page of plans lists them."""
    page = reverse("plan_list")
    return [
        Asked(text, filtered(user, today, key), f"{page}?loc={key}", is_late=is_late)
        for key, text, is_late in WAITING
    ]


def _story_of_needs(household: Household, needs: Sequence[Need]) -> list[Entry]:
    """Each need when it was noted and when it ended."""
    page, told = reverse("plan_page", args=[household.pk]), []
    for each in needs:
        name = named(each)
        kind = "Nguyện vọng" if each.is_wish else each.get_kind_display()
        words = (
            f"Lời gia đình: {each.family_words}" if each.family_words and name != each.family_words else ""
        )
        told.append(Entry(each.opened_on, "need", f"{kind}: {name}", words, page))
        if each.closed_on:
            why = ". ".join(filter(None, [each.get_close_reason_display(), each.close_note]))
            told.append(Entry(each.closed_on, "need", f"Hết nhu cầu: {name}", why, page))
    return told


STORY_OF_NEEDS = Teller(
    asks=lambda household: [
        Rows(
            household.needs.order_by("opened_on", "pk"),
            (
                "close_note",
                "close_reason",
                "closed_on",
                "code",
                "family_words",
                "is_wish",
                "kind",
                "opened_on",
                "text",
            ),
        )
    ],
    tells=_story_of_needs,
)


def _story_of_plans(
    household: Household, plans: Sequence[Plan], steps: Sequence[PlanStep], reviews: Sequence[PlanReview]
) -> list[Entry]:
    """Drafted, signed, reviewed, steps done, closed."""
    steps_of, reviews_of = by_key(steps, "plan_id"), by_key(reviews, "plan_id")
    page, told = reverse("plan_page", args=[household.pk]), []
    for plan in plans:
        told.append(Entry(plan.made_on, "plan", "Lập kế hoạch hỗ trợ", plan.goal, page))
        if plan.agreed_on:
            told.append(
                Entry(plan.agreed_on, "plan", f"Ký kế hoạch: {plan.agreed_by}", plan.family_words, page)
            )
        told += [
            Entry(
                each.date,
                "plan",
                f"Xem lại kế hoạch: {each.get_progress_display().lower()}",
                f"{each.text}\nĐã bỏ vì ghi nhầm: {each.void_reason}" if each.voided_at else each.text,
                page,
                is_struck=each.voided_at is not None,
                rank=DONE,
            )
            for each in reviews_of[plan.pk]
        ]
        for step in steps_of[plan.pk]:
            if step.done_on:
                told.append(Entry(step.done_on, "plan", f"Xong: {step.text}", step.result, page, rank=DONE))
            if step.dropped_on:
                told.append(
                    Entry(step.dropped_on, "plan", f"Thôi: {step.text}", step.drop_reason, page, rank=DONE)
                )
        if plan.closed_on:
            told.append(
                Entry(plan.closed_on, "plan", f"Kết thúc kế hoạch: {plan.get_close_reason_display().lower()}", plan.close_note, page, rank=ENDED)
            )  # fmt: skip
    return told


STORY_OF_PLANS = Teller(
    asks=lambda household: [
        Rows(
            household.plans.order_by("made_on", "pk"),
            (
                "agreed_by",
                "agreed_on",
                "close_note",
                "close_reason",
                "closed_on",
                "family_words",
                "goal",
                "made_on",
            ),
        ),
        Rows(
            PlanStep.objects.filter(plan__household=household).order_by("position", "pk"),
            ("done_on", "drop_reason", "dropped_on", "plan", "result", "text"),
        ),
        Rows(
            PlanReview.objects.filter(plan__household=household).order_by("date", "pk"),
            ("date", "plan", "progress", "text", "void_reason", "voided_at"),
        ),
    ],
    tells=_story_of_plans,
)


FILTERS = {
    "": "Có kế hoạch đang mở",
    "chua-co": "Hộ nghèo chưa có kế hoạch",
    "chua-ky": "Chưa ký",
    "qua-han": "Quá hạn xem lại",
    "sap-den": "Xem lại trong 7 ngày",
    "viec-qua-han": "Có việc quá hạn",
}


WAITING = (  # a key of FILTERS, its line, whether it is late
    ("qua-han", "Kế hoạch quá hạn xem lại", True),
    ("sap-den", "Kế hoạch cần xem lại trong 7 ngày", False),
    ("viec-qua-han", "Hộ có việc quá hạn trong kế hoạch", True),
    ("chua-co", "Hộ nghèo chưa có kế hoạch", False),
)


def filtered(user: User, today: date, chosen: str):
    """Households of the reader by the state of their plan (a key of FILTERS)."""
    return Household.objects.visible_to(user).present().filter(*_CONDITIONS[chosen](today))


def _plan(**conditions) -> Exists:
    """An open plan like that."""
    return Exists(Plan.objects.filter(household=OuterRef("pk"), closed_on=None, **conditions))


def _signed(**conditions) -> Exists:
    return _plan(agreed_on__isnull=False, **conditions)


def _is_poor(today: date) -> Exists:
    return Exists(Status.objects.poor().on(today).filter(household=OuterRef("pk")))


def _overdue(today: date):
    """Steps past their day that are neither done nor dropped."""
    return PlanStep.objects.filter(due_on__lt=today, done_on=None, dropped_on=None)


_CONDITIONS: dict[str, Callable[[date], tuple[Exists | NegatedExpression, ...]]] = {
    "": lambda today: (_plan(),),
    "chua-co": lambda today: (_is_poor(today), ~_plan()),
    "chua-ky": lambda today: (_plan(agreed_on=None),),
    "qua-han": lambda today: (_signed(next_review_on__lt=today),),
    "sap-den": lambda today: (_signed(next_review_on__range=(today, today + SOON)),),
    "viec-qua-han": lambda today: (_signed(pk__in=_overdue(today).values("plan")),),
}
