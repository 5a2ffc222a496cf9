"""Life events for tests, recorded through the portal's own actions."""

from datetime import date

from households.actions.life import homes, people, same
from households.models import Household, LifeEvent
from tests.households.factories import WELL

TODAY = date(2026, 11, 25)
WHY = {"reason": "theo giấy tờ của hộ", "today": TODAY}
BABY = {"full_name": "Trần Bé", "sex": "female", "ethnicity": "01", "relationship": "child"}


def birth(household: Household, day: date = date(2026, 5, 4), *, by=None, **values) -> LifeEvent:
    return people.born(by=by, household=household, values={**BABY, **values}, date=day, **WHY)


def move_in(household: Household, day: date = date(2026, 5, 4), *, by=None, **values) -> LifeEvent:
    person = {"full_name": "Lê Thị Dâu", **WELL, "relationship": "child_in_law", **values}
    return people.joined(by=by, household=household, values=person, date=day, **WHY)


def move_out(household: Household, *members, day: date = date(2026, 5, 4), by=None, **named) -> LifeEvent:
    return people.left(
        by=by, household=household, members=[each.pk for each in members], date=day, **{**WHY, **named}
    )


def death(household: Household, member, day: date = date(2026, 5, 4), *, by=None, **named) -> LifeEvent:
    return people.died(by=by, household=household, member=member.pk, date=day, **{**WHY, **named})


def gone(
    household: Household, kind: str = "household_out", day: date = date(2026, 5, 4), *, by=None
) -> LifeEvent:
    return homes.gone(by=by, household=household, kind=kind, date=day, **WHY)


def split(household: Household, members, relationships, day: date = date(2026, 5, 4), **named) -> LifeEvent:
    return homes.split(
        household=household, members=[each.pk for each in members], relationships=relationships, date=day,
        **{"by": None, "area": household.area, "address": "ngõ 5", **WHY, **named},
    )  # fmt: skip


def merge(
    household: Household, into: Household, relationships, day: date = date(2026, 5, 4), by=None
) -> LifeEvent:
    return homes.merged(by=by, household=household, into=into, relationships=relationships, date=day, **WHY)


def same_person(gone, kept, take=(), day: date = date(2026, 5, 4), by=None, **named) -> LifeEvent:
    """The row `gone` leaves, `kept` stays."""
    return same.same_person(
        by=by,
        household=gone.household,
        member=gone.pk,
        kept_member=kept,
        take=take,
        date=day,
        **{**WHY, **named},
    )


def head_dies(household: Household, heir: str, day: date = date(2026, 5, 4)) -> LifeEvent:
    """The head dies; the present member whose relationship is `heir` heads the household."""
    present = household.members.present()
    head, chosen = present.get(relationship="head"), present.get(relationship=heir)
    return death(household, head, day, relationships={chosen.pk: "head"})
