"""A shock is recorded once for many households, spread to more places, closed; what it did to each is written down."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F

from households.models import Household, ShockEvent, ShockImpact
from households.models.support.shocks import STRUCK
from thanhsen import events
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import Area, User

FIELDS = ("kind", "name", "ended_on", "description", "programme")
OF_IMPACT = ("severity", "loss", "text", "pushed_down")
Severity = ShockImpact.Severity

# Every household of the register that lived there on the day, not seen yet; who is on the list stays as it is.
STRIKE = """
INSERT INTO households_shockimpact (shock_id, household_id, severity, text, pushed_down, version, made_by_id)
SELECT %(shock)s, home.id, 'not_seen', '', false, 1, %(by)s
  FROM households_household home
 WHERE home.area_id = ANY(%(areas)s) AND home.opened_date <= %(day)s
   AND (home.closed_date IS NULL
        OR home.closed_date > %(day)s AND home.closed_reason NOT IN ('duplicate', 'mistake', 'undone'))
ON CONFLICT ON CONSTRAINT impact_once DO NOTHING
"""


@once(ShockEvent)
def record_shock(
    *, by: User, values: dict[str, Any], areas: Sequence[Area], today: date, request_id: UUID | None = None
) -> ShockEvent:
    """A shock (`values`: kind, name, happened_on, ended_on, description) that struck `areas`, tổ dân phố of one ward
    that are the user's: every household there on the day comes onto its list, not seen yet."""
    must_be_past(today, happened_on=values["happened_on"], ended_on=values.get("ended_on"))
    ward = _ward_of(by, areas)
    made = ShockEvent.objects.create(ward_id=ward, made_by=by, request_id=request_id, **values)
    count = strike(by, made, areas)
    after = events.snapshot(made) | {"areas": [each.name for each in areas], "households": count}
    events.record(by=by, act="shock.record", on=made, after=after, area=ward)
    return made


def update_shock(
    *, by: User, shock: ShockEvent, version: int | None, values: dict[str, Any], today: date
) -> ShockEvent:
    """What is said of it changes (FIELDS); its day and its tổ dân phố stay, who is on the list follows from them."""
    must_be_past(today, ended_on=values.get("ended_on"))
    with kept():
        row = standing(shock, version)
        before = events.snapshot(row)
        for name in FIELDS:
            if name in values:
                setattr(row, name, values[name])
        row.version += 1
        row.save()
        events.record(
            by=by, act="shock.update", on=row, before=before, after=events.snapshot(row), area=row.ward_id
        )
    return row


def spread_shock(*, by: User, shock: ShockEvent, areas: Sequence[Area]) -> int:
    """It struck more tổ dân phố than was known; how many households came onto the list."""
    if _ward_of(by, areas) != shock.ward_id:
        raise ValidationError({"areas": "Chọn tổ dân phố của chính phường đã ghi biến cố này."})
    with kept():
        row = standing(shock, None)
        known = set(row.areas.values_list("pk", flat=True))
        new = [each for each in areas if each.pk not in known]
        count = strike(by, row, new) if new else 0
        if new:
            after = {"areas": [each.name for each in new], "households": count}
            events.record(by=by, act="shock.spread", on=row, after=after, area=row.ward_id)
    return count


def add_household(*, by: User, shock: ShockEvent, household: Household) -> ShockImpact:
    """One that is not on the list but was struck: in another tổ dân phố of the ward, or in the register since."""
    with kept():
        # The household before the shock, as who gives relief locks them.
        home = Household.objects.select_for_update(of=("self",)).select_related("area").get(pk=household.pk)
        standing(shock, None)
        if home.area.parent_id != shock.ward_id:
            raise ValidationError("Hộ không ở phường đã ghi biến cố này.")
        if home.closed_date and home.closed_date <= shock.happened_on:
            raise ValidationError(
                f"Hộ đã ra khỏi sổ ngày {home.closed_date:%d/%m/%Y}, trước ngày xảy ra biến cố."
            )
        made, is_new = ShockImpact.objects.get_or_create(
            shock=shock, household=home, defaults={"made_by": by}
        )
        if is_new:
            events.record(by=by, act="impact.add", on=made, after=events.snapshot(made), area=home.area_id)
    return made


def save_impact(
    *, by: User, impact: ShockImpact, version: int | None, values: dict[str, Any], today: date
) -> ShockImpact:
    """What was seen of one household (`values`: severity, loss, text, pushed_down) today; Stale where somebody
    else wrote first."""
    with kept():
        row = lock(impact, version)
        before = events.snapshot(row)
        for name in OF_IMPACT:
            if name in values:
                setattr(row, name, values[name])
        if row.severity == Severity.NOT_SEEN:
            row.seen_on = None
        elif row.seen_on is None or row.severity != before["severity"]:
            row.seen_on = today
        if row.severity not in STRUCK:
            row.loss, row.pushed_down = None, False
            _let_go_of_mistaken_support(row)
        if events.snapshot(row) == before:
            return row
        row.version += 1
        row.save()
        home = Household.objects.only("area_id").get(pk=row.household_id)
        events.record(
            by=by, act="impact.save", on=row, before=before, after=events.snapshot(row), area=home.area_id
        )
    return row


def mark_unharmed(
    *, by: User, shock: ShockEvent, today: date, area: Area | None = None, only: Collection[int] | None = None
) -> int:
    """Those of the user's not seen yet were not struck: `only` these impacts (ids), or all in `area`; how many.

    One statement, one line of the trail: a whole tổ dân phố of a thousand households at once.
    """
    unseen = ShockImpact.objects.visible_to(by).unseen().filter(shock=shock)
    if area is not None:
        unseen = unseen.filter(household__area=area)
    if only is not None:
        unseen = unseen.filter(pk__in=only)
    with kept():
        ids = list(unseen.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        rows = ShockImpact.objects.filter(pk__in=ids)
        rows.update(severity=Severity.NONE, seen_on=today, version=F("version") + 1)
        if ids:
            after = {"severity": Severity.NONE, "households": len(ids), "impacts": ids[: events.RECORDS_KEPT]}
            events.record(by=by, act="impact.save", on=shock, after=after, area=area or shock.ward_id)
    return len(ids)


def close_shock(*, by: User, shock: ShockEvent, today: date) -> ShockEvent:
    """Everything is seen and dealt with: nothing of it changes any more."""
    with kept():
        row = standing(shock, None)
        if row.closed_on:
            raise ValidationError(f"Biến cố này đã đóng ngày {row.closed_on:%d/%m/%Y}.")
        if left := row.impacts.unseen().count():
            raise ValidationError(
                f"Còn {left} hộ chưa xem nên chưa đóng. Ghi mức thiệt hại, hoặc “không thiệt hại” cho các hộ còn lại."
            )
        row.closed_on, row.version = today, row.version + 1
        row.save(update_fields=["closed_on", "version"])
        events.record(
            by=by, act="shock.close", on=row, after={"closed_on": today.isoformat()}, area=row.ward_id
        )
    return row


def reopen_shock(*, by: User, shock: ShockEvent) -> ShockEvent:
    """Something was overlooked."""
    with kept():
        row = standing(shock, None)
        if row.closed_on:
            before = {"closed_on": row.closed_on.isoformat()}
            row.closed_on, row.version = None, row.version + 1
            row.save(update_fields=["closed_on", "version"])
            events.record(
                by=by, act="shock.reopen", on=row, before=before, after={"closed_on": None}, area=row.ward_id
            )
    return row


def standing(shock: ShockEvent, version: int | None) -> ShockEvent:
    """Its row, locked; one taken back as a mistake is not worked on any more."""
    row: ShockEvent = lock(shock, version)
    if row.voided_at:
        raise ValidationError("Biến cố này đã bỏ vì ghi nhầm nên không ghi, không sửa nữa.")
    return row


def must_be_past(today: date, **days: date | None) -> None:
    for name, day in days.items():
        if day and day > today:
            raise ValidationError({name: "Ngày ở tương lai; ghi khi biến cố đã xảy ra."})


def _ward_of(by: User, areas: Sequence[Area]) -> int:
    """The ward of `areas`, which are tổ dân phố of the user's and of one ward only."""
    mine = set(
        Area.objects.groups()
        .under(by.area_ids)
        .filter(pk__in=[each.pk for each in areas])
        .values_list("pk", flat=True)
    )
    wards = {each.parent_id for each in areas}
    if not areas or len(wards) > 1 or any(each.pk not in mine for each in areas):
        raise ValidationError(
            {"areas": "Chọn ít nhất một tổ dân phố của một phường, trong địa bàn được giao cho anh/chị."}
        )
    ward = wards.pop()
    assert ward is not None  # a tổ dân phố lies in a ward
    return ward


def strike(by: User, shock: ShockEvent, areas: Sequence[Area]) -> int:
    shock.areas.add(*areas)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"shock": shock.pk, "by": by.pk, "day": shock.happened_on}
        cursor.execute(STRIKE, values | {"areas": [each.pk for each in areas]})
        return cursor.rowcount


def _let_go_of_mistaken_support(row: ShockImpact) -> None:
    if row.support is not None and row.support.voided_at:
        row.support = None
