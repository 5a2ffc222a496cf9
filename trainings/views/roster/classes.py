"""Who sits in which class: split after a preview, moved by hand; who waits for a seat."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen import events
from thanhsen.addresses import typed, whole
from thanhsen.permissions import Permission, requires
from trainings.actions.roster import classes as actions
from trainings.actions.roster.seats import free_seats, move_up, seats
from trainings.models import Trainee
from trainings.reports.roster.classes import laid_out
from trainings.reports.roster.people import classes_of
from trainings.views.loading import governed_course
from trainings.views.roster.loading import shown

PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_COURSES)
def roster_split(request, pk):
    """How the roster would be split; posted, it is split so. `cach=lai`: all who were not marked are seated again."""
    course = governed_course(request, pk)
    anew = typed(request, "cach") == "lai"
    if request.method == "POST":
        try:
            done = actions.split(by=request.user, course=course, anew=anew, seen=request.POST.get("seen", ""))
            messages.success(request, f"Đã xếp lớp cho {done} học viên.")
            return redirect("roster", pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    found = actions.split_of(course, anew=anew)
    context = shown(request, course, split=found, anew=anew, laid=laid_out(found), classes=classes_of(course))
    return render(
        request, "trainings/roster/split.html", context, status=422 if request.method == "POST" else 200
    )


@require_POST
@requires(Permission.MANAGE_COURSES)
def trainee_move(request, pk):
    """The trainees ticked on the page of the roster into a class; `lop` empty: out of their class."""
    course = governed_course(request, pk)
    to = course.classes.filter(pk=whole(request.POST.get("lop")) or 0).first()
    out = request.POST.get("lop") == "0"
    try:
        if to is None and not out:
            raise ValidationError("Chọn lớp cần chuyển đến.")
        people = actions.move(by=request.user, course=course, seen=_ticked(request), to=to)
        messages.success(
            request,
            f"Đã chuyển {len(people)} học viên vào {to}."
            if to
            else f"Đã đưa {len(people)} học viên ra khỏi lớp.",
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    query = request.GET.urlencode()
    return redirect(reverse("roster", args=[pk]) + (f"?{query}" if query else ""))


def _ticked(request) -> dict[int, int]:
    """Id → version on the page, of `nguoi` = "id:version"."""
    pairs = (each.partition(":") for each in request.POST.getlist("nguoi"))
    found = ((whole(pk), whole(version)) for pk, _, version in pairs)
    return {pk: version for pk, version in found if pk is not None and version is not None}


@require_safe
@requires(Permission.MANAGE_COURSES)
def roster_waiting(request, pk):
    """Who waits, in the order in which they are called."""
    course = governed_course(request, pk)
    found = course.trainees.waiting().select_related("unit")
    page = Paginator(found, PAGE).get_page(typed(request, "trang"))
    events.read(
        by=request.user,
        act="roster.view",
        of=Trainee,
        ids=[each.pk for each in page],
        name=f"Chờ chỗ: {course}",
    )
    context = shown(request, course, page=page, seats=seats(course), free=max(free_seats(course), 0))
    return render(request, "trainings/roster/waiting.html", context)


@require_POST
@requires(Permission.MANAGE_COURSES)
def roster_call(request, pk):
    """Seats that came free some other way are given out now."""
    try:
        up = move_up(by=request.user, course=governed_course(request, pk))
        if up:
            names = ", ".join(each.full_name for each in up[:10])
            messages.success(request, f"Đã gọi {len(up)} người: {names}.")
        else:
            messages.info(request, "Chưa có chỗ trống nào, hoặc không ai đang chờ.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("roster_waiting", pk)
