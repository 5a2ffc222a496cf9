"""Writes before the survey: requests of households, the list of a round, the quick check (Phiếu A)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q

from households import steps
from households.actions.moves import lock_households
from households.actions.rounds import must_be_open
from households.models import Household, Listing, Request, Round, Sheet, Status
from households.poverty import Classification
from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import User


@dataclass(frozen=True)
class Drawn:
    """How many households came onto the list of a round, by where they came from."""

    present_list: int
    requests: int


@once(Request)
def register_request(
    *,
    by: User,
    household: Household,
    form: str,
    received_on: date,
    channel: str,
    applicant: str,
    today: date,
    text: str = "",
    request_id: UUID | None = None,
) -> Request:
    """A household's paper (Mẫu 01 or 04) waits here until a round takes it up."""
    if received_on > today:
        raise ValidationError({"received_on": "Ngày nhận đơn ở tương lai; xem lại giúp."})
    household = Household.objects.select_for_update(of=("self",)).select_related("area").get(pk=household.pk)
    if household.closed_date:
        raise ValidationError("Hộ đã ra khỏi sổ nên không nhận đơn; tìm hộ hiện nay của người làm đơn.")
    _must_suit(form, household.statuses.filter(valid_to=None).first())
    made = Request.objects.create(
        household=household, form=form, received_on=received_on, channel=channel, applicant=applicant.strip(),
        text=text.strip(), made_by=by, request_id=request_id,
    )  # fmt: skip
    events.record(by=by, act="request.register", on=made, after=events.snapshot(made), area=household.area_id)
    return made


def withdraw_request(*, by: User, request: Request, on: date, reason: str, today: date) -> Request:
    """The household takes its request back before a round took it up."""
    if on > today:
        raise ValidationError({"on": "Ngày rút đơn ở tương lai; xem lại giúp."})
    with kept():
        stored = (
            Request.objects.select_for_update(of=("self",)).select_related("household").get(pk=request.pk)
        )
        if stored.withdrawn_on:
            raise ValidationError(f"Đơn này đã rút ngày {stored.withdrawn_on:%d/%m/%Y}.")
        stored.withdrawn_on, stored.withdrawn_reason = on, reason.strip()
        stored.save(update_fields=["withdrawn_on", "withdrawn_reason"])
        events.record(
            by=by, act="request.withdraw", on=stored, after={"withdrawn_on": on.isoformat()}, reason=reason,
            area=stored.household.area_id,
        )  # fmt: skip
    return stored


def draw_up(*, by: User, round_: Round) -> Drawn:
    """Everybody who belongs on the list of the round and is not on it yet: the poor and near-poor of its first day
    (a periodic round reviews them all), and the households of the ward whose requests wait. Again is harmless.
    """
    with kept():
        # no_key: a decision of the round refers to it while it has households this waits for.
        stored = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
        must_be_open(stored)
        present, waiting = _present_list(stored), _waiting(stored)
        # Who closes one of them meanwhile waits, or was before.
        held = lock_households(
            Household.objects.filter(Q(pk__in=present) | Q(pk__in=waiting.values("household"))).values("pk")
        )
        known = Listing.objects.filter(round=stored).values("household")
        present = list(present.filter(pk__in=held).exclude(pk__in=known).order_by("pk"))
        Listing.objects.bulk_create(
            Listing(round=stored, household=each, source=Listing.Source.PRESENT_LIST, listed_by=by)
            for each in present
        )
        asked = _take_in(by, stored, waiting.filter(household__in=held))
        drawn = Drawn(len(present), len(asked))
        if present or asked:
            events.record(
                by=by, act="listing.draw", on=stored, area=stored.ward_id,
                after={"present_list": len(present), "requests": [each.pk for each in asked]},
            )  # fmt: skip
    return drawn


def quick_check(
    *,
    by: User,
    listing: Listing,
    go_on: bool,
    on: date,
    today: date,
    answers: dict[str, Any] | None = None,
    reason: str = "",
) -> Listing:
    """Phiếu A of a household with a request: on to Phiếu B, or stop here with the reason the household is told.

    A stopped household may still go on when something was overlooked; the reason says what.
    """
    if not listing.round.starts_on <= on <= today:
        raise ValidationError(
            {
                "checked_on": f"Ngày nhận dạng từ {listing.round.starts_on:%d/%m/%Y} (ngày bắt đầu đợt) đến hôm nay."
            }
        )
    with kept():
        stored = _locked(listing)
        must_be_open(stored.round)
        if not stored.needs_quick_check:
            raise ValidationError("Hộ này không qua Phiếu A: lập thẳng Phiếu B.")
        act = "listing.check" if go_on else "listing.stop"
        was = stored.state
        stored.state = steps.require(stored, act)
        if was == Listing.State.STOPPED and not reason.strip():
            raise ValidationError({"reason": "Ghi điều đã bỏ sót khi dừng hộ này ở Phiếu A."})
        stored.checked_on, stored.checked_by = on, by
        stored.check_answers, stored.check_reason = answers or {}, reason.strip()
        stored.save()
        events.record(
            by=by, act=act, on=stored, before={"state": was}, after=events.snapshot(stored), reason=stored.check_reason,
            area=stored.household.area_id,
        )  # fmt: skip
    return stored


def _must_suit(form: str, status: Status | None) -> None:
    listed = status is not None and status.classification in {Classification.POOR, Classification.NEAR_POOR}
    if form == Request.Form.LEAVING and not listed:
        raise ValidationError(
            {
                "form": "Hộ hiện không thuộc danh sách hộ nghèo, hộ cận nghèo nên không dùng Mẫu 04; dùng Mẫu 01 nếu hộ muốn được rà soát."
            }
        )
    if form == Request.Form.REVIEW and status is not None and status.classification == Classification.POOR:
        raise ValidationError(
            {
                "form": "Hộ đang là hộ nghèo, được rà soát lại hằng năm mà không cần Mẫu 01; dùng Mẫu 04 nếu hộ muốn thoát nghèo."
            }
        )


def _present_list(round_: Round) -> Any:
    if round_.kind != Round.Kind.PERIODIC:
        return Household.objects.none()
    listed = Status.objects.on(round_.starts_on).listed().values("household")
    return Household.objects.present().filter(pk__in=listed, area__parent=round_.ward_id)


def _waiting(round_: Round) -> Any:
    return Request.objects.waiting().filter(household__area__parent=round_.ward_id)


def _take_in(by: User, round_: Round, waiting: Any) -> list[Request]:
    """The `waiting` requests of the ward, the oldest first. Of a household already on the list as poor or near-poor
    the request is answered with its review, unless that is decided; one stopped in this round waits for the next,
    and one under review in another open round for that."""
    waiting = waiting.exclude(household__in=_under_review_elsewhere(round_)).select_for_update(of=("self",))
    on_list = dict(Listing.objects.filter(round=round_).values_list("household", "source"))
    decided = set(
        Sheet.objects.filter(round=round_, decision__isnull=False).values_list("household", flat=True)
    )
    taken = []
    for request in waiting.oldest_first():
        source = on_list.get(request.household_id)
        if source == Listing.Source.REQUEST or request.household_id in decided:
            continue
        request.taken_in = round_
        request.save(update_fields=["taken_in"])
        if source is None:
            Listing.objects.create(
                round=round_, household_id=request.household_id, source=Listing.Source.REQUEST, request=request, listed_by=by
            )  # fmt: skip
            on_list[request.household_id] = Listing.Source.REQUEST
        taken.append(request)
    return taken


def _under_review_elsewhere(round_: Round) -> Any:
    """Households on the list of another open round whose review there has not come to its end."""
    others = Listing.objects.filter(round__closed_at=None, round__ward=round_.ward_id).exclude(round=round_)
    return others.filter(sheet__decision=None).exclude(state=Listing.State.STOPPED).values("household")


def _locked(listing: Listing) -> Listing:
    rows = Listing.objects.select_for_update(of=("self",)).select_related("round", "request", "household")
    return rows.get(pk=listing.pk)
