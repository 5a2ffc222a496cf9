"""Forms 10 and 11: why households are poor, and what their children lack."""

from psycopg.sql import SQL, Literal

from households.models import Cause
from households.poverty import Classification
from households.reports.held import Figure, of_class

LISTED = (Classification.POOR, Classification.NEAR_POOR)
UNEXPLAINED = "unexplained"
CHILDREN = {
    "children": SQL("held.children"),
    "unhealthy": SQL("held.children_unhealthy"),
    "unschooled": SQL("held.children_unschooled"),
}


def causes(of: Classification | None = None) -> dict[str, Figure]:
    """Households of one class, or of both, by cause (`Cause` code); `unexplained` have none written down."""
    whole = of_class(of) if of else of_class(*LISTED)
    return {
        **{
            each.value: whole.narrowed(SQL("{} = ANY(held.causes)").format(Literal(each.value)))
            for each in Cause
        },
        UNEXPLAINED: whole.narrowed(SQL("held.causes = '{{}}'").format()),
    }


def children(of: Classification) -> dict[str, Figure]:
    """Children (under 16) of the households of a class: all, those lacking health, those lacking schooling."""
    whole = of_class(of)
    return {
        key: Figure(SQL("{} AND {} > 0").format(whole.where, weight), weight)
        for key, weight in CHILDREN.items()
    }
