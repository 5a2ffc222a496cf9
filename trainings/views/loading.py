"""The course a page is about, as far as the reader may see it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from trainings.models import Course


def course_of(request: HttpRequest, pk: int) -> Course:
    """A course of the reader's wards, or 404."""
    return get_object_or_404(Course.objects.visible_to(request.user).select_related("ward"), pk=pk)


def governed_course(request: HttpRequest, pk: int) -> Course:
    """A course of a ward that lies wholly in the reader's areas, or 404: whoever changes it or reads its people."""
    return get_object_or_404(Course.objects.governed_by(request.user).select_related("ward"), pk=pk)
