"""Whom a paper names: the ids of trainees that the trail keeps when it leaves the portal."""

from collections.abc import Iterable

from trainings.models import Course, Mark, RosterVersion, Trainee, TrainingCertificate, Unit


def enrolled(course: Course, unit: Unit | None = None) -> Iterable[int]:
    found = Trainee.objects.enrolled().filter(course=course)
    return _ids(found.filter(unit=unit) if unit else found)


def in_classes(course: Course) -> Iterable[int]:
    return _ids(Trainee.objects.enrolled().filter(course=course).exclude(training_class=None))


def decided(course: Course) -> Iterable[int]:
    """On the newest frozen list; before the first one, whoever is enrolled."""
    frozen = RosterVersion.objects.filter(course=course).newest_first().first()
    return [line["trainee"] for line in frozen.lines] if frozen else enrolled(course)


def attended(course: Course) -> Iterable[int]:
    came = Mark.objects.attended().filter(trainee__course=course).values("trainee")
    return _ids(Trainee.objects.enrolled().filter(pk__in=came))


def certified(course: Course) -> Iterable[int]:
    return TrainingCertificate.objects.filter(course=course).order_by("pk").values_list("trainee", flat=True)


def _ids(found) -> Iterable[int]:
    return found.order_by("pk").values_list("pk", flat=True)
