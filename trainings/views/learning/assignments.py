"""The assignments of a class on one page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from thanhsen import events
from thanhsen.addresses import key, typed
from thanhsen.permissions import Permission, requires
from trainings.actions.learning.assignments import save_assignments
from trainings.forms.learning.assignments import AssignmentLine
from trainings.models import Course, Trainee
from trainings.reports.learning import results as report
from trainings.views.loading import governed_course, shown

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TAKE_ATTENDANCE)
def assignments(request, pk):
    """Received, passed, remark: a line a trainee."""
    course = governed_course(request, pk)
    classes, held = report.class_of(course, key(request, "lop"))
    people = report.people(course, held).select_related("unit", "assignment")
    page = Paginator(people, PAGE).get_page(typed(request, "trang"))
    data = request.POST if request.method == "POST" else None
    lines = [AssignmentLine(data, trainee=each, stored=getattr(each, "assignment", None)) for each in page]
    if request.method == "POST" and _saved(request, course, lines):
        return redirect(request.get_full_path())
    ids = [each.pk for each in page]
    events.read(by=request.user, act="roster.view", of=Trainee, ids=ids, name=course.name)
    context = shown(
        request, course, classes=classes, held=held,
        page=page, lines=lines,
    )  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "trainings/learning/assignments.html", context, status=status)


def _saved(request, course: Course, lines: list[AssignmentLine]) -> bool:
    if not all([each.is_valid() for each in lines]):
        messages.error(request, "Chưa ghi dòng nào: xem dòng có chữ đỏ, sửa rồi bấm lại.")
        return False
    try:
        count = save_assignments(
            by=request.user, course=course, lines={each.trainee.pk: each.said for each in lines}
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, f"Đã ghi {count} bài." if count else "Không có gì thay đổi.")
    return True
