"""Invented sheets: a survey of a home on a day that ends in the class the story wants, judged by the portal's own law."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from households import facts
from households.assessment import Outcome, advisory_questions, assess, assess_advisory, scored
from households.demo.homes import ASKED, LISTED, Builder, Home, square_metres
from households.demo.people import head_first
from households.models import Listing, Round, Score, Sheet, Shock
from households.models.people import AGRICULTURE
from households.poverty import AreaType, Standard, derive, load
from thanhsen.models import User

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MOST_LACKING = {"near_poor": 2, "average": 3, "not_poor": 3}
SHOCKS = {
    Shock.DISASTER: 40,
    Shock.ILLNESS: 25,
    Shock.JOB_LOSS: 15,
    Shock.MARKET: 12,
    Shock.EPIDEMIC: 6,
    Shock.CLIMATE: 2,
}
LEVELS = ((6, "preschool"), (11, "primary"), (15, "lower_secondary"), (18, "upper_secondary"))
# Where the officer knows better than the register: indicator → (the register says lacking?, reason).
OVERRIDES = {
    "employment": (True, "Hộ xuất trình hợp đồng lao động vừa ký, sổ hộ chưa kịp cập nhật."),
    "insurance": (False, "Thẻ BHYT của một thành viên đã hết hạn, hộ chưa mua lại."),
    "schooling": (True, "Cháu học chậm một lớp do ốm dài ngày, nhà trường xác nhận vẫn đang theo học."),
    "housing_area": (False, "Một phần nhà bị sập do bão, diện tích ở được còn lại không đủ 8 m²/người."),
}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), HANOI)


class Surveyor:
    """Fills sheets for one ward. Scores are kept aside in `scores` until the ward is written."""

    def __init__(self, rng: Random, builder: Builder, sheet_ids: Iterator[int], score_ids: Iterator[int]):
        self.rng, self.builder = rng, builder
        self.sheet_ids, self.score_ids = sheet_ids, score_ids
        self.scores: dict[int, list[Score]] = {}  # by sheet

    def fill(self, home: Home, listing: Listing, day: date, officer: User, target: str) -> Sheet:
        """A complete sheet, handed in, whose class is `target`. The home is mended or worn until it fits."""
        round_ = listing.round
        standard = load(round_.standard_id)
        override = self._override() if self.rng.random() < 0.04 else None
        if target == "average":
            self._farms(home)
        stored, said = self._fit(home, standard, day, target, override)
        handed_in = at(day, self.rng.randint(13, 17), self.rng.randint(0, 59))
        sheet = Sheet(
            pk=next(self.sheet_ids),
            round=round_,
            household=home.household,
            listing=listing,
            state=Sheet.State.SUBMITTED,
            surveyed_on=day,
            income_score=self._income_score(standard, stored, target),
            income_score_for=stored["area_type"],
            per_capita_income=self._income(standard, stored, target)
            if self._types_income(round_, target)
            else None,
            asks_average=target == "average",
            answers=self._answers(home, round_, said),
            causes=home.causes if target in LISTED else [],
            main_cause=home.main_cause if target in LISTED else "",
            cause_note=home.cause_note if target in LISTED else "",
            shocks=_shocks(home, day, target),
            facts=stored,
            version=self.rng.randint(2, 6),
            started_by=officer,
            started_at=at(day, self.rng.randint(7, 10), self.rng.randint(0, 59)),
            saved_at=handed_in,
            saved_by=officer,
            submitted_by=officer,
            submitted_at=handed_in,
        )
        self._score(sheet, target)
        return sheet

    def as_draft(self, sheet: Sheet) -> None:
        """The same sheet before it was finished: some answers and figures are not there yet."""
        del self.scores[sheet.pk]
        sheet.state, sheet.score, sheet.facts = Sheet.State.DRAFT, None, None
        sheet.submitted_by = sheet.submitted_at = None
        kept = self.rng.randint(0, len(sheet.answers) - 1)
        sheet.answers = dict(list(sheet.answers.items())[:kept])
        sheet.version = 1 + bool(kept)
        if self.rng.random() < 0.6:
            sheet.income_score = sheet.per_capita_income = None
            sheet.income_score_for = ""
        if self.rng.random() < 0.7:
            sheet.causes, sheet.main_cause, sheet.cause_note = [], "", ""

    def _override(self) -> str:
        return self.rng.choice(list(OVERRIDES))

    def _farms(self, home: Home) -> None:
        if home.household.livelihood not in AGRICULTURE:
            home.household.livelihood = "farming"

    def _fit(
        self, home: Home, standard: Standard, day: date, target: str, override: str | None
    ) -> tuple[dict[str, Any], dict[str, dict]]:
        """The facts, and what the officer says of the derived indicators, with as many lacking as `target` allows
        (or, for a poor home, needs)."""
        while True:
            stored = facts.of_household(home.household, head_first(home.members), day)
            found = derive(standard, facts.for_core(stored))
            said: dict[str, dict[str, Any]] = {
                code: {"lacking": each.lacking} for code, each in found.items()
            }
            if override and found[override].lacking is OVERRIDES[override][0]:
                said[override] = {
                    "lacking": not found[override].lacking,
                    "override_reason": OVERRIDES[override][1],
                }
            derived = [code for code, each in said.items() if each["lacking"]]
            asked = [code for code in ASKED if self._lacks(standard, home, code)]
            most = (
                self.rng.choices((3, 4, 5, 6), (60, 25, 11, 4))[0]
                if target == "poor"
                else MOST_LACKING[target]
            )
            excess = len(derived) + len(asked) - most
            for code in self.rng.sample(asked, min(max(excess, 0), len(asked))):
                home.answers[code] = self.builder.answer(code, False)
            if target == "poor":
                for code in self._to_wear(asked, -excess):
                    home.answers[code] = self.builder.answer(code, True)
                return stored, said
            if excess <= len(asked):
                return stored, said
            override = None
            self._mend(home, next(code for code in derived if code != "dependants"), day)

    def _lacks(self, standard: Standard, home: Home, code: str) -> bool:
        question = next(each.question for each in standard.indicators if each.code == code)
        assert question is not None  # ASKED names the indicators that are asked
        answer = home.answers[code]
        if question.at_least is not None:
            return len(answer) < question.at_least
        return next(each.lacking for each in question.options if each.code == answer)

    def _to_wear(self, already: list[str], count: int) -> list[str]:
        """`count` of the asked indicators that come to be amiss, the commoner ones more often."""
        free = sorted(
            (code for code in ASKED if code not in already),
            key=lambda code: self.rng.random() ** (1 / ASKED[code]),
        )
        return free[-count:] if count > 0 else []

    def _mend(self, home: Home, code: str, day: date) -> None:
        """The household put right what made it lack one derived indicator."""
        if code == "housing_area":
            home.household.floor_area = square_metres(8.5 * len(home.members))
        for person in home.members:
            age = day.year - person.birth_year
            if code == "insurance":
                person.has_insurance = True
            elif code == "employment" and person.work in {"none_seeking", "wage_no_contract"}:
                person.work = self.rng.choice(("self_employed", "wage_contract"))
            elif code == "nutrition" and person.undernourished:
                person.undernourished = False
            elif (
                code == "adult_education"
                and 15 <= age <= 31
                and person.education in {"none", "primary", "lower_secondary"}
            ):
                person.education = "vocational"
            elif code == "schooling" and 3 <= age < 18:
                person.schooling = next(level for below, level in LEVELS if age < below)

    def _types_income(self, round_: Round, target: str) -> bool:
        return target == "average" or bool(round_.advisory_standard_id) or self.rng.random() < 0.15

    def _income_score(self, standard: Standard, stored: dict, target: str) -> int:
        bound = standard.line(AreaType(stored["area_type"])).score_cutoff
        assert bound is not None  # the standard that decides has one
        if target in LISTED:
            return bound - min(int(self.rng.expovariate(1 / 18)), bound - 40)
        return bound + self.rng.randint(1, 60)

    def _income(self, standard: Standard, stored: dict, target: str) -> int:
        """Đồng a person and month, in ten thousands, in keeping with the class."""
        line = standard.line(AreaType(stored["area_type"]))
        if target in LISTED:
            low, high = line.poor_line // 2, line.poor_line
        elif target == "average":
            low, high = line.poor_line + 10_000, line.average_line or line.poor_line
        else:
            low, high = line.poor_line + 10_000, 2 * line.poor_line
        return self.rng.randint(low // 10_000, high // 10_000) * 10_000

    def _answers(self, home: Home, round_: Round, said: dict[str, dict]) -> dict[str, dict]:
        answers = {
            code: said[code] if code in said else {"value": home.answers[code]}
            for code in load(round_.standard_id).codes
        }
        for indicator in advisory_questions(round_):
            answers[indicator.code] = {"value": "lacking" if self.rng.random() < 0.12 else "not_lacking"}
        return answers

    def _score(self, sheet: Sheet, target: str) -> None:
        """The rows the submission of this sheet would have added."""
        outcome = assess(sheet, sheet.facts or {})
        if outcome.problems or outcome.result is None or outcome.result.classification != target:
            raise AssertionError(f"demo sheet meant as {target}: {outcome.result}, {outcome.problems}")
        sheet.score = self._kept(sheet, outcome, decides=True)
        advisory = assess_advisory(sheet, sheet.facts or {}, outcome)
        if advisory and advisory.result and not advisory.problems:
            self._kept(sheet, advisory, decides=False)

    def _kept(self, sheet: Sheet, outcome: Outcome, *, decides: bool) -> Score:
        assert sheet.submitted_at is not None
        score = scored(sheet, outcome, decides=decides)
        score.pk, score.made_at = next(self.score_ids), sheet.submitted_at
        self.scores.setdefault(sheet.pk, []).append(score)
        return score


def _shocks(home: Home, day: date, target: str) -> list[str]:
    """One household in four on the list was struck by something; drawn apart, so that nothing else moves."""
    rng = Random(f"{home.members[0].full_name} {day}")  # noqa: S311 - invented data
    struck = target in LISTED and rng.random() < 0.25
    return [rng.choices(list(SHOCKS), list(SHOCKS.values()))[0].value] if struck else []


def approve(rng: Random, sheet: Sheet, by: User, last: date) -> None:
    """Checked by somebody else some days after it was handed in, not after `last`."""
    day = min(sheet.surveyed_on + timedelta(days=rng.randint(1, 6)), last)
    sheet.state, sheet.approved_by = Sheet.State.APPROVED, by
    sheet.approved_at = at(max(day, sheet.surveyed_on), 18, rng.randint(0, 59))
