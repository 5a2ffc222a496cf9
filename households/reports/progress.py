"""How far a round has come: counts of sheets by state, the households still to survey, what a decision would do.

Every function is one or two SQL aggregates, within the areas of the reader.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

from households.models import Decision, Household, Round, Sheet, Status
from thanhsen.models import Area, User

STATES = [state.value for state in Sheet.State]


@dataclass
class Progress:
    """Sheets by state, and households on the present list that have no sheet yet."""

    name: str = ""
    area_id: int | None = None
    sheets: dict[str, int] = field(default_factory=dict)
    unsurveyed: int = 0

    @property
    def total(self) -> int:
        return sum(self.sheets.values()) + self.unsurveyed

    @property
    def done(self) -> int:
        return self.sheets.get("approved", 0) + self.sheets.get("decided", 0)

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def left(self) -> int:
        return self.total - self.done


def by_round(rounds: list[Round], user: User) -> dict[int, Progress]:
    """Round id → sheets by state, for the tổ dân phố the user sees. One query."""
    found = {each.pk: Progress(each.name) for each in rounds}
    counted = (
        Sheet.objects.visible_to(user)
        .filter(round__in=rounds)
        .values("round_id", "state")
        .annotate(n=Count("pk"))
        .order_by()
    )
    for row in counted:
        found[row["round_id"]].sheets[row["state"]] = row["n"]
    return found


def by_area(round_: Round, user: User) -> tuple[list[Progress], Progress]:
    """One Progress per tổ dân phố of the round's ward that the user sees, and their sum. Three queries."""
    groups = (
        Area.objects.visible_to(user)
        .groups()
        .filter(parent=round_.ward_id)
        .valid_on(round_.ends_on)
        .in_order()
    )
    found = {area.pk: Progress(area.name, area.pk) for area in groups}
    counted = Sheet.objects.filter(round=round_, household__area__in=found).values(
        area=F("household__area"), at=F("state")
    )
    for row in counted.annotate(n=Count("pk")).order_by():
        found[row["area"]].sheets[row["at"]] = row["n"]
    missing = (
        unsurveyed(round_, user).filter(area__in=found).values("area").annotate(n=Count("pk")).order_by()
    )
    for row in missing:
        found[row["area"]].unsurveyed = row["n"]
    total = Progress("Tổng cộng")
    for each in found.values():
        total.unsurveyed += each.unsurveyed
        for state, count in each.sheets.items():
            total.sheets[state] = total.sheets.get(state, 0) + count
    return list(found.values()), total


def unsurveyed(round_: Round, user: User) -> Any:
    """Households on the list of poor and near-poor when the round began that have no sheet in it yet."""
    listed = Status.objects.on(round_.starts_on).listed().values("household")
    return (
        Household.objects.visible_to(user)
        .present()
        .filter(pk__in=listed, area__parent=round_.ward_id)
        .exclude(pk__in=Sheet.objects.filter(round=round_).values("household"))
    )


def ready_to_decide(user: User, day: date) -> list[tuple[Round, int]]:
    """Rounds the user governs with sheets that a decision of `day` could take up. Two queries."""
    rounds = {each.pk: each for each in Round.objects.governed_by(user).current_first()}
    waiting = Sheet.objects.filter(
        round__in=list(rounds), household__closed_date=None, posting__ends_on__lt=day
    ).filter(
        Q(state=Sheet.State.POSTED, round__needs_opinion=False)
        | Q(state=Sheet.State.REPORTED, opinion__answered_on__lte=day)
    )
    counted = dict(waiting.values_list("round").annotate(n=Count("pk")).order_by())
    return [(each, counted[pk]) for pk, each in rounds.items() if pk in counted]


def by_classification(decision: Decision, user: User) -> dict[str, tuple[int, int]]:
    """Class → (households, people) of a decision, within the user's areas. One query."""
    rows = Status.objects.visible_to(user).as_decided().filter(decision=decision).values("classification")
    counted = rows.annotate(households=Count("pk"), people=Sum("size")).order_by()
    return {row["classification"]: (row["households"], row["people"]) for row in counted}


def effect(round_: Round, day: date) -> dict[str, int]:
    """What a decision of `day` would do to the list of poor and near-poor, by the proposed classes.

    Keys: `entering`, `staying`, `leaving`, `neither`, and `forgotten`: listed households of the ward that
    have no sheet waiting for this decision. Two queries.
    """
    present = Status.objects.filter(household=OuterRef("household"), valid_to=None).values("classification")[
        :1
    ]
    pairs = (
        Sheet.objects.ready_to_decide(round_, day)
        .annotate(now=Subquery(present))
        .values("now", to=F("score__classification"))
        .annotate(n=Count("pk"))
        .order_by()
    )
    listed = {"poor", "near_poor"}
    found = {"entering": 0, "staying": 0, "leaving": 0, "neither": 0}
    for row in pairs:
        was, is_ = row["now"] in listed, row["to"] in listed
        key = "staying" if was and is_ else "entering" if is_ else "leaving" if was else "neither"
        found[key] += row["n"]
    ready = Sheet.objects.ready_to_decide(round_, day).values("household")
    found["forgotten"] = (
        Status.objects.filter(valid_to=None, area__parent=round_.ward_id)
        .listed()
        .exclude(household__in=ready)
        .exclude(household__sheets__in=Sheet.objects.filter(round=round_, decision__isnull=False))
        .count()
    )
    return found
