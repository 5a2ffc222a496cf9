"""Households with their people, written from what was compared, and taken back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Func

from households.actions.imports.values import kept, meant
from households.actions.moves import lock_households
from households.models import Household, Import, ImportUnit, Listing, Member, Relationship, Request, Status
from thanhsen import events, vietnamese
from thanhsen.bulk import copy_in, next_ids, rewrite
from thanhsen.models import Event, User

FILLED_BY_DATABASE = ("code", "created_at")
LEFT = "Hoàn tác lần nhập từ tệp"
AGAINST = ("sex", "birth_date", "cccd")
MOST = 5  # people alike that the comparison told of one line


@dataclass(frozen=True)
class Act:
    """A record as it is now, what it was, and which of its fields were written."""

    record: Any
    was: dict[str, Any]
    fields: tuple[str, ...]
    area: int


class Moved(Exception):
    """The register is no longer what the units were compared with."""


def write(units: Sequence[ImportUnit], imported: Import) -> None:
    """Write some units of one import, and put in `before` and `after` what undoing needs."""
    _must_be_nobody_else(units, imported)
    known = [each for each in units if each.target is not None]
    _write_known(known, imported)
    _write_new([each for each in units if each.target is None], imported)


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
    _record("household.create", imported, [(each, each.area_id) for each in stored.values()])


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
    _record("member.create", imported, [(each, places[each.household_id]) for each in members])


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
            acts.append(_over(home, unit.values, unit.before, unit.after, "household", home.area_id))
        for line in unit.lines:
            if line["is_new"]:
                added.append((unit, line, home.pk))
            elif line["values"]:
                member = members[line["target"]]
                before, after = unit.before.setdefault("members", {}), unit.after.setdefault("members", {})
                acts.append(_over(member, line["values"], before, after, str(member.pk), home.area_id))
    _save(acts)
    _trail(imported, acts)
    if added:
        _add_people(added, imported)


def _over(record: Any, values: dict[str, Any], before: dict, after: dict, key: str, area: int) -> Act:
    """Lay values over a record; what stood there, and the version it has now, are kept for undoing."""
    before[key] = kept({name: getattr(record, name) for name in values})
    act = _changed(record, meant(type(record), values), area)
    after[key] = record.version
    return act


def _changed(record: Any, values: dict[str, Any], area: int) -> Act:
    was = events.snapshot(record)
    for name, value in values.items():
        setattr(record, name, value)
    fields = list(values)
    if "full_name" in values:
        record.sort_key = vietnamese.name_key(record.full_name)
        fields.append("sort_key")
    record.version += 1
    return Act(record, was, tuple(fields), area)


def _save(acts: Iterable[Act]) -> None:
    """Write the changed records, those of the same fields at once."""
    together: dict[tuple[Any, tuple[str, ...]], list[Any]] = defaultdict(list)
    for act in acts:
        together[type(act.record), act.fields].append(act.record)
    for (model, fields), records in together.items():
        rewrite(records, model, [*fields, "version"])


def _area(unit: ImportUnit) -> int:
    assert unit.area_id is not None  # a household without one is a fault
    return unit.area_id


def _opened(unit: ImportUnit, imported: Import) -> date:
    text = unit.given.get("opened_date") or imported.defaults["opened_date"]
    day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, day)


# Taking it back -----------------------------------------------------------------------------------


def undo(units: Sequence[ImportUnit], imported: Import, today: date) -> None:
    """Take some units back. What somebody worked on since is left, and `kept` says why."""
    ids = [each.record for each in units]
    lock_households(ids)
    homes = Household.objects.in_bulk(ids)
    people: dict[int, dict[int, Member]] = defaultdict(dict)
    for member in Member.objects.select_for_update().filter(household__in=ids).order_by("pk"):
        people[member.household_id][member.pk] = member
    built = _built_on([each.record for each in units if "household" in each.after and not each.before])
    acts: list[Act] = []
    for unit in units:
        home, members = homes[unit.record], people[unit.record]
        unit.kept = _why_kept(unit, home, members, built.get(home.pk, ""))
        if not unit.kept:
            acts += _back(unit, home, members, today)
    _save(acts)
    _as_before([unit for unit in units if not unit.kept], imported, homes, people)
    _trail(imported, acts, reason=imported.undo_reason)


def _as_before(
    units: list[ImportUnit],
    imported: Import,
    homes: dict[int, Household],
    people: dict[int, dict[int, Member]],
) -> None:
    """What is taken back is as an earlier import left it: that one can be taken back too, though versions went on."""
    undone = {unit.record: unit for unit in units}
    earlier = ImportUnit.objects.filter(
        target__in=undone, of__state=Import.State.COMMITTED, of__kind=imported.kind
    )
    moved = []
    for each in earlier.exclude(of=imported):
        unit, home = undone[each.record], homes[each.record]
        was = str(each.after)
        if each.after.get("household") == unit.after.get("household", 0) - 1:
            each.after["household"] = home.version
        for part in ("members", "added"):
            for pk, version in each.after.get(part, {}).items():
                if version == unit.after.get("members", {}).get(pk, 0) - 1:
                    each.after[part][pk] = people[home.pk][int(pk)].version
        moved += [each] if str(each.after) != was else []
    rewrite(moved, ImportUnit, ["after"])


def _is_new(unit: ImportUnit) -> bool:
    return "household" in unit.after and "household" not in unit.before


def _why_kept(unit: ImportUnit, home: Household, members: dict[int, Member], built: str) -> str:
    if built:
        return built
    if home.closed_date:
        return f"hộ đã ra khỏi sổ ngày {home.closed_date:%d/%m/%Y}"
    if "household" in unit.after and home.version != unit.after["household"]:
        return "thông tin hộ đã được sửa sau khi nhập"
    for pk, version in {**unit.after.get("members", {}), **unit.after.get("added", {})}.items():
        member = members[int(pk)]
        if member.version != version or member.left_date:
            return f"{member.full_name} đã được sửa hoặc rời hộ sau khi nhập"
    there = {pk for pk, each in members.items() if each.left_reason != LEFT}
    if _is_new(unit) and there != {int(pk) for pk in unit.after["added"]}:
        return "hộ có thêm người sau khi nhập"
    if any(members[int(pk)].is_head for pk in unit.after.get("added", {})) and not _is_new(unit):
        return "người được thêm nay là chủ hộ"
    return ""


def _back(unit: ImportUnit, home: Household, members: dict[int, Member], today: date) -> Iterable[Act]:
    added = [members[int(pk)] for pk in unit.after.get("added", {})]
    for member in added:
        yield _changed(member, {"left_date": today, "left_reason": LEFT}, home.area_id)
    if _is_new(unit):
        yield _changed(
            home, {"closed_date": today, "closed_reason": Household.ClosedReason.UNDONE}, home.area_id
        )
        return
    if "household" in unit.before:
        yield _changed(home, meant(Household, unit.before["household"]), home.area_id)
    for pk, values in unit.before.get("members", {}).items():
        yield _changed(members[int(pk)], meant(Member, values), home.area_id)


def _built_on(ids: list[int]) -> dict[int, str]:
    """Household id → what was built on it."""
    found: dict[int, str] = {}
    of_households = {
        "đã có trong danh sách rà soát": Listing.objects.filter(household__in=ids),
        "đã có đơn đề nghị": Request.objects.filter(household__in=ids),
        "đã có phân loại": Status.objects.filter(household__in=ids),
    }
    for said, rows in of_households.items():
        found |= dict.fromkeys(rows.values_list("household", flat=True), said)
    return found


# The trail ----------------------------------------------------------------------------------------


def _record(act: str, imported: Import, records: Iterable[tuple[Any, int]]) -> None:
    by, reason = imported.committed_by, f"Nhập từ tệp: lần nhập số {imported.pk}"
    copy_in(
        (
            Event(
                actor=by, act=act, record_type=each._meta.label_lower, record_id=each.pk, record_name=str(each)[:200],
                after=events.snapshot(each), area_id=area, reason=reason,
            )
            for each, area in records
        ),
        Event, but=["id", "at"],
    )  # fmt: skip


def _trail(imported: Import, acts: Iterable[Act], reason: str = "") -> None:
    by = imported.undone_by if reason else imported.committed_by
    why = (
        f"Hoàn tác lần nhập số {imported.pk}: {reason}"
        if reason
        else f"Nhập từ tệp: lần nhập số {imported.pk}"
    )
    copy_in((_event(act, by, why) for act in acts), Event, but=["id", "at"])


def _event(act: Act, by: User | None, why: str) -> Event:
    now = events.snapshot(act.record)
    changed = [name for name in now if act.was.get(name) != now[name]]
    name = "household" if isinstance(act.record, Household) else "member"
    return Event(
        actor=by, act=f"{name}.update", record_type=act.record._meta.label_lower, record_id=act.record.pk,
        record_name=str(act.record)[:200], before={each: act.was.get(each) for each in changed},
        after={each: now[each] for each in changed}, area_id=act.area, reason=why[:500],
    )  # fmt: skip
