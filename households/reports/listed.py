"""Forms 14 and 15: the households of a class with their people, one after another and never all in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from json import loads

from django.db import connection
from psycopg.sql import SQL

from households.models.people import NOT_A_MINORITY
from households.poverty import Classification
from households.poverty.movement import OTHER
from households.reports.held import ON_THE_LAST_DAY, RELATION, Scope

CHUNK = 2000  # households fetched at a time

# How a household stands to the list it is on: since the year before, back on it, or for the first time.
HOW = {
    "old": "Cũ",
    "returned": "Tái",
    "new": "Mới",
    "from_other": "Mới (từ {other})",
    "arrived": "Chuyển đến",
}
GROUPS = {
    "minority": "dân tộc thiểu số",
    "no_labour": "không có khả năng lao động",
    "merit": "người có công",
    "social_protection": "bảo trợ xã hội",
    "female_head": "chủ hộ là nữ",
}

_ENTRIES = SQL("""
WITH {relation}
SELECT held.area_id, held.household_id, household.code, household.head_name, held.size, held.standard_id, held.lacking, held.ethnicity,
       held.no_labour, held.merit, held.social_protection, held.head_sex = 'female',
       CASE WHEN o.area_id <> held.area_id THEN 'arrived'
            WHEN o.classification = %(class)s THEN 'old'
            WHEN o.classification = %(other)s THEN 'from_other'
            WHEN household.opened_reason IN ('moved_in', 'split')
                 AND household.opened_date BETWEEN %(opening)s AND %(closing)s THEN 'arrived'
            WHEN EXISTS (SELECT 1 FROM held s WHERE s.household_id = held.household_id AND s.classification = %(class)s
                            AND s.valid_from < %(opening)s AND s.end_reason <> 'mistake') THEN 'returned'
            ELSE 'new' END,
       there.people
  FROM held
  JOIN households_household household ON household.id = held.household_id
  LEFT JOIN held o ON o.household_id = held.household_id
       AND o.valid_from <= %(opening)s AND (o.valid_to IS NULL OR o.valid_to > %(opening)s)
 CROSS JOIN LATERAL (
       SELECT COALESCE(jsonb_agg(jsonb_build_array(full_name, sex, birth_year, ethnicity, relationship)
                ORDER BY relationship <> 'head', relationship <> 'spouse', birth_year, birth_date NULLS FIRST, id), '[]') AS people
         FROM households_member
        WHERE household_id = held.household_id AND (joined_date IS NULL OR joined_date <= %(closing)s)
          AND (left_date IS NULL OR left_date > %(closing)s)) AS there
 WHERE {day} AND held.classification = %(class)s
 ORDER BY array_position(%(areas)s, held.area_id), household.sort_key, household.code
 LIMIT %(limit)s OFFSET %(start)s
""")


@dataclass(frozen=True)
class Person:
    name: str
    sex: str
    birth_year: int
    ethnicity: str
    relationship: str


@dataclass(frozen=True)
class Entry:
    """One household as decided, with the people the register has on the closing day. `how`: a key of `HOW`;
    `groups`: keys of `GROUPS`; `lacking`: indicator codes of `standard_id`; `size`: people as decided."""

    area: int
    household: int
    code: str
    head: str
    size: int
    standard_id: str
    lacking: tuple[str, ...]
    groups: tuple[str, ...]
    how: str
    people: tuple[Person, ...]


def entries(scope: Scope, of: Classification, *, start: int = 0, limit: int | None = None) -> Iterator[Entry]:
    """The households of a class on the closing day, by tổ dân phố and in Vietnamese order; streamed."""
    query = _ENTRIES.format(relation=RELATION[scope.basis], day=ON_THE_LAST_DAY)
    named = {"class": of.value, "other": OTHER[of].value, "start": start, "limit": limit}
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, {**scope.parameters, **named})
        # fetchmany: an iterator over the cursor that is let go of would close it.
        while rows := cursor.fetchmany(CHUNK):
            yield from map(_entry, rows)


def _entry(row: tuple) -> Entry:
    area, household, code, head, size, standard, lacking, ethnicity, *flags, how, people = row
    minority = ethnicity != "" and ethnicity not in NOT_A_MINORITY
    groups = tuple(key for key, is_one in zip(GROUPS, (minority, *flags), strict=True) if is_one)
    return Entry(
        area,
        household,
        code,
        head,
        size,
        standard,
        tuple(lacking),
        groups,
        how,
        tuple(Person(*each) for each in loads(people)),
    )
