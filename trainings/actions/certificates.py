"""Writes of the certificates of a course and of the register of their numbers."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, Max, OuterRef
from procrastinate.contrib.django import app

from thanhsen import events, vietnamese
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import Area, User
from thanhsen.papers.wording import numbered
from trainings.completion import with_standing
from trainings.documents import certificate as paper
from trainings.models import CertificateBatch, Course, SignerTitle, Trainee, TrainingCertificate

State = CertificateBatch.State
TOGETHER = 25  # pages between two tellings of how far it is


def to_certify(course: Course) -> Any:
    """The enrolled who have completed the course and never held a certificate of it: whose certificate was revoked is
    given another one by hand (`reissue_certificate`), not by the hundred."""
    return never_certified(Trainee.objects.filter(course=course))


def never_certified(trainees: Any) -> Any:
    """Of these, of one course or of many, those in `to_certify` of theirs."""
    people = with_standing(trainees.enrolled()).filter(has_completed=True)
    held = TrainingCertificate.objects.filter(trainee=OuterRef("pk"))
    return people.filter(~Exists(held))


def issue_certificates(
    *, by: User, course: Course, decision_number: str, issued_on: date, signer: str,
    signer_title: str = SignerTitle.CHAIR, today: date,
) -> list[TrainingCertificate]:  # fmt: skip
    """A certificate for everybody in `to_certify`, numbered on in the ward's register of the year, by class and name."""
    _not_ahead(issued_on, course, today)
    words = {"decision_number": decision_number, "signer": signer, "signer_title": signer_title}
    with kept():
        number = _last_number(course.ward_id, issued_on.year)
        people = (
            to_certify(course).select_related("unit").order_by("training_class__number", "sort_key", "pk")
        )
        made = [
            _certificate(by, course, each, number + place, issued_on, words)
            for place, each in enumerate(people, start=1)
        ]
        if not made:
            raise ValidationError("Không còn ai đã hoàn thành khoá mà chưa có giấy chứng nhận.")
        TrainingCertificate.objects.bulk_create(made)
        events.record(
            by=by, act="training_certificate.issue", on=course, area=course.ward_id,
            after={"certificates": len(made), "first": number + 1, **words},
        )  # fmt: skip
    return made


def revoke_certificate(
    *, by: User, certificate: TrainingCertificate, on: date, reason: str, today: date
) -> TrainingCertificate:
    """Take a certificate back. Its number stays in the register and its page says so."""
    with kept():
        row = _revoked(by, certificate, on, reason, today)
        events.record(
            by=by, act="training_certificate.revoke", on=row, area=row.ward_id, reason=reason,
            after={"revoked_on": on.isoformat()},
        )  # fmt: skip
    return row


def reissue_certificate(
    *,
    by: User,
    certificate: TrainingCertificate,
    full_name: str,
    born: str,
    issued_on: date,
    decision_number: str,
    signer: str,
    signer_title: str = SignerTitle.CHAIR,
    reason: str,
    today: date,
) -> TrainingCertificate:
    """Another certificate under a new number in place of one that is lost, torn or wrong, which is revoked; or of one
    that was revoked and that nothing replaced yet."""
    with kept():
        old = _locked(certificate)
        if hasattr(old, "replaced_by"):
            raise ValidationError(f"Giấy số {old.printed_number} đã có giấy khác thay.")
        old = old if old.revoked_on else _revoked(by, old, issued_on, reason, today)
        _not_ahead(issued_on, old.course, today)
        _not_before(old, issued_on)
        number = _last_number(old.ward_id, issued_on.year) + 1
        made = TrainingCertificate.objects.create(
            ward_id=old.ward_id, course_id=old.course_id, trainee_id=old.trainee_id, year=issued_on.year,
            number=number, printed_number=_printed(old.course.number_pattern, number, issued_on.year),
            full_name=vietnamese.clean(full_name), born=born, unit_name=old.unit_name, course_name=old.course_name,
            studied=old.studied, decision_number=decision_number, issued_on=issued_on, signer=signer,
            signer_title=signer_title, replaces=old, made_by=by,
        )  # fmt: skip
        events.record(
            by=by, act="training_certificate.reissue", on=made, area=made.ward_id, reason=reason,
            after=events.snapshot(made),
        )  # fmt: skip
    return made


@once(CertificateBatch)
def order_file(
    *,
    by: User,
    course: Course,
    address: str,
    request_id: UUID | None,
) -> CertificateBatch:
    """Have one PDF of every valid certificate of a course made in the background. `address`: of a public page, `{code}` where its code
    stands. The job is there if, and only if, the order is stored."""
    many = list(TrainingCertificate.objects.valid().filter(course=course).values_list("pk", flat=True))
    if not many:
        raise ValidationError("Khoá chưa có giấy chứng nhận nào còn giá trị để in.")
    made = CertificateBatch.objects.create(course=course, made_by=by, request_id=request_id, steps=len(many))
    made.certificates.set(many)
    events.record(
        by=by,
        act="training_certificate.export",
        on=made,
        area=course.ward_id,
        after={"certificates": len(many)},
    )
    app.configure_task("make_certificates", lock=f"certificates-{made.pk}").defer(
        batch_id=made.pk, address=address
    )
    return made


def make_file(*, batch: CertificateBatch, address: str, tell: Callable[[str, int, int], None]) -> None:
    """What the background does with an order. Cut short it can be done again: it writes once, at the end."""
    if batch.state == State.DONE:
        return
    found = batch.certificates.select_related("ward", "replaces").in_register_order()
    papers = []
    for place, each in enumerate(found, start=1):
        papers.append(paper.paper(each, address.replace("{code}", each.code)))
        if place % TOGETHER == 0:
            tell("Đang vẽ mã và xếp trang", place, len(found))
    tell("Đang ghi tệp PDF", len(papers), len(papers))
    content = paper.compiled(papers)
    CertificateBatch.objects.filter(pk=batch.pk, state=State.WAITING).update(
        state=State.DONE, content=content
    )


def give_up(*, batch: CertificateBatch) -> None:
    CertificateBatch.objects.filter(pk=batch.pk, state=State.WAITING).update(state=State.FAILED)


def _certificate(
    by: User,
    course: Course,
    trainee: Trainee,
    number: int,
    issued_on: date,
    words: dict[str, str],
) -> TrainingCertificate:
    return TrainingCertificate(
        ward_id=course.ward_id, course=course, trainee=trainee, year=issued_on.year, number=number,
        printed_number=_printed(course.number_pattern, number, issued_on.year), full_name=trainee.full_name,
        born=born(trainee), unit_name=trainee.unit.name, course_name=course.name, studied=studied(course),
        issued_on=issued_on, made_by=by, **words,
    )  # fmt: skip


def born(trainee: Trainee) -> str:
    return vietnamese.day(trainee.birth_date) if trainee.birth_date else str(trainee.birth_year or "")


def studied(course: Course) -> str:
    if course.starts_on == course.ends_on:
        return f"ngày {vietnamese.day(course.starts_on)}"
    return f"từ ngày {vietnamese.day(course.starts_on)} đến ngày {vietnamese.day(course.ends_on)}"


def _printed(pattern: str, number: int, year: int) -> str:
    """As it stands on the paper, in the register and on screen: 05/GCN-TH. Other braces of the pattern stay."""
    printed = numbered(pattern.replace("{n}", str(number)).replace("{year}", str(year)))
    longest = TrainingCertificate._meta.get_field("printed_number").max_length or 0
    if len(printed) > longest:
        raise ValidationError(
            f"Số giấy “{printed}” dài quá {longest} ký tự. Sửa mẫu số giấy của khoá cho ngắn lại."
        )
    return printed


def _last_number(ward: int, year: int) -> int:
    """The last number of the register; nobody else takes the next one before this transaction ends."""
    list(
        Area.objects.select_for_update(no_key=True).filter(pk=ward).values("pk")
    )  # others may go on naming it
    found = TrainingCertificate.objects.filter(ward=ward, year=year).aggregate(last=Max("number"))
    return found["last"] or 0


def _locked(certificate: TrainingCertificate) -> TrainingCertificate:
    found = TrainingCertificate.objects.select_for_update(of=["self"]).select_related("course")
    return found.get(pk=certificate.pk)


def _revoked(
    by: User, certificate: TrainingCertificate, on: date, reason: str, today: date
) -> TrainingCertificate:
    row = _locked(certificate)
    if row.revoked_on:
        raise ValidationError(
            f"Giấy số {row.printed_number} đã thu hồi ngày {vietnamese.day(row.revoked_on)}."
        )
    if on > today:
        raise ValidationError("Ngày không thể ở sau hôm nay.")
    row.revoked_on, row.revoke_reason, row.revoked_by = on, reason, by
    row.save(update_fields=["revoked_on", "revoke_reason", "revoked_by"])
    return row


def _not_before(old: TrainingCertificate, issued_on: date) -> None:
    if old.revoked_on and issued_on < old.revoked_on:  # two would have been valid in between
        raise ValidationError(
            {
                "issued_on": f"Ngày cấp không thể trước ngày thu hồi giấy cũ ({vietnamese.day(old.revoked_on)})."
            }
        )


def _not_ahead(issued_on: date, course: Course, today: date) -> None:
    if issued_on > today:
        raise ValidationError({"issued_on": "Ngày cấp không thể ở sau hôm nay."})
    if issued_on < course.ends_on:  # it says that the course was studied until that day
        raise ValidationError(
            {"issued_on": f"Ngày cấp không thể trước ngày bế giảng ({vietnamese.day(course.ends_on)})."}
        )
