"""What was checked goes into the register, or back out of it: one transaction, all or nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from households.actions.imports import homes, homes_back, places, statuses, totals
from households.actions.imports.changes import Moved
from households.actions.imports.files import must_reach, one_at_a_time, settle, worked_alone
from households.models import Import, ImportUnit
from thanhsen import events
from thanhsen.bulk import rewrite
from thanhsen.constraints import kept

Tell = Callable[[str, int, int], None]
AT_ONCE = 500
KINDS = {
    Import.Kind.HOUSEHOLDS: (homes.write, homes_back.undo),
    Import.Kind.STATUSES: (statuses.write, statuses.undo),
    Import.Kind.TOTALS: (totals.write, totals.undo),
    Import.Kind.AREAS: (places.write, places.undo),
}
WHOLE = (Import.Kind.STATUSES, Import.Kind.TOTALS)  # of these the order over the whole file counts
State = Import.State


def commit(*, imported: Import, today: date, tell: Tell) -> Import:
    """Write every unit that is new or changed. Where the register moved since it was compared, or a rule refuses,
    nothing is written and the file is compared again."""
    try:
        with kept():
            worked_alone(imported)
            stored = _in(imported, State.COMMITTING)
            if stored is None:
                return imported
            must_reach(stored.committed_by, stored, "ghi vào sổ")  # once more: it may have waited long
            one_at_a_time(stored)
            done, of = 0, stored.units.to_write().count()
            write, _ = KINDS[Import.Kind(stored.kind)]
            for units in _chunks(stored):
                tell("Đang ghi vào sổ", done, of)
                write(units, stored, today)
                rewrite(units, ImportUnit, ["target", "label", "before", "after"])
                done += len(units)
            tell("Đang kiểm tra lần cuối", of, of)
            stored.committed_at = now()
            settle(stored, State.COMMITTED)
            by = stored.committed_by
            events.record(by=by, act="import.commit", on=stored, after=stored.counts, area=stored.ward_id)
        return stored
    except Moved:
        return _again(
            imported,
            "Trong sổ có người vừa sửa nên cổng đã so lại với sổ, chưa ghi gì. Xem lại rồi bấm ghi lần nữa.",
        )
    except ValidationError as error:
        return _again(imported, f"Chưa ghi gì vào sổ: {' '.join(error.messages)}")


def undo(*, imported: Import, today: date, tell: Tell) -> Import:
    """Take back what nobody worked on since; the rest is left and says why."""
    try:
        with kept():
            worked_alone(imported)
            stored = _in(imported, State.UNDOING)
            if stored is None:
                return imported
            must_reach(stored.undone_by, stored, "hoàn tác")
            done, of = 0, stored.units.to_write().count()
            _, take_back = KINDS[Import.Kind(stored.kind)]
            for units in _chunks(stored):
                tell("Đang hoàn tác", done, of)
                take_back(units, stored, today)
                rewrite(units, ImportUnit, ["kept"])
                done += len(units)
            left = stored.units.exclude(kept="").count()
            stored.undone_at = now()
            settle(stored, State.UNDONE)
            stored.counts = {**stored.counts, "kept": left, "taken_back": of - left}
            stored.save(update_fields=["counts"])
            events.record(
                by=stored.undone_by, act="import.undo", on=stored, after=stored.counts, area=stored.ward_id,
                reason=stored.undo_reason,
            )  # fmt: skip
        return stored
    except ValidationError as error:
        return _back_to_committed(imported, " ".join(error.messages))


def _in(imported: Import, state: str) -> Import | None:
    stored = Import.objects.select_related("ward", "committed_by", "undone_by").get(pk=imported.pk)
    return stored if stored.state == state else None


def _chunks(stored: Import) -> Iterator[Sequence[ImportUnit]]:
    units = stored.units.to_write().select_related("area").in_order()
    if stored.kind in WHOLE:
        yield list(units)
        return
    last = 0
    while found := list(units.filter(number__gt=last)[:AT_ONCE]):
        yield found
        last = found[-1].number


def _again(imported: Import, sentence: str) -> Import:
    with transaction.atomic():
        worked_alone(imported)
        stored = Import.objects.get(pk=imported.pk)
        if stored.state == State.COMMITTING:
            stored.read_for, stored.committed_by = stored.committed_by, None
            stored.state, stored.told, stored.doing = State.CHECKING, [sentence], "So lại với sổ"
            stored.version += 1
            stored.save()
    return stored


def _back_to_committed(imported: Import, sentence: str) -> Import:
    with transaction.atomic():
        worked_alone(imported)
        stored = Import.objects.get(pk=imported.pk)
        if stored.state == State.UNDOING:
            stored.state, stored.undone_by, stored.doing = State.COMMITTED, None, ""
            stored.undo_reason, stored.told = "", [f"Chưa hoàn tác được: {sentence}"]
            stored.version += 1
            stored.save()
    return stored
