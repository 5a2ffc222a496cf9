"""Records of many tables in one question to the database: for a page that gathers from every room of the house."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, QuerySet
from django.db.models.functions import JSONObject

Tree = dict[str, "Tree"]


@dataclass(frozen=True)
class Rows:
    """What is asked for: `found`, with the records that its foreign keys name (`related`, as of `select_related`) and
    without the fields in `without`, which stay deferred."""

    found: QuerySet[Any]
    related: Sequence[str] = ()
    without: Sequence[str] = field(default=())


def gathered(beside: QuerySet[Any], asked: Sequence[Rows]) -> list[list[Any]]:
    """For each of `asked` its records, in its own order. `beside` finds exactly one record, whatever it is: the answer
    comes as columns beside it. One query, however many are asked."""
    if not asked:
        return []
    columns = [ArraySubquery(each.found.annotate(row_=_columns(each)).values("row_")) for each in asked]
    answer = beside.values_list(*columns).get()
    return [
        [_record(each.found.model, row, _tree(each.related)) for row in rows]
        for each, rows in zip(asked, answer, strict=True)
    ]


def _tree(related: Sequence[str]) -> Tree:
    tree: Tree = {}
    for path in related:
        at = tree
        for name in path.split("__"):
            at = at.setdefault(name, {})
    return tree


def _columns(asked: Rows) -> JSONObject:
    return _object(asked.found.model, _tree(asked.related), frozenset(asked.without), "")


def _object(model: type[Model], tree: Tree, without: frozenset[str], path: str) -> JSONObject:
    fields: dict[str, Any] = {
        each.attname: F(path + each.attname)
        for each in model._meta.concrete_fields
        if path + each.name not in without
    }
    for name, below in tree.items():
        target: Any = model._meta.get_field(name).related_model
        fields[name] = _object(target, below, without, f"{path}{name}__")
    return JSONObject(**fields)


def _record(model: type[Model], row: dict[str, Any], tree: Tree) -> Any:
    """A record as a queryset would give it; None for the other end of an empty foreign key."""
    names, values = [], []
    for each in model._meta.concrete_fields:
        if each.attname in row:
            names.append(each.attname)
            values.append(each.to_python(row[each.attname]))
    record = model.from_db("default", names, values)
    for name, below in tree.items():
        key: Any = model._meta.get_field(name)
        if getattr(record, key.attname) is None:
            setattr(record, name, None)
        else:
            key.set_cached_value(record, _record(key.related_model, row[name], below))
    return record
