"""Points tables on screen: list, load, compare, activate, withdraw, take away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from households.actions import points as actions
from households.exchange import points as exchange
from households.forms.points import ActivateTableForm, LoadTableForm, WithdrawTableForm
from households.models import PointsTable
from households.poverty import load
from households.poverty.points import to_content
from households.reports.points import differences
from thanhsen.permissions import Permission, requires, signed_in
from thanhsen.workbook import CONTENT_TYPE, Unreadable

PEOPLE = ("loaded_by", "activated_by", "withdrawn_by")


@requires(Permission.ACTIVATE_TABLES)
def table_list(request):
    """Every table with where it stands; which apply today is said on top."""
    tables = list(PointsTable.objects.select_related(*PEOPLE).newest_first().defer("content"))
    kinds = [(kind, label, _applying(tables, kind)) for kind, label in PointsTable.Kind.choices]
    return render(
        request, "households/points_list.html", {"tables": tables, "kinds": kinds, "today": localdate()}
    )


@signed_in
def table_detail(request, pk):
    """Every item and option. Before it is activated a table is only for those who load and compare."""
    table = _table(request, pk)
    context = {"table": table, "items": table.read().items, "standard": load(table.standard_id)}
    return render(request, "households/points_detail.html", context)


@signed_in
def table_download(request, pk):
    table = _table(request, pk)
    return _file(exchange.write(table.kind, table.read().items), f"bang-diem-{table.pk}")


@requires(Permission.LOAD_TABLES)
def table_template(request, kind):
    if kind not in PointsTable.Kind:
        raise Http404
    return _file(exchange.template(kind), f"mau-{kind.replace('_', '-')}")


@requires(Permission.LOAD_TABLES)
def table_load(request):
    form = LoadTableForm(request.POST or None, request.FILES or None)
    faults: tuple = ()
    if request.method == "POST" and form.is_valid():
        try:
            loaded = exchange.read(form.cleaned_data["kind"], form.cleaned_data["file"].read())
        except Unreadable as error:
            faults = error.faults
        else:
            if form.carried_out(lambda file, **data: _keep(request, file, loaded, data)):
                return redirect("points_detail", pk=form.result.pk)
    context = {"form": form, "faults": faults, "kinds": PointsTable.Kind.choices}
    return render(request, "households/points_load.html", context, status=422 if faults else form.status)


@requires(Permission.ACTIVATE_TABLES)
def table_activate(request, pk):
    """What differs from the table in force, a tick that every line was compared, and the day."""
    table = _table(request, pk)
    form = ActivateTableForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda active_from, compared: actions.activate_table(
            by=request.user, table=table, active_from=active_from, at=now()
        )
    ):
        messages.success(request, f"“{table}” áp dụng từ ngày {form.result.active_from:%d/%m/%Y}.")
        return redirect("points_detail", pk=table.pk)
    context = {"table": table, "form": form, "items": table.read().items, **_compared(table)}
    return render(request, "households/points_activate.html", context, status=form.status)


@requires(Permission.ACTIVATE_TABLES)
def table_withdraw(request, pk):
    table = _table(request, pk)
    form = WithdrawTableForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda reason: actions.withdraw_table(by=request.user, table=table, reason=reason, at=now())
    ):
        messages.success(request, f"Đã thu hồi “{table}”.")
        return redirect("points_detail", pk=table.pk)
    context = {"table": table, "form": form, "used": table.sheets.exclude(facts=None).count()}
    return render(request, "households/points_withdraw.html", context, status=form.status)


def _table(request, pk) -> PointsTable:
    found = PointsTable.objects.select_related(*PEOPLE)
    if not request.user.may(Permission.ACTIVATE_TABLES):
        found = found.in_use()
    return get_object_or_404(found, pk=pk)


def _keep(request, file, loaded, data):
    table = actions.load_table(
        by=request.user, content=to_content(loaded.items), file_name=file.name[:200], **data
    )
    messages.success(request, f"Đã nạp “{table}”: {len(loaded.items)} mục. Bảng chờ người khác đối chiếu.")
    if loaded.composed:
        messages.info(
            request, f"{loaded.composed} ô gõ bằng dấu rời (NFD) đã được ghép lại thành chữ dựng sẵn."
        )
    return table


def _applying(tables, kind):
    """Those in force today, one a standard, from the list the page shows anyway."""
    found: dict[str, PointsTable] = {}
    for table in tables:  # newest first
        if table.kind == kind and table.state == "active" and table.active_from <= localdate():
            found.setdefault(table.standard_id, table)
    return list(found.values())


def _compared(table):
    before = PointsTable.objects.in_force(table.kind, table.standard_id, localdate())
    before = before if before and before.pk != table.pk else None
    return {"before": before, "differences": differences(table.read(), before.read()) if before else []}


def _file(data, name):
    return HttpResponse(
        data,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "no-store"},
    )
