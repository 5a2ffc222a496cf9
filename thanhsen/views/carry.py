"""What was typed into a form is carried over a sign-in: posted fields travel as one hidden field of the page.

A session ends after 15 idle minutes, often while a long form is being filled. The post that meets the lock is
answered with the sign-in page holding what was posted; after the right password one button posts it again.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from thanhsen import practice

LARGEST = 300_000  # bytes as posted; well under DATA_UPLOAD_MAX_MEMORY_SIZE even when wrapped once more
NEVER_CARRIED = ("csrfmiddlewaretoken", "password")


@dataclass(frozen=True)
class Carried:
    """A path of this portal and the fields to post to it."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def packed(self) -> str:
        return json.dumps(self.fields, ensure_ascii=False)


def local(path: str) -> str:
    """`path` where it is an address of this portal, else ""."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe and len(path) <= 2000 else ""


def of_request(request) -> Carried | None:
    """What this post holds; None where there is nothing to post again, or more than can be carried."""
    if request.method != "POST":
        return None
    path = local(request.get_full_path())
    fields = [(name, value) for name, values in request.POST.lists() for value in values if not _secret(name)]
    return _sensible(path, fields)


def notice(response):
    """A fragment that htmx puts among the notices of the page, whatever it meant to swap; the rest stays."""
    for name, value in {
        "HX-Retarget": "#thong-bao",
        "HX-Reswap": "innerHTML",
        "HX-Push-Url": "false",
    }.items():
        response.headers[name] = value
    return response


def carried_by(request) -> Carried | None:
    """What the page that sent this post was carrying."""
    return unpack(request.POST.get("resume_path", ""), request.POST.get("carried", ""))


def unpack(path: str, packed: str) -> Carried | None:
    """What an earlier page carried, come back with the sign-in; None where it is missing or spoilt."""
    if not packed:
        return None
    try:
        fields = [(name, value) for name, value in json.loads(packed)]
    except (ValueError, TypeError, RecursionError):
        return None
    if not all(isinstance(part, str) and _is_text(part) for field in fields for part in field):
        return None
    return _sensible(local(path), [field for field in fields if not _secret(field[0])])


def too_much(request) -> bool:
    return len(request.POST.urlencode()) > LARGEST


def _sensible(path: str, fields: list[tuple[str, str]]) -> Carried | None:
    size = len(urlencode(fields))
    try:
        page = urlsplit(path).path
        asked = practice.asked_for(page)  # a page of practice is asked for in practice again
        view = resolve(asked[1] if asked else page).func if path else None
    except Resolver404:
        view = None
    if view is None or size > LARGEST or str(getattr(view, "access", "open")).startswith("open"):
        return None
    return Carried(path, fields)


def _is_text(part: str) -> bool:
    """Whether it can be written in UTF-8: JSON may carry half a character."""
    return not any("\ud800" <= char <= "\udfff" for char in part)


def _secret(name: str) -> bool:
    return any(word in name.lower() for word in NEVER_CARRIED) or name == "repeated"
