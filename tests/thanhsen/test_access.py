"""Every address says whom it serves, and serves nobody else."""

import pytest
from django.urls import URLResolver, get_resolver, reverse

from tests.factories import make_group, make_user
from thanhsen.navigation import NAVIGATION
from thanhsen.permissions import ROLE_PERMISSIONS, Permission, Role, refusal

pytestmark = pytest.mark.django_db

GET, POST = "get", "post"
ADDRESSES = [
    ("change_password", GET, None, None),
    ("user_list", GET, None, Permission.MANAGE_USERS),
    ("user_create", GET, None, Permission.MANAGE_USERS),
    ("user_edit", GET, "user", Permission.MANAGE_USERS),
    ("user_reset_password", POST, "user", Permission.MANAGE_USERS),
    ("user_unlock", POST, "user", Permission.MANAGE_USERS),
    ("area_list", GET, None, Permission.MANAGE_AREAS),
    ("area_create", GET, None, Permission.MANAGE_AREAS),
    ("area_edit", GET, "area", Permission.MANAGE_AREAS),
    ("area_end", GET, "area", Permission.MANAGE_AREAS),
    ("event_list", GET, None, Permission.VIEW_TRAIL),
    ("user_export", GET, None, Permission.MANAGE_USERS),
    ("area_export", GET, None, Permission.MANAGE_AREAS),
    ("event_export", GET, None, Permission.VIEW_TRAIL),
    ("holidays", GET, None, Permission.ENTER_HOLIDAYS),
    ("holidays_of", GET, "year", Permission.ENTER_HOLIDAYS),
]
OPEN = {"sign_in", "sign_out", "healthz"}
# What a personal code opens: a trainee's own pages, the door, the check of a certificate.
OPEN_BY_CODE = {
    "certificate_check", "door_check", "give_evaluation", "my_certificate", "my_material", "my_page",
    "send_contribution", "take_test",
}  # fmt: skip


def views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern


def addresses(patterns, before="/"):
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif not str(pattern.callback.access).startswith("open"):
            yield route, pattern.name


def test_every_page_lies_within_a_part_of_the_navigation():
    """By its address, so that the page shows where in the portal one is."""
    tops = {reverse(name) for pages in NAVIGATION.values() for name, _ in pages} - {"/"}
    lost = {
        name
        for route, name in addresses(get_resolver().url_patterns)
        if not any(route.startswith(top) for top in tops)
    }
    assert lost == {"home", "change_password", "practice", "practice_start"}


def test_every_address_says_whom_it_serves():
    for pattern in views(get_resolver().url_patterns):
        access = getattr(pattern.callback, "access", None)
        assert access is not None, f"{pattern.name} has no decorator"
        reason = access.removeprefix("open:").strip() if str(access).startswith("open") else "not open"
        assert reason, f"{pattern.name} is open without a reason"


def test_only_these_are_open():
    found = {
        pattern.name
        for pattern in views(get_resolver().url_patterns)
        if str(pattern.callback.access).startswith("open")
    }
    assert found == OPEN | OPEN_BY_CODE


def test_table_above_is_complete():
    ours = {p.name for p in get_resolver().url_patterns if not isinstance(p, URLResolver)}
    assert ours == OPEN | {name for name, *_ in ADDRESSES}


def ask(client, name, method, of):
    group = make_group()
    arguments = {"user": [make_user(areas=group).pk], "area": [group.pk], "year": [2027], None: []}[of]
    return getattr(client, method)(reverse(name, args=arguments))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("name", "method", "of", "permission"), ADDRESSES)
def test_each_role_at_each_address(client, role, name, method, of, permission):
    user = make_user(role)
    client.force_login(user)
    response = ask(client, name, method, of)
    if permission is None or permission in ROLE_PERMISSIONS[role]:
        assert response.status_code in (200, 302)
    else:
        assert response.status_code == 403
        assert refusal(user, permission) in response.content.decode()


@pytest.mark.parametrize(("name", "method", "of", "permission"), ADDRESSES)
def test_nobody_gets_in_without_signing_in(client, name, method, of, permission):
    response = ask(client, name, method, of)
    assert response.status_code == (302 if method == GET else 401)
    if method == GET:
        assert response.url.startswith(reverse("sign_in"))


def test_undecorated_view_is_refused(client, settings):
    settings.ROOT_URLCONF = "tests.thanhsen.urls_of_tests"
    client.force_login(make_user(Role.ADMIN))
    response = client.get("/quen/")
    assert response.status_code == 403
    assert "chưa được cấp quyền" in response.content.decode()


def test_refusal_names_the_role_and_who_can_help():
    text = refusal(make_user(Role.OFFICER), Permission.APPROVE_SHEETS)
    assert text == (
        "Tài khoản của anh/chị là “Cán bộ rà soát”, vai trò này không được duyệt hoặc trả lại phiếu. "
        "Việc này thuộc về: Công chức giảm nghèo, Chủ tịch."
    )


def test_inactive_user_may_nothing():
    user = make_user(Role.SUPERVISOR, is_active=False)
    assert not any(user.may(permission) for permission in Permission)
