"""Models of livelihood: begun, copied, joined, left."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q

from households.actions.moves import lock_households
from households.models import FollowUp, Household, LivelihoodProject, Participation
from thanhsen import events
from thanhsen.concurrency import lock, once
from thanhsen.constraints import kept
from thanhsen.models import Area, User


@once(LivelihoodProject)
def create_project(
    *,
    by: User,
    ward: Area,
    values: dict[str, Any],
    copied_from: LivelihoodProject | None = None,
    request_id: UUID | None = None,
) -> LivelihoodProject:
    """A new model of the ward; `copied_from`: the one that worked elsewhere and is done again here."""
    if not Area.objects.wards_of(by).filter(pk=ward.pk).exists():
        raise ValidationError({"ward": "Chọn phường trong địa bàn được giao cho anh/chị."})
    _must_be_of_ward(values, ward.pk)
    made = LivelihoodProject.objects.create(
        ward=ward, copied_from=copied_from, made_by=by, request_id=request_id, **values
    )
    told(by, "project.create", made, None)
    return made


def edit_project(
    *, by: User, project: LivelihoodProject, version: int, values: dict[str, Any]
) -> LivelihoodProject:
    """Its ward stays; it cannot begin after a household took part in it."""
    _must_be_of_ward(values, project.ward_id)
    with kept():
        row = running(project, version)
        first = row.participations.exclude(left_reason="mistake").order_by("joined_on", "pk").first()
        if first and values.get("started_on") and values["started_on"] > first.joined_on:
            raise ValidationError(
                {
                    "started_on": f"Hộ {first.household} đã tham gia ngày {first.joined_on:%d/%m/%Y}; "
                    "mô hình không thể bắt đầu sau ngày đó."
                }
            )
        before = events.snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        told(by, "project.edit", row, before)
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
        row = running(project, None)
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
        if early := next((each for each in homes.values() if each.opened_date > on), None):
            raise ValidationError(
                {"on": f"Hộ {early} vào sổ ngày {early.opened_date:%d/%m/%Y}; tham gia từ ngày đó."}
            )
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
    """What it put in and was given, its income before and after. `values` may name a support of the household. Once it
    left the model, only its income afterwards is still written."""
    with kept():
        row: Participation = _own(by, participation, version)
        support = values.get("support")
        if support and support.household_id != row.household_id:
            raise ValidationError({"support": "Khoản hỗ trợ này của hộ khác."})
        if support and support.voided_at and support != row.support:
            raise ValidationError({"support": "Khoản hỗ trợ này đã bỏ vì ghi nhầm; chọn khoản khác."})
        before = events.snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = events.snapshot(row)
        only_income = all(before[name] == after[name] for name in before if name != "income_after")
        if row.household.closed_date and not only_income:
            raise ValidationError(
                f"Hộ đã ra khỏi sổ ngày {row.household.closed_date:%d/%m/%Y} nên phần của hộ giữ nguyên; chỉ ghi thêm thu nhập sau."
            )
        if row.left_on and not only_income:
            raise ValidationError(
                f"Hộ đã ra khỏi mô hình ngày {row.left_on:%d/%m/%Y} nên phần của hộ giữ nguyên; chỉ ghi thêm thu nhập sau."
            )
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
        row: Participation = _own(by, participation, None)
        if row.left_on:
            raise ValidationError("Hộ đã ra khỏi mô hình từ trước; tải lại trang.")
        if reason != Participation.LeftReason.MISTAKE:
            must_not_be_followed_after([row], on)
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


def must_not_be_followed_after(parts: Sequence[Participation], on: date) -> None:
    """One query, however many households."""
    late = (
        FollowUp.objects.filter(Q(month__gt=on) | Q(visited_on__gt=on), participation__in=parts)
        .select_related("participation__household")
        .order_by("participation", "-visited_on")
        .first()
    )
    if late:
        raise ValidationError(
            {
                "on": f"Hộ {late.participation.household} còn được ghi theo dõi tháng {late.month:%m/%Y}, xem ngày "
                f"{late.visited_on:%d/%m/%Y}; chọn ngày từ đó trở đi."
            }
        )


def _must_be_of_ward(values: dict[str, Any], ward: int) -> None:
    programme = values.get("programme")
    if programme and programme.ward_id != ward:
        raise ValidationError({"programme": "Chọn một chương trình của chính phường có mô hình."})


def _own(by: User, participation: Participation, version: int | None) -> Participation:
    """The row, locked after its model as ending it does: of the user's household, and really in the model."""
    LivelihoodProject.objects.select_for_update().get(pk=participation.project_id)
    row: Participation = lock(participation, version)
    if not Participation.objects.visible_to(by).filter(pk=row.pk).exists():
        raise ValidationError("Hộ không thuộc địa bàn được giao cho anh/chị.")
    if row.left_reason == Participation.LeftReason.MISTAKE:
        raise ValidationError("Hộ này đã ghi là nhầm, không ở trong mô hình; tải lại trang.")
    return row


def running(project: LivelihoodProject, version: int | None) -> LivelihoodProject:
    row: LivelihoodProject = lock(project, version)
    if row.ended_on:
        raise ValidationError(
            "Mô hình đã kết thúc nên không sửa nữa; nhân rộng thành mô hình mới nếu làm tiếp."
        )
    return row


def told(by: User, act: str, row: LivelihoodProject, before: dict | None) -> None:
    events.record(by=by, act=act, on=row, before=before, after=events.snapshot(row), area=row.ward_id)
