"""A plan to leave poverty: drafted, agreed and signed, reviewed, carried out step by step, closed or replaced."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max

from households.actions.register import must_be_in_the_register
from households.documents.plans import beside_the_plan
from households.models import Household, Need, Plan, PlanReview, PlanStep, Support
from thanhsen import events
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import User

MOST_STEPS = 40


@once(Plan)
def draft_plan(
    *, by: User, household: Household, values: dict[str, Any], today: date, request_id: UUID | None = None
) -> Plan:
    """A draft, to be talked over with the family. `values`: goal, leave_by, family_words, responsible, made_on (today
    where it is not given; a plan made on paper bears its own day)."""
    home = Household.objects.select_for_update(of=("self",), no_key=True).get(pk=household.pk)
    if home.closed_date:
        raise ValidationError("Hộ đã ra khỏi sổ nên không lập kế hoạch; tìm hộ hiện nay của gia đình.")
    values = {"made_on": today, **values}
    _days_that_can_be(home, values["made_on"], values.get("leave_by"), today)
    made = Plan.objects.create(household=home, made_by=by, request_id=request_id, **values)
    _told(by, "plan.draft", made, None)
    return made


def edit_plan(*, by: User, plan: Plan, version: int, values: dict[str, Any], today: date) -> Plan:
    """Correct a draft. Stale where somebody saved it since."""
    with kept():
        row = _draft(plan, version)
        _days_that_can_be(
            row.household, values.get("made_on", row.made_on), values.get("leave_by", row.leave_by), today
        )
        _not_past_what_is_due(row, values.get("made_on", row.made_on))
        before = events.snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        saved(row, [*values])
        _told(by, "plan.edit", row, before)
    return row


@once(PlanStep)
def add_step(*, by: User, plan: Plan, values: dict[str, Any], request_id: UUID | None = None) -> PlanStep:
    """One more thing to do, at the end of a draft. `values`: need, text, policy, who, who_name, due_on."""
    row = _draft(plan, None)
    if row.steps.count() >= MOST_STEPS:
        raise ValidationError(f"Kế hoạch đã có {MOST_STEPS} việc; gộp các việc nhỏ lại.")
    if values.get("need") and values["need"].household_id != row.household_id:
        raise ValidationError({"need": "Nhu cầu này của hộ khác."})
    if values["due_on"] < row.made_on:
        raise ValidationError(
            {"due_on": f"Kế hoạch lập ngày {row.made_on:%d/%m/%Y}; hẹn xong từ ngày đó trở đi."}
        )
    last = row.steps.aggregate(last=Max("position"))["last"] or 0
    made = PlanStep.objects.create(plan=row, position=last + 1, request_id=request_id, **values)
    saved(row, [])
    events.record(by=by, act="plan.edit", on=row, after=events.snapshot(made), area=row.household.area_id)
    return made


def remove_step(*, by: User, step: PlanStep) -> None:
    """Take a step out of a draft."""
    with kept():
        row = _draft(step.plan, None)
        before = events.snapshot(step)
        row.steps.filter(pk=step.pk).delete()
        saved(row, [])
        events.record(by=by, act="plan.edit", on=row, before=before, area=row.household.area_id)


def agree_plan(
    *, by: User, plan: Plan, version: int, agreed_on: date, agreed_by: str, next_review_on: date, today: date
) -> Plan:
    """The family signed it as `version` says. From now on its goal and steps stay as they are."""
    if agreed_on > today:
        raise ValidationError({"agreed_on": "Ngày ký ở tương lai; ghi khi gia đình đã ký."})
    if next_review_on <= agreed_on:
        raise ValidationError({"next_review_on": "Ngày xem lại phải sau ngày ký."})
    with kept():
        row = _draft(plan, version)
        if not row.steps.exists():
            raise ValidationError("Kế hoạch chưa có việc nào; thêm ít nhất một việc rồi ký.")
        before = events.snapshot(row)
        row.agreed_on, row.agreed_by, row.next_review_on = agreed_on, agreed_by.strip(), next_review_on
        row.first_review_on = next_review_on
        row.signed_as = beside_the_plan(row.household, agreed_on, row.household.needs.open())
        saved(row, ["agreed_on", "agreed_by", "next_review_on", "first_review_on", "signed_as"])
        _told(by, "plan.agree", row, before)
    return row


@once(PlanReview)
def review_plan(
    *, by: User, plan: Plan, values: dict[str, Any], today: date, request_id: UUID | None = None
) -> PlanReview:
    """Looked at again with the family. `values`: date, progress, text, next_review_on (None: no further review)."""
    if values["date"] > today:
        raise ValidationError({"date": "Ngày xem lại ở tương lai; ghi khi đã gặp gia đình."})
    row = agreed(plan)
    if values["date"] < row.agreed_on:
        raise ValidationError({"date": f"Kế hoạch ký ngày {row.agreed_on:%d/%m/%Y}; xem lại sau ngày đó."})
    made = PlanReview.objects.create(plan=row, made_by=by, request_id=request_id, **values)
    later = row.reviews.counted().filter(date__gt=made.date)
    if not later.exists():  # written late, it says nothing of what comes next
        row.next_review_on = values["next_review_on"]
    saved(row, ["next_review_on"])
    events.record(by=by, act="plan.review", on=row, after=events.snapshot(made), area=row.household.area_id)
    return made


def move_review(
    *, by: User, plan: Plan, version: int, next_review_on: date | None, reason: str, today: date
) -> Plan:
    """Another day for the next review of a signed plan (None: no further review), and why. Stale where somebody saved
    it since; the reviews stay as they were written."""
    if next_review_on and next_review_on < today:
        raise ValidationError({"next_review_on": "Ngày này đã qua; chọn từ hôm nay trở đi."})
    if not reason.strip():
        raise ValidationError({"reason": "Ghi vì sao đổi ngày xem lại."})
    with kept():
        row = agreed(plan, version)
        before = events.snapshot(row)
        row.next_review_on = next_review_on
        saved(row, ["next_review_on"])
        events.record(
            by=by, act="plan.move_review", on=row, before=before, after=events.snapshot(row),
            area=row.household.area_id, reason=reason.strip(),
        )  # fmt: skip
    return row


def finish_step(
    *, by: User, step: PlanStep, on: date, result: str, today: date, support: Support | None = None
) -> PlanStep:
    """It was done; `support`: the help the household was given by it."""
    if on > today:
        raise ValidationError({"on": "Ngày xong ở tương lai; ghi khi đã xong."})
    if support and support.household_id != step.plan.household_id:
        raise ValidationError({"support": "Khoản hỗ trợ này của hộ khác."})
    return _step(by, step, {"done_on": on, "result": result.strip(), "support": support})


def drop_step(*, by: User, step: PlanStep, on: date, reason: str, today: date) -> PlanStep:
    """It will not be done, and why."""
    if on > today:
        raise ValidationError({"on": "Ngày thôi ở tương lai; ghi khi đã thôi."})
    return _step(by, step, {"dropped_on": on, "drop_reason": reason.strip()})


def _step(by: User, step: PlanStep, values: dict[str, Any]) -> PlanStep:
    with kept():
        plan = agreed(step.plan)
        row = PlanStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
        if row.done_on or row.dropped_on:
            raise ValidationError("Việc này đã ghi kết quả; tải lại trang.")
        if (given := values.get("support")) and not Support.objects.counted().filter(pk=given.pk).exists():
            raise ValidationError({"support": "Khoản hỗ trợ này đã bỏ vì ghi nhầm; chọn khoản khác."})
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        events.record(
            by=by, act="plan.step", on=plan, after=events.snapshot(row), area=plan.household.area_id
        )
    return row


def close_plan(*, by: User, plan: Plan, reason: str, note: str, on: date, today: date) -> Plan:
    """The goal is reached, or the plan ends without."""
    if on > today:
        raise ValidationError({"on": "Ngày kết thúc ở tương lai; ghi khi kế hoạch đã kết thúc."})
    with kept():
        return _close(by, _open(plan), reason, note, on)


@once(Plan)
def replace_plan(
    *, by: User, plan: Plan, today: date, note: str, on: date | None = None, request_id: UUID | None = None
) -> Plan:
    """Another plan takes its place `on` that day (today where it is not given): a draft with its goal and the steps not
    done. The old plan ends the day the new one is made, so that no day is of both or of none."""
    on = on or today
    if on > today:
        raise ValidationError({"on": "Ngày thay ở tương lai; ghi khi đã thống nhất với gia đình."})
    old = agreed(plan)
    left = list(old.steps.filter(done_on=None, dropped_on=None).select_related("need").order_by("position"))
    _close(by, old, Plan.CloseReason.REPLACED, note, on)
    made = Plan.objects.create(
        household_id=old.household_id, made_on=on, goal=old.goal, leave_by=old.leave_by,
        family_words=old.family_words, responsible_id=old.responsible_id, made_by=by, request_id=request_id,
    )  # fmt: skip
    PlanStep.objects.bulk_create(
        PlanStep(
            plan=made, position=place, need=_still_open(each.need), text=each.text, policy=each.policy, who=each.who,
            who_name=each.who_name, due_on=each.due_on,
        )
        for place, each in enumerate(left, start=1)
    )  # fmt: skip
    _told(by, "plan.replace", made, None)
    return made


def _still_open(need: Need | None) -> Need | None:
    return need if need and not need.closed_on else None


def _close(by: User, row: Plan, reason: str, note: str, on: date) -> Plan:
    before = events.snapshot(row)
    row.closed_on, row.close_reason, row.close_note = on, reason, note.strip()
    saved(row, ["closed_on", "close_reason", "close_note"])
    _told(by, "plan.close", row, before)
    return row


def _days_that_can_be(home: Household, day: date, leave_by: date | None, today: date) -> None:
    if day > today:
        raise ValidationError({"made_on": "Ngày lập ở tương lai; ghi ngày đã lập với gia đình."})
    if day < home.opened_date:
        raise ValidationError(
            {"made_on": f"Hộ vào sổ ngày {home.opened_date:%d/%m/%Y}; ngày lập không thể trước ngày đó."}
        )
    if (ended := home.plans.kept_to().aggregate(last=Max("closed_on"))["last"]) and day < ended:
        raise ValidationError(
            {"made_on": f"Kế hoạch trước kết thúc ngày {ended:%d/%m/%Y}; ngày lập không thể trước ngày đó."}
        )
    if leave_by and leave_by < day:
        raise ValidationError({"leave_by": "Ngày phấn đấu không thể trước ngày lập kế hoạch."})


def _not_past_what_is_due(row: Plan, day: date) -> None:
    """What a replaced plan left overdue was past before, and stays."""
    first = row.steps.filter(due_on__gte=row.made_on, due_on__lt=day).order_by("due_on", "position").first()
    if first:
        raise ValidationError(
            {
                "made_on": f"Việc “{first}” hẹn xong ngày {first.due_on:%d/%m/%Y}; ngày lập không thể sau ngày đó. "
                "Ghi ngày lập sớm hơn, hoặc bỏ việc đó rồi thêm lại với ngày hẹn mới."
            }
        )


def _open(plan: Plan, version: int | None = None) -> Plan:
    must_be_in_the_register(plan.household)  # the household first, as life events lock them
    row: Plan = lock(plan, version)
    if row.closed_on:
        raise ValidationError("Kế hoạch này đã kết thúc; tải lại trang.")
    return row


def _draft(plan: Plan, version: int | None) -> Plan:
    row = _open(plan, version)
    if row.agreed_on:
        raise ValidationError("Kế hoạch đã ký với gia đình nên không sửa; bấm “Thay bằng kế hoạch mới”.")
    return row


def agreed(plan: Plan, version: int | None = None) -> Plan:
    """The plan, locked after its household: it is signed and has not ended. Stale where `version` is not the stored one."""
    row = _open(plan, version)
    if not row.agreed_on:
        raise ValidationError("Kế hoạch chưa ký với gia đình; ký trước rồi mới ghi kết quả.")
    return row


def saved(row: Plan, fields: list[str]) -> None:
    """Write `fields`, and that something was written."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _told(by: User, act: str, row: Plan, before: dict | None) -> None:
    events.record(
        by=by, act=act, on=row, before=before, after=events.snapshot(row), area=row.household.area_id
    )
