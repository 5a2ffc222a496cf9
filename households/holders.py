"""Whose a support is: of one person through every row of it, of one household through those that were entered twice."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Coalesce

from households.models import LifeEvent, Member, Support
from households.models.support.supports import SupportQuerySet

Whom = tuple[str, int]


@dataclass(frozen=True)
class Holders:
    """Households and people who hold something or ask for it. `people`: member (id) → the person; `doubles`: household
    entered twice (id) → the one of these that it is the same as."""

    homes: Collection[int]
    people: dict[int, int]
    doubles: dict[int, int]

    def whom(self, household: int, member: int | None) -> Whom:
        """The person, wherever it lives, or the household."""
        if member:
            return ("person", self.people.get(member, member))
        return ("household", self.doubles.get(household, household))

    def supports(self) -> SupportQuerySet:
        """All that they were given and that counts, by whichever row; each with `of_person`."""
        mine = Q(member=None, household__in=[*self.homes, *self.doubles])
        mine |= Q(of_person__in=self.people.values())
        return Support.objects.counted().annotate(of_person=Coalesce("member__origin", "member")).filter(mine)

    def whom_of(self, support: Support) -> Whom:
        """Of one of `supports`."""
        return self.whom(support.household_id, support.of_person)  # type: ignore[attr-defined]


def holders(homes: Collection[int], members: Collection[int]) -> Holders:
    """Of these households and members (ids). Two queries, one more for each time a double was itself found twice."""
    people = Member.objects.filter(pk__in=members).values_list("pk", Coalesce("origin", "pk"))
    return Holders(homes, dict(people), _doubles(homes))


def _doubles(homes: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    kept = {each: each for each in homes}
    while kept:
        same = LifeEvent.objects.in_force().filter(kind=LifeEvent.Kind.DUPLICATE, other_household__in=kept)
        rows = list(same.values_list("household", "other_household"))
        kept = {double: kept[one] for double, one in rows if double not in found}
        found |= kept
    return found
