"""Mistakes the season could make, each found once: what is handed out after a correction, households in two rounds,
events between the steps, answers nobody confirmed."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from households.actions import (
    certificates,
    complaints,
    decisions,
    listing,
    opinions,
    postings,
    rounds,
    survey,
)
from households.actions.life.undo import undo
from households.income import table_of
from households.models import Certificate, Household, Listing, Notice, Request, Score, Sheet
from households.poverty import Classification
from households.reports.movement import flows
from households.reports.rows import Period, units
from tests.households.factories import (
    AT,
    agree,
    answers,
    approve,
    make_household,
    make_listing,
    make_member,
    make_round,
    make_sheet,
    make_status,
    ready,
    submit,
)
from tests.households.life.factories import birth, gone, head_dies
from tests.households.tables import make_table
from thanhsen.workdays import Calendar

pytestmark = pytest.mark.django_db
TODAY, DECIDED, LATER = date(2026, 12, 20), date(2026, 11, 2), date(2026, 11, 9)
NOT_POOR = {"lacking": 0, "income_score": 200}
REGULAR = {
    "kind": "regular", "name": "Tháng 10", "starts_on": date(2026, 10, 15), "ends_on": date(2026, 10, 20),
}  # fmt: skip


def surveyed(place, household=None, was=None, round_=None, **result):
    household = household or make_household(place.group)
    if was:
        make_status(household, was, date(2025, 12, 10))
    sheet = make_sheet(round_ or place.round, household, place.officer, **result)
    return ready(submit(sheet, place.officer), place.supervisor)


def decide(place, round_=None, day=DECIDED, number="05/QĐ-UBND"):
    return decisions.decide_round(
        by=place.chair, round_=round_ or place.round, number=number, date=day, signer="Chủ tịch"
    )


def correct(place, decision, sheet, to, day=LATER, number="06/QĐ-UBND"):
    return decisions.correct_decision(
        by=place.chair, decision=decision, number=number, date=day, signer="Chủ tịch", reason="đếm nhầm",
        changes={sheet.household_id: to},
    )  # fmt: skip


def issue(place, decision, day=date(2026, 11, 12)):
    return certificates.issue_certificates(
        by=place.supervisor, decision=decision, issued_on=day, suffix="/GCN", today=TODAY
    )


def notify(place, sheet, day=date(2026, 11, 12)):
    return certificates.notify(
        by=place.supervisor,
        listing=sheet.listing,
        number="9/TB",
        issued_on=day,
        reasons="vượt chuẩn",
        today=TODAY,
    )


# What is handed out ------------------------------------------------------------------------------


def test_a_poor_household_is_never_sent_a_refusal(place):
    sheet = surveyed(place)
    decide(place)
    with pytest.raises(ValidationError, match="cấp giấy chứng nhận, không gửi thông báo"):
        notify(place, sheet)
    assert not Notice.objects.exists()


def test_a_household_corrected_to_poor_gets_its_certificate_and_no_refusal(place):
    sheet = surveyed(place, **NOT_POOR)
    decision = decide(place)
    correction = correct(place, decision, sheet, "poor")
    assert certificates.without_notice(decision) == []
    assert [each.household for each in issue(place, correction)] == [sheet.household]
    sheet.refresh_from_db()
    assert (sheet.state, sheet.decision) == ("certified", decision)


def test_a_household_corrected_off_the_list_is_told_by_the_correction(place):
    sheet = surveyed(place)
    correction = correct(place, decide(place), sheet, "not_poor")
    assert (
        certificates.without_certificate(correction) == []
    )  # it never was on the list, so it does not leave it
    assert certificates.without_notice(correction) == [sheet]
    assert notify(place, sheet).decision == correction


def test_who_was_on_the_list_before_the_corrected_decision_leaves_it_by_the_correction(place):
    sheet = surveyed(place, was="near_poor")
    correction = correct(place, decide(place), sheet, "not_poor")
    assert [each.kind for each in issue(place, correction)] == ["left"]


def test_a_certificate_that_no_longer_holds_is_not_issued_again(place):
    sheet = surveyed(place)
    decision = decide(place)
    (paper,) = issue(place, decision, date(2026, 11, 4))
    correct(place, decision, sheet, "near_poor")
    given = {"by": place.supervisor, "certificate": paper, "suffix": "/GCN", "today": TODAY, "holder": "A"}
    with pytest.raises(ValidationError, match="không còn hiệu lực"):
        certificates.reissue_certificate(**given, on=date(2026, 11, 12), reason="mất")


def test_a_certificate_revoked_by_mistake_can_be_issued_anew(place):
    surveyed(place)
    decision = decide(place)
    (paper,) = issue(place, decision)
    certificates.revoke_certificate(
        by=place.supervisor, certificate=paper, on=date(2026, 11, 13), reason="nhầm hộ", today=TODAY
    )
    assert [each.serial for each in issue(place, decision, date(2026, 11, 14))] == [2]


def test_a_household_may_be_answered_at_phieu_a_and_again_by_its_decision(place):
    household = make_household(place.group)
    Request.objects.create(
        household=household, form="01", received_on=date(2026, 9, 1), channel="counter", applicant="A"
    )
    listing.draw_up(by=place.supervisor, round_=place.round)
    found = Listing.objects.get()
    check = {"by": place.officer, "listing": found, "on": date(2026, 9, 20), "today": TODAY}
    listing.quick_check(**check, go_on=False, reason="có lương")
    first = SimpleNamespace(listing=found)
    notify(place, first, date(2026, 9, 21))
    with pytest.raises(ValidationError, match="đã được trả lời về kết quả Phiếu A"):
        notify(place, first, date(2026, 9, 22))
    listing.quick_check(**check, go_on=True, reason="lương đã hết")
    sheet = surveyed(place, household, **NOT_POOR)
    decide(place)
    notify(place, sheet)
    assert Notice.objects.count() == 2


def test_papers_carry_the_head_of_their_day(place):
    household = make_household(place.group)
    make_member(household, full_name="Lê Thị Vợ", relationship="spouse", sex="female")
    sheet = make_sheet(place.round, household, place.officer)
    sheet = agree(approve(submit(sheet, place.officer), place.supervisor))
    head_dies(household, "spouse", date(2026, 10, 20))
    posting = postings.post_list(
        by=place.supervisor, round_=place.round, area=place.group, starts_on=date(2026, 10, 21), ends_on=date(2026, 10, 23),
        place="x", calendar=Calendar(), today=TODAY,
    )  # fmt: skip
    assert posting.lines.get().head_name == "Lê Thị Vợ"
    assert [each.holder for each in issue(place, decide(place))] == ["Lê Thị Vợ"]


# One review at a time ----------------------------------------------------------------------------


def asked(household, day=date(2026, 10, 10), form="01"):
    return Request.objects.create(
        household=household, form=form, received_on=day, channel="counter", applicant="A"
    )


def test_a_request_after_the_decision_waits_for_the_next_round(place):
    sheet = surveyed(place, was="poor")
    decide(place)
    request = asked(sheet.household, date(2026, 11, 10), "04")
    assert listing.draw_up(by=place.supervisor, round_=place.round).requests == 0
    request.refresh_from_db()
    assert request.taken_in is None


def test_a_household_under_review_is_not_taken_into_another_round(place):
    sheet = surveyed(place, was="near_poor")
    asked(sheet.household)
    regular = make_round(place.ward, **REGULAR)
    assert listing.draw_up(by=place.supervisor, round_=regular).requests == 0
    assert listing.draw_up(by=place.supervisor, round_=place.round).requests == 1


def test_an_older_survey_does_not_undo_a_newer_class(place):
    household = make_household(place.group)
    old = surveyed(place, household)
    regular = make_round(place.ward, **REGULAR)
    make_listing(regular, household)
    newer, _ = survey.start_sheet(
        by=place.officer, round_=regular, household=household, surveyed_on=date(2026, 10, 16)
    )
    newer = survey.save_draft(
        by=place.officer, sheet=newer, version=None, at=AT, confirmed=newer.carried,
        values={"income_score": 200, "answers": answers(0)},
    )  # fmt: skip
    ready(submit(newer, place.officer), place.supervisor)
    decide(place, regular, date(2026, 10, 28))
    with pytest.raises(ValidationError, match="lần rà soát mới hơn"):
        decide(place, number="07/QĐ-UBND")
    old.refresh_from_db()
    assert old.state == "posted"


def test_a_sheet_is_not_sent_back_into_a_closed_round_which_may_open_again(place):
    sheet = surveyed(place)
    rounds.update_round(by=place.supervisor, round_=place.round, values={"needs_opinion": True})
    opinion = opinions.ask_opinion(
        by=place.supervisor, round_=Sheet.objects.get().round, letter_number="1/BC", sent_on=date(2026, 10, 26),
        calendar=Calendar(), today=TODAY,
    )  # fmt: skip
    rounds.close_round(by=place.supervisor, round_=place.round, at=AT)
    with pytest.raises(ValidationError, match="đã đóng"):
        opinions.answer_opinion(
            by=place.supervisor, opinion=opinion, answer="asks_review", answered_on=date(2026, 10, 28), answer_number="7",
            today=TODAY, review=[sheet.pk],
        )  # fmt: skip
    opinion.refresh_from_db()
    assert opinion.answer == ""
    rounds.reopen_round(by=place.supervisor, round_=place.round)
    opinions.answer_opinion(
        by=place.supervisor, opinion=opinion, answer="asks_review", answered_on=date(2026, 10, 28), answer_number="7",
        today=TODAY, review=[sheet.pk],
    )  # fmt: skip
    assert Sheet.objects.get().state == "returned"
    with pytest.raises(ValidationError, match="đang mở"):
        rounds.reopen_round(by=place.supervisor, round_=place.round)


def test_a_round_closed_after_the_page_was_opened_is_closed(place):
    make_listing(place.round, household := make_household(place.group))
    rounds.close_round(by=place.supervisor, round_=place.round, at=AT)
    assert place.round.is_open  # the caller's copy does not know
    with pytest.raises(ValidationError, match="đã đóng"):
        survey.start_sheet(
            by=place.officer, round_=place.round, household=household, surveyed_on=date(2026, 10, 5)
        )


def test_the_decider_leaves_out_what_is_another_persons_to_decide(place):
    surveyed(place)
    own = make_sheet(place.round, make_household(place.group), place.officer)
    ready(submit(own, place.officer), place.chair)
    decision = decide(place)
    assert decision.statuses.count() == 1
    own.refresh_from_db()
    assert own.state == "posted"
    with pytest.raises(ValidationError, match="1 hộ do anh/chị nộp phiếu, hoặc duyệt"):
        decide(place, number="07/QĐ-UBND")


# Figures and answers -----------------------------------------------------------------------------


def test_what_happens_on_new_years_day_is_in_the_year(place):
    household = make_household(place.group)
    make_status(household, "poor", date(2025, 12, 10))
    event = birth(household, date(2026, 1, 1), by=place.supervisor)
    found = [
        flows(units(place.group, Period(year)), Period(year), Classification.POOR)[place.group.pk]
        for year in (2025, 2026)
    ]
    closing, opening = found[0]["closing_people"], found[1]["opening_people"]
    assert (closing, opening) == (1, 1)
    assert found[1]["closing_people"] == 2
    undo(by=place.supervisor, event=event, reason="x", at=AT)
    gone(household, day=date(2026, 1, 1))
    after = flows(units(place.group, Period(2026)), Period(2026), Classification.POOR)[place.group.pk]
    assert (after["opening"], after["closing"]) == (1, 0)


def test_carried_answers_sent_in_another_order_are_still_nobodys(place):
    household = make_household(place.group)
    last = make_round(place.ward, 2025)
    old = make_sheet(last, household, place.officer, causes=["labour", "land"], main_cause="land")
    submit(old, place.officer)
    make_listing(place.round, household)
    sheet, _ = survey.start_sheet(
        by=place.officer, round_=place.round, household=household, surveyed_on=date(2026, 10, 5)
    )
    turned = {code: dict(answer) for code, answer in sheet.answers.items()}
    quality = turned["housing_quality"]
    quality["value"] = list(reversed(quality["value"]))
    values = {"causes": ["land", "labour"], "main_cause": "land", "cause_note": "", "answers": turned}
    sheet = survey.save_draft(by=place.officer, sheet=sheet, version=None, values=values, at=AT)
    assert {"causes", "housing_quality"} <= set(sheet.carried)


def test_a_re_check_scores_the_advisory_standard_again(place):
    round_ = make_round(place.ward, 2025, advisory_standard_id="2027-2030")
    household = make_household(place.group)
    make_listing(round_, household)
    sheet = make_sheet(round_, household, place.officer, per_capita_income=900_000)
    sheet = ready(submit(sheet, place.officer), place.supervisor)
    before = Score.objects.filter(sheet=sheet, decides=False).count()
    complaint = complaints.file_complaint(
        by=place.officer, sheet=sheet, filed_on=date(2025, 10, 22), complainant="B", text="x", calendar=Calendar(),
        today=TODAY, questions=["water"],
    )  # fmt: skip
    complaints.settle_complaint(
        by=place.supervisor, complaint=complaint, outcome="corrected", rechecked_on=date(2025, 10, 24), finding="x",
        today=TODAY, corrections={"answers": {**sheet.answers, "water": {"value": "piped"}}},
    )  # fmt: skip
    assert Score.objects.filter(sheet=sheet, decides=False).count() == 2 * before


def test_an_upheld_complaint_keeps_the_disputed_answer_beside_it(place):
    sheet = surveyed(place)
    complaint = complaints.file_complaint(
        by=place.officer, sheet=sheet, filed_on=date(2026, 10, 22), complainant="B", text="x", calendar=Calendar(),
        today=TODAY, questions=["water"],
    )  # fmt: skip
    settled = complaints.settle_complaint(
        by=place.supervisor,
        complaint=complaint,
        outcome="upheld",
        rechecked_on=date(2026, 10, 24),
        finding="x",
        today=TODAY,
    )
    assert settled.before == settled.after == {"water": {"value": "other"}}


def test_a_class_that_is_none_is_refused_with_the_households_name(place):
    sheet = surveyed(place)
    with pytest.raises(ValidationError, match=sheet.household.code):
        decisions.decide_round(
            by=place.chair,
            round_=place.round,
            number="1",
            date=DECIDED,
            signer="x",
            departures={sheet.pk: ("giàu", "x")},
        )


def test_requests_of_households_that_left_do_not_wait(place):
    household = make_household(place.group)
    asked(household)
    gone(household, day=date(2026, 10, 12))
    assert not Request.objects.waiting().exists()
    assert Household.objects.get(pk=household.pk).closed_date
    assert not Certificate.objects.exists()


def test_a_page_gone_back_to_does_not_pass_one_request_for_another(place):
    household, request_id = make_household(place.group), uuid4()
    given = {
        "by": place.officer, "household": household, "form": "01", "channel": "counter", "applicant": "A", "today": TODAY,
        "request_id": request_id,
    }  # fmt: skip
    made = listing.register_request(**given, received_on=date(2026, 10, 1))
    assert listing.register_request(**given, received_on=date(2026, 10, 1)) == made
    with pytest.raises(ValidationError, match="Mở lại trang từ đầu"):
        listing.register_request(**given, received_on=date(2026, 10, 2))
    with pytest.raises(ValidationError, match="Mở lại trang từ đầu"):
        listing.register_request(
            **{**given, "household": make_household(place.group)}, received_on=date(2026, 10, 1)
        )


def test_in_practice_no_points_table_is_asked(place):
    make_table(active_from=date(2026, 9, 1))
    sheet = make_sheet(place.round, make_household(place.group), place.officer)
    assert table_of(sheet) is not None
    practised = Sheet.objects.select_related("household__area").get(pk=sheet.pk)
    practised.household.area.is_practice = True
    assert table_of(practised) is None
