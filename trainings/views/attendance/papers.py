"""Paper of attendance: the sheet to sign (printed, as Excel), typed back by its numbers; the cards with QR codes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from thanhsen import events, workbook
from thanhsen.addresses import key
from thanhsen.downloads import attachment
from thanhsen.papers.wording import ascii_name
from thanhsen.permissions import Permission, requires
from trainings.actions.attendance import marks as actions
from trainings.documents import qr
from trainings.exchange.papers import attendance as sheets
from trainings.forms import attendance as forms
from trainings.models import Mark, Session, Trainee
from trainings.reports import attendance as report
from trainings.views.attendance.loading import of_session, session_of
from trainings.views.loading import governed_course, shown

acts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def session_sheet(request, pk, session):
    """The list of a class with a column to sign in, to print."""
    held = session_of(request, pk, session)
    places = report.own(report.places(held))
    ids = [each.trainee.pk for each in places]
    events.read(
        by=request.user, act="training_paper.export", of=Trainee, ids=ids, name=f"Tờ điểm danh: {held}"
    )
    context = of_session(request, held, places=places, code=report.sheet_code(places))
    return render(request, "trainings/attendance/sheet.html", context)


@acts
@requires(Permission.TAKE_ATTENDANCE)
def session_workbook(request, pk, session):
    """The same list as an Excel file; it leaves with a reason."""
    held = session_of(request, pk, session)
    form = forms.SheetForm(request.POST or None)
    if request.method == "POST" and form.carried_out(lambda reason: _taken(request, held, reason)):
        return form.result
    context = of_session(request, held, form=form)
    return render(request, "trainings/attendance/workbook.html", context, status=form.status)


@acts
@requires(Permission.TAKE_ATTENDANCE)
def session_paper(request, pk, session):
    """The sheet typed back: numbers of who was away or late, looked at by name, then written."""
    held = session_of(request, pk, session)
    places = report.own(report.places(held))
    code = report.sheet_code(places)
    form = forms.PaperForm(
        request.POST or None, code=code, count=len(places), is_closed=held.closed_at is not None,
        initial={"seen": report.newest_change(held)},
    )  # fmt: skip
    lines: list = []
    if request.method == "POST" and form.is_valid():
        lines = [(each, form.states()[each.number]) for each in places if each.number]
        if request.POST.get("do") == "save" and form.carried_out(
            lambda seen=None, reason="", **_: _write(request, held, lines, seen, reason)
        ):
            messages.success(request, f"Đã ghi {form.result} người từ tờ điểm danh.")
            return redirect("session_attendance", pk, session)
    told = [(each, Mark.State(state).label, _differs(each, state)) for each, state in lines]
    context = of_session(
        request, held, form=form, code=code, count=len(places),
        away=[each for each, state in zip(told, lines, strict=True) if state[1] != Mark.State.PRESENT],
        differing=[each for each in told if each[2]], present=sum(state == Mark.State.PRESENT for _, state in lines),
        is_looked_at=bool(lines) and not form.errors,
    )  # fmt: skip
    return render(request, "trainings/attendance/paper.html", context, status=form.status)


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def trainee_cards(request, pk):
    """Cards to cut out: name, unit, class and the QR code that is scanned at the door; `lop`: of one class."""
    course = governed_course(request, pk)
    classes = list(course.classes.in_order())
    chosen = next(
        (each for each in classes if each.pk == key(request, "lop")), classes[0] if classes else None
    )
    trainees = chosen.trainees.enrolled().select_related("unit").in_order() if chosen else []
    cards = [(each, _qr(request, each)) for each in trainees]
    ids = [each.pk for each, _ in cards]
    events.read(
        by=request.user, act="training_paper.export", of=Trainee, ids=ids, name=f"Thẻ học viên: {chosen}"
    )
    context = shown(request, course, cards=cards, classes=classes, chosen=chosen)
    return render(request, "trainings/attendance/cards.html", context)


def _taken(request, held: Session, reason: str) -> HttpResponse:
    places = report.own(report.places(held))
    content = sheets.session_sheet(held, places)
    ids = [each.trainee.pk for each in places]
    events.read(
        by=request.user, act="training_paper.export", of=Trainee, ids=ids, name=f"Tờ điểm danh: {held}", reason=reason,
        after={"people": len(ids)},
    )  # fmt: skip
    name = f"diem-danh-{ascii_name(f'{held.training_class.course.code} {held}')}.xlsx"
    return attachment(content, name, workbook.CONTENT_TYPE)


def _write(request, held: Session, lines: list, seen: int | None, reason: str) -> int:
    """How many marks were written. Refused where somebody marked since the names were looked at."""
    if (seen or 0) != report.newest_change(held):
        raise ValidationError("Có người vừa điểm danh buổi này. Xem lại các tên dưới đây rồi ghi.")
    wanted = [
        actions.Wanted(each.trainee.pk, state, each.mark.version if each.mark else 0)
        for each, state in lines
        if not each.mark or each.mark.state != state
    ]
    answers = actions.save_marks(
        by=request.user, session=held, wanted=wanted, source=Mark.Source.PAPER, at=now(), reason=reason
    )
    if refused := [each.refusal for each in answers if each.refusal]:
        messages.warning(request, f"{len(refused)} người chưa ghi được: {refused[0]}")
    return len(answers) - len(refused)


def _differs(place: report.Place, state: str) -> str:
    """What is written now, where the paper says otherwise."""
    if place.mark is None or place.mark.state == state:
        return ""
    return f"{place.mark.get_state_display()} ({place.mark.get_source_display().lower()}, {place.mark.marked_by.full_name})"


def _qr(request, trainee: Trainee) -> str:
    return qr.inline(request.build_absolute_uri(reverse("door_check", args=[trainee.code])))
