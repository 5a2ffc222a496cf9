"""Files sent in: send one, match its columns, look at what it would change, write it, take it back."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from households.actions.imports import files
from households.exchange.imports import deciding, queue, returned
from households.exchange.imports.matching_form import meanings, options, typed_matching
from households.exchange.imports.shown import (
    FILTERS,
    by_area,
    doubtful_columns,
    lines_of,
    listed,
    of_new_household,
    questions,
    summary,
)
from households.exchange.imports.template import template
from households.forms.imports import UndoForm, UploadForm
from households.models import Household, Import, ImportUnit
from households.models.imports import MAY
from thanhsen import events
from thanhsen.addresses import key, typed, whole
from thanhsen.downloads import attachment
from thanhsen.permissions import Permission, check, requires
from thanhsen.workbook import CONTENT_TYPE
from thanhsen.workbook.marked import returned_name

PAGE = 50
NAMES = {
    "households": "mau-ho-thanh-vien.xlsx",
    "statuses": "mau-phan-loai-cac-nam.xlsx",
    "totals": "mau-tong-so-ho.xlsx",
    "areas": "mau-to-dan-pho.xlsx",
}
State = Import.State


@require_safe
@requires(Permission.IMPORT_FILES)
def import_list(request):
    rows = Import.objects.visible_to(request.user).select_related("ward", "uploaded_by").newest_first()
    context = {"page": Paginator(rows, PAGE).get_page(typed(request, "trang")), "kinds": _kinds(request.user)}
    return render(request, "households/import_list.html", context)


@requires(Permission.IMPORT_FILES)
def import_upload(request, kind):
    if kind not in _kinds(request.user):
        raise Http404
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        by=request.user,
        kind=kind,
        initial={"request_id": uuid4()},
    )
    if request.method == "POST" and form.carried_out(lambda **_: _sent(request, form)):
        return redirect("import_detail", pk=form.result.pk)
    context = {"form": form, "kind": kind, "label": Import.Kind(kind).label}
    return render(request, "households/import_upload.html", context, status=form.status)


@transaction.atomic
def _sent(request, form) -> Import:
    imported = files.upload(by=request.user, **form.sent())
    queue.put(imported)
    return imported


@require_safe
@requires(Permission.IMPORT_FILES)
def import_template(request, kind):
    if kind not in _kinds(request.user):
        raise Http404
    return attachment(template(kind), NAMES[kind], CONTENT_TYPE)


@require_safe
@requires(Permission.IMPORT_FILES)
def import_detail(request, pk):
    """Where the import stands and what one can do now."""
    imported = _import(request, pk)
    if imported.state == State.UPLOADED and imported.found.get("columns"):
        return redirect("import_match", pk=pk)
    show = request.GET.get("xem", "")
    area = key(request, "to")
    units = listed(imported, show, area)
    page = Paginator(units, PAGE).get_page(typed(request, "trang"))
    events.read(by=request.user, act="import.view", of=Import, ids=[imported.pk], name=str(imported))
    context = {
        "imported": imported, "page": page, "rows": [(each, summary(each)) for each in page], "show": show, "filters": FILTERS, "area": area, "areas": by_area(imported),
        "same": files.same_file(imported) if imported.state == State.CHECKED else None, "questions": questions(imported), "doubtful": doubtful_columns(imported),
        "rules": deciding.rules(imported), "undecided": imported.counts.get("conflict", 0),
        "to_write": imported.counts.get("new", 0) + imported.counts.get("changed", 0),
    }  # fmt: skip
    return render(request, "households/import_detail.html", context)


@require_safe
@requires(Permission.IMPORT_FILES)
def import_progress(request, pk):
    """The bar alone, asked for every second; once the work is done, the whole page is asked for again."""
    imported = _import(request, pk)
    response = render(request, "households/_import_progress.html", {"imported": imported})
    if not imported.is_working:
        response["HX-Refresh"] = "true"
    return response


@requires(Permission.IMPORT_FILES)
def import_match(request, pk):
    imported = _import(request, pk)
    if imported.state not in files.UNDECIDED or not imported.found.get("columns"):
        return redirect("import_detail", pk=pk)
    matching, faults = typed_matching(imported, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not faults:
        try:
            with transaction.atomic():
                page = request.POST.get("page") or imported.page
                again = page != imported.page
                imported = files.match_columns(
                    by=request.user, imported=imported, page=page, matching={} if again else matching,
                    headings={} if again else meanings(imported, matching),
                )  # fmt: skip
                queue.put(imported)
            return redirect("import_detail", pk=pk)
        except ValidationError as error:
            faults = error.messages
    context = {
        "imported": imported, "faults": faults, "options": options(imported.kind),
        "columns": [(each, matching.get(each["number"], "")) for each in imported.found["columns"]],
    }  # fmt: skip
    return render(request, "households/import_match.html", context, status=422 if faults else 200)


@require_POST
@requires(Permission.IMPORT_FILES)
def import_answer(request, pk):
    """A question about the whole file is answered, and the file read again."""
    imported = _import(request, pk)
    name, value = request.POST.get("question", ""), request.POST.get("answer") == "yes"
    if name not in {each.name for each in questions(imported)}:
        raise Http404
    return _next(
        request, imported, lambda: files.answer(by=request.user, imported=imported, answers={name: value})
    )


@require_POST
@requires(Permission.IMPORT_FILES)
def import_again(request, pk):
    """Read and compare once more, with the register as it is now."""
    imported = _import(request, pk)
    return _next(request, imported, lambda: files.answer(by=request.user, imported=imported, answers={}))


@requires(Permission.IMPORT_FILES)
def import_unit(request, pk, number):
    """One household of the file beside the register; what is in doubt is decided here."""
    imported = _import(request, pk)
    unit = get_object_or_404(imported.units.select_related("of__ward", "area"), number=number)
    if request.method == "POST":
        try:
            deciding.choose(
                by=request.user, units=[unit], choice=request.POST.get("choice", ""), today=localdate()
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("import_unit", pk=pk, number=number)
        following = imported.units.to_decide().filter(number__gt=number).in_order().first()
        messages.success(
            request,
            "Đã ghi lựa chọn." if following else "Đã ghi lựa chọn. Không còn dòng nào cần quyết định.",
        )
        return (
            redirect("import_unit", pk=pk, number=following.number)
            if following
            else redirect("import_detail", pk=pk)
        )
    context = {
        "imported": imported,
        "unit": unit,
        "content": of_new_household(unit),
        "lines": lines_of(unit, request.user),
        "choices": deciding.of_unit(unit, request.user),
        "causes": [ImportUnit.Cause(each).label for each in unit.causes],
    }
    return render(request, "households/import_unit.html", context)


@require_POST
@requires(Permission.IMPORT_FILES)
def import_choose(request, pk):
    """One rule for every conflict of a cause."""
    imported = _import(request, pk)
    try:
        count = deciding.by_rule(
            by=request.user, imported=imported, rule=request.POST.get("rule", ""), today=localdate()
        )
        messages.success(request, f"Đã ghi lựa chọn cho {count} mục.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("import_detail", pk=pk)


@require_POST
@requires(Permission.IMPORT_FILES)
def import_commit(request, pk):
    imported = _import(request, pk)
    version = whole(request.POST.get("version")) or 0
    return _next(
        request, imported,
        lambda: files.begin_commit(by=request.user, imported=imported, version=version),
    )  # fmt: skip


@require_POST
@requires(Permission.IMPORT_FILES)
def import_drop(request, pk):
    imported = _import(request, pk)
    try:
        files.drop(by=request.user, imported=imported)
        messages.success(request, "Đã bỏ tệp; không có gì được ghi vào sổ.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("import_list")


@requires(Permission.IMPORT_FILES)
def import_undo(request, pk):
    imported = _import(request, pk)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.carried_out(lambda reason: _undone(request, imported, reason)):
        return redirect("import_detail", pk=pk)
    return render(
        request, "households/import_undo.html", {"imported": imported, "form": form}, status=form.status
    )


@transaction.atomic
def _undone(request, imported, reason) -> Import:
    stored = files.begin_undo(by=request.user, imported=imported, reason=reason)
    queue.put(stored)
    return stored


@require_safe
@requires(Permission.IMPORT_FILES)
def import_returned(request, pk):
    """The sender's own workbook, its bad cells coloured."""
    imported = _import(request, pk)
    if imported.is_working or not imported.matching:
        raise Http404
    events.read(
        by=request.user,
        act="import.export",
        of=Household,
        ids=returned.households(imported),
        name=str(imported),
    )
    content, note = returned.workbook(imported)
    if note:
        messages.info(request, note)  # shown by the next page
    return attachment(content, returned_name(imported.file_name), CONTENT_TYPE)


def _next(request, imported, act):
    """Carry out what hands the import to the background work."""
    try:
        with transaction.atomic():
            queue.put(act())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("import_detail", pk=imported.pk)


def _import(request, pk) -> Import:
    rows = Import.objects.visible_to(request.user).select_related(
        "ward", "uploaded_by", "committed_by", "undone_by"
    )
    imported = get_object_or_404(rows, pk=pk)
    check(request.user, MAY[imported.kind])
    return imported


def _kinds(user) -> list[str]:
    return [kind for kind in Import.Kind if user.may(MAY[kind])]
