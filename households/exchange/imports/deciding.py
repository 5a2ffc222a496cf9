"""What a person may decide of something in doubt, one by one or by a rule for all of a cause."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count

from households.actions.imports import files
from households.exchange.imports import work
from households.exchange.imports.register import INTO
from households.models import Household, Import, ImportUnit, Member
from thanhsen.models import User

Cause = ImportUnit.Cause
TAKE_FILE = {Cause.STALE, Cause.PLACE, Cause.HEAD, Cause.JUMP, Cause.HELD, Cause.LIVED}
TAKE_NEW = {Cause.ALIKE, Cause.TWICE}
SAID = {
    ImportUnit.FILE: "Ghi theo tệp",
    ImportUnit.NEW: "Khác người: nhập thành hộ mới",
    ImportUnit.SKIP: "Bỏ qua, giữ nguyên sổ",
}
WHAT_FILE_MEANS = {
    Cause.PLACE: "Ghi các thay đổi khác, giữ tổ dân phố trong sổ (đổi tổ dân phố thì ghi sự kiện ở trang hộ)",
    Cause.HEAD: "Ghi các thay đổi khác, giữ chủ hộ trong sổ (đổi chủ hộ thì ghi sự kiện ở trang hộ)",
    Cause.STALE: "Ghi theo tệp, thay điều đã sửa trong sổ",
    Cause.JUMP: "Số trong tệp đúng, ghi theo tệp",
    Cause.HELD: "Quyết định trong tệp là quyết định mới hơn: đổi phân loại theo tệp",
    Cause.LIVED: "Đúng là nơi này đổi như vậy: ghi theo tệp",
}


@dataclass(frozen=True)
class Choice:
    value: str
    said: str


def of_unit(unit: ImportUnit, user: User) -> list[Choice]:
    """What may be decided of one unit."""
    if unit.of.state != Import.State.CHECKED or unit.outcome not in ("conflict", "new", "changed"):
        return []
    causes = {Cause(each) for each in unit.causes}
    offered = []
    by_hand = unit.of.kind == Import.Kind.HOUSEHOLDS and not unit.given.get("code")  # a code says which it is
    if unit.outcome == "conflict" and by_hand:
        offered = [
            Choice(f"{INTO}{home.pk}", f"Là hộ {home} trong sổ: so với hộ này") for home in _alike(unit, user)
        ]
    if causes and causes <= TAKE_NEW and not _holds_sure(unit):
        offered.append(Choice(ImportUnit.NEW, SAID[ImportUnit.NEW]))
    if causes and causes <= TAKE_FILE:
        cause = next(iter(causes)) if len(causes) == 1 else None
        said = WHAT_FILE_MEANS[cause] if cause else SAID[ImportUnit.FILE]
        offered.append(Choice(ImportUnit.FILE, said))
    offered.append(Choice(ImportUnit.SKIP, SAID[ImportUnit.SKIP]))
    if unit.choice:
        offered.append(Choice("", "Bỏ lựa chọn đã ghi"))
    return offered


@transaction.atomic
def choose(*, by: User, units: list[ImportUnit], choice: str, today: date) -> int:
    """Keep the choice and compare these units again."""
    for unit in units:
        if choice not in {each.value for each in of_unit(unit, by)}:
            raise ValidationError("Lựa chọn này không còn dùng được cho mục này. Mở lại trang rồi chọn lại.")
    count = files.choose(by=by, units=units, choice=choice)
    if units:
        work.compare_again(units[0].of, units, today, by)
    return count


def rules(imported: Import) -> list[tuple[str, int, list[Choice]]]:
    """For each cause nobody decided: how many are in doubt for it alone, and what may hold for all of them."""
    if imported.state != Import.State.CHECKED:
        return []
    found = []
    alone = imported.units.to_decide().values("causes").annotate(count=Count("pk")).order_by("causes")
    for row in alone:
        if len(row["causes"]) != 1:
            continue
        cause = Cause(row["causes"][0])
        offered = [Choice(f"{cause}:{ImportUnit.SKIP}", SAID[ImportUnit.SKIP])]
        if cause in TAKE_FILE:
            offered.insert(0, Choice(f"{cause}:{ImportUnit.FILE}", WHAT_FILE_MEANS[cause]))
        if cause in TAKE_NEW:
            offered.insert(0, Choice(f"{cause}:{ImportUnit.NEW}", "Tất cả là người khác: nhập mới"))
        if cause in (Cause.CCCD, Cause.ALIKE):
            offered.insert(0, Choice(f"{cause}:into", "Tất cả là cùng hộ trong sổ: so với hộ giống nhất"))
        found.append((cause.label, row["count"], offered))
    return found


@transaction.atomic
def by_rule(*, by: User, imported: Import, rule: str, today: date) -> int:
    """Decide every unit in doubt for this cause alone; how many were. Those the rule does not fit are left."""
    cause, _, choice = rule.partition(":")
    if cause not in set(Cause):
        raise ValidationError("Chọn một cách làm trong danh sách.")
    rows = imported.units.to_decide().filter(causes=[cause]).select_related("of__ward", "area").in_order()
    units = list(rows)
    wanted: dict[str, list[ImportUnit]] = {}
    for unit in units:
        value = f"{INTO}{homes[0].pk}" if choice == "into" and (homes := _alike(unit, by)) else choice
        if value in {each.value for each in of_unit(unit, by)}:
            wanted.setdefault(value, []).append(unit)
    for value, chosen in wanted.items():
        files.choose(by=by, units=chosen, choice=value)
    decided = [unit for chosen in wanted.values() for unit in chosen]
    if decided:
        work.compare_again(imported, decided, today, by)
    return len(decided)


def _alike(unit: ImportUnit, user: User) -> list[Household]:
    """The households of the register that hold somebody alike, the likeliest first."""
    scores: dict[int, int] = {}
    for line in unit.lines:
        for found in line.get("alike", ()):
            if found["member"]:
                scores[found["member"]] = max(scores.get(found["member"], 0), found["score"])
    members = Member.objects.visible_to(user).filter(pk__in=scores).select_related("household__area")
    homes: dict[int, tuple[int, Household]] = {}
    for member in members:
        if member.household.closed_date is None and member.household.area.parent_id == unit.of.ward_id:
            known = homes.get(member.household_id, (0, member.household))[0]
            homes[member.household_id] = (max(known, scores[member.pk]), member.household)
    return [home for _, home in sorted(homes.values(), key=lambda each: (-each[0], each[1].pk))]


def _holds_sure(unit: ImportUnit) -> bool:
    return any(found["sure"] for line in unit.lines for found in line.get("alike", ()))
