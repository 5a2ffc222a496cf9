"""What the household answered on its last sheet, offered on the new one: never counted until somebody confirms it.

Carried are the questions that are asked again under the round's standards, and the causes. Not carried: income,
which is found anew each time, and whatever the portal derives from the register.
"""

from typing import Any

from households.assessment import advisory_questions
from households.models import Household, Round, Sheet
from households.poverty import Indicator, load

CAUSES = "causes"  # the question that stands for these fields
CAUSE_FIELDS = ("causes", "main_cause", "cause_note")


def last_sheet(household: Household) -> Sheet | None:
    """The newest sheet of the household that was handed in."""
    handed_in = household.sheets.exclude(state__in=[Sheet.State.DRAFT, Sheet.State.RETURNED])
    return handed_in.select_related("round").order_by("-surveyed_on", "-pk").first()


def offered(round_: Round, last: Sheet | None) -> dict[str, Any]:
    """Field values of a new sheet of `round_` taken from the last one: `answers`, the causes, and `carried`."""
    if last is None:
        return {}
    answers = {
        each.code: last.answers[each.code]
        for each in _asked(round_)
        if each.question and not each.derived and _fits(each, last.answers.get(each.code, {}).get("value"))
    }
    causes = {name: getattr(last, name) for name in CAUSE_FIELDS} if last.causes else {}
    return {"answers": answers, **causes, "carried": [*answers, *([CAUSES] if causes else [])]}


def still_carried(before: Sheet, after: dict[str, Any], confirmed: set[str]) -> list[str]:
    """Of the carried questions those neither confirmed nor answered otherwise in `after` (field → new value)."""
    answers = after.get("answers", before.answers)
    changed = {
        code for code in before.carried if _meant(answers.get(code)) != _meant(before.answers.get(code))
    } - {CAUSES}
    if any(name in after and _meant(after[name]) != _meant(getattr(before, name)) for name in CAUSE_FIELDS):
        changed.add(CAUSES)
    return [code for code in before.carried if code not in confirmed | changed]


def _meant(answer: Any) -> Any:
    """An answer to compare: several chosen are the same in whatever order they were sent."""
    if isinstance(answer, dict):
        answer = answer.get("value")
    return frozenset(answer) if isinstance(answer, list) else answer


def _asked(round_: Round) -> list[Indicator]:
    return [*load(round_.standard_id).indicators, *advisory_questions(round_)]


def _fits(indicator: Indicator, value: Any) -> bool:
    """Whether the answer is among the options the question has now."""
    if value in (None, "") or indicator.question is None:
        return False
    if isinstance(value, list) != (indicator.question.kind == "multi"):
        return False
    options = {each.code for each in indicator.question.options}
    return set(value if isinstance(value, list) else [value]) <= options
