"""The session a page is about, and what every page of attendance shows."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from trainings.models import Session
from trainings.views.loading import shown


def session_of(request: HttpRequest, course: int, pk: int) -> Session:
    """A session of a course of the reader's wards, or 404."""
    found = Session.objects.governed_by(request.user).filter(training_class__course=course)
    return get_object_or_404(
        found.select_related("training_class__course__ward", "topic", "venue", "speaker"), pk=pk
    )


def of_session(request: Any, session: Session, **context) -> dict:
    return shown(request, session.training_class.course, session=session, **context)
