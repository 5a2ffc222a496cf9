"""The ward's lists that courses draw on: topics, speakers, venues. Kept, taken out of use, taken up again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from households.models import Material
from thanhsen import events
from thanhsen.concurrency import lock
from thanhsen.constraints import kept
from thanhsen.models import Area, User
from trainings.actions.courses import offered
from trainings.actions.courses.governing import must_govern
from trainings.models import Speaker, Topic, Venue

Entry = Topic | Speaker | Venue
ACTS: dict[type, str] = {Topic: "topic.save", Speaker: "speaker.save", Venue: "venue.save"}


def add_entry(
    *, by: User, kind: type[Entry], ward: Area, values: dict[str, Any], materials: Sequence[Material] = ()
) -> Any:
    """A new topic, speaker or venue of `ward`; `materials` are those of a topic."""
    must_govern(by, ward.pk)
    with kept():
        made = kind.objects.create(ward=ward, **values)
        if isinstance(made, Topic):
            _hand_out(made, materials)
        events.record(by=by, act=ACTS[kind], on=made, after=told(made), area=ward)
    return made


def edit_entry(
    *, by: User, entry: Entry, version: int | None, values: dict[str, Any], materials: Sequence[Material] = ()
) -> Any:
    """Corrected for every course that names it; Stale where somebody else saved first."""
    must_govern(by, entry.ward_id)
    with kept():
        row = lock(entry, version)
        before = told(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        if isinstance(row, Topic):
            _hand_out(row, materials)
        events.record(by=by, act=ACTS[type(row)], on=row, before=before, after=told(row), area=row.ward_id)
    return row


def retire_entry(*, by: User, entry: Entry, today: date, back: bool = False) -> Any:
    """No longer offered (or offered again, where `back`); the courses that named it keep it."""
    must_govern(by, entry.ward_id)
    with kept():
        row = lock(entry, None)
        if bool(row.retired_on) != back:
            raise ValidationError("Đã đổi từ trước rồi. Tải lại trang để xem.")
        before = told(row)
        row.retired_on, row.version = None if back else today, row.version + 1
        row.save(update_fields=["retired_on", "version"])
        events.record(by=by, act=ACTS[type(row)], on=row, before=before, after=told(row), area=row.ward_id)
    return row


def begin_with_offered_topics(*, by: User, ward: Area) -> list[Topic]:
    """The four topics of `offered.toml` for a ward that has none in use."""
    must_govern(by, ward.pk)
    with kept():
        Area.objects.select_for_update(no_key=True).get(
            pk=ward.pk
        )  # two clicks at once make four topics, not eight
        if Topic.objects.filter(ward=ward).in_use().exists():
            raise ValidationError("Phường đã có chuyên đề đang dùng nên không lập theo mẫu.")
        last = Topic.objects.filter(ward=ward).aggregate(last=Max("number"))["last"] or 0
        made = [
            Topic.objects.create(ward=ward, number=number, **each)
            for number, each in enumerate(offered.topics(), last + 1)
        ]
        events.record_each(
            by=by, act="topic.save", of=[(each, events.snapshot(each), ward.pk) for each in made],
            reason="Lập theo mẫu",
        )  # fmt: skip
    return made


def _hand_out(topic: Topic, materials: Sequence[Material]) -> None:
    if any(each.ward_id != topic.ward_id for each in materials):
        raise ValidationError({"materials": "Chỉ chọn tài liệu trong thư viện của phường."})
    topic.materials.set(materials)


def told(entry: Entry) -> dict[str, Any]:
    """An entry for the trail, a topic with the titles of what it hands out."""
    found = events.snapshot(entry)
    if isinstance(entry, Topic):
        found["materials"] = list(entry.materials.order_by("pk").values_list("title", flat=True))
    return found
