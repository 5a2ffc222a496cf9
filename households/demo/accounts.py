"""The accounts of the demo: one for each role is told to whoever tries the portal."""

from django.contrib.auth.hashers import check_password

from thanhsen.models import User
from thanhsen.permissions import Role

PASSWORD = "thanh-sen-minh-hoa-2026"  # noqa: S105 - printed on purpose: the data is invented
USERNAMES = {
    Role.OFFICER: "canbo01",
    Role.SUPERVISOR: "giamngheo",
    Role.APPROVER: "chutich",
    Role.ADMIN: "quantri",
    Role.VIEWER: "xemsolieu",
}


def usable() -> list[User]:
    """The demo accounts that still open with the demo password, in the order of the roles."""
    found = User.objects.filter(username__in=USERNAMES.values(), is_active=True)
    known: dict[str, bool] = {}  # one encoded password serves them all, and checking one is slow on purpose
    for user in found:
        if user.password not in known:
            known[user.password] = check_password(PASSWORD, user.password)
    order = list(USERNAMES.values())
    return sorted(
        (user for user in found if known[user.password]), key=lambda user: order.index(user.username)
    )


def told() -> str:
    """The accounts as lines for the terminal; what to do when there are none."""
    users = usable()
    if not users:
        return "Cơ sở dữ liệu này không có tài khoản dùng thử nào mở được bằng mật khẩu minh hoạ."
    lines = [f"Tài khoản dùng thử, mật khẩu chung: {PASSWORD}"]
    lines += [f"  {user.username:<12}{Role(user.role).label}" for user in users]
    return "\n".join(lines)
