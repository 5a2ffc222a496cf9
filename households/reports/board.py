"""The board of a round: every household on its list at the step that is awaited, by tổ dân phố, and who is late.

One query gives the counts, the same rows filtered give the households behind a number.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from households.models import Listing, Notice, Request, Round, Sheet
from thanhsen.models import Area, User


@dataclass(frozen=True)
class Stage:
    """A column: `code` as in the address, what is awaited of the households that stand there, in which part."""

    code: str
    label: str
    part: str


STAGES = (
    Stage("to_check", "Chờ Phiếu A", "Danh sách"),
    Stage("to_survey", "Chờ Phiếu B", "Danh sách"),
    Stage("draft", "Đang ghi", "Rà soát"),
    Stage("returned", "Trả lại", "Rà soát"),
    Stage("submitted", "Chờ duyệt", "Rà soát"),
    Stage("approved", "Chờ họp", "Họp, niêm yết"),
    Stage("agreed", "Chờ niêm yết", "Họp, niêm yết"),
    Stage("posted", "Đã niêm yết", "Họp, niêm yết"),
    Stage("contested", "Khiếu nại", "Họp, niêm yết"),
    Stage("reported", "Xin ý kiến", "Quyết định"),
    Stage("decided", "Chờ trả kết quả", "Quyết định"),
    Stage("certified", "Đã trả kết quả", "Xong"),
    Stage("stopped", "Dừng ở Phiếu A", "Xong"),
)
LABELS = {each.code: each.label for each in STAGES}
WORK_LEFT = [each.code for each in STAGES if each.part != "Xong"]


@dataclass
class Row:
    """A tổ dân phố: households by stage, and how many of them are late."""

    name: str
    area_id: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
    late: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        return sum(self.counts.get(stage, 0) for stage in WORK_LEFT)

    @property
    def percent(self) -> int:
        return (self.total - self.left) * 100 // self.total if self.total else 0


def standing(round_: Round, user: User, today: date) -> Any:
    """The households on the list within the user's areas, each with `stage` and `late`."""
    asks_check = Q(request__form=Request.Form.REVIEW)
    before_the_sheet = Case(
        When(Q(state=Listing.State.LISTED) & asks_check, then=Value("to_check")),
        When(state=Listing.State.STOPPED, then=Value("stopped")),
        default=Value("to_survey"),
        output_field=CharField(),
    )
    found = Listing.objects.visible_to(user).present().filter(round=round_)
    found = found.annotate(stage=Coalesce(F("sheet__state"), before_the_sheet, output_field=CharField()))
    return found.annotate(late=Case(*_late(round_, today), default=Value(False), output_field=BooleanField()))


def by_area(round_: Round, user: User, today: date) -> tuple[list[Row], Row]:
    """One Row per tổ dân phố of the round's ward that the user sees, and their sum. Two queries."""
    found = {area.pk: Row(area.name, area.pk) for area in areas(round_, user)}
    counted = standing(round_, user, today).values("stage", "late", area=F("household__area"))
    for line in counted.annotate(n=Count("pk")).order_by():
        row = found[line["area"]]
        row.counts[line["stage"]] = row.counts.get(line["stage"], 0) + line["n"]
        row.late += line["n"] if line["late"] else 0
    return list(found.values()), total(found.values())


def areas(round_: Round, user: User) -> Any:
    """The tổ dân phố of the round's ward that the user sees, those that ended since included."""
    return Area.objects.visible_to(user).groups().filter(parent=round_.ward_id).in_order()


def with_answers(found: Any) -> Any:
    """Each with `told`: whether a household that stopped at Phiếu A was answered."""
    return found.annotate(told=Exists(Notice.objects.filter(listing=OuterRef("pk"), decision=None)))


def total(rows: Iterable[Row]) -> Row:
    added = Row("Tổng cộng")
    for row in rows:
        added.late += row.late
        for stage, count in row.counts.items():
            added.counts[stage] = added.counts.get(stage, 0) + count
    return added


def _late(round_: Round, today: date) -> list[When]:
    """When a household is late at its stage: the round's deadlines, or those of its complaint or letter."""
    deadlines = (
        (round_.ends_on, ["to_check", "to_survey", "draft", "returned", "submitted"]),
        (round_.meet_by, ["approved"]),
        (round_.post_by, ["agreed"]),
        (round_.decide_by, ["approved", "agreed", "posted", "contested", "reported"]),
    )
    late = [
        When(stage__in=stages, then=Value(True))
        for day, stages in deadlines
        if day is not None and day < today
    ]
    waiting = Sheet.objects.filter(complaints__outcome="", complaints__due_on__lt=today).values("pk")
    late.append(When(Q(stage="contested") & Q(sheet__in=waiting), then=Value(True)))
    late.append(
        When(stage="reported", sheet__opinion__answer="", sheet__opinion__due_on__lt=today, then=Value(True))
    )
    return late
