"""The papers of a course, listed with what they lack, and taken as Word or Excel: with a reason where they name people."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from thanhsen import events
from thanhsen.downloads import attachment
from thanhsen.papers.wording import ascii_name
from thanhsen.permissions import Permission, requires
from trainings.exchange.papers import PAPERS, Paper
from trainings.forms.results import PaperForm
from trainings.models import Course, Trainee
from trainings.views.loading import governed_course, shown

acts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.MANAGE_COURSES)
def course_papers(request, pk):
    course = governed_course(request, pk)
    papers = [(each, each.missing(course)) for each in PAPERS.values()]
    return render(request, "trainings/results/papers.html", shown(request, course, papers=papers))


@acts
@requires(Permission.MANAGE_COURSES)
def course_paper(request, pk, key):
    """The file at once where it names nobody; otherwise what is asked before it leaves, then the file."""
    course = governed_course(request, pk)
    if (paper := PAPERS.get(key)) is None:
        raise Http404
    if not paper.names_people:
        events.read(
            by=request.user, act="training_paper.export", of=Course, ids=[pk], name=_name(paper, course)
        )
        return _sent(paper, course, paper.write(course))
    form = PaperForm(request.POST or None, course=course, of_unit=paper.of_unit)
    if request.method == "POST" and form.carried_out(lambda **asked: _taken(request, paper, course, **asked)):
        return form.result
    context = shown(request, course, paper=paper, missing=paper.missing(course), form=form)
    return render(request, "trainings/results/paper.html", context, status=form.status)


def _taken(request, paper: Paper, course: Course, reason: str, **asked: Any) -> HttpResponse:
    content = paper.write(course, **asked)
    ids = list(paper.people(course, **asked)) if paper.people else []
    unit = asked.get("unit")
    events.read(
        by=request.user, act="training_paper.export", of=Trainee, ids=ids, name=_name(paper, course), reason=reason,
        after={"people": len(ids)} | ({"unit": unit.name} if unit else {}),
    )  # fmt: skip
    return _sent(paper, course, content)


def _name(paper: Paper, course: Course) -> str:
    return f"{paper.name}: {course}"


def _sent(paper: Paper, course: Course, content: bytes) -> HttpResponse:
    return attachment(content, f"{paper.key}-{ascii_name(course.code)}.{paper.ending}", paper.content_type)
