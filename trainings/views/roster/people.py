"""The roster on screen, and one trainee: added, corrected, withdrawn, replaced, taken back, given another code."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen import events, trail
from thanhsen.addresses import key, typed, whole
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from thanhsen.permissions import Permission, requires
from trainings.actions.roster import people as actions
from trainings.actions.roster.seats import places_in_line, seats
from trainings.exchange.roster.lists import find_trainees
from trainings.forms.roster import people as forms
from trainings.models import Trainee, Unit
from trainings.reports.roster.people import figures
from trainings.views.loading import governed_course
from trainings.views.roster.loading import STALE, shown, stale, trainee_of

acts = require_http_methods(["GET", "HEAD", "POST"])
PAGE, HISTORY = 50, 100
READS = ("roster.view", "roster.export")
LABELS = {
    each.name: str(each.verbose_name) for each in Trainee._meta.concrete_fields if each.name in actions.EDITED
}


@require_safe
@requires(Permission.MANAGE_COURSES)
def roster(request, pk):
    """Everybody on the roster by given name, with filters; several may be ticked and moved to a class."""
    found = find_trainees(request, today=localdate(), pk=pk)
    course = found.shown["course"]
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    events.read(
        by=request.user, act="roster.view", of=Trainee, ids=[each.pk for each in page], name=found.name
    )
    counts = figures(course)
    context = shown(
        request, course, **{each: value for each, value in found.shown.items() if each != "course"}, page=page,
        counts=counts, seats=seats(course, found.shown["classes"]), line=places_in_line(course) if counts["waiting"] else {},
        is_filtered=bool(request.GET.keys() - {"trang"}), may_move=bool(found.shown["classes"]) and not course.is_closed,
    )  # fmt: skip
    return render(request, "trainings/roster/roster.html", context)


@acts
@requires(Permission.MANAGE_COURSES)
def trainee_add(request, pk):
    course = governed_course(request, pk)
    start = {"request_id": uuid4(), "unit": key(request, "don-vi")}
    form = forms.TraineeForm(request.POST or None, by=request.user, course=course, initial=start)
    if request.method == "POST" and form.carried_out(lambda **data: _enrolled(request, course, form, data)):
        _told_of_seat(request, form.result)
        return redirect("roster", pk)
    context = shown(request, course, form=form, title="Thêm học viên", submit="Ghi danh")
    return render(request, "trainings/roster/form.html", context, status=form.status)


def _enrolled(request, course, form, data) -> Trainee:
    return actions.enrol(
        by=request.user, course=course, values=form.values(), at=now(), is_other=data["is_other"],
        request_id=data["request_id"],
    )  # fmt: skip


def _told_of_seat(request, trainee: Trainee) -> None:
    if trainee.state == Trainee.State.WAITING:
        place = places_in_line(trainee.course)[trainee.pk]
        messages.warning(request, f"Khoá đã đủ chỗ: {trainee.full_name} chờ, đứng thứ {place}.")
    else:
        messages.success(request, f"Đã ghi danh {trainee.full_name}.")


@acts
@requires(Permission.MANAGE_COURSES)
def trainee_from_users(request, pk):
    """Accounts of the portal, several at once; their name and phone are known, unit by their tổ dân phố."""
    course = governed_course(request, pk)
    text = typed(request, "q")
    found = forms.accounts(request.user, course).prefetch_related("areas")
    page = Paginator(found.search(text) if text else found, PAGE).get_page(typed(request, "trang"))
    ticked = {number for each in request.POST.getlist("chon") if (number := whole(each)) is not None}
    units = list(Unit.objects.in_use().filter(ward=course.ward_id).select_related("area").in_order())
    rows = [(each, _account_form(request, each, units, each.pk in ticked)) for each in page]
    if request.method == "POST" and (
        made := _added(request, course, [form for user, form in rows if user.pk in ticked])
    ):
        waiting = sum(each.state == Trainee.State.WAITING for each in made)
        messages.success(
            request,
            f"Đã ghi danh {len(made) - waiting} người." + (f" {waiting} người chờ chỗ." if waiting else ""),
        )
        return redirect("roster", pk)
    context = shown(request, course, rows=rows, page=page, ticked=ticked, text=text)
    return render(
        request, "trainings/roster/from_users.html", context, status=422 if request.method == "POST" else 200
    )


def _account_form(request, account, units, is_ticked):
    areas = {each.pk for each in account.areas.all()}
    unit = next((each.pk for each in units if each.area_id in areas), None)
    start = {"unit": unit, "group": Trainee.Group.POVERTY}
    return forms.AccountForm(request.POST if is_ticked else None, account=account, units=units, initial=start)


def _added(request, course, chosen) -> list[Trainee]:
    if not all([form.is_valid() for form in chosen]):
        messages.error(request, "Chưa ghi danh ai: xem dòng có chữ đỏ, sửa rồi bấm lại.")
        return []
    try:
        return actions.enrol_many(
            by=request.user, course=course, people=[form.values() for form in chosen], at=now()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return []


@require_safe
@requires(Permission.MANAGE_COURSES)
def trainee_detail(request, pk):
    """One trainee: what is known, class and state, what happened since they were put on the roster."""
    trainee = trainee_of(request, pk)
    events.read(by=request.user, act="roster.view", of=Trainee, ids=[trainee.pk], name=str(trainee))
    about = Event.objects.about(trainee).exclude(act__in=READS).select_related("actor", "area").newest_first()
    is_waiting = trainee.state == Trainee.State.WAITING
    context = shown(
        request, trainee.course, trainee=trainee, lines=trail.readable(list(about[:HISTORY])),
        place=places_in_line(trainee.course).get(trainee.pk) if is_waiting else None,
        marks=trainee.marks.count(), certificates=trainee.certificates.in_register_order(),
    )  # fmt: skip
    return render(request, "trainings/roster/trainee.html", context)


@acts
@requires(Permission.MANAGE_COURSES)
def trainee_edit(request, pk):
    trainee = trainee_of(request, pk)
    form = forms.TraineeForm(
        request.POST or None, by=request.user, course=trainee.course, instance=trainee,
        initial={"unit": trainee.unit_id, "user": trainee.user_id, "version": trainee.version},
    )  # fmt: skip

    def edit(version, is_other, **_):
        return actions.edit_trainee(
            by=request.user, trainee=trainee, version=version, values=form.values(), is_other=is_other
        )

    try:
        if request.method == "POST" and form.carried_out(edit):
            messages.success(request, "Đã lưu.")
            return redirect("trainee_detail", pk)
    except Stale as error:
        stale(form, error, LABELS)
    context = shown(request, trainee.course, form=form, trainee=trainee, title=f"Sửa: {trainee.full_name}")
    return render(request, "trainings/roster/form.html", context, status=form.status)


@acts
@requires(Permission.MANAGE_COURSES)
def trainee_withdraw(request, pk):
    def act(trainee, reason, on, version):
        return actions.withdraw(by=request.user, trainee=trainee, version=version, reason=reason, on=on)

    def told(result):
        up = ", ".join(each.full_name for each in result[1])
        return "Đã cho thôi học." + (f" Gọi từ danh sách chờ: {up}." if up else "")

    note = "Điểm danh đã có vẫn giữ. Chỗ trống được gọi ngay cho người chờ lâu nhất; muốn cử người khác cùng đơn vị vào đúng chỗ này thì chọn “Thay người”."
    return _one_act(request, pk, forms.LeaveForm, act, told, "Cho thôi học", note)


@acts
@requires(Permission.MANAGE_COURSES)
def trainee_replace(request, pk):
    """Another of the same unit into the same seat."""
    trainee = trainee_of(request, pk)
    start = {"version": trainee.version, "request_id": uuid4(), "group": trainee.group}
    form = forms.ReplaceForm(request.POST or None, initial=start)

    def replace(reason, on, version, is_other, request_id, **_):
        return actions.replace(
            by=request.user, trainee=trainee, version=version, reason=reason, on=on, values=form.values(), at=now(),
            is_other=is_other, request_id=request_id,
        )  # fmt: skip

    try:
        if request.method == "POST" and form.carried_out(replace):
            messages.success(request, f"Đã thay {trainee.full_name} bằng {form.result.full_name}.")
            return redirect("trainee_detail", form.result.pk)
    except Stale:
        messages.error(request, STALE)
        return redirect("trainee_detail", pk)
    note = f"Người mới cùng đơn vị {trainee.unit.name}, vào đúng chỗ và lớp của {trainee.full_name}."
    context = shown(
        request, trainee.course, form=form, trainee=trainee, title=f"Thay người: {trainee.full_name}", note=note,
        submit="Thay người",
    )  # fmt: skip
    return render(request, "trainings/roster/form.html", context, status=form.status)


@require_POST
@requires(Permission.MANAGE_COURSES)
def trainee_return(request, pk):
    trainee = trainee_of(request, pk)
    try:
        version = whole(request.POST.get("version")) or 0
        row = actions.take_back(by=request.user, trainee=trainee, version=version, at=now())
        _told_of_seat(request, row)
    except Stale:
        messages.error(request, STALE)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("trainee_detail", pk)


@acts
@requires(Permission.MANAGE_COURSES)
def trainee_code(request, pk):
    def act(trainee, reason, version):
        return actions.renew_code(by=request.user, trainee=trainee, version=version, reason=reason)

    note = "Liên kết và thẻ có mã cũ không mở được nữa. In lại thẻ, gửi lại liên kết cho người này."
    return _one_act(request, pk, forms.CodeForm, act, lambda _: "Đã cấp mã mới.", "Cấp mã mới", note)


def _one_act(request, pk, form_class, act, told, title, note):
    """One act with a reason on one trainee, as the page showed them."""
    trainee = trainee_of(request, pk)
    form = form_class(request.POST or None, initial={"version": trainee.version})
    try:
        if request.method == "POST" and form.carried_out(lambda **data: act(trainee, **data)):
            messages.success(request, told(form.result))
            return redirect("trainee_detail", pk)
    except Stale:
        messages.error(request, STALE)
        return redirect("trainee_detail", pk)
    context = shown(
        request, trainee.course, form=form, trainee=trainee, title=f"{title}: {trainee.full_name}", note=note,
        submit=title,
    )  # fmt: skip
    return render(request, "trainings/roster/form.html", context, status=form.status)
