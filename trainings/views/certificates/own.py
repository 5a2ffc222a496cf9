"""A trainee's own page, by personal code or from the account: classes, attendance, materials, tests, certificate."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households.models import MaterialFile
from thanhsen import filetypes
from thanhsen.downloads import attachment
from thanhsen.papers.wording import ascii_name
from thanhsen.permissions import open_to_all, signed_in
from trainings.documents import certificate as paper
from trainings.documents import qr
from trainings.models import Trainee
from trainings.reports import own as report
from trainings.views.certificates.addresses import public_address

ANY = "application/octet-stream"
WHY = "Học viên không có tài khoản mở trang học của mình bằng mã riêng; mã chỉ mở các trang của người đó."


@open_to_all(WHY)
@never_cache
@require_safe
def my_page(request, code):
    trainee = _trainee(code)
    door = request.build_absolute_uri(reverse("door_check", args=[trainee.code]))
    context = {"trainee": trainee, "own": report.own(trainee, now()), "qr": qr.inline(door)}
    return render(request, "trainings/certificates/my_page.html", context)


@open_to_all(WHY)
@never_cache
@require_safe
def my_certificate(request, code):
    trainee = _trainee(code)
    certificate = report.certificate_of(trainee)
    if certificate is None:
        raise Http404
    content = paper.write([certificate], lambda each: public_address(request, each))
    return attachment(content, f"giay-{ascii_name(certificate.printed_number)}.pdf", paper.CONTENT_TYPE)


@open_to_all(WHY)
@require_safe
def my_material(request, code, pk):
    """A file of the topics of the trainee's course, and no other."""
    material = get_object_or_404(report.materials(_trainee(code)), pk=pk, link="")
    content = MaterialFile.objects.filter(of=material).values_list("content", flat=True).get()
    kind = filetypes.of_name(material.file_name)
    return attachment(bytes(content), material.file_name, kind.content_type if kind else ANY)


@require_safe
@signed_in
def my_trainings(request):
    """The courses in which the account is on the roster; a single one opens at once."""
    mine = report.of_user(request.user)
    if len(mine) == 1:
        return redirect("my_page", mine[0].code)
    return render(request, "trainings/certificates/my_trainings.html", {"mine": mine})


def _trainee(code: str) -> Trainee:
    trainee = report.by_code(code.lower())
    if trainee is None:
        raise Http404
    return trainee
