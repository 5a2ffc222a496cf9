"""What follows from a shock: emergency support for those badly struck, a regular review for those pushed down."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.actions.listing import register_request
from households.actions.moves import lock_households
from households.actions.support.assigning import Recipient, grant
from households.actions.support.shocks import update_shock
from households.models import Household, Policy, Programme, Request, ShockEvent, ShockImpact
from households.models.support.relief import used_for_others
from thanhsen import events
from thanhsen.bulk import rewrite
from thanhsen.constraints import kept
from thanhsen.models import User


@dataclass(frozen=True)
class Refused:
    """A household that got none, and why, as a sentence."""

    household: Household
    why: str


@dataclass(frozen=True)
class Relieved:
    """To whom emergency support was given in one act, and to whom not."""

    made: list[ShockImpact]
    refused: list[Refused]


@dataclass(frozen=True)
class Asked:
    """A household whose family asks to be reviewed: `applicant`, who of it."""

    impact: int
    applicant: str


def relieve(
    *, by: User, shock: ShockEvent, programme: Programme, only: Collection[int], day: date, reason: str, today: date,
    is_meant: bool = False, request_id: UUID | None = None,
) -> Relieved:  # fmt: skip
    """Emergency support by `programme` from `day` to the households of the impacts `only` (ids): those of the user's,
    badly struck, with none yet. Again is harmless: who has it is passed over. A programme that was another shock's is
    taken only where that is said to be meant."""
    if programme.policy != Policy.EMERGENCY or programme.ward_id != shock.ward_id:
        raise ValidationError(
            {"programme": "Chọn một chương trình hỗ trợ khẩn cấp, đột xuất của phường này."}
        )
    if programme.per_person:
        raise ValidationError(
            {"programme": "Chương trình này tính theo người; hỗ trợ vì biến cố tính theo hộ."}
        )
    if not only:
        raise ValidationError("Chưa đánh dấu hộ nào. Đánh dấu các hộ được giao rồi bấm lại.")
    if day < shock.happened_on:
        raise ValidationError({"day": f"Hỗ trợ không thể trước ngày xảy ra ({shock.happened_on:%d/%m/%Y})."})
    if not is_meant and (others := used_for_others(shock).get(programme.pk)):
        raise ValidationError({"is_meant": _other_shocks(others)})
    with kept():
        impacts = _locked(by, shock, only).to_relieve()
        of_household = {each.household_id: each for each in impacts}
        if not of_household:  # given in the meantime, or by the same request sent twice
            return Relieved([], [])
        granted = grant(
            by=by, programme=programme, recipients=[Recipient(each, None) for each in of_household], day=day,
            reason=reason, today=today, request_id=request_id, must_be_entitled=False,
        )  # fmt: skip
        made = []
        for support in granted.made:
            impact = of_household[support.household_id]
            impact.support, impact.version = support, impact.version + 1
            made.append(impact)
        rewrite(made, ShockImpact, ["support", "version"])
        events.record_each(
            by=by, act="impact.relieve", reason=reason,
            of=[(each, {"support": each.support_id}, each.household.area_id) for each in made],
        )  # fmt: skip
    if made:
        _choose(by, shock, programme)
    refused = [Refused(of_household[each.household_id].household, why) for each, why in granted.refused]
    return Relieved(made, refused)


def ask_for_reviews(
    *, by: User, shock: ShockEvent, asked: Sequence[Asked], received_on: date, channel: str, today: date
) -> list[Request]:
    """The requests (Mẫu 01) of families whom the shock pushed down; one that already waits is linked instead of a
    second. They wait for the next regular review."""
    if received_on < shock.happened_on:
        raise ValidationError(
            {"received_on": f"Đơn không thể nhận trước ngày xảy ra ({shock.happened_on:%d/%m/%Y})."}
        )
    applicants = {each.impact: each.applicant for each in asked}
    with kept():
        found = list(_locked(by, shock, applicants).to_review())
        lock_households(
            [each.household_id for each in found]
        )  # in one order, whenever they came onto the list
        waiting = {
            each.household_id: each
            for each in Request.objects.waiting().filter(
                form=Request.Form.REVIEW, household__in=[each.household_id for each in found]
            )
        }
        for impact in found:
            impact.review = waiting.get(impact.household_id) or register_request(
                by=by, household=impact.household, form=Request.Form.REVIEW, received_on=received_on, channel=channel,
                applicant=applicants[impact.pk], text=f"Bị thiệt hại do {shock.name}"[:1000], today=today,
            )  # fmt: skip
            impact.version += 1
        rewrite(found, ShockImpact, ["review", "version"])
        events.record_each(
            by=by, act="impact.review",
            of=[(each, {"review": each.review_id}, each.household.area_id) for each in found],
        )  # fmt: skip
    return [each.review for each in found if each.review]


def _other_shocks(others: Sequence[ShockEvent]) -> str:
    names = ", ".join(f"{each} ({each.happened_on:%d/%m/%Y})" for each in others)
    return (
        f"Chưa giao hộ nào: chương trình này đã dùng cho {names}. Đúng là dùng cho cả biến cố này thì đánh dấu ô này rồi "
        "bấm lại; không phải thì chọn chương trình khác."
    )


def _choose(by: User, shock: ShockEvent, programme: Programme) -> None:
    """After the rest and by itself: who writes down an impact holds it and waits for the shock, never the reverse."""
    if shock.programme_id != programme.pk:
        with suppress(ValidationError):  # closed in the meantime: what was given by it tells whose it is
            update_shock(
                by=by, shock=shock, version=None, values={"programme": programme}, today=programme.valid_from
            )


def _locked(by: User, shock: ShockEvent, only: Collection[int]) -> Any:
    rows = ShockImpact.objects.visible_to(by).filter(shock=shock, pk__in=only)
    return rows.select_for_update(of=("self",)).select_related("household").order_by("pk")
