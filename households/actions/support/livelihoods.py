"""Models of livelihood: begun, copied, joined, followed month by month, left, ended with what was learned."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from households.actions.moves import lock_households
from households.models import FollowUp, Household, LivelihoodProject, Participation
from thanhsen import events
from thanhsen.concurrency import lock, made_before, made_once
from thanhsen.constraints import kept
from thanhsen.models import Area, User


def create_project(
    *,
    by: User,
    ward: Area,
    values: dict[str, Any],
    copied_from: LivelihoodProject | None = None,
    request_id: UUID | None = None,
) -> LivelihoodProject:
    """A new model of the ward; `copied_from`: the one that worked elsewhere and is done again here."""
    if made := made_before(LivelihoodProject, request_id, ward=ward):
        return made
    with made_once(LivelihoodProject, request_id) as twin, kept():
        made = LivelihoodProject.objects.create(
            ward=ward, copied_from=copied_from, made_by=by, request_id=request_id, **values
        )
        _told(by, "project.create", made, None)
    return twin.record or made


def edit_project(
    *, by: User, project: LivelihoodProject, version: int, values: dict[str, Any]
) -> LivelihoodProject:
    with kept():
        row = _running(project, version)
        before = events.snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        _told(by, "project.edit", row, before)
    return row


def end_project(
    *, by: User, project: LivelihoodProject, on: date, outcome: str, lessons: str, today: date
) -> LivelihoodProject:
    """It ends with its outcome and why; the households still in it leave with it, as finished or failed."""
    if on > today:
        raise ValidationError({"on": "Ngày kết thúc ở tương lai; ghi khi mô hình đã kết thúc."})
    with kept():
        row = _running(project, None)
        before = events.snapshot(row)
        row.ended_on, row.outcome, row.lessons = on, outcome, lessons.strip()
        row.version += 1
        row.save()
        still = list(row.participations.select_for_update().filter(left_on=None).order_by("pk"))
        if late := next((each for each in still if each.joined_on > on), None):
            raise ValidationError(
                {"on": f"Hộ {late.household} tham gia ngày {late.joined_on:%d/%m/%Y}, sau ngày này."}
            )
        reason = Participation.LeftReason.FAILED if outcome == "failed" else Participation.LeftReason.FINISHED
        for each in still:
            each.left_on, each.left_reason, each.version = on, reason, each.version + 1
            each.left_note = "Mô hình kết thúc"
        Participation.objects.bulk_update(still, ["left_on", "left_reason", "left_note", "version"])
        _told(by, "project.end", row, before)
    return row


def join(
    *, by: User, project: LivelihoodProject, households: Sequence[int], on: date, today: date
) -> list[Participation]:
    """Households (ids) take part from a day on. All or none; those already in it are passed over."""
    if not households:
        raise ValidationError("Chưa chọn hộ nào; đánh dấu các hộ tham gia rồi bấm lại.")
    if on > today:
        raise ValidationError({"on": "Ngày tham gia ở tương lai; ghi khi hộ đã tham gia."})
    with kept():
        row = _running(project, None)
        if on < row.started_on:
            raise ValidationError(
                {"on": f"Mô hình bắt đầu ngày {row.started_on:%d/%m/%Y}; tham gia từ ngày đó."}
            )
        lock_households(households)
        homes = (
            Household.objects.visible_to(by)
            .filter(area__parent=row.ward_id, closed_date=None)
            .in_bulk(households)
        )
        if len(homes) < len(set(households)):
            raise ValidationError("Có hộ đã ra khỏi sổ hoặc không thuộc địa bàn của anh/chị nên chưa ghi gì.")
        present = set(
            row.participations.filter(household__in=homes)
            .exclude(left_reason="mistake")
            .values_list("household", flat=True)
        )
        made = Participation.objects.bulk_create(
            Participation(project=row, household=homes[pk], joined_on=on, made_by=by)
            for pk in sorted(set(households) - present)
        )
        if not made:
            raise ValidationError("Các hộ đã chọn đều đang ở trong mô hình này.")
        events.record_each(
            by=by,
            act="project.join",
            of=[(each, events.snapshot(each), each.household.area_id) for each in made],
        )
    return made


def edit_participation(
    *, by: User, participation: Participation, version: int, values: dict[str, Any]
) -> Participation:
    """What it put in and was given, its income before and after. `values` may name a support of the household."""
    with kept():
        row: Participation = lock(participation, version)
        support = values.get("support")
        if support and support.household_id != row.household_id:
            raise ValidationError({"support": "Khoản hỗ trợ này của hộ khác."})
        before = events.snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        events.record(
            by=by,
            act="project.household",
            on=row,
            before=before,
            after=events.snapshot(row),
            area=row.household.area_id,
        )
    return row


def leave(
    *, by: User, participation: Participation, on: date, reason: str, note: str, today: date
) -> Participation:
    """It is no longer in the model: finished, failed and why, withdrew, moved, or never was."""
    if on > today:
        raise ValidationError({"on": "Ngày ở tương lai; ghi khi hộ đã ra."})
    with kept():
        row: Participation = lock(participation, None)
        if row.left_on:
            raise ValidationError("Hộ đã ra khỏi mô hình từ trước; tải lại trang.")
        row.left_on, row.left_reason, row.left_note = on, reason, note.strip()
        row.version += 1
        row.save()
        events.record(
            by=by,
            act="project.leave",
            on=row,
            after=events.snapshot(row),
            area=row.household.area_id,
            reason=note,
        )
    return row


def follow_up(
    *, by: User, project: LivelihoodProject, month: date, rows: Sequence[dict[str, Any]], today: date
) -> int:
    """A month of many households at once: `rows` with `participation` (id), visited_on, condition, text, income,
    next_action and, where the month was written already, the `version` the page showed. What was there is corrected,
    unless somebody wrote it since; how many changed. All or none."""
    first = month.replace(day=1)
    if first > today:
        raise ValidationError("Tháng này chưa tới nên chưa ghi theo dõi.")
    with kept():
        mine = (
            Participation.objects.visible_to(by)
            .filter(project=project)
            .in_bulk([each["participation"] for each in rows])
        )
        if len(mine) < len({each["participation"] for each in rows}):
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
            if values["visited_on"] > today or values["visited_on"] < part.joined_on:
                raise ValidationError(f"Hộ {part.household}: ngày xem phải từ ngày tham gia đến hôm nay.")
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


def _running(project: LivelihoodProject, version: int | None) -> LivelihoodProject:
    row: LivelihoodProject = lock(project, version)
    if row.ended_on:
        raise ValidationError(
            "Mô hình đã kết thúc nên không sửa nữa; nhân rộng thành mô hình mới nếu làm tiếp."
        )
    return row


def _told(by: User, act: str, row: LivelihoodProject, before: dict | None) -> None:
    events.record(by=by, act=act, on=row, before=before, after=events.snapshot(row), area=row.ward_id)
