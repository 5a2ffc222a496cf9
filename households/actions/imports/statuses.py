"""Statuses of past years, written as the decisions on paper they come from, and taken back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.timezone import now

from households.actions import decisions
from households.actions.decisions import Ruling
from households.actions.imports.changes import Moved
from households.actions.moves import lock_households
from households.models import Certificate, Decision, Household, Import, ImportUnit, Status, Support
from thanhsen import events


def write(units: Sequence[ImportUnit], imported: Import, today: date) -> None:
    """The oldest decision first: each status ends the one before it."""
    # Before they are read: nothing becomes of them meanwhile.
    lock_households([each.record for each in units])
    homes = Household.objects.select_related("area").in_bulk([each.record for each in units])
    last = dict(
        Status.objects.filter(household__in=homes).order_by("valid_from").values_list("household", "pk")
    )
    lists: dict[tuple[str, str], list[ImportUnit]] = defaultdict(list)
    for unit in units:
        home = homes[unit.record]
        if (
            home.version != unit.seen["household"]
            or last.get(home.pk) != unit.seen["last"]
            or home.closed_date
        ):
            raise Moved
        lists[unit.values["date"], unit.values["number"]].append(unit)
    # An event between two years is counted by the later one; after the last, nothing would count it.
    newest = {unit.record: day for (day, _), listed in sorted(lists.items()) for unit in listed}
    decisions.must_precede_events(
        {home: date.fromisoformat(day) for home, day in newest.items() if home not in last}
    )
    for (day, number), listed in sorted(lists.items()):
        first = listed[0].values
        decision = decisions.record_decision(
            by=imported.committed_by, ward=imported.ward, number=number, date=date.fromisoformat(day),
            signer=first["signer"], standard_id=first["standard_id"], note=f"Nhập từ tệp {imported.file_name}"[:500],
            rulings=[_ruling(unit, homes[unit.record]) for unit in listed], imported=imported,
        )  # fmt: skip
        for unit in listed:
            unit.after = {"decision": decision.pk}


def _ruling(unit: ImportUnit, home: Household) -> Ruling:
    values: dict[str, Any] = unit.values
    return Ruling(
        household=home,
        classification=values["classification"],
        size=values["size"],
        lacking=tuple(values["lacking"]),
    )


def undo(units: Sequence[ImportUnit], imported: Import, today: date) -> None:
    """Void the statuses and open those they ended. A household whose status was built on keeps all of them."""
    ids = [each.record for each in units]
    lock_households(ids)
    rows = Status.objects.select_for_update(of=("self",)).filter(imported=imported, household__in=ids)
    held: dict[int, list[Status]] = defaultdict(list)
    for row in rows.order_by("household", "valid_from"):
        held[row.household_id].append(row)
    issued = set(Certificate.objects.filter(status__in=rows).values_list("status", flat=True))
    given: dict[int, date] = {}
    supports = Support.objects.counted().filter(household__in=held).order_by("valid_from")
    for home, day in supports.values_list("household", "valid_from"):
        if day >= held[home][0].valid_from:
            given.setdefault(home, day)
    why = {home: _why_kept(statuses, issued, given.get(home)) for home, statuses in held.items()}
    back = [home for home, reason in why.items() if not reason]
    for unit in units:
        unit.kept = why.get(unit.record) or (
            "" if unit.target in why else "phân loại đã được thay bằng dòng khác"
        )
    gone = rows.filter(household__in=back)
    events.record_each(
        by=imported.undone_by, act="status.undo", reason=imported.undo_reason,
        of=[(each, events.snapshot(each), each.area_id) for each in gone],
    )  # fmt: skip
    gone.update(voided_at=now())
    Status.objects.filter(ended_by_import=imported, household__in=back, voided_at=None).update(
        valid_to=None, end_reason="", ended_by_import=None
    )

    _free_numbers({unit.after["decision"] for unit in units if not unit.kept}, imported)


def _free_numbers(decisions: set[int], imported: Import) -> None:
    """A decision that holds nobody any more gives its number back: it may have been typed with a wrong day."""
    empty = Decision.objects.filter(pk__in=decisions).exclude(pk__in=Status.objects.values("decision"))
    for decision in empty:
        before = events.snapshot(decision)
        decision.number = (
            f"{decision.number[:28]}~{decision.pk}"  # its own, though two long numbers begin alike
        )
        decision.save(update_fields=["number"])
        after, why = events.snapshot(decision), imported.undo_reason
        events.record(
            by=imported.undone_by, act="import.undo", on=decision, before=before, after=after, area=decision.ward_id, reason=why
        )  # fmt: skip


def _why_kept(statuses: list[Status], issued: set[int], given: date | None) -> str:
    """`given`: from when the household has the first support that may stand on these."""
    if any(each.pk in issued for each in statuses):
        return "đã cấp giấy chứng nhận theo phân loại này"
    if given:
        return f"hộ đã có khoản hỗ trợ từ ngày {given:%d/%m/%Y}, sau phân loại này"
    last = statuses[-1]
    if last.valid_to is not None:
        return f"phân loại đã được thay từ ngày {last.valid_to:%d/%m/%Y}"
    return ""
