"""A list taken away: what it will hold, why it is wanted, the file."""

from collections.abc import Callable
from tempfile import TemporaryFile

from django.http import FileResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from thanhsen import workbook
from thanhsen.forms.lists import ReasonForm
from thanhsen.lists import Found, List, take
from thanhsen.lists.taking import masks
from thanhsen.permissions import requires


def export_of(listed: List) -> Callable:
    """The view that exports this list, at the address of its page followed by one more word."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @requires(listed.permission)
    def list_export(request, **of):
        found = listed.find(request, today=localdate(), **of)
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.carried_out(lambda reason: _made(request.user, listed, found, reason)):
            return _sent(form.result, f"{listed.file}-{localdate():%Y%m%d}.xlsx")
        context = {
            "listed": listed,
            "found": found,
            "count": found.records.count(),
            "masks": masks(listed, request.user),
            "form": form,
            "back": _page_of(request),
        }
        return render(request, "thanhsen/list_export.html", context, status=form.status)

    return list_export


def _made(by, listed: List, found: Found, reason: str):
    """The file, which has no name on the disk: whoever kills the portal leaves none behind."""
    file = TemporaryFile()  # noqa: SIM115 - closed by the answer when it is sent
    try:
        take(by=by, listed=listed, found=found, reason=reason, at=now(), target=file)
    except BaseException:
        file.close()
        raise
    return file


def _sent(file, name: str) -> FileResponse:
    file.seek(0)
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=workbook.CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page_of(request) -> str:
    """The page of the list with the filters it was left with."""
    page = request.path.rstrip("/").rpartition("/")[0]
    return f"{page}/?{request.GET.urlencode()}" if request.GET else f"{page}/"
