"""The page on which a session's marks are made, and what it sends in the background."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_http_methods, require_POST

from thanhsen import events
from thanhsen.addresses import typed, whole
from thanhsen.permissions import Permission, requires
from trainings.actions.attendance import marks as actions
from trainings.forms import attendance as forms
from trainings.models import Mark, Session, Trainee
from trainings.reports import attendance as report
from trainings.views.attendance.loading import of_session, session_of

acts = require_http_methods(["GET", "HEAD", "POST"])
TOLD = 10  # refusals told by name above the page


@acts
@requires(Permission.TAKE_ATTENDANCE)
def session_attendance(request, pk, session):
    """Everybody of a session on one page. Posted only without script; `nguon=giay`: typed back from the sheet."""
    held = session_of(request, pk, session)
    if request.method == "POST":
        _save_form(request, held)
        return redirect(request.get_full_path())
    seen = report.newest_change(held)  # before the rows: what comes in between is told again, never missed
    places = report.places(held)
    ids = [each.trainee.pk for each in places]
    events.read(by=request.user, act="roster.view", of=Trainee, ids=ids, name=f"Điểm danh: {held}")
    is_paper = typed(request, "nguon") == "giay"
    context = of_session(
        request, held, places=places, seen=seen, is_paper=is_paper, count=report.count_of(held)
    )
    return render(request, "trainings/attendance/session.html", context)


@require_POST
@requires(Permission.TAKE_ATTENDANCE)
def session_marks(request, pk, session):
    """Marks sent by the page: an answer for each, and what others changed since the page last heard."""
    held = session_of(request, pk, session)
    try:
        batch = forms.batch_of(request.body)
        answers = actions.save_marks(
            by=request.user, session=held, wanted=batch.wanted, source=batch.source, at=now(), reason=batch.reason
        )  # fmt: skip
    except ValidationError as error:
        needs_reason = "reason" in getattr(error, "error_dict", {})
        return JsonResponse({"message": " ".join(error.messages), "needs_reason": needs_reason}, status=422)
    seen = report.newest_change(held)
    mine = {each.trainee for each in batch.wanted}
    others = report.changed_since(held, batch.seen, but=request.user)
    return JsonResponse(
        {
            "rows": [_answer(each) for each in answers],
            "others": [_mark(each) for each in others if each.trainee_id not in mine],
            "seen": seen,
        }
    )


@acts
@requires(Permission.TAKE_ATTENDANCE)
def session_guests(request, pk, session):
    """Somebody of another class of the course is found and sits in (học ghép)."""
    held = session_of(request, pk, session)
    if request.method == "POST":
        return _add_guest(request, held)
    text = typed(request, "q")
    found = list(report.others_of_course(held, text)[: forms.SHOWN]) if text else []
    ids = [each.pk for each in found]
    events.read(by=request.user, act="roster.view", of=Trainee, ids=ids, name=f"Học ghép: {held}")
    context = of_session(request, held, found=found, text=text)
    return render(request, "trainings/attendance/guests.html", context)


def _add_guest(request, held: Session):
    trainee = whole(request.POST.get("trainee")) or 0
    wanted = [actions.Wanted(trainee, Mark.State.PRESENT, is_guest=True)]
    reason = request.POST.get("reason", "")[:300]
    try:
        answer = actions.save_marks(
            by=request.user, session=held, wanted=wanted, source=Mark.Source.CLERK, at=now(), reason=reason
        )[0]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(request.get_full_path())
    if answer.refusal:
        messages.error(request, answer.refusal)
        return redirect(request.get_full_path())
    messages.success(request, "Đã ghi có mặt, học ghép.")
    return redirect("session_attendance", held.training_class.course_id, held.pk)


def _save_form(request, held: Session) -> None:
    """What the page's form holds, sent whole; the changed rows alone are written."""
    wanted, reason = forms.lines_of(request.POST), request.POST.get("reason", "")[:300]
    try:
        answers = actions.save_marks(
            by=request.user, session=held, wanted=wanted, source=forms.source_of(request.POST), at=now(), reason=reason
        )  # fmt: skip
        rest = 0
        if request.POST.get("do") == "rest":
            rest = actions.mark_the_rest(by=request.user, session=held, at=now(), reason=reason)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    refused = {each.trainee: each.refusal for each in answers if each.refusal}
    messages.success(request, f"Đã ghi {len(answers) - len(refused) + rest} người.")
    told = Trainee.objects.governed_by(request.user).filter(pk__in=refused).in_order()[:TOLD]
    for each in told:
        messages.warning(request, f"Chưa ghi {each}: {refused[each.pk]}")
    if len(refused) > len(told):
        messages.warning(request, f"Còn {len(refused) - len(told)} người chưa ghi được.")


def _answer(each: actions.Answer) -> dict:
    return {
        "trainee": each.trainee, "state": each.state, "version": each.version, "refusal": each.refusal,
        "by": each.by, "at": _time(each.at),
    }  # fmt: skip


def _mark(each: Mark) -> dict:
    return {
        "trainee": each.trainee_id, "state": each.state, "version": each.version, "name": each.trainee.full_name,
        "by": each.marked_by.full_name, "at": _time(each.marked_at),
    }  # fmt: skip


def _time(at) -> str:
    return f"{localtime(at):%H:%M}" if at else ""
