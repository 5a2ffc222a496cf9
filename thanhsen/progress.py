"""How far a long piece of work is, told while its transaction is still open: over a connection of its own."""

import time

from django.db import DatabaseError, connection, models
from psycopg import sql

OFTEN = 0.4  # seconds between two tellings


class Progress:
    """Writes `doing`, `progress` and `steps` of one row. What it cannot write it leaves: the work goes on."""

    def __init__(self, row: models.Model):
        self._statement = sql.SQL("UPDATE {} SET doing = %s, progress = %s, steps = %s WHERE id = %s").format(
            sql.Identifier(row._meta.db_table)
        )
        self._pk, self._told, self._doing = row.pk, 0.0, ""
        self._connection = connection.copy()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def tell(self, doing: str, done: int = 0, of: int = 0) -> None:
        if doing == self._doing and done < of and time.monotonic() - self._told < OFTEN:
            return
        self._doing, self._told = doing, time.monotonic()
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(
                    "SET lock_timeout = '200ms'"
                )  # the row may be held by who decides something of it
                cursor.execute(self._statement, [doing, done, of, self._pk])
        except DatabaseError:
            self._connection.close()
