"""A model of livelihood ended with what was learned, and how it ended for each household still in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from households.actions.support.livelihoods import must_not_be_followed_after, running, told
from households.models import LivelihoodProject, Participation
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User


@dataclass(frozen=True)
class Ending:
    """How a model ended for one household: `reason` (finished, failed with why in `note`, withdrew), its income from
    it now in đồng a month (None: not known), and the version of its participation that was looked at."""

    reason: str
    version: int
    note: str = ""
    income: int | None = None


def end_project(
    *,
    by: User,
    project: LivelihoodProject,
    on: date,
    outcome: str,
    lessons: str,
    endings: Mapping[int, Ending],
    today: date,
) -> LivelihoodProject:
    """It ends with its outcome and why. `endings` (id of a participation → how) must name every household still in it:
    of none is anything assumed. All or none."""
    if on > today:
        raise ValidationError({"on": "Ngày kết thúc ở tương lai; ghi khi mô hình đã kết thúc."})
    with kept():
        row = running(project, None)
        before = events.snapshot(row)
        row.ended_on, row.outcome, row.lessons = on, outcome, lessons.strip()
        row.version += 1
        row.save()
        still = list(
            row.participations.select_for_update(of=["self"])
            .filter(left_on=None)
            .select_related("household", "project")
            .order_by("pk")
        )
        _must_be_seen(by, still)
        must_not_be_followed_after(still, on)
        was = {each.pk: events.snapshot(each) for each in still}
        for each in still:
            _end(each, endings.get(each.pk), on)
        fields = ["left_on", "left_reason", "left_note", "income_after", "version"]
        Participation.objects.bulk_update(still, fields)
        ended = [(each, events.snapshot(each), each.household.area_id) for each in still]
        events.record_each(by=by, act="project.leave", of=ended, before=was)
        told(by, "project.end", row, before)
    return row


def _must_be_seen(by: User, still: list[Participation]) -> None:
    """Who sees only some tổ dân phố cannot say how it ended for the households of the others."""
    seen = Participation.objects.visible_to(by).filter(pk__in=[each.pk for each in still]).count()
    if unseen := len(still) - seen:
        raise ValidationError(
            f"Còn {unseen} hộ ở tổ dân phố ngoài địa bàn của anh/chị đang làm mô hình. Cán bộ tổ đó ghi hộ ra trước, "
            "hoặc cán bộ phụ trách cả phường kết thúc mô hình."
        )


def _end(part: Participation, ending: Ending | None, on: date) -> None:
    if part.joined_on > on:
        raise ValidationError(
            {"on": f"Hộ {part.household} tham gia ngày {part.joined_on:%d/%m/%Y}, sau ngày này."}
        )
    if ending is None:
        raise ValidationError(
            f"Hộ {part.household}: chưa chọn kết thúc thế nào nên chưa ghi gì. Xem lại dòng của hộ rồi bấm lại."
        )
    if ending.version != part.version:
        raise ValidationError(
            f"Hộ {part.household}: người khác vừa sửa phần của hộ nên chưa ghi gì. Mở lại trang để xem rồi làm lại."
        )
    if ending.reason == Participation.LeftReason.FAILED and not ending.note.strip():
        raise ValidationError(f"Hộ {part.household}: không thành công thì ghi rõ vì sao, để nơi khác tránh.")
    part.left_on, part.left_reason, part.left_note = on, ending.reason, ending.note.strip()
    part.income_after = ending.income
    part.version += 1
