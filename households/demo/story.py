"""The story of one demo ward: the list of December 2023, then year by year who comes, goes, rises and falls."""

from datetime import date
from random import Random

from households.demo import plan
from households.demo.changes import HARDSHIP, Changes
from households.demo.homes import LISTED, NOT_LISTED, Home
from households.demo.reviews import Case, Reviews, Ruling
from households.models import Decision


class Story:
    """Says who moves and who asks; `changes` and `reviews` make it so."""

    def __init__(self, rng: Random, changes: Changes, reviews: Reviews, listed: int):
        self.rng, self.changes, self.reviews = rng, changes, reviews
        self.listed, self.quotas = listed, plan.quotas(listed)
        self.homes = changes.homes

    def tell(self) -> None:
        self._opening()
        for year in plan.YEARS:
            self._year(year)

    # The list before the first round ----------------------------------------------------------------

    def _opening(self) -> None:
        poor = round(plan.POOR_SHARE * self.listed)
        left, never = round(plan.LEFT_BEFORE * self.listed), round(plan.NEVER_LISTED * self.listed)
        kinds = (
            ["poor"] * poor
            + ["near_poor"] * (self.listed - poor)
            + ["left"] * max(left, 2)
            + ["never"] * never
        )
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
        self.reviews.rule(first, earlier)
        self.reviews.rule(second, later)

    def _class_before(self, kind: str) -> str:
        share_poor = {"poor": 0.95, "near_poor": 0.09, "left": 0.35}[kind]
        return "poor" if self.rng.random() < share_poor else "near_poor"

    def _paper_decision(self, year: int) -> Decision:
        number, day = plan.DECISIONS[year]
        return self.reviews.decision(number, day, None, plan.BEFORE_MERGER)

    # A year -----------------------------------------------------------------------------------------

    def _year(self, year: int) -> None:
        self._departures_from_the_register(year)
        for home in self.homes:
            if home.is_here:
                self.changes.grow(home, year)
        if year in plan.REGULAR:
            self.reviews.regular(year, self._requests_in_spring())
        targets = self._arrivals(year)
        self._on_the_list(targets)
        self._requests(year, targets)
        cases = list(targets.values())
        self.rng.shuffle(cases)
        self.reviews.periodic(year, cases, self.quotas.departures)

    def _of(self, classification: str) -> list[Home]:
        return [home for home in self.homes if home.is_here and home.classification == classification]

    def _outside(self) -> list[Home]:
        return [home for home in self.homes if home.is_here and not home.is_listed]

    def _departures_from_the_register(self, year: int) -> None:
        q = self.quotas
        for classification, died in (("poor", q.poor_died_out), ("near_poor", q.near_died_out)):
            frail = sorted(
                self._of(classification), key=lambda home: (len(home.members), home.members[0].birth_year)
            )
            for home in self._pick(frail[: 3 * died], died):
                self.changes.die_out(home, self.changes.during(year))
        for classification, moved, merged in (
            ("poor", q.poor_moved_out, q.poor_merged),
            ("near_poor", q.near_moved_out, q.near_merged),
        ):
            for _ in range(merged):
                small = [
                    home
                    for home in self._of(classification)
                    if len(home.members) < 4 and self._is_calm(home, year)
                ]
                others = [home for home in self.homes if home.is_here and len(home.members) < 5]
                if small:
                    home = self.rng.choice(small)
                    into = self.rng.choice([each for each in others if each is not home])
                    self.changes.merge(home, into, date(year, 1, self.rng.randint(5, 25)))
            for home in self._pick(self._of(classification), moved):
                self.changes.close(home, self.changes.during(year), "moved_out")

    def _is_calm(self, home: Home, year: int) -> bool:
        """Nobody joined it this year, so that everybody may still leave it on any day."""
        return all(person.joined_date is None or person.joined_date.year < year for person in home.members)

    def _arrivals(self, year: int) -> dict[int, Case]:
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
            if (
                year < plan.LAST
            ):  # a decision follows; in the running year it is a life event that carries the class along
                changes.move_inside(home)
        return found

    def _on_the_list(self, targets: dict[int, Case]) -> None:
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

    def _requests(self, year: int, targets: dict[int, Case]) -> None:
        """Households that ask: new on the list, on it again, average, and most of them not poor after all."""
        q, asking = self.quotas, []
        outside = [home for home in self._outside() if home.household.pk not in targets]
        asking += [
            (home, "poor") for home in self._pick([each for each in outside if each.ever_poor], q.poor_again)
        ]
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

    def _requests_in_spring(self) -> list[Case]:
        """What the regular review finds: some come on the list, some leave it."""
        n, outside = self.quotas.regular, self._outside()
        again = self._pick([home for home in outside if home.ever_poor], max(1, n // 2))
        fresh = self._pick([home for home in outside if not home.ever_poor], 2 * n)
        cases = [(home, "poor") for home in again + fresh[:n]] + [(home, "near_poor") for home in fresh[n:]]
        return cases + [(home, NOT_LISTED) for home in self._pick(self._of("near_poor"), n)]

    def _pick(self, homes: list[Home], count: int) -> list[Home]:
        return self.rng.sample(homes, min(count, len(homes)))
