"""Invented households: the dwelling, how they live, why they are poor, and what the sheet's questions find."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from households.demo.names import Names
from households.models import Cause, Household, Member, Status
from thanhsen.models import Area, AreaType

# What is not derived, in the order in which it is mended or comes to be amiss: indicator → how often (of the poor).
ASKED = {"housing_quality": 0.22, "water": 0.06, "toilet": 0.24, "telecom": 0.3, "info_means": 0.12}
GOOD_WATER = ("piped", "piped", "piped", "piped", "piped", "drilled_well", "protected_well", "rain")
GOOD_TOILET = ("septic", "septic", "septic", "pour_flush", "ventilated_pit", "double_vault")
DEVICES = ("television", "radio", "desktop", "telephone", "laptop", "tablet", "smartphone")
STRUCTURES = ("wall", "pillar", "roof")
CAUSES = {
    Cause.LAND: 12, Cause.CAPITAL: 20, Cause.LABOUR: 22, Cause.TOOLS: 6, Cause.KNOWLEDGE: 8, Cause.SKILLS: 10,
    Cause.ILLNESS: 30, Cause.OTHER: 5,
}  # fmt: skip
OTHER_CAUSES = (
    "Đông con đang đi học", "Mới chịu thiệt hại do bão lũ", "Chủ hộ mới mất việc", "Nuôi người cao tuổi và trẻ mồ côi",
)  # fmt: skip
LIVELIHOODS = ("casual", "wage", "trade", "farming", "other", "fishery")
NOT_LISTED, LISTED = "not_poor", ("poor", "near_poor")


def square_metres(area: float) -> Decimal:
    return Decimal(area).quantize(Decimal("0.1"))


@dataclass
class Home:
    """A household with everything the story needs to know of it while the ward is being made."""

    household: Household
    hardship: float
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)  # who lives there now
    left: list[Member] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    main_cause: str = ""
    cause_note: str = ""
    status: Status | None = None  # the one in force
    ever_poor: bool = False

    @property
    def is_here(self) -> bool:
        return self.household.closed_date is None

    @property
    def classification(self) -> str:
        return self.status.classification if self.status else ""

    @property
    def is_listed(self) -> bool:
        return self.is_here and self.classification in LISTED


class Builder:
    """Makes dwellings for one ward."""

    def __init__(self, rng: Random, names: Names, ids: Iterator[int]):
        self.rng, self.names, self.ids = rng, names, ids

    def home(self, area: Area, hardship: float, opened: date, reason: str) -> Home:
        rng = self.rng
        rural = area.area_type == AreaType.RURAL
        weights = (30, 26, 14, 8, 20, 2) if not rural else (16, 14, 6, 55, 8, 1)
        housing = rng.choices(
            ("permanent", "semi_permanent", "fragile", "simple", "none"),
            (50 - 30 * hardship, 42, 2 + 12 * hardship, 4 * hardship, 1 + 2 * hardship),
        )[0]
        household = Household(
            pk=next(self.ids),
            area=area,
            address=self.names.address(),
            phone=self.names.phone() if rng.random() < 0.6 else "",
            livelihood=rng.choices(LIVELIHOODS, weights)[0],
            housing=housing,
            merit=rng.random() < 0.05,
            opened_date=opened,
            opened_reason=reason,
        )
        home = Home(household, hardship)
        home.answers = {
            code: self.answer(code, rng.random() < often * hardship) for code, often in ASKED.items()
        }
        return home

    def settle(self, home: Home) -> None:
        """What follows from who lives there."""
        rng = self.rng
        able = [
            each
            for each in home.members
            if each.work in {"self_employed", "wage_contract", "wage_no_contract"}
        ]
        home.household.no_labour = not able and all(
            each.work in {"unable", "retired", "", "not_seeking"} for each in home.members
        )
        home.household.social_protection = any(
            each.has_monthly_allowance and each.has_disability for each in home.members
        )
        a_person = rng.uniform(11, 25) - 6 * home.hardship * rng.random()
        home.household.floor_area = square_metres(
            max(a_person * len(home.members) ** 0.85, rng.uniform(12, 20))
        )
        chosen = rng.choices(list(CAUSES), list(CAUSES.values()), k=rng.randint(1, 3))
        home.causes = [cause.value for cause in Cause if cause in chosen]
        home.main_cause = chosen[0].value
        home.cause_note = rng.choice(OTHER_CAUSES) if Cause.OTHER.value in home.causes else ""

    def answer(self, code: str, lacking: bool) -> str | list[str]:
        """An answer to the question of the indicator that does, or does not, make the household lack it."""
        rng = self.rng
        if code == "housing_quality":
            chosen = rng.sample(STRUCTURES, rng.randint(0, 1) if lacking else rng.randint(2, 3))
            return [each for each in STRUCTURES if each in chosen]
        if code == "water":
            return "other" if lacking else rng.choice(GOOD_WATER)
        if code == "toilet":
            return rng.choice(("other", "other", "none")) if lacking else rng.choice(GOOD_TOILET)
        if code == "telecom":
            return "no" if lacking else "yes"
        if lacking:
            return []
        owned = rng.sample(DEVICES, rng.randint(1, 4))
        return [each for each in DEVICES if each in owned]
