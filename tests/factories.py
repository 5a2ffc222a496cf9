"""Invented people and places for tests. Plain functions: every argument may be left out."""

from datetime import date
from itertools import count

from thanhsen.models import Area, AreaKind, AreaType, User
from thanhsen.permissions import Role

PASSWORD = "con đường làng rợp bóng tre"
_numbers = count(1)


def make_province(**fields) -> Area:
    number = next(_numbers)
    return Area.objects.create(
        **{
            "kind": AreaKind.PROVINCE,
            "code": f"P{number}",
            "name": "Tỉnh Hà Tĩnh",
            "valid_from": date(2020, 1, 1),
        }
        | fields
    )


def make_ward(**fields) -> Area:
    number = next(_numbers)
    fields.setdefault("parent", None)
    fields["parent"] = fields["parent"] or make_province()
    return Area.objects.create(
        **{
            "kind": AreaKind.WARD,
            "code": f"W{number}",
            "name": "Phường Thành Sen",
            "valid_from": date(2020, 1, 1),
        }
        | fields
    )


def make_group(ward: Area | None = None, **fields) -> Area:
    number = next(_numbers)
    return Area.objects.create(
        **{
            "kind": AreaKind.GROUP,
            "code": f"T{number}",
            "name": f"Tổ dân phố {number}",
            "area_type": AreaType.URBAN,
            "parent": ward or make_ward(),
            "valid_from": date(2020, 1, 1),
        }
        | fields
    )


def make_user(role: str = Role.OFFICER, areas=(), **fields) -> User:
    number = next(_numbers)
    user = User(**{"username": f"nguoi.{number}", "full_name": "Nguyễn Thị Đào", "role": role} | fields)
    user.set_password(PASSWORD)
    user.save()
    user.areas.set([areas] if isinstance(areas, Area) else areas)
    return user
