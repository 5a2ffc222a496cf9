"""How a household stands today: what it needs, has agreed to, receives and takes part in, and where it is weak."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from households.models import Contact, Household, Need, Participation, Plan, Programme, Support, Vulnerability
from households.reports.history import Step
from thanhsen.gathering import Rows, gathered


@dataclass(frozen=True)
class Now:
    """`lasting`: help whose period has not ended; `once`: one-off help of this year."""

    needs: list[Need]
    plan: Plan | None
    lasting: list[Support]
    once: list[Support]
    models: list[Participation]
    visit: Contact | None
    weak: Vulnerability | None


def of_household(household: Household, today: date) -> Now:
    """One query."""
    given = household.supports.in_force(today).filter(programme__isnull=False).newest_first()
    of_support = ("content", "valid_from", "valid_to", "member__full_name")
    is_once = {"programme__per": Programme.Per.ONCE}
    needs, plans, lasting, once, models, visits, weak = gathered(
        Household.objects.filter(pk=household.pk),
        [
            Rows(household.needs.open().in_order(), ("kind", "code", "text", "family_words")),
            Rows(household.plans.filter(closed_on=None), ("goal", "next_review_on", "agreed_on")),
            Rows(given.exclude(**is_once), of_support),
            Rows(
                household.supports.counted()
                .filter(valid_from__year=today.year, valid_from__lte=today, **is_once)
                .newest_first(),
                of_support,
            ),
            Rows(
                household.participations.filter(left_on=None).order_by("joined_on", "pk"),
                ("joined_on", "project__name"),
            ),
            Rows(
                Contact.objects.to_revisit().filter(household=household).order_by("next_visit_on", "pk"),
                ("next_visit_on", "activity"),
            ),
            Rows(
                Vulnerability.objects.newest().filter(household=household),
                ("assessed_on", "single_earner", "unstable_livelihood", "illness", "debt", "exposures"),
            ),
        ],
    )
    return Now(needs, _first(plans), lasting, once, models, _first(visits), _first(weak))


def _first(found: list):
    return found[0] if found else None


def classes(steps: Sequence[Step]) -> list[str]:
    """The class over the years in short: each time it changed, with its year."""
    said: list[str] = []
    before = None
    for step in steps:
        status = step.status
        if status.classification != before:
            said.append(f"{status.valid_from.year}: {status.get_classification_display().lower()}")
        before = status.classification
    return said
