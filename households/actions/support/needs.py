"""Needs: those a decided sheet shows open and close by themselves; the officer and the family add theirs."""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import count, takewhile
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from psycopg.sql import SQL

from households.actions.register import must_be_in_the_register
from households.models import Decision, Household, Need
from households.poverty import load, standard_ids
from thanhsen import events
from thanhsen.concurrency import Stale, once
from thanhsen.constraints import kept
from thanhsen.models import User

# What the newest decided sheet of a household shows: its indicators and its causes.
_SHOWN = SQL("""
WITH decided AS (
    SELECT s.household_id, sc.sheet_id, s.standard_id, s.valid_from AS day, s.lacking::text[] AS lacking, s.causes::text[] AS causes
      FROM households_status s JOIN households_score sc ON sc.id = s.score_id
     WHERE s.decision_id = ANY(%(decisions)s) AND s.voided_at IS NULL AND s.event_id IS NULL
), shown AS (
    SELECT household_id, sheet_id, day, 'indicator' AS kind, unnest(lacking) AS code FROM decided
    UNION ALL SELECT household_id, sheet_id, day, 'cause', unnest(causes) FROM decided
)
""")
_CLOSE = _SHOWN + SQL("""
UPDATE households_need n
   SET closed_on = GREATEST(decided.day, n.opened_on), closing_sheet_id = decided.sheet_id, version = n.version + 1,
       close_reason = CASE WHEN n.kind = 'cause' OR %(measured)s::jsonb -> decided.standard_id ? n.code
                           THEN 'met' ELSE 'standard' END
  FROM decided
 WHERE n.household_id = decided.household_id AND n.closed_on IS NULL AND n.kind IN ('indicator', 'cause')
   AND NOT EXISTS (SELECT 1 FROM shown WHERE shown.household_id = n.household_id AND shown.kind = n.kind AND shown.code = n.code)
""")
# What a decision corrected: its sheet had its say before, and what was closed since stays closed until the next sheet.
_OPEN = _SHOWN + SQL("""
INSERT INTO households_need (household_id, kind, code, text, family_words, is_wish, sheet_id, opened_on, close_reason, close_note, version)
SELECT shown.household_id, shown.kind, shown.code, '', '', false, shown.sheet_id, shown.day, '', '', 1 FROM shown
 WHERE NOT EXISTS (SELECT 1 FROM households_need n WHERE n.household_id = shown.household_id
                      AND n.kind = shown.kind AND n.code = shown.code
                      AND (n.closed_on IS NULL OR n.closed_on >= (
                           SELECT min(s.valid_from) FROM households_status s JOIN households_score sc ON sc.id = s.score_id
                            WHERE sc.sheet_id = shown.sheet_id AND s.valid_from < shown.day)))
 ORDER BY shown.household_id, shown.kind, shown.code
""")

_LEAVE = SQL("""
UPDATE households_need n
   SET closed_on = GREATEST(home.closed_date, n.opened_on), close_reason = 'left', version = n.version + 1
  FROM households_household home
 WHERE home.id = n.household_id AND home.id = ANY(%(homes)s) AND home.closed_date IS NOT NULL AND n.closed_on IS NULL
""")
_RETURN = SQL("""
UPDATE households_need n SET closed_on = NULL, close_reason = '', version = n.version + 1
  FROM households_household home
 WHERE home.id = n.household_id AND home.id = ANY(%(homes)s) AND home.closed_date IS NULL AND n.close_reason = 'left'
""")


def follow_decision(*decisions: Decision) -> None:
    """Each indicator lacking and each cause of the decided sheets opens a need; what is shown no more closes as met, or
    as gone with the standard where that of the decision does not measure it.

    Two statements, however many households. The decision's own entry in the trail stands for it.
    """
    with connection.cursor() as cursor:
        for statement in (_CLOSE, _OPEN):
            cursor.execute(statement, {"decisions": [each.pk for each in decisions], "measured": _measured()})


@cache
def _measured() -> str:
    """Standard → the codes of its indicators, as JSON."""
    return json.dumps({each: load(each).codes for each in standard_ids()})


def follow_register(homes: Iterable[int]) -> None:
    """Needs of the households (ids) that left the register close with it; of those back in it they are open again.

    Two statements, however many households. The life event's own entry in the trail stands for it.
    """
    with connection.cursor() as cursor:
        for statement in (_LEAVE, _RETURN):
            cursor.execute(statement, {"homes": [*homes]})


@once(Need)
def add_need(
    *, by: User, household: Household, values: dict[str, Any], today: date, request_id: UUID | None = None
) -> Need:
    """Something else the household needs or wishes. `values`: text, family_words, is_wish, priority."""
    home = must_be_in_the_register(household)
    _make_room(by, home, values.get("priority"))
    made = Need.objects.create(
        household=home, kind=Need.Kind.OTHER, opened_on=today, made_by=by, request_id=request_id, **values
    )
    events.record(by=by, act="need.add", on=made, after=events.snapshot(made), area=home.area_id)
    return made


def word_need(
    *, by: User, need: Need, version: int, family_words: str, is_wish: bool, priority: int | None
) -> Need:
    """How the family says it, and how much it matters to it: the needs it stands before now make room. Stale where
    somebody saved it since.
    """
    with kept():
        row = _open(need, version)
        before = events.snapshot(row)
        if priority != row.priority:
            _make_room(by, row.household, priority, row)
        row.family_words, row.is_wish, row.priority = family_words.strip(), is_wish, priority
        row.version += 1
        row.save(update_fields=["family_words", "is_wish", "priority", "version"])
        events.record(
            by=by,
            act="need.word",
            on=row,
            before=before,
            after=events.snapshot(row),
            area=row.household.area_id,
        )
    return row


BY_HAND = (Need.CloseReason.SOLVED, Need.CloseReason.WITHDRAWN, Need.CloseReason.MISTAKE)


def close_need(*, by: User, need: Need, version: int, reason: str, note: str, on: date, today: date) -> Need:
    """Solved, withdrawn or a mistake; what a sheet opened comes back with the next sheet that shows it. Stale where
    somebody saved it since."""
    if reason not in BY_HAND:
        raise ValidationError({"reason": "Chọn lý do đóng nhu cầu."})
    if on > today:
        raise ValidationError({"on": "Ngày ở tương lai; ghi khi đã xong."})
    with kept():
        row = _open(need, version)
        row.closed_on, row.close_reason, row.close_note = on, reason, note.strip()
        row.version += 1
        row.save(update_fields=["closed_on", "close_reason", "close_note", "version"])
        events.record(
            by=by,
            act="need.close",
            on=row,
            after=events.snapshot(row),
            area=row.household.area_id,
            reason=row.close_note,
        )
    return row


def _make_room(by: User, home: Household, rank: int | None, moving: Need | None = None) -> None:
    """The need that has this rank goes one on, and so does each it meets, as far as the first free one: towards the rank
    that the moving need leaves, else down, or up where there is none further down.
    """
    if not rank:
        return
    taken = {each.priority: each for each in home.needs.open().exclude(priority=None) if each != moving}
    is_up = bool(moving and moving.priority and moving.priority < rank)
    for step in (-1, 1) if is_up else (1, -1):
        met = list(takewhile(taken.__contains__, count(rank, step)))
        if 1 <= rank + step * len(met) <= Need.LAST_RANK:
            break
    else:
        raise ValidationError(
            {"priority": "Gia đình đã xếp đến thứ 9. Bỏ thứ tự của một nhu cầu trước, rồi xếp nhu cầu này."}
        )
    if moving:
        Need.objects.filter(pk=moving.pk).update(priority=None)
    pushed = [taken[each] for each in met]
    before = {each.pk: events.snapshot(each) for each in pushed}
    for each in pushed:
        each.priority, each.version = each.priority + step, each.version + 1
    Need.objects.bulk_update(pushed, ["priority", "version"])
    told = [(each, events.snapshot(each), home.area_id) for each in pushed]
    events.record_each(by=by, act="need.word", of=told, before=before)


def _open(need: Need, version: int) -> Need:
    must_be_in_the_register(need.household)  # the household first, as life events lock them
    row = Need.objects.select_for_update(of=("self",)).select_related("household").get(pk=need.pk)
    if row.closed_on:
        raise ValidationError("Nhu cầu này đã đóng; tải lại trang.")
    if row.version != version:
        raise Stale(row)
    return row
