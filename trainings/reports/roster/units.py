"""Units of a course: what each was asked to send, whom it sent, what is missing."""

from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from trainings.models import Course, Quota, Trainee, Unit

State = Trainee.State
EMPTY, SHORT, REST = 0, 1, 2


def units_of(course: Course) -> QuerySet[Any]:
    """The units of the ward in use, and others that were asked or sent somebody; each with `quota` (None: not asked),
    `sent`, `waiting`, `missing` (of the quota) and `rank`: who sent nobody though asked (0) stands first, then who sent
    too few (1)."""
    people = Trainee.objects.filter(course=course, unit=OuterRef("pk")).order_by().values("unit")

    def count(state: str) -> Any:
        found = people.filter(state=state).annotate(count=Count("pk")).values("count")
        return Coalesce(Subquery(found, output_field=IntegerField()), 0)

    quota = Quota.objects.filter(course=course, unit=OuterRef("pk")).values("seats")
    found = Unit.objects.filter(ward=course.ward_id).annotate(
        quota=Subquery(quota, output_field=IntegerField()),
        sent=count(State.ENROLLED),
        waiting=count(State.WAITING),
    )
    found = found.filter(Q(ended_on=None) | Q(sent__gt=0) | Q(waiting__gt=0) | Q(quota__isnull=False))
    found = found.annotate(
        missing=Greatest(Coalesce("quota", 0) - F("sent"), 0),
        rank=Case(
            When(quota__gt=0, sent=0, then=Value(EMPTY)), When(quota__gt=F("sent"), then=Value(SHORT)),
            default=Value(REST),
        ),
    )  # fmt: skip
    return found.order_by("rank", "sort_key", "pk")


def totals_of(found: QuerySet[Any]) -> dict[str, int]:
    """`asked`, `sent`, `waiting`, `missing` over all units, how many are `empty` (asked, nobody) and `silent` (not
    asked, nobody)."""
    return found.order_by().aggregate(
        units=Count("pk"),
        asked=Coalesce(Sum("quota"), 0),
        people=Coalesce(Sum("sent"), 0),
        queue=Coalesce(Sum("waiting"), 0),
        short=Coalesce(Sum("missing"), 0),
        empty=Count("pk", filter=Q(rank=EMPTY)),
        silent=Count("pk", filter=Q(quota=None, sent=0)),
    )
