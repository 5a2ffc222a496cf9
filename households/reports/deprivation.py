"""Forms 4–7: which indicators the poor and the near-poor households lack at the end of the year."""

from django.db.models import Count, F, Func, IntegerField, Q, Sum

from households.models import Status
from households.poverty import Classification, Standard
from households.reports.rows import Figures, Period, Unit

HOUSEHOLDS = "households"
LACKING = "lacking_in_all"
ELSEWHERE = "by_another_standard"


def lacking(units: list[Unit], period: Period, of: Classification, standard: Standard) -> Figures:
    """Per tổ dân phố (id) the households of class `of` that lack each indicator of `standard`. One query.

    Keys: the indicator codes; `households`, all of the class; `lacking_in_all`, the sum of their indicators;
    `by_another_standard`, households whose status was decided by another standard, with other indicators.
    """
    counts = {
        code: Count("pk", filter=Q(lacking__contains=[code], standard_id=standard.id))
        for code in standard.codes
    }
    size = Func(F("lacking"), function="cardinality", output_field=IntegerField())
    rows = (
        Status.objects.on(period.closing)
        .filter(area__in=[unit.id for unit in units], classification=of.value)
        .values(place=F("area"))
        .annotate(
            **{HOUSEHOLDS: Count("pk"), LACKING: Sum(size, default=0)},
            **{ELSEWHERE: Count("pk", filter=~Q(standard_id=standard.id))},
            **counts,
        )
        .order_by()
    )
    return {row.pop("place"): row for row in rows}
