"""Households with their people that an import wrote, taken back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from households.actions.imports.changes import Act, changed, save, trail
from households.actions.imports.values import meant
from households.actions.moves import lock_households
from households.models import (
    Contact,
    Household,
    Import,
    ImportUnit,
    Listing,
    Member,
    Need,
    Participation,
    Plan,
    Request,
    Sheet,
    ShockImpact,
    Status,
    Support,
)
from thanhsen.bulk import rewrite

LEFT = "Hoàn tác lần nhập từ tệp"


def undo(units: Sequence[ImportUnit], imported: Import, today: date) -> None:
    """Take some units back. What somebody worked on since is left, and `kept` says why."""
    ids = [each.record for each in units]
    lock_households(ids)
    homes = Household.objects.in_bulk(ids)
    people: dict[int, dict[int, Member]] = defaultdict(dict)
    for member in Member.objects.select_for_update().filter(household__in=ids).order_by("pk"):
        people[member.household_id][member.pk] = member
    built = _built_on([each.record for each in units if "household" in each.after and not each.before])
    stays = _stood_on({int(pk) for each in units for pk in each.after.get("added", {})})
    acts: list[Act] = []
    for unit in units:
        home, members = homes[unit.record], people[unit.record]
        unit.kept = _why_kept(unit, home, members, built.get(home.pk, ""), stays)
        if not unit.kept:
            acts += _back(unit, home, members, today)
    save(acts)
    _as_before([unit for unit in units if not unit.kept], imported, homes, people)
    trail(imported, acts, reason=imported.undo_reason)


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


def _why_kept(
    unit: ImportUnit, home: Household, members: dict[int, Member], built: str, stays: dict[int, str]
) -> str:
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
    for pk in map(int, unit.after.get("added", {})):
        if pk in stays:
            return f"{members[pk].full_name} {stays[pk]}"
    return ""


def _back(unit: ImportUnit, home: Household, members: dict[int, Member], today: date) -> Iterable[Act]:
    added = [members[int(pk)] for pk in unit.after.get("added", {})]
    for member in added:
        yield changed(member, {"left_date": today, "left_reason": LEFT}, home.area_id)
    if _is_new(unit):
        yield changed(
            home, {"closed_date": today, "closed_reason": Household.ClosedReason.UNDONE}, home.area_id
        )
        return
    if "household" in unit.before:
        yield changed(home, meant(Household, unit.before["household"]), home.area_id)
    for pk, values in unit.before.get("members", {}).items():
        yield changed(members[int(pk)], meant(Member, values), home.area_id)


def _built_on(ids: list[int]) -> dict[int, str]:
    """Household id → what was built on it."""
    found: dict[int, str] = {}
    of_households = {
        "đã có trong danh sách rà soát": Listing.objects.filter(household__in=ids),
        "đã có đơn đề nghị": Request.objects.filter(household__in=ids),
        "đã có phân loại": Status.objects.filter(household__in=ids),
        "đã có khoản hỗ trợ": Support.objects.counted().filter(household__in=ids),
        "đã có nhu cầu, nguyện vọng được ghi": Need.objects.filter(household__in=ids),
        "đã có kế hoạch hỗ trợ": Plan.objects.filter(household__in=ids),
        "đang tham gia mô hình": Participation.objects.filter(household__in=ids),
        "đã có trong danh sách thiệt hại": ShockImpact.objects.filter(household__in=ids).exclude(
            severity="not_seen"
        ),
        "đã được vận động": Contact.objects.filter(household__in=ids),
    }
    for said, rows in of_households.items():
        found |= dict.fromkeys(rows.values_list("household", flat=True), said)
    return found


def _stood_on(members: set[int]) -> dict[int, str]:
    """Member id → what was done since that counts on this very person."""
    given = Support.objects.counted().filter(member__in=members).values_list("member", flat=True)
    homes = Member.objects.filter(pk__in=members).values("household")
    # One sent back is handed in anew, with who is there then.
    sheets = Sheet.objects.filter(household__in=homes).exclude(state__in=["draft", "returned"])
    found = {
        int(person["id"]): f"đã được tính trong phiếu rà soát năm {year} đã nộp"
        for year, people in sheets.order_by("pk").values_list("round__year", "facts__people")
        for person in people
        if int(person["id"]) in members
    }
    return found | dict.fromkeys(given, "đã có khoản hỗ trợ")
