"""Needs follow each decided sheet; the family's words stay; who may write."""

from datetime import date
from random import Random
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from households.actions import decisions
from households.actions.decisions import Ruling
from households.actions.support.needs import add_need, close_need, follow_decision, word_need
from households.models import Decision, Need, Score
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_round, make_sheet, make_status
from tests.households.reports.test_report_pages import signed_in
from tests.refusals import refused
from thanhsen.concurrency import Stale
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def home():
    return make_household(make_group(make_ward()))


def decided(home, day, lacking=(), causes=(), year=2026):
    """A decision on a sheet that shows these."""
    sheet = make_sheet(make_round(home.area.parent, year=year), home, make_user("officer", home.area))
    score = Score.objects.create(
        sheet=sheet, standard_id="2022-2026", area_type="urban", lacking=list(lacking), causes=list(causes),
        classification="poor", deprivation_score=10 * len(lacking),
    )  # fmt: skip
    decisions.record_decision(
        by=None, ward=home.area.parent, number=f"{year}/QĐ-UBND", date=day, signer="Chủ tịch", standard_id="2022-2026",
        rulings=[Ruling(home, "poor", 1, tuple(lacking), score)],
    )  # fmt: skip
    return sheet


def open_codes(home, kind="indicator"):
    return set(home.needs.open().filter(kind=kind).values_list("code", flat=True))


def test_each_indicator_and_each_cause_opens_a_need(home):
    sheet = decided(home, date(2025, 12, 1), ["water", "toilet"], ["capital"], year=2025)
    assert {(each.kind, each.code) for each in home.needs.open()} == {
        ("indicator", "water"), ("indicator", "toilet"), ("cause", "capital"),
    }  # fmt: skip
    assert {each.sheet_id for each in home.needs.all()} == {sheet.pk}


def test_what_the_next_sheet_no_longer_shows_is_met(home):
    decided(home, date(2024, 12, 1), ["water", "toilet"], ["capital"], year=2024)
    kept = home.needs.get(code="water")
    later = decided(home, date(2025, 12, 1), ["water"], ["illness"], year=2025)
    assert open_codes(home) == {"water"}
    assert open_codes(home, "cause") == {"illness"}
    assert home.needs.get(code="water") == kept  # the same need goes on
    met = home.needs.get(code="toilet")
    assert (met.close_reason, met.closing_sheet_id, met.closed_on) == ("met", later.pk, date(2025, 12, 1))


@pytest.mark.parametrize("seed", range(5))
def test_open_needs_are_those_of_the_last_decided_sheet(home, seed):
    rng = Random(seed)
    add_need(by=make_user(), household=home, values={"text": "Xe lăn"}, today=TODAY)
    for year in (2022, 2023, 2024, 2025):
        lacking = rng.sample(["water", "toilet", "insurance", "employment", "telecom"], rng.randint(0, 4))
        causes = rng.sample(["land", "capital", "labour"], rng.randint(0, 2))
        decided(home, date(year, 12, 1), lacking, causes, year=year)
        assert (open_codes(home), open_codes(home, "cause")) == (set(lacking), set(causes))
    assert home.needs.open().filter(kind="other").count() == 1


def test_an_imported_decision_without_a_sheet_opens_nothing(home):
    status = make_status(home, "poor", date(2025, 12, 1), lacking=("water",))
    follow_decision(status.decision)
    assert not home.needs.exists()


def test_the_family_in_its_own_words(home):
    by = make_user("officer", home.area)
    values = {"text": "", "family_words": "Muốn vay mua con bò", "is_wish": True, "priority": 1}
    request_id = uuid4()
    need = add_need(by=by, household=home, values=values, today=TODAY, request_id=request_id)
    assert add_need(by=by, household=home, values=values, today=TODAY, request_id=request_id) == need
    word_need(by=by, need=need, version=1, family_words="Hai con", is_wish=True, priority=2)
    close_need(by=by, need=need, version=2, reason="solved", note="Đã vay", on=TODAY, today=TODAY)
    with pytest.raises(ValidationError, match="đã đóng"):
        word_need(by=by, need=need, version=3, family_words="x", is_wish=False, priority=None)
    assert set(Event.objects.filter(record_id=need.pk).values_list("act", flat=True)) >= {
        "need.add", "need.word", "need.close",
    }  # fmt: skip


def test_two_officers_at_one_need(home):
    by = make_user("officer", home.area)
    need = add_need(by=by, household=home, values={"text": "Xe lăn"}, today=TODAY)
    word_need(by=by, need=need, version=1, family_words="Xe điện", is_wish=True, priority=1)
    with pytest.raises(Stale):
        word_need(by=by, need=need, version=1, family_words="Xe tay", is_wish=False, priority=None)
    with pytest.raises(Stale):
        close_need(by=by, need=need, version=1, reason="solved", note="", on=TODAY, today=TODAY)
    typed = {"family_words": "Xe tay", "version": 1}
    answer = signed_in(by).post(reverse("need_word", args=[need.pk]), typed)
    assert answer.status_code == 422
    assert "Người khác vừa lưu" in answer.content.decode()
    need.refresh_from_db()
    assert need.family_words == "Xe điện"


def test_what_is_refused(home):
    by = make_user("officer", home.area)
    need = add_need(by=by, household=home, values={"text": "Xe lăn"}, today=TODAY)
    with pytest.raises(ValidationError, match="Chọn lý do"):
        close_need(by=by, need=need, version=1, reason="met", note="", on=TODAY, today=TODAY)
    with pytest.raises(ValidationError, match="tương lai"):
        close_need(by=by, need=need, version=1, reason="solved", note="", on=date(2027, 1, 1), today=TODAY)
    type(home).objects.filter(pk=home.pk).update(closed_date=TODAY, closed_reason="moved_out")
    with pytest.raises(ValidationError, match="ra khỏi sổ"):
        add_need(by=by, household=home, values={"text": "x"}, today=TODAY)


def test_a_corrected_decision_leaves_closed_what_was_closed_by_hand(home):
    by = make_user("officer", home.area)
    decided(home, date(2024, 12, 1), ["water"], ["capital"], year=2024)
    sheet = decided(home, date(2025, 12, 1), ["water", "toilet"], ["capital"], year=2025)
    for code in ("water", "toilet"):  # the one opened by the sheet before, the other by this one
        need = home.needs.get(code=code)
        close_need(by=by, need=need, version=1, reason="solved", note="", on=date(2026, 1, 10), today=TODAY)
    decisions.correct_decision(
        by=make_user("approver"), decision=Decision.objects.get(number="2025/QĐ-UBND"), number="9/QĐ-UBND", date=date(2026, 2, 1),
        signer="Chủ tịch", reason="Đánh máy nhầm", changes={home.pk: "near_poor"},
    )  # fmt: skip
    assert open_codes(home) == set()
    assert open_codes(home, "cause") == {"capital"}
    assert home.needs.filter(sheet=sheet).count() == 1
    decided(home, date(2026, 12, 1), ["water"], year=2026)
    assert open_codes(home) == {"water"}  # the next sheet shows it again


def test_rules_by_name(home):
    named = {"household": home, "kind": "indicator", "code": "water", "opened_on": TODAY, "priority": 1}
    made = Need.objects.create(**named)
    refused("need_open_once", Need.objects.create, **named)
    for name, changes in (
        ("need_one_of_a_rank", {"code": "x", "priority": 1}),
        ("need_says_what", {"code": ""}),
        ("need_says_what", {"kind": "other"}),
        ("need_priority_few", {"code": "x", "priority": 10}),
        ("need_closed_with_reason", {"closed_on": TODAY}),
        ("need_closed_with_reason", {"close_reason": "solved"}),
        ("need_met_by_a_sheet", {"closed_on": TODAY, "close_reason": "met"}),
    ):
        refused(name, Need.objects.create, **{**named, **changes})
    refused("need_never_deleted", Need.objects.filter(pk=made.pk)._raw_delete, "default")


def ranks(home):
    found = home.needs.open().exclude(priority=None).in_order()
    return {need.text: need.priority for need in found}


def test_a_need_ranked_again_makes_the_others_room(home):
    by = make_user("officer", home.area)
    first, second, third = (
        add_need(by=by, household=home, values={"text": text, "priority": 1}, today=TODAY) for text in "cba"
    )
    assert ranks(home) == {"a": 1, "b": 2, "c": 3}
    third.refresh_from_db()
    word_need(by=by, need=third, version=third.version, family_words="", is_wish=False, priority=3)
    assert ranks(home) == {"b": 1, "c": 2, "a": 3}
    second.refresh_from_db()
    word_need(by=by, need=second, version=second.version, family_words="", is_wish=False, priority=None)
    first.refresh_from_db()
    word_need(by=by, need=first, version=first.version, family_words="", is_wish=False, priority=3)
    assert ranks(home) == {"a": 2, "c": 3}  # into the place it left, and nobody else moves
    add_need(by=by, household=home, values={"text": "d", "priority": 9}, today=TODAY)
    add_need(by=by, household=home, values={"text": "e", "priority": 9}, today=TODAY)
    assert ranks(home) == {"a": 2, "c": 3, "d": 8, "e": 9}  # nothing is free below
    with pytest.raises(Stale):  # whose rank somebody changed was saved by somebody
        word_need(by=by, need=third, version=2, family_words="", is_wish=False, priority=1)


def test_a_need_that_makes_room_leaves_its_trail(home):
    by = make_user("officer", home.area)
    first = add_need(by=by, household=home, values={"text": "Nhà ở", "priority": 1}, today=TODAY)
    second = add_need(by=by, household=home, values={"text": "Nước sạch", "priority": 1}, today=TODAY)
    pushed = Event.objects.get(act="need.word", record_id=first.pk)
    assert (pushed.actor, pushed.area_id, pushed.record_name) == (by, home.area_id, "Nhà ở")
    assert (pushed.before, pushed.after) == ({"priority": 1, "version": 1}, {"priority": 2, "version": 2})
    word_need(by=by, need=second, version=1, family_words="", is_wish=False, priority=2)
    told = list(
        Event.objects.filter(act="need.word").order_by("pk").values_list("record_id", "after__priority")
    )
    assert told == [(first.pk, 2), (first.pk, 1), (second.pk, 2)]


def test_nine_ranks_are_all(home):
    by = make_user("officer", home.area)
    for rank in range(1, 10):
        add_need(by=by, household=home, values={"text": str(rank), "priority": rank}, today=TODAY)
    typed = {"text": "thêm", "priority": 1, "request_id": uuid4()}
    answer = signed_in(by).post(reverse("need_add", args=[home.pk]), typed)
    assert answer.status_code == 422
    assert "đã xếp đến thứ 9" in answer.content.decode()
    assert ranks(home) == {str(rank): rank for rank in range(1, 10)}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(1, 9)), max_size=12))
@example([(0, 9), (1, 9)])  # none is further down: the other goes up
def test_a_rank_is_of_one_need_and_the_rest_keep_their_order(moves):
    with transaction.atomic():
        home = make_household(make_group(make_ward()))
        needs = [
            Need.objects.create(household=home, text=str(n), kind="other", opened_on=TODAY) for n in range(5)
        ]
        for index, rank in moves:
            need = Need.objects.get(pk=needs[index].pk)
            before = [text for text in ranks(home) if text != need.text]
            word_need(by=None, need=need, version=need.version, family_words="", is_wish=False, priority=rank)
            after = ranks(home)
            assert after.pop(need.text, None) == rank
            assert [*after] == before
            assert len({*after.values(), rank} - {None}) == len(after) + (rank is not None)
        transaction.set_rollback(True)
