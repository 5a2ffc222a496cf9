"""Invented trainees: officers of the ward, and the people who do this work in every tổ dân phố."""

from collections.abc import Sequence
from random import Random

from households.demo.names import Counter, Names
from thanhsen import vietnamese
from thanhsen.models import Area, User
from thanhsen.permissions import Role
from trainings.models import Course, Trainee, Unit

OFFICES = (
    "Phòng Văn hoá - Xã hội (ví dụ)",
    "Uỷ ban Mặt trận Tổ quốc phường (ví dụ)",
    "Hội Liên hiệp Phụ nữ phường (ví dụ)",
    "Hội Nông dân phường (ví dụ)",
    "Đoàn Thanh niên phường (ví dụ)",
)
Position, Group = Trainee.Position, Trainee.Group
# Who a tổ dân phố sends, in this order: as many as the seats allow.
SENT = (
    (Position.GROUP_LEADER, Group.POVERTY),
    (Position.COLLABORATOR, Group.POVERTY),
    (Position.COMMUNICATOR, Group.COMMUNICATION),
    (Position.PARTY_SECRETARY, Group.COMMUNICATION),
)
SALARIED = {Position.OFFICIAL}


def make_units(ward: Area) -> list[Unit]:
    """The offices, then every tổ dân phố."""
    groups = Area.objects.filter(parent=ward, valid_to=None).order_by("code")
    units = [Unit(ward=ward, name=name) for name in OFFICES]
    units += [Unit(ward=ward, name=each.name, area=each) for each in groups]
    for each in units:
        each.sort_key = vietnamese.sort_key(each.name)
    return Unit.objects.bulk_create(units)


def people_of(
    course: Course, units: Sequence[Unit], rng: Random, by: User, *, officers: bool
) -> list[Trainee]:
    """As many as the course has seats: the officers by account where asked, then each tổ dân phố in turn. The last tổ
    dân phố sends nobody, so that there is one to ask after."""
    names, found = Names(rng, Counter()), []
    if officers:
        users = User.objects.filter(areas__in=Area.objects.filter(parent=course.ward), role=Role.OFFICER)
        found = [_officer(each, course, units[0], rng) for each in users.distinct().order_by("username")]
    offices = [each for each in units if each.area_id is None]
    for place, office in enumerate(offices):
        position = Position.OFFICIAL if place == 0 else Position.ASSOCIATION
        found.append(_person(course, office, position, rng.choice(list(Group)), rng, names))
    groups = [each for each in units if each.area_id][:-1]
    for position, group in SENT:
        found += [_person(course, unit, position, group, rng, names) for unit in groups]
    found = found[: course.seats]
    taken: set[tuple] = set()
    for each in found:
        each.made_by = by
        each.name_it()
        while (key := (each.unit_id, each.name_fold, each.birth_year)) in taken:
            each.birth_year = (each.birth_year or 1980) + 1
        taken.add(key)
    return found


def _person(course: Course, unit: Unit, position: str, group: str, rng: Random, names: Names) -> Trainee:
    sex = rng.choice(["male", "female"])
    return Trainee(
        course=course, unit=unit, full_name=names.full(sex), birth_year=rng.randint(1962, 1998), sex=sex,
        position=position, group=group, is_salaried=position in SALARIED,
    )  # fmt: skip


def _officer(user: User, course: Course, unit: Unit, rng: Random) -> Trainee:
    return Trainee(
        course=course, unit=unit, user=user, full_name=user.full_name, birth_year=rng.randint(1975, 1996),
        sex=rng.choice(["male", "female"]), position=Position.OFFICIAL, group=Group.POVERTY, is_salaried=True,
    )  # fmt: skip
