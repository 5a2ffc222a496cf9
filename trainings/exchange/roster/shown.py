"""What the page of a file shows: its rows by what becomes of them, what is in doubt, units it names that are none."""

from collections import Counter
from dataclasses import dataclass

from trainings.actions.roster.files import SKIP, Row
from trainings.actions.roster.undoing import Undo
from trainings.exchange.roster.comparing import OTHER
from trainings.exchange.roster.units import in_full
from trainings.models import RosterImport, Trainee

FILTERS = [
    ("faulty", "Có lỗi"),
    ("conflict", "Cần quyết định"),
    ("new", "Người mới"),
    ("changed", "Thay đổi"),
    ("same", "Giống danh sách"),
    ("skipped", "Bỏ qua"),
    ("noted", "Có điều đã đổi khi đọc"),
    ("kept", "Giữ lại khi hoàn tác"),
]
MANY = 10  # rows of one note: it is told of the file and not row by row
UNDECIDED = (RosterImport.State.CHECKED,)


def filtered(imported: RosterImport, show: str) -> list[Row]:
    """The rows of a filter, in the order of the file."""
    if show == "noted":
        common = often(imported)
        return [each for each in imported.rows if any(note not in common for _, note in each["notes"])]
    if show == "kept":
        return [each for each in imported.rows if each.get("kept")]
    if show == "skipped":
        return [each for each in imported.rows if each["choice"] == SKIP]
    if show in dict(FILTERS):
        return [each for each in imported.rows if each["outcome"] == show and each["choice"] != SKIP]
    return imported.rows


def often(imported: RosterImport) -> dict[str, int]:
    """What was changed alike in many rows → in how many."""
    counts = Counter(note for each in imported.rows for _, note in each["notes"])
    return {note: count for note, count in counts.most_common() if count >= MANY}


def doubts(imported: RosterImport) -> list[tuple[str, str, int]]:
    """(choice, in words, how many rows offer it), of what can be said of all rows in doubt at once."""
    if imported.state not in UNDECIDED:
        return []
    waiting = [each for each in imported.rows if each["outcome"] == "conflict" and not each["choice"]]
    others = sum(any(value == OTHER for value, _ in each["offers"]) for each in waiting)
    said = [(OTHER, "Là người khác, ghi danh thêm", others), (SKIP, "Bỏ qua, không ghi", len(waiting))]
    return [each for each in said if each[2]]


@dataclass(frozen=True)
class Undone:
    """A line of what taking a file back would do. `differences`: (what, as it is now, as it will be)."""

    row: Row
    trainee: Trainee | None
    act: str
    why: str = ""
    differences: tuple[tuple[str, str, str], ...] = ()


def undone(found: Undo) -> list[Undone]:
    """What stays first, as it is what has to be looked at; each part in the order of the file."""
    back = [
        Undone(
            row, trainee, "restored",
            differences=tuple((label, after, before) for label, before, after in row["differences"]),
        )
        for row, trainee in found.restored
    ]  # fmt: skip
    stays = [Undone(row, trainee, "kept", why) for row, trainee, why in found.staying]
    return [*stays, *back, *(Undone(row, trainee, "removed") for row, trainee in found.removed)]


def missing_units(imported: RosterImport) -> list[str]:
    """The units named in the file that the ward has not, each once, in full."""
    if imported.state not in UNDECIDED:
        return []
    return list(
        dict.fromkeys(in_full(each["unit_missing"]) for each in imported.rows if each["unit_missing"])
    )
