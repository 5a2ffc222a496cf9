"""Courses on screen: the list and what waits, one in numbers, made, copied, edited, opened, closed, its topics."""

from copy import copy
from uuid import uuid4

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from households.models import Material
from thanhsen.addresses import typed
from thanhsen.permissions import Permission, requires
from trainings.actions.courses import courses as actions
from trainings.actions.courses.closing import missing_to_close, worth_knowing
from trainings.forms.courses.courses import CourseForm, ReasonForm, TaughtForm, VersionForm
from trainings.models import Course
from trainings.reports.attendance import with_rate
from trainings.reports.courses import overview
from trainings.views.courses.answering import carried_out, governed_wards, one_form
from trainings.views.loading import course_of, governed_course, shown
from trainings.views.tabs import open_to

PAGE = 50
acts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def course_list(request):
    """The courses of the reader's wards, the newest first, and what waits in those not closed."""
    state, moment = typed(request, "trang-thai"), now()
    found = overview.with_figures(Course.objects.visible_to(request.user).select_related("ward"), moment)
    found = found.newest_first()
    rows = found.filter(state=state) if state in Course.State else found
    page = Paginator(with_rate(rows), PAGE).get_page(typed(request, "trang"))
    waits = overview.waiting(found.exclude(state=Course.State.CLOSED)[:PAGE], moment)
    context = {
        "page": page, "state": state, "states": Course.State.choices,
        "waits": [(each, step.sentence, open_to(request.user, step.page, each.pk)) for each, step in waits],
        "rows": [(each, overview.attended_rate(each)) for each in page],
    }  # fmt: skip
    return render(request, "trainings/courses/course_list.html", context)


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def course_detail(request, pk):
    """One course in numbers, what to do next, its topics with their materials."""
    course, moment = course_of(request, pk), now()
    found = Course.objects.visible_to(request.user).select_related("ward", "made_by")
    course = with_rate(overview.with_figures(found, moment)).get(pk=course.pk)
    materials = Prefetch("topic__materials", Material.objects.order_by("title", "pk"))
    steps = [(each, open_to(request.user, each.page, pk)) for each in overview.steps(course, moment)]
    context = shown(
        request, course, rate=overview.attended_rate(course), steps=steps,
        topics=course.course_topics.select_related("topic").prefetch_related(materials).order_by("number", "pk"),
    )  # fmt: skip
    return render(request, "trainings/courses/course_detail.html", context)


@acts
@requires(Permission.MANAGE_COURSES)
def course_create(request):
    form = CourseForm(request.POST or None, wards=governed_wards(request), initial={"request_id": uuid4()})

    def create(ward, request_id, version, **values):
        return actions.create_course(by=request.user, ward=ward, values=values, request_id=request_id)

    if carried_out(request, form, create, "Đã lập khoá. Chọn chuyên đề, thêm lớp rồi xếp lịch."):
        return redirect("course_detail", form.result.pk)
    return one_form(request, form, "Lập khoá tập huấn", reverse("course_list"))


@acts
@requires(Permission.MANAGE_COURSES)
def course_copy(request, pk):
    """A new course after this one."""
    like = governed_course(request, pk)
    start = {name: getattr(like, name) for name in actions.FIELDS if name not in NEW_EACH_TIME}
    start |= {"copied": list(actions.COPIED), "request_id": uuid4()}
    form = CourseForm(request.POST or None, like=like, initial=start)

    def create(copied, request_id, version, **values):
        return actions.create_course(
            by=request.user, ward=like.ward, values=values, like=like, copied=copied, request_id=request_id
        )

    if carried_out(request, form, create, f"Đã lập khoá mới theo “{like}”."):
        return redirect("course_detail", form.result.pk)
    return one_form(request, form, f"Lập khoá mới theo “{like}”", reverse("course_detail", args=[pk]))


NEW_EACH_TIME = ("code", "starts_on", "ends_on", "plan_number", "plan_date")


@acts
@requires(Permission.MANAGE_COURSES)
def course_edit(request, pk):
    course = governed_course(request, pk)
    form = CourseForm(request.POST or None, instance=copy(course), initial={"version": course.version})

    def edit(version, request_id, **values):
        return actions.edit_course(by=request.user, course=course, version=version, values=values)

    if carried_out(request, form, edit, "Đã lưu."):
        return redirect("course_detail", pk)
    return one_form(request, form, "Sửa khoá", reverse("course_detail", args=[pk]), course)


@acts
@requires(Permission.MANAGE_COURSES)
def course_open(request, pk):
    """Open a course; a closed one again, with the reason."""
    course = governed_course(request, pk)
    again = course.state == Course.State.CLOSED
    kind = ReasonForm if again else VersionForm
    form = kind(request.POST or None, initial={"version": course.version})

    def carry_out(version, reason=""):
        return actions.open_course(by=request.user, course=course, version=version, reason=reason)

    if carried_out(request, form, carry_out, "Khoá đang mở."):
        return redirect("course_detail", pk)
    title, back = ("Mở lại khoá" if again else "Mở khoá"), reverse("course_detail", args=[pk])
    note = "" if again else "Mở khoá rồi thì gọi học viên, điểm danh, kiểm tra được."
    return one_form(request, form, title, back, course, submit=title, note=note)


@acts
@requires(Permission.MANAGE_COURSES)
def course_close(request, pk):
    """Shows what is missing and what is worth knowing before it closes."""
    course = governed_course(request, pk)
    form = VersionForm(request.POST or None, initial={"version": course.version})

    def carry_out(version):
        return actions.close_course(by=request.user, course=course, version=version)

    if carried_out(request, form, carry_out, "Đã kết thúc khoá."):
        return redirect("course_detail", pk)
    missing = missing_to_close(course)
    return one_form(
        request, form, "Kết thúc khoá", reverse("course_detail", args=[pk]), course, submit="Kết thúc khoá",
        missing=missing, warnings=worth_knowing(course), barred=bool(missing),
    )  # fmt: skip


@acts
@requires(Permission.MANAGE_COURSES)
def course_topics(request, pk):
    course = governed_course(request, pk)
    form = TaughtForm(request.POST or None, course=course)

    def save(version, topics):
        return actions.set_topics(by=request.user, course=course, version=version, topics=topics)

    if carried_out(request, form, save, "Đã lưu chuyên đề của khoá."):
        return redirect("course_detail", pk)
    if getattr(form, "is_late", False):
        return redirect("course_topics", pk)
    context = shown(request, course, form=form)
    return render(request, "trainings/courses/course_topics.html", context, status=form.status)
