"""What the household takes home after a decision: certificates with their register, notices with their reasons."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, Max, OuterRef, Q

from households.actions.moves import locked, move
from households.models import Certificate, Decision, Listing, Notice, Sheet, Status
from households.models.status import LISTED
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import Area, User


def issue_certificates(
    *, by: User, decision: Decision, issued_on: date, suffix: str, today: date
) -> list[Certificate]:
    """A certificate for every household of the decision that is poor or near-poor, or left the list by it, and has
    none yet. Numbers run on in the ward's register of the year: 1, 2, 3 … followed by `suffix` ("/GCN-UBND").
    """
    _must_follow(issued_on, decision.date, today)
    with kept():
        serial = _last_serial(decision.ward_id, issued_on.year)
        waiting = without_certificate(decision)
        if not waiting:
            raise ValidationError("Mọi hộ của quyết định này đã có giấy chứng nhận.")
        made = [
            _certificate(by, decision, status, kind, serial + place, issued_on, suffix)
            for place, (status, kind) in enumerate(waiting, start=1)
        ]
        Certificate.objects.bulk_create(made)
        events.record(
            by=by, act="certificate.issue", on=decision, area=decision.ward_id,
            after={"certificates": len(made), "first": serial + 1, "issued_on": issued_on.isoformat()},
        )  # fmt: skip
        _hand_out(by, decision, [each.household_id for each in made])
    return made


def to_certify(decision: Decision) -> Any:
    """The statuses of the decision still to be certified, each with `left`: whether it took the household off the
    list. A household that was neither on the list nor comes on it gets no certificate. Of a correction, what counts
    is the list before the decision it corrects: who never was on it does not leave it.
    """
    # Asked of the decision, not of the row: a life event may have continued the status since.
    certified = Certificate.objects.filter(status__decision=decision, revoked_on=None).values("household")
    before = Status.objects.filter(household=OuterRef("household"), valid_to=decision.root.date).listed()
    found = decision.statuses.filter(valid_to=None, household__closed_date=None)
    found = found.exclude(household__in=certified).annotate(left=Exists(before))
    return found.filter(Q(classification__in=LISTED) | Q(left=True))


def without_certificate(decision: Decision) -> list[tuple[Status, str]]:
    """Those statuses by name, with the kind of paper each gets."""
    found = to_certify(decision).select_related("household")
    rows = found.order_by("household__area__sort_key", "household__sort_key", "pk")
    return [(each, _kind(each)) for each in rows]


def reissue_certificate(
    *, by: User, certificate: Certificate, holder: str, on: date, suffix: str, reason: str, today: date
) -> Certificate:
    """A new paper under a new number in place of one that is lost, torn or wrong; the old one is revoked."""
    with kept():
        if not Certificate.objects.in_force().filter(pk=certificate.pk).exists():
            raise ValidationError(
                f"Giấy số {certificate.number} không còn hiệu lực (đã thu hồi, hoặc hộ đã có quyết định mới hay ra khỏi sổ) nên không cấp lại."
            )
        old = _revoke(by, certificate, on, reason, today)
        serial = _last_serial(old.ward_id, on.year) + 1
        made = Certificate.objects.create(
            ward_id=old.ward_id, year=on.year, serial=serial, number=f"{serial}{suffix}", kind=old.kind,
            household_id=old.household_id, status_id=old.status_id, holder=holder.strip(), issued_on=on, issued_by=by,
            replaces=old,
        )  # fmt: skip
        events.record(
            by=by,
            act="certificate.reissue",
            on=made,
            after=events.snapshot(made),
            area=old.household.area_id,
            reason=reason,
        )
    return made


def revoke_certificate(
    *, by: User, certificate: Certificate, on: date, reason: str, today: date
) -> Certificate:
    """Take a certificate back. The class of the household stays what its decision says."""
    with kept():
        stored = _revoke(by, certificate, on, reason, today)
        events.record(
            by=by, act="certificate.revoke", on=stored, after={"revoked_on": on.isoformat()}, reason=reason,
            area=stored.household.area_id,
        )  # fmt: skip
    return stored


def notify(*, by: User, listing: Listing, number: str, issued_on: date, reasons: str, today: date) -> Notice:
    """The written answer to a household that is not recognised: stopped at Phiếu A, or decided otherwise."""
    with kept():
        return _notice(by, listing, number, issued_on, reasons, today)


def notify_all(
    *,
    by: User,
    decision: Decision,
    first: int,
    suffix: str,
    issued_on: date,
    reasons: dict[int, str],
    today: date,
) -> list[Notice]:
    """A notice for every household of the decision that gets no certificate, numbered on from `first`.

    `reasons`: listing id → why, in the words of its sheet.
    """
    with kept():
        waiting = without_notice(decision)
        if not waiting:
            raise ValidationError("Mọi hộ của quyết định này đã có giấy chứng nhận hoặc thông báo.")
        return [
            _notice(
                by,
                each.listing,
                f"{first + place}{suffix}",
                issued_on,
                reasons.get(each.listing_id, ""),
                today,
            )
            for place, each in enumerate(waiting)
        ]


def to_notify(decision: Decision) -> Any:
    """The sheets on which the decision holds, whose households get no certificate and were not told yet."""
    held = decision.statuses.filter(valid_to=None, household__closed_date=None).exclude(
        classification__in=LISTED
    )
    found = Sheet.objects.filter(decision=decision.root, state=Sheet.State.DECIDED)
    return found.filter(household__in=held.values("household")).exclude(
        household__in=to_certify(decision).values("household")
    )


def without_notice(decision: Decision) -> list[Sheet]:
    """Those sheets, by name."""
    found = to_notify(decision).select_related("listing", "household__area", "round", "score", "points_table")
    return list(found.in_order())


def _notice(by: User, listing: Listing, number: str, issued_on: date, reasons: str, today: date) -> Notice:
    stored = Listing.objects.select_for_update(of=("self",)).select_related("household").get(pk=listing.pk)
    sheet = next(iter(locked(Sheet.objects.filter(listing=stored).select_related("decision"))), None)
    if sheet is None and stored.state != Listing.State.STOPPED:
        raise ValidationError("Hộ chưa dừng ở Phiếu A và cũng chưa có quyết định nên chưa có gì để trả lời.")
    if sheet and sheet.state != Sheet.State.DECIDED:
        raise ValidationError("Chưa có quyết định về hộ này, hoặc đã trả kết quả cho hộ rồi.")
    status = stored.household.statuses.filter(valid_to=None).first() if sheet else None
    if status and status.classification in LISTED:
        raise ValidationError(
            f"Hộ {stored.household} được công nhận {status.get_classification_display().lower()}: cấp giấy chứng nhận, không gửi thông báo."
        )
    decision = status.decision if status else None
    first = decision.date if decision else stored.checked_on
    _must_follow(issued_on, first or issued_on, today)
    notice = Notice.objects.create(
        decision=decision,
        listing=stored,
        number=number.strip(),
        issued_on=issued_on,
        reasons=reasons.strip(),
        issued_by=by,
    )
    events.record(
        by=by, act="notice.issue", on=notice, after=events.snapshot(notice), area=stored.household.area_id
    )
    if sheet:
        move(by=by, act="certificate.issue", sheets=[sheet])
    return notice


def _kind(status: Any) -> str:
    """Of a status with `left`, as `to_certify` gives it."""
    return Certificate.Kind(status.classification if status.classification in LISTED else "left")


def _certificate(
    by: User, decision: Decision, status: Status, kind: str, serial: int, issued_on: date, suffix: str
) -> Certificate:
    return Certificate(
        ward_id=decision.ward_id, year=issued_on.year, serial=serial, number=f"{serial}{suffix}", kind=kind,
        household=status.household, status=status, holder=status.household.head_name, issued_on=issued_on, issued_by=by,
    )  # fmt: skip


def _last_serial(ward_id: int, year: int) -> int:
    """The last number of the ward's register of the year; the ward is locked, so that each is given once."""
    list(Area.objects.select_for_update(no_key=True).filter(pk=ward_id).values("pk"))
    found = Certificate.objects.filter(ward=ward_id, year=year).aggregate(last=Max("serial"))
    return found["last"] or 0


def _revoke(by: User, certificate: Certificate, on: date, reason: str, today: date) -> Certificate:
    if on > today:
        raise ValidationError({"on": "Ngày thu hồi ở tương lai; xem lại giúp."})
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("household")
    stored = rows.get(pk=certificate.pk)
    if stored.revoked_on:
        raise ValidationError(f"Giấy số {stored.number} đã thu hồi ngày {stored.revoked_on:%d/%m/%Y}.")
    stored.revoked_on, stored.revoked_by, stored.revoked_reason = on, by, reason.strip()
    stored.save(update_fields=["revoked_on", "revoked_by", "revoked_reason"])
    return stored


def _must_follow(day: date, first: date, today: date) -> None:
    if not first <= day <= today:
        raise ValidationError({"issued_on": f"Ngày cấp phải từ {first:%d/%m/%Y} đến hôm nay."})


def _hand_out(by: User, decision: Decision, households: list[int]) -> None:
    sheets = locked(
        Sheet.objects.filter(decision=decision.root, household__in=households, state=Sheet.State.DECIDED)
    )
    move(by=by, act="certificate.issue", sheets=sheets)
