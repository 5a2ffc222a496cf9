"""Loads the demo: everything in one transaction, ward after ward, so that memory stays that of one ward."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connection, models, transaction
from django.db.models.expressions import DatabaseDefault
from psycopg import sql

from households.demo import places, plan, recent
from households.demo.accounts import PASSWORD
from households.demo.changes import Changes
from households.demo.homes import Builder, Home
from households.demo.names import Counter, Names
from households.demo.people import HEAD, Maker
from households.demo.reviews import Reviews
from households.demo.season import Ids, Season
from households.demo.sheets import Surveyor
from households.demo.story import Story
from households.models import (
    Certificate,
    Complaint,
    Household,
    Listing,
    Meeting,
    Member,
    Notice,
    PostedSheet,
    Posting,
    Remark,
    Request,
    Score,
    Sheet,
    Status,
    Vote,
)
from thanhsen import events
from thanhsen.models import Area

SEED = "thành sen"
IDS_AT_ONCE = 1_000
LOCK = 18_073  # two loads at once: the second waits, then finds the first one's areas
NOBODY = "!"  # a password nothing matches


class NotEmpty(Exception):
    """There are areas in the database already."""


def load(
    *,
    scale: int = 1,
    groups: int = places.GROUPS,
    households: int = plan.LISTED,
    progress: Callable[[int], None] = lambda number: None,
) -> dict[str, int]:
    """Fill an empty database with `scale` wards; gives the number of rows of each kind. NotEmpty otherwise.

    `groups`: tổ dân phố of a ward; `households`: how many are on its list at the opening (December 2023),
    from which everything else follows. Accounts can sign in to ward 1 only.
    """
    made: dict[str, int] = {}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if Area.objects.exists():
            raise NotEmpty
        province, counter, first = places.make_province(), Counter(), None
        for number in range(1, scale + 1):
            progress(number)
            password = make_password(PASSWORD) if number == 1 else NOBODY
            ward = _load_ward(province, number, counter, groups, households, password, made)
            first = first or ward
        events.record(by=None, act="demo.load", on=first, after={"wards": scale, **made}, area=first)
        with connection.cursor() as cursor:  # the planner knows the tables before the first page is asked for
            for model in (Household, Member, Listing, Sheet, Score, Vote, PostedSheet, Status, Area):
                cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))
    return made


def _load_ward(
    province: Area,
    number: int,
    counter: Counter,
    groups: int,
    households: int,
    password: str,
    made: dict[str, int],
) -> Area:
    rng = Random(f"{SEED} {number}")  # noqa: S311 - invented data, the same every time
    names = Names(rng, counter)
    ward = places.make_ward(province, number)
    areas = places.make_groups(ward, number, groups)
    minorities = Random(f"{SEED} minorities {number}")  # noqa: S311 - what is drawn here moves nothing in the story
    places.make_totals(rng, minorities, areas, plan.YEARS)
    places.make_targets(ward)
    staff = places.make_staff(names, ward, areas, number, password)
    builder = Builder(rng, names, _ids(Household))
    homes: list[Home] = []
    changes = Changes(rng, builder, Maker(rng, names, _ids(Member)), areas, homes)
    surveyor = Surveyor(rng, builder, _ids(Sheet), _ids(Score))
    aside = Random(f"{SEED} season {number}")  # noqa: S311 - what is drawn here moves nothing in the story
    season = Season(aside, Names(aside, counter), staff, _season_ids())
    reviews = Reviews(rng, ward, staff, surveyor, season, _ids(Status))
    Story(rng, changes, reviews, households).tell()
    members = list(chain.from_iterable(home.members + home.left for home in homes))
    for model, rows in (
        (Household, [_named(home) for home in homes]),
        (Member, members),
        (Request, season.rows.requests),
        (Listing, season.rows.listings),
        (Sheet, reviews.sheets),
        (Score, list(chain.from_iterable(surveyor.scores.values()))),
        (Remark, reviews.remarks),
        (Status, reviews.statuses),
        (Meeting, season.rows.meetings),
        (Vote, season.rows.votes),
        (Posting, season.rows.postings),
        (PostedSheet, season.rows.lines),
        (Complaint, season.rows.complaints),
        (Certificate, season.rows.certificates),
        (Notice, season.rows.notices),
    ):
        _write(model, rows)
        name = model._meta.model_name or ""
        made[name] = made.get(name, 0) + len(rows)
    with (
        connection.cursor() as cursor
    ):  # check what was deferred now, so that it does not pile up ward by ward
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    latest = Random(f"{SEED} life {number}")  # noqa: S311 - as above
    recent.happen(latest, Names(latest, counter), ward, staff)
    return ward


def _season_ids() -> Ids:
    return Ids(
        request=_ids(Request), listing=_ids(Listing), meeting=_ids(Meeting), vote=_ids(Vote), posting=_ids(Posting)
    )  # fmt: skip


def _named(home: Home) -> Household:
    """The trigger would write the head's name beside the household; written at once it has nothing to do."""
    head = next(each for each in chain(home.members, reversed(home.left)) if each.relationship == HEAD)
    home.household.head_name, home.household.sort_key = head.full_name, head.sort_key
    return home.household


def _write(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """COPY: several times faster than INSERT for rows by the ten thousand. Triggers and constraints see every row."""
    if not rows:
        return
    fields = [
        field for field in model._meta.concrete_fields if not field.generated and _is_given(rows[0], field)
    ]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join([sql.Identifier(field.column or "") for field in fields]),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(
                [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
            )


def _is_given(row: models.Model, field: models.Field) -> bool:
    """Not left to the database: an id or a default of its own."""
    value = getattr(row, field.attname)
    return not (isinstance(value, DatabaseDefault) or (field.primary_key and value is None))


def _ids(model: type[models.Model]) -> Iterator[int]:
    """Ids of the table's own sequence, so that rows can name each other before they are written."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [model._meta.db_table, IDS_AT_ONCE],
            )
            ids = [row[0] for row in cursor.fetchall()]
        yield from ids
