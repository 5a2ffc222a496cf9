"""What was asked and shared: of a course, and the ward's knowledge base."""

from typing import Any

from households import guidance
from thanhsen.models import User
from trainings.models import Contribution, Course, Session

STATES = {"cho": "Chờ trả lời", "da": "Đã trả lời, chưa đưa lên", "len": "Đã đưa lên"}


def steps() -> list[tuple[str, str]]:
    """(key, title) of the steps of the review, in their order."""
    return [(each.key, each.title) for each in guidance.steps().values()]


def of_course(course: Course, *, session: Any = None, kind: str = "", state: str = ""):
    """Everything said in the course, the newest first."""
    found = Contribution.objects.filter(course=course)
    if session is not None:
        found = found.filter(session=session)
    if kind:
        found = found.filter(kind=kind)
    if state == "cho":
        found = found.unanswered().filter(published_at=None)
    elif state == "da":
        found = found.filter(published_at=None).exclude(kind="question", answer="")
    elif state == "len":
        found = found.published()
    return found.select_related("session__training_class", "topic", "trainee").newest_first()


def sessions(course: Course):
    """Those in which something is said, discussions first."""
    found = (
        Session.objects.taking_place().filter(training_class__course=course).select_related("training_class")
    )
    return found.order_by("starts_at", "training_class__number", "pk")


def knowledge(user: User, *, text: str = "", topic: Any = None, step: str = "", kind: str = ""):
    """What was put up in the reader's wards, the newest first; nothing of who asked is read."""
    found = Contribution.objects.visible_to(user).published()
    if topic is not None:
        found = found.filter(topic=topic)
    if step:
        found = found.filter(step=step)
    if kind:
        found = found.filter(kind=kind)
    return found.search(text).defer("trainee", "made_by", "session").select_related("topic").newest_first()
