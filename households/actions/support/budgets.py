"""The money planned for a programme in a year: entered, corrected. The trail keeps what stood before."""

from households.models import Budget, Programme
from thanhsen import events
from thanhsen.concurrency import Stale
from thanhsen.constraints import kept
from thanhsen.models import User


def set_budget(
    *, by: User, programme: Programme, year: int, planned: int, basis: str, version: int | None
) -> Budget:
    """The plan of a line for a year, in đồng. `version`: of the plan the page showed, None for none; Stale where somebody
    entered another meanwhile."""
    with kept():
        line = Programme.objects.select_for_update(of=("self",)).get(pk=programme.root)
        row = Budget.objects.filter(programme=line, year=year).first()
        if row and row.version != version:
            raise Stale(row)
        before = events.snapshot(row) if row else None
        row = row or Budget(programme=line, year=year, version=0)
        row.planned, row.basis = planned, basis.strip()
        row.version += 1
        row.save()
        events.record(
            by=by, act="budget.set", on=row, before=before, after=events.snapshot(row), area=line.ward_id
        )
    return row
