"""A workbook of trainees: sent in, its columns matched, its rows looked at and decided, written, taken back."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households.exchange.imports.matching_form import options, typed_matching
from households.exchange.imports.shown import doubtful_columns, questions
from thanhsen import events
from thanhsen.addresses import typed, whole
from thanhsen.downloads import attachment
from thanhsen.permissions import Permission, requires
from thanhsen.workbook import CONTENT_TYPE
from thanhsen.workbook.marked import returned_name
from trainings.actions.roster import files, undoing, writing
from trainings.actions.roster.units import add_units_named
from trainings.exchange.roster import returned
from trainings.exchange.roster.columns import template
from trainings.exchange.roster.reading import check, compare_again
from trainings.exchange.roster.shown import FILTERS, doubts, filtered, missing_units, often, undone
from trainings.forms.roster.units import UndoForm, UploadForm
from trainings.models import RosterImport, Trainee
from trainings.views.loading import governed_course
from trainings.views.roster.loading import import_of, shown

acts = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50
State = RosterImport.State


@acts
@requires(Permission.MANAGE_COURSES)
def roster_imports(request, pk):
    """Send a file in; the files sent in before."""
    course = governed_course(request, pk)
    form = UploadForm(
        request.POST or None, request.FILES or None, course=course, initial={"request_id": uuid4()}
    )
    if request.method == "POST" and form.carried_out(lambda **_: _sent(request, course, form)):
        return redirect("roster_import", form.result.pk)
    before = course.imports.select_related("made_by").defer("content", "rows").order_by("-pk")
    context = shown(
        request, course, form=form, page=Paginator(before, PAGE).get_page(typed(request, "trang"))
    )
    return render(request, "trainings/roster/imports.html", context, status=form.status)


def _sent(request, course, form) -> RosterImport:
    data = form.cleaned_data
    imported = files.upload(
        by=request.user, course=course, file_name=data["file"].name, content=data["file"].read(),
        defaults=form.defaults(), request_id=data["request_id"],
    )  # fmt: skip
    return check(imported, localdate()) if imported.state == State.UPLOADED else imported


@require_safe
@requires(Permission.MANAGE_COURSES)
def roster_template(request, pk):
    governed_course(request, pk)
    return attachment(template(), "mau-hoc-vien.xlsx", CONTENT_TYPE)


@require_safe
@requires(Permission.MANAGE_COURSES)
def roster_import(request, pk):
    """Where the file stands, row by row, and what one can do now."""
    imported = import_of(request, pk)
    if imported.state == State.UPLOADED and imported.found.get("columns"):
        return redirect("roster_match", pk)
    show = typed(request, "xem")
    page = Paginator(filtered(imported, show), PAGE).get_page(typed(request, "trang"))
    events.read(by=request.user, act="roster.view", of=RosterImport, ids=[imported.pk], name=str(imported))
    context = shown(
        request, imported.course, imported=imported, page=page, show=show, filters=FILTERS,
        same=files.same_file(imported) if imported.state == State.CHECKED else None,
        questions=questions(imported), doubtful=doubtful_columns(imported), doubts=doubts(imported),
        often=often(imported), units=missing_units(imported),
        to_write=imported.counts.get("new", 0) + imported.counts.get("changed", 0),
    )  # fmt: skip
    return render(request, "trainings/roster/import.html", context)


@acts
@requires(Permission.MANAGE_COURSES)
def roster_match(request, pk):
    """What the columns of the file are."""
    imported = import_of(request, pk)
    if imported.state not in files.UNDECIDED or not imported.found.get("columns"):
        return redirect("roster_import", pk)
    matching, faults = typed_matching(imported, request.POST if request.method == "POST" else None)
    page = request.POST.get("page") or imported.page
    if request.method == "POST" and not faults:
        try:
            again = {} if page != imported.page else matching
            check(
                files.match_columns(by=request.user, imported=imported, page=page, matching=again),
                localdate(),
            )
            return redirect("roster_import", pk)
        except ValidationError as error:
            faults = error.messages
    context = shown(
        request, imported.course, imported=imported, faults=faults, options=options(imported.kind),
        columns=[(each, matching.get(each["number"], "")) for each in imported.found["columns"]],
    )  # fmt: skip
    return render(request, "trainings/roster/match.html", context, status=422 if faults else 200)


@require_POST
@requires(Permission.MANAGE_COURSES)
def roster_answer(request, pk):
    imported = import_of(request, pk)
    name, value = request.POST.get("question", ""), request.POST.get("answer") == "yes"
    if name not in {each.name for each in questions(imported)}:
        raise Http404
    return _next(
        request, imported,
        lambda: check(files.answer(by=request.user, imported=imported, answers={name: value}), localdate()),
    )  # fmt: skip


@require_POST
@requires(Permission.MANAGE_COURSES)
def roster_missing_units(request, pk):
    """The units that the file names and the ward has not are added, and the file is compared again."""
    imported = import_of(request, pk)

    def add():
        made = add_units_named(by=request.user, ward=imported.course.ward, names=missing_units(imported))
        check(imported, localdate())
        messages.success(request, f"Đã thêm {len(made)} đơn vị.")

    return _next(request, imported, add)


@require_POST
@requires(Permission.MANAGE_COURSES)
def roster_choose(request, pk):
    """What becomes of one row, or of every row in doubt for which the choice is offered (`tat-ca`)."""
    imported = import_of(request, pk)
    choice, number = request.POST.get("choice", ""), whole(request.POST.get("row"))
    rows = [number or 0] if "tat-ca" not in request.POST else [
        each["row"] for each in imported.rows if each["outcome"] == "conflict" and not each["choice"]
        and choice in {files.SKIP, *(value for value, _ in each["offers"])}
    ]  # fmt: skip

    def choose():
        version = whole(request.POST.get("version")) or 0
        row = files.choose(
            by=request.user, imported=imported, version=version, choices=dict.fromkeys(rows, choice)
        )
        compare_again(row, localdate())

    return _next(request, imported, choose)


@require_POST
@requires(Permission.MANAGE_COURSES)
def roster_again(request, pk):
    imported = import_of(request, pk)
    return _next(request, imported, lambda: check(imported, localdate()))


@require_POST
@requires(Permission.MANAGE_COURSES)
def roster_commit(request, pk):
    """The rows onto the roster. Where it moved meanwhile the file is compared again and shown."""
    imported = import_of(request, pk)
    version = whole(request.POST.get("version")) or 0

    def commit():
        try:
            row = writing.commit(by=request.user, imported=imported, version=version, at=now())
        except writing.Moved:
            compare_again(imported, localdate())
            raise
        waiting = row.counts.get("waiting", 0)
        messages.success(request, "Đã ghi danh sách." + (f" {waiting} người chờ chỗ." if waiting else ""))

    return _next(request, imported, commit)


@acts
@requires(Permission.MANAGE_COURSES)
def roster_undo(request, pk):
    """What taking the file back would do, row by row; posted, it is done as shown."""
    imported = import_of(request, pk)
    if imported.state != State.COMMITTED:
        return redirect("roster_import", pk)
    form = UndoForm(request.POST or None)
    seen = request.POST.get("seen", "")
    if request.method == "POST" and form.carried_out(
        lambda reason: undoing.undo(by=request.user, imported=imported, reason=reason, at=now(), seen=seen)
    ):
        found = form.result[1]
        stays = f" {len(found.staying)} người giữ lại vì đã có người làm tiếp." if found.staying else ""
        messages.success(request, f"Đã hoàn tác {found.count} dòng.{stays}")
        return redirect("roster_import", pk)
    found = undoing.undo_of(imported)
    page = Paginator(undone(found), PAGE).get_page(typed(request, "trang"))
    events.read(by=request.user, act="roster.view", of=RosterImport, ids=[imported.pk], name=str(imported))
    context = shown(request, imported.course, imported=imported, form=form, found=found, page=page)
    return render(request, "trainings/roster/undo.html", context, status=form.status)


@require_safe
@requires(Permission.MANAGE_COURSES)
def roster_returned(request, pk):
    """The sender's own workbook, its bad cells coloured."""
    imported = import_of(request, pk)
    if not imported.rows:
        raise Http404
    ids = returned.trainees(imported)
    events.read(by=request.user, act="roster.export", of=Trainee, ids=ids, name=str(imported))
    content, note = returned.workbook(imported)
    if note:
        messages.info(request, note)  # shown by the next page
    return attachment(content, returned_name(imported.file_name), CONTENT_TYPE)


@require_POST
@requires(Permission.MANAGE_COURSES)
def roster_drop(request, pk):
    imported = import_of(request, pk)
    try:
        files.drop(by=request.user, imported=imported)
        messages.success(request, "Đã bỏ tệp; không có ai được ghi.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("roster_imports", imported.course_id)


def _next(request, imported, act):
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("roster_import", imported.pk)
