"""What waits of programmes: entitled and not receiving, receiving and no longer entitled."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from households import entitlement
from households.actions.support.assigning import Recipient
from households.holders import holders
from households.models import Entitled, Group, Household, Policy, Programme
from households.poverty.entitlement import Refusal
from households.reports.support.indicators import indicator_names
from thanhsen.models import Area, User
from thanhsen.waiting import Waiting


def morning(user: User, today: date) -> list[tuple[Programme, entitlement.Counts]]:
    """Every line the reader sees that runs or ran into this year, by its newest rule, with its counts in his areas.
    Three queries and one a ward."""
    newest: dict[int, Programme] = {}
    programmes = Programme.objects.visible_to(user).filter(valid_from__lte=today).in_order()
    for each in programmes.exclude(policy=Policy.EMERGENCY):  # given from the page of a shock
        newest[each.line_id] = max(newest.get(each.line_id, each), each, key=lambda one: one.valid_from)
    areas = _areas(user)
    counted: dict[int, entitlement.Counts] = {}
    for ward, programmes in _by_ward(newest.values()).items():
        counted |= entitlement.counts(programmes, areas.get(ward, []), today)
    rows = [(each, counted.get(line, entitlement.Counts())) for line, each in newest.items()]
    return [
        (each, counts)
        for each, counts in rows
        if each.valid_to is None or each.valid_to > today or counts.lapsed
    ]


def _areas(user: User) -> dict[int, list[int]]:
    """Ward → its tổ dân phố within the reader's areas."""
    found = defaultdict(list)
    for ward, group in Area.objects.visible_to(user).groups().values_list("parent", "pk"):
        found[ward].append(group)
    return found


def _by_ward(programmes: Iterable[Programme]) -> dict[int, list[Programme]]:
    found = defaultdict(list)
    for each in programmes:
        found[each.ward_id].append(each)
    return found


Morning = Sequence[tuple[Programme, entitlement.Counts]]


def waiting(rows: Morning) -> list[Waiting]:
    """Two lines at most: how many are to be given something, how many to be stopped."""
    page = f"{reverse('support_today')}#h-programmes"
    lines = [
        Waiting("Suất đúng diện, chưa được hưởng", sum(counts.proposed for _, counts in rows), page),
        Waiting(
            "Suất đang hưởng, thôi đúng diện", sum(counts.lapsed for _, counts in rows), page, is_late=True
        ),
    ]
    return [line for line in lines if line.count]


def by_area(programme: Programme, user: User, today: date) -> list[tuple[Area, entitlement.Counts]]:
    """Each tổ dân phố of the reader where there is something to count. Two queries."""
    groups = Area.objects.visible_to(user).groups().filter(parent=programme.ward_id).in_order()
    places = list(groups)
    counted = entitlement.counts_by_area(programme, [each.pk for each in places], today)
    return [(each, counted[each.pk]) for each in places if each.pk in counted]


def in_words(programme: Programme) -> list[tuple[str, str]]:
    """The rule as (what, in words), only what it says."""
    names = indicator_names()
    classes = [str(Entitled(each).label) for each in programme.classes]
    if programme.term_months:
        classes.append(f"(hộ mới thoát: trong {programme.term_months} tháng)")
    rule = [("Diện được hưởng", "; ".join(classes))]
    if programme.groups:
        rule.append(("Chỉ nhóm (một trong)", "; ".join(str(Group(each).label) for each in programme.groups)))
    if programme.lacking:
        rule.append(
            ("Chỉ hộ thiếu hụt (một trong)", "; ".join(names.get(each, each) for each in programme.lacking))
        )
    if programme.per_person:
        ages = [f"từ {programme.min_age} tuổi"] if programme.min_age is not None else []
        ages += [f"đến hết {programme.max_age} tuổi"] if programme.max_age is not None else []
        ages += ["đang đi học"] if programme.studying else []
        rule.append(("Người hưởng", ", ".join(["từng người trong hộ", *ages])))
    if programme.selective:
        rule.append(("Xét chọn", "đúng diện chưa đủ, từng hộ được xét chọn"))
    return rule


@dataclass(frozen=True)
class Verdict:
    """Whether a programme is for a household or one person of it; `refusal`: why not, as a sentence, "" where it is."""

    programme: Programme
    recipient: Recipient
    person: str
    refusal: str

    @property
    def key(self) -> str:
        return f"{self.programme.pk}-{self.recipient.member_id or ''}"

    @property
    def name(self) -> str:
        return f"{self.programme}: {self.person}" if self.person else str(self.programme)


def of_household(household: Household, user: User, today: date) -> list[Verdict]:
    """Every programme that runs today in the household's ward, for it or for each of its people, in order."""
    running = [
        each
        for each in Programme.objects.visible_to(user).running(today).in_order()
        if each.ward_id == household.area.parent_id and each.policy != Policy.EMERGENCY
    ]
    people = {each.pk: each.full_name for each in household.members.all()}
    of = holders([household.pk], people)
    holding = {(each.line_id, of.whom_of(each)) for each in of.supports().in_force(today)}
    found = []
    for programme, judged in entitlement.of_household(running, household, today):
        why = Refusal(judged.refusal).sentence if judged.refusal else ""
        if (programme.root, of.whom(household.pk, judged.member_id)) in holding:
            why = "Đang hưởng trong kỳ này."
        person = people.get(judged.member_id, "") if judged.member_id else ""
        found.append(Verdict(programme, Recipient(household.pk, judged.member_id), person, why))
    return found
