"""What every request passes: deny by default, the idle lock, practice, one's own password first, the address for the trail."""

import ipaddress
import time

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix

from thanhsen import practice
from thanhsen.events import client_address
from thanhsen.views.accounts import sign_in_again
from thanhsen.views.errors import method_refused, not_found

SESSION_STAMP = "seen_at"
STAMP_EVERY_SECONDS = 60


class deny_by_default:
    """Refuse every view that says neither whom it serves nor why it is open."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = client_address.set(_address(request))
        try:
            return self.get_response(request)
        finally:
            client_address.reset(token)

    def process_view(self, request, view, args, kwargs):
        if not hasattr(view, "access"):
            raise PermissionDenied("Trang này chưa được cấp quyền cho ai.")


def idle_lock(get_response):
    """End a session idle for 15 minutes. The stamp is written at most once a minute."""

    def middleware(request):
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(SESSION_STAMP, now)
            if now - seen > settings.IDLE_LOCK_SECONDS:
                logout(request)
            elif now - seen >= STAMP_EVERY_SECONDS or SESSION_STAMP not in request.session:
                request.session[SESSION_STAMP] = now
        return get_response(request)

    return middleware


OWN_ACCOUNT = {"sign_in", "sign_out", "change_password"}  # always of the person, never of who is played


def practise(get_response):
    """Serve /thuc-hanh/vai/<account>/… as that account, where it is a practice account of the person signed in.

    `request.person` is who signed in, on every request; `request.user` who acts. Links of a page served in
    practice stay in practice: they carry the same prefix.
    """

    def middleware(request):
        request.person, request.practice = request.user, None
        asked = practice.asked_for(request.path_info)
        if asked is None:
            return get_response(request)
        number, page = asked
        if _is_of_own_account(page):
            request.path = request.path_info = page
            return get_response(request)
        if not request.user.is_authenticated:
            return sign_in_again(request)
        if request.user.must_change_password:
            return redirect("change_password")
        found = practice.practice_of(request.user, number)
        if found is None:
            return not_found(request)
        request.user, request.practice, request.path_info = found.player, found, page
        before = get_script_prefix()
        set_script_prefix(found.address_of(found.player))
        try:
            return get_response(request)
        finally:
            set_script_prefix(before)

    return middleware


def _is_of_own_account(page: str) -> bool:
    try:
        return resolve(page).url_name in OWN_ACCOUNT
    except Resolver404:
        return False


def private_pages(get_response):
    """Pages of a signed-in person stay out of shared caches and are asked for anew."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def wrong_method(get_response):
    """A wrong method (an address of a button, typed by hand) is answered with a page that says so."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            return method_refused(request, response.headers.get("Allow", ""))
        return response

    return middleware


class own_password_first:
    """Whoever holds a password that someone else issued replaces it before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or not request.user.must_change_password:
            return None
        open_page = str(getattr(view, "access", "")).startswith("open")
        if open_page or request.resolver_match.url_name == "change_password":
            return None
        return redirect("change_password")


def _address(request) -> str | None:
    """The caller's address: of the last trusted proxy's peer when PROXY_COUNT says there is one."""
    forwarded = request.headers.get("x-forwarded-for", "").split(",")
    proxies = settings.AXES_IPWARE_PROXY_COUNT or 0
    if proxies and len(forwarded) >= proxies:
        return _valid(forwarded[-proxies].strip()) or _valid(request.META.get("REMOTE_ADDR", ""))
    return _valid(request.META.get("REMOTE_ADDR", ""))


def _valid(address: str) -> str | None:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None
