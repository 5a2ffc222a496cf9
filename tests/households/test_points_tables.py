"""Points tables: loaded, activated by another, withdrawn; the database's rules; sheets scored with them."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from households.actions import complaints, points, survey
from households.actions.points import activate_table, load_table, withdraw_table
from households.models import PointsTable, Sheet
from households.poverty.points import to_content
from households.reports.points import differences
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    AT,
    answers,
    make_household,
    make_listing,
    make_round,
    make_sheet,
    ready,
    submit,
)
from tests.households.tables import ANSWERS, ITEMS, QUESTIONS, TABLE, make_table
from tests.refusals import refused
from thanhsen.models import Event
from thanhsen.workdays import Calendar

pytestmark = pytest.mark.django_db
FROM = date(2026, 9, 1)


@pytest.fixture
def place():
    ward = make_ward()
    group = make_group(ward)
    return SimpleNamespace(
        round=make_round(ward),
        group=group,
        officer=make_user(areas=group),
        supervisor=make_user("supervisor", ward),
    )


def rows(record):
    return type(record)._base_manager.filter(pk=record.pk)


# The table itself --------------------------------------------------------------------------------


def test_a_table_is_loaded_by_one_and_activated_by_another():
    table = make_table()
    assert (table.state, len(table.digest)) == ("loaded", 64)
    with pytest.raises(ValidationError, match="cần một người khác"):
        activate_table(by=table.loaded_by, table=table, active_from=FROM, at=AT)
    supervisor = make_user("supervisor")
    activate_table(by=supervisor, table=table, active_from=FROM, at=AT)
    table.refresh_from_db()
    assert (table.state, table.active_from, table.read().items) == ("active", FROM, ITEMS)
    with pytest.raises(ValidationError, match="đã đưa bảng này vào áp dụng"):
        activate_table(by=make_user("supervisor"), table=table, active_from=FROM, at=AT)
    assert set(Event.objects.filter(act__startswith="points.").values_list("act", flat=True)) == {
        "points.load", "points.activate",
    }  # fmt: skip


def test_in_force_is_the_newest_begun_and_not_withdrawn():
    first = make_table(active_from=date(2026, 1, 1))
    second = make_table(ITEMS[:2], active_from=date(2026, 10, 1))
    force = lambda day: PointsTable.objects.in_force("income_points", "2022-2026", day)  # noqa: E731
    assert [force(date(2025, 12, 31)), force(date(2026, 9, 30)), force(date(2026, 10, 1))] == [
        None,
        first,
        second,
    ]
    withdraw_table(by=make_user("supervisor"), table=second, reason="chép sai dòng 3", at=AT)
    assert force(date(2026, 10, 1)) == first
    assert PointsTable.objects.in_force("quick_check", "2022-2026", date(2026, 10, 1)) is None


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2027, 1, 1)])
def test_a_table_applies_only_while_its_standard_does(day):
    table = make_table()
    with pytest.raises(ValidationError, match="chọn một ngày trong thời gian đó"):
        activate_table(by=make_user("supervisor"), table=table, active_from=day, at=AT)


def test_a_withdrawn_table_stays_readable_and_cannot_come_back():
    table = make_table(active_from=FROM)
    with pytest.raises(ValidationError, match="lý do thu hồi"):
        withdraw_table(by=make_user("supervisor"), table=table, reason=" ", at=AT)
    withdraw_table(by=make_user("supervisor"), table=table, reason="x", at=AT)
    with pytest.raises(ValidationError, match="đã được thu hồi"):
        withdraw_table(by=make_user("supervisor"), table=table, reason="x", at=AT)
    with pytest.raises(ValidationError, match="không đưa vào áp dụng"):
        activate_table(by=make_user("supervisor"), table=table, active_from=FROM, at=AT)
    table.refresh_from_db()
    assert table.read().items == ITEMS


def test_content_that_is_no_table_is_not_kept():
    content = to_content(ITEMS)
    content["items"][0]["options"][0]["urban"] = "40"
    given = {
        "kind": "income_points",
        "standard_id": "2022-2026",
        "title": "x",
        "source": "x",
        "file_name": "x",
    }
    with pytest.raises(ValidationError):
        load_table(by=make_user("admin"), content=content, **given)
    assert not PointsTable.objects.exists()


def test_the_rules_of_a_table_by_name():
    table = make_table()
    by, at = make_user("supervisor"), AT
    active = {"activated_by": by, "activated_at": at, "active_from": FROM}
    refused(
        "points_table_activated_by_another", rows(table).update, **{**active, "activated_by": table.loaded_by}
    )
    refused("points_table_activation_is_whole", rows(table).update, active_from=FROM)
    refused("points_table_withdrawal_is_whole", rows(table).update, withdrawn_by=by, withdrawn_at=at)
    given = {
        "kind": "income_points", "standard_id": "2022-2026", "title": "x", "source": "x", "content": {}, "digest": "d",
        "file_name": "x", "loaded_by": table.loaded_by,
    }  # fmt: skip
    refused("points_table_kind_known", PointsTable.objects.create, **{**given, "kind": "x"})
    refused("points_table_says_its_source", PointsTable.objects.create, **{**given, "source": ""})
    refused("points_table_loaded_once", PointsTable.objects.create, **{**given, "digest": table.digest})
    rows(table).update(**active)
    refused("points_table_one_a_day", PointsTable.objects.create, **given, **active)
    refused("points_table_stays_as_loaded", rows(table).update, title="y")
    refused("points_table_stays_as_loaded", rows(table).update, active_from=date(2026, 9, 2))
    refused("pointstable_never_deleted", lambda: rows(table)._raw_delete("default"))
    rows(table).update(withdrawn_by=by, withdrawn_at=at, withdrawn_reason="x")
    refused("points_table_stays_as_loaded", rows(table).update, withdrawn_reason="y")


def test_the_comparison_names_every_difference():
    changed = list(ITEMS[1:])
    content = to_content(tuple(changed))
    content["items"][0]["options"][0]["urban"] = 21
    content["items"].append({**to_content(ITEMS[:1])["items"][0], "code": "size2"})
    other = points.read_items(content)
    found = differences(type(TABLE)("x", "x", "x", other), TABLE)
    assert [(each.item.code, each.what) for each in found] == [
        ("things", "changed"),
        ("size2", "new"),
        ("size", "gone"),
    ]
    assert found[0].changes == (
        ("Lựa chọn lamp", "Đèn thần: thành thị 20, nông thôn 25", "Đèn thần: thành thị 21, nông thôn 25"),
    )


# On a sheet --------------------------------------------------------------------------------------


def start(place, **values):
    household = make_household(place.group)
    make_listing(place.round, household)
    sheet, _ = survey.start_sheet(
        by=place.officer, round_=place.round, household=household, surveyed_on=date(2026, 10, 5)
    )
    given = {"answers": answers(3), "causes": ["capital"], "main_cause": "capital", **values}
    return survey.save_draft(by=place.officer, sheet=sheet, version=None, values=given, at=AT)


def test_with_a_table_the_score_is_computed_from_the_answers(place):
    table = make_table(active_from=FROM)
    sheet = submit(start(place, points=ANSWERS), place.officer)
    assert (sheet.income_score, sheet.income_score_source, sheet.points_table) == (160, "computed", table)
    assert (sheet.score.income_score, sheet.score.classification) == (160, "poor")
    assert sheet.points == ANSWERS


def test_without_a_table_the_typed_score_counts(place):
    sheet = submit(start(place, income_score=170), place.officer)
    assert (sheet.income_score, sheet.income_score_source, sheet.points_table) == (170, "typed", None)


def test_every_open_item_is_named(place):
    make_table(active_from=FROM)
    with pytest.raises(ValidationError) as error:
        submit(start(place, points={"size": "few"}), place.officer)
    assert {"b1-things", "b1-dragons"} <= set(error.value.message_dict)


def test_a_table_activated_while_a_draft_is_open_asks_its_items(place):
    sheet = start(place, income_score=150)
    make_table(active_from=FROM)
    with pytest.raises(ValidationError) as error:
        submit(sheet, place.officer)
    assert "b1-size" in error.value.message_dict
    sheet = survey.save_draft(by=place.officer, sheet=sheet, version=None, values={"points": ANSWERS}, at=AT)
    assert sheet.income_score == 160


def test_a_sheet_handed_in_keeps_its_table_whatever_comes_after(place):
    table = make_table(active_from=FROM)
    sheet = submit(start(place, points=ANSWERS), place.officer)
    withdraw_table(by=make_user("supervisor"), table=table, reason="chép sai", at=AT)
    make_table(ITEMS[:2], active_from=date(2026, 9, 15))
    sheet.refresh_from_db()
    assert (sheet.points_table, sheet.income_score) == (table, 160)
    survey.send_back(by=place.supervisor, sheet=sheet, version=None, remarks={"": "x"}, at=AT)
    again = submit(sheet, place.officer)
    assert (again.points_table, again.income_score, again.points) != (table, 160, ANSWERS)
    assert again.points == {code: ANSWERS[code] for code in ("size", "things")}


def test_a_handed_in_sheet_is_locked_with_its_points(place):
    table = make_table(active_from=FROM)
    sheet = submit(start(place, points=ANSWERS), place.officer)
    refused("sheet_is_locked", rows(sheet).update, points={})
    refused("sheet_is_locked", rows(sheet).update, points_table=None, income_score_source="typed")
    draft = start(place, points=ANSWERS)
    refused("sheet_computed_by_its_table", rows(draft).update, income_score_source="typed")
    other = make_table(QUESTIONS, "quick_check", active_from=FROM)
    refused("sheet_points_table_fits", rows(draft).update, points_table=other)
    refused("sheet_points_table_fits", rows(draft).update, surveyed_on=date(2026, 8, 31))
    assert table.sheets.count() == 2


def test_a_re_check_answers_the_items_again(place):
    make_table(active_from=FROM)
    sheet = ready(submit(start(place, points=ANSWERS), place.officer), place.supervisor)
    complaint = complaints.file_complaint(
        by=place.officer, sheet=sheet, filed_on=date(2026, 10, 22), complainant="B", text="còn nhiều rồng nữa",
        calendar=Calendar(), today=date(2026, 11, 1), questions=["income_score"],
    )  # fmt: skip
    settled = complaints.settle_complaint(
        by=place.supervisor, complaint=complaint, outcome="corrected", rechecked_on=date(2026, 10, 26), finding="ba con",
        today=date(2026, 11, 1), corrections={"points": {**ANSWERS, "dragons": 3}},
    )  # fmt: skip
    sheet = Sheet.objects.get(pk=sheet.pk)
    assert (sheet.income_score, sheet.score.classification) == (190, "not_poor")
    assert settled.after == {"b1-dragons": 3, "income_score": 190}


def test_an_old_sheet_is_not_touched_by_a_table(place):
    sheet = submit(make_sheet(place.round, make_household(place.group), place.officer), place.officer)
    make_table(active_from=FROM)
    sheet.refresh_from_db()
    assert (sheet.income_score, sheet.points_table) == (150, None)
    assert isinstance(sheet.submitted_at, datetime)
