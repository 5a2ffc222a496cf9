"""What a page of households shows beside each: its class in force and its number of people."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from households.models import Household, Member, Status


def beside(households: Sequence[Household], day: date) -> list[tuple[Household, Status | None, int]]:
    """(household, status in force on `day` or None, people) for each, in the same order. Two queries."""
    ids = [each.pk for each in households]
    statuses = {each.household_id: each for each in Status.objects.on(day).filter(household__in=ids)}
    people = Member.objects.present_or_last().filter(household__in=ids)
    sizes = Counter(people.values_list("household_id", flat=True))
    return [(each, statuses.get(each.pk), sizes[each.pk]) for each in households]
