"""The sender's own workbook of trainees back: what is wrong stands as a comment in its cell."""

from thanhsen.workbook.marked import returned
from trainings.actions.roster.files import SKIP
from trainings.models import RosterImport

UNDECIDED = "Cần quyết định trong cổng: {} Mở tệp này trên cổng để chọn."


def workbook(imported: RosterImport) -> tuple[bytes, str]:
    """The file as it was sent, with the faults and doubts of the last comparison coloured; and what the sender must
    know besides. Rows that were skipped are left alone."""
    rows = [
        each
        for each in imported.rows
        if each["outcome"] in ("faulty", "conflict") and each.get("choice") != SKIP
    ]
    told = [
        (each["row"], column, sentence)
        for each in rows
        for column, sentence in [*each["faults"], *each["wrong"]]
    ]
    doubts = {each["row"]: UNDECIDED.format(each["why"]) for each in rows if each["outcome"] == "conflict"}
    return returned(bytes(imported.content), imported.page, told, doubts)


def trainees(imported: RosterImport) -> list[int]:
    """Ids of the trainees that the file names, for the trail."""
    return [each["target"] for each in imported.rows if each["target"] is not None]
