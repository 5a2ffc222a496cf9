"""The roster as decisions have it, and what changed since."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from thanhsen import events
from thanhsen.permissions import Permission, requires
from trainings.actions.roster.versions import freeze
from trainings.forms.roster.people import VersionForm
from trainings.models import Trainee
from trainings.reports.roster.versions import changes_since, decisions_of
from trainings.views.loading import governed_course
from trainings.views.roster.loading import shown, version_of


@require_safe
@requires(Permission.MANAGE_COURSES)
def roster_versions(request, pk):
    course = governed_course(request, pk)
    context = shown(request, course, versions=decisions_of(course))
    return render(request, "trainings/roster/versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_COURSES)
def roster_freeze(request, pk):
    course = governed_course(request, pk)
    start = {"request_id": uuid4(), "signer_title": course.signer_title, "signer": course.signer}
    form = VersionForm(request.POST or None, initial=start)
    if request.method == "POST" and form.carried_out(
        lambda **data: freeze(by=request.user, course=course, **data)
    ):
        messages.success(request, f"Đã chốt danh sách {len(form.result.lines)} học viên.")
        return redirect("roster_version", form.result.pk)
    note = "Chốt mọi người đang trong danh sách (không kể người chờ chỗ) như quyết định đã ký. Bản đã chốt không sửa được; thay đổi về sau được kể ra bên cạnh."
    context = shown(
        request, course, form=form, title="Chốt danh sách theo quyết định", note=note, submit="Chốt danh sách"
    )
    return render(request, "trainings/roster/form.html", context, status=form.status)


@require_safe
@requires(Permission.MANAGE_COURSES)
def roster_version(request, pk):
    """The lines as decided; what changed since stands apart."""
    version = version_of(request, pk)
    ids = [each["trainee"] for each in version.lines]
    events.read(by=request.user, act="roster.view", of=Trainee, ids=ids, name=str(version))
    context = shown(request, version.course, version=version, changes=changes_since(version))
    return render(request, "trainings/roster/version.html", context)
