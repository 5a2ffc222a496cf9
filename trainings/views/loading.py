"""The course a page is about, as far as the reader may see it, and what every page of it shows."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from trainings.models import Course
from trainings.views.tabs import tabs


def course_of(request: HttpRequest, pk: int) -> Course:
    """A course of the reader's wards, or 404."""
    return get_object_or_404(Course.objects.visible_to(request.user).select_related("ward"), pk=pk)


def governed_course(request: HttpRequest, pk: int) -> Course:
    """A course of a ward that lies wholly in the reader's areas, or 404: whoever changes it or reads its people."""
    return get_object_or_404(Course.objects.governed_by(request.user).select_related("ward"), pk=pk)


def shown(request: Any, course: Course, *, tab_of: str = "", **context: Any) -> dict[str, Any]:
    """The context of a page of a course. `tab_of`: the address whose tab is the current one, where it is not the page's."""
    return {"course": course, "tabs": tabs(request.user, tab_of or request.path, course), **context}
