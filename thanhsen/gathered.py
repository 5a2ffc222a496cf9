"""Rows of many tables in one query: for a page that tells from every room a little of one record.

Each queryset becomes a branch of one UNION ALL, its rows as JSON; they come back as instances of their models, by id.
Foreign keys are joined in Python by `linked`, from rows of the same answer.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, JSONObject


def gathered(querysets: Mapping[str, models.QuerySet], without: Iterable[str] = ()) -> dict[str, list[Any]]:
    """Name → the instances of its queryset, in the order of their ids. One query; none where there is no queryset.

    `without`: columns too large to fetch, of whichever table has them; they are read when asked for.
    """
    if not querysets:
        return {}
    left_out = set(without)
    branches = [_branch(name, rows, left_out).query.sql_with_params() for name, rows in querysets.items()]
    found: dict[str, list[Any]] = {name: [] for name in querysets}
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"({sql})" for sql, _ in branches),
            [each for _, params in branches for each in params],
        )
        for name, row in cursor.fetchall():
            found[name].append(_instance(querysets[name].model, json.loads(row, parse_float=Decimal)))
    return {name: sorted(rows, key=lambda each: each.pk) for name, rows in found.items()}


def _branch(name: str, rows: models.QuerySet, left_out: set[str]) -> models.QuerySet:
    columns = [each.attname for each in rows.model._meta.concrete_fields if each.attname not in left_out]
    facts = Cast(JSONObject(**{each: F(each) for each in columns}), TextField())
    return rows.order_by().values_list(Value(name, TextField()), facts)


def _instance(model: type[models.Model], facts: dict[str, Any]) -> models.Model:
    values = {
        each.attname: each.to_python(facts[each.attname])
        for each in model._meta.concrete_fields
        if each.attname in facts
    }
    return model.from_db(connection.alias, list(values), list(values.values()))


def linked(children: Iterable[Any], field: str, parents: Iterable[models.Model]) -> dict[Any, list[Any]]:
    """Set `field` of each child to its row among `parents`, where it is there; parent's id → its children."""
    by_id = {each.pk: each for each in parents}
    found = defaultdict(list)
    for child in children:
        key = getattr(child, f"{field}_id")
        if key in by_id:
            setattr(child, field, by_id[key])
            found[key].append(child)
    return found
