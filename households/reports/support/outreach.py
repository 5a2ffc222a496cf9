"""Outreach in figures: whom a campaign addresses, who was reached, what they answered and why not; whom to visit again."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from households.models import Campaign, Contact, Household, Status
from households.models.people import NOT_A_MINORITY
from households.reports.support.entries import Asked, Entry
from thanhsen.models import Area, User

SOON = timedelta(days=3)
ANSWERED = ("agreed", "considering", "refused", "informed", "absent")


def target(campaign: Campaign, user: User, today: date):
    """The households the campaign addresses, of the reader: by tổ dân phố, class in force and groups."""
    homes = Household.objects.visible_to(user).present().filter(area__parent=campaign.ward_id)
    areas = list(campaign.areas.values_list("pk", flat=True))
    if areas:
        homes = homes.filter(area__in=areas)
    listed = [each for each in campaign.classes if each in {"poor", "near_poor", "average"}]
    if listed and "any" not in campaign.classes:
        held = Status.objects.on(today).filter(household=OuterRef("pk"), classification__in=listed)
        homes = homes.filter(Exists(held))
    return homes.filter(_groups(campaign.groups)) if campaign.groups else homes


def _groups(groups: list[str]) -> Q:
    wanted = Q()
    for name in ("no_labour", "merit", "social_protection"):
        if name in groups:
            wanted |= Q(**{name: True})
    head = Q(members__relationship="head", members__left_date=None)
    if "female_head" in groups:
        wanted |= head & Q(members__sex="female")
    if "minority" in groups:
        wanted |= head & ~Q(members__ethnicity__in=NOT_A_MINORITY)
    return wanted


def last_contacts(campaign: Campaign, user: User) -> dict[int, Contact]:
    """Household id → its newest contact that counts in the campaign."""
    rows = Contact.objects.visible_to(user).counted().filter(activity__campaign=campaign)
    newest = rows.order_by("household", "-activity__date", "-pk").distinct("household")
    return {each.household_id: each for each in newest.select_related("activity")}


@dataclass(frozen=True)
class Progress:
    """Of a tổ dân phố, or of all: households addressed, reached, and their newest answer."""

    name: str
    area: int | None
    target: int
    answers: dict[str, int]

    @property
    def reached(self) -> int:
        return sum(self.answers.get(each, 0) for each in ANSWERED if each != "absent")

    @property
    def to_reach(self) -> int:
        return self.target - self.reached


def progress(campaign: Campaign, user: User, today: date) -> tuple[Progress, list[Progress]]:
    """All, and each tổ dân phố addressed. The answer that counts is a household's newest. Four queries."""
    homes = dict(target(campaign, user, today).values_list("pk", "area"))
    contacts = last_contacts(campaign, user)
    answers = {home: contacts[home].answer for home in homes if home in contacts}
    names = dict(Area.objects.filter(pk__in=set(homes.values())).in_order().values_list("pk", "name"))
    rows = [
        Progress(
            name,
            area,
            sum(each == area for each in homes.values()),
            Counter(answer for home, answer in answers.items() if homes[home] == area),
        )
        for area, name in names.items()
    ]
    return Progress("Cộng", None, len(homes), Counter(answers.values())), rows


def refusals(campaign: Campaign, user: User) -> list[tuple[str, int]]:
    """(why not, households) by their newest answer, the most frequent first."""
    found = Counter(
        each.get_refusal_display()
        for each in last_contacts(campaign, user).values()
        if each.answer == "refused"
    )
    return sorted(found.items(), key=lambda row: (-row[1], row[0]))


def waiting(user: User, today: date) -> list[Asked]:
    """Visits that are due within three days, and late ones."""
    rows = Contact.objects.visible_to(user).to_visit()
    soon = rows.filter(next_visit_on__gte=today, next_visit_on__lte=today + SOON)
    page = reverse("contact_list")
    return [
        Asked(
            "Hẹn đến lại hộ đã quá ngày",
            rows.filter(next_visit_on__lt=today),
            f"{page}?hen=qua",
            is_late=True,
        ),
        Asked("Hẹn đến lại hộ trong 3 ngày", soon, f"{page}?hen=sap"),
    ]


def story(household: Household) -> list[Entry]:
    """Each time it was reached. One query."""
    page, told = reverse("outreach_home", args=[household.pk]), []
    contacts = household.contacts.select_related("activity").order_by("activity__date", "pk")
    for each in contacts:
        activity = each.activity
        why = each.get_refusal_display() if each.refusal else ""
        words = [activity.subject, f"Gia đình nói: {each.said}" if each.said else "", why, each.refusal_note]
        void = f"Đã bỏ: {activity.void_reason}" if activity.voided_at else ""
        told.append(
            Entry(
                activity.date,
                "outreach",
                f"{activity.get_kind_display()}: {each.get_answer_display().lower()}",
                ". ".join(filter(None, [*words, void])),
                page,
                bool(void),
            )
        )
    return told
