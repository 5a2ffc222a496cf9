"""What the pages of the roster are about, as far as the reader governs it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from thanhsen.concurrency import Stale
from trainings.models import Course, RosterImport, RosterVersion, Trainee, Unit
from trainings.views import loading

STALE = "Người khác vừa lưu hồ sơ này trước. Xem lại nội dung mới rồi làm tiếp."


def shown(request: Any, course: Course, **context) -> dict:
    """What every page of a course's roster shows; its tab is that of the roster, wherever the page stands."""
    return loading.shown(request, course, tab_of=reverse("roster", args=[course.pk]), **context)


def trainee_of(request: HttpRequest, pk: int) -> Trainee:
    found = Trainee.objects.governed_by(request.user)
    return get_object_or_404(found.select_related("course__ward", "unit", "training_class", "user"), pk=pk)


def unit_of(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.governed_by(request.user).select_related("ward"), pk=pk)


def version_of(request: HttpRequest, pk: int) -> RosterVersion:
    found = RosterVersion.objects.governed_by(request.user)
    return get_object_or_404(found.select_related("course__ward", "made_by"), pk=pk)


def import_of(request: HttpRequest, pk: int) -> RosterImport:
    found = RosterImport.objects.governed_by(request.user)
    return get_object_or_404(
        found.select_related("course__ward", "made_by", "committed_by", "undone_by"), pk=pk
    )


def stale(form: Any, error: Stale, fields: dict[str, str]) -> None:
    """Somebody else saved first: the form keeps what was typed, says what is stored, and would save over it next."""
    stored = error.record
    kept = [f"{label}: {_said(stored, name)}" for name, label in fields.items() if name in form.changed_data]
    form.add_error(
        None,
        ValidationError(
            "Người khác vừa sửa người này. Đang lưu trên cổng: "
            + ("; ".join(kept) or "giống như đã nhập")
            + ". Xem lại rồi bấm Lưu lần nữa nếu muốn ghi theo trang này."
        ),
    )
    form.data = form.data.copy()
    form.data["version"] = error.version


def _said(record: Any, name: str) -> str:
    shown = getattr(record, f"get_{name}_display", None)
    value = shown() if shown else getattr(record, name)
    return (
        f"{value:%d/%m/%Y}"
        if hasattr(value, "strftime")
        else str("(trống)" if value in (None, "") else value)
    )
