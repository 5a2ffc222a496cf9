"""One life event while it is written: what it changes is kept with it, and the status in force follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from households import profile
from households.actions.support.needs import follow_register
from households.models import Household, LifeEvent, Member, Relationship, Status
from households.poverty import load
from thanhsen import events
from thanhsen.models import User

CLOSING = {  # how leaving the register ends the status
    Household.ClosedReason.MOVED_OUT: Status.EndReason.MOVED_OUT,
    Household.ClosedReason.DIED_OUT: Status.EndReason.DIED_OUT,
    Household.ClosedReason.MERGED: Status.EndReason.MERGED,
    Household.ClosedReason.DUPLICATE: Status.EndReason.DUPLICATE,
    Household.ClosedReason.MISTAKE: Status.EndReason.MISTAKE,
}


def tried(act: Callable[[], LifeEvent]) -> LifeEvent:
    """What `act` would record, done and taken back: for the person to look at before it is saved."""
    with transaction.atomic():
        event = act()
        transaction.set_rollback(True)
    return event


@dataclass(frozen=True)
class _Next:
    """What becomes of a status in force: it goes on from `day` with `size` people, or ends (`end_reason`)."""

    home: Household
    status: Status
    day: date
    size: int | None
    end_reason: str

    @property
    def overtakes(self) -> bool:
        """The row would not hold a single day: another stands in its place."""
        return self.status.valid_from == self.day


class Draft:
    """A life event being written. The households it touches are locked; what is changed through it is kept."""

    def __init__(
        self, *, by: User | None, day: date, today: date, household: Household, other: Household | None = None
    ):
        self.by, self.day, self.household, self.other = by, day, household, other
        self._rows: list[dict[str, Any]] = []
        _not_in_the_future(day, today)
        wanted = sorted({each.pk for each in (household, other) if each})
        stored = Household.objects.select_for_update(of=("self",)).select_related("area").order_by("pk")
        self._homes = {each.pk: each for each in stored.filter(pk__in=wanted)}
        self._before = {pk: _people(pk).count() for pk in self._homes}
        for home in self._homes.values():
            _must_be_there(home, day)

    def home(self, household: Household) -> Household:
        """The locked row of one of its households."""
        return self._homes[household.pk]

    def present(self, household: Household) -> list[Member]:
        return list(_people(household.pk).select_for_update(of=("self",)).head_first())

    def set(self, row: Household | Member, **values: Any) -> None:
        before = events.snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        after = events.snapshot(row)
        self._keep(
            row,
            made=False,
            before={name: before[name] for name in values},
            after={name: after[name] for name in values},
        )

    def add(self, row: Household | Member) -> None:
        row.save(force_insert=True)
        self._keep(row, made=True, before={}, after={})
        if isinstance(row, Household):
            row.refresh_from_db()
            self._homes[row.pk], self._before[row.pk] = row, 0

    def came(self, household: Household) -> None:
        """The household itself is what the event made."""
        self._before[household.pk] = 0
        self._keep(household, made=True, before={}, after={})

    def close(self, household: Household, reason: str) -> None:
        """The household leaves the register, and with it everybody who is still there."""
        label = Household.ClosedReason(reason).label
        for member in self.present(household):
            self.set(member, left_date=self.day, left_reason=label)
        self.set(self.home(household), closed_date=self.day, closed_reason=reason)

    def record(
        self, kind: str, *, reason: str, request_id: UUID | None, member: Member | None = None
    ) -> LifeEvent:
        """Write the event, carry the statuses on, and leave it in the trail."""
        for home in filter(None, (self.household, self.other)):
            home.refresh_from_db()  # a head's name is written beside the household by a trigger
        people = {pk: _people(pk).count() for pk in self._homes}
        in_force = Status.objects.select_for_update(of=("self",)).filter(household__in=people, valid_to=None)
        statuses = {each.household_id: each for each in in_force}
        after = {pk: self._next(self._homes[pk], status, people[pk]) for pk, status in statuses.items()}
        coming = [each for each in after.values() if each]
        event = LifeEvent.objects.create(
            household=self.household,
            kind=kind,
            date=self.day,
            reason=reason.strip(),
            member=member,
            other_household=self.other,
            effect={
                "rows": self._rows,
                "overtaken": [each.status.pk for each in coming if each.overtakes],
                "told": [self._told(pk, people[pk], statuses.get(pk), after.get(pk)) for pk in self._homes],
            },
            made_by=self.by,
            request_id=request_id,
        )
        for each in coming:
            _carry_on(event, each)
        follow_register(self._homes)
        events.record(
            by=self.by,
            act=f"life.{kind}",
            on=self.household,
            after=events.snapshot(event),
            area=self.household.area_id,
            reason=event.reason,
        )
        return event

    def _keep(self, row: Household | Member, **kept_with: Any) -> None:
        self._rows.append({"model": row._meta.model_name, "id": row.pk, **kept_with})

    def _next(self, home: Household, status: Status, people: int) -> _Next | None:
        if home.closed_date:
            reason = CLOSING[Household.ClosedReason(home.closed_reason)]
            day = _counted_from(self.day)
            _must_not_end_before_it_began(status, day)
            return _Next(home, status, day, None, reason)
        # As decided, with what happened since: the register may have been incomplete on the day of the decision.
        size = max(status.size + people - self._before[home.pk], 1)
        if size == status.size and home.area_id == status.area_id:
            return None
        day = max(self.day, status.valid_from)
        if day == status.valid_from and status.event_id is None:
            day += timedelta(days=1)  # what was decided holds a day at least
        day = _counted_from(day)
        return _Next(home, status, day, size, Status.EndReason.CHANGED)

    def _told(self, pk: int, people: int, status: Status | None, after: _Next | None) -> dict[str, Any]:
        home = Household.objects.get(pk=pk)
        size = None
        if status:
            size = [status.size, after.size if after else status.size]
        return {
            "id": pk,
            "name": str(home),
            "head": home.head_name,
            "people": [self._before[pk], people],
            "listed": status.get_classification_display() if status else "",
            "size": size,
        }


def seat(draft: Draft, members: list[Member], relationships: dict[int, str]) -> None:
    """Who of `members`, all of one household, is what to its head from now on. A new head is a new relationship
    for everybody."""
    wanted = {each.pk: relationships.get(each.pk, each.relationship) for each in members}
    heads = [each for each in members if wanted[each.pk] == Relationship.HEAD]
    if len(heads) != 1:
        raise ValidationError("Chọn đúng một người làm chủ hộ trong số những người ở lại.")
    if not heads[0].is_head and (left := [each for each in members if each.pk not in relationships]):
        raise ValidationError(
            f"Chọn quan hệ với chủ hộ mới của: {', '.join(each.full_name for each in left)}."
        )
    changed = [each for each in members if wanted[each.pk] != each.relationship]
    # First nobody is head or spouse, so that on the way no household has two.
    Member.objects.filter(pk__in=[each.pk for each in changed]).update(relationship=Relationship.OTHER)
    for each in changed:
        draft.set(each, relationship=wanted[each.pk])


def _carry_on(event: LifeEvent, coming: _Next) -> None:
    status = coming.status
    if coming.overtakes:
        Status.objects.filter(pk=status.pk).update(voided_at=now())
    else:
        Status.objects.filter(pk=status.pk).update(
            valid_to=coming.day, end_reason=coming.end_reason, ending_event=event
        )
    if coming.size is not None:
        status.pk, status._state.adding = None, True
        status.event, status.size, status.area_id = event, coming.size, coming.home.area_id
        for name, value in profile.of_register(coming.home, coming.day, load(status.standard_id)).items():
            setattr(status, name, value)
        status.valid_from = coming.day
        status.save(force_insert=True)


def _counted_from(day: date) -> date:
    """From when the list shows what happened on `day`. The list of 1 January is the opening stock of its year, so
    that what happens on New Year's Day counts from the 2nd: else it would fall between two years."""
    return day + timedelta(days=1) if (day.month, day.day) == (1, 1) else day


def _people(household_pk: int) -> Any:
    return Member.objects.present().filter(household=household_pk)


def _not_in_the_future(day: date, today: date) -> None:
    if day > today:
        raise ValidationError({"date": "Ngày này ở tương lai; ghi sự kiện khi đã xảy ra."})


def _must_be_there(home: Household, day: date) -> None:
    if home.closed_date:
        raise ValidationError(
            f"Hộ {home.code} đã ra khỏi sổ ngày {home.closed_date:%d/%m/%Y}; hồ sơ chỉ còn để tra cứu."
        )
    if day < home.opened_date:
        raise ValidationError(
            {
                "date": f"Hộ {home.code} vào sổ ngày {home.opened_date:%d/%m/%Y}; sự kiện không thể trước ngày đó."
            }
        )


def _must_not_end_before_it_began(status: Status, day: date) -> None:
    if status.valid_from > day or (status.valid_from == day and status.event_id is None):
        raise ValidationError(
            {
                "date": f"Hộ có phân loại từ ngày {status.valid_from:%d/%m/%Y}; ngày ra khỏi sổ phải sau ngày đó."
            }
        )
