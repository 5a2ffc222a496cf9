"""What the background work does with a file: reads and compares it, writes it, or takes it back. Killed at any point
it can be run again: reading starts afresh, writing is one transaction."""

import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.db.models import Max

from households.actions.imports import files, writing
from households.exchange.imports import (
    doubts,
    homes_compared,
    homes_read,
    places_compared,
    statuses_compared,
    totals_compared,
)
from households.exchange.imports.cells import Given
from households.exchange.imports.rows import WAITS, Reading, rows
from households.exchange.imports.sent import Sent, closed_years
from households.exchange.imports.table import Table, open_table, remembered_by
from households.exchange.places import Places, before
from households.models import Import, ImportUnit, Member
from thanhsen.models import Area, User
from thanhsen.progress import Progress
from thanhsen.workbook import Unreadable

State = Import.State
MANY = 10  # faults in one column that are worth a look at the column
log = logging.getLogger(__name__)
READERS: dict[str, Callable] = {
    Import.Kind.HOUSEHOLDS: homes_read.units,
    Import.Kind.STATUSES: statuses_compared.units,
    Import.Kind.TOTALS: totals_compared.units,
    Import.Kind.AREAS: places_compared.units,
}


def run(pk: int, today: date) -> Import:
    """Work on an import until it waits for a person."""
    imported = _loaded(pk)
    steps = {State.CHECKING: _check, State.COMMITTING: _commit, State.UNDOING: _undo}
    try:
        with Progress(imported) as progress:
            for _ in range(3):  # what could not be written is compared again
                if not imported.is_working:
                    break
                steps[State(imported.state)](imported, today, progress)
                imported = _loaded(pk)
    except (OperationalError, InterfaceError):
        raise  # the database went away: the job is tried again
    except Exception:
        files.give_up(imported=imported)
        log.exception("import %s", pk)
        raise
    return imported


def _commit(imported: Import, today: date, progress: Progress) -> None:
    writing.commit(imported=imported, today=today, tell=progress.tell)


def _undo(imported: Import, today: date, progress: Progress) -> None:
    writing.undo(imported=imported, today=today, tell=progress.tell)


def _check(imported: Import, today: date, progress: Progress) -> None:
    progress.tell("Đang đọc tệp")
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sent.xlsx"
            path.write_bytes(imported.file.content)
            table = open_table(path, imported, remembered_by(imported))
    except Unreadable as error:
        files.refuse(imported=imported, sentence=str(error))
        return
    if not table.is_clear:
        files.ask_to_match(imported=imported, page=table.page, found=table.found, told=table.told)
        return
    sent, units, reading = read(table, imported, today)
    table.grid = None  # a large one is not kept while its rows are compared
    if not units:
        files.refuse(
            imported=imported,
            sentence=f"Trang “{table.page}” không có dòng nào để nhập. Xem lại trang tính và dòng tiêu đề.",
        )
        return
    last_member = Member.objects.aggregate(last=Max("pk"))["last"] or 0
    if imported.kind == Import.Kind.HOUSEHOLDS:
        progress.tell("Đang tìm người trùng", 0, len(units))
        doubts.find(units, sent)
    compare(units, sent, lambda done: progress.tell("Đang so với sổ", done, len(units)))
    files.stage(
        imported=imported, units=units, page=table.page, found={**table.found, "asks": reading.asks, "wrong": wrong_columns(units), "last_member": last_member}, matching=table.matching,
        told=[*imported.told, *table.told, *reading.sentences()],
    )  # fmt: skip


def read(table: Table, imported: Import, today: date) -> tuple[Sent, list[ImportUnit], Reading]:
    """The rows of the file as units, not yet compared."""
    assert table.grid is not None
    reading = Reading()
    given = Given(today=today, **imported.answers)
    numbers = {column.name: number for number, column in table.columns.items()}
    found = rows(table.grid, table.heading, table.columns, given, reading)
    units = list(READERS[imported.kind](found, imported, places_of(imported, today), numbers))
    sent = Sent(imported, imported.reader, numbers, today, closed_years(imported.ward))
    return sent, units, reading


def compare(units: Sequence[ImportUnit], sent: Sent, tell: Callable[[int], None] = lambda done: None) -> None:
    if sent.imported.kind == Import.Kind.HOUSEHOLDS:
        homes_compared.compare(units, sent, tell)
    elif sent.imported.kind == Import.Kind.STATUSES:
        statuses_compared.compare(units, sent)
    elif sent.imported.kind == Import.Kind.TOTALS:
        totals_compared.compare(units, sent)
    else:
        places_compared.compare(units, sent)
    for unit in units:
        unit.noted = any(line["notes"] or line.get("told") for line in unit.lines)


def wrong_columns(units: Sequence[ImportUnit]) -> dict[str, int]:
    """Column number → cells with a fault, of those so many that the column itself may be misunderstood."""
    found: Counter[int] = Counter()
    for unit in units:
        for line in unit.lines:
            found.update(
                {int(column) for column, said in [*line["faults"], *line.get("wrong", ())] if said != WAITS}
            )
    least = max(MANY, sum(len(unit.lines) for unit in units) // 4)
    return {str(column): count for column, count in found.items() if count >= least}


def compare_again(imported: Import, units: list[ImportUnit], today: date, by: User) -> None:
    """After `by` decided on some units."""
    numbers = {field: int(number) for number, field in imported.matching.items() if field}
    sent = Sent(imported, by, numbers, today, closed_years(imported.ward))
    compare(units, sent)
    files.restage(imported=imported, units=units)


def places_of(imported: Import, today: date) -> Places:
    """The tổ dân phố of the ward that whoever has it read may write into, also by what they were called before."""
    visible = Area.objects.visible_to(imported.reader).groups().filter(parent=imported.ward)
    now = list(visible.valid_on(today).select_related("parent").in_order())
    return Places(now).knows_before(before(now))


def _loaded(pk: int) -> Import:
    return Import.objects.select_related("ward", "uploaded_by", "read_for", "committed_by", "undone_by").get(
        pk=pk
    )
