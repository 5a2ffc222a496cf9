"""The places of a demo ward, the totals of its tổ dân phố, and the people who work on it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from households.demo.names import Names
from households.models import AreaTotal, Target
from thanhsen import vietnamese
from thanhsen.models import Area, AreaKind, AreaType, User
from thanhsen.permissions import Role

SINCE, FOUNDED = date(2022, 1, 1), date(2025, 7, 1)
SOURCE = "Số liệu minh hoạ, máy bịa ra"
THACH_QUY = (
    "Bắc Quý", "Tâm Quý", "Trung Quý", "Đông Quý", "Trung Lân", "Trung Đình", "Hậu Thượng", "Tiền Phong",
    "Tiền Giang", "Tiền Tiến", "Tân Quý",
)  # fmt: skip
# The wards of before 01/07/2025: name, code, how many tổ dân phố the demo gives them. Only Nam Hà's old code
# is known here; a code beginning with CU- stands for one that is not.
OLD_WARDS = (
    ("Bắc Hà", "CU-BACHA", 9),
    ("Thạch Quý", "CU-THACHQUY", 11),
    ("Tân Giang", "CU-TANGIANG", 9),
    ("Thạch Hưng", "CU-THACHHUNG", 6),
    ("Nam Hà", "18073", 10),
    ("Trần Phú", "CU-TRANPHU", 9),
    ("Hà Huy Tập", "CU-HAHUYTAP", 10),
    ("Văn Yên", "CU-VANYEN", 8),
    ("Đại Nài", "CU-DAINAI", 8),
)
RURAL = "Thạch Hưng"
GROUPS = 80
HOUSEHOLDS_A_GROUP, PEOPLE_A_HOUSEHOLD, GROWTH = 300, 3.42, 1.008
MINORITY_SHARE = 0.02, 0.05  # invented like the rest; above what the demo gives the households on the list
GROUPS_AN_OFFICER = 8
TARGETS = {
    2024: ("1.80", "3.00"),
    2025: ("1.50", "2.90"),
    2026: ("1.30", "2.60"),
}  # poor, near-poor, in percent


@dataclass
class Staff:
    """Who does what in one ward. `officer_of`: tổ dân phố id → officer."""

    officer_of: dict[int, User]
    supervisors: list[User]
    approver: User
    users: list[User]


def make_province() -> Area:
    return Area.objects.create(kind=AreaKind.PROVINCE, code="42", name="Tỉnh Hà Tĩnh", valid_from=SINCE)


def make_ward(province: Area, number: int) -> Area:
    """Ward 1 is Thành Sen with the wards it was formed from; the others are plainly invented."""
    if number > 1:
        return Area.objects.create(
            kind=AreaKind.WARD,
            code=f"MH{number:03d}",
            name=f"Phường Minh hoạ {number:02d}",
            parent=province,
            valid_from=FOUNDED,
        )
    ward = Area.objects.create(
        kind=AreaKind.WARD, code="18073", name="Phường Thành Sen", parent=province, valid_from=FOUNDED
    )
    old = [
        _area(AreaKind.WARD, code, f"Phường {name}", province, valid_to=FOUNDED)
        for name, code, _ in OLD_WARDS
    ]
    ward.predecessors.set(Area.objects.bulk_create(old))
    return ward


def make_groups(ward: Area, number: int, count: int) -> list[Area]:
    prefix = "TDP" if number == 1 else f"MH{number:03d}-"
    named = list(_group_names())[:count]
    named += [(f"Tổ dân phố {place}", AreaType.URBAN) for place in range(len(named) + 1, count + 1)]
    groups = [
        _area(AreaKind.GROUP, f"{prefix}{place:03d}", name, ward, area_type=area_type)
        for place, (name, area_type) in enumerate(named, start=1)
    ]
    return Area.objects.bulk_create(groups)


def _group_names():
    for ward, _, count in OLD_WARDS:
        area_type = AreaType.RURAL if ward == RURAL else AreaType.URBAN
        for place in range(count):
            name = THACH_QUY[place] if ward == "Thạch Quý" else f"{place + 1} {ward}"
            yield f"Tổ dân phố {name}", area_type


def _area(kind: str, code: str, name: str, parent: Area, **fields) -> Area:
    return Area(
        kind=kind,
        code=code,
        name=name,
        sort_key=vietnamese.sort_key(name),
        parent=parent,
        valid_from=SINCE,
        **fields,
    )


def make_totals(rng: Random, aside: Random, groups: list[Area], years: tuple[int, ...]) -> None:
    """About 300 households and 1,025 people each, growing a little every year; two to five in a hundred are a minority's."""
    totals = []
    for group in groups:
        households = rng.randint(HOUSEHOLDS_A_GROUP - 95, HOUSEHOLDS_A_GROUP + 95)
        size = rng.uniform(PEOPLE_A_HOUSEHOLD - 0.2, PEOPLE_A_HOUSEHOLD + 0.2)
        minority = households * aside.uniform(*MINORITY_SHARE)
        for step, year in enumerate(years):
            grown = round(households * GROWTH**step)
            totals.append(
                AreaTotal(
                    area=group,
                    year=year,
                    households=grown,
                    people=round(grown * size),
                    minority_households=round(minority * GROWTH**step),
                    source=SOURCE,
                )
            )
    AreaTotal.objects.bulk_create(totals, batch_size=1000)


def make_targets(ward: Area) -> None:
    """Of the years of the story: one that is met, one that is not, one still ahead."""
    Target.objects.bulk_create(
        Target(ward=ward, year=year, poor_rate=Decimal(poor), near_poor_rate=Decimal(near), source=SOURCE)
        for year, (poor, near) in TARGETS.items()
    )


def make_staff(names: Names, ward: Area, groups: list[Area], number: int, password: str) -> Staff:
    """An officer for every eight tổ dân phố, two supervisors, one of each other role.

    `password` is already encoded. Only the people of ward 1 can sign in with it.
    """
    suffix = "" if number == 1 else f".mh{number:03d}"
    plan = [
        (f"canbo{place:02d}", Role.OFFICER, "Rà soát viên", groups[start : start + GROUPS_AN_OFFICER])
        for place, start in enumerate(range(0, len(groups), GROUPS_AN_OFFICER), start=1)
    ]
    plan += [
        ("giamngheo", Role.SUPERVISOR, "Công chức giảm nghèo", [ward]),
        ("giamngheo02", Role.SUPERVISOR, "Công chức giảm nghèo", [ward]),
        ("chutich", Role.APPROVER, "Chủ tịch UBND phường", [ward]),
        ("quantri", Role.ADMIN, "Quản trị cổng thông tin", [ward]),
        ("xemsolieu", Role.VIEWER, "Người xem số liệu", [ward]),
    ]
    users = User.objects.bulk_create(
        _user(names, username + suffix, role, position, password) for username, role, position, _ in plan
    )
    bound = [
        User.areas.through(user_id=user.pk, area_id=area.pk)
        for user, (*_, areas) in zip(users, plan, strict=True)
        for area in areas
    ]
    User.areas.through.objects.bulk_create(bound)
    officers = [user for user in users if user.role == Role.OFFICER]
    return Staff(
        officer_of={group.pk: officers[place // GROUPS_AN_OFFICER] for place, group in enumerate(groups)},
        supervisors=[user for user in users if user.role == Role.SUPERVISOR],
        approver=next(user for user in users if user.role == Role.APPROVER),
        users=users,
    )


def _user(names: Names, username: str, role: str, position: str, password: str) -> User:
    full_name = names.full(names.rng.choice(["male", "female"]))
    return User(
        username=username, full_name=full_name, sort_key=vietnamese.name_key(full_name), position=position, role=role,
        password=password,
    )  # fmt: skip
