"""The papers of a course, listed with what they lack, and taken as Word or Excel."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thanhsen import events
from thanhsen.downloads import attachment
from thanhsen.papers.wording import ascii_name
from thanhsen.permissions import Permission, requires
from trainings.exchange.papers import PAPERS
from trainings.models import Course
from trainings.views.attendance.loading import shown
from trainings.views.loading import governed_course


@require_safe
@requires(Permission.MANAGE_COURSES)
def course_papers(request, pk):
    course = governed_course(request, pk)
    papers = [(each, each.missing(course)) for each in PAPERS.values()]
    return render(request, "trainings/results/papers.html", shown(request, course, papers=papers))


@require_safe
@requires(Permission.MANAGE_COURSES)
def course_paper(request, pk, key):
    course = governed_course(request, pk)
    if (paper := PAPERS.get(key)) is None:
        raise Http404
    content = paper.write(course)
    events.read(
        by=request.user, act="training_paper.export", of=Course, ids=[pk], name=f"{paper.name}: {course}"
    )
    name = f"{paper.key}-{ascii_name(course.code)}.{paper.ending}"
    return attachment(content, name, paper.content_type)
