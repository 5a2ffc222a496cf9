"""How far a round has come: counts of sheets by state, the households still to survey, what a decision would do.

Every function is one or two SQL aggregates, within the areas of the reader.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum

from households.models import Decision, PostedSheet, Round, Sheet, Status
from households.models.status import LISTED
from households.models.survey import CLASSIFICATIONS
from thanhsen.models import User


@dataclass
class Progress:
    """Sheets of a round by state."""

    sheets: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.sheets.values())

    @property
    def decided(self) -> int:
        return self.sheets.get("decided", 0) + self.sheets.get("certified", 0)


def by_round(rounds: list[Round], user: User) -> dict[int, Progress]:
    """Round id → sheets by state, for the tổ dân phố the user sees. One query."""
    found = {each.pk: Progress() for each in rounds}
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


def ready_to_decide(user: User, day: date) -> list[tuple[Round, int]]:
    """Rounds the user governs with sheets that a decision of `day` could take up. One query."""
    waiting = (
        Sheet.objects.filter(round=OuterRef("pk"), household__closed_date=None, posting__ends_on__lt=day)
        .filter(
            Q(state=Sheet.State.POSTED, round__needs_opinion=False)
            | Q(state=Sheet.State.REPORTED, opinion__answered_on__lte=day)
        )
        .order_by()
        .values("round")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rounds = Round.objects.governed_by(user).annotate(ready=Subquery(waiting)).filter(ready__gt=0)
    return [(each, each.ready) for each in rounds.current_first()]


def by_classification(decision: Decision, user: User) -> dict[str, tuple[int, int]]:
    """Class → (households, people) of a decision, within the user's areas. One query."""
    rows = Status.objects.visible_to(user).as_decided().filter(decision=decision).values("classification")
    counted = rows.annotate(households=Count("pk"), people=Sum("size")).order_by()
    return {row["classification"]: (row["households"], row["people"]) for row in counted}


def moved_by(decision: Decision, user: User) -> dict[str, int]:
    """What the decision did to the list of poor and near-poor: `entering`, `staying`, `leaving`, `neither`. One query."""
    ended = Status.objects.filter(household=OuterRef("household"), valid_to=decision.date).listed()
    rows = Status.objects.visible_to(user).as_decided().filter(decision=decision)
    counted = (
        rows.annotate(was=Exists(ended)).values("was", "classification").annotate(n=Count("pk")).order_by()
    )
    found = dict.fromkeys(PostedSheet.Outcome.values, 0)
    for row in counted:
        found[PostedSheet.Outcome.of(row["was"], row["classification"] in LISTED)] += row["n"]
    return found


def with_movement(sheets: Any) -> list[Sheet]:
    """The sheets in order, each with `now` (the class in force, or nothing) and `movement`. One query."""
    present = Status.objects.filter(household=OuterRef("household"), valid_to=None)
    rows = list(
        sheets.annotate(now=Subquery(present.values("classification")[:1])).order_by(
            "household__area__sort_key", "household__sort_key", "pk"
        )
    )
    for sheet in rows:
        is_ = sheet.score is not None and sheet.score.classification in LISTED
        sheet.movement = PostedSheet.Outcome.of(sheet.now in LISTED, is_)
        sheet.now_label = dict(CLASSIFICATIONS).get(sheet.now, "chưa có")
    return rows


def effect(round_: Round, rows: list[Sheet]) -> dict[str, int]:
    """What deciding these sheets (from `with_movement`) would do to the list of poor and near-poor.

    Keys: `entering`, `staying`, `leaving`, `neither`, and `forgotten`: listed households of the ward that
    have no sheet waiting for this decision. One query.
    """
    found = {each.value: 0 for each in PostedSheet.Outcome}
    for sheet in rows:
        found[sheet.movement] += 1  # type: ignore[attr-defined]  # given by with_movement
    found["forgotten"] = (
        Status.objects.filter(valid_to=None, area__parent=round_.ward_id)
        .listed()
        .exclude(household__in=[sheet.household_id for sheet in rows])
        .exclude(household__sheets__in=Sheet.objects.filter(round=round_, decision__isnull=False))
        .count()
    )
    return found
