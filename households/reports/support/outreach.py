"""What is known of outreach: what each activity brought, where to go again, what a household was told and answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse

from households.models import Activity, Contact, ContactChange, Household
from households.reports.support.entries import Entry, Teller
from thanhsen.gathering import Rows
from thanhsen.models import User
from thanhsen.permissions import Permission
from thanhsen.waiting import Asked

SOON = timedelta(days=3)  # how long before its day a visit is announced


def counted(activities: Sequence[Activity]) -> list[tuple[Activity, dict[str, int]]]:
    """Each activity with how many households gave which answer, and `all`; also of one taken back. One query."""
    rows = Contact.objects.filter(activity__in=[each.pk for each in activities], voided_at=None)
    found: dict[int, dict[str, int]] = {}
    for activity, answer, count in rows.values_list("activity", "answer").annotate(n=Count("pk")):
        found.setdefault(activity, {})[answer] = count
    return [(each, {**(of := found.get(each.pk, {})), "all": sum(of.values())}) for each in activities]


def homes(activities: Sequence[Activity], user: User) -> dict[int, Household]:
    """Activity (id) → the household, of those that went to one house or called one; the user's. One query."""
    kinds = (Activity.Kind.VISIT, Activity.Kind.CALL)
    rows = Contact.objects.visible_to(user).filter(
        activity__in=[each.pk for each in activities if each.kind in kinds], voided_at=None
    )
    return {each.activity_id: each.household for each in rows.select_related("household")}


def waiting(user: User, today: date) -> list[Asked]:
    """Households to visit again: those whose day has passed, and those of the coming days."""
    if not user.may(Permission.PLAN_SUPPORT):
        return []
    found = Contact.objects.visible_to(user).to_revisit()
    soon = found.filter(next_visit_on__gte=today, next_visit_on__lte=today + SOON)
    url = reverse("contact_list")
    return [
        Asked(
            "Hộ đã quá ngày hẹn đến lại",
            found.filter(next_visit_on__lt=today),
            f"{url}?hen=qua",
            is_late=True,
        ),
        Asked("Hộ hẹn đến lại trong ba ngày tới", soon, f"{url}?hen=sap"),
    ]


def _story(household: Household, contacts: Sequence[Contact]) -> list[Entry]:
    """Each time the household was spoken with, also what was taken back."""
    page = reverse("outreach_home", args=[household.pk])
    return [
        Entry(
            each.activity.date,
            "outreach",
            f"{each.activity.get_kind_display()}: {each.get_answer_display().lower()}",
            _told(each),
            page,
            each.activity.voided_at is not None or each.voided_at is not None,
        )
        for each in contacts
    ]


STORY = Teller(
    asks=lambda household: [
        Rows(
            Contact.objects.filter(household=household).order_by("activity__date", "pk"),
            (
                "answer",
                "next_visit_on",
                "person",
                "refusal",
                "refusal_note",
                "said",
                "voided_at",
                "activity__campaign__name",
                "activity__date",
                "activity__kind",
                "activity__subject",
                "activity__voided_at",
            ),
        )
    ],
    tells=_story,
)


def _told(contact: Contact) -> str:
    said = [str(contact.activity.campaign or contact.activity.subject)]
    if contact.person:
        said.append(f"gặp {contact.person}")
    if contact.said:
        said.append(f"gia đình nói: “{contact.said}”")
    if contact.refusal:
        said.append(f"vì: {contact.refusal_note or contact.get_refusal_display().lower()}")
    if contact.next_visit_on:
        said.append(f"hẹn đến lại {contact.next_visit_on:%d/%m/%Y}")
    return "; ".join(said)


@dataclass(frozen=True)
class Change:
    """One correction: (label, before, after) of what differs."""

    change: ContactChange
    lines: list[tuple[str, str, str]]


def changes(contact: Contact) -> list[Change]:
    """What was put right, the earliest first. One query."""
    found = contact.changes.select_related("by").order_by("at", "pk")
    return [Change(each, _differences(each)) for each in found]


def _differences(change: ContactChange) -> list[tuple[str, str, str]]:
    fields = {each.name: each for each in Contact._meta.fields}
    labels = {name: fields[name].verbose_name for name in Contact.SAID}
    lines = [
        (str(label).capitalize(), _in_words(name, change.before[name]), _in_words(name, change.after[name]))
        for name, label in labels.items()
        if change.before[name] != change.after[name]
    ]
    if change.after["voided"]:
        lines.append(("Hộ trong buổi này", "có", "đã bỏ"))
    return lines


def _in_words(name: str, value: str | None) -> str:
    words = {"answer": dict(Contact.Answer.choices), "refusal": dict(Contact.Refusal.choices)}.get(name, {})
    if name == "next_visit_on" and value:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return str(words.get(value, value)) if value else "(trống)"
