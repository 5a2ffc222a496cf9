"""What is known of shocks: who was struck how badly, how far seeing has come, what waits, what a household suffered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from households.models import Household, Member, Policy, Shock, ShockEvent, ShockImpact, Vulnerability
from households.models.people import AGRICULTURE, Livelihood
from households.models.support.shocks import STRUCK
from households.poverty.entitlement import add_months
from households.reports.support.entries import Entry, Teller
from thanhsen.gathering import Rows
from thanhsen.models import Event, User
from thanhsen.permissions import Permission
from thanhsen.vietnamese import number
from thanhsen.waiting import Asked

Severity = ShockImpact.Severity
EARNING = frozenset({"wage_contract", "wage_no_contract", "self_employed"})
UNSTABLE = AGRICULTURE | {Livelihood.CASUAL}
LENDER = "Ngân hàng Chính sách xã hội"  # of the loans that are a policy
EXPOSED_BY = {
    Shock.DISASTER: "flood",
    Shock.MARKET: "market",
    Shock.EPIDEMIC: "epidemic",
    Shock.CLIMATE: "climate",
}


@dataclass(frozen=True)
class Line:
    """One tổ dân phố of a shock, or all of them (`area_id` None): households by severity, and what followed."""

    area_id: int | None
    name: str
    counts: dict[str, int]
    to_relieve: int
    relieved: int
    to_review: int
    reviewed: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def seen(self) -> int:
        return self.total - self.counts[Severity.NOT_SEEN]

    @property
    def struck(self) -> int:
        return sum(self.counts[each] for each in STRUCK)

    @property
    def percent(self) -> int:
        """Seen of a hundred, rounded down: 100 only when all are."""
        return 100 * self.seen // self.total if self.total else 100


def progress(shock: ShockEvent, user: User) -> list[Line]:
    """All together first, then by the tổ dân phố where the households live now: those the user may see. One query."""
    mine = ShockImpact.objects.visible_to(user).filter(shock=shock)
    rows = mine.values("household__area", "household__area__name", "household__area__sort_key").annotate(
        **{each: Count("pk", filter=Q(severity=each)) for each in Severity.values},
        to_relieve=Count("pk", filter=Q(pk__in=mine.to_relieve().values("pk"))),
        relieved=Count("pk", filter=Q(support__isnull=False, support__voided_at=None)),
        to_review=Count("pk", filter=Q(pk__in=mine.to_review().values("pk"))),
        reviewed=Count("pk", filter=Q(review__isnull=False, review__withdrawn_on=None)),
    )
    lines = [_line(row) for row in rows.order_by("household__area__sort_key", "household__area")]
    return [_sum(lines), *lines] if lines else []


def struck_before(household: Household, day: date) -> list[ShockImpact]:
    """The shocks of the twelve months before `day` that struck the household, the latest first. One query."""
    found = household.shock_impacts.counted().struck().select_related("shock")
    return list(
        found.filter(shock__happened_on__gte=add_months(day, -12), shock__happened_on__lte=day).order_by(
            "-shock__happened_on", "pk"
        )
    )


@dataclass(frozen=True)
class Proposed:
    """What the register says of weak sides: values of the form, and the reason of each as a sentence."""

    values: dict[str, Any] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)


def proposed(household: Household, members: Sequence[Member], today: date) -> Proposed:
    """From the livelihood, the work of those living there, the causes of the newest sheet handed in, the loans given
    as support that run and the shocks that struck. Three queries. How much is still owed only the family knows."""
    values: dict[str, Any] = {}
    reasons = []
    earning = [each for each in members if each.work in EARNING]
    if len(earning) == 1 and len(members) > 1:
        values["single_earner"] = True
        reasons.append(f"Sổ hộ: trong {len(members)} người chỉ {earning[0].full_name} đang làm việc.")
    if household.livelihood in UNSTABLE:
        values["unstable_livelihood"] = True
        reasons.append(f"Sổ hộ: sinh kế chính là {household.get_livelihood_display().lower()}.")
    sheet = household.sheets.exclude(state__in=["draft", "returned"]).order_by("-surveyed_on", "-pk").first()
    if sheet and "illness" in sheet.causes:
        values["illness"] = True
        reasons.append(
            f"Phiếu ngày {sheet.surveyed_on:%d/%m/%Y}: nguyên nhân có người ốm đau, bệnh nặng, tai nạn."
        )
    for loan in household.supports.in_force(today).filter(policy=Policy.LOAN).with_received().newest_first():
        values["debt_to"] = LENDER
        received = f", đã nhận {number(loan.received)} đồng" if loan.received else ""
        reasons.append(
            f"Khoản vay đã ghi: {loan.content}, từ {loan.valid_from:%d/%m/%Y}{received}. Hỏi gia đình còn nợ bao nhiêu."
        )
    struck = (
        household.shock_impacts.counted()
        .struck()
        .select_related("shock")
        .order_by("-shock__happened_on", "pk")
    )
    names = {EXPOSED_BY[each.shock.kind]: each.shock for each in struck if each.shock.kind in EXPOSED_BY}
    if names:
        values["exposures"] = list(names)
        reasons += [
            f"Đã bị thiệt hại: {each.name} ngày {each.happened_on:%d/%m/%Y}." for each in names.values()
        ]
    return Proposed(values, reasons)


def waiting(user: User, today: date) -> list[Asked]:
    """Households of open shocks not seen yet, badly struck and not helped yet, pushed down and without a request."""
    if not user.may(Permission.PLAN_SUPPORT):
        return []
    mine, page = ShockImpact.objects.visible_to(user).of_open_shocks(), reverse("impact_waiting")
    return [
        Asked("Hộ trong vùng có biến cố chưa xem", mine.unseen(), f"{page}?loai=chua-xem"),
        Asked("Hộ thiệt hại nặng vì biến cố, chưa hỗ trợ", mine.to_relieve(), f"{page}?loai=cho-ho-tro"),
        Asked("Hộ có thể rơi vào nghèo vì biến cố, chưa ghi đơn", mine.to_review(), f"{page}?loai=cho-don"),
    ]


def _story(household: Household, seen: Sequence[Vulnerability], struck: Sequence[ShockImpact]) -> list[Entry]:
    """What was seen of its weak sides, and what shocks did to it."""
    page = reverse("vulnerability", args=[household.pk])
    told = [
        Entry(
            each.assessed_on,
            "shock",
            "Xem các mặt dễ bị tổn thương",
            "; ".join(each.sides) or "Không thấy mặt nào.",
            page,
        )
        for each in seen
    ]
    for each in struck:
        url = reverse("shock_detail", args=[each.shock_id])
        title = f"{each.shock.name}: {each.harm}"
        is_struck = each.shock.voided_at is not None
        told.append(Entry(each.shock.happened_on, "shock", title, _followed(each), url, is_struck))
    return sorted(told, key=lambda entry: entry.on)


STORY = Teller(
    asks=lambda household: [
        Rows(
            Vulnerability.objects.filter(household=household).order_by("assessed_on", "pk"),
            ("assessed_on", "debt", "exposures", "illness", "single_earner", "unstable_livelihood"),
        ),
        Rows(
            ShockImpact.objects.filter(household=household)
            .exclude(severity__in=["not_seen", "none"])
            .order_by("shock__happened_on", "pk"),
            (
                "loss",
                "severity",
                "text",
                "review__received_on",
                "review__withdrawn_on",
                "shock__happened_on",
                "shock__name",
                "shock__voided_at",
                "support__content",
                "support__voided_at",
            ),
        ),
    ],
    tells=_story,
)


def _followed(impact: ShockImpact) -> str:
    said = [impact.text] if impact.text else []
    if impact.loss:
        said.append(f"Ước tính {number(impact.loss)} đồng")
    if impact.support and not impact.support.voided_at:
        said.append(f"Đã hỗ trợ khẩn cấp: {impact.support.content}")
    if impact.review and not impact.review.withdrawn_on:
        said.append(f"Đề nghị rà soát ngày {impact.review.received_on:%d/%m/%Y}")
    return ". ".join(said)


def _line(row: dict[str, Any]) -> Line:
    followed = [row[name] for name in ("to_relieve", "relieved", "to_review", "reviewed")]
    counts = {each: row[each] for each in Severity.values}
    return Line(row["household__area"], row["household__area__name"], counts, *followed)


def _sum(lines: Sequence[Line]) -> Line:
    counts = {each: sum(line.counts[each] for line in lines) for each in Severity.values}
    followed = [
        sum(getattr(line, name) for line in lines)
        for name in ("to_relieve", "relieved", "to_review", "reviewed")
    ]
    return Line(None, "Tất cả", counts, *followed)


def redated(shock: ShockEvent) -> list[tuple[Event, date, date]]:
    """How its day was corrected, the earliest first: (who, when and why; before; after). One query."""
    found = Event.objects.filter(
        record_type=ShockEvent._meta.label_lower, record_id=shock.pk, act="shock.redate"
    ).select_related("actor")
    return [(each, _day(each.before), _day(each.after)) for each in found.order_by("pk")]


def _day(said: dict[str, Any] | None) -> date:
    return date.fromisoformat((said or {})["happened_on"])


def counted(shocks: Sequence[ShockEvent], user: User) -> list[tuple[ShockEvent, dict[str, int]]]:
    """Each shock with how many households (`all`), `unseen` and `struck` the user may see. One query."""
    mine = ShockImpact.objects.visible_to(user).filter(shock__in=[each.pk for each in shocks])
    rows = mine.values("shock").annotate(
        all=Count("pk"),
        unseen=Count("pk", filter=Q(severity=Severity.NOT_SEEN)),
        struck=Count("pk", filter=Q(severity__in=STRUCK)),
    )
    found = {row["shock"]: row for row in rows}
    return [(each, found.get(each.pk, {"all": 0, "unseen": 0, "struck": 0})) for each in shocks]
