"""Records and counts of many tables in one question to the database, for a page that gathers from every room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, Model, QuerySet, Subquery
from django.db.models.functions import JSONArray

Tree = dict[str, "Tree"]


@dataclass(frozen=True)
class Rows:
    """The records of `found`, in its order, with `fields` only: the others stay deferred. A field may be of a record
    that a foreign key names (`household__code`), which is then there too; its key comes by itself."""

    found: QuerySet[Any]
    fields: Sequence[str]


def gathered(beside: QuerySet[Any], asked: Sequence[Rows]) -> list[list[Any]]:
    """For each of `asked` its records. `beside` finds exactly one record, whatever it is: the answer comes as columns
    beside it. One query, however many are asked."""
    if not asked:
        return []
    trees = [_tree(each) for each in asked]
    columns = [
        ArraySubquery(each.found.annotate(row_=JSONArray(*map(F, _paths(tree)))).values("row_"))
        for each, tree in zip(asked, trees, strict=True)
    ]
    answer = beside.values_list(*columns).get()
    return [
        [_record(each.found.model, iter(row), tree) for row in rows]
        for each, rows, tree in zip(asked, answer, trees, strict=True)
    ]


def counted(beside: QuerySet[Any], asked: Sequence[Any]) -> list[int]:
    """How many records each of `asked` (querysets) finds, each once. `beside` as of `gathered`; one query."""
    if not asked:
        return []
    return list(beside.values_list(*map(_count, asked)).get())


def _count(found: Any) -> Subquery:
    number = Func(F("pk"), function="COUNT", template="%(function)s(DISTINCT %(expressions)s)")
    return Subquery(
        found.order_by().annotate(number_of_=number).values("number_of_"), output_field=IntegerField()
    )


def _tree(asked: Rows) -> Tree:
    """Field → what is wanted of the record it names; always with the key, without which there is no record."""
    tree: Tree = {}
    for path in asked.fields:
        at, model = tree, asked.found.model
        for name in path.split("__"):
            at.setdefault(model._meta.pk.name, {})
            at = at.setdefault(name, {})
            model = model._meta.get_field(name).related_model or model
    return tree


def _paths(tree: Tree, above: str = "") -> list[str]:
    """Of a foreign key itself, too: an empty one names no record."""
    return [
        path for name, below in tree.items() for path in (above + name, *_paths(below, f"{above}{name}__"))
    ]


def _record(model: type[Model], row: Any, tree: Tree) -> Any:
    """A record made of the next values of `row`, which are in the order of `_paths`."""
    values: dict[str, Any] = {}
    named: dict[Any, Any] = {}
    for name, below in tree.items():
        field: Any = model._meta.get_field(name)
        values[field.attname] = field.to_python(next(row))
        if below:
            other = _record(field.related_model, row, below)
            named[field] = None if values[field.attname] is None else other
    known = [each.attname for each in model._meta.concrete_fields if each.attname in values]
    record = model.from_db("default", known, [values[each] for each in known])
    for field, other in named.items():
        field.set_cached_value(record, other)
    return record
