"""The figures of a course, the courses side by side, and what officers learned beside how they survey."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from thanhsen import events
from thanhsen.permissions import Permission, requires
from trainings.models import Course, Trainee
from trainings.reports import beside_surveys, comparison, results
from trainings.views.loading import governed_course, shown


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def course_report(request, pk):
    course = governed_course(request, pk)
    found = results.of_course(course)
    return render(request, "trainings/results/report.html", shown(request, course, found=found))


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def course_comparison(request):
    return render(
        request,
        "trainings/results/comparison.html",
        {"lines": comparison.side_by_side(Course.objects.governed_by(request.user))},
    )


@require_safe
@requires(Permission.COMPARE_LEARNING)
def learning_comparison(request):
    """For the supervisor alone: to help, not to rank."""
    found = beside_surveys.compared(request.user)
    ids = [each.trainee.pk for each in found.officers]
    events.read(by=request.user, act="learning.compare", of=Trainee, ids=ids, name=str(found.newest or ""))
    return render(
        request, "trainings/results/learning.html", {"found": found, "fewest": beside_surveys.FEWEST}
    )
