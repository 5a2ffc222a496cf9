"""Units that send trainees, and how many each is asked to send."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.concurrency import lock
from thanhsen.constraints import kept
from thanhsen.models import Area, User
from thanhsen.vietnamese import clean, fold
from trainings.actions.roster.seats import open_roster
from trainings.models import Course, Quota, Unit


def add_unit(*, by: User, ward: Area, values: dict[str, Any]) -> Unit:
    """`values`: name, and area where the unit is a tổ dân phố of the ward."""
    with kept():
        made = Unit.objects.create(ward=ward, **values)
        events.record(by=by, act="unit.save", on=made, after=events.snapshot(made), area=ward)
    return made


def edit_unit(*, by: User, unit: Unit, version: int | None, values: dict[str, Any]) -> Unit:
    with kept():
        row = lock(unit, version)
        _must_be_in_use(row)
        before = events.snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        events.record(
            by=by, act="unit.save", on=row, before=before, after=events.snapshot(row), area=row.ward_id
        )
    return row


def end_unit(*, by: User, unit: Unit, version: int | None, on: date) -> Unit:
    """The unit is chosen no more; who it sent stays of it."""
    with kept():
        row = lock(unit, version)
        _must_be_in_use(row)
        before = events.snapshot(row)
        row.ended_on = on
        row.version += 1
        row.save()
        events.record(
            by=by, act="unit.save", on=row, before=before, after=events.snapshot(row), area=row.ward_id
        )
    return row


def add_units_of_groups(*, by: User, ward: Area, today: date) -> list[Unit]:
    """A unit for each tổ dân phố of the ward that has none, named like it; a unit of that name becomes its unit."""
    with kept():
        Area.objects.select_for_update(no_key=True).get(pk=ward.pk)
        groups = Area.objects.groups().filter(parent=ward).valid_on(today)
        groups = groups.exclude(pk__in=Unit.objects.in_use().exclude(area=None).values("area")).in_order()
        named = {fold(each.name): each for each in Unit.objects.in_use().filter(ward=ward, area=None)}
        made: list[Unit] = []
        before: dict[int, dict] = {}
        for group in groups:
            unit = named.pop(fold(group.name), None)
            if unit is None:
                unit = Unit(ward=ward, name=_free_name(ward, group))
            else:
                before[unit.pk] = events.snapshot(unit)
                unit.version += 1
            unit.area = group
            unit.save()
            made.append(unit)
        events.record_each(
            by=by,
            act="unit.save",
            of=[(each, events.snapshot(each), ward.pk) for each in made],
            before=before,
        )
    return made


def add_units_named(*, by: User, ward: Area, names: list[str]) -> list[Unit]:
    """Units that a file names and the ward has not."""
    with kept():
        known = {
            fold(each) for each in Unit.objects.in_use().filter(ward=ward).values_list("name", flat=True)
        }
        new = {fold(name): clean(name) for name in names if fold(name) not in known}
        made = [Unit.objects.create(ward=ward, name=name) for name in new.values()]
        events.record_each(
            by=by, act="unit.save", of=[(each, events.snapshot(each), ward.pk) for each in made]
        )
    return made


def save_quotas(
    *, by: User, course: Course, seats: Mapping[int, int | None], seen: Mapping[int, int | None]
) -> int:
    """Unit id → how many it is asked to send, None for not asked. `seen`: what stood on the page; only what differs
    from that is written, and refused where somebody else wrote otherwise meanwhile. How many quotas changed."""
    wanted = {unit: number for unit, number in seats.items() if number != seen.get(unit)}
    if not wanted:
        return 0
    with kept():
        held = open_roster(course)
        units = {each.pk: each for each in Unit.objects.filter(ward=held.ward_id, pk__in=wanted)}
        if len(units) != len(wanted):
            raise ValidationError("Có đơn vị không thuộc phường của khoá. Tải lại trang rồi nhập lại.")
        now = dict(Quota.objects.filter(course=held).values_list("unit", "seats"))
        moved = [each for each in wanted if now.get(each) not in (seen.get(each), wanted[each])]
        if moved:
            names = ", ".join(units[each].name for each in moved[:5])
            raise ValidationError(f"Người khác vừa đổi chỉ tiêu của {names}. Tải lại trang rồi nhập lại.")
        Quota.objects.filter(course=held, unit__in=wanted).delete()
        Quota.objects.bulk_create(
            Quota(course=held, unit=units[unit], seats=number)
            for unit, number in wanted.items()
            if number is not None
        )
        before, after = ({units[unit].name: values.get(unit) for unit in wanted} for values in (now, wanted))
        events.record(by=by, act="quota.save", on=held, before=before, after=after, area=held.ward_id)
    return len(wanted)


def _must_be_in_use(unit: Unit) -> None:
    if unit.ended_on:
        raise ValidationError("Đơn vị này đã thôi dùng. Thêm đơn vị mới nếu cần.")


def _free_name(ward: Area, group: Area) -> str:
    """Its name; with its code where another tổ dân phố of the ward is called the same."""
    same = any(
        fold(each) == fold(group.name)
        for each in Unit.objects.in_use().filter(ward=ward).values_list("name", flat=True)
    )
    return f"{group.name} ({group.code})" if same else group.name
