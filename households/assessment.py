"""A sheet seen by the law: the findings, the class under each of the round's standards, what is missing.

Writes nothing. The screen's running total, the submission and the explanation to the family all read this.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from households import facts as household_facts
from households import profile
from households.income import Income, income_of
from households.models import Round, Score, Sheet
from households.models.people import AGRICULTURE
from households.poverty import (
    Answer,
    Assessment,
    CannotClassify,
    Facts,
    Finding,
    Indicator,
    Result,
    Standard,
    classify,
    derive,
    find,
    load,
)
from households.poverty.wording import listed

AGAINST = "against"  # of an answer: what was derived when it was given
UNCONFIRMED = "Mang sang từ phiếu trước, chưa xác nhận."


@dataclass(frozen=True)
class Outcome:
    """What one standard makes of a sheet. `problems`: question (indicator code or field name) → sentence."""

    standard: Standard
    findings: tuple[Finding, ...]
    result: Result | None
    problems: dict[str, str] = field(default_factory=dict)
    provisional: bool = False  # `result` takes every unanswered indicator as not lacking
    income: Income = field(default_factory=lambda: Income(None))

    @property
    def lacking(self) -> list[Finding]:
        return [each for each in self.findings if each.lacking]

    @property
    def income_problem(self) -> str:
        """What keeps the income side from being judged, or nothing."""
        return self.problems.get("income_score") or self.problems.get("per_capita_income") or ""

    @property
    def unanswered(self) -> list[Finding]:
        return [each for each in self.findings if each.lacking is None]

    @property
    def points(self) -> int | None:
        """B2 so far: points of the indicators known to be lacking; None where the standard has no points."""
        per_indicator = self.standard.points_per_indicator
        return None if per_indicator is None else per_indicator * len(self.lacking)


def assess(sheet: Sheet, stored_facts: dict[str, Any]) -> Outcome:
    """The sheet by the standard that decides; `stored_facts` in the shape of `households.facts`."""
    standard = load(sheet.round.standard_id)
    facts = household_facts.for_core(stored_facts)
    income = income_of(sheet, stored_facts["area_type"])
    findings = find(standard, facts, _answers(sheet, standard))
    problems = {each.indicator.code: each.problem for each in findings if each.problem} | income.problems
    if unborn := facts.unborn:
        problems["surveyed_on"] = (
            f"Sinh sau ngày khảo sát: {listed(unborn)}. Sửa ngày sinh, hoặc khảo sát lại và ghi ngày khảo sát mới."
        )
    for each in findings:
        if each.indicator.code not in problems:
            if each.indicator.code in sheet.carried:
                problems[each.indicator.code] = UNCONFIRMED
            elif each.lacking is None:
                problems[each.indicator.code] = each.reason
            elif each.indicator.derived and _stored(sheet, each.indicator.code).get("lacking") is None:
                problems[each.indicator.code] = "Chưa xác nhận kết quả máy tính ra."
    lacking = frozenset(each.indicator.code for each in findings if each.lacking)
    result = None
    try:
        result = _classify(sheet, standard, facts, stored_facts, lacking, income.score)
    except CannotClassify as error:
        question = "income_score" if standard.decided_by == "income_score" else "per_capita_income"
        problems.setdefault(question, str(error))
    provisional = any(each.lacking is None for each in findings)
    return Outcome(standard, findings, result, problems, provisional, income)


def given_against(
    sheet: Sheet,
    stored_facts: dict[str, Any],
    before: dict[str, Any],
    answers: dict[str, Any],
    confirmed: set[str],
) -> dict[str, Any]:
    """The answers, each word about a derived indicator with what is derived where it is new or `confirmed`, and with
    what it had `before` where it only came along."""
    derived = derive(load(sheet.round.standard_id), household_facts.for_core(stored_facts))
    found = dict(answers)
    for code, now in derived.items():
        given = {name: value for name, value in found.get(code, {}).items() if name != AGAINST}
        if given.get("lacking") is None:
            continue
        old = before.get(code, {})
        same = given == {name: value for name, value in old.items() if name != AGAINST}
        if not same or code in confirmed:
            given[AGAINST] = [now.lacking, now.reason]
        elif AGAINST in old:
            given[AGAINST] = old[AGAINST]
        found[code] = given
    return found


def assess_advisory(sheet: Sheet, stored_facts: dict[str, Any], deciding: Outcome) -> Outcome | None:
    """The same sheet by the round's second, advisory standard, or None where the round has none.

    An indicator both standards share counts as found under the deciding one; one of its own is asked.
    """
    if not sheet.round.advisory_standard_id:
        return None
    standard = load(sheet.round.advisory_standard_id)
    facts = household_facts.for_core(stored_facts)
    known = {each.indicator.code: each for each in deciding.findings}
    own = {code: answer for code, answer in _answers(sheet, standard).items() if code not in known}
    findings = tuple(
        replace(known[each.indicator.code], indicator=each.indicator, problem="")
        if each.indicator.code in known
        else each
        for each in find(standard, facts, own)
    )
    problems = {
        each.indicator.code: each.problem or each.reason
        for each in findings
        if each.problem or each.lacking is None
    }
    result = None
    try:
        lacking = frozenset(each.indicator.code for each in findings if each.lacking)
        result = _classify(sheet, standard, facts, stored_facts, lacking, deciding.income.score)
    except CannotClassify as error:
        problems["per_capita_income"] = str(error)
    return Outcome(standard, findings, result, problems, any(each.lacking is None for each in findings))


def scored(sheet: Sheet, outcome: Outcome, *, decides: bool) -> Score:
    """What the standard of `outcome` makes of a sheet with its facts, as a row not saved yet."""
    result = outcome.result
    if result is None:
        raise ValueError("a sheet that cannot be classified has no score")
    return Score(
        sheet=sheet,
        standard_id=result.standard_id,
        decides=decides,
        area_type=result.area_type.value,
        income_score=result.income_score,
        per_capita_income=result.per_capita_income,
        deprivation_score=result.deprivation_score,
        lacking=list(result.lacking),
        classification=result.classification.value,
        **profile.of_sheet(sheet, outcome.standard),
    )


def advisory_questions(round_: Round) -> list[Indicator]:
    """The indicators only the advisory standard asks."""
    if not round_.advisory_standard_id:
        return []
    asked = set(load(round_.standard_id).codes)
    return [each for each in load(round_.advisory_standard_id).indicators if each.code not in asked]


def _classify(
    sheet: Sheet,
    standard: Standard,
    facts: Facts,
    stored: dict[str, Any],
    lacking: frozenset[str],
    income_score: int | None,
) -> Result:
    return classify(
        Assessment(
            standard=standard,
            area_type=facts.area_type,
            income_score=income_score,
            per_capita_income=sheet.per_capita_income,
            lacking=lacking,
            asks_average=sheet.asks_average,
            in_agriculture=stored["livelihood"] in AGRICULTURE,
        )
    )


def _stored(sheet: Sheet, code: str) -> dict[str, Any]:
    return sheet.answers.get(code, {})


def _answers(sheet: Sheet, standard: Standard) -> dict[str, Answer]:
    """The stored answers to the questions of `standard`; one carried from the last sheet is none until confirmed."""
    answers = {}
    for code in standard.codes:
        stored = {} if code in sheet.carried else _stored(sheet, code)
        value = stored.get("value")
        answers[code] = Answer(
            lacking=stored.get("lacking"),
            value=tuple(value) if isinstance(value, list) else value,
            override_reason=stored.get("override_reason", ""),
            against=tuple(stored[AGAINST]) if AGAINST in stored else None,
        )
    return answers
