"""What somebody found out about two people who look alike: that they are two."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError

from households.models import Member, NotSame
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User


def set_apart(*, by: User | None, pairs: Iterable[tuple[Member, Member]], reason: str) -> list[NotSame]:
    """Each pair is two people, for one reason. Where one of the pairs was set apart already, none is."""
    made = []
    with kept():
        # In one order, so that two who set the same pairs apart wait in turn.
        for one, other in _in_order(pairs):
            new = NotSame.objects.create(one=one, other=other, reason=reason.strip(), made_by=by)
            events.record(
                by=by,
                act="member.not_same",
                on=one,
                after=events.snapshot(new),
                area=one.household.area_id,
                reason=new.reason,
            )
            made.append(new)
    return made


def take_back(*, by: User, found: NotSame, at: datetime) -> NotSame:
    """The two are asked about again."""
    with kept():
        stored = (
            NotSame.objects.select_for_update(of=("self",)).select_related("one__household").get(pk=found.pk)
        )
        if stored.taken_back_at:
            raise ValidationError("Điều này đã được bỏ ghi trước đó. Mở lại trang để xem danh sách mới.")
        before = events.snapshot(stored)
        stored.taken_back_by, stored.taken_back_at = by, at
        stored.save()
        events.record(
            by=by,
            act="member.not_same_undo",
            on=stored.one,
            before=before,
            after=events.snapshot(stored),
            area=stored.one.household.area_id,
        )
    return stored


def _in_order(pairs: Iterable[tuple[Member, Member]]) -> list[tuple[Member, Member]]:
    lower_first = [(one, other) if one.pk < other.pk else (other, one) for one, other in pairs]
    return sorted(lower_first, key=lambda pair: (pair[0].pk, pair[1].pk))
