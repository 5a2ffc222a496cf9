"""A file is sent in, its columns are matched, what was read is staged, and what is in doubt is decided."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Count

from households.models import ColumnMeaning, Import, ImportFile, ImportUnit
from thanhsen import events
from thanhsen.bulk import copy_in, rewrite
from thanhsen.concurrency import once
from thanhsen.constraints import kept
from thanhsen.models import Area, User

State = Import.State
UNDECIDED = (State.UPLOADED, State.CHECKED, State.REFUSED)
LOCKS = 18_075  # the advisory locks of imports: one job at a time works on one


@once(Import)
def upload(
    *, by: User, ward: Area, kind: str, file_name: str, content: bytes, defaults: Mapping[str, str],
    request_id: UUID | None = None,
) -> Import:  # fmt: skip
    """Keep the file; nothing of it is read yet. The same `request_id` again gives the import made the first time."""
    same = {
        "ward": ward, "kind": kind, "file_name": file_name[-200:], "sha256": sha256(content).hexdigest(),
        "defaults": dict(defaults),
    }  # fmt: skip
    new = Import.objects.create(
        **same, size=len(content), uploaded_by=by, read_for=by, request_id=request_id, state=State.CHECKING,
        doing="Chờ đến lượt",
    )  # fmt: skip
    ImportFile.objects.create(of=new, content=content)
    new.refresh_from_db()
    _record(by, "import.upload", new)
    return new


def same_file(imported: Import) -> Import | None:
    """The last import that wrote this very file into this ward."""
    same = Import.objects.in_area(imported.ward_id).filter(kind=imported.kind, sha256=imported.sha256)
    return same.filter(state=State.COMMITTED).exclude(pk=imported.pk).newest_first().first()


def match_columns(
    *, by: User, imported: Import, matching: Mapping[int, str], headings: Mapping[str, str], page: str
) -> Import:
    """Which column is what (column number → field, "" for left out) on which page; the ward's headings are
    remembered (`headings`: heading as it is compared → field). The file is then read."""
    with kept():
        stored = _taken(imported, UNDECIDED)
        stored.matching = {str(column): field for column, field in matching.items()}
        stored.page, stored.read_for = page, by
        for heading, field in headings.items():
            ColumnMeaning.objects.update_or_create(
                ward_id=stored.ward_id, kind=stored.kind, heading=heading[:200], defaults={"field": field}
            )
        _move(stored, State.CHECKING)
        _record(by, "import.match", stored)
    return stored


def answer(*, by: User, imported: Import, answers: Mapping[str, Any]) -> Import:
    """What holds for the whole file, such as a nought that Excel took from every CCCD. The file is read again."""
    with kept():
        stored = _taken(imported, UNDECIDED)
        before = events.snapshot(stored)
        stored.answers, stored.read_for = {**stored.answers, **answers}, by
        _move(stored, State.CHECKING)
        _record(by, "import.answer", stored, before=before)
    return stored


def choose(*, by: User, units: Iterable[ImportUnit], choice: str) -> int:
    """What is to become of some units of one import; how many were decided. They are compared again by the caller."""
    chosen = list(units)
    with kept():
        for imported in {each.of_id: each.of for each in chosen}.values():
            _taken(imported, (State.CHECKED,))
        for each in chosen:
            # Which household it is stays decided while it is decided what becomes of the differences.
            into = choice == ImportUnit.FILE and each.choice.startswith("into:")
            each.choice = f"{each.choice},{choice}" if into else choice
        rewrite(chosen, ImportUnit, ["choice"])
        if chosen:
            after = {
                "choice": choice,
                "rows": [each.first_row for each in chosen[:200]],
                "units": len(chosen),
            }
            events.record(by=by, act="import.choose", on=chosen[0].of, after=after, area=chosen[0].of.ward_id)
    return len(chosen)


def begin_commit(*, by: User, imported: Import, version: int | None) -> Import:
    """Hand what was checked to the background work. `version`: the one the person looked at."""
    with kept():
        stored = _taken(imported, (State.CHECKED,))
        if version is not None and version != stored.version:
            raise ValidationError("Kết quả kiểm tra vừa thay đổi. Xem lại rồi bấm ghi vào sổ lần nữa.")
        if not stored.units.to_write().exists():
            raise ValidationError("Không có gì mới hoặc thay đổi để ghi vào sổ.")
        must_reach(by, stored, "ghi vào sổ")
        stored.committed_by = by
        _move(stored, State.COMMITTING)
    return stored


def begin_undo(*, by: User, imported: Import, reason: str) -> Import:
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do hoàn tác, ví dụ: nạp nhầm tệp của năm khác."})
    with kept():
        stored = _taken(imported, (State.COMMITTED,))
        must_reach(by, stored, "hoàn tác")
        stored.undone_by, stored.undo_reason = by, reason.strip()
        _move(stored, State.UNDOING)
    return stored


def must_reach(by: User | None, imported: Import, what: str) -> None:
    """Refuse whoever no longer has every place that the import writes into."""
    if by is None or imported.units.to_write().outside(Area.objects.visible_to(by)).exists():
        raise ValidationError(
            f"Lần nhập này có hộ hoặc tổ dân phố nay nằm ngoài địa bàn của anh/chị nên anh/chị không {what} được. "
            f"Nhờ người phụ trách cả phường mở lần nhập này và {what}, hoặc nhờ quản trị giao lại địa bàn."
        )


def drop(*, by: User, imported: Import) -> Import:
    """Nothing of the file is wanted. It stays known, and nothing was written."""
    with kept():
        stored = _taken(imported, UNDECIDED)
        stored.state = State.DROPPED
        stored.version += 1
        stored.save()
        _record(by, "import.drop", stored)
    return stored


# By the background work ---------------------------------------------------------------------------


def worked_alone(imported: Import) -> None:
    """Wait until no other job works on this import, and keep it to this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, imported.pk])


def one_at_a_time(imported: Import) -> None:
    """Wait until no other import writes into this ward: two files of the same people would not see each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS + 1, imported.ward_id])


def stage(*, imported: Import, units: Iterable[ImportUnit], **known: Any) -> Import:
    """What was read and compared takes the place of what was staged before. `known`: fields of the import it told."""
    with kept():
        worked_alone(imported)
        stored = Import.objects.get(pk=imported.pk)
        if stored.state != State.CHECKING or stored.version != imported.version:
            return stored  # another job was here first, or what was read is no longer what is asked
        stored.units.all().delete()
        copy_in(units, ImportUnit, but=["id"])
        for name, value in known.items():
            setattr(stored, name, value)
        stored.refusal = ""
        settle(stored, State.CHECKED)
    return stored


def restage(*, imported: Import, units: list[ImportUnit]) -> None:
    """Units that were compared again."""
    with kept():
        stored = _taken(imported, (State.CHECKED,))
        rewrite(units, ImportUnit, COMPARED)
        settle(stored, State.CHECKED)


COMPARED = ["outcome", "causes", "target", "values", "differences", "lines", "seen", "label", "noted"]


def ask_to_match(*, imported: Import, **known: Any) -> None:
    """The columns are not clear: somebody has to say what they are."""
    _end(imported, State.CHECKING, State.UPLOADED, **known)


def refuse(*, imported: Import, sentence: str) -> None:
    """The file as a whole cannot be read."""
    _end(imported, State.CHECKING, State.REFUSED, refusal=sentence[:1000])


def settle(stored: Import, state: str) -> None:
    """The job is done: count what there is now."""
    rows = stored.units.values("outcome", "choice").annotate(count=Count("pk")).order_by()
    counts: dict[str, int] = {}
    for row in rows:
        decided = "skipped" if row["choice"] == ImportUnit.SKIP else row["outcome"]
        counts[decided] = counts.get(decided, 0) + row["count"]
    stored.counts, stored.state, stored.doing = counts, state, ""
    stored.version += 1
    stored.save()


def give_up(*, imported: Import) -> None:
    """The portal itself failed: nothing was written, and the person is told so."""
    sentence = "Cổng gặp lỗi khi làm việc với tệp này nên chưa ghi gì. Thử lại; nếu vẫn lỗi, báo quản trị số của lần nhập."
    _end(imported, State.CHECKING, State.REFUSED, refusal=sentence)
    _end(imported, State.COMMITTING, State.CHECKED, told=[sentence], committed_by=None)
    _end(imported, State.UNDOING, State.COMMITTED, told=[sentence], undone_by=None, undo_reason="")


def _end(imported: Import, was: str, state: str, **fields: Any) -> None:
    with kept():
        worked_alone(imported)
        stored = Import.objects.get(pk=imported.pk)
        if stored.state != was:
            return
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.state, stored.doing = state, ""
        stored.version += 1
        stored.save()


def _taken(imported: Import, states: Iterable[str]) -> Import:
    """The row, locked, in one of these states."""
    stored = Import.objects.select_for_update(of=("self",)).select_related("ward").get(pk=imported.pk)
    if stored.state not in set(states):
        label = Import.State(stored.state).label.lower()
        raise ValidationError(
            f"Lần nhập này đang ở bước “{label}” nên chưa làm được việc vừa chọn. Mở lại trang."
        )
    return stored


def _move(stored: Import, state: str) -> None:
    stored.state, stored.doing, stored.progress, stored.steps, stored.told = state, "Chờ đến lượt", 0, 0, []
    stored.version += 1
    stored.save()


def _record(by: User, act: str, stored: Import, before: dict | None = None) -> None:
    events.record(
        by=by, act=act, on=stored, before=before, after=events.snapshot(stored), area=stored.ward_id
    )
