"""The rounds of one demo ward: sheets filled, checked and decided as `households.actions` would have it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from households import facts, profile
from households.demo import plan
from households.demo.changes import HARDSHIP
from households.demo.homes import Home
from households.demo.people import head_first
from households.demo.places import Staff
from households.demo.remarks import remark, settled_remark
from households.demo.season import Season
from households.demo.sheets import Surveyor, approve, at
from households.models import Decision, Remark, Round, Sheet, Status
from households.poverty import load
from thanhsen.models import Area

Case = tuple[Home, str]  # a home and the class it will be found in
Surveyed = tuple[Home, Sheet]
DEPARTURES = {
    (
        "near_poor",
        "poor",
    ): "Họp tổ dân phố thống nhất: hộ có người điều trị dài ngày, thu nhập giảm sau ngày rà soát.",
    (
        "poor",
        "near_poor",
    ): "Phúc tra sau niêm yết: hộ vừa được hỗ trợ sửa nhà và cấp thẻ BHYT, còn thiếu hụt 2 chỉ số.",
    (
        "not_poor",
        "near_poor",
    ): "Họp tổ dân phố thống nhất: lao động chính của hộ bị tai nạn sau ngày rà soát.",
}


def _in_register(home: Home, decision: Decision) -> dict[str, Any]:
    stored = facts.of_household(home.household, head_first(home.members), decision.date)
    return profile.of_facts(stored, load(decision.standard_id))


@dataclass(frozen=True)
class Ruling:
    home: Home
    classification: str
    sheet: Sheet | None = None
    reason: str = ""


class Reviews:
    """Rounds and decisions are stored as they come; sheets, remarks and statuses are kept here until the ward is
    written."""

    def __init__(
        self,
        rng: Random,
        ward: Area,
        staff: Staff,
        surveyor: Surveyor,
        season: Season,
        status_ids: Iterator[int],
    ):
        self.rng, self.ward, self.staff, self.surveyor, self.season = rng, ward, staff, surveyor, season
        self.status_ids = status_ids
        self.statuses: list[Status] = []
        self.sheets: list[Sheet] = []
        self.remarks: list[Remark] = []

    def regular(self, year: int, cases: list[Case]) -> None:
        """The requests of one month, decided in the same month."""
        starts, name = plan.REGULAR[year]
        round_ = Round.objects.create(
            ward=self.ward, year=year, kind=Round.Kind.REGULAR, name=f"Rà soát thường xuyên tháng {name}",
            standard_id=plan.STANDARD, starts_on=starts, ends_on=starts + timedelta(days=4),
            decide_by=starts + timedelta(days=15), needs_opinion=False,
            closed_at=at(plan.REGULAR_DECISIONS[year][1], 16),
        )  # fmt: skip
        sheets = [
            self._survey(home, round_, starts + timedelta(days=self.rng.randint(0, 3)), to)
            for home, to in cases
        ]
        for _, sheet in sheets:
            approve(self.rng, sheet, self.rng.choice(self.staff.supervisors), starts + timedelta(days=4))
        self.season.agree(round_, sheets, starts + timedelta(days=5))
        self.season.post(round_, sheets, starts + timedelta(days=6), starts + timedelta(days=8))
        self._decide(round_, *plan.REGULAR_DECISIONS[year], sheets, departures=0, note=plan.INVENTED)

    def periodic(self, year: int, cases: list[Case], departures: int) -> None:
        """The yearly review: decided, or still open in the last year."""
        is_open = year == plan.LAST
        round_ = Round.objects.create(
            ward=self.ward, year=year, name=f"Rà soát định kỳ năm {year}", standard_id=plan.STANDARD,
            advisory_standard_id=plan.ADVISORY if is_open else "",
            starts_on=date(year, 9, 1), ends_on=date(year, 11, 30), meet_by=date(year, 12, 4),
            post_by=date(year, 12, 8), decide_by=date(year, 12, 14), report_by=date(year, 12, 20),
            closed_at=None if is_open else at(date(year, 12, 14), 17),
        )  # fmt: skip
        if is_open:
            self._leave_open(round_, cases)
            return
        sheets = []
        for home, classification in cases:
            sheets.append(self._survey(home, round_, self._day(year, date(year, 11, 20)), classification))
            supervisor = self.rng.choice(self.staff.supervisors)
            approve(self.rng, sheets[-1][1], supervisor, date(year, 11, 26))
            if self.rng.random() < 0.03:
                self.remarks.append(settled_remark(self.rng, sheets[-1][1], supervisor))
        self.season.agree(round_, sheets, date(year, 11, 28))
        self.season.post(round_, sheets, date(year, 12, 2), date(year, 12, 4))
        self.season.ask(round_, sheets, date(year, 12, 5))
        note = plan.BEFORE_MERGER if year == 2024 else plan.INVENTED
        self._decide(round_, *plan.DECISIONS[year], sheets, departures=departures, note=note)

    def _leave_open(self, round_: Round, cases: list[Case]) -> None:
        """Work of every kind is waiting: sheets in each state, and some of the list not surveyed yet."""
        listed = [home.household.pk for home, _ in cases if home.is_listed]
        waiting = round(plan.OPEN_STATES[""] * len(cases))
        skipped = set(self.rng.sample(listed, min(waiting, len(listed))))
        states = [state for state in plan.OPEN_STATES if state]
        shares = [plan.OPEN_STATES[state] for state in states]
        ahead = self._ahead(cases)
        met: dict[str, list[Surveyed]] = {"posted": [], "agreed": []}
        first_of_each = iter(states)
        for home, classification in cases:
            if home.household.pk in skipped:
                self.season.enlist(home, round_)
                continue
            if stage := ahead.get(home.household.area_id):
                met[stage].append(
                    self._survey(home, round_, self._day(round_.year, plan.AHEAD), classification)
                )
                approve(self.rng, met[stage][-1][1], self.rng.choice(self.staff.supervisors), plan.AHEAD)
                continue
            state = next(first_of_each, None) or self.rng.choices(states, shares)[0]
            last = plan.NOW - timedelta(days=7) if state in {"approved", "returned"} else plan.NOW
            _, sheet = self._survey(home, round_, self._day(round_.year, last), classification)
            supervisor = self.rng.choice(self.staff.supervisors)
            if state == "approved":
                approve(self.rng, sheet, supervisor, plan.NOW)
            elif state == "draft":
                self.surveyor.as_draft(sheet)
            elif state == "returned":
                sheet.state, sheet.version = Sheet.State.RETURNED, sheet.version + 1
                self.remarks.append(remark(self.rng, sheet, supervisor))
        self.season.agree(round_, met["posted"], plan.MET)
        self.season.post(round_, met["posted"], *plan.POSTED)
        self.season.contest(met["posted"][0][1], plan.POSTED[1])
        self.season.agree(round_, met["agreed"], plan.NOW)

    def _ahead(self, cases: list[Case]) -> dict[int, str]:
        """The tổ dân phố that have met already, and those that have posted."""
        areas = sorted({home.household.area_id for home, _ in cases})
        few = max(1, len(areas) // 10)
        return dict.fromkeys(areas[-few:], "posted") | dict.fromkeys(areas[-2 * few : -few], "agreed")

    def _day(self, year: int, last: date) -> date:
        first = date(year, 9, 5)
        return first + timedelta(days=self.rng.randint(0, (last - first).days))

    def _survey(self, home: Home, round_: Round, day: date, classification: str) -> Surveyed:
        home.hardship = HARDSHIP.get(classification, HARDSHIP[""])
        officer = self.staff.officer_of[home.household.area_id]
        listing = self.season.enlist(home, round_)
        sheet = self.surveyor.fill(home, listing, day, officer, classification)
        self.sheets.append(sheet)
        return home, sheet

    def _decide(
        self, round_: Round, number: str, day: date, sheets: list[Surveyed], departures: int, note: str
    ) -> None:
        decision = self.decision(number, day, round_, note)
        left = {pair: departures for pair in DEPARTURES}
        rulings = []
        for home, sheet in sheets:
            assert sheet.score is not None  # handed in, so scored
            sheet.state, sheet.decision = Sheet.State.DECIDED, decision
            proposed = sheet.score.classification
            pair = next((each for each in left if each[0] == proposed and left[each]), None)
            if pair and self.rng.random() < 0.1:
                left[pair] -= 1
                rulings.append(Ruling(home, pair[1], sheet, DEPARTURES[pair]))
            else:
                rulings.append(Ruling(home, proposed, sheet))
        self.rule(decision, rulings)

    def decision(self, number: str, day: date, round_: Round | None, note: str) -> Decision:
        return Decision.objects.create(
            ward=self.ward, round=round_, number=number, date=day, signer=self.staff.approver.full_name,
            standard_id=plan.STANDARD, note=note, made_by=self.staff.approver, made_at=at(day, 10),
        )  # fmt: skip

    def rule(self, decision: Decision, rulings: list[Ruling]) -> None:
        """What `households.actions.decisions` makes of a list: the present statuses end, new ones begin."""
        for ruling in rulings:
            home, sheet, was = ruling.home, ruling.sheet, ruling.home.classification
            if home.status and home.status.valid_to is None:
                home.status.valid_to, home.status.end_reason = decision.date, Status.EndReason.NEW_DECISION
            score = sheet.score if sheet else None
            home.status = Status(
                pk=next(self.status_ids),
                household=home.household,
                decision=decision,
                score=score,
                classification=ruling.classification,
                proposed=score.classification if score else "",
                departure_reason=ruling.reason,
                standard_id=decision.standard_id,
                area_id=home.household.area_id,
                size=len(sheet.facts["people"]) if sheet and sheet.facts else len(home.members),
                lacking=list(score.lacking) if score else [],
                valid_from=decision.date,
                **(profile.copied(score) if score else _in_register(home, decision)),
            )
            home.ever_poor |= ruling.classification == "poor"
            self.statuses.append(home.status)
            if sheet:
                self.season.hand_out(home.status, was, sheet)
