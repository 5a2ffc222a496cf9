"""`held`: the statuses that reports read, as a relation of SQL; and counting over it.

Official figures rest on decisions alone. A preliminary report (sơ bộ) is asked for while the review runs: there, what
the approved sheets of the year propose stands for the decision that has not come yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Composable, Identifier, Literal

from households.models.profile import PROFILE
from households.poverty import Classification
from households.reports.rows import Figures, Period, Unit, area_ids


class Basis(StrEnum):
    """What a report rests on."""

    OFFICIAL = "official"
    PRELIMINARY = "preliminary"

    @property
    def label(self) -> str:
        return "chính thức" if self is Basis.OFFICIAL else "sơ bộ"


_KEPT = SQL(", ").join(
    map(Identifier, ("household_id", "area_id", "classification", "size", "lacking", "standard_id", *PROFILE))
)
_PROFILE = SQL(", ").join(SQL("score.{}").format(Identifier(name)) for name in PROFILE)

# NOT MATERIALIZED, so that its readers use the indexes.
_DECIDED = SQL(
    "held AS NOT MATERIALIZED (SELECT {kept}, valid_from, valid_to, end_reason FROM households_status WHERE voided_at IS NULL)"
).format(kept=_KEPT)

# The newest survey of a household counts, and proposes something until it is decided. Its class holds from the closing
# day on.
_PROPOSED = SQL("""
newest AS MATERIALIZED (
    SELECT DISTINCT ON (sheet.household_id)
           sheet.state, sheet.household_id, household.area_id, score.classification,
           jsonb_array_length(sheet.facts->'people')::smallint AS size, score.lacking, score.standard_id, {profile}
      FROM households_sheet sheet
      JOIN households_round round ON round.id = sheet.round_id AND round.year = %(year)s
      JOIN households_household household ON household.id = sheet.household_id AND (household.closed_date IS NULL OR household.closed_date > %(closing)s)
      JOIN households_score score ON score.id = sheet.score_id
     WHERE sheet.state IN ('approved', 'agreed', 'posted', 'contested', 'reported', 'decided', 'certified')
       AND household.area_id = ANY(%(areas)s)
     ORDER BY sheet.household_id, sheet.surveyed_on DESC, sheet.id DESC
), proposed AS MATERIALIZED (
    SELECT * FROM newest WHERE state NOT IN ('decided', 'certified')
), held AS NOT MATERIALIZED (
    SELECT {kept}, valid_from,
           CASE WHEN proposed.household_id IS NULL THEN valid_to ELSE LEAST(valid_to, %(closing)s) END AS valid_to,
           CASE WHEN proposed.household_id IS NULL OR valid_to <= %(closing)s THEN end_reason ELSE 'new_decision' END AS end_reason
      FROM households_status status LEFT JOIN proposed USING (household_id)
     WHERE status.voided_at IS NULL AND (proposed.household_id IS NULL OR status.valid_from < %(closing)s)
     UNION ALL
    SELECT {own}, %(closing)s::date, NULL::date, '' FROM proposed
)""").format(
    profile=_PROFILE,
    kept=SQL(", ").join(
        SQL("status.{}").format(Identifier(name)) if name != "household_id" else Identifier(name)
        for name in ("household_id", "area_id", "classification", "size", "lacking", "standard_id", *PROFILE)
    ),
    own=_KEPT,
)
RELATION = {Basis.OFFICIAL: _DECIDED, Basis.PRELIMINARY: _PROPOSED}
ON_THE_LAST_DAY = SQL(
    "held.valid_from <= %(closing)s AND (held.valid_to IS NULL OR held.valid_to > %(closing)s) AND held.area_id = ANY(%(areas)s)"
)


@dataclass(frozen=True)
class Scope:
    """The tổ dân phố, the year and the basis of a report."""

    units: tuple[Unit, ...]
    period: Period
    basis: Basis = Basis.OFFICIAL

    @property
    def parameters(self) -> dict[str, Any]:
        """Of every query over the relation."""
        return {
            "areas": area_ids(self.units),
            "year": self.period.year,
            "opening": self.period.opening,
            "closing": self.period.closing,
        }


@dataclass(frozen=True)
class Figure:
    """A figure: which rows of `held` it counts, and what each of them adds; None counts households."""

    where: Composable
    weight: Composable | None = None

    def narrowed(self, where: Composable) -> "Figure":
        return Figure(SQL("{} AND {}").format(self.where, where), self.weight)

    @property
    def column(self) -> Composable:
        if self.weight is None:
            return SQL("count(*) FILTER (WHERE {})").format(self.where)
        return SQL("COALESCE(sum({}) FILTER (WHERE {}), 0)").format(self.weight, self.where)


PEOPLE = SQL("held.size")


def of_class(*classes: Classification) -> Figure:
    listed = SQL(", ").join(Literal(each.value) for each in classes)
    return Figure(SQL("held.classification IN ({})").format(listed))


def both(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """The same figures in households and, with `_people` after their key, in people."""
    people = {f"{key}_people": Figure(each.where, PEOPLE) for key, each in figures.items()}
    return {**figures, **people}


def count(scope: Scope, wanted: Mapping[str, Figure], among: Figure | None = None) -> Figures:
    """Per tổ dân phố (id) each figure on the closing day; a tổ dân phố without any row is absent. One query.

    `among`: what every row counted has in common, so that fewer are read.
    """
    columns = SQL(", ").join(each.column for each in wanted.values())
    query = SQL(
        "WITH {relation} SELECT held.area_id, {columns} FROM held WHERE {day} AND {among} GROUP BY held.area_id"
    )
    rows = run(scope, query, columns=columns, among=among.where if among else SQL("true"))
    return {area: dict(zip(wanted, map(int, values), strict=True)) for area, *values in rows}


Members = dict[int, dict[str, list[int]]]  # area id → figure → the households it counts, by id


def members(scope: Scope, wanted: Mapping[str, Figure]) -> Members:
    """Per tổ dân phố (id) the households that each figure counts. One query."""
    columns = SQL(", ").join(
        SQL("array_agg(held.household_id ORDER BY held.household_id) FILTER (WHERE {})").format(each.where)
        for each in wanted.values()
    )
    query = SQL("WITH {relation} SELECT held.area_id, {columns} FROM held WHERE {day} GROUP BY held.area_id")
    rows = run(scope, query, columns=columns)
    return {area: {key: ids or [] for key, ids in zip(wanted, found, strict=True)} for area, *found in rows}


def run(
    scope: Scope, query: SQL, parameters: Mapping[str, Any] | None = None, **parts: Composable
) -> list[tuple[Any, ...]]:
    """The rows of a query in which {relation} and {day} stand for the relation and its closing day."""
    made = query.format(relation=RELATION[scope.basis], day=ON_THE_LAST_DAY, **parts)
    with connection.cursor() as cursor:
        cursor.execute(made, {**scope.parameters, **(parameters or {})})
        return cursor.fetchall()
