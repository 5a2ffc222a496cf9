"""Lists 14–15, and the whole set of a year: looked through, then taken away."""

from collections import deque
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from households.actions.reports import record_export
from households.forms.reports import ExportForm
from households.models import Household
from households.reports import FORMS, List, ReportError, build_list, gaps, set_name, set_title, whole
from households.reports.forms import Form
from households.views.editions import Asked, ask, find_area, find_edition
from households.views.reports import workbook_answer
from thanhsen import events, workbook
from thanhsen.addresses import typed
from thanhsen.permissions import Permission, Role, requires
from thanhsen.tables import Failure, Line, Table

PAGE = 50  # households


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_HOUSEHOLDS)
def report_list(request, form, year, area_id):
    """A list on screen, page by page; with a reason it is taken away whole."""
    asked = ask(request, form, year, area_id)
    if not asked.form.is_list:
        raise Http404
    try:
        found = build_list(form, year, asked.area, edition=asked.edition)
    except ReportError as error:
        return render(request, "households/report_refused.html", {"reason": str(error)}, status=400)
    export = ExportForm(request.POST or None)
    if request.method == "POST" and export.is_valid():
        return _list_taken(request, asked, found, export.cleaned_data["reason"])
    page = Paginator(range(found.households()), PAGE).get_page(typed(request, "trang"))
    lines = list(found.lines(start=page.start_index() - 1, limit=PAGE)) if page.paginator.count else []
    events.read(
        by=request.user,
        act="household.list",
        of=Household,
        ids=_listed(lines),
        name=f"{asked.form.called}, năm {year}",
    )
    context = {
        **asked.shown(request.user),
        "table": found.table,
        "lines": lines,
        "page": page,
        "export": export,
    }
    return render(request, "households/report_list.html", context, status=export.status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_REPORTS)
def report_set(request, year, area_id):
    """Every form of the year checked together; with a reason the set is taken away as one workbook."""
    area = find_area(request, area_id)
    edition = find_edition(request, area, year)
    asked = Asked(edition.form(FORMS[1]), year, area, edition)
    if request.user.role == Role.VIEWER:
        raise Http404  # small counts are hidden form by form
    with_lists = request.user.may(Permission.VIEW_HOUSEHOLDS)
    try:
        tables = {
            form.number: _of_set(asked, form) for form in FORMS.values() if with_lists or not form.is_list
        }
    except ReportError as error:
        return render(request, "households/report_refused.html", {"reason": str(error)}, status=400)
    between = gaps(tables)
    failures = [*_failures(tables), *between]
    export = ExportForm(request.POST or None, asks_to_confirm=bool(failures))
    if request.method == "POST" and export.is_valid():
        return _set_taken(request, asked, tables, failures, export.cleaned_data["reason"])
    context = {
        **asked.shown(request.user),
        "checked": [
            (asked.edition.form(FORMS[number]), table, table.failures()) for number, table in tables.items()
        ],
        "gaps": between,
        "failures": failures,
        "export": export,
        "with_lists": with_lists,
    }
    return render(request, "households/report_set.html", context, status=export.status)


def _of_set(asked: Asked, form: Form) -> Table:
    return whole(form.number, asked.year, asked.area, edition=asked.edition)


def _failures(tables: dict[int, Table]) -> list[Failure]:
    """Of each form, named with it."""
    return [
        Failure(f"Mẫu {number}, {each.cell}", each.sentence)
        for number, table in tables.items()
        for each in table.failures()
    ]


def _set_taken(request, asked: Asked, tables: dict[int, Table], failures: list[Failure], reason: str):
    names = [pk for number, table in tables.items() if FORMS[number].is_list for pk in _listed(table.lines)]
    record_export(
        by=request.user, form=0, name="Bộ báo cáo", year=asked.year, area=asked.area, version=asked.version,
        basis=asked.edition.basis, failures=[each.cell for each in failures], reason=reason,
    )  # fmt: skip
    if names:
        events.read(
            by=request.user, act="household.export", of=Household, ids=names, name="Bộ báo cáo", reason=reason
        )
    kept = asked.kept_file(0) if len(tables) == len(FORMS) else None
    data = (
        bytes(kept.data)
        if kept
        else workbook.write_set(list(tables.values()), title=set_title(asked.area, asked.edition))
    )
    return workbook_answer(set_name(asked.area, asked.edition), data)


def _list_taken(request, asked: Asked, found: List, reason: str):
    """The whole list as a workbook, written to the disk line by line however long it is."""
    record_export(
        by=request.user, form=asked.form.number, name=asked.form.name, year=asked.year, area=asked.area,
        version=asked.version, basis=asked.edition.basis, failures=[], reason=reason,
    )  # fmt: skip
    file = TemporaryFile()  # noqa: SIM115 - closed by the answer when it is sent
    lines = _noted(request, asked, found.lines(), reason)
    if kept := asked.kept_file(asked.form.number):
        file.write(bytes(kept.data))
        deque(lines, maxlen=0)
    else:
        workbook.stream(found.table, lines, file)
    file.seek(0)
    answer = FileResponse(
        file, as_attachment=True, filename=f"{found.table.name}.xlsx", content_type=workbook.CONTENT_TYPE
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _listed(lines: Iterable[Line]) -> list[int]:
    """The ids of the households that the lines of a list name."""
    return [int(cell.key) for line in lines for cell in line.cells if cell and cell.key]


def _noted(request, asked: Asked, lines: Iterable[Line], reason: str) -> Iterator[Line]:
    """The lines as they pass; which households they name is in the trail by then, some at a time."""
    ids: list[int] = []

    def note() -> None:
        events.read(
            by=request.user,
            act="household.export",
            of=Household,
            ids=ids,
            name=asked.form.name,
            reason=reason,
        )
        ids.clear()

    for line in lines:
        ids.extend(_listed([line]))
        if len(ids) >= events.RECORDS_KEPT:
            note()
        yield line
    if ids:
        note()
