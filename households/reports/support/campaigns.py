"""Campaigns in figures: whom they address, who was met and what was answered, why families say no."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from households.models import (
    Activity,
    Campaign,
    Contact,
    Entitled,
    Group,
    Household,
    Member,
    Relationship,
    Sex,
    Side,
    Status,
    Vulnerability,
)
from households.models.people import NOT_A_MINORITY
from households.models.status import LISTED
from households.reports.support.indicators import indicator_names
from thanhsen import charts
from thanhsen.models import User
from thanhsen.vietnamese import number

Answer = Contact.Answer
MET = (Answer.AGREED, Answer.CONSIDERING, Answer.REFUSED, Answer.INFORMED)
LEFT = {"left_poor": "poor", "left_near_poor": "near_poor"}
# What a household answered last, as the address of its list names it: label, the answers ("" is nobody came yet).
STATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "da-gap": ("Đã gặp", tuple(MET)),
    "dong-y": ("Đồng ý tham gia", (Answer.AGREED,)),
    "can-nhac": ("Còn cân nhắc", (Answer.CONSIDERING,)),
    "khong": ("Không tham gia", (Answer.REFUSED,)),
    "da-nghe": ("Mới nghe", (Answer.INFORMED,)),
    "con-lai": ("Còn phải gặp", (Answer.ABSENT, "")),
    "vang": ("Đã đến, chưa gặp được", (Answer.ABSENT,)),
    "chua-den": ("Chưa đến", ("",)),
}
OUTSIDE = "ngoai"


@dataclass(frozen=True)
class Line:
    """One tổ dân phố of a campaign, or all of them (`area_id` None): households by what they answered last."""

    area_id: int | None
    name: str
    answers: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.answers.values())

    @property
    def reached(self) -> int:
        return sum(self.answers.get(each, 0) for each in MET)

    @property
    def left(self) -> int:
        return self.total - self.reached

    @property
    def percent(self) -> int:
        """Reached of a hundred, rounded down: 100 only when all are."""
        return 100 * self.reached // self.total if self.total else 100

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        """(state, label, households) of each column of the page."""
        shown = ("da-gap", "dong-y", "can-nhac", "khong", "da-nghe", "con-lai")
        return [
            (state, STATES[state][0], sum(self.answers.get(each, 0) for each in STATES[state][1]))
            for state in shown
        ]


def counting_day(campaign: Campaign, today: date) -> date:
    """The day on which the campaign looks for whom it addresses: today while it runs, then its last day."""
    return min(max(today, campaign.starts_on), campaign.ends_on)


def addressed(campaign: Campaign, today: date) -> Any:
    """The households the campaign addresses, by the classes in force on its counting day and the register as it is."""
    day = counting_day(campaign, today)
    homes = Household.objects.filter(area__parent=campaign.ward_id, opened_date__lte=day)
    homes = homes.filter(Q(closed_date=None) | Q(closed_date__gt=day))
    if areas := campaign.areas.all():
        homes = homes.filter(area__in=[each.pk for each in areas])
    if campaign.classes and "any" not in campaign.classes:
        homes = _of_classes(homes, campaign.classes, campaign.term_months, day)
    if campaign.groups:
        homes = homes.filter(_of_groups(campaign.groups))
    if campaign.lacking:
        now = Status.objects.filter(household=OuterRef("pk")).on(day)
        homes = homes.filter(Exists(now.filter(lacking__overlap=campaign.lacking)))
    if campaign.sides:
        seen = Vulnerability.objects.newest(day).of_sides(campaign.sides)
        homes = homes.filter(pk__in=seen.values("household"))
    return homes


def in_words(campaign: Campaign) -> str:
    """Whom it addresses, as the page says it; the tổ dân phố apart."""
    names = indicator_names()
    classes = ", ".join(str(Entitled(each).label) for each in campaign.classes) or "Mọi hộ trong sổ"
    term = f" (thoát không quá {campaign.term_months} tháng)" if campaign.term_months else ""
    said = [
        classes + term,
        " hoặc ".join(str(Group(each).label) for each in campaign.groups),
        " hoặc ".join(f"thiếu hụt {names.get(each, each).lower()}" for each in campaign.lacking),
        " hoặc ".join(str(Side(each).label).lower() for each in campaign.sides),
    ]
    return "; ".join(filter(None, said))


def with_answers(homes: Any, campaign: Campaign) -> Any:
    """With `answer`, what the household answered last in the campaign ("absent": nobody was met yet; "": nobody came),
    and `refusal`, why it said no."""
    contacts = Contact.objects.counted().filter(household=OuterRef("pk"), activity__campaign=campaign)
    last = contacts.met().latest_first()
    tried = Case(When(Exists(contacts), then=Value("absent")), default=Value(""))
    return homes.annotate(
        answer=Coalesce(Subquery(last.values("answer")[:1]), tried, output_field=CharField()),
        refusal=Subquery(last.values("refusal")[:1]),
    )


def outside(campaign: Campaign, user: User, today: date) -> Any:
    """Households of the user that were met and that the campaign does not address (any more)."""
    met = Contact.objects.counted().met().filter(activity__campaign=campaign).values("household")
    homes = Household.objects.visible_to(user).filter(pk__in=met)
    return homes.exclude(pk__in=addressed(campaign, today).values("pk"))


def in_state(campaign: Campaign, user: User, today: date, state: str) -> Any:
    """The user's households of one state of STATES, those met and not addressed for OUTSIDE; of another word: all
    addressed. Each with its answer."""
    if state == OUTSIDE:
        return with_answers(outside(campaign, user, today), campaign)
    homes = with_answers(addressed(campaign, today).visible_to(user), campaign)
    return homes.filter(answer__in=STATES[state][1]) if state in STATES else homes


def progress(campaign: Campaign, user: User, today: date) -> list[Line]:
    """All together first, then by the tổ dân phố where the households live now: those of the user. Two queries."""
    homes = in_state(campaign, user, today, "").order_by()
    rows = homes.values("area", "area__name", "area__sort_key", "answer").annotate(n=Count("pk"))
    lines: dict[int, Line] = {}
    for row in sorted(rows, key=lambda row: (row["area__sort_key"], row["area"])):
        line = lines.setdefault(row["area"], Line(row["area"], row["area__name"]))
        line.answers[row["answer"]] = row["n"]
    every = {
        answer: sum(line.answers.get(answer, 0) for line in lines.values()) for answer in [*Answer.values, ""]
    }
    return [Line(None, "Tất cả", every), *lines.values()] if lines else []


def reasons(campaign: Campaign, user: User, today: date) -> list[tuple[str, str, int]]:
    """(code, reason, households) of those that say no at present, the most frequent first. Two queries."""
    homes = in_state(campaign, user, today, "khong").order_by()
    rows = homes.values("refusal").annotate(n=Count("pk"))
    labels = dict(Contact.Refusal.choices)
    found = [(row["refusal"], str(labels[row["refusal"]]), row["n"]) for row in rows]
    return sorted(found, key=lambda row: (-row[2], row[1]))


def chart(found: Sequence[tuple[str, str, int]]) -> charts.BarChart:
    """The reasons as bars: how many households say each."""
    rows = [(label, [(count, f"{number(count)} hộ")]) for _, label, count in found]
    return charts.bars("vi-sao", "Vì sao không tham gia", ["Số hộ"], rows)


def counted(campaigns: Sequence[Campaign], user: User) -> list[tuple[Campaign, dict[str, int]]]:
    """Each campaign with how many `activities` it had and `households` were met, of those the user may see. Two
    queries."""
    ids = [each.pk for each in campaigns]
    of = Activity.objects.visible_to(user).counted().filter(campaign__in=ids).values("campaign")
    done = dict(of.annotate(n=Count("pk")).values_list("campaign", "n"))
    met = Contact.objects.visible_to(user).counted().met().filter(activity__campaign__in=ids)
    homes = dict(
        met.values("activity__campaign")
        .annotate(n=Count("household", distinct=True))
        .values_list("activity__campaign", "n")
    )
    return [
        (each, {"activities": done.get(each.pk, 0), "households": homes.get(each.pk, 0)})
        for each in campaigns
    ]


def _of_classes(homes: Any, classes: Sequence[str], term_months: int | None, day: date) -> Any:
    """Of one of `classes` on `day`; who left the list by the last class before, less than `term_months` before `day`,
    as `households.entitlement` judges it for a programme."""
    own = Status.objects.filter(household=OuterRef("pk"))
    now = own.on(day)
    listed = own.filter(classification__in=LISTED, valid_from__lte=day).order_by("-valid_from", "-pk")
    last = {"before": Subquery(listed.values("classification")[:1])}
    last["left_on"] = Subquery(listed.values("valid_to")[:1], output_field=DateField())
    left = [LEFT[each] for each in classes if each in LEFT]
    out = Exists(now.filter(classification__in=["not_poor", "average"]))
    term = Func(
        Value(term_months or 0),
        template="make_interval(months => %(expressions)s)",
        output_field=DurationField(),
    )
    until = ExpressionWrapper(F("left_on") + term, output_field=DateTimeField())
    just_left = Q(out, before__in=left, until__gt=Value(day, DateField()))
    return (
        homes.alias(**last)
        .alias(until=until)
        .filter(Q(Exists(now.filter(classification__in=classes))) | just_left)
    )


def _of_groups(groups: Sequence[str]) -> Q:
    head = Member.objects.filter(household=OuterRef("pk"), relationship=Relationship.HEAD, left_date=None)
    of: dict[str, Any] = {
        "no_labour": Q(no_labour=True),
        "merit": Q(merit=True),
        "social_protection": Q(social_protection=True),
        "female_head": Q(Exists(head.filter(sex=Sex.FEMALE))),
        "minority": Q(Exists(head.exclude(ethnicity__in=NOT_A_MINORITY))),
    }
    found = Q()
    for each in groups:
        found |= of[each]
    return found
