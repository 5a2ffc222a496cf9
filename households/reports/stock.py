"""Form 1: how many households and people of each class there are at the end of the year."""

from django.db.models import Count, Q, Sum

from households.models import Status
from households.poverty import Classification
from households.reports.rows import Figures, Period, Unit

CLASSES = (Classification.POOR, Classification.NEAR_POOR, Classification.AVERAGE)


def closing_stock(units: list[Unit], period: Period) -> Figures:
    """Per tổ dân phố (id) the households and people of each class, by the statuses in force on 31/12. One query.

    Keys: `<class>` counts households, `<class>_people` people, for poor, near_poor and average (hộ nông, lâm,
    ngư, diêm nghiệp có mức sống trung bình). A tổ dân phố without any is absent.
    """
    counts = {each.value: Count("pk", filter=Q(classification=each.value)) for each in CLASSES}
    people = {
        f"{each.value}_people": Sum("size", filter=Q(classification=each.value), default=0)
        for each in CLASSES
    }
    rows = (
        Status.objects.on(period.closing)
        .filter(area__in=[unit.id for unit in units])
        .values("area")
        .annotate(**counts, **people)
        .order_by()
    )
    return {row.pop("area"): row for row in rows}
