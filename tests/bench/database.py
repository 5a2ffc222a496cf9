"""A database of its own for the measurements, beside the one DATABASE_URL names, and the same SQL without Django."""

import os
import re
import subprocess
from contextlib import contextmanager
from statistics import median
from time import perf_counter

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from thanhsen import postgres

NAME = "thanhsen_bench"
_DECLARED = re.compile(
    r"^DECLARE .*? CURSOR (?:WITH HOLD )?FOR\s+", re.DOTALL
)  # what a streamed query begins with
_TIMING = re.compile(r"^(?:Time|Thời gian): ([0-9.,]+) ms", re.MULTILINE)


@contextmanager
def fresh_database():
    """Dropped, made and migrated; dropped again at the end. Django's connection leads to it meanwhile."""
    before = connection.settings_dict["NAME"]
    _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}")
    connection.close()
    connection.settings_dict["NAME"] = NAME
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)")


def settle() -> None:
    """What autovacuum does within a minute of a big load."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _parameters(database: str) -> dict[str, str]:
    given = connection.settings_dict
    named = {
        "host": given["HOST"],
        "port": given["PORT"],
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    return {name: str(value) for name, value in {**named, "dbname": database}.items() if value}


def _administer(*statements: str) -> None:
    with psycopg.connect(**_parameters(connection.settings_dict["NAME"]), autocommit=True) as link:
        for statement in statements:
            link.execute(sql.SQL(statement).format(sql.Identifier(NAME)))


def raw_milliseconds(queries: list[str], times: int, warm_up: int = 3) -> tuple[float, str]:
    """The median of what all `queries` together take, and with what: psql where there is one, else the driver."""
    queries = [_DECLARED.sub("", query) for query in queries]
    if (program := postgres.psql()) is not None and (
        took := _with_psql(str(program), queries, times, warm_up)
    ):
        return took, "psql"
    with psycopg.connect(**_parameters(NAME), autocommit=True) as link, psycopg.RawCursor(link) as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        return median([_once(cursor, queries) for _ in range(warm_up + times)][warm_up:]), "psycopg"


def _once(cursor: psycopg.RawCursor, queries: list[str]) -> float:
    started = perf_counter()
    for query in queries:
        cursor.execute(query.encode())
        if cursor.description:
            cursor.fetchall()
    return (perf_counter() - started) * 1000


def _with_psql(program: str, queries: list[str], times: int, warm_up: int) -> float | None:
    """Times as psql's own \\timing tells them. None where psql cannot be run here."""
    given = _parameters(NAME)
    environment = {**os.environ, "LC_ALL": "C", "PGTZ": "UTC"}
    environment |= {f"PG{name.upper()}": value for name, value in given.items() if name != "dbname"}
    environment["PGDATABASE"] = NAME
    script = "\\timing on\n\\pset pager off\n\\pset format unaligned\n\\o /dev/null\n"
    script += "".join(f"{query.rstrip().rstrip(';')};\n" for query in queries) * (warm_up + times)
    try:
        done = subprocess.run(
            [program, "-X", "-q", "-v", "ON_ERROR_STOP=1"],
            input=script,
            env=environment,
            capture_output=True,
            text=True,
        )
    except OSError:
        return None
    found = [float(took) for took in _TIMING.findall(done.stdout)]
    if done.returncode or len(found) != len(queries) * (warm_up + times):
        return None
    size = len(queries)
    return median([sum(found[start : start + size]) for start in range(warm_up * size, len(found), size)])
