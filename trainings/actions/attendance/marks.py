"""Marks of one session, saved many at once; what somebody else wrote in the meantime is never overwritten.

Whoever writes marks holds the session's row, so that clerks, the door and the closing of one session come one after
the other. A mark is new (version 0 asked for) or corrects the version that was seen; each is answered for itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.timezone import localdate

from thanhsen import events, vietnamese
from thanhsen.concurrency import lock
from thanhsen.constraints import kept
from thanhsen.models import User
from trainings.actions.courses.governing import must_not_be_closed
from trainings.models import Mark, Session, Trainee

State, Source = Mark.State, Mark.Source
MOST_AT_ONCE = 500  # twice the largest hall: more is no page of ours


@dataclass(frozen=True)
class Wanted:
    """`version`: of the mark that was seen, 0 where there was none. `is_guest`: meant to sit in (học ghép)."""

    trainee: int
    state: str
    version: int = 0
    is_guest: bool = False


@dataclass(frozen=True)
class Answer:
    """What stands for a trainee now. `refusal`: why what was asked for does not, "" where it does."""

    trainee: int
    state: str
    version: int
    refusal: str = ""
    by: str = ""
    at: datetime | None = None


def save_marks(
    *, by: User, session: Session, wanted: Sequence[Wanted], source: str, at: datetime, reason: str = ""
) -> list[Answer]:
    """An answer for each of `wanted`, in its order. ValidationError where none of them can be: too many, a session
    that does not take place, one that was closed and no `reason`."""
    _must_be_sensible(wanted)
    with kept():
        held = locked(session)
        must_be_open(held, reason)
        there = _standing(held, [each.trainee for each in wanted])
        people = _people(held, [each.trainee for each in wanted])
        new: list[Wanted] = []
        changed: list[Wanted] = []
        answers = []
        for each in wanted:
            mark = there.get(each.trainee)
            answer = _judged(held, each, people.get(each.trainee), mark, at)
            answers.append(answer)
            if answer.refusal or (mark and mark.state == each.state):
                continue
            (changed if mark else new).append(each)
        insert(by, held, new, people, source, at, reason)
        _correct(by, held, changed, source, at, reason)
    return answers


def mark_the_rest(*, by: User, session: Session, at: datetime, reason: str = "") -> int:
    """Present: everybody of the class without a mark in the session; how many."""
    with kept():
        held = locked(session)
        must_be_open(held, reason)
        _must_have_come(held, at)
        return write_the_rest(by, held, State.PRESENT, at, reason)


def locked(session: Session) -> Session:
    """The session's row, held until the end of the transaction, with its class and course."""
    held: Session = lock(session, None)
    held.training_class = session.training_class
    return held


def must_be_open(held: Session, reason: str) -> None:
    must_not_be_closed(held.training_class.course)
    if held.state == Session.State.CANCELLED:
        raise ValidationError("Buổi này không học nên không điểm danh được.")
    if held.closed_at and not reason.strip():
        raise ValidationError({"reason": "Buổi đã chốt điểm danh: ghi lý do khi sửa."})


def has_come(held: Session, at: datetime) -> bool:
    return localdate(held.starts_at) <= localdate(at)


def write_the_rest(by: User, held: Session, state: str, at: datetime, reason: str) -> int:
    rest = Trainee.objects.enrolled().filter(training_class=held.training_class_id)
    rest = rest.exclude(pk__in=Mark.objects.filter(session=held).values("trainee"))
    people = {each.pk: each for each in rest.only("pk", "training_class_id")}
    insert(by, held, [Wanted(pk, state) for pk in people], people, Source.CLERK, at, reason)
    return len(people)


def insert(
    by: User,
    held: Session,
    new: Sequence[Wanted],
    people: dict[int, Trainee],
    source: str,
    at: datetime,
    reason: str,
) -> None:
    if not new:
        return
    Mark.objects.bulk_create(
        Mark(
            session=held, trainee_id=each.trainee, state=each.state, source=source, marked_by=by, marked_at=at,
            is_guest=people[each.trainee].training_class_id != held.training_class_id, reason=reason.strip(),
        )
        for each in new
    )  # fmt: skip
    _tell(by, "mark.save", held, new, reason)


_CORRECT = """
UPDATE trainings_mark AS mark
   SET state = given.state, source = %s, reason = %s, marked_by_id = %s, marked_at = %s, version = mark.version + 1
  FROM unnest(%s::bigint[], %s::varchar[], %s::integer[]) AS given(trainee, state, version)
 WHERE mark.session_id = %s AND mark.trainee_id = given.trainee AND mark.version = given.version
"""


def _correct(
    by: User, held: Session, changed: Sequence[Wanted], source: str, at: datetime, reason: str
) -> None:
    if not changed:
        return
    columns = [[getattr(each, name) for each in changed] for name in ("trainee", "state", "version")]
    with connection.cursor() as cursor:
        cursor.execute(_CORRECT, [source, reason.strip(), by.pk, at, *columns, held.pk])
        if cursor.rowcount != len(changed):  # written by who does not hold the session: all of it is refused
            raise ValidationError("Có người vừa sửa điểm danh này. Tải lại trang rồi sửa tiếp.")
    _tell(by, "mark.correct", held, changed, reason)


def _tell(by: User, act: str, held: Session, marks: Sequence[Wanted], reason: str) -> None:
    """One act for all of them: what each mark was and became stands in `MarkChange`."""
    counts: dict[str, Any] = dict(Counter(str(each.state) for each in marks))
    ward = held.training_class.course.ward_id
    events.record(by=by, act=act, on=held, after=counts, area=ward, reason=reason.strip())


def _must_be_sensible(wanted: Sequence[Wanted]) -> None:
    if len(wanted) > MOST_AT_ONCE:
        raise ValidationError(
            f"Mỗi lần ghi nhiều nhất {vietnamese.number(MOST_AT_ONCE)} người; lần này gửi {vietnamese.number(len(wanted))}. Chưa ghi ai."
        )
    if len({each.trainee for each in wanted}) < len(wanted):
        raise ValidationError("Có người được ghi hai lần trong một lần gửi. Chưa ghi ai; tải lại trang.")
    if any(each.state not in State.values for each in wanted):
        raise ValidationError("Có dòng không rõ có mặt hay vắng. Chưa ghi ai; tải lại trang.")


def _must_have_come(held: Session, at: datetime) -> None:
    if not has_come(held, at):
        raise ValidationError(too_early(held))


def too_early(held: Session) -> str:
    return f"Buổi này ngày {vietnamese.day(localdate(held.starts_at))} mới học; trước ngày ấy chỉ ghi được vắng có phép."


def _people(held: Session, ids: Iterable[int]) -> dict[int, Trainee]:
    """Of the session's own course: who is of another is not there."""
    found = Trainee.objects.filter(pk__in=ids, course=held.training_class.course_id)
    return {each.pk: each for each in found.only("pk", "state", "training_class_id")}


def _standing(held: Session, ids: Iterable[int]) -> dict[int, Mark]:
    found = Mark.objects.filter(session=held, trainee__in=ids).select_related("marked_by")
    return {each.trainee_id: each for each in found}


def _judged(held: Session, each: Wanted, person: Trainee | None, mark: Mark | None, at: datetime) -> Answer:
    if mark is not None:
        return _judged_again(held, each, mark, at)
    if person is None:
        return _no(each, "Người này không thuộc khoá.")
    if person.state != Trainee.State.ENROLLED:
        return _no(each, f"Người này {person.get_state_display().lower()} nên không điểm danh được.")
    if person.training_class_id != held.training_class_id and not each.is_guest:
        return _no(each, "Người này không thuộc lớp này. Bấm “Thêm người học ghép” để ghi.")
    if each.state != State.EXCUSED and not has_come(held, at):
        return _no(each, too_early(held))
    if each.version:
        return _no(each, "Điểm danh của người này không còn như trên trang. Tải lại trang.")
    return Answer(each.trainee, each.state, 1)


def _judged_again(held: Session, each: Wanted, mark: Mark, at: datetime) -> Answer:
    """The same state twice is no dispute, whoever was first."""
    if mark.state == each.state:
        return Answer(each.trainee, mark.state, mark.version)
    if mark.version != each.version:
        said = f"{mark.marked_by.full_name} vừa ghi “{mark.get_state_display()}”."
        return Answer(each.trainee, mark.state, mark.version, said, mark.marked_by.full_name, mark.marked_at)
    if each.state != State.EXCUSED and not has_come(held, at):
        return Answer(each.trainee, mark.state, mark.version, too_early(held))
    return Answer(each.trainee, each.state, mark.version + 1)


def _no(each: Wanted, refusal: str) -> Answer:
    return Answer(each.trainee, "", 0, refusal)
