"""What the register and the reviews tell of one household, in lines of its story; the rooms of support add theirs."""

from collections.abc import Sequence

from django.urls import reverse

from households.models import (
    Certificate,
    Complaint,
    Household,
    LifeEvent,
    Notice,
    Request,
    Sheet,
    Status,
    Vote,
)
from households.reports import history
from households.reports.support.entries import Entry, Teller
from thanhsen.gathering import Rows


def _register(household: Household, happened: Sequence[LifeEvent]) -> list[Entry]:
    """That it came into the register, what happened in its life, that it left."""
    book = reverse("household_detail", args=[household.pk])
    told = [
        Entry(
            household.opened_date,
            "register",
            f"Vào sổ: {household.get_opened_reason_display().lower()}",
            "",
            book,
        )
    ]
    lives = reverse("life_list", args=[household.pk])
    for each in happened:
        other = each.other_household if each.household_id == household.pk else each.household
        names = [each.member.full_name] if each.member else []
        names += [f"hộ {other}"] if other and other.pk != household.pk else []
        title = ": ".join([each.get_kind_display(), ", ".join(names)]) if names else each.get_kind_display()
        struck = f" Đã huỷ: {each.reversal_reason}." if each.reversed_at else ""
        told.append(
            Entry(each.date, "register", title, each.reason + struck, lives, is_struck=bool(each.reversed_at))
        )
    if household.closed_date:
        why = household.get_closed_reason_display().lower()
        told.append(Entry(household.closed_date, "register", f"Ra khỏi sổ: {why}", "", book))
    return told


REGISTER = Teller(
    asks=lambda household: [
        Rows(
            LifeEvent.objects.of([household]).order_by("date", "pk"),
            (
                "kind",
                "date",
                "reason",
                "reversed_at",
                "reversal_reason",
                "member__full_name",
                "household__code",
                "household__head_name",
                "other_household__code",
                "other_household__head_name",
            ),
        )
    ],
    tells=_register,
)


def _classes(household: Household, statuses: Sequence[Status]) -> list[Entry]:
    """Each class it was given, with what was lacking, why, and by which decision."""
    told = []
    for step in history.steps_of(statuses):
        status = step.status
        if step.event:  # the same decision, continued by what happened in its life
            continue
        back = f" ({step.back})" if step.back else ""
        said = [f"Theo {status.decision} ngày {status.decision.date:%d/%m/%Y}, {status.size} nhân khẩu."]
        said += [f"Thiếu hụt: {step.lacking_said}."]
        said += [f"Nguyên nhân: {'; '.join(step.causes)}."] if step.causes else []
        said += [f"Khác kết quả tính từ phiếu: {status.departure_reason}."] if status.departure_reason else []
        told.append(
            Entry(
                status.valid_from,
                "class",
                f"{status.get_classification_display()}{back}",
                " ".join(said),
                reverse("decision_detail", args=[status.decision_id]),
            )
        )
    return told


CLASSES = Teller(
    asks=lambda household: [
        Rows(
            household.statuses.order_by("valid_from"),
            (
                "area",
                "classification",
                "departure_reason",
                "end_reason",
                "lacking",
                "size",
                "standard_id",
                "valid_from",
                "valid_to",
                "decision__date",
                "decision__number",
                "event__kind",
                "score__sheet__causes",
                "score__sheet__main_cause",
            ),
        )
    ],
    tells=_classes,
)


def _reviews(
    household: Household,
    requests: Sequence[Request],
    sheets: Sequence[Sheet],
    votes: Sequence[Vote],
    complaints: Sequence[Complaint],
) -> list[Entry]:
    """What it asked for, its sheets, the residents' votes, complaints."""
    told = [
        Entry(
            each.received_on,
            "review",
            f"Nộp đơn mẫu {each.form}",
            " ".join(
                filter(None, [each.text, f"Rút đơn: {each.withdrawn_reason}." if each.withdrawn_on else ""])
            ),
            "" if each.withdrawn_on else reverse("household_detail", args=[household.pk]),
            is_struck=each.withdrawn_on is not None,
        )
        for each in requests
    ]
    for sheet in sheets:
        score = sheet.score
        said = sheet.get_state_display() + "."
        if score:
            said += f" Kết quả tính từ phiếu: {score.get_classification_display().lower()}, thiếu {len(score.lacking)} chỉ số."
        told.append(
            Entry(
                sheet.surveyed_on,
                "review",
                f"Phiếu {sheet.round.name}",
                said,
                reverse("sheet_detail", args=[sheet.pk]),
            )
        )
    for vote in votes:
        told.append(
            Entry(
                vote.meeting.held_on,
                "review",
                "Họp tổ dân phố " + ("đồng ý" if vote.passed else "không đồng ý"),
                " ".join([f"{vote.agreed}/{vote.present} người đồng ý.", vote.opinion]).strip(),
                reverse("meeting_detail", args=[vote.meeting_id]),
            )
        )
    for each in complaints:
        outcome = f" {each.get_outcome_display()}: {each.finding}" if each.outcome else " Chờ phúc tra."
        told.append(
            Entry(
                each.filed_on,
                "review",
                f"Khiếu nại của {each.complainant}",
                each.text + outcome,
                reverse("complaint_settle", args=[each.pk]),
            )
        )
    return told


REVIEWS = Teller(
    asks=lambda household: [
        Rows(
            household.requests.order_by("received_on", "pk"),
            ("form", "received_on", "text", "withdrawn_on", "withdrawn_reason"),
        ),
        Rows(
            household.sheets.order_by("pk"),
            ("state", "surveyed_on", "round__name", "score__classification", "score__lacking"),
        ),
        Rows(
            Vote.objects.filter(sheet__household=household).order_by("pk"),
            ("agreed", "opinion", "passed", "present", "meeting__held_on"),
        ),
        Rows(
            Complaint.objects.filter(sheet__household=household).order_by("pk"),
            ("complainant", "filed_on", "finding", "outcome", "text"),
        ),
    ],
    tells=_reviews,
)


def _papers(
    household: Household, certificates: Sequence[Certificate], notices: Sequence[Notice]
) -> list[Entry]:
    """Certificates and notices it took home."""
    told = [
        Entry(
            each.issued_on,
            "paper",
            f"{each.get_kind_display()} số {each.number}",
            f"Thu hồi ngày {each.revoked_on:%d/%m/%Y}: {each.revoked_reason}." if each.revoked_on else "",
            "" if each.revoked_on else reverse("certificate_document", args=[each.pk]),
            is_struck=each.revoked_on is not None,
        )
        for each in certificates
    ]
    for each in notices:
        told.append(
            Entry(
                each.issued_on, "paper", f"Thông báo {each.number}", each.reasons,
                reverse("notice_document", args=[each.pk]),
            )
        )  # fmt: skip
    return told


PAPERS = Teller(
    asks=lambda household: [
        Rows(
            household.certificates.order_by("issued_on", "serial"),
            ("issued_on", "kind", "number", "revoked_on", "revoked_reason"),
        ),
        Rows(
            Notice.objects.filter(listing__household=household).order_by("pk"),
            ("issued_on", "number", "reasons"),
        ),
    ],
    tells=_papers,
)
