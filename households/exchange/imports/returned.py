"""The sender's own workbook back: what is wrong stands as a comment in its cell."""

import tempfile
from collections import defaultdict
from pathlib import Path

from households.models import Import
from thanhsen.workbook.marked import mark

UNDECIDED = "Cần quyết định trong cổng: {}. Mở lần nhập này trên cổng để chọn."


def workbook(imported: Import) -> tuple[bytes, str]:
    """The file as it was sent, with the faults and the conflicts of the last comparison coloured; and what the sender
    must know besides."""
    faults: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows: dict[int, str] = {}
    units = imported.units.filter(outcome__in=["faulty", "conflict"]).in_order()
    for unit in units.only("lines", "outcome", "causes", "choice", "first_row").iterator(chunk_size=500):
        for line in unit.lines:
            for column, sentence in [*line["faults"], *line.get("wrong", ())]:
                faults[line["row"], column].append(f"{sentence[:1].upper()}{sentence[1:]}")
        if unit.outcome == "conflict" and unit.choice != unit.SKIP:
            said = ", ".join(unit.Cause(each).label.lower() for each in unit.causes)
            rows[unit.first_row] = UNDECIDED.format(said)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "sent.xlsx", Path(folder) / "marked.xlsx"
        source.write_bytes(imported.file.content)
        told = {place: "\n".join(sentences) for place, sentences in faults.items()}
        marked = mark(source, target, imported.page, told, row_faults=rows)
        return target.read_bytes(), marked.note


def households(imported: Import) -> list[int]:
    """Ids of the households of the register that the file names, for the trail."""
    if imported.kind not in (Import.Kind.HOUSEHOLDS, Import.Kind.STATUSES):
        return []
    return [each for each in imported.units.values_list("target", flat=True) if each is not None]
