"""How the ward words its forms: number, title, recipients, signers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.actions.reports import word_form
from households.forms.reports import WordingForm
from households.models import FormWording
from households.reports import FORMS, forms_of
from thanhsen.models import Area
from thanhsen.permissions import Permission, requires


@require_safe
@requires(Permission.WORD_REPORTS)
def wording_list(request):
    """Every form as it is worded now."""
    rows = [(ward, forms_of(ward).values()) for ward in _wards(request)]
    return render(request, "households/wording_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WORD_REPORTS)
def wording_edit(request, ward, form):
    """The words of one form, or (0) what all of them share."""
    ward = get_object_or_404(_wards(request), pk=ward)
    if form and form not in FORMS:
        raise Http404
    stored = FormWording.objects.filter(ward=ward, form=form).first()
    typed = WordingForm(request.POST or None, printed=FORMS.get(form), stored=stored)
    if request.method == "POST" and typed.carried_out(
        lambda **texts: word_form(by=request.user, ward=ward, form=form, texts=texts)
    ):
        messages.success(request, "Đã lưu lời văn. Các năm đã khoá sổ giữ lời văn cũ.")
        return redirect("wording_list")
    context = {"form": typed, "ward": ward, "printed": FORMS.get(form)}
    return render(request, "households/wording_form.html", context, status=typed.status)


def _wards(request):
    return Area.objects.visible_to(request.user).wards().order_by("code", "pk")
