"""Forms 4–7: which indicators the poor and the near-poor households lack at the end of the year."""

from collections.abc import Sequence

from psycopg.sql import SQL, Literal

from households.poverty import Classification, Standard
from households.reports.held import Basis, Figure, Scope, count, of_class
from households.reports.rows import Figures, Period, Unit

HOUSEHOLDS = "households"
LACKING = "lacking_in_all"
ELSEWHERE = "by_another_standard"


def wanted(of: Classification, standard: Standard) -> dict[str, Figure]:
    """The figures by key: the indicator codes; `households`, all of the class; `lacking_in_all`, the sum of their
    indicators; `by_another_standard`, households whose status was decided by another standard, with other indicators.
    """
    all_of_them = of_class(of)
    by_this = SQL("held.standard_id = {}").format(Literal(standard.id))
    return {
        HOUSEHOLDS: all_of_them,
        **{code: all_of_them.narrowed(SQL("{} AND {} = ANY(held.lacking)").format(by_this, Literal(code))) for code in standard.codes},
        LACKING: Figure(all_of_them.where, SQL("cardinality(held.lacking)")),
        ELSEWHERE: all_of_them.narrowed(SQL("NOT {}").format(by_this)),
    }  # fmt: skip


def lacking(
    units: Sequence[Unit],
    period: Period,
    of: Classification,
    standard: Standard,
    basis: Basis = Basis.OFFICIAL,
) -> Figures:
    """Per tổ dân phố (id) the households of class `of` that lack each indicator of `standard`; keys as in `wanted`.
    One query."""
    return count(Scope(tuple(units), period, basis), wanted(of, standard), of_class(of))
