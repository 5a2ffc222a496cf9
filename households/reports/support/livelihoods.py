"""Models in figures: households, money, income before and after, what worked; what of them waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, Sum
from django.urls import reverse

from households.models import FollowUp, Household, LivelihoodProject, Participation, Receipt
from households.poverty.entitlement import add_months
from households.reports.support.entries import Entry, Teller, by_key
from thanhsen import vietnamese
from thanhsen.gathering import Rows
from thanhsen.models import Area, User
from thanhsen.waiting import Asked

FEW = 5  # households with both incomes, below which a model is not ranked, nor told to who does not see them


@dataclass(frozen=True)
class Figures:
    """A model: `households` that ever took part, those still in it, that failed; with incomes before and after known
    (`compared`), of which `better`; medians in đồng a month; `received`: money of the supports linked, each once.

    Incomes and money are withheld (`hides_incomes`, `hides_money`) where they would tell those of few households that
    the reader does not see.
    """

    households: int = 0
    present: int = 0
    failed: int = 0
    compared: int = 0
    better: int = 0
    before: int | None = None
    after: int | None = None
    received: int = 0
    hides_incomes: bool = False
    hides_money: bool = False

    @property
    def rate(self):
        return vietnamese.rate(self.better, self.compared) if self.compared >= FEW else None


def figures(projects: Sequence[LivelihoodProject], user: User) -> dict[int, Figures]:
    """Project id → its figures for the reader. Three queries."""
    parts = Participation.objects.filter(project__in=projects).exclude(left_reason="mistake")
    seen = Q(household__area__in=Area.objects.under(user.area_ids))
    counted: dict[int, dict] = {
        row["project"]: dict(row)
        for row in parts.values("project").annotate(
            households=Count("pk"),
            present=Count("pk", filter=Q(left_on=None, household__closed_date=None)),
            failed=Count("pk", filter=Q(left_reason="failed")),
        )
    }
    incomes: dict[int, list[tuple[int, int, bool]]] = {}
    both = parts.filter(income_before__isnull=False, income_after__isnull=False)
    both = both.annotate(is_seen=ExpressionWrapper(seen, BooleanField()))
    for project, *pair in both.values_list("project", "income_before", "income_after", "is_seen"):
        incomes.setdefault(project, []).append(tuple(pair))
    elsewhere = ~Q(support__household__area__in=Area.objects.under(user.area_ids))
    received = Receipt.objects.counted().filter(support__participations__in=parts)
    money = {
        project: (total, unseen)
        for project, total, unseen in received.values_list("support__participations__project").annotate(
            total=Sum("amount", default=0),
            unseen=Count("support__household", filter=elsewhere, distinct=True),
        )
    }
    return {
        each.pk: _figures(counted.get(each.pk, {}), incomes.get(each.pk, []), *money.get(each.pk, (0, 0)))
        for each in projects
    }


def _figures(row: dict, incomes: list[tuple[int, int, bool]], money: int, unseen: int) -> Figures:
    """`unseen`: households that received money and that the reader does not see."""
    hides_incomes = 0 < sum(not is_seen for _, _, is_seen in incomes) < FEW
    hides_money = 0 < unseen < FEW
    told = [] if hides_incomes else incomes
    return Figures(
        households=row.get("households", 0),
        present=row.get("present", 0),
        failed=row.get("failed", 0),
        compared=len(told),
        better=sum(after > before for before, after, _ in told),
        before=int(median(before for before, _, _ in told)) if told else None,
        after=int(median(after for _, after, _ in told)) if told else None,
        received=0 if hides_money else money,
        hides_incomes=hides_incomes,
        hides_money=hides_money,
    )


def worked(user: User) -> list[tuple[LivelihoodProject, Figures]]:
    """Models of the reader's wards with enough incomes known, those first in which most households earn more."""
    projects = list(LivelihoodProject.objects.visible_to(user))
    found = figures(projects, user)
    ranked = [(each, found[each.pk]) for each in projects if found[each.pk].rate is not None]
    return sorted(ranked, key=lambda row: (-row[1].better / row[1].compared, row[0].name, row[0].pk))


def missing(user: User, month: date):
    """Participations of the reader that began before a month was over, without a follow-up of it."""
    return (
        Participation.objects.visible_to(user)
        .filter(
            joined_on__lt=month_after(month),
            left_on=None,
            project__ended_on=None,
            household__closed_date=None,
        )
        .exclude(follow_ups__month=month.replace(day=1))
    )


def last_month(today: date) -> date:
    return date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)


def month_after(month: date) -> date:
    return add_months(month.replace(day=1), 1)


def month_to_follow(project: LivelihoodProject, today: date) -> date | None:
    """The month whose follow-up is written now: the last one, of a model begun since this one; None before it begins."""
    if project.started_on > today:
        return None
    return max(last_month(today), project.started_on.replace(day=1))


def nearest_month(parts: Sequence[Participation], month: date) -> date | None:
    """Where nobody was in the model in a month: the month nearest to it in which somebody of `parts` was."""
    if not parts:
        return None
    after = [each.joined_on for each in parts if each.joined_on > month]
    before = [each.left_on for each in parts if each.left_on and each.left_on < month]
    return (min(after) if after else max(before)).replace(day=1) if after or before else None


def waiting(user: User, today: date) -> list[Asked]:
    """Follow-ups of last month that are not written yet."""
    month = last_month(today)
    text = f"Hộ trong mô hình chưa ghi theo dõi tháng {month:%m/%Y}"
    return [Asked(text, missing(user, month), reverse("follow_up_missing"), is_late=True)]


def _story(
    household: Household, parts: Sequence[Participation], follow_ups: Sequence[FollowUp]
) -> list[Entry]:
    """Joined, followed, left."""
    told = []
    followed = by_key(follow_ups, "participation_id")
    for each in parts:
        page = reverse("project_detail", args=[each.project_id])
        told.append(
            Entry(each.joined_on, "livelihood", f"Tham gia mô hình: {each.project}", each.equipment, page)
        )
        for one in followed[each.pk]:
            money = f"Thu {vietnamese.number(one.income)} đồng. " if one.income is not None else ""
            title = f"Theo dõi mô hình tháng {one.month:%m/%Y}: {one.get_condition_display().lower()}"
            told.append(Entry(one.visited_on, "livelihood", title, money + one.text, page))
        if each.left_on:
            why = f"Ra khỏi mô hình {each.project}: {each.get_left_reason_display().lower()}"
            told.append(Entry(each.left_on, "livelihood", why, each.left_note, page))
    return told


STORY = Teller(
    asks=lambda household: [
        Rows(
            household.participations.exclude(left_reason="mistake").order_by("joined_on", "pk"),
            ("equipment", "joined_on", "left_note", "left_on", "left_reason", "project__name"),
        ),
        Rows(
            FollowUp.objects.filter(participation__household=household).order_by("month", "pk"),
            ("condition", "income", "month", "participation", "text", "visited_on"),
        ),
    ],
    tells=_story,
)


def follow_ups_of(parts: Sequence[Participation], month: date) -> dict[int, FollowUp]:
    """Participation id → what was written of the month."""
    rows = FollowUp.objects.filter(participation__in=parts, month=month)
    return {each.participation_id: each for each in rows}


def last_incomes(parts: Sequence[Participation]) -> dict[int, int]:
    """Participation id → its income (đồng) in the month last followed in which it was known."""
    rows = FollowUp.objects.filter(participation__in=parts, income__isnull=False)
    last = rows.order_by("participation", "-month").distinct("participation")
    return {part: income or 0 for part, income in last.values_list("participation", "income")}


def incomes_by_month(project: LivelihoodProject, user: User) -> list[tuple[date, int, int]]:
    """(month, households followed, income of all in đồng) of the reader's households."""
    rows = (
        FollowUp.objects.filter(
            participation__in=Participation.objects.visible_to(user)
            .filter(project=project)
            .exclude(left_reason="mistake")
        )
        .values("month")
        .annotate(n=Count("pk"), total=Sum("income", default=0))
        .order_by(F("month"))
    )
    return [(row["month"], row["n"], row["total"]) for row in rows]
