"""What may be right about a session and is told: a small hall, a holiday, a day outside the course."""

from django.utils.timezone import localdate

from thanhsen.models import Holiday
from trainings.actions.courses.slots import day_named
from trainings.models import Session, TrainingClass, Venue


def small_hall(held: TrainingClass, venue: Venue | None) -> str:
    """The sentence, or "" where everyone has a seat."""
    if venue is None or venue.capacity >= held.capacity:
        return ""
    return f"{venue} có {venue.capacity} chỗ, ít hơn {held.capacity} chỗ của {held}."


def remarks_on(session: Session) -> list[str]:
    course, day = session.training_class.course, localdate(session.starts_at)
    told = [small_hall(session.training_class, session.venue)]
    if not course.starts_on <= day <= course.ends_on:
        span = f"{course.starts_on:%d/%m/%Y} – {course.ends_on:%d/%m/%Y}"
        told.append(f"Ngày học {day_named(day)} nằm ngoài thời gian của khoá ({span}).")
    holiday = Holiday.objects.filter(date=day, kind=Holiday.Kind.OFF).first()
    if holiday:
        told.append(f"Ngày học {day_named(day)} là ngày nghỉ: {holiday.name}.")
    return [each for each in told if each]
