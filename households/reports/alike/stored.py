"""The pairs of a list and the register, and of the register itself: found in SQL by what is indexed, then compared.

Every pair `compare` tells shares one of the blocks below, so that SQL only has to find a superset of them. The
register is asked by a number, by the words of the name with the year, or by the tổ dân phố with the year: what one
row costs does not grow with the register, but with how many people share that.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter

from django.db import connection, transaction
from psycopg import sql

from households.reports.alike.comparing import Pair, Person, compare
from households.reports.alike.listed import CROWD
from thanhsen.models import Area, User
from thanhsen.vietnamese import clean

# What is looked for: one row a person, `at` its place in the list.
_WANTED = sql.SQL("""
CREATE TEMPORARY TABLE alike_wanted (
    at int, full_name text, cccd text, old_id text, area_id bigint, birth_year int, birth_date date,
    words text GENERATED ALWAYS AS (name_words(full_name)) STORED,
    plain text GENERATED ALWAYS AS (fold(full_name)) STORED,
    given text GENERATED ALWAYS AS (split_part(fold(full_name), ' ', -1)) STORED
) ON COMMIT DROP
""")
_COPY = sql.SQL("COPY alike_wanted (at, full_name, cccd, old_id, area_id, birth_year, birth_date) FROM STDIN")
_REGISTERED = sql.SQL("""
SELECT m.id AS at, m.cccd, m.old_id, h.area_id, m.birth_year, m.birth_date,
       name_words(m.full_name) AS words, fold(m.full_name) AS plain, split_part(fold(m.full_name), ' ', -1) AS given
FROM households_member m JOIN households_household h ON h.id = m.household_id
WHERE m.left_date IS NULL AND h.closed_date IS NULL AND h.area_id = ANY(%(near)s)
""")
# Two names one letter apart have either the given name, the last word, in common or all before it. LATERAL with a
# LIMIT or OFFSET keeps the planner at the index, row by row: it would read the whole register for a short list.
_MET = sql.SQL("""
WITH wanted AS {kept} ({wanted}), met AS (
    {numbered}
    SELECT w.at, m.id FROM wanted w
      JOIN households_member m ON m.old_id = w.old_id AND m.old_id <> '' AND m.left_date IS NULL
    UNION
    SELECT w.at, m.id FROM wanted w
     CROSS JOIN LATERAL (SELECT m.id, m.household_id, m.birth_date FROM households_member m
                          WHERE name_words(m.full_name) = w.words AND m.left_date IS NULL
                            AND m.birth_year BETWEEN w.birth_year - 1 AND w.birth_year + 1 OFFSET 0) m
     CROSS JOIN LATERAL (SELECT area_id FROM households_household WHERE id = m.household_id LIMIT 1) h
     WHERE h.area_id = w.area_id OR m.birth_date = w.birth_date
    UNION
    SELECT w.at, m.id FROM wanted w
      JOIN households_member m ON name_words(m.full_name) = w.words AND m.left_date IS NULL
      JOIN households_household h ON h.id = m.household_id AND h.area_id = w.area_id
     WHERE w.birth_year IS NULL
    UNION
    SELECT w.at, m.id FROM households_household h
      JOIN households_member m ON m.household_id = h.id AND m.left_date IS NULL
      JOIN wanted w ON w.area_id = h.area_id AND w.birth_year = m.birth_year
     WHERE h.area_id = ANY(%(near)s) AND h.closed_date IS NULL
       AND (starts_with(m.search, ' ' || left(w.plain, length(w.plain) - length(w.given)))
            OR strpos(m.search, ' ' || w.given || ' ') > 0)
       AND levenshtein_less_equal(left(fold(m.full_name), 120), left(w.plain, 120), 2) <= 2
)
""")
_NUMBERED = sql.SQL("""
    SELECT w.at, m.id FROM wanted w
     CROSS JOIN LATERAL (SELECT id FROM households_member WHERE cccd = w.cccd AND left_date IS NULL LIMIT 1) m
    UNION
""")  # in the register itself nobody has the CCCD of another (member_cccd_once)
_OF_LIST = _MET.format(
    kept=sql.SQL("NOT MATERIALIZED"), wanted=sql.SQL("SELECT * FROM alike_wanted"), numbered=_NUMBERED
)
_OF_REGISTER = _MET.format(kept=sql.SQL("MATERIALIZED"), wanted=_REGISTERED, numbered=sql.SQL(""))
_SHOWN = sql.SQL("""
       m.id, m.full_name, m.sex, m.birth_year, m.birth_date, m.cccd, m.old_id, h.area_id, a.parent_id, h.code, m.relationship
""")
_FOUND = sql.SQL("""{met}
SELECT met.at, person.* FROM met CROSS JOIN LATERAL (
    SELECT h.area_id = ANY(%(areas)s), {shown} FROM households_member m
      JOIN households_household h ON h.id = m.household_id AND h.closed_date IS NULL
      JOIN thanhsen_area a ON a.id = h.area_id WHERE m.id = met.id LIMIT 1) person
ORDER BY met.at, person.id
""").format(met=_OF_LIST, shown=_SHOWN)
_IDS = sql.SQL("""{met}
SELECT DISTINCT least(met.at, met.id), greatest(met.at, met.id) FROM met CROSS JOIN LATERAL (
    SELECT h.area_id FROM households_member m JOIN households_household h ON h.id = m.household_id
     WHERE m.id = met.id AND h.closed_date IS NULL LIMIT 1) home
WHERE met.at <> met.id AND home.area_id = ANY(%(areas)s)
  AND NOT EXISTS (SELECT 1 FROM households_notsame n WHERE n.taken_back_at IS NULL
                  AND n.one_id = least(met.at, met.id) AND n.other_id = greatest(met.at, met.id))
""").format(met=_OF_REGISTER)
_PEOPLE = sql.SQL("""
SELECT {shown} FROM households_member m JOIN households_household h ON h.id = m.household_id
JOIN thanhsen_area a ON a.id = h.area_id WHERE m.id = ANY(%(ids)s)
""").format(shown=_SHOWN)


def against_register(people: Iterable[Person], ward: Area, by: User | None = None) -> list[Pair]:
    """The pairs of one of `people` and one present in the register of `ward`, the likeliest first.

    `other` is the id of the member. Names are compared with those of the areas `by` sees (None: the whole ward); a
    CCCD with the whole register, where one of another area is told without the person (`Pair.elsewhere`). Opens a
    temporary table: not for a page that only reads. Of one row the `CROWD` likeliest are told.
    """
    listed = list(people)
    asked = {"areas": _areas(ward, by), "near": list({each.area_id for each in listed if each.area_id})}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(_WANTED)
        with cursor.copy(_COPY) as copy:
            for at, each in enumerate(listed):
                row = (
                    clean(each.full_name),
                    each.cccd,
                    each.old_id,
                    each.area_id,
                    each.year,
                    each.birth_date,
                )
                copy.write_row((at, *row))
        cursor.execute("ANALYZE alike_wanted")
        with connection.chunked_cursor() as rows:  # a name that half the ward bears fills no memory
            rows.execute(_FOUND, asked)
            found = list(_compared(listed, rows))
        cursor.execute("DROP TABLE alike_wanted")
    return sorted(found, key=_likeliest)


def in_register(areas: Sequence[int], chosen: Sequence[int] | None = None) -> list[Pair]:
    """The pairs of two present people of `areas` (ids of tổ dân phố), one of them of `chosen`, that nobody said to be
    two people; the likeliest first. Keys are the ids of the members, the lower first."""
    near = list(areas if chosen is None else chosen)
    with connection.cursor() as cursor:
        cursor.execute(_IDS, {"areas": list(areas), "near": near})
        met = cursor.fetchall()
        cursor.execute(_PEOPLE, {"ids": list({pk for pair in met for pk in pair})})
        people = {row[0]: Person(*row) for row in cursor.fetchall()}
    found = (compare(people[one], people[other]) for one, other in met)
    return sorted(filter(None, found), key=lambda pair: (-pair.score, pair.one, pair.other))


def _areas(ward: Area, by: User | None) -> list[int]:
    seen = Area.objects.visible_to(by) if by else Area.objects.all()
    return list(seen.groups().filter(parent=ward).values_list("pk", flat=True))


def _compared(listed: list[Person], rows: Iterable[tuple]) -> Iterator[Pair]:
    """Of the rows (place in the list, whether it is seen, the person), sorted by place: the pairs told of each."""
    for at, met in groupby(rows, itemgetter(0)):
        pairs = (_told(listed[at], seen, Person(*stored)) for _, seen, *stored in met)
        yield from nsmallest(CROWD, filter(None, pairs), key=_likeliest)


def _told(person: Person, seen: bool, stored: Person) -> Pair | None:
    pair = compare(person, stored)
    if seen or not pair:
        return pair
    said = ("Cùng số CCCD với một người ở địa bàn khác",)
    return Pair(pair.one, None, pair.score, said, True, pair.kind, True) if pair.sure else None


def _likeliest(pair: Pair) -> int:
    return -pair.score
