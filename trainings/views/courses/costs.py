"""Planned and used cost of a course: one grid, saved as a whole."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from thanhsen.concurrency import Stale
from thanhsen.permissions import Permission, requires
from trainings.actions.courses import offered
from trainings.actions.courses.costs import save_costs
from trainings.forms.courses.costs import CostGrid
from trainings.reports.courses import costs as report
from trainings.views.loading import governed_course, shown


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_COURSES)
def course_costs(request, pk):
    course = governed_course(request, pk)
    grid, refused, status = CostGrid(course, request.POST or None), [], 200
    if request.method == "POST":
        try:
            if grid.is_valid():
                count = save_costs(by=request.user, course=course, lines=grid.lines)
                messages.success(request, f"Đã lưu {count} dòng." if count else "Không có dòng nào thay đổi.")
                return redirect("course_costs", pk)
            status = 422
        except ValidationError as error:
            refused, status = error.messages, 422
        except Stale as stale:
            refused = [
                f"Chưa lưu gì: người khác vừa sửa dòng “{stale.record}”. Tải lại trang để xem số mới rồi sửa."
            ]
            status = 409
    context = shown(
        request, course, grid=grid, refused=refused, totals=report.totals(course),
        counted=report.counted(course), citations=offered.citations(),
    )  # fmt: skip
    return render(request, "trainings/courses/costs.html", context, status=status)
