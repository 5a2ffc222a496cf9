"""One survey, two standards: who would be in and out of the list under the advisory one.

Counted over the sheets handed in. The advisory score is the one made at the same handing in as the score that
decides: an older one was of other answers.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from households.models import Round, Score, Sheet
from households.poverty import Classification, DecidedBy, load
from thanhsen.models import User

CLASSES = [each.value for each in Classification]
LISTED = (Classification.POOR.value, Classification.NEAR_POOR.value)
NO_INCOME, NO_ANSWERS = "no_income", "no_answers"
REASONS = {
    NO_INCOME: "Chưa ghi thu nhập bình quân",
    NO_ANSWERS: "Chưa trả lời đủ câu hỏi của chuẩn tham khảo",
}
CHANGES = {
    "in": "Vào danh sách",
    "out": "Ra khỏi danh sách",
    "same": "Không đổi",
    "unknown": "Chưa chấm được",
}
NOT_HANDED_IN = (Sheet.State.DRAFT, Sheet.State.RETURNED)


@dataclass
class AreaChanges:
    """Households of one tổ dân phố by what becomes of them; keys of `CHANGES`."""

    area_id: int | None
    name: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CHANGES, 0))

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass
class Comparison:
    """`cells`: (class by the standard that decides, class by the advisory one or a key of `REASONS`) → sheets."""

    cells: dict[tuple[str, str], int]
    areas: list[AreaChanges]
    total: AreaChanges

    def row(self, now: str) -> int:
        return sum(count for (decides, _), count in self.cells.items() if decides == now)

    def column(self, then: str) -> int:
        return sum(count for (_, advises), count in self.cells.items() if advises == then)


def change(now: str, then: str) -> str:
    """What becomes of a household: a key of `CHANGES`. "In" and "out" are of the list of poor and near-poor."""
    if then in REASONS:
        return "unknown"
    was, is_ = now in LISTED, then in LISTED
    return "same" if was == is_ else "in" if is_ else "out"


def compared(round_: Round, user: User) -> Any:
    """The sheets handed in that the user may see, each with `now` and `then` (see `Comparison.cells`)."""
    advisory = Score.objects.filter(
        sheet=OuterRef("pk"),
        decides=False,
        standard_id=round_.advisory_standard_id,
        pk__gt=OuterRef("score"),  # made after it, in the same handing in: a later one has a later score too
    )
    by_income = load(round_.advisory_standard_id).decided_by is DecidedBy.PER_CAPITA_INCOME
    lacks = When(per_capita_income=None, then=Value(NO_INCOME)) if by_income else None
    why = Case(*([lacks] if lacks else []), default=Value(NO_ANSWERS), output_field=TextField())
    return (
        Sheet.objects.visible_to(user)
        .filter(round=round_)
        .exclude(state__in=NOT_HANDED_IN)
        .annotate(
            now=F("score__classification"),
            then=Coalesce(
                Subquery(advisory.order_by("-pk").values("classification")[:1]), why, output_field=TextField()
            ),
        )
    )


def compare(round_: Round, user: User) -> Comparison:
    """The round by both its standards, within the areas of the user. One query."""
    rows = (
        compared(round_, user)
        .values("now", "then", area=F("household__area"), name=F("household__area__name"))
        .annotate(n=Count("pk"))
        .order_by("household__area__sort_key", "household__area__code", "area", "now", "then")
    )
    cells: dict[tuple[str, str], int] = {}
    areas: dict[int, AreaChanges] = {}
    total = AreaChanges(None, "Tổng cộng")
    for row in rows:
        pair = (row["now"], row["then"])
        cells[pair] = cells.get(pair, 0) + row["n"]
        area = areas.setdefault(row["area"], AreaChanges(row["area"], row["name"]))
        for each in (area, total):
            each.counts[change(*pair)] += row["n"]
    return Comparison(cells, list(areas.values()), total)


def chosen(found: Any, now: str, then: str, what: str) -> Any:
    """Of `compared` those of a cell, a row or a column (`then` may be "unknown"), or of a change."""
    if now in CLASSES:
        found = found.filter(now=now)
    if then in CLASSES or then in REASONS:
        found = found.filter(then=then)
    elif then == "unknown":
        found = found.filter(then__in=list(REASONS))
    if what == "unknown":
        found = found.filter(then__in=list(REASONS))
    elif what == "in":
        found = found.exclude(now__in=LISTED).filter(then__in=LISTED)
    elif what == "out":
        found = found.filter(now__in=LISTED).exclude(then__in=[*LISTED, *REASONS])
    elif what == "same":
        stays = found.filter(now__in=LISTED, then__in=LISTED)
        found = stays | found.exclude(now__in=LISTED).exclude(then__in=[*LISTED, *REASONS])
    return found
