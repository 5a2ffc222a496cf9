"""The sessions of a course with their counts, the trainees with their rates; a session closed and opened again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from thanhsen import events
from thanhsen.addresses import key, typed
from thanhsen.concurrency import Stale
from thanhsen.permissions import Permission, requires
from trainings.actions.attendance import sessions as actions
from trainings.forms import attendance as forms
from trainings.models import Trainee
from trainings.reports import attendance as report
from trainings.views.attendance.loading import of_session, session_of
from trainings.views.loading import governed_course, shown

acts = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50
STALE = "Người khác vừa chốt hoặc sửa buổi này. Trang đã tải lại; xem rồi làm tiếp."


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def attendance(request, pk):
    """Every session of a course: who came, who is not marked yet."""
    course = governed_course(request, pk)
    lines = report.per_session(course)
    return render(request, "trainings/attendance/sessions.html", shown(request, course, lines=lines))


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def attendance_trainees(request, pk):
    """Every trainee with what they attended; `lop`: of one class."""
    course = governed_course(request, pk)
    classes = list(course.classes.in_order())
    chosen = next((each for each in classes if each.pk == key(request, "lop")), None)
    lines = report.per_trainee(course, chosen)
    ids = [each.trainee.pk for each in lines]
    events.read(by=request.user, act="roster.view", of=Trainee, ids=ids, name=f"Điểm danh: {course}")
    numbers = sorted({number for each in lines for number in each.states})
    context = shown(request, course, lines=lines, classes=classes, chosen=chosen, numbers=numbers)
    return render(request, "trainings/attendance/trainees.html", context)


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def session_changes(request, pk, session):
    """The trail of a session's marks: corrections, or everything (`loc=tat-ca`)."""
    held = session_of(request, pk, session)
    everything = typed(request, "loc") == "tat-ca"
    found = report.changes(held, corrections_only=not everything)
    page = Paginator(found, PAGE).get_page(typed(request, "trang"))
    ids = [each.mark.trainee_id for each in page]
    events.read(by=request.user, act="roster.view", of=Trainee, ids=ids, name=f"Vết sửa: {held}")
    context = of_session(request, held, page=page, everything=everything)
    return render(request, "trainings/attendance/changes.html", context)


@acts
@requires(Permission.TAKE_ATTENDANCE)
def session_close(request, pk, session):
    held = session_of(request, pk, session)
    count = report.count_of(held)
    start = {"version": held.version}
    form = forms.CloseForm(request.POST or None, unmarked=count.unmarked, initial=start)
    try:
        if request.method == "POST" and form.carried_out(
            lambda **data: actions.close_attendance(by=request.user, session=held, at=now(), **data)
        ):
            messages.success(request, "Đã chốt điểm danh. Từ nay sửa phải ghi lý do.")
            return redirect("session_attendance", pk, session)
    except Stale:
        messages.error(request, STALE)
        return redirect("session_attendance", pk, session)
    context = of_session(request, held, form=form, count=count)
    return render(request, "trainings/attendance/close.html", context, status=form.status)


@acts
@requires(Permission.TAKE_ATTENDANCE)
def session_reopen(request, pk, session):
    held = session_of(request, pk, session)
    form = forms.ReopenForm(request.POST or None, initial={"version": held.version})
    try:
        if request.method == "POST" and form.carried_out(
            lambda **data: actions.reopen_attendance(by=request.user, session=held, **data)
        ):
            messages.success(request, "Đã mở lại điểm danh của buổi.")
            return redirect("session_attendance", pk, session)
    except Stale:
        messages.error(request, STALE)
        return redirect("session_attendance", pk, session)
    context = of_session(request, held, form=form)
    return render(request, "trainings/attendance/reopen.html", context, status=form.status)
