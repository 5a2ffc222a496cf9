"""The timetable of a course: classes, sessions by day, a whole timetable laid out and saved."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen.addresses import key
from thanhsen.permissions import Permission, requires
from trainings.actions.courses import classes as class_actions
from trainings.actions.courses import sessions as actions
from trainings.actions.courses.planning import plan_of, save_plan
from trainings.actions.courses.remarks import remarks_on
from trainings.forms.courses.courses import ReasonForm, VersionForm
from trainings.forms.courses.planning import PlanForm
from trainings.forms.courses.timetable import ClassForm, SessionForm
from trainings.models import Course, Session, TrainingClass
from trainings.reports.courses import timetable as report
from trainings.views.courses.answering import carried_out, done_or_told, one_form
from trainings.views.loading import course_of, governed_course, shown

acts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def timetable(request, pk):
    """Classes with their counts, sessions by day; `lop`: of one class only."""
    course = course_of(request, pk)
    only = key(request, "lop")
    context = shown(
        request, course, classes=list(report.classes_of(course)), only=only, now=now(),
        days=report.days_of(report.sessions_of(course, only)),
        manages=request.user.may(Permission.MANAGE_COURSES) and course.state != Course.State.CLOSED,
    )  # fmt: skip
    return render(request, "trainings/courses/timetable.html", context)


@acts
@requires(Permission.MANAGE_COURSES)
def timetable_plan(request, pk):
    """Choose, see what would come of it with every clash, then save it as it was shown."""
    course = governed_course(request, pk)
    form, plan = PlanForm(request.POST or None, course=course), None
    if request.method == "POST" and form.is_valid():
        choice = form.cleaned_data["choice"]
        if "luu" in request.POST and form.carried_out(_saving(request, course)):
            messages.success(request, f"Đã xếp {len(form.result)} buổi.")
            return redirect("timetable", pk)
        try:
            plan = plan_of(course, choice)
        except ValidationError as error:
            form.refuse(error)
    days = report.days_of(plan.sessions) if plan else []
    context = shown(request, course, form=form, plan=plan, days=days)
    return render(request, "trainings/courses/timetable_plan.html", context, status=form.status)


def _saving(request, course):
    def save(choice, seen):
        return save_plan(by=request.user, course=course, choice=choice, seen=seen)

    return save


@acts
@requires(Permission.MANAGE_COURSES)
def class_add(request, pk):
    course = governed_course(request, pk)
    taken = [each.number for each in course.classes.all()]
    number = max(taken, default=0) + 1
    form = ClassForm(request.POST or None, initial={"number": number, "name": f"Lớp {number}"})

    def add(version, **values):
        return class_actions.add_class(by=request.user, course=course, values=values)

    if carried_out(request, form, add, "Đã thêm lớp."):
        return redirect("timetable", pk)
    return one_form(request, form, "Thêm lớp", reverse("timetable", args=[pk]), course)


@acts
@requires(Permission.MANAGE_COURSES)
def class_edit(request, pk, held):
    course = governed_course(request, pk)
    held = _class(request, pk, held)
    form = ClassForm(request.POST or None, instance=copy(held), initial={"version": held.version})

    def edit(version, **values):
        return class_actions.edit_class(by=request.user, held=held, version=version, values=values)

    if carried_out(request, form, edit, "Đã lưu lớp."):
        return redirect("timetable", pk)
    return one_form(request, form, f"Sửa {held}", reverse("timetable", args=[pk]), course)


@acts
@requires(Permission.MANAGE_COURSES)
def class_remove(request, pk, held):
    course = governed_course(request, pk)
    held = _class(request, pk, held)
    form = VersionForm(request.POST or None, initial={"version": held.version})

    def remove(version):
        return class_actions.remove_class(by=request.user, held=held, version=version)

    if carried_out(request, form, remove, f"Đã bỏ {held}."):
        return redirect("timetable", pk)
    note = "Các buổi chưa học của lớp cũng bỏ theo. Lớp đã có học viên, điểm danh hoặc buổi đã học thì không bỏ được."
    back = reverse("timetable", args=[pk])
    return one_form(request, form, f"Bỏ {held}", back, course, submit="Bỏ lớp", note=note)


@acts
@requires(Permission.MANAGE_COURSES)
def session_add(request, pk):
    course = governed_course(request, pk)
    form = SessionForm(request.POST or None, course=course, initial={"held": key(request, "lop")})

    def add(held, version, **values):
        return actions.add_session(by=request.user, held=held, values=values)

    if carried_out(request, form, add, "Đã thêm buổi học."):
        return _told(request, form.result, pk)
    return one_form(request, form, "Thêm một buổi", reverse("timetable", args=[pk]), course)


@acts
@requires(Permission.MANAGE_COURSES)
def session_edit(request, pk, session):
    """Change a session or move it to another hour, hall, speaker."""
    course = governed_course(request, pk)
    session = _session(request, pk, session)
    form = SessionForm(request.POST or None, course=course, session=session)

    def edit(version, **values):
        return actions.edit_session(by=request.user, session=session, version=version, values=values)

    if carried_out(request, form, edit, "Đã lưu buổi học."):
        return _told(request, form.result, pk)
    return one_form(request, form, f"Sửa {_named(session)}", reverse("timetable", args=[pk]), course)


@acts
@requires(Permission.MANAGE_COURSES)
def session_cancel(request, pk, session):
    course = governed_course(request, pk)
    session = _session(request, pk, session)
    form = ReasonForm(request.POST or None, initial={"version": session.version})

    def cancel(version, reason):
        return actions.cancel_session(by=request.user, session=session, version=version, reason=reason)

    if carried_out(request, form, cancel, "Đã bỏ buổi học."):
        return redirect("timetable", pk)
    back = reverse("timetable", args=[pk])
    return one_form(request, form, f"Bỏ {_named(session)}", back, course, submit="Bỏ buổi này")


@require_POST
@requires(Permission.MANAGE_COURSES)
def session_restore(request, pk, session):
    session = _session(request, pk, session)

    def restore(version):
        return actions.restore_session(by=request.user, session=session, version=version)

    done = "Đã đưa buổi học lại vào lịch."
    return done_or_told(request, VersionForm(request.POST), restore, done, reverse("timetable", args=[pk]))


@require_POST
@requires(Permission.MANAGE_COURSES)
def session_held(request, pk, session):
    session = _session(request, pk, session)

    def hold(version):
        return actions.mark_held(by=request.user, session=session, version=version, at=now())

    done = f"{session} đã học."
    return done_or_told(request, VersionForm(request.POST), hold, done, reverse("timetable", args=[pk]))


def _class(request, pk: int, held: int) -> TrainingClass:
    found = TrainingClass.objects.governed_by(request.user).filter(course=pk)
    return get_object_or_404(found.select_related("course"), pk=held)


def _session(request, pk: int, session: int) -> Session:
    found = Session.objects.governed_by(request.user).filter(training_class__course=pk)
    return get_object_or_404(found.select_related("training_class__course"), pk=session)


def _named(session: Session) -> str:
    return f"buổi {session.number}, {session.training_class}"


def _told(request, session: Session, pk: int):
    """Back to the timetable, with what may be right about the session and is told."""
    for each in remarks_on(session):
        messages.warning(request, each)
    return redirect("timetable", pk)
