"""Papers handed out as Word and PDF files. Each hand-out is recorded: who, which records, which template."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from households.documents import certificate_pdf, context, defaults, engine
from households.documents.kinds import KINDS, Kind
from households.models import (
    Certificate,
    Decision,
    DocumentTemplate,
    Meeting,
    Notice,
    Opinion,
    Posting,
    Sheet,
    Status,
)
from thanhsen import events
from thanhsen.papers.wording import ascii_name
from thanhsen.permissions import Permission, requires

FOR_CERTIFICATES = (
    "ward__parent", "household__area", "status__decision", "status__score__sheet", "replaces",
)  # fmt: skip


@requires(Permission.VIEW_HOUSEHOLDS)
@require_safe
def meeting_document(request, pk):
    found = Meeting.objects.visible_to(request.user).select_related("round__ward__parent", "area")
    meeting = get_object_or_404(found, pk=pk)
    ids = meeting.votes.values_list("sheet", flat=True)
    _record(request, Sheet, ids, "minutes", str(meeting))
    return as_word(
        meeting.round.ward, KINDS["minutes"], context.of_meeting(meeting), f"{meeting.held_on} {meeting.area}"
    )


@requires(Permission.VIEW_HOUSEHOLDS)
@require_safe
def posting_document(request, pk):
    found = Posting.objects.visible_to(request.user).select_related("round__ward__parent", "area")
    posting = get_object_or_404(found, pk=pk)
    _record(request, Sheet, posting.lines.values_list("sheet", flat=True), "posting", str(posting))
    return as_word(
        posting.round.ward,
        KINDS["posting"],
        context.of_posting(posting),
        f"{posting.starts_on} {posting.area}",
    )


@requires(Permission.VIEW_HOUSEHOLDS)
@require_safe
def opinion_document(request, pk):
    """The whole report: only for who has the whole ward, a part of it would pass for the report."""
    found = Opinion.objects.governed_by(request.user).select_related("round__ward__parent")
    opinion = get_object_or_404(found, pk=pk)
    _record(request, Sheet, opinion.sheets.values_list("pk", flat=True), "province_report", str(opinion))
    return as_word(
        opinion.round.ward, KINDS["province_report"], context.of_opinion(opinion), opinion.letter_number
    )


@requires(Permission.VIEW_HOUSEHOLDS)
@require_safe
def decision_document(request, pk):
    """The whole decision: only for who has the whole ward, a part of its list would pass for the list."""
    found = Decision.objects.governed_by(request.user).select_related("ward__parent", "round", "corrects")
    decision = get_object_or_404(found, pk=pk)
    _record(
        request,
        Status,
        decision.statuses.as_decided().values_list("pk", flat=True),
        "decision",
        str(decision),
    )
    return as_word(decision.ward, KINDS["decision"], context.of_decision(decision), decision.number)


@requires(Permission.VIEW_HOUSEHOLDS)
@require_safe
def certificate_document(request, pk):
    certificate = _certificate(request, pk)
    _record(request, Certificate, [pk], "certificate", str(certificate))
    [paper] = context.of_certificates([certificate])
    return as_word(certificate.ward, KINDS["certificate"], paper, f"{certificate.year} {certificate.number}")


@requires(Permission.VIEW_HOUSEHOLDS)
@require_safe
def certificate_pdf_document(request, pk):
    certificate = _certificate(request, pk)
    _record(request, Certificate, [pk], "certificate", f"{certificate} (PDF)")
    return _pdf(context.of_certificates([certificate]), f"{certificate.year} {certificate.number}")


@requires(Permission.VIEW_HOUSEHOLDS)
@require_safe
def decision_certificates_pdf(request, pk):
    """The valid certificates of a decision in one file, in the order of their numbers."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)
    found = Certificate.objects.visible_to(request.user).not_revoked().filter(status__decision=decision)
    certificates = list(found.select_related(*FOR_CERTIFICATES).order_by("year", "serial", "pk"))
    if not certificates:
        raise Http404("Quyết định này chưa có giấy chứng nhận nào còn hiệu lực trong địa bàn của anh/chị.")
    _record(request, Certificate, [each.pk for each in certificates], "certificate", f"{decision} (PDF)")
    return _pdf(context.of_certificates(certificates), decision.number)


@requires(Permission.VIEW_HOUSEHOLDS)
@require_safe
def notice_document(request, pk):
    found = Notice.objects.visible_to(request.user).select_related(
        "listing__round__ward__parent",
        "listing__household__area",
        "listing__request",
        "listing__sheet__decision",
    )
    notice = get_object_or_404(found, pk=pk)
    _record(request, Notice, [pk], "refusal", str(notice))
    return as_word(notice.listing.round.ward, KINDS["refusal"], context.of_notice(notice), notice.number)


def template_in_use(kind: Kind, ward) -> tuple[bytes, DocumentTemplate | None]:
    """The file that fills a paper of the ward, and the record of it where an admin replaced the portal's own."""
    stored = DocumentTemplate.objects.in_use(kind.code, ward).first()
    return (bytes(stored.content), stored) if stored else (defaults.default(kind), None)


def file_answer(data: bytes, content_type: str, name: str, extension: str) -> HttpResponse:
    """A file to keep, under a plain name, that no cache holds."""
    headers = {
        "Content-Disposition": f'attachment; filename="{ascii_name(name)}.{extension}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)


def _certificate(request, pk) -> Certificate:
    found = Certificate.objects.visible_to(request.user).not_revoked()
    return get_object_or_404(found.select_related(*FOR_CERTIFICATES), pk=pk)


def _record(request, of, ids, kind: str, name: str) -> None:
    events.read(by=request.user, act="document.export", of=of, ids=ids, name=name, reason=KINDS[kind].label)


def as_word(ward, kind: Kind, paper, name: str) -> HttpResponse:
    template, _ = template_in_use(kind, ward)
    return file_answer(
        engine.render(template, paper), engine.CONTENT_TYPE, f"{kind.file_name} {name}", "docx"
    )


def _pdf(papers, name: str) -> HttpResponse:
    data = certificate_pdf.write(papers)
    return file_answer(data, certificate_pdf.CONTENT_TYPE, f"{KINDS['certificate'].file_name} {name}", "pdf")
