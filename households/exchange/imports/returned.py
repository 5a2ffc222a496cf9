"""The sender's own workbook back: what is wrong stands as a comment in its cell."""

from households.models import Import
from thanhsen.workbook.marked import returned

UNDECIDED = "Cần quyết định trong cổng: {}. Mở lần nhập này trên cổng để chọn."


def workbook(imported: Import) -> tuple[bytes, str]:
    """The file as it was sent, with the faults and the conflicts of the last comparison coloured; and what the sender
    must know besides."""
    told: list[tuple[int, int, str]] = []
    rows: dict[int, str] = {}
    units = imported.units.filter(outcome__in=["faulty", "conflict"]).in_order()
    for unit in units.only("lines", "outcome", "causes", "choice", "first_row").iterator(chunk_size=500):
        for line in unit.lines:
            wrong = [*line["faults"], *line.get("wrong", ())]
            told += [(line["row"], column, sentence) for column, sentence in wrong]
        if unit.outcome == "conflict" and unit.choice != unit.SKIP:
            said = ", ".join(unit.Cause(each).label.lower() for each in unit.causes)
            rows[unit.first_row] = UNDECIDED.format(said)
    return returned(bytes(imported.file.content), imported.page, told, rows)


def households(imported: Import) -> list[int]:
    """Ids of the households of the register that the file names, for the trail."""
    if imported.kind not in (Import.Kind.HOUSEHOLDS, Import.Kind.STATUSES):
        return []
    return [each for each in imported.units.values_list("target", flat=True) if each is not None]
