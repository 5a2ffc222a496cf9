"""Form 1: how many households and people of each class there are at the end of the year."""

from collections.abc import Sequence

from households.poverty import Classification
from households.reports.held import Basis, Scope, both, count, of_class
from households.reports.rows import Figures, Period, Unit

CLASSES = (Classification.POOR, Classification.NEAR_POOR, Classification.AVERAGE)
WANTED = both({each.value: of_class(each) for each in CLASSES})


def closing_stock(units: Sequence[Unit], period: Period, basis: Basis = Basis.OFFICIAL) -> Figures:
    """Per tổ dân phố (id) the households and people of each class, by the statuses in force on 31/12. One query.

    Keys: `<class>` counts households, `<class>_people` people, for poor, near_poor and average (hộ nông, lâm,
    ngư, diêm nghiệp có mức sống trung bình). A tổ dân phố without any is absent.
    """
    return count(Scope(tuple(units), period, basis), WANTED, of_class(*CLASSES))
