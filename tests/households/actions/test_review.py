"""After the survey: meeting, posting, complaint, opinion, the round and its board."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from households.actions import complaints, listing, meetings, opinions, rounds, survey
from households.actions.meetings import Ballot
from households.models import Complaint, PostedSheet, Sheet, Vote
from households.models.status import LISTED
from households.reports import board
from tests.factories import make_group, make_user
from tests.households.actions.season import MINUTES, TODAY, ask, handed_in, hang, meet
from tests.households.factories import (
    AT,
    agree,
    approve,
    make_household,
    make_listing,
    make_sheet,
    make_status,
    ready,
    submit,
)
from thanhsen.models import Event
from thanhsen.workdays import Calendar

pytestmark = pytest.mark.django_db


# Meeting -----------------------------------------------------------------------------------------


def test_half_agree_and_the_household_goes_on_fewer_send_it_back(place):
    on, back = (approve(handed_in(place), place.supervisor) for _ in range(2))
    ballots = [Ballot(on.pk, on.version, 20), Ballot(back.pk, back.version, 19, "mới mua xe")]
    meeting = meetings.record_meeting(
        by=place.officer, round_=place.round, area=place.group, minutes=MINUTES, ballots=ballots, today=TODAY
    )
    on.refresh_from_db()
    back.refresh_from_db()
    assert (on.state, on.vote.agreed) == ("agreed", 20)
    assert (back.state, back.approved_by, back.vote) == ("returned", None, None)
    remark = back.remarks.get()
    assert "19/40 người đồng ý" in remark.text
    assert "mới mua xe" in remark.text
    assert meeting.votes.count() == 2
    assert Event.objects.filter(act="meeting.agree", record_id=on.pk).exists()
    assert Event.objects.filter(act="meeting.refuse", record_id=back.pk).exists()


def test_a_household_sent_back_takes_every_step_again(place):
    sheet = approve(handed_in(place), place.supervisor)
    meet(place, [sheet], agreed=3, opinion="xem lại thu nhập")
    sheet.refresh_from_db()
    sheet = approve(submit(sheet, place.officer), place.supervisor)
    meet(place, [sheet])
    sheet.refresh_from_db()
    assert sheet.state == "agreed"
    assert Vote.objects.filter(sheet=sheet).count() == 2


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"agreed": 19}, "ghi lý do"),
        ({"agreed": 41}, "nhiều hơn 40 người dự họp"),
        ({"minutes": {**MINUTES, "held_on": date(2026, 10, 4)}}, "không thể trước"),
        ({"minutes": {**MINUTES, "held_on": date(2026, 11, 21)}}, "tương lai"),
        ({"minutes": {**MINUTES, "secretary": "Lê Chủ Trì"}}, "hai người"),
        ({"minutes": {**MINUTES, "place": ""}}, "phải có địa điểm"),
    ],
)
def test_minutes_that_cannot_be_are_refused_and_nothing_is_kept(place, changes, word):
    sheet = approve(handed_in(place), place.supervisor)
    with pytest.raises(ValidationError, match=word):
        meet(place, [sheet], **changes)
    sheet.refresh_from_db()
    assert sheet.state == "approved"
    assert not Vote.objects.exists()


def test_a_sheet_that_changed_since_it_was_read_out_is_not_voted_on(place):
    sheet = approve(handed_in(place), place.supervisor)
    survey.send_back(by=place.supervisor, sheet=sheet, version=None, remarks={"": "x"}, at=AT)
    with pytest.raises(ValidationError, match="Trả lại"):
        meet(place, [sheet])
    sheet.refresh_from_db()
    old = SimpleNamespace(pk=sheet.pk, version=sheet.version)
    approve(submit(sheet, place.officer), place.supervisor)
    with pytest.raises(ValidationError, match="vừa thay đổi"):
        meet(place, [old])
    with pytest.raises(ValidationError, match="ít nhất một hộ"):
        meet(place, [])


def test_the_same_minutes_sent_twice_are_one_meeting(place):
    sheet, request_id = approve(handed_in(place), place.supervisor), uuid4()
    assert meet(place, [sheet], request_id=request_id) == meet(place, [sheet], request_id=request_id)


# Posting -----------------------------------------------------------------------------------------


def test_the_posted_list_holds_name_class_and_result_only(place):
    sheet = agree(approve(handed_in(place), place.supervisor))
    make_status(sheet.household, "near_poor", date(2025, 12, 10))
    posting = hang(place)
    line = posting.lines.get()
    assert (line.head_name, line.classification, line.outcome) == (
        sheet.household.head_name,
        "poor",
        "staying",
    )
    kept = {field.name for field in PostedSheet._meta.concrete_fields}
    assert kept == {"id", "posting", "sheet", "head_name", "classification", "outcome"}
    sheet.refresh_from_db()
    assert (sheet.state, sheet.posting) == ("posted", posting)


@pytest.mark.parametrize(
    ("was", "is_", "outcome"),
    [(None, "poor", "entering"), ("poor", "near_poor", "staying"), ("near_poor", "not_poor", "leaving"),
     ("not_poor", "average", "neither")],
)  # fmt: skip
def test_what_a_result_means_for_the_list(was, is_, outcome):
    assert PostedSheet.Outcome.of(was in LISTED, is_ in LISTED) == outcome


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"ends_on": date(2026, 10, 22)}, "đủ 3 ngày làm việc, tức đến hết ngày 23/10/2026"),
        ({"starts_on": date(2026, 10, 23), "ends_on": date(2026, 10, 25)}, "27/10/2026"),  # over a weekend
        ({"starts_on": date(2026, 10, 19)}, "không thể trước"),
        ({"starts_on": date(2026, 11, 28), "ends_on": date(2026, 12, 5)}, "nhiều nhất 7 ngày"),
        ({"place": " "}, "nơi niêm yết"),
    ],
)
def test_a_posting_too_short_too_early_or_nowhere_is_refused(place, changes, word):
    agree(approve(handed_in(place), place.supervisor))
    with pytest.raises(ValidationError, match=word):
        hang(place, **changes)
    assert Sheet.objects.get().state == "agreed"


def test_nothing_to_post(place):
    with pytest.raises(ValidationError, match="chưa có hộ nào"):
        hang(place)


def test_a_posted_sheet_is_sent_back_by_who_checks(place):
    sheet = ready(handed_in(place), place.supervisor)
    survey.send_back(by=place.supervisor, sheet=sheet, version=None, remarks={"": "nhầm người"}, at=AT)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.posting, sheet.vote) == ("returned", None, None)
    assert Event.objects.filter(act="sheet.reopen").exists()


# Complaint ---------------------------------------------------------------------------------------


def complain(place, sheet, filed_on=date(2026, 10, 22), **more):
    return complaints.file_complaint(
        by=place.officer, sheet=sheet, filed_on=filed_on, complainant="Trần B", text="Nhà đã có nước máy",
        calendar=Calendar(), today=TODAY, questions=["water"], **more,
    )  # fmt: skip


def settle(place, complaint, outcome, by=None, **more):
    given = {"rechecked_on": date(2026, 10, 26), "finding": "đến tận nơi xem", "today": TODAY, **more}
    return complaints.settle_complaint(
        by=by or place.supervisor, complaint=complaint, outcome=outcome, **given
    )


def test_a_complaint_stops_the_household_until_it_is_settled_and_posted_again(place):
    sheet = ready(handed_in(place), place.supervisor)
    complaint = complain(place, sheet)
    assert complaint.due_on == date(2026, 10, 27)  # 3 working days after a Thursday
    sheet.refresh_from_db()
    assert sheet.state == "contested"
    settle(place, complaint, "upheld")
    sheet.refresh_from_db()
    assert sheet.state == "agreed"
    posting = hang(place, starts_on=date(2026, 10, 27), ends_on=date(2026, 10, 29))
    assert posting.after_recheck
    assert sheet.posted.count() == 2


def test_a_correction_changes_the_sheet_its_class_and_keeps_both(place):
    sheet = ready(handed_in(place), place.supervisor)
    complaint = complain(place, sheet)
    right = {**sheet.answers, "water": {"value": "piped"}}
    settled = settle(place, complaint, "corrected", corrections={"answers": right})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.score.classification) == ("agreed", "near_poor")
    assert (settled.before, settled.after) == ({"water": {"value": "other"}}, {"water": {"value": "piped"}})
    assert (settled.score_before.classification, settled.score_after.classification) == ("poor", "near_poor")
    assert (
        hang(place, starts_on=date(2026, 10, 27), ends_on=date(2026, 10, 29)).lines.get().classification
        == "near_poor"
    )


def test_a_correction_that_corrects_nothing_is_refused(place):
    sheet = ready(handed_in(place), place.supervisor)
    complaint = complain(place, sheet)
    with pytest.raises(ValidationError, match="Chưa sửa câu nào"):
        settle(place, complaint, "corrected", corrections={"answers": sheet.answers})
    with pytest.raises(ValidationError, match="hưa"):
        settle(place, complaint, "corrected", corrections={"answers": {**sheet.answers, "water": {}}})
    complaint.refresh_from_db()
    assert complaint.outcome == ""


def test_a_correction_takes_the_register_as_it_is_now(place):
    from households.models import Member

    sheet = ready(handed_in(place), place.supervisor)
    complaint = complain(place, sheet)
    Member.objects.filter(household=sheet.household).update(has_insurance=False)
    right = {**sheet.answers, "insurance": {"lacking": True}}
    settle(place, complaint, "corrected", corrections={"answers": right})
    sheet.refresh_from_db()
    assert sheet.facts["people"][0]["has_insurance"] is False
    assert "insurance" in sheet.score.lacking


def test_a_new_survey_starts_from_the_draft_again(place):
    sheet = ready(handed_in(place), place.supervisor)
    settle(place, complain(place, sheet), "resurvey")
    sheet.refresh_from_db()
    assert sheet.state == "returned"
    assert "Phúc tra ngày 26/10/2026" in sheet.remarks.get(question="water").text


def test_who_submitted_does_not_recheck_and_a_settled_complaint_stays(place):
    sheet = ready(handed_in(place), place.supervisor)
    complaint = complain(place, sheet)
    with pytest.raises(ValidationError, match="không tự phúc tra"):
        settle(place, complaint, "upheld", by=place.officer)
    with pytest.raises(ValidationError, match="ngày nhận khiếu nại"):
        settle(place, complaint, "upheld", rechecked_on=date(2026, 10, 21))
    settle(place, complaint, "withdrawn")
    with pytest.raises(ValidationError, match="đã có kết quả"):
        settle(place, complaint, "upheld")


def test_two_complaints_about_one_household(place):
    sheet = ready(handed_in(place), place.supervisor)
    first, second = complain(place, sheet), complain(place, sheet)
    with pytest.raises(ValidationError, match="Hộ còn 1 khiếu nại khác"):
        settle(place, first, "resurvey")
    settle(place, first, "upheld")
    sheet.refresh_from_db()
    assert sheet.state == "contested"
    settle(place, second, "upheld")
    sheet.refresh_from_db()
    assert sheet.state == "agreed"


def test_only_what_is_posted_can_be_complained_about(place):
    sheet = approve(handed_in(place), place.supervisor)
    with pytest.raises(ValidationError, match="Đã duyệt"):
        complain(place, sheet)
    posted = ready(handed_in(place), place.supervisor)
    with pytest.raises(ValidationError, match="không thể trước"):
        complain(place, posted, filed_on=date(2026, 10, 20))
    assert not Complaint.objects.exists()


# Opinion -----------------------------------------------------------------------------------------


@pytest.fixture
def asking(place):
    rounds.update_round(by=place.supervisor, round_=place.round, values={"needs_opinion": True})
    place.round.refresh_from_db()
    return place


def send(place, sent_on=date(2026, 10, 26), **more):
    return opinions.ask_opinion(
        by=place.supervisor, round_=place.round, letter_number="12/BC-UBND", sent_on=sent_on, calendar=Calendar(),
        today=TODAY, **more,
    )  # fmt: skip


def reply(place, opinion, answer="agreed", **more):
    given = {"answer_number": "7/UBND", "answered_on": date(2026, 10, 29), "today": TODAY, **more}
    return opinions.answer_opinion(by=place.supervisor, opinion=opinion, answer=answer, **given)


def test_the_province_is_asked_about_what_was_posted_and_answers(asking):
    over = ready(handed_in(asking), asking.supervisor)
    opinion = send(asking)
    assert opinion.due_on == date(2026, 11, 2)
    over.refresh_from_db()
    assert (over.state, over.opinion) == ("reported", opinion)
    reply(asking, opinion)
    assert Sheet.objects.ready_to_decide(asking.round, date(2026, 10, 28)).count() == 0
    assert Sheet.objects.ready_to_decide(asking.round, date(2026, 10, 30)).count() == 1
    with pytest.raises(ValidationError, match="Đã ghi trả lời"):
        reply(asking, opinion)


def test_households_the_province_wants_reviewed_go_back(asking):
    back, on = (ready(handed_in(asking), asking.supervisor) for _ in range(2))
    opinion = send(asking)
    with pytest.raises(ValidationError, match="Chọn những hộ"):
        reply(asking, opinion, "asks_review")
    reply(asking, opinion, "asks_review", review=[back.pk], note="thu nhập chưa rõ")
    back.refresh_from_db()
    on.refresh_from_db()
    assert (back.state, on.state) == ("returned", "reported")
    assert "thu nhập chưa rõ" in back.remarks.get().text


def test_no_answer_is_recorded_only_after_the_term_and_with_a_ground(asking):
    ready(handed_in(asking), asking.supervisor)
    opinion = send(asking)
    for day, note in ((date(2026, 11, 2), "hết hạn"), (date(2026, 11, 3), "")):
        with pytest.raises(ValidationError, match="quá hạn"):
            reply(asking, opinion, "no_answer", answer_number="", answered_on=day, note=note)
    reply(
        asking,
        opinion,
        "no_answer",
        answer_number="",
        answered_on=date(2026, 11, 3),
        note="hết 5 ngày làm việc",
    )


def test_a_list_still_hanging_is_not_reported_and_a_round_may_not_ask(asking):
    ready(handed_in(asking), asking.supervisor)
    with pytest.raises(ValidationError, match="Chưa có hộ nào đã niêm yết xong"):
        send(asking, date(2026, 10, 23))
    asking.round.needs_opinion = False
    with pytest.raises(ValidationError, match="không xin ý kiến"):
        send(asking)


# Rounds and the board ----------------------------------------------------------------------------


def test_settings_change_with_an_event_and_not_under_a_running_opinion(asking):
    ready(handed_in(asking), asking.supervisor)
    send(asking)
    with pytest.raises(ValidationError, match="không đổi bước xin ý kiến"):
        rounds.update_round(by=asking.supervisor, round_=asking.round, values={"needs_opinion": False})
    rounds.update_round(by=asking.supervisor, round_=asking.round, values={"posting_days": 5})
    assert Event.objects.filter(act="round.update", after__posting_days=5).exists()
    with pytest.raises(TypeError):
        rounds.update_round(by=asking.supervisor, round_=asking.round, values={"year": 2027})
    with pytest.raises(ValidationError, match="theo thứ tự"):
        rounds.update_round(by=asking.supervisor, round_=asking.round, values={"meet_by": date(2026, 8, 1)})


def test_the_board_counts_every_household_once_and_knows_who_is_late(place, django_assert_num_queries):
    ask(place, make_household(place.group))
    listing.draw_up(by=place.supervisor, round_=place.round)
    make_listing(place.round, make_household(place.group))
    make_sheet(place.round, make_household(place.group), place.officer)
    approve(handed_in(place), place.supervisor)
    contested = ready(handed_in(place), place.supervisor)
    complain(place, contested)
    with django_assert_num_queries(3):  # one for the reader's areas
        rows, total = board.by_area(place.round, place.officer, date(2026, 10, 28))
    assert total.counts == {"to_check": 1, "to_survey": 1, "draft": 1, "approved": 1, "contested": 1}
    assert (rows[0].late, total.left, total.percent) == (1, 5, 0)  # the complaint was due on the 27th
    for stage, count in total.counts.items():
        found = board.standing(place.round, place.officer, TODAY).filter(stage=stage)
        assert found.count() == count, stage
    _, later = board.by_area(place.round, place.officer, date(2026, 12, 15))
    assert later.late == 4  # all but the approved one: the round has no day for the meeting
    stranger = make_user(areas=make_group(place.ward))
    assert board.by_area(place.round, stranger, TODAY)[1].total == 0


def test_nothing_is_done_in_a_closed_round(place):
    sheet = approve(handed_in(place), place.supervisor)
    posted = ready(handed_in(place), place.supervisor)
    rounds.close_round(by=place.supervisor, round_=place.round, at=AT)
    place.round.refresh_from_db()
    for act in (
        lambda: meet(place, [sheet]), lambda: hang(place), lambda: complain(place, posted),
        lambda: listing.draw_up(by=place.supervisor, round_=place.round),
    ):  # fmt: skip
        with pytest.raises(ValidationError, match="đã đóng"):
            act()
