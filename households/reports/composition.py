"""Forms 8, 9, 12 and 13: who the poor and the near-poor are, by groups that overlap and by the head's ethnicity."""

from psycopg.sql import SQL, Literal

from households.models.people import KINH, NOT_A_MINORITY, Ethnicity
from households.poverty import Classification
from households.reports.held import Figure, Scope, both, of_class, run
from households.reports.rows import Figures

LISTED = (Classification.POOR, Classification.NEAR_POOR)
MINORITY = SQL("held.ethnicity <> '' AND held.ethnicity NOT IN ({})").format(
    SQL(", ").join(map(Literal, sorted(NOT_A_MINORITY)))
)
GROUPS = {
    "minority": MINORITY,
    "no_labour": SQL("held.no_labour"),
    "merit": SQL("held.merit"),
    "other": SQL("NOT ({} OR held.no_labour OR held.merit)").format(MINORITY),
}
FEMALE_HEAD = SQL("held.head_sex = 'female'")
OTHERS = "others"  # foreigners, and heads whose ethnicity is not known


def by_group(of: Classification) -> dict[str, Figure]:
    """`<class>` and `<class>_<group>`, in households and in people. `other`: none of the three groups."""
    whole = of_class(of)
    return both(
        {of.value: whole, **{f"{of.value}_{name}": whole.narrowed(where) for name, where in GROUPS.items()}}
    )


def results(of: Classification) -> dict[str, Figure]:
    """What forms 12 and 13 count of one class; `people` are those of all its households."""
    whole = of_class(of)
    parts = {
        "kinh": SQL("held.ethnicity = {}").format(Literal(KINH)),
        "minority": MINORITY,
        "merit": SQL("held.merit"),
        "no_labour": SQL("held.no_labour"),
        "female_head": FEMALE_HEAD,
    }
    counted = {
        "households": whole,
        **{name: whole.narrowed(where) for name, where in parts.items()},
    }
    return {**counted, "people": Figure(whole.where, SQL("held.size"))}


def ethnic_figure(key: str) -> Figure:
    """What is behind a key of `by_ethnicity`."""
    classification, _, group = key.rpartition("-")
    whole = of_class(Classification(classification))
    if group == "all":
        return whole
    if group == "not_kinh":
        return whole.narrowed(SQL("held.ethnicity <> {}").format(Literal(KINH)))
    if group == OTHERS:
        return whole.narrowed(SQL("held.ethnicity IN ('', '55', '99')"))
    return whole.narrowed(SQL("held.ethnicity = {}").format(Literal(group)))


def by_ethnicity(scope: Scope) -> Figures:
    """Per tổ dân phố (id) the households by the head's ethnicity. One query.

    Keys: `<class>-all`, `<class>-not_kinh`, `<class>-<code>` for each of the 54 groups, `<class>-others`.
    """
    query = SQL(
        "WITH {relation} SELECT held.area_id, held.classification, held.ethnicity, count(*) FROM held "
        "WHERE {day} AND {among} GROUP BY 1, 2, 3"
    )
    found: Figures = {}
    none = dict.fromkeys(ethnic_keys(), 0)
    for area, classification, code, households in run(scope, query, among=of_class(*LISTED).where):
        line = found.setdefault(area, none.copy())
        group = OTHERS if code in {"", "55", "99"} else code
        keys = ["all", group] + (["not_kinh"] if code != KINH else [])
        for key in keys:
            line[f"{classification}-{key}"] += households
    return found


def ethnic_keys() -> list[str]:
    codes = [code for code in Ethnicity.values if code not in {"55", "99"}]
    return [f"{of.value}-{key}" for of in LISTED for key in ("all", "not_kinh", *codes, OTHERS)]
