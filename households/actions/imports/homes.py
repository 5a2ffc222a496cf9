"""Households with their people, written from what was compared."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Func

from households.actions.imports.changes import Act, Moved, over, record_new, save, trail
from households.actions.imports.values import meant
from households.actions.moves import lock_households
from households.models import Household, Import, ImportUnit, Member, Relationship
from thanhsen import vietnamese
from thanhsen.bulk import copy_in, next_ids
from thanhsen.models import Area

FILLED_BY_DATABASE = ("code", "created_at")
AGAINST = ("sex", "birth_date", "cccd")
MOST = 5  # people alike that the comparison told of one line


def write(units: Sequence[ImportUnit], imported: Import, today: date) -> None:
    """Write some units of one import, and put in `before` and `after` what undoing needs."""
    _places_must_stand({_area(each) for each in units if each.target is None}, today)
    _must_be_nobody_else(units, imported)
    known = [each for each in units if each.target is not None]
    _write_known(known, imported)
    _write_new([each for each in units if each.target is None], imported)


def _places_must_stand(areas: set[int], today: date) -> None:
    """None of the tổ dân phố of new households ended since they were compared, or ends meanwhile."""
    rows = Area.objects.valid_on(today).filter(pk__in=areas).order_by("pk")
    if len(rows.select_for_update(no_key=True).values_list("pk", flat=True)) != len(areas):
        raise Moved


def _must_be_nobody_else(units: Sequence[ImportUnit], imported: Import) -> None:
    """Of the new people, none was put into the register since they were compared, by hand or by another file: somebody
    of the same name, year and tổ dân phố, with a higher id than there was then."""
    new = {
        (_words(line["values"]["full_name"]), line["values"]["birth_year"], unit.area_id): line
        for unit in units
        for line in unit.lines
        if line["is_new"]
    }
    there = Member.objects.present().annotate(words=Func(F("full_name"), function="name_words"))
    rows = there.filter(
        pk__gt=imported.found.get("last_member", 0), words__in={name for name, _, _ in new}, birth_year__in={year for _, year, _ in new},
        household__area__in={area for _, _, area in new},
    ).values_list("words", "birth_year", "household__area", "pk", "household", *AGAINST)  # fmt: skip
    own = {each.target for each in units if each.target is not None}
    came: set[int] = set()
    for name, year, area, pk, home, *known in rows:
        line = new.get((name, year, area))
        if line is None or home in own or len(told := line.get("alike", ())) >= MOST:
            continue
        said = meant(Member, {each: line["values"].get(each) for each in AGAINST})
        if any(one and two and one != two for one, two in zip(said.values(), known, strict=True)):
            continue  # another person of that name, whom the comparison did not tell either
        if pk not in {each["member"] for each in told}:
            came.add(home)
    written = imported.units.filter(number__lt=units[0].number, target__in=came).values_list(
        "target", flat=True
    )
    if came - set(written):
        raise Moved


def _words(name: str) -> str:
    """As name_words() of the database."""
    return " ".join(sorted(vietnamese.fold(name).split()))


def _write_new(units: list[ImportUnit], imported: Import) -> None:
    ids = next_ids(Household, len(units))
    homes, people = [], []
    for pk, unit in zip(ids, units, strict=True):
        head = next(line for line in unit.lines if line["values"].get("relationship") == Relationship.HEAD)
        name = head["values"]["full_name"]
        homes.append(
            Household(
                pk=pk,
                area_id=_area(unit),
                opened_date=_opened(unit, imported),
                head_name=name,
                sort_key=vietnamese.name_key(name),
                **meant(Household, unit.values),
            )
        )
        unit.target = pk
        people += [(unit, line, pk) for line in unit.lines]
    copy_in(homes, Household, but=FILLED_BY_DATABASE)
    _add_people(people, imported)
    stored = Household.objects.in_bulk(ids)
    for unit in units:
        unit.after["household"] = 1
        unit.label = str(stored[unit.record])[:200]
    record_new("household.create", imported, [(each, each.area_id) for each in stored.values()])


def _add_people(lines: list[tuple[ImportUnit, dict[str, Any], int]], imported: Import) -> None:
    """New members: (unit, line, household id)."""
    members = []
    for (unit, line, home), pk in zip(lines, next_ids(Member, len(lines)), strict=True):
        values = meant(Member, line["values"])
        values["full_name"] = vietnamese.clean(values["full_name"])
        members.append(
            Member(pk=pk, household_id=home, sort_key=vietnamese.name_key(values["full_name"]), **values)
        )
        unit.after.setdefault("added", {})[str(pk)] = 1
    copy_in(members, Member)
    places = {home: _area(unit) for unit, _, home in lines}
    record_new("member.create", imported, [(each, places[each.household_id]) for each in members])


def _write_known(units: list[ImportUnit], imported: Import) -> None:
    lock_households(each.record for each in units)
    homes = Household.objects.in_bulk([each.record for each in units])
    rows = Member.objects.present().select_for_update().filter(household__in=homes).order_by("pk")
    members = {each.pk: each for each in rows}
    now: dict[int, dict[str, int]] = defaultdict(dict)
    for each in members.values():
        now[each.household_id][str(each.pk)] = each.version
    acts: list[Act] = []
    added: list[tuple[ImportUnit, dict[str, Any], int]] = []
    for unit in units:
        home = homes[unit.record]
        # Somebody added or gone counts as much as somebody changed: the file may name the same person.
        if home.version != unit.seen["household"] or home.closed_date or now[home.pk] != unit.seen["members"]:
            raise Moved
        if unit.values:
            acts.append(over(home, unit.values, unit.before, unit.after, "household", home.area_id))
        for line in unit.lines:
            if line["is_new"]:
                added.append((unit, line, home.pk))
            elif line["values"]:
                member = members[line["target"]]
                before, after = unit.before.setdefault("members", {}), unit.after.setdefault("members", {})
                acts.append(over(member, line["values"], before, after, str(member.pk), home.area_id))
    save(acts)
    trail(imported, acts)
    if added:
        _add_people(added, imported)


def _area(unit: ImportUnit) -> int:
    assert unit.area_id is not None  # a household without one is a fault
    return unit.area_id


def _opened(unit: ImportUnit, imported: Import) -> date:
    text = unit.given.get("opened_date") or imported.defaults["opened_date"]
    day = vietnamese.day_of(text)
    assert day is not None  # another text is a fault
    return day
