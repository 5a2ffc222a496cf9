"""A file of trainees opened and read: its columns asked for where they are not clear, its rows compared and staged."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import islice
from pathlib import Path

from households.exchange.imports.cells import Given
from households.exchange.imports.columns import add_kind
from households.exchange.imports.matching import key
from households.exchange.imports.rows import Reading, rows
from households.exchange.imports.table import Table, open_table
from thanhsen.workbook import Unreadable
from thanhsen.workbook.judging import FILLED_IN, judge
from trainings.actions.roster import files
from trainings.actions.roster.files import Row
from trainings.exchange.roster.columns import COLUMNS, KIND
from trainings.exchange.roster.comparing import compare
from trainings.models import Course, RosterImport

MOST = 5000
MANY = 10  # faults in one column that are worth a look at the column
State = RosterImport.State
add_kind(KIND, COLUMNS)


def check(imported: RosterImport, today: date) -> RosterImport:
    """Read the file from the start and hold it against the roster as it is now. What was chosen before is kept."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sent.xlsx"
            path.write_bytes(imported.content)
            judge(path, FILLED_IN)
            table = open_table(path, imported, remembered(imported.course))
        if not table.is_clear:
            return files.stage(
                imported=imported,
                state=State.UPLOADED,
                page=table.page,
                found=table.found,
                told=table.told,
                rows=[],
            )
        found, told, reading = _read(table, imported, today)
    except Unreadable as error:
        return files.stage(imported=imported, state=State.REFUSED, refusal=str(error), rows=[])
    if sentence := _refusal(found, table.page):
        return files.stage(
            imported=imported,
            state=State.REFUSED,
            refusal=sentence,
            page=table.page,
            found=table.found,
            rows=[],
        )
    imported.matching = table.matching  # a fault is told of the column where it stands
    compare(imported, found, today)
    known = {**table.found, "asks": reading.asks, "wrong": _wrong_columns(found)}
    return files.stage(
        imported=imported, state=State.CHECKED, page=table.page, heading=table.heading.first_row, matching=table.matching,
        found=known, told=told, rows=found,
    )  # fmt: skip


def compare_again(imported: RosterImport, today: date) -> RosterImport:
    """After somebody decided on rows, or the roster changed."""
    found = imported.rows
    compare(imported, found, today)
    return files.stage(imported=imported, state=State.CHECKED, rows=found)


def remembered(course: Course) -> dict[str, str]:
    """Heading as it is compared → column, as the ward matched it in its latest files."""
    before = RosterImport.objects.filter(course__ward=course.ward_id).exclude(matching={})
    said: dict[str, str] = {}
    for found, matching in before.order_by("-pk").values_list("found", "matching")[:10]:
        for each in found.get("columns", ()):
            name = matching.get(str(each["number"]))
            if each["heading"] and name is not None:
                said.setdefault(key(each["heading"]), name)
    return said


def _read(table: Table, imported: RosterImport, today: date) -> tuple[list[Row], list[str], Reading]:
    assert table.grid is not None
    reading = Reading()
    given = Given(today=today, **{name: value for name, value in imported.answers.items() if name in GIVEN})
    chosen = {each["row"]: each.get("choice", "") for each in imported.rows}
    found = [
        {**each.stored(), "section": each.section, "choice": chosen.get(each.number, "")}
        for each in islice(rows(table.grid, table.heading, table.columns, given, reading), MOST + 1)
    ]
    return found, [*table.told, *reading.sentences()], reading


GIVEN = set(asdict(Given(today=date(2026, 1, 1)))) - {"today", "doubts"}


def _refusal(found: Sequence[Row], page: str) -> str:
    if len(found) > MOST:
        return "Tệp có hơn 5.000 dòng học viên, lớn quá cho một khoá. Xem lại có đúng tệp không, hoặc chia thành nhiều tệp."
    if not found:
        return f"Trang “{page}” không có dòng nào để nhập. Xem lại trang tính và dòng tên cột."
    return ""


def _wrong_columns(found: Sequence[Row]) -> dict[str, int]:
    """Column number → cells with a fault, of those so many that the column itself may be misunderstood."""
    counts: Counter[int] = Counter()
    for row in found:
        counts.update({int(column) for column, _ in [*row["faults"], *row["wrong"]]})
    least = max(MANY, len(found) // 4)
    return {str(column): count for column, count in counts.items() if count >= least}
