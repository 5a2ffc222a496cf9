"""Models followed month by month: many households at once, of those in the model then."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from households.models import FollowUp, LivelihoodProject, Participation
from households.poverty.entitlement import add_months
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User


def follow_up(
    *, by: User, project: LivelihoodProject, month: date, rows: Sequence[dict[str, Any]], today: date
) -> int:
    """A month of many households at once: `rows` with `participation` (id), visited_on, condition, text, income,
    next_action and, where the month was written already, the `version` the page showed. What was there is corrected,
    unless somebody wrote it since; how many changed. All or none; only months in which the household was in it."""
    first = month.replace(day=1)
    if first > today:
        raise ValidationError("Tháng này chưa tới nên chưa ghi theo dõi.")
    ids = [each["participation"] for each in rows]
    if len(ids) > len(set(ids)):
        raise ValidationError("Có hộ được ghi hai lần trong tháng này. Tải lại trang.")
    with kept():
        found = Participation.objects.visible_to(by).filter(project=project, pk__in=ids)
        found = found.select_for_update(of=("self",)).select_related("household").order_by("pk")
        mine = {each.pk: each for each in found}
        if len(mine) < len(ids):
            raise ValidationError("Có hộ không thuộc địa bàn của anh/chị nên chưa lưu gì. Tải lại trang.")
        stored = {
            each.participation_id: each
            for each in FollowUp.objects.select_for_update()
            .filter(participation__in=mine, month=first)
            .order_by("pk")
        }
        changed = 0
        for values in rows:
            part = mine[values["participation"]]
            _must_be_in_it(part, first, values["visited_on"], today)
            changed += _follow(by, part, first, stored.get(part.pk), values)
    return changed


def _follow(by: User, part: Participation, month: date, row: FollowUp | None, values: dict[str, Any]) -> bool:
    fields = {name: value for name, value in values.items() if name not in {"participation", "version"}}
    before = events.snapshot(row) if row else None
    if row and all(getattr(row, name) == value for name, value in fields.items()):
        return False
    if row and row.version != values.get("version"):
        raise ValidationError(
            f"Hộ {part.household}: người khác vừa ghi dòng tháng này nên chưa lưu gì. Mở lại trang để xem rồi ghi tiếp."
        )
    row = row or FollowUp(participation=part, month=month, made_by=by, version=0)
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    events.record(
        by=by,
        act="project.follow",
        on=row,
        before=before,
        after=events.snapshot(row),
        area=part.household.area_id,
    )
    return True


def _must_be_in_it(part: Participation, first: date, visited_on: date, today: date) -> None:
    home, left_on = part.household, part.left_on
    if part.left_reason == Participation.LeftReason.MISTAKE:
        raise ValidationError(f"Hộ {home}: đã ghi là nhầm nên không theo dõi. Tải lại trang.")
    if left_on and first > left_on:
        raise ValidationError(
            f"Hộ {home}: đã ra khỏi mô hình ngày {left_on:%d/%m/%Y}, trước tháng này; không ghi theo dõi."
        )
    if part.joined_on >= add_months(first, 1):
        raise ValidationError(
            f"Hộ {home}: tham gia ngày {part.joined_on:%d/%m/%Y}, sau tháng này; không ghi theo dõi."
        )
    if visited_on > today or visited_on < part.joined_on:
        raise ValidationError(f"Hộ {home}: ngày xem phải từ ngày tham gia đến hôm nay.")
    if home.closed_date and visited_on > home.closed_date:
        raise ValidationError(f"Hộ {home}: đã ra khỏi sổ ngày {home.closed_date:%d/%m/%Y}, trước ngày xem.")
    if visited_on < first:
        raise ValidationError(f"Hộ {home}: ngày xem {visited_on:%d/%m/%Y} trước tháng {first:%m/%Y}.")
    if left_on and visited_on > left_on:
        raise ValidationError(
            f"Hộ {home}: ngày xem {visited_on:%d/%m/%Y} sau ngày hộ ra khỏi mô hình ({left_on:%d/%m/%Y})."
        )
