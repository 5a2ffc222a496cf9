"""A few life events of the last weeks, recorded through the portal's own actions: to look at, and to undo."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from django.utils.timezone import now

from households.actions.life import homes, people
from households.actions.life.undo import undo
from households.demo.names import Names
from households.demo.places import Staff
from households.models import Household, LifeEvent, Member, Relationship, Status
from thanhsen.models import Area, User

TODAY = date(2026, 11, 20)
ADULT = 22  # years, who may found a household


def happen(rng: Random, names: Names, ward: Area, staff: Staff) -> None:
    """Two births, of which one is undone, somebody who moves out, a split, and a household that moves away."""
    found = _listed_homes(rng, ward)
    day = date(2026, 11, 2)
    for act in (_birth, _birth, _move_out, _split, _gone):
        if household := next(found, None):
            day += timedelta(days=3)
            act(names, household, day, staff.officer_of[household.area_id])
    born = LifeEvent.objects.filter(household__area__parent=ward, kind=LifeEvent.Kind.BIRTH).newest_first()
    for event in born[:1]:
        undo(by=staff.supervisors[0], event=event, reason="Ghi nhầm sang hộ cùng tên chủ hộ", at=now())


def _listed_homes(rng: Random, ward: Area) -> Iterator[Household]:
    """Those of the list with a grown-up besides the head, in the order drawn."""
    grown = (
        Member.objects.present()
        .filter(birth_year__lte=TODAY.year - ADULT)
        .exclude(relationship__in=[Relationship.HEAD, Relationship.SPOUSE])
    )
    found = list(
        Household.objects.present()
        .filter(
            area__parent=ward,
            pk__in=grown.values("household"),
            statuses__in=Status.objects.on(TODAY).listed(),
        )
        .select_related("area")
        .order_by("pk")
    )
    rng.shuffle(found)
    return iter(found)


def _birth(names: Names, household: Household, day: date, by: User) -> LifeEvent:
    sex = names.rng.choice(["male", "female"])
    child = {
        "full_name": names.full(sex, household.head_name.split(" ")[0]), "sex": sex,
        "ethnicity": household.members.present().head_first()[0].ethnicity, "relationship": Relationship.GRANDCHILD,
    }  # fmt: skip
    return people.born(
        by=by,
        household=household,
        values=child,
        date=day,
        today=TODAY,
        reason="Giấy khai sinh của UBND phường",
    )


def _move_out(names: Names, household: Household, day: date, by: User) -> LifeEvent:
    return people.left(
        by=by, household=household, members=[_grown(household).pk], date=day, today=TODAY,
        reason="Đi làm ăn xa, đã chuyển hộ khẩu",
    )  # fmt: skip


def _split(names: Names, household: Household, day: date, by: User) -> LifeEvent:
    person = _grown(household)
    return homes.split(
        by=by, household=household, members=[person.pk], relationships={person.pk: Relationship.HEAD},
        area=household.area, address=names.address(), date=day, today=TODAY, reason="Ra ở riêng, đơn tách hộ",
    )  # fmt: skip


def _gone(names: Names, household: Household, day: date, by: User) -> LifeEvent:
    return homes.gone(
        by=by, household=household, kind=LifeEvent.Kind.HOUSEHOLD_OUT, date=day, today=TODAY,
        reason="Cả hộ chuyển về quê, giấy xác nhận cư trú",
    )  # fmt: skip


def _grown(household: Household) -> Member:
    present = household.members.present().filter(birth_year__lte=TODAY.year - ADULT)
    found = present.exclude(relationship__in=[Relationship.HEAD, Relationship.SPOUSE]).order_by("pk").first()
    assert found is not None  # of those found above
    return found
