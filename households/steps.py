"""The one table of transitions: what a household may do next in a round, and who takes it there.

A household on the list of a round is a `Listing` until its sheet is started, then its `Sheet`. The database keeps
the same table (`step_allowed`, migration 0007); a test holds the two equal.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from households.models import Listing, Sheet
from thanhsen.permissions import Permission


@dataclass(frozen=True)
class Transition:
    """One step. `does` finishes the sentence "Hộ đang ở bước … nên không …"."""

    act: str
    starts: tuple[str, ...]
    end: str
    does: str
    permission: Permission


TABLE = (
    Transition("listing.check", ("listed", "stopped"), "checked", "cho lập Phiếu B", Permission.LIST_HOUSEHOLDS),
    Transition("listing.stop", ("listed",), "stopped", "dừng ở Phiếu A", Permission.LIST_HOUSEHOLDS),
    Transition("sheet.start", ("listed", "checked"), "draft", "lập Phiếu B", Permission.FILL_SHEETS),
    Transition("sheet.submit", ("draft", "returned"), "submitted", "nộp phiếu", Permission.FILL_SHEETS),
    Transition("sheet.approve", ("submitted",), "approved", "duyệt", Permission.APPROVE_SHEETS),
    Transition("sheet.return", ("submitted", "approved"), "returned", "trả lại", Permission.APPROVE_SHEETS),
    Transition("meeting.agree", ("approved",), "agreed", "ghi kết quả họp", Permission.RECORD_MEETINGS),
    Transition("meeting.refuse", ("approved",), "returned", "ghi kết quả họp", Permission.RECORD_MEETINGS),
    Transition("posting.make", ("agreed",), "posted", "niêm yết", Permission.POST_LISTS),
    Transition("complaint.file", ("posted",), "contested", "ghi khiếu nại", Permission.HANDLE_COMPLAINTS),
    Transition("complaint.settle", ("contested",), "agreed", "ghi kết quả phúc tra", Permission.HANDLE_COMPLAINTS),
    Transition("complaint.resurvey", ("contested",), "returned", "trả về rà soát lại", Permission.HANDLE_COMPLAINTS),
    Transition("sheet.reopen", ("agreed", "posted"), "returned", "trả về rà soát lại", Permission.APPROVE_SHEETS),
    Transition("opinion.ask", ("posted",), "reported", "đưa vào báo cáo xin ý kiến", Permission.MANAGE_ROUNDS),
    Transition("opinion.review", ("reported",), "returned", "trả về rà soát lại", Permission.MANAGE_ROUNDS),
    Transition("decision.make", ("posted", "reported"), "decided", "đưa vào quyết định", Permission.DECIDE),
    Transition("certificate.issue", ("decided",), "certified", "trả kết quả", Permission.ISSUE_CERTIFICATES),
)  # fmt: skip
PAIRS = frozenset((start, each.end) for each in TABLE for start in each.starts)
NAMES = {str(state): str(state.label) for state in (*Listing.State, *Sheet.State)}


def of(act: str) -> Transition:
    return next(each for each in TABLE if each.act == act)


def require(record: Listing | Sheet, act: str) -> str:
    """The state `act` brings the record to; ValidationError where it is not at a step that leads there."""
    step = of(act)
    if record.state not in step.starts:
        wanted = " hoặc ".join(f"“{NAMES[start]}”" for start in step.starts)
        raise ValidationError(
            f"Hộ đang ở bước “{NAMES[record.state]}” nên không {step.does} được; "
            f"chỉ {step.does} được hộ ở bước {wanted}."
        )
    return step.end
