"""Every write about people and places, and the sign-ins. Each is atomic and leaves its Event."""

import secrets
from datetime import date

from axes.utils import reset as forget_failures
from django.core.exceptions import ValidationError

from thanhsen import constraints, events
from thanhsen.models import Area, User
from thanhsen.permissions import Role

# Short plain words for a first password that can be read out over the telephone.
_WORDS = (
    "ao bac ban bau bay bien bong bua buoi cam canh cau cay chanh che chim chuoi co com cua cung dao dat dau den dua "
    "dung ga gao gio gung hai hanh heo hoa hong hue kem keo khoai la lam lan lang lua luong mai man mat may me mia mit "
    "mo moi mua muoi na nam nang ngo nha nhan non nong nui nuoc oi ong ot phao pho phu que quyt rau rong rung sach sao "
    "sen soi song suoi tao tau thac than thom thu tim tinh toi tom tra trang trau tre trong truc vang vai van vien voi "
    "vuon vung xa xanh xoai xuan xuong yen"
)
WORDS = _WORDS.split()


def make_passphrase() -> str:
    """Five words and three digits, about 44 bits: enough for a password that lives until the first sign-in."""
    return "-".join([*(secrets.choice(WORDS) for _ in range(5)), f"{secrets.randbelow(1000):03d}"])


# Users ------------------------------------------------------------------------------------------


def create_user(
    *,
    by: User | None,
    username: str,
    full_name: str,
    role: str,
    areas=(),
    position: str = "",
    phone: str = "",
    password: str | None = None,
    must_change_password: bool = True,
) -> tuple[User, str]:
    """A new account and its password (made here unless given), which is stored nowhere in clear."""
    password = password or make_passphrase()
    with constraints.kept():
        user = User(
            username=username.lower(),
            full_name=full_name,
            role=role,
            position=position,
            phone=phone,
            must_change_password=must_change_password,
        )
        user.set_password(password)
        user.save()
        user.areas.set(areas)
        events.record(by=by, act="user.create", on=user, after=_user_snapshot(user), area=_first_area(user))
    return user, password


def update_user(
    *,
    by: User,
    user: User,
    full_name: str,
    role: str,
    areas=(),
    position: str = "",
    phone: str = "",
    is_active: bool = True,
) -> User:
    """Change an account. Nobody takes away their own administration, and one administrator always remains."""
    if user.pk == by.pk and (role != user.role or not is_active):
        raise ValidationError(
            {
                "role"
                if role != user.role
                else "is_active": "Anh/chị không tự bỏ quyền hoặc tự khoá tài khoản của mình được; nhờ một quản trị khác."
            }
        )
    with constraints.kept():
        others = (
            User.objects.select_for_update()
            .filter(role=Role.ADMIN, is_active=True)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        admins = set(others)
        user = User.objects.select_for_update().get(pk=user.pk)
        if (role != Role.ADMIN or not is_active) and admins == {user.pk}:
            raise ValidationError(
                "Đây là quản trị duy nhất còn hoạt động; cấp quyền cho một người khác trước."
            )
        before = _user_snapshot(user)
        user.full_name, user.role, user.position, user.phone, user.is_active = (
            full_name,
            role,
            position,
            phone,
            is_active,
        )
        user.save()
        user.areas.set(areas)
        user.__dict__.pop("_area_ids", None)
        events.record(
            by=by,
            act="user.update",
            on=user,
            before=before,
            after=_user_snapshot(user),
            area=_first_area(user),
        )
    return user


def reset_password(*, by: User, user: User) -> str:
    """A new first password for somebody who forgot theirs; it must be changed at the next sign-in."""
    if user.pk == by.pk:
        raise ValidationError("Để đổi mật khẩu của chính mình, dùng mục Đổi mật khẩu.")
    password = make_passphrase()
    with constraints.kept():
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        forget_failures(username=user.username.lower())
        events.record(by=by, act="user.password_reset", on=user, area=_first_area(user))
    return password


def unlock_user(*, by: User, user: User) -> None:
    """Forget the wrong passwords that locked the account, before the 15 minutes are over."""
    with constraints.kept():
        forget_failures(username=user.username.lower())
        events.record(by=by, act="user.unlock", on=user, area=_first_area(user))


def change_own_password(*, by: User, password: str) -> None:
    with constraints.kept():
        by.set_password(password)
        by.must_change_password = False
        by.save(update_fields=["password", "must_change_password"])
        events.record(by=by, act="user.password_change", on=by, area=_first_area(by))


def _user_snapshot(user: User) -> dict:
    kept = events.snapshot(user)
    kept.pop("last_login", None)
    return kept | {"areas": sorted(f"{area.name} ({area.code})" for area in user.areas.all())}


def _first_area(user: User) -> int | None:
    return user.areas.order_by("pk").values_list("pk", flat=True).first()


# Sign-ins ---------------------------------------------------------------------------------------


def signed_in(*, by: User) -> None:
    events.record(by=by, act="sign_in", on=by)


def signed_out(*, by: User) -> None:
    events.record(by=by, act="sign_out", on=by)


def sign_in_failed(*, username: str, locked: bool) -> None:
    """A wrong password, or one sign-in too many. A name nobody has is not kept: it may be a mistyped password."""
    events.record(
        by=None,
        act="sign_in_locked" if locked else "sign_in_failed",
        on=User.objects.filter(username__iexact=username).first(),
    )


# Areas ------------------------------------------------------------------------------------------


def create_area(
    *,
    by: User | None,
    kind: str,
    code: str,
    name: str,
    valid_from: date,
    parent: Area | None = None,
    area_type: str = "urban",
    valid_to: date | None = None,
    predecessors=(),
) -> Area:
    with constraints.kept():
        area = Area(
            kind=kind,
            code=code,
            name=name,
            parent=parent,
            area_type=area_type,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        area.save()
        area.predecessors.set(predecessors)
        events.record(by=by, act="area.create", on=area, after=_area_snapshot(area), area=area)
    return area


def update_area(
    *, by: User, area: Area, code: str, name: str, area_type: str, valid_from: date, predecessors=()
) -> Area:
    """Correct an area. Its kind and the area it lies in stay: elsewhere it would be another area."""
    with constraints.kept():
        area = Area.objects.select_for_update().get(pk=area.pk)
        before = _area_snapshot(area)
        area.code, area.name, area.area_type, area.valid_from = code, name, area_type, valid_from
        area.save()
        area.predecessors.set(predecessors)
        events.record(by=by, act="area.update", on=area, before=before, after=_area_snapshot(area), area=area)
    return area


def end_area(*, by: User, area: Area, valid_to: date, reason: str, successors=()) -> Area:
    """End an area on a day. Moving the households it holds is the business of those who keep the register."""
    with constraints.kept():
        area = Area.objects.select_for_update().get(pk=area.pk)
        before = _area_snapshot(area)
        if area.valid_to is not None:
            raise ValidationError("Địa bàn này đã kết thúc rồi.")
        early = [place for place in successors if place.valid_to is not None and place.valid_to <= valid_to]
        if early:
            raise ValidationError(
                {"successors": f"{early[0].name} ({early[0].code}) đã hết hiệu lực vào ngày này."}
            )
        area.valid_to = valid_to
        area.save()
        area.successors.add(*successors)
        events.record(
            by=by,
            act="area.end",
            on=area,
            before=before,
            after=_area_snapshot(area),
            area=area,
            reason=reason,
        )
    return area


def _area_snapshot(area: Area) -> dict:
    def names(places):
        return sorted(f"{place.name} ({place.code})" for place in places)

    return events.snapshot(area) | {
        "predecessors": names(area.predecessors.all()),
        "successors": names(area.successors.all()),
    }
