"""The targets of a ward: entered, corrected, taken away. The trail keeps what stood before."""

from decimal import Decimal

from households.models import Target
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import Area, User


def set_target(
    *, by: User, ward: Area, year: int, poor_rate: Decimal, near_poor_rate: Decimal | None, source: str
) -> Target:
    """The target of a year as now given; one that stood is replaced. One writer at a time per ward."""
    given = {"poor_rate": poor_rate, "near_poor_rate": near_poor_rate, "source": source.strip()}
    with kept():
        _hold(ward)
        target = Target.objects.filter(ward=ward, year=year).first()
        before = events.snapshot(target) if target else None
        target = target or Target(ward=ward, year=year)
        for name, value in given.items():
            setattr(target, name, value)
        target.save()
        events.record(
            by=by, act="target.save", on=target, before=before, after=events.snapshot(target), area=ward
        )
    return target


def remove_target(*, by: User, ward: Area, year: int) -> bool:
    """Take the target of a year away; whether there was one."""
    with kept():
        _hold(ward)
        target = Target.objects.filter(ward=ward, year=year).first()
        if target:
            events.record(by=by, act="target.remove", on=target, before=events.snapshot(target), area=ward)
            target.delete()
    return target is not None


def _hold(ward: Area) -> None:
    list(Area.objects.select_for_update(no_key=True).filter(pk=ward.pk).values("pk"))
