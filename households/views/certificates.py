"""The register of certificates on screen, and the notices to households that are not recognised."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from households.actions import certificates
from households.assessment import assess
from households.exchange.lists.season import find_certificates
from households.forms.season import IssueForm, NoticeForm, NoticesForm, ReissueForm, RevokeForm
from households.models import Certificate, Decision, Listing, Sheet
from thanhsen import events
from thanhsen.addresses import typed
from thanhsen.permissions import Permission, requires

PAGE = 100


@requires(Permission.VIEW_HOUSEHOLDS)
def certificate_list(request):
    """The register: numbers of a year in order, what was re-issued or revoked."""
    found = find_certificates(request, today=localdate())
    page = Paginator(found.records, PAGE).get_page(typed(request, "trang"))
    ids = [each.pk for each in page]
    events.read(by=request.user, act="household.list", of=Certificate, ids=ids, name=str(found.shown["year"]))
    return render(request, "households/certificate_list.html", {**found.shown, "page": page})


@requires(Permission.ISSUE_CERTIFICATES)
def certificate_issue(request, pk):
    """Certificates for everybody of a decision who gets one and has none."""
    decision = get_object_or_404(Decision.objects.governed_by(request.user).select_related("ward"), pk=pk)
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda **data: certificates.issue_certificates(
            by=request.user, decision=decision, today=localdate(), **data
        )
    ):
        messages.success(request, f"Đã cấp {len(form.result)} giấy chứng nhận theo {decision}.")
        return redirect("decision_detail", pk=decision.pk)
    context = {"form": form, "decision": decision, "rows": certificates.without_certificate(decision)}
    return render(request, "households/certificate_issue.html", context, status=form.status)


@requires(Permission.ISSUE_CERTIFICATES)
def certificate_reissue(request, pk):
    certificate = _certificate(request, pk)
    form = ReissueForm(request.POST or None, initial={"holder": certificate.household.head_name})
    if request.method == "POST" and form.carried_out(
        lambda **data: certificates.reissue_certificate(
            by=request.user, certificate=certificate, today=localdate(), **data
        )
    ):
        messages.success(request, f"Đã cấp lại: {form.result} thay {certificate}.")
        return redirect("certificate_list")
    context = {
        "form": form,
        "certificate": certificate,
        "title": "Cấp lại giấy chứng nhận",
        "submit": "Cấp lại",
    }
    return render(request, "households/certificate_form.html", context, status=form.status)


@requires(Permission.ISSUE_CERTIFICATES)
def certificate_revoke(request, pk):
    certificate = _certificate(request, pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda **data: certificates.revoke_certificate(
            by=request.user, certificate=certificate, today=localdate(), **data
        )
    ):
        messages.success(request, f"Đã thu hồi {form.result}.")
        return redirect("certificate_list")
    context = {
        "form": form,
        "certificate": certificate,
        "title": "Thu hồi giấy chứng nhận",
        "submit": "Thu hồi",
    }
    return render(request, "households/certificate_form.html", context, status=form.status)


@requires(Permission.ISSUE_CERTIFICATES)
def notice_create(request, pk):
    """Tell a household why it is not recognised."""
    found = Listing.objects.visible_to(request.user).select_related(
        "round", "household__area", "request", "sheet__score", "sheet__round", "sheet__decision"
    )
    listing = get_object_or_404(found, pk=pk)
    form = NoticeForm(request.POST or None, initial={"reasons": _reasons(listing)})
    if request.method == "POST" and form.carried_out(
        lambda **data: certificates.notify(by=request.user, listing=listing, today=localdate(), **data)
    ):
        messages.success(request, f"Đã ghi {form.result} gửi hộ {listing.household}.")
        return redirect("household_detail", pk=listing.household_id)
    context = {"form": form, "listing": listing, "household": listing.household}
    return render(request, "households/notice_form.html", context, status=form.status)


@requires(Permission.ISSUE_CERTIFICATES)
def notice_all(request, pk):
    """Notices to everybody of a decision who is not recognised, each with the reasons of its own sheet."""
    decision = get_object_or_404(Decision.objects.governed_by(request.user).select_related("ward"), pk=pk)
    form = NoticesForm(request.POST or None)
    rows = [(sheet, _explained(sheet)) for sheet in certificates.without_notice(decision)]
    reasons = {sheet.listing_id: text for sheet, text in rows}
    if request.method == "POST" and form.carried_out(
        lambda **data: certificates.notify_all(
            by=request.user, decision=decision, reasons=reasons, today=localdate(), **data
        )
    ):
        messages.success(request, f"Đã ghi {len(form.result)} thông báo theo {decision}.")
        return redirect("decision_detail", pk=decision.pk)
    context = {"form": form, "decision": decision, "rows": rows}
    return render(request, "households/notice_all.html", context, status=form.status)


def _certificate(request, pk) -> Certificate:
    found = Certificate.objects.visible_to(request.user).filter(revoked_on=None)
    return get_object_or_404(found.select_related("household__area", "status__decision"), pk=pk)


def _reasons(listing: Listing) -> str:
    """The reasons in words: of Phiếu A, or the steps by which the standard came to the class."""
    sheet = getattr(listing, "sheet", None)
    return listing.check_reason if sheet is None else _explained(sheet)


def _explained(sheet: Sheet) -> str:
    outcome = assess(sheet, sheet.facts or {})
    return "\n".join(outcome.result.steps) if outcome.result else ""
