"""Support given by a programme to one or to many, with a reason; and stopped."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from households import entitlement
from households.actions.moves import lock_households
from households.holders import Holders, Whom, holders
from households.models import Household, Member, Programme, Support
from households.poverty.entitlement import Refusal, period_of
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import User

AHEAD = timedelta(days=366)  # how far ahead a period may be given
NAMED = 5  # households named in one refusal
AGAIN = "trang này đã dùng để giao một lần rồi nên lần này chưa giao; mở lại trang."


@dataclass(frozen=True)
class Recipient:
    """A household, or one person of it where the programme is for people."""

    household_id: int
    member_id: int | None = None


@dataclass
class Granted:
    """What was given, and to whom it could not be, each with a sentence."""

    made: list[Support] = field(default_factory=list)
    refused: list[tuple[Recipient, str]] = field(default_factory=list)


def grant(
    *,
    by: User,
    programme: Programme,
    recipients: Sequence[Recipient],
    day: date,
    reason: str,
    today: date,
    request_id: UUID | None = None,
    must_be_entitled: bool = True,
) -> Granted:
    """Give the period that holds `day` to each. All that can be is given in one transaction; who has it already, is not
    entitled, or is no longer there is refused in words. The same request again gives what it gave before.

    ValidationError: the programme does not run on `day`, no reason, nobody chosen, a household outside one's areas.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do, căn cứ giao hỗ trợ."})
    if not recipients:
        raise ValidationError("Chưa chọn hộ nào; đánh dấu các hộ cần giao rồi bấm lại.")
    if day > today + AHEAD:
        raise ValidationError({"day": "Kỳ hưởng quá xa; chỉ giao trước không quá một năm."})
    wanted = list(dict.fromkeys(recipients))
    with kept():
        programme = Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
        if not programme.runs_on(day):
            raise ValidationError({"day": f"“{programme}” không áp dụng ngày {day:%d/%m/%Y}."})
        batch = request_id or uuid4()
        lock_households({each.household_id for each in wanted})
        if before := list(Support.objects.filter(batch=batch)):
            given = {Recipient(each.household_id, each.member_id) for each in before}
            if not given <= set(wanted) or any(
                each.line_id != programme.line_id or each.made_by_id != by.pk for each in before
            ):
                raise ValidationError(
                    "Trang này đã dùng để giao một lần rồi. Mở lại trang từ đầu để giao việc khác."
                )
            return Granted(before, [(each, AGAIN) for each in wanted if each not in given])
        homes = _homes(by, programme, wanted)
        result = Granted()
        able = _able(programme, wanted, homes, day, result, must_be_entitled)
        result.made = Support.objects.bulk_create(
            _supports(by, programme, able, homes, day, reason.strip(), batch), batch_size=2000
        )
        events.record_each(
            by=by,
            act="support.grant",
            of=[(each, events.snapshot(each), each.area_id) for each in result.made],
            reason=reason,
        )
    return result


def given_in(batch: UUID, by: User) -> list[Recipient]:
    """Whom the user gave something in this act."""
    made = Support.objects.filter(batch=batch, made_by=by).order_by("pk")
    return [Recipient(each.household_id, each.member_id) for each in made]


def _homes(by: User, programme: Programme, wanted: Sequence[Recipient]) -> dict[int, Household]:
    """The households concerned, all of them the giver's own and of the programme's ward; or nothing is given."""
    ids = {each.household_id for each in wanted}
    found = Household.objects.visible_to(by).filter(area__parent=programme.ward_id).in_bulk(ids)
    if len(found) < len(ids):
        raise ValidationError(
            "Có hộ không thuộc địa bàn của anh/chị hoặc không thuộc phường của chương trình nên chưa giao gì. Tải lại trang."
        )
    return found


def _able(
    programme: Programme,
    wanted: Sequence[Recipient],
    homes: dict[int, Household],
    day: date,
    result: Granted,
    must_be_entitled: bool,
) -> list[tuple[Recipient, date]]:
    """Those who may be given the period, each with the day it begins; why not, of the others, goes to `result`."""
    areas = {each.area_id for each in homes.values()}
    judged = {
        Recipient(each.household_id, each.member_id): each.refusal
        for each in entitlement.judged(programme, sorted(areas), day)
    }
    of = holders(list(homes), [each.member_id for each in wanted if each.member_id])
    held = _held(programme, of, day)
    able = []
    for each in wanted:
        if homes[each.household_id].closed_date:  # also for a day on which it was still there
            result.refused.append((each, Refusal.LEFT_REGISTER.sentence))
        elif each not in judged:
            per_person = "Chương trình tính cho từng người; chọn người hưởng của hộ."
            result.refused.append(
                (
                    each,
                    per_person
                    if programme.per_person
                    else "Chương trình tính cho cả hộ; không chọn riêng một người.",
                )
            )
        elif (why := judged[each]) and (must_be_entitled or why in _NOBODY_THERE):
            result.refused.append((each, Refusal(why).sentence))
        elif (begins := _begins(programme, held[of.whom(each.household_id, each.member_id)], day)) is None:
            result.refused.append((each, "Đã được giao trong kỳ này; mỗi kỳ chỉ hưởng một lần."))
        else:
            able.append((each, begins))
    return able


def _held(programme: Programme, of: Holders, day: date) -> dict[Whom, list[Support]]:
    """Whom → what is held of the line in the period."""
    _, ends = period_of(programme.per, day)
    supports = of.supports().filter(line=programme.line_id)
    if ends:
        supports = supports.filter(valid_from__lt=ends)
    found: dict[Whom, list[Support]] = defaultdict(list)
    for each in supports:
        found[of.whom_of(each)].append(each)
    return found


def _begins(programme: Programme, held: Sequence[Support], day: date) -> date | None:
    """The first day of what is given: of the period, of the programme, or `day` where it was stopped within the period;
    None where something of it is held still."""
    starts, _ = period_of(programme.per, day)
    begins = max(starts, programme.valid_from)
    ends = [each.stopped_on or each.valid_to for each in held]
    if any(each.stopped_on and each.stopped_on > begins for each in held):
        begins = max(begins, day)
    return None if any(end is None or end > begins for end in ends) else begins


_NOBODY_THERE = (Refusal.LEFT_REGISTER, Refusal.PERSON_GONE)


def _supports(
    by: User,
    programme: Programme,
    able: Iterable[tuple[Recipient, date]],
    homes: dict[int, Household],
    day: date,
    reason: str,
    batch: UUID,
) -> list[Support]:
    _, ends = period_of(programme.per, day)
    given = list(able)
    members = Member.objects.in_bulk([each.member_id for each, _ in given if each.member_id])
    return [
        Support(
            household_id=each.household_id, member_id=each.member_id, area_id=homes[each.household_id].area_id,
            person_id=members[each.member_id].person_id if each.member_id else None,
            programme=programme, line_id=programme.line_id, policy=programme.policy, content=programme.name,
            valid_from=begins, valid_to=ends, reason=reason, source=programme.source, batch=batch, made_by=by,
        )
        for each, begins in given
    ]  # fmt: skip


def stop(*, by: User, supports: Sequence[Support], on: date, reason: str) -> list[Support]:
    """They no longer hold from `on`: the household moved, somebody died, it is out of poverty beyond the term…

    All or none; those already stopped or voided, or whose period is over by then, are named.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do thôi hưởng."})
    if not supports:
        raise ValidationError("Chưa chọn khoản nào; đánh dấu các khoản cần dừng rồi bấm lại.")
    with kept():
        lock_households({each.household_id for each in supports})
        rows = own(by, supports, "dừng")
        told_of_each(rows, lambda row: _why_not_stopped(row, on), "dừng", "on")
        for row in rows:
            row.stopped_on, row.stopped_by, row.stop_reason = on, by, reason.strip()
        Support.objects.bulk_update(rows, ["stopped_on", "stopped_by", "stop_reason"], batch_size=500)
        events.record_each(
            by=by,
            act="support.stop",
            of=[(row, {"stopped_on": on.isoformat()}, row.area_id) for row in rows],
            reason=reason,
        )
    return rows


def own(by: User, supports: Sequence[Support], act: str) -> list[Support]:
    """Their rows, locked in one order: all of the user's own areas, or nothing is done (`act`, in a word)."""
    ids = {each.pk for each in supports}
    found = Support.objects.visible_to(by).select_for_update(of=("self",)).filter(pk__in=ids)
    rows = list(found.select_related("household").order_by("pk"))
    if len(rows) < len(ids):
        raise ValidationError(f"Có khoản không thuộc địa bàn của anh/chị nên chưa {act} gì. Tải lại trang.")
    return rows


def told_of_each(rows: Sequence[Support], why_not: Callable[[Support], str], act: str, name: str) -> None:
    """Nothing is done (`act`, in a word) where it cannot be for one: the households are named, each with why (a clause,
    empty where it can), at the field `name`."""
    faults = [f"Hộ {row.household}: {why}." for row in rows if (why := why_not(row))]
    if faults:
        more = [f"Và {len(faults) - NAMED} khoản nữa."] if len(faults) > NAMED else []
        before = [f"Chưa {act} khoản nào."] if len(rows) > 1 else []
        raise ValidationError({name: " ".join([*before, *faults[:NAMED], *more])})


def _why_not_stopped(row: Support, on: date) -> str:
    if row.voided_at or row.stopped_on:
        return f"“{row}” đã dừng hoặc đã bỏ từ trước; tải lại trang"
    if on < row.valid_from or (row.valid_to and on > row.valid_to):
        last = f" đến {row.valid_to - timedelta(days=1):%d/%m/%Y}" if row.valid_to else ""
        return f"“{row}” hưởng từ {row.valid_from:%d/%m/%Y}{last}; chọn ngày trong kỳ đó"
    return ""
