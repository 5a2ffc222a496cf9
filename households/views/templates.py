"""Templates of documents, for admins: which is in use, what it may name, a replacement, back to the portal's own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households.actions import templates
from households.documents import defaults, engine, example
from households.documents.kinds import KINDS, Kind
from households.forms.templates import TemplateForm
from households.models import DocumentTemplate
from households.views.documents import file_answer
from thanhsen.permissions import Permission, requires


@requires(Permission.MANAGE_TEMPLATES)
@require_safe
def template_list(request):
    stored = DocumentTemplate.objects.visible_to(request.user).filter(withdrawn_at=None)
    newest: dict[str, list] = {}
    for each in stored.defer("content").select_related("ward", "uploaded_by").newest_first():
        newest.setdefault(each.kind, []).append(each)
    rows = [(kind, newest.get(kind.code, [])) for kind in KINDS.values()]
    return render(request, "households/template_list.html", {"rows": rows})


@requires(Permission.MANAGE_TEMPLATES)
@require_http_methods(["GET", "HEAD", "POST"])
def template_detail(request, code):
    kind = _kind(code)
    form = TemplateForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.carried_out(
        lambda **data: templates.upload_template(by=request.user, kind=kind.code, **data)
    ):
        messages.success(request, f"Từ nay {kind.label.lower()} dùng mẫu {form.result}.")
        return redirect("template_detail", code=kind.code)
    found = DocumentTemplate.objects.visible_to(request.user).filter(kind=kind.code).defer("content")
    stored = list(found.select_related("ward", "uploaded_by", "withdrawn_by").newest_first())
    mine = set(
        DocumentTemplate.objects.governed_by(request.user).filter(kind=kind.code).values_list("pk", flat=True)
    )
    context = {"kind": kind, "form": form, "stored": stored, "mine": mine, "used": _used(stored)}
    return render(request, "households/template_detail.html", context, status=form.status)


@requires(Permission.MANAGE_TEMPLATES)
@require_safe
def template_default(request, code):
    """The portal's own template, to edit in Word."""
    kind = _kind(code)
    return file_answer(defaults.default(kind), engine.CONTENT_TYPE, f"mau {kind.file_name}", "docx")


@requires(Permission.MANAGE_TEMPLATES)
@require_safe
def template_default_preview(request, code):
    kind = _kind(code)
    return _preview(kind, defaults.default(kind))


@requires(Permission.MANAGE_TEMPLATES)
@require_safe
def template_file(request, pk):
    stored = _stored(request, pk)
    return file_answer(
        bytes(stored.content), engine.CONTENT_TYPE, stored.file_name.removesuffix(".docx"), "docx"
    )


@requires(Permission.MANAGE_TEMPLATES)
@require_safe
def template_preview(request, pk):
    stored = _stored(request, pk)
    return _preview(_kind(stored.kind), bytes(stored.content))


@requires(Permission.MANAGE_TEMPLATES)
@require_POST
def template_withdraw(request, pk):
    stored = get_object_or_404(
        DocumentTemplate.objects.visible_to(request.user).filter(withdrawn_at=None), pk=pk
    )
    templates.withdraw_template(by=request.user, template=stored, at=now())
    messages.success(request, f"Đã thôi dùng mẫu {stored}.")
    return redirect("template_detail", code=stored.kind)


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _used(stored: list[DocumentTemplate]) -> set[int]:
    """The newest not withdrawn, for every ward and for each."""
    newest: dict[int | None, int] = {}
    for each in stored:
        if each.withdrawn_at is None:
            newest.setdefault(each.ward_id, each.pk)
    return set(newest.values())


def _stored(request, pk) -> DocumentTemplate:
    return get_object_or_404(DocumentTemplate.objects.visible_to(request.user), pk=pk)


def _preview(kind: Kind, template: bytes):
    """Filled with invented people, which the file's name says."""
    data = engine.render(template, example.of(kind))
    return file_answer(data, engine.CONTENT_TYPE, f"xem thu so lieu gia {kind.file_name}", "docx")
