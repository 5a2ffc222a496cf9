"""Two rows of one person become one: the row not kept leaves its household, the kept one may take over what it lacked."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError

from households.actions.life.homes import must_be_another
from households.actions.life.people import parted
from households.actions.life.record import Draft, seat
from households.models import Household, LifeEvent, Member
from thanhsen.concurrency import once
from thanhsen.models import User

Kind = LifeEvent.Kind
# What the kept row may take over from the other, together as it is written.
TAKEN = {
    "full_name": ("full_name",),
    "sex": ("sex",),
    "birth": ("birth_year", "birth_date"),
    "cccd": ("cccd", "cccd_note"),
    "old_id": ("old_id",),
    "ethnicity": ("ethnicity",),
}


@once(LifeEvent)
def same_person(
    *,
    by: User | None,
    household: Household,
    member: int,
    kept_member: Member,
    take: Iterable[str],
    date: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
    relationships: dict[int, str] | None = None,
    versions: tuple[int, int] | None = None,
) -> LifeEvent:
    """The person of row `member` (id) of `household` is the one of `kept_member`: that row stays, this one leaves.

    `take`: keys of TAKEN the kept row takes over. `relationships` (id → relationship): of who stays, where the row
    that leaves is the head. `versions`: of the row that leaves and the kept one, as they were looked at. Alone in its
    household, the household was entered twice and closes as a duplicate.
    """
    if member == kept_member.pk:
        raise ValidationError("Hai dòng phải là hai dòng khác nhau trong sổ.")
    other = kept_member.household if kept_member.household_id != household.pk else None
    if other:
        must_be_another(household, other)
    draft = Draft(by=by, day=date, today=today, household=household, other=other)
    kept = _present(draft, kept_member)
    leaving, staying = parted(draft, household, [member])
    gone = leaving[0]
    if versions and versions != (gone.version, kept.version):
        raise ValidationError("Một trong hai dòng vừa được người khác sửa. Mở lại trang, xem rồi chọn lại.")
    values = {name: getattr(gone, name) for key in take for name in TAKEN[key]}
    # What was given to the one was given to the other, by whichever row of it.
    if gone.person_id != kept.person_id:
        others = Member.objects.of_person(gone.person_id).exclude(pk=gone.pk)
        for row in others.select_for_update(of=("self",)).order_by("pk"):
            draft.set(row, origin_id=kept.person_id)
    draft.set(gone, origin_id=kept.person_id)
    if staying:
        draft.set(gone, left_date=date, left_reason=_why(kept))
        # The row as the database has it: the same person may be seated and take over in one event.
        staying = [kept if each.pk == kept.pk else each for each in staying]
        seat(draft, staying, relationships or {})
    else:
        draft.close(household, Household.ClosedReason.DUPLICATE)
    if values:
        draft.set(kept, **values)
    kind = Kind.SAME_PERSON if staying else Kind.DUPLICATE
    return draft.record(kind, reason=reason, request_id=request_id, member=gone)


def _present(draft: Draft, member: Member) -> Member:
    """The locked row of the one who stays."""
    home = member.household
    for each in draft.present(home):
        if each.pk == member.pk:
            return each
    raise ValidationError(f"{member.full_name} không còn ở trong hộ {home.code}. Mở lại trang rồi chọn lại.")


def _why(kept: Member) -> str:
    return f"Ghi trùng với {kept.full_name} ở hộ {kept.household.code}"[:200]
