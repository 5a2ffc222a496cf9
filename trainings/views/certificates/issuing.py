"""Who has completed a course, certificates issued, revoked and issued again, and the file of many of them."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanhsen import events
from thanhsen.addresses import key, typed, whole
from thanhsen.downloads import attachment
from thanhsen.papers.wording import ascii_name
from thanhsen.permissions import Permission, requires
from trainings.actions import certificates as actions
from trainings.documents import certificate as paper
from trainings.forms.certificates import IssueForm, OrderForm, ReissueForm, RevokeForm
from trainings.models import CertificateBatch, Trainee, TrainingCertificate
from trainings.reports import completion as report
from trainings.views.certificates.addresses import ANY_CODE, public_address
from trainings.views.loading import governed_course, shown

acts = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 100


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def completion(request, pk):
    """The trainees by the rule of the course; `lop`, `don-vi`: of one class or unit, `loc`: those who have completed or
    have not."""
    course = governed_course(request, pk)
    classes, units = list(course.classes.in_order()), list(report.units_of(course))
    chosen = next((each for each in classes if each.pk == key(request, "lop")), None)
    unit, kept = key(request, "don-vi"), typed(request, "loc")
    found = report.people(course, training_class=chosen, unit=unit, shown=kept)
    page = Paginator(found, PAGE).get_page(typed(request, "trang"))
    events.read(
        by=request.user,
        act="roster.view",
        of=Trainee,
        ids=[each.pk for each in page],
        name=f"Hoàn thành: {course}",
    )
    context: dict[str, Any] = {
        "lines": report.lines(course, list(page)), "page": page, "classes": classes, "chosen": chosen, "units": units,
        "unit": unit, "kept": kept, "choices": report.SHOWN.items(), "count": report.counted(course),
        "rule": report.rule_in_words(course), "request_id": uuid4(),
        "is_filtered": bool(chosen or unit or kept),
    }  # fmt: skip
    return render(request, "trainings/certificates/completion.html", shown(request, course, **context))


@acts
@requires(Permission.MANAGE_COURSES)
def training_issue(request, pk):
    """Certificates for everybody who has completed and has none."""
    course = governed_course(request, pk)
    start = {"issued_on": localdate(), "signer_title": course.signer_title, "signer": course.signer}
    form = IssueForm(request.POST or None, initial=start)
    if request.method == "POST" and form.carried_out(
        lambda **data: actions.issue_certificates(by=request.user, course=course, today=localdate(), **data)
    ):
        made = form.result
        messages.success(
            request,
            f"Đã cấp {len(made)} giấy, từ số {made[0].printed_number} đến số {made[-1].printed_number}.",
        )
        return redirect("completion", pk)
    people = actions.to_certify(course).select_related("unit", "training_class").in_order()
    context = shown(request, course, form=form, people=people)
    return render(request, "trainings/certificates/issue.html", context, status=form.status)


@require_POST
@requires(Permission.MANAGE_COURSES)
def training_batch_order(request, pk):
    """Have one PDF of every valid certificate of the course made in the background."""
    course = governed_course(request, pk)
    form = OrderForm(request.POST)
    if form.carried_out(
        lambda **data: actions.order_file(
            by=request.user,
            course=course,
            address=public_address(request, ANY_CODE).replace(ANY_CODE, "{code}"),
            **data,
        )
    ):
        return redirect("training_batch", form.result.pk)
    messages.error(request, " ".join(str(each) for said in form.errors.values() for each in said))
    return redirect("completion", pk)


@require_safe
@requires(Permission.MANAGE_COURSES)
def training_batch(request, pk):
    batch = _batch(request, pk)
    context = shown(request, batch.course, tab_of=reverse("completion", args=[batch.course_id]), batch=batch)
    return render(request, "trainings/certificates/batch.html", context)


@require_safe
@requires(Permission.MANAGE_COURSES)
def training_batch_progress(request, pk):
    """The bar alone, asked for every second; once the file is there the whole page is asked for again."""
    batch = _batch(request, pk)
    response = render(request, "trainings/certificates/_batch_progress.html", {"batch": batch})
    if batch.state != CertificateBatch.State.WAITING:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@requires(Permission.MANAGE_COURSES)
def training_batch_file(request, pk):
    batch = _batch(request, pk)
    content = CertificateBatch.objects.filter(pk=batch.pk).values_list("content", flat=True).get()
    if content is None:
        raise Http404
    events.read(
        by=request.user,
        act="training_certificate.export",
        of=CertificateBatch,
        ids=[batch.pk],
        name=str(batch.course),
    )
    name = f"giay-chung-nhan-{ascii_name(batch.course.code)}.pdf"
    return attachment(bytes(content), name, paper.CONTENT_TYPE)


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def training_register(request):
    """The register of the ward's certificates; `nam`, `tim`."""
    years = report.years(request.user)
    year, text = whole(typed(request, "nam")), typed(request, "tim")
    found = report.register(request.user, year=year, text=text)
    page = Paginator(found, PAGE).get_page(typed(request, "trang"))
    ids = [each.trainee_id for each in page]
    events.read(by=request.user, act="roster.view", of=Trainee, ids=ids, name="Sổ cấp giấy chứng nhận")
    context = {"page": page, "years": years, "year": year, "text": text}
    return render(request, "trainings/certificates/register.html", context)


@require_safe
@requires(Permission.TAKE_ATTENDANCE)
def training_certificate_pdf(request, pk):
    certificate = _certificate(request, pk)
    events.read(
        by=request.user,
        act="training_certificate.export",
        of=TrainingCertificate,
        ids=[pk],
        name=str(certificate),
    )
    content = paper.write([certificate], lambda code: public_address(request, code))
    return attachment(content, f"giay-{ascii_name(certificate.printed_number)}.pdf", paper.CONTENT_TYPE)


@acts
@requires(Permission.MANAGE_COURSES)
def training_certificate_revoke(request, pk):
    certificate = _certificate(request, pk)
    form = RevokeForm(request.POST or None, initial={"on": localdate()})
    if request.method == "POST" and form.carried_out(
        lambda **data: actions.revoke_certificate(
            by=request.user, certificate=certificate, today=localdate(), **data
        )
    ):
        messages.success(request, f"Đã thu hồi giấy số {certificate.printed_number}.")
        return redirect("training_register")
    context = {
        "form": form,
        "certificate": certificate,
        "title": "Thu hồi giấy chứng nhận",
        "submit": "Thu hồi",
    }
    return render(request, "trainings/certificates/form.html", context, status=form.status)


@acts
@requires(Permission.MANAGE_COURSES)
def training_certificate_reissue(request, pk):
    certificate = _certificate(request, pk)
    names = ("full_name", "born", "decision_number", "signer_title", "signer")
    start = {name: getattr(certificate, name) for name in names} | {"issued_on": localdate()}
    form = ReissueForm(request.POST or None, initial=start)
    if request.method == "POST" and form.carried_out(
        lambda **data: actions.reissue_certificate(
            by=request.user, certificate=certificate, today=localdate(), **data
        )
    ):
        messages.success(
            request, f"Đã cấp giấy số {form.result.printed_number} thay giấy số {certificate.printed_number}."
        )
        return redirect("training_register")
    context = {
        "form": form,
        "certificate": certificate,
        "title": "Cấp lại giấy chứng nhận",
        "submit": "Cấp lại",
    }
    return render(request, "trainings/certificates/form.html", context, status=form.status)


def _certificate(request, pk) -> TrainingCertificate:
    found = TrainingCertificate.objects.governed_by(request.user).select_related("ward", "course", "replaces")
    return get_object_or_404(found, pk=pk)


def _batch(request, pk) -> CertificateBatch:
    found = CertificateBatch.objects.governed_by(request.user).select_related("course__ward").defer("content")
    return get_object_or_404(found, pk=pk)
