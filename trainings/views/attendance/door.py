"""At the door: which session, who comes in, what the clerk is told. A code opened by anybody else leads to its owner's
own page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from thanhsen import events
from thanhsen.addresses import whole
from thanhsen.permissions import Permission, open_to_all, requires
from thanhsen.views.accounts import sign_in_again
from trainings.actions.attendance.door import check_in
from trainings.forms import attendance as forms
from trainings.models import Session, Trainee
from trainings.reports import attendance as report

acts = require_http_methods(["GET", "HEAD", "POST"])
DOOR, COOKIE = "door", "dung_cua"
COOKIE_SECONDS = 12 * 60 * 60  # a day's course: whose session was locked signs in again at the next card
ARRIVED = 5
UNKNOWN = (
    "Không tìm thấy ai với mã hoặc tên này trong khoá đang đứng cửa. "
    "Dùng máy quét cầm tay thì tắt bộ gõ tiếng Việt rồi quét lại."
)


@acts
@requires(Permission.TAKE_ATTENDANCE)
def door(request):
    """A field for a scanner or a name, the latest arrivals. Posted: `q`, what was scanned or typed, or `trainee`."""
    held, late_after = _door(request)
    if held is None:
        return redirect("door_choose")
    if request.method != "POST":
        return _page(request, held, late_after)
    text = forms.scanned(request.POST.get("q", ""))
    people = _of_course(request, held).select_related("unit", "training_class")
    if text and not (asked := people.filter(code=text.lower()).first()):
        found = list(report.named(people, text)[: forms.SHOWN])
        ids = [each.pk for each in found]
        events.read(by=request.user, act="roster.view", of=Trainee, ids=ids, name=f"Cửa: {held}")
        return _page(request, held, late_after, text=text, found=found, refusal="" if found else UNKNOWN)
    asked = asked if text else people.filter(pk=whole(request.POST.get("trainee")) or 0).first()
    if asked is None:
        return _page(request, held, late_after, refusal=UNKNOWN)
    return _let_in(request, held, late_after, asked)


@acts
@requires(Permission.TAKE_ATTENDANCE)
def door_choose(request):
    """Which session the clerk stands at the door of, kept until the sign-out."""
    sessions = report.door_sessions(request.user, localdate())
    start = {**request.session.get(DOOR, {}), "session": key_of(request)}
    form = forms.DoorForm(request.POST or None, sessions=sessions, initial=start)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["session"]
        request.session[DOOR] = {"session": chosen.pk, "late_after": form.cleaned_data["late_after"]}
        response = redirect("door")
        response.set_cookie(
            COOKIE, "1", max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
        )
        return response
    context = {"form": form, "sessions": sessions}
    return render(request, "trainings/attendance/door_choose.html", context, status=form.status)


@open_to_all("thẻ của học viên: người điểm danh ghi có mặt, ai khác được đưa đến trang của học viên")
@never_cache
@require_safe
def door_check(request, code):
    """The address in the QR code of a card. Reading it writes nothing: the page posts itself."""
    user = request.user
    if not user.is_authenticated or not user.may(Permission.TAKE_ATTENDANCE):
        return _elsewhere(request, code)
    held, late_after = _door(request)
    if held is None:
        messages.info(request, "Chọn buổi đang đứng cửa, rồi quét lại thẻ.")
        return redirect("door_choose")
    asked = (
        _of_course(request, held).filter(code=code.lower()).select_related("unit", "training_class").first()
    )
    return _page(request, held, late_after, asked=asked, refusal="" if asked else UNKNOWN)


def _let_in(request, held: Session, late_after: int | None, asked: Trainee):
    try:
        met = check_in(
            by=request.user, session=held, trainee=asked, at=now(), late_after=late_after,
            as_guest=request.POST.get("do") == "guest", instead_of=whole(request.POST.get("instead_of")),
        )  # fmt: skip
    except ValidationError as error:
        return _page(request, held, late_after, refusal=" ".join(error.messages))
    return _page(request, held, late_after, met=met)


def _door(request) -> tuple[Session | None, int | None]:
    """The session chosen, as long as it may still be stood at; minutes after which one is late."""
    chosen = request.session.get(DOOR) or {}
    found = report.door_sessions(request.user, localdate()).filter(pk=chosen.get("session") or 0).first()
    return found, chosen.get("late_after")


def key_of(request) -> int | None:
    return whole(request.GET.get("buoi")) or (request.session.get(DOOR) or {}).get("session")


def _of_course(request, held: Session):
    found = Trainee.objects.governed_by(request.user)
    return found.filter(course=held.training_class.course_id)


def _page(request, held: Session, late_after: int | None, **context):
    count, arrived = report.count_of(held), report.arrived(held, ARRIVED)
    context = {"session": held, "late_after": late_after, "count": count, "arrived": arrived, **context}
    return render(request, "trainings/attendance/door.html", context)


def _elsewhere(request, code: str):
    """Nothing is told about the code. Whoever stood at a door in this browser today is asked to sign in."""
    if not request.user.is_authenticated and COOKIE in request.COOKIES:
        return sign_in_again(request)
    return redirect("my_page", code)
