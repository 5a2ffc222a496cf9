"""Complaints about posted results: received, re-checked beside what the sheet says, settled."""

from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from households.actions import complaints
from households.forms.disputed import DisputedForm, changes
from households.forms.season import ComplaintForm, SettleForm, questions
from households.models import Complaint, Sheet
from thanhsen import events, workdays
from thanhsen.permissions import Permission, requires

MONTHS = timedelta(days=90)


@requires(Permission.HANDLE_COMPLAINTS)
def complaint_create(request, pk):
    sheet = get_object_or_404(
        Sheet.objects.visible_to(request.user).select_related("round", "household__area", "posting", "score"),
        pk=pk,
    )
    if sheet.state not in (Sheet.State.POSTED, Sheet.State.CONTESTED):
        messages.error(
            request, "Chỉ nhận khiếu nại về hộ đang niêm yết. Xem bước hiện nay của hộ ở phiếu này."
        )
        return redirect("sheet_detail", pk=sheet.pk)
    form = ComplaintForm(request.POST or None, round_=sheet.round, initial={"request_id": uuid4()})
    if request.method == "POST" and form.carried_out(
        lambda **data: complaints.file_complaint(
            by=request.user, sheet=sheet, calendar=workdays.calendar_for(data["filed_on"], data["filed_on"] + MONTHS),
            today=localdate(), **data,
        )
    ):  # fmt: skip
        due = form.result.due_on
        messages.success(request, f"Đã nhận khiếu nại về hộ {sheet.household}. Hạn phúc tra: {due:%d/%m/%Y}.")
        return redirect("complaint_settle", pk=form.result.pk)
    context = {"form": form, "sheet": sheet, "weekends_only": workdays.notice({localdate().year})}
    return render(request, "households/complaint_form.html", context, status=form.status)


@requires(Permission.VIEW_HOUSEHOLDS)
def complaint_settle(request, pk):
    """The disputed answers as the sheet has them beside what the re-check found, and the result."""
    complaint = get_object_or_404(
        Complaint.objects.visible_to(request.user).select_related(
            "sheet__round", "sheet__household__area", "sheet__score", "posting", "made_by", "rechecked_by", "score_before",
            "score_after",
        ),
        pk=pk,
    )  # fmt: skip
    sheet = complaint.sheet
    events.read(by=request.user, act="sheet.view", of=Sheet, ids=[sheet.pk], name=str(sheet))
    may = request.user.may(Permission.HANDLE_COMPLAINTS) and not complaint.outcome
    form = SettleForm(request.POST or None) if may else None
    disputed = DisputedForm(request.POST or None, sheet=sheet, questions=complaint.questions) if may else None
    settled = (
        request.method == "POST"
        and form
        and disputed
        and disputed.is_valid()
        and form.carried_out(lambda **data: _settle(request.user, complaint, disputed, **data))
    )
    if form and settled:
        said = form.result.get_outcome_display().lower()
        messages.success(request, f"Đã ghi kết quả phúc tra: {said}.")
        return redirect("complaint_settle", pk=complaint.pk)
    context = {
        "complaint": complaint,
        "sheet": sheet,
        "form": form,
        "disputed": disputed,
        "rows": disputed.rows() if disputed else [],
        "changes": changes(complaint),
        "names": [label for code, label in questions(sheet.round) if code in complaint.questions],
        "own": sheet.submitted_by_id == request.user.pk,
    }
    status = max(form.status, disputed.status) if form and disputed else 200
    return render(request, "households/complaint_settle.html", context, status=status)


def _settle(by, complaint, disputed, *, outcome, **data):
    corrected = outcome == Complaint.Outcome.CORRECTED
    corrections = disputed.corrections() if corrected else None
    if not corrected and disputed.changes_anything:
        chosen = Complaint.Outcome(outcome).label
        raise ValidationError(
            f"Đã ghi câu trả lời khác với phiếu nhưng kết quả lại chọn “{chosen}”. Chọn “Sửa theo kết quả phúc tra”, "
            "hoặc để các câu như trên phiếu."
        )
    return complaints.settle_complaint(
        by=by, complaint=complaint, outcome=outcome, corrections=corrections, today=localdate(), **data
    )
