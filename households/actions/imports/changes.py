"""Records of the register that an import changes: what they were, one write for all of the same fields, one Event each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from households.actions.imports.values import kept, meant
from households.models import Household, Import
from thanhsen import events, vietnamese
from thanhsen.bulk import copy_in, rewrite
from thanhsen.models import Event, User


class Moved(Exception):
    """The register is no longer what the units were compared with."""


@dataclass(frozen=True)
class Act:
    """A record as it is now, what it was, and which of its fields were written."""

    record: Any
    was: dict[str, Any]
    fields: tuple[str, ...]
    area: int


def over(record: Any, values: dict[str, Any], before: dict, after: dict, key: str, area: int) -> Act:
    """Lay values over a record; what stood there, and the version it has now, are kept for undoing."""
    before[key] = kept({name: getattr(record, name) for name in values})
    act = changed(record, meant(type(record), values), area)
    after[key] = record.version
    return act


def changed(record: Any, values: dict[str, Any], area: int) -> Act:
    """Lay values over a record, not stored yet."""
    was = events.snapshot(record)
    for name, value in values.items():
        setattr(record, name, value)
    fields = list(values)
    if "full_name" in values:
        record.sort_key = vietnamese.name_key(record.full_name)
        fields.append("sort_key")
    record.version += 1
    return Act(record, was, tuple(fields), area)


def save(acts: Iterable[Act]) -> None:
    """Write the changed records, those of the same fields at once."""
    together: dict[tuple[Any, tuple[str, ...]], list[Any]] = defaultdict(list)
    for act in acts:
        together[type(act.record), act.fields].append(act.record)
    for (model, fields), records in together.items():
        rewrite(records, model, [*fields, "version"])


def record_new(act: str, imported: Import, records: Iterable[tuple[Any, int]]) -> None:
    """Into the trail: (record, area id) of each new one."""
    by, reason = imported.committed_by, f"Nhập từ tệp: lần nhập số {imported.pk}"
    copy_in(
        (
            Event(
                actor=by, act=act, record_type=each._meta.label_lower, record_id=each.pk, record_name=str(each)[:200],
                after=events.snapshot(each), area_id=area, reason=reason,
            )
            for each, area in records
        ),
        Event, but=["id", "at"],
    )  # fmt: skip


def trail(imported: Import, acts: Iterable[Act], reason: str = "") -> None:
    """Into the trail: what was changed by the import, or, with the reason, by taking it back."""
    by = imported.undone_by if reason else imported.committed_by
    why = (
        f"Hoàn tác lần nhập số {imported.pk}: {reason}"
        if reason
        else f"Nhập từ tệp: lần nhập số {imported.pk}"
    )
    copy_in((_event(act, by, why) for act in acts), Event, but=["id", "at"])


def _event(act: Act, by: User | None, why: str) -> Event:
    now = events.snapshot(act.record)
    differs = [name for name in now if act.was.get(name) != now[name]]
    name = "household" if isinstance(act.record, Household) else "member"
    return Event(
        actor=by, act=f"{name}.update", record_type=act.record._meta.label_lower, record_id=act.record.pk,
        record_name=str(act.record)[:200], before={each: act.was.get(each) for each in differs},
        after={each: now[each] for each in differs}, area_id=act.area, reason=why[:500],
    )  # fmt: skip
