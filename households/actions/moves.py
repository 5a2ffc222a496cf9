"""Many sheets take one step together."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from households import steps
from households.models import Household, Sheet
from thanhsen import events
from thanhsen.models import User

AT_ONCE = 200


def lock_households(ids: Any) -> list[int]:
    """Lock the households (ids, or a query of them) in one order, until the end of the transaction. Their ids.

    All a write needs at once, and after `must_be_open`: whoever locks the round of a sheet too locks it first.
    """
    wanted = ids if isinstance(ids, QuerySet) else list(ids)
    rows = Household.objects.filter(pk__in=wanted)
    return list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def locked(sheets: QuerySet[Sheet]) -> list[Sheet]:
    """The sheets, locked after their households, each in one order, as life events lock them: two who take
    overlapping lists wait in turn."""
    lock_households(sheets.values("household"))
    rows = sheets.select_for_update(of=("self",)).select_related("round", "household__area", "score")
    return list(rows.order_by("pk"))


def move(*, by: User, act: str, sheets: list[Sheet], fields: Iterable[str] = ()) -> None:
    """Take the locked sheets to where `act` leads, with what the caller set in `fields`. One Event each."""
    for sheet in sheets:
        sheet.state = steps.require(sheet, act)
        sheet.version += 1
    written = ["state", "version", *fields]
    Sheet.objects.bulk_update(sheets, written, batch_size=AT_ONCE)
    events.record_each(
        by=by, act=act, of=[(each, _now(each, written), each.household.area_id) for each in sheets]
    )


def _now(sheet: Sheet, fields: list[str]) -> dict[str, Any]:
    stored = events.snapshot(sheet)
    return {name: value for name, value in stored.items() if name.removesuffix("_id") in fields}
