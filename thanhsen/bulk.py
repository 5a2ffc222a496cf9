"""Many rows at once by COPY, new ones and changed ones: triggers and constraints see each of them as ever."""

from collections.abc import Iterable, Sequence

from django.db import connection, models, transaction
from psycopg import sql


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """So many ids nobody else will get, for rows whose id others need before they are stored."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_in(rows: Iterable[models.Model], model: type[models.Model], but: Sequence[str] = ()) -> int:
    """Store new `rows` of `model`; how many. `but`: the fields the database fills in itself."""
    left_out = {*but, *(each.name for each in model._meta.concrete_fields if each.generated)}
    fields = [each for each in model._meta.concrete_fields if each.name not in left_out]
    columns = sql.SQL(", ").join([sql.Identifier(str(each.column)) for each in fields])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    count = 0
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([each.get_db_prep_save(each.pre_save(row, True), connection) for each in fields])
            count += 1
    return count


def rewrite(rows: Iterable[models.Model], model: type[models.Model], names: Sequence[str]) -> int:
    """Write the fields `names` of stored `rows`; how many. Where bulk_update takes a CASE a field, this takes a join."""
    fields = [model._meta.get_field(name) for name in ("id", *names)]
    kept = [each for each in fields if isinstance(each, models.Field)]
    table, columns = sql.Identifier(model._meta.db_table), [sql.Identifier(str(each.column)) for each in kept]
    count = 0
    with transaction.atomic(), connection.cursor() as cursor, connection.wrap_database_errors:
        listed = sql.SQL(", ").join(columns)
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE rewritten ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(
                listed, table
            )
        )
        with cursor.copy(sql.SQL("COPY rewritten ({}) FROM STDIN").format(listed)) as copy:
            for row in rows:
                copy.write_row(
                    [each.get_db_prep_save(getattr(row, each.attname), connection) for each in kept]
                )
                count += 1
        pairs = sql.SQL(", ").join([sql.SQL("{0} = rewritten.{0}").format(each) for each in columns[1:]])
        cursor.execute(
            sql.SQL("UPDATE {} AS stored SET {} FROM rewritten WHERE stored.id = rewritten.id").format(
                table, pairs
            )
        )
        cursor.execute("DROP TABLE rewritten")
    return count
