"""Invented needs, wishes and plans of the demo ward."""

from datetime import date, timedelta
from random import Random

from households.actions.support.needs import follow_decision, follow_register
from households.demo.plan import NOW
from households.models import Decision, Household, Need, Plan, PlanReview, PlanStep, Status, Support
from households.poverty.outcome import SERVES
from thanhsen.models import Area, User

SEED = "plans"
OF_A_HUNDRED = 60
WISHES = (
    "Muốn vay thêm để nuôi bò", "Mong có việc làm gần nhà cho con", "Xin sửa lại mái nhà trước mùa mưa",
    "Muốn con được học nghề", "Mong có nước máy", "Muốn mở quán nhỏ trước nhà",
)  # fmt: skip
GOALS = (
    "Thoát nghèo cuối năm 2027", "Có nhà tiêu hợp vệ sinh, con đi học đều", "Thu nhập ổn định từ chăn nuôi",
    "Trả bớt nợ, có việc làm thường xuyên",
)  # fmt: skip
STEPS = (
    ("Làm hồ sơ vay vốn", "loan", "union", 60), ("Học lớp dạy nghề ngắn hạn", "work", "ward", 90),
    ("Sửa nhà tiêu", "housing", "family", 120), ("Nhận con giống, làm chuồng", "livelihood", "family", 75),
    ("Đăng ký BHYT cho cả nhà", "insurance", "group", 30),
)  # fmt: skip

SIGNING = ("agreed_on", "agreed_by", "next_review_on", "first_review_on")


def make_plans() -> int:
    """Needs of every decided sheet in the order of the decisions, wishes, and plans for most poor households."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    for decision in Decision.objects.filter(ward=ward).order_by("date", "pk"):
        follow_decision(decision)
    follow_register(
        Household.objects.filter(area__parent=ward).exclude(closed_date=None).values_list("pk", flat=True)
    )
    poor = Status.objects.poor().on(NOW).filter(area__parent=ward, household__closed_date=None)
    homes = list(Household.objects.filter(pk__in=poor.values("household")).order_by("code"))
    officers = {
        area: user
        for user in User.objects.filter(role="officer").prefetch_related("areas")
        for area in (each.pk for each in user.areas.all())
    }
    needs, plans, steps, reviews = [], [], [], []
    for home in homes:
        rng = Random(f"{SEED} {home.code}")  # noqa: S311 - invented
        if rng.random() < 0.4:
            needs.append(
                Need(
                    household=home, kind="other", family_words=rng.choice(WISHES), is_wish=True, priority=rng.randint(1, 3),
                    opened_on=NOW - timedelta(days=rng.randint(30, 300)),
                )
            )  # fmt: skip
        if rng.random() * 100 < OF_A_HUNDRED:
            made_on = NOW - timedelta(days=rng.randint(40, 250))
            plan = Plan(
                household=home, made_on=made_on, goal=rng.choice(GOALS), leave_by=date(2027, 12, 31),
                responsible=officers.get(home.area_id),
            )  # fmt: skip
            plans.append(plan)
            steps += _steps(plan, rng)
            reviews += _agreed(plan, made_on, rng) if rng.random() < 0.85 else []
    _tie(homes, steps)
    Need.objects.bulk_create(needs)
    signed = {id(each): tuple(getattr(each, name) for name in SIGNING) for each in plans}
    for each in plans:  # steps are laid down while it is a draft
        each.agreed_on, each.agreed_by, each.next_review_on, each.first_review_on = None, "", None, None
    results = {id(each): (each.done_on, each.result, each.support) for each in steps}
    for step in steps:  # and carried out when it is signed
        step.done_on, step.result, step.support = None, "", None
    Plan.objects.bulk_create(plans)
    PlanStep.objects.bulk_create(steps)
    for each in plans:
        each.agreed_on, each.agreed_by, each.next_review_on, each.first_review_on = signed[id(each)]
    Plan.objects.bulk_update([each for each in plans if each.agreed_on], SIGNING, batch_size=200)
    done = [each for each in steps if each.plan.agreed_on and results[id(each)][0]]
    for step in done:
        step.done_on, step.result, step.support = results[id(step)]
    PlanStep.objects.bulk_update(done, ["done_on", "result", "support"], batch_size=200)
    PlanReview.objects.bulk_create(reviews)
    return len(plans)


def _steps(plan: Plan, rng: Random) -> list[PlanStep]:
    chosen = rng.sample(STEPS, rng.randint(2, 3))
    rows = []
    for place, (text, policy, who, days) in enumerate(chosen, start=1):
        due = plan.made_on + timedelta(days=days)
        done = due - timedelta(days=5) if due < NOW and rng.random() < 0.7 else None
        rows.append(
            PlanStep(
                plan=plan, position=place, text=text, policy=policy, who=who, due_on=due, done_on=done,
                result="Đã xong" if done else "",
            )
        )  # fmt: skip
    return rows


def _tie(homes: list[Household], steps: list[PlanStep]) -> None:
    """Each step to the open need its policy serves, and where it was done to the help of that policy."""
    needs = {
        (each.household_id, each.code): each
        for each in Need.objects.open().filter(household__in=homes, kind=Need.Kind.INDICATOR)
    }
    supports = {
        (each.household_id, each.policy): each
        for each in Support.objects.counted().filter(household__in=homes).order_by("pk")
    }
    for step in steps:
        home = step.plan.household_id
        served = (needs.get((home, code)) for code in SERVES.get(step.policy, ()))
        step.need = next(filter(None, served), None)
        step.support = supports.get((home, step.policy)) if step.done_on else None


def _agreed(plan: Plan, made_on: date, rng: Random) -> list[PlanReview]:
    plan.agreed_on, plan.agreed_by = made_on + timedelta(days=7), plan.household.head_name
    plan.next_review_on = plan.first_review_on = plan.agreed_on + timedelta(days=90)
    if plan.next_review_on < NOW and rng.random() < 0.8:
        seen, plan.next_review_on = plan.next_review_on, NOW + timedelta(days=rng.randint(1, 60))
        progress = rng.choice(["on_track", "on_track", "slow", "stuck"])
        return [
            PlanReview(
                plan=plan,
                date=seen,
                progress=progress,
                text="Đã gặp gia đình (ví dụ).",
                next_review_on=plan.next_review_on,
            )
        ]
    return []
