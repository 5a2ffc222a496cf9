"""A file of trainees: sent in, its columns matched, staged as it was read, what is in doubt decided, dropped."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from thanhsen import events
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.roster.seats import open_roster
from trainings.models import Course, RosterImport

State = RosterImport.State
UNDECIDED = (State.UPLOADED, State.CHECKED, State.REFUSED)
SKIP = "skip"
KEPT = ("file_name", "state", "page", "matching", "answers", "counts", "undo_reason")
Row = dict[str, Any]


@once(RosterImport)
def upload(
    *, by: User, course: Course, file_name: str, content: bytes, defaults: Mapping[str, str],
    request_id: UUID | None = None,
) -> RosterImport:  # fmt: skip
    """Keep the file; nothing of it is read yet. `defaults`: field → what holds where the file says nothing."""
    digest = sha256(content).hexdigest()
    open_roster(course)
    made = RosterImport.objects.create(
        course=course, file_name=file_name[-200:], sha256=digest, content=content, defaults=dict(defaults),
        made_by=by, request_id=request_id,
    )  # fmt: skip
    events.record(
        by=by, act="roster.upload", on=made, after={"file_name": made.file_name}, area=course.ward_id
    )
    return made


def same_file(imported: RosterImport) -> RosterImport | None:
    """The last time this very file was put on this roster and not taken back."""
    same = RosterImport.objects.filter(
        course=imported.course_id, sha256=imported.sha256, state=State.COMMITTED
    )
    return same.exclude(pk=imported.pk).defer("content", "rows").order_by("-pk").first()


def match_columns(
    *, by: User, imported: RosterImport, page: str, matching: Mapping[int, str]
) -> RosterImport:
    """Which column is what (number → field, "" for left out) on which page; the file is then read again."""
    with kept():
        row = taken(imported, UNDECIDED)
        before = _told(row)
        row.page, row.matching = page, {str(number): name for number, name in matching.items()}
        row.version += 1
        row.save()
        events.record(
            by=by, act="roster.match", on=row, before=before, after=_told(row), area=row.course.ward_id
        )
    return row


def answer(*, by: User, imported: RosterImport, answers: Mapping[str, bool]) -> RosterImport:
    """What holds for the whole file, such as days that Excel turned round; it is then read again."""
    with kept():
        row = taken(imported, UNDECIDED)
        before = _told(row)
        row.answers = {**row.answers, **answers}
        row.version += 1
        row.save()
        events.record(
            by=by, act="roster.choose", on=row, before=before, after=_told(row), area=row.course.ward_id
        )
    return row


def stage(*, imported: RosterImport, state: str, **known: Any) -> RosterImport:
    """What was read (`known`: fields of the import) takes the place of what was staged before."""
    with kept():
        row = taken(imported, UNDECIDED)
        for name, value in known.items():
            setattr(row, name, value)
        row.state, row.counts = state, counted(row.rows)
        row.refusal = known.get("refusal", "")[:1000]
        row.version += 1
        row.save()
    return row


def choose(
    *, by: User, imported: RosterImport, version: int | None, choices: Mapping[int, str]
) -> RosterImport:
    """What becomes of some rows (number in the sheet → one of what the row offers, "" for undecided again). The
    caller compares them again."""
    with kept():
        row = taken(imported, (State.CHECKED,), version)
        found = {each["row"]: each for each in row.rows}
        for number, choice in choices.items():
            offered = {SKIP, "", *(value for value, _ in found.get(number, {}).get("offers", ()))}
            if number not in found or choice not in offered:
                raise ValidationError("Lựa chọn này không còn. Tải lại trang rồi chọn lại.")
            found[number]["choice"] = choice
        row.version += 1
        row.save()
        after = {"rows": sorted(choices)[:200], "choice": "; ".join(sorted(set(choices.values())))}
        events.record(by=by, act="roster.choose", on=row, after=after, area=row.course.ward_id)
    return row


def drop(*, by: User, imported: RosterImport) -> RosterImport:
    with kept():
        row = taken(imported, UNDECIDED)
        row.state = State.DROPPED
        row.version += 1
        row.save()
        events.record(by=by, act="roster.drop", on=row, area=row.course.ward_id)
    return row


def counted(rows: Sequence[Row]) -> dict[str, int]:
    """Rows by what becomes of them."""
    return dict(Counter("skipped" if each.get("choice") == SKIP else each["outcome"] for each in rows))


def taken(imported: RosterImport, states: Iterable[str], version: int | None = None) -> RosterImport:
    """The row, locked, in one of these states and as the page showed it."""
    found = RosterImport.objects.select_for_update(of=("self",)).select_related("course__ward")
    row = found.get(pk=imported.pk)
    if row.state not in set(states):
        label = State(row.state).label.lower()
        raise ValidationError(f"Tệp này đang ở bước “{label}” nên chưa làm được việc vừa chọn. Mở lại trang.")
    if version is not None and row.version != version:
        raise ValidationError("Kết quả kiểm tra vừa thay đổi. Xem lại trang mới rồi làm tiếp.")
    return row


def _told(row: RosterImport) -> dict[str, Any]:
    found = events.snapshot(row)
    return {name: found[name] for name in KEPT}
