"""The rules of the season, broken behind the actions' back: no step is skipped, each stands on what it needs."""

from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.urls import resolve, reverse

from households import steps
from households.models import (
    Certificate,
    Complaint,
    Decision,
    Listing,
    Meeting,
    Notice,
    Opinion,
    PostedSheet,
    Posting,
    Request,
    Round,
    Sheet,
    Status,
    Vote,
)
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    AT,
    agree,
    approve,
    make_household,
    make_listing,
    make_round,
    make_sheet,
    make_status,
    ready,
    submit,
)
from tests.refusals import refused

pytestmark = pytest.mark.django_db
HELD = {"held_on": date(2026, 10, 20), "place": "x", "chair": "A", "secretary": "B", "present": 9}
SETTLED = {"outcome": "upheld", "rechecked_on": date(2026, 10, 26), "finding": "đúng như phiếu"}


@pytest.fixture
def season():
    ward = make_ward()
    group = make_group(ward)
    officer, supervisor, chair = make_user(areas=group), make_user("supervisor"), make_user("approver")
    round_ = make_round(ward)
    sheet = submit(make_sheet(round_, make_household(group), officer), officer)
    return SimpleNamespace(
        ward=ward, group=group, officer=officer, supervisor=supervisor, chair=chair, round=round_, sheet=sheet,
    )  # fmt: skip


def rows(record):
    return type(record)._base_manager.filter(pk=record.pk)


def test_the_table_of_steps_is_the_databases():
    states = [*Listing.State.values, *Sheet.State.values]
    with connection.cursor() as cursor:
        for start, end in product(states, states):
            cursor.execute("SELECT step_allowed(%s, %s)", [start, end])
            assert cursor.fetchone()[0] == ((start, end) in steps.PAIRS), (start, end)


def test_every_act_of_the_table_is_named_and_every_state_can_be_left():
    from thanhsen.acts import ACTS

    assert {each.act for each in steps.TABLE} <= set(ACTS)
    reached = {each.end for each in steps.TABLE} | {"listed"}
    assert reached == set(steps.NAMES)
    left = {state for each in steps.TABLE for state in each.starts}
    assert set(steps.NAMES) - left == {"certified"}


def test_a_sheet_needs_a_place_on_the_list_of_its_round(season):
    given = {"round": season.round, "surveyed_on": date(2026, 10, 1), "started_by": season.officer}
    other = make_listing(make_round(season.ward, 2025), season.sheet.household)
    household = make_household(season.group)
    refused("sheet_household_is_listed", Sheet.objects.create, **given, household=household, listing=other)
    asked = Request.objects.create(
        household=household, form="01", received_on=date(2026, 9, 1), channel="counter", applicant="A", taken_in=season.round
    )  # fmt: skip
    listing = Listing.objects.create(round=season.round, household=household, source="request", request=asked)
    refused("sheet_household_is_listed", Sheet.objects.create, **given, household=household, listing=listing)
    rows(listing).update(state="checked", checked_on=date(2026, 9, 20), checked_by=season.officer)
    Sheet.objects.create(**given, household=household, listing=listing)


def test_the_list(season):
    listing = make_listing(season.round, make_household(season.group))
    other = make_round(season.ward, 2025)
    refused(
        "listing_once_a_round",
        Listing.objects.create,
        round=season.round,
        household=listing.household,
        source="present_list",
    )
    refused("listing_takes_its_steps", rows(listing).update, round=other)
    refused("listing_takes_its_steps", rows(season.sheet.listing).update, source="earlier")
    refused("listing_check_is_signed", rows(listing).update, state="checked")
    signed = {"checked_on": date(2026, 9, 20), "checked_by": season.officer}
    refused("listing_stopped_with_reason", rows(listing).update, state="stopped", **signed)
    refused(
        "listing_state_known",
        Listing.objects.create,
        round=other,
        household=listing.household,
        source="earlier",
        state="x",
        **signed,
    )
    refused(
        "listing_request_where_asked",
        Listing.objects.create,
        round=other,
        household=listing.household,
        source="request",
    )
    rows(listing).update(state="stopped", check_reason="đã có lương hưu", **signed)
    refused("listing_takes_its_steps", rows(listing).update, state="listed")
    refused("listing_never_deleted", lambda: rows(listing)._raw_delete("default"))


def test_requests(season):
    household = make_household(season.group)
    given = {
        "household": household,
        "form": "01",
        "received_on": date(2026, 9, 1),
        "channel": "counter",
        "applicant": "A",
    }
    waiting = Request.objects.create(**given)
    refused("request_one_waiting", Request.objects.create, **given)
    refused("request_has_an_applicant", Request.objects.create, **{**given, "form": "04", "applicant": ""})
    refused("request_form_known", Request.objects.create, **{**given, "form": "02"})
    refused("request_withdrawn_with_reason", rows(waiting).update, withdrawn_on=date(2026, 9, 2))
    refused("request_withdrawn_with_reason", rows(waiting).update, withdrawn_reason="x")  # and no day
    refused(
        "request_withdrawn_is_not_taken", rows(waiting).update, withdrawn_on=date(2026, 9, 2), withdrawn_reason="x",
        taken_in=season.round,
    )  # fmt: skip
    refused("request_never_deleted", lambda: rows(waiting)._raw_delete("default"))


REGULAR = {
    "year": 2026, "kind": "regular", "name": "x", "standard_id": "2022-2026", "starts_on": date(2026, 5, 15),
    "ends_on": date(2026, 5, 20), "decide_by": date(2026, 5, 30), "needs_opinion": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("round_regular_from_the_15th", {"starts_on": date(2026, 5, 14), "decide_by": date(2026, 5, 25)}),
        ("round_regular_within_15_days", {"decide_by": date(2026, 5, 31)}),
        ("round_regular_within_15_days", {"decide_by": None}),
        ("round_regular_within_15_days", {"needs_opinion": True}),
        ("round_deadlines_in_order", {"meet_by": date(2026, 5, 31)}),
        ("round_deadlines_in_order", {"post_by": date(2026, 5, 14)}),
        ("round_deadlines_in_order", {"decide_by": date(2026, 5, 19)}),
        ("round_days_sensible", {"posting_days": 0}),
        ("round_days_sensible", {"recheck_days": 31}),
    ],
)
def test_a_regular_round_and_the_deadlines(season, constraint, values):
    refused(constraint, Round.objects.create, ward=season.ward, **{**REGULAR, **values})


def test_meetings_and_votes(season):
    given = {"round": season.round, "area": season.group, **HELD}
    refused("meeting_area_is_group", Meeting.objects.create, **{**given, "area": season.ward})
    refused("meeting_is_signed", Meeting.objects.create, **{**given, "secretary": ""})
    refused("meeting_chair_is_not_secretary", Meeting.objects.create, **{**given, "secretary": "A"})
    refused("meeting_somebody_present", Meeting.objects.create, **{**given, "present": 0})
    meeting = Meeting.objects.create(**given)
    voted = {"meeting": meeting, "sheet": season.sheet, "score": season.sheet.score, "present": 9}
    refused("vote_within_those_present", Vote.objects.create, **voted, agreed=10)
    refused("vote_failed_with_reason", Vote.objects.create, **voted, agreed=4)
    vote = Vote.objects.create(**voted, agreed=4, opinion="nhà mới xây")
    vote.refresh_from_db()
    assert not vote.passed
    refused("vote_once_a_meeting", Vote.objects.create, **voted, agreed=9)
    refused("vote_never_changed", rows(vote).update, agreed=9)
    for record in (meeting, vote):
        refused(
            f"{record._meta.model_name}_never_deleted",
            lambda record=record: rows(record)._raw_delete("default"),
        )


@pytest.mark.parametrize(
    ("present", "agreed", "passed"), [(40, 20, True), (41, 20, False), (41, 21, True), (1, 1, True)]
)
def test_half_of_those_present_is_enough(season, present, agreed, passed):
    meeting = Meeting.objects.create(round=season.round, area=season.group, **{**HELD, "present": present})
    vote = Vote.objects.create(
        meeting=meeting,
        sheet=season.sheet,
        score=season.sheet.score,
        present=present,
        agreed=agreed,
        opinion="x",
    )
    vote.refresh_from_db()
    assert vote.passed is passed


def test_only_a_vote_that_passed_on_this_result_agrees(season):
    sheet = approve(season.sheet, season.supervisor)
    refused("sheet_agreed_has_vote", Sheet.objects.filter(pk=make_agreed(season).pk).update, vote=None)
    meeting = Meeting.objects.create(round=season.round, area=season.group, **HELD)
    failed = Vote.objects.create(
        meeting=meeting, sheet=sheet, score=sheet.score, present=9, agreed=4, opinion="x"
    )
    refused("sheet_meeting_agreed", rows(sheet).update, state="agreed", vote=failed)
    refused("sheet_meeting_agreed", rows(sheet).update, state="agreed", vote=make_agreed(season).vote)
    refused("sheet_takes_its_steps", rows(sheet).update, state="posted")


def make_agreed(season):
    sheet = submit(make_sheet(season.round, make_household(season.group), season.officer), season.officer)
    return agree(approve(sheet, season.supervisor))


def test_a_posting(season):
    given = {
        "round": season.round, "area": season.group, "starts_on": date(2026, 10, 21), "ends_on": date(2026, 10, 23),
        "place": "x",
    }  # fmt: skip
    refused("posting_area_is_group", Posting.objects.create, **{**given, "area": season.ward})
    refused("posting_dates_in_order", Posting.objects.create, **{**given, "ends_on": date(2026, 10, 20)})
    refused("posting_has_a_place", Posting.objects.create, **{**given, "place": ""})
    posting = Posting.objects.create(**given)
    sheet = make_agreed(season)
    refused("sheet_is_on_the_posting", rows(sheet).update, state="posted", posting=posting)
    line = {"posting": posting, "sheet": sheet, "head_name": "A", "classification": "poor"}
    refused("posted_outcome_known", PostedSheet.objects.create, **line, outcome="x")
    posted = PostedSheet.objects.create(**line, outcome="entering")
    refused("posted_once", PostedSheet.objects.create, **line, outcome="entering")
    for record, change in ((posting, {"place": "y"}), (posted, {"head_name": "B"})):
        name = record._meta.model_name
        refused(f"{name}_never_changed", rows(record).update, **change)
        refused(f"{name}_never_deleted", lambda record=record: rows(record)._raw_delete("default"))
    rows(sheet).update(state="posted", posting=posting)
    refused("sheet_posted_has_posting", rows(sheet).update, posting=None)


def complain(sheet, **more):
    return Complaint.objects.create(
        sheet=sheet, posting=sheet.posting, filed_on=date(2026, 10, 22), complainant="B", text="nhà có ô tô",
        due_on=date(2026, 10, 27), **more,
    )  # fmt: skip


def test_a_complaint_is_filed_settled_once_and_by_another(season):
    sheet = ready(season.sheet, season.supervisor)
    refused("sheet_has_a_complaint", rows(sheet).update, state="contested")
    refused(
        "complaint_says_something", Complaint.objects.create, sheet=sheet, posting=sheet.posting, complainant="",
        filed_on=date(2026, 10, 22), text="x", due_on=date(2026, 10, 27),
    )  # fmt: skip
    refused("complaint_settled_is_signed", complain, sheet, outcome="upheld")
    unsigned = {**SETTLED, "rechecked_by": season.supervisor, "rechecked_on": None}
    refused("complaint_settled_is_signed", complain, sheet, **unsigned)
    refused("complaint_rechecked_by_another", complain, sheet, **SETTLED, rechecked_by=season.officer)
    refused(
        "complaint_corrected_has_a_new_score", complain, sheet, **{**SETTLED, "outcome": "corrected"},
        rechecked_by=season.supervisor,
    )  # fmt: skip
    complaint = complain(sheet)
    rows(sheet).update(state="contested")
    refused("sheet_complaints_are_settled", rows(sheet).update, state="agreed")
    refused("sheet_complaints_are_settled", rows(sheet).update, state="returned")
    rows(complaint).update(**SETTLED, rechecked_by=season.supervisor)
    refused("complaint_is_settled_once", rows(complaint).update, finding="khác")
    refused("complaint_never_deleted", lambda: rows(complaint)._raw_delete("default"))
    rows(sheet).update(state="agreed")
    refused("sheet_is_on_the_posting", rows(sheet).update, state="posted", posting=None)


def asked(round_, sent_on=date(2026, 10, 24), **more):
    return Opinion.objects.create(
        round=round_, letter_number="12/BC-UBND", sent_on=sent_on, due_on=sent_on + timedelta(days=7), **more
    )


def test_the_provinces_opinion(season):
    sheet = ready(season.sheet, season.supervisor)
    refused("sheet_opinion_is_asked_for", rows(sheet).update, state="reported", opinion=asked(season.round))
    rows(season.round).update(needs_opinion=True)
    too_early = asked(season.round, date(2026, 10, 23))
    refused("sheet_posting_is_over", rows(sheet).update, state="reported", opinion=too_early)
    refused(
        "opinion_letter_numbered", Opinion.objects.create, round=season.round, letter_number="",
        sent_on=date(2026, 10, 24), due_on=date(2026, 10, 30),
    )  # fmt: skip
    refused(
        "opinion_answer_is_complete", asked, season.round, answer="agreed", answered_on=date(2026, 10, 25)
    )
    refused(
        "opinion_answer_is_complete", asked, season.round, answer="no_answer", answered_on=date(2026, 10, 31),
        answer_note="hết hạn",
    )  # fmt: skip
    refused("opinion_answer_is_complete", asked, season.round, answer="agreed", answer_number="12/UBND")
    opinion = asked(season.round)
    refused("opinion_never_deleted", lambda: rows(opinion)._raw_delete("default"))
    rows(sheet).update(state="reported", opinion=opinion)
    refused("sheet_reported_has_opinion", rows(sheet).update, opinion=None)
    decision = decided(season, date(2026, 11, 2))
    refused("sheet_opinion_is_answered", rows(sheet).update, state="decided", decision=decision)
    rows(opinion).update(answer="agreed", answered_on=date(2026, 11, 3), answer_number="9/UBND")
    refused("sheet_opinion_is_answered", rows(sheet).update, state="decided", decision=decision)


def decided(season, day, by=None, **more):
    given = {"ward": season.ward, "round": season.round, "number": "1", "date": day, "signer": "x", **more}
    return Decision.objects.create(standard_id="2022-2026", made_by=by or season.chair, **given)


def test_a_decision_stands_on_the_posting_its_round_and_another_person(season):
    sheet = ready(season.sheet, season.supervisor)
    early = decided(season, date(2026, 10, 23))
    refused("sheet_posting_is_over", rows(sheet).update, state="decided", decision=early)
    foreign = decided(season, date(2026, 10, 30), number="2", round=make_round(season.ward, 2025))
    refused("sheet_decided_in_its_round", rows(sheet).update, state="decided", decision=foreign)
    for number, by in (("3", season.officer), ("4", season.supervisor)):
        own = decided(season, date(2026, 10, 30), by, number=number)
        refused("sheet_decided_by_another", rows(sheet).update, state="decided", decision=own)
    rows(season.round).update(needs_opinion=True)
    good = decided(season, date(2026, 10, 30), number="5")
    refused("sheet_opinion_is_answered", rows(sheet).update, state="decided", decision=good)
    rows(season.round).update(needs_opinion=False)
    rows(sheet).update(state="decided", decision=good)
    refused("sheet_decided_has_decision", rows(sheet).update, decision=None)
    refused("sheet_result_is_handed_out", rows(sheet).update, state="certified")
    refused("decision_correction_has_reason", decided, season, date(2026, 11, 1), number="6", corrects=good)


def test_the_ward_may_let_who_approved_decide(season):
    sheet = ready(season.sheet, season.supervisor)
    rows(season.round).update(separate_decision=False)
    rows(sheet).update(state="decided", decision=decided(season, date(2026, 10, 30), season.supervisor))


def test_a_correction_is_made_by_who_may_decide_on_the_sheet(season):
    sheet = ready(season.sheet, season.supervisor)
    first = decided(season, date(2026, 10, 30), number="5")
    row = {
        "household": sheet.household, "score": sheet.score, "classification": "poor", "proposed": "poor", "size": 1,
        "standard_id": "2022-2026", "area": season.group, "valid_from": date(2026, 11, 2),
    }  # fmt: skip

    def corrected(by):
        made = decided(season, date(2026, 11, 2), by, corrects=first, reason="đếm nhầm", number="6")
        return Status.objects.create(decision=made, **row)

    for by in (season.officer, season.supervisor):
        refused("status_corrected_by_another", corrected, by)
    with transaction.atomic():
        corrected(season.chair)
        transaction.set_rollback(True)
    rows(season.round).update(separate_decision=False)
    refused("status_corrected_by_another", corrected, season.officer)
    corrected(season.supervisor)


def test_certificates_and_notices(season):
    status = make_status(season.sheet.household, "poor", date(2026, 10, 30))
    given = {
        "ward": season.ward, "year": 2026, "serial": 1, "number": "1/2026", "kind": "poor", "status": status,
        "household": status.household, "holder": "A", "issued_on": date(2026, 11, 2),
    }  # fmt: skip
    refused("certificate_ward_is_ward", Certificate.objects.create, **{**given, "ward": season.group})
    refused("certificate_kind_known", Certificate.objects.create, **{**given, "kind": "x"})
    refused("certificate_is_complete", Certificate.objects.create, **{**given, "serial": 0})
    certificate = Certificate.objects.create(**given)
    refused("certificate_one_valid", Certificate.objects.create, **{**given, "serial": 2})
    revoked = {"revoked_on": date(2026, 11, 5), "revoked_by": season.chair, "revoked_reason": "ghi sai tên"}
    refused("certificate_revoked_with_reason", rows(certificate).update, **{**revoked, "revoked_reason": ""})
    refused("certificate_revoked_with_reason", rows(certificate).update, **{**revoked, "revoked_on": None})
    refused("certificate_is_only_revoked", rows(certificate).update, holder="B")
    rows(certificate).update(**revoked)
    refused("certificate_is_only_revoked", rows(certificate).update, revoked_reason="khác")
    refused("certificate_serial_once_a_year", Certificate.objects.create, **given)
    refused("certificate_never_deleted", lambda: rows(certificate)._raw_delete("default"))
    listing = season.sheet.listing
    refused("notice_says_why", Notice.objects.create, listing=listing, number="1", issued_on=AT, reasons="")
    notice = Notice.objects.create(listing=listing, number="1", issued_on=AT.date(), reasons="vượt chuẩn")
    refused(
        "notice_once_at_phieu_a",
        Notice.objects.create,
        listing=listing,
        number="2",
        issued_on=AT.date(),
        reasons="x",
    )
    by_decision = {"listing": listing, "decision": status.decision, "issued_on": AT.date(), "reasons": "x"}
    Notice.objects.create(**by_decision, number="3")
    refused("notice_once_a_decision", Notice.objects.create, **by_decision, number="4")
    refused("notice_never_changed", rows(notice).update, reasons="khác")
    refused("notice_never_deleted", lambda: rows(notice)._raw_delete("default"))


def test_what_is_carried_is_confirmed_before_it_is_handed_in(season):
    sheet = make_sheet(season.round, make_household(season.group), season.officer)
    rows(sheet).update(carried=["water"])
    handed_in = {"state": "submitted", "submitted_by": season.officer, "submitted_at": AT, "facts": {}}
    refused("sheet_carried_is_confirmed", rows(sheet).update, **handed_in, score=season.sheet.score)


def test_who_left_the_register_gets_no_class(season):
    household = make_household(season.group)
    decision = make_status(make_household(season.group), "poor", date(2026, 10, 30)).decision
    rows(household).update(closed_date=date(2026, 10, 1), closed_reason="moved_out")
    refused(
        "status_household_is_present", Status.objects.create, household=household, decision=decision, classification="poor",
        standard_id="2022-2026", area=season.group, size=1, valid_from=date(2026, 10, 30),
    )  # fmt: skip


GUARDED = {
    "quick_check": "listing.check", "sheet_start": "sheet.start", "sheet_edit": "sheet.submit", "sheet_approve": "sheet.approve",
    "sheet_return": "sheet.return", "posting_create": "posting.make", "meeting_create": "meeting.agree",
    "complaint_create": "complaint.file", "opinion_create": "opinion.ask", "decision_create": "decision.make",
    "certificate_issue": "certificate.issue", "notice_create": "certificate.issue",
}  # fmt: skip


@pytest.mark.parametrize(("view", "act"), GUARDED.items())
def test_who_may_take_a_step_on_screen_is_who_the_table_says(view, act):
    args = [1, 1] if view in {"posting_create", "meeting_create"} else [1]
    assert resolve(reverse(view, args=args)).func.access == steps.of(act).permission
