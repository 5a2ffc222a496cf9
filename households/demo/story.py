"""The story of one demo ward: the list of December 2023, then year by year reviews, decisions and movements."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from households.demo import plan
from households.demo.changes import HARDSHIP, Changes
from households.demo.homes import LISTED, NOT_LISTED, Home
from households.demo.places import Staff
from households.demo.remarks import remark, settled_remark
from households.demo.sheets import Surveyor, approve, at
from households.models import Decision, Remark, Round, Sheet, Status
from thanhsen.models import Area

DEPARTURES = {
    ("near_poor", "poor"): "Họp tổ dân phố thống nhất: hộ có người điều trị dài ngày, thu nhập giảm sau ngày rà soát.",
    ("poor", "near_poor"): "Phúc tra sau niêm yết: hộ vừa được hỗ trợ sửa nhà và cấp thẻ BHYT, còn thiếu hụt 2 chỉ số.",
    ("not_poor", "near_poor"): "Họp tổ dân phố thống nhất: lao động chính của hộ bị tai nạn sau ngày rà soát.",
}


@dataclass(frozen=True)
class Ruling:
    home: Home
    classification: str
    sheet: Sheet | None = None
    reason: str = ""


class Story:
    """Everything that is written of one ward. Rounds and decisions are stored as they come; the rest is kept here."""

    def __init__(
        self, rng: Random, ward: Area, staff: Staff, changes: Changes, surveyor: Surveyor, listed: int
    ):
        self.rng, self.ward, self.staff = rng, ward, staff
        self.changes, self.surveyor = changes, surveyor
        self.listed, self.quotas = listed, plan.quotas(listed)
        self.homes = changes.homes
        self.statuses: list[Status] = []
        self.sheets: list[Sheet] = []
        self.remarks: list[Remark] = []

    def tell(self) -> None:
        self._opening()
        for year in plan.YEARS:
            self._year(year)

    # The list before the first round ----------------------------------------------------------------

    def _opening(self) -> None:
        poor = round(plan.POOR_SHARE * self.listed)
        left, never = round(plan.LEFT_BEFORE * self.listed), round(plan.NEVER_LISTED * self.listed)
        kinds = ["poor"] * poor + ["near_poor"] * (self.listed - poor) + ["left"] * max(left, 2) + ["never"] * never
        self.rng.shuffle(kinds)
        first, second = self._paper_decision(2022), self._paper_decision(2023)
        earlier, later = [], []
        for kind in kinds:
            opened = date(2022, self.rng.randint(1, 11), self.rng.randint(1, 28))
            home = self.changes.new_home(2023, opened, HARDSHIP.get(kind, HARDSHIP[""]))
            if kind == "left" or (kind in LISTED and self.rng.random() < 0.92):
                earlier.append(Ruling(home, self._class_before(kind)))
            if kind != "never":
                later.append(Ruling(home, NOT_LISTED if kind == "left" else kind))
        self._rule(first, earlier)
        self._rule(second, later)

    def _class_before(self, kind: str) -> str:
        share_poor = {"poor": 0.95, "near_poor": 0.09, "left": 0.35}[kind]
        return "poor" if self.rng.random() < share_poor else "near_poor"

    def _paper_decision(self, year: int) -> Decision:
        number, day = plan.DECISIONS[year]
        return self._decision(number, day, None, plan.BEFORE_MERGER)

    # A year -----------------------------------------------------------------------------------------

    def _year(self, year: int) -> None:
        self._departures_from_the_register(year)
        for home in self.homes:
            if home.is_here:
                self.changes.grow(home, year)
        if year in plan.REGULAR:
            self._regular_round(year)
        targets = self._arrivals(year)
        self._on_the_list(targets)
        self._requests(year, targets)
        self._periodic_round(year, targets)

    def _of(self, classification: str) -> list[Home]:
        return [home for home in self.homes if home.is_here and home.classification == classification]

    def _outside(self) -> list[Home]:
        return [home for home in self.homes if home.is_here and not home.is_listed]

    def _departures_from_the_register(self, year: int) -> None:
        q = self.quotas
        for classification, moved, died, merged in (
            ("poor", q.poor_moved_out, q.poor_died_out, q.poor_merged),
            ("near_poor", q.near_moved_out, q.near_died_out, q.near_merged),
        ):
            frail = sorted(self._of(classification), key=lambda home: (len(home.members), home.members[0].birth_year))
            for home in self._pick(frail[: 3 * died], died):
                self.changes.die_out(home, self.changes.during(year))
            for home in self._pick([each for each in self._of(classification) if len(each.members) < 4], merged):
                into = self.rng.choice(
                    [each for each in self.homes if each.is_here and each is not home and len(each.members) < 5]
                )
                self.changes.merge(home, into, date(year, 1, self.rng.randint(5, 25)))
            for home in self._pick(self._of(classification), moved):
                self.changes.close(home, self.changes.during(year), "moved_out")

    def _arrivals(self, year: int) -> dict[int, tuple[Home, str]]:
        """Homes that are new or moved, with the class they will be found in."""
        q, changes, found = self.quotas, self.changes, {}
        for classification, moved, split in (
            ("poor", q.poor_moved_in, q.poor_split),
            ("near_poor", q.near_moved_in, q.near_split),
        ):
            hardship = HARDSHIP[classification]
            for _ in range(moved):
                home = changes.new_home(year, changes.during(year), hardship, "moved_in")
                found[home.household.pk] = (home, classification)
            for _ in range(split):
                home = changes.split([each for each in self.homes if each.is_here], year, hardship)
                found[home.household.pk] = (home, classification)
        for home in self._pick([home for home in self.homes if home.is_listed], q.moved_inside):
            changes.move_inside(home)
        return found

    def _on_the_list(self, targets: dict[int, tuple[Home, str]]) -> None:
        """What becomes of the households on the list: most stay where they are."""
        q = self.quotas
        poor, near = self._of("poor"), self._of("near_poor")
        for homes, moves in (
            (poor, (("near_poor", q.poor_to_near), (NOT_LISTED, q.poor_out))),
            (near, ((NOT_LISTED, q.near_out), ("poor", q.near_to_poor))),
        ):
            for home in homes:
                targets[home.household.pk] = (home, home.classification)
            moving = iter(self._pick(homes, sum(count for _, count in moves)))
            for classification, count in moves:
                for _, home in zip(range(count), moving, strict=False):
                    targets[home.household.pk] = (home, classification)

    def _requests(self, year: int, targets: dict[int, tuple[Home, str]]) -> None:
        """Households that ask: new on the list, on it again, average, and most of them not poor after all."""
        q, asking = self.quotas, []
        outside = [home for home in self._outside() if home.household.pk not in targets]
        asking += [(home, "poor") for home in self._pick([each for each in outside if each.ever_poor], q.poor_again)]
        wanted = ["poor"] * q.newly_poor + ["near_poor"] * q.newly_near + ["average"] * q.average
        rest = round(plan.SURVEYED * self.listed) - len(targets) - len(asking) - len(wanted)
        wanted += [NOT_LISTED] * max(rest, 3)
        known = self._pick([each for each in outside if not each.ever_poor], len(wanted) // 2)
        for classification in self.rng.sample(wanted, len(wanted)):
            home = known.pop() if known and self.rng.random() < 0.5 else None
            if home is None:
                opened = date(year, self.rng.randint(7, 8), self.rng.randint(1, 28))
                home = self.changes.new_home(year, opened, HARDSHIP.get(classification, HARDSHIP[""]))
            asking.append((home, classification))
        targets.update({home.household.pk: (home, classification) for home, classification in asking})

    def _pick(self, homes: list[Home], count: int) -> list[Home]:
        return self.rng.sample(homes, min(count, len(homes)))

    # Reviews and decisions --------------------------------------------------------------------------

    def _regular_round(self, year: int) -> None:
        """Requests of one month: some come on the list, some leave it."""
        starts, name = plan.REGULAR[year]
        n, outside = self.quotas.regular, self._outside()
        again = self._pick([home for home in outside if home.ever_poor], max(1, n // 2))
        fresh = self._pick([home for home in outside if not home.ever_poor], 2 * n)
        cases = [(home, "poor") for home in again + fresh[:n]] + [(home, "near_poor") for home in fresh[n:]]
        cases += [(home, NOT_LISTED) for home in self._pick(self._of("near_poor"), n)]
        round_ = Round.objects.create(
            ward=self.ward, year=year, kind=Round.Kind.REGULAR, name=f"Rà soát thường xuyên tháng {name}",
            standard_id=plan.STANDARD, starts_on=starts, ends_on=starts + timedelta(days=9),
            closed_at=at(plan.REGULAR_DECISIONS[year][1], 16),
        )  # fmt: skip
        sheets = [self._survey(home, round_, starts + timedelta(days=self.rng.randint(0, 8)), to) for home, to in cases]
        for _, sheet in sheets:
            approve(self.rng, sheet, self.rng.choice(self.staff.supervisors), starts + timedelta(days=12))
        self._decide(round_, *plan.REGULAR_DECISIONS[year], sheets, departures=0, note=plan.INVENTED)

    def _periodic_round(self, year: int, targets: dict[int, tuple[Home, str]]) -> None:
        is_open = year == plan.LAST
        cases = list(targets.values())
        self.rng.shuffle(cases)
        round_ = Round.objects.create(
            ward=self.ward, year=year, name=f"Rà soát định kỳ năm {year}", standard_id=plan.STANDARD,
            advisory_standard_id=plan.ADVISORY if is_open else "",
            starts_on=date(year, 9, 1), ends_on=date(year, 12, 14),
            closed_at=None if is_open else at(date(year, 12, 14), 17),
        )  # fmt: skip
        if is_open:
            self._leave_open(round_, cases)
            return
        sheets = []
        for home, classification in cases:
            sheets.append(self._survey(home, round_, self._day(year, date(year, 11, 20)), classification))
            supervisor = self.rng.choice(self.staff.supervisors)
            approve(self.rng, sheets[-1][1], supervisor, date(year, 12, 5))
            if self.rng.random() < 0.03:
                self.remarks.append(settled_remark(self.rng, sheets[-1][1], supervisor))
        note = plan.BEFORE_MERGER if year == 2024 else plan.INVENTED
        self._decide(round_, *plan.DECISIONS[year], sheets, departures=self.quotas.departures, note=note)

    def _leave_open(self, round_: Round, cases: list[tuple[Home, str]]) -> None:
        """Work of every kind is waiting: sheets in each state, and some of the list not surveyed yet."""
        waiting = self._pick([home for home, _ in cases if home.is_listed], round(plan.OPEN_STATES[""] * len(cases)))
        skipped = {home.household.pk for home in waiting}
        states = [state for state in plan.OPEN_STATES if state]
        shares = [plan.OPEN_STATES[state] for state in states]
        for home, classification in cases:
            if home.household.pk in skipped:
                continue
            state = self.rng.choices(states, shares)[0]
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

    def _day(self, year: int, last: date) -> date:
        first = date(year, 9, 5)
        return first + timedelta(days=self.rng.randint(0, (last - first).days))

    def _survey(self, home: Home, round_: Round, day: date, classification: str) -> tuple[Home, Sheet]:
        home.hardship = HARDSHIP.get(classification, HARDSHIP[""])
        officer = self.staff.officer_of[home.household.area_id]
        sheet = self.surveyor.fill(home, round_, day, officer, classification)
        self.sheets.append(sheet)
        return home, sheet

    def _decide(
        self, round_: Round, number: str, day: date, sheets: list[tuple[Home, Sheet]], departures: int, note: str
    ) -> None:
        decision = self._decision(number, day, round_, note)
        left = {pair: departures for pair in DEPARTURES}
        rulings = []
        for home, sheet in sheets:
            assert sheet.score is not None  # handed in, so scored
            sheet.state, proposed = Sheet.State.DECIDED, sheet.score.classification
            pair = next((each for each in left if each[0] == proposed and left[each]), None)
            if pair and self.rng.random() < 0.1:
                left[pair] -= 1
                rulings.append(Ruling(home, pair[1], sheet, DEPARTURES[pair]))
            else:
                rulings.append(Ruling(home, proposed, sheet))
        self._rule(decision, rulings)

    def _decision(self, number: str, day: date, round_: Round | None, note: str) -> Decision:
        return Decision.objects.create(
            ward=self.ward, round=round_, number=number, date=day, signer=self.staff.approver.full_name,
            standard_id=plan.STANDARD, note=note, made_by=self.staff.approver, made_at=at(day, 10),
        )  # fmt: skip

    def _rule(self, decision: Decision, rulings: list[Ruling]) -> None:
        """What `households.actions.decisions` makes of a list: the present statuses end, new ones begin."""
        for ruling in rulings:
            home, sheet = ruling.home, ruling.sheet
            if home.status and home.status.valid_to is None:
                home.status.valid_to, home.status.end_reason = decision.date, Status.EndReason.NEW_DECISION
            score = sheet.score if sheet else None
            home.status = Status(
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
            )
            home.ever_poor |= ruling.classification == "poor"
            self.statuses.append(home.status)
