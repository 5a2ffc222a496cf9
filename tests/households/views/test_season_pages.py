"""The season on screen: every page walked by who may, refused to who may not, within its queries."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from households.models import (
    Certificate,
    Complaint,
    Listing,
    Meeting,
    Notice,
    Opinion,
    Posting,
    Request,
    Round,
)
from tests.factories import make_user
from tests.households.factories import (
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
from tests.households.views.conftest import client_of
from thanhsen.models import Event

DAYS = {"starts_on": "01/09/2026", "ends_on": "15/11/2026", "decide_by": "14/12/2026"}
SETTINGS = {"posting_days": 3, "recheck_days": 3, "opinion_days": 5, "separate_decision": "on"}


def text(response) -> str:
    return response.content.decode()


def handed_in(ward, household=None, **more):
    sheet = make_sheet(ward.round, household or ward.household, ward.officer, **more)
    return submit(sheet, ward.officer)


def minutes(*sheets, **more):
    data = {
        "held_on": "20/10/2026", "place": "Nhà văn hoá", "chair": "Lê A", "secretary": "Phan B", "present": "40",
        "request_id": str(uuid4()), "common": "30",
    }  # fmt: skip
    return {**data, **{f"version-{each.pk}": each.version for each in sheets}, **more}


# Rounds and their list ---------------------------------------------------------------------------


def test_opening_a_round_draws_up_its_list(ward):
    make_status(ward.household, "poor", date(2025, 12, 10))
    Round.objects.filter(pk=ward.round.pk).update(
        year=2025, starts_on=date(2025, 9, 1), ends_on=date(2025, 12, 1)
    )
    page = ward.as_supervisor.get(reverse("round_create"))
    assert "01/09/" in text(page)
    data = {
        "ward": ward.area.pk, "year": 2026, "kind": "periodic", "name": "Định kỳ 2026", "standard_id": "2022-2026", **DAYS, **SETTINGS,
    }  # fmt: skip
    response = ward.as_supervisor.post(reverse("round_create"), data, follow=True)
    assert "1 hộ đang nghèo, cận nghèo và 0 đơn" in text(response)
    assert Listing.objects.get(round__name="Định kỳ 2026").household == ward.household
    assert ward.as_officer.post(reverse("round_create"), data).status_code == 403


def test_a_regular_round_is_proposed_with_its_dates(ward):
    page = text(ward.as_supervisor.get(reverse("round_create") + "?loai=regular"))
    assert "Rà soát thường xuyên tháng" in page
    data = {
        "ward": ward.area.pk, "year": 2026, "kind": "regular", "name": "Tháng 10", "standard_id": "2022-2026",
        "starts_on": "10/10/2026", "ends_on": "20/10/2026", **SETTINGS,
    }  # fmt: skip
    refused = ward.as_supervisor.post(reverse("round_create"), data)
    assert refused.status_code == 422
    assert "từ ngày 15 hằng tháng" in text(refused)
    ward.as_supervisor.post(reverse("round_create"), {**data, "starts_on": "15/10/2026"})
    made = Round.objects.get(kind="regular")
    assert (made.decide_by, made.needs_opinion) == (date(2026, 10, 30), False)


def test_the_settings_of_a_round(ward):
    url = reverse("round_edit", args=[ward.round.pk])
    data = {
        **SETTINGS,
        "name": "Tên mới",
        "ends_on": "30/11/2026",
        "posting_days": "4",
        "needs_opinion": "on",
    }
    ward.as_supervisor.post(url, data)
    ward.round.refresh_from_db()
    assert (ward.round.name, ward.round.posting_days, ward.round.needs_opinion) == ("Tên mới", 4, True)
    wrong = ward.as_supervisor.post(url, {**data, "decide_by": "01/10/2026"})
    assert "theo thứ tự" in text(wrong)
    assert ward.as_officer.get(url).status_code == 403


def test_a_request_goes_from_the_household_to_the_list_and_phieu_a(ward):
    household = make_household(ward.group)
    url = reverse("request_create", args=[household.pk])
    data = {
        "form": "01", "received_on": "02/10/2026", "channel": "group_head", "applicant": "Lê A", "request_id": str(uuid4()),
    }  # fmt: skip
    for _ in range(2):
        assert ward.as_officer.post(url, data).status_code == 302
    asked = Request.objects.get()
    assert "chờ đưa vào đợt" in text(ward.as_officer.get(reverse("request_list")))
    assert "1 đơn đề nghị" in text(ward.as_supervisor.get(reverse("round_detail", args=[ward.round.pk])))
    assert ward.as_officer.post(reverse("round_draw", args=[ward.round.pk])).status_code == 403
    response = ward.as_supervisor.post(reverse("round_draw", args=[ward.round.pk]), follow=True)
    assert "1 đơn đề nghị" in text(response)
    page = text(ward.as_officer.get(reverse("household_detail", args=[household.pk])))
    assert "chờ Phiếu A" in page
    check = reverse("quick_check", args=[asked.listing.pk])
    refused = ward.as_officer.post(check, {"result": "stopped", "checked_on": "05/10/2026", "reason": ""})
    assert "phải ghi lý do" in text(refused)
    ward.as_officer.post(check, {"result": "checked", "checked_on": "05/10/2026"})
    assert "Lập phiếu rà soát" in text(ward.as_officer.get(reverse("household_detail", args=[household.pk])))
    assert ward.as_viewer.get(url).status_code == 403
    assert client_of(make_user("officer", ward.other)).get(check).status_code == 404


def test_a_request_is_withdrawn_on_screen(ward):
    asked = Request.objects.create(
        household=ward.household, form="01", received_on=date(2026, 10, 1), channel="post", applicant="A"
    )
    url = reverse("request_withdraw", args=[asked.pk])
    assert "tương lai" in text(ward.as_officer.post(url, {"on": "01/01/2099", "reason": "x"}))
    ward.as_officer.post(url, {"on": "03/10/2026", "reason": "hộ đổi ý"})
    assert "hộ đổi ý" in text(ward.as_officer.get(reverse("request_list") + "?loai=da-rut"))


def test_every_number_of_the_board_leads_to_its_households(ward):
    handed_in(ward)
    board = text(ward.as_supervisor.get(reverse("round_detail", args=[ward.round.pk])))
    link = f"{reverse('round_households', args=[ward.round.pk])}?to={ward.group.pk}&amp;buoc=submitted"
    assert link in board
    page = text(ward.as_supervisor.get(link.replace("&amp;", "&")))
    assert ward.household.code in page
    assert "1 hộ" in page
    other = text(
        ward.as_supervisor.get(reverse("round_households", args=[ward.round.pk]) + "?buoc=to_survey")
    )
    assert ward.household.code not in other
    assert ward.elsewhere.code in other
    assert ward.elsewhere.code not in text(
        ward.as_officer.get(reverse("round_households", args=[ward.round.pk]) + "?buoc=to_survey")
    )
    nonsense = reverse("round_households", args=[ward.round.pk]) + "?buoc=<b>&to=x&tre=9&trang=-1"
    assert ward.as_supervisor.get(nonsense).status_code == 200


# Meeting, posting, complaint ---------------------------------------------------------------------


def test_a_meeting_is_typed_on_one_page(ward):
    first = approve(handed_in(ward), ward.supervisor)
    second, third = (approve(handed_in(ward, make_household(ward.group)), ward.supervisor) for _ in range(2))
    for each in (first, second, third):
        each.refresh_from_db()
    url = reverse("meeting_create", args=[ward.round.pk, ward.group.pk])
    assert "3 hộ đã duyệt, chờ họp" in text(ward.as_officer.get(url))
    data = minutes(first, second, third, **{f"out-{third.pk}": "1", f"agreed-{second.pk}": "19"})
    refused = ward.as_officer.post(url, data)
    assert refused.status_code == 422
    assert "ghi lý do" in text(refused)
    assert 'value="19"' in text(refused)
    assert not Meeting.objects.exists()
    response = ward.as_officer.post(url, {**data, f"opinion-{second.pk}": "mới mua xe"}, follow=True)
    assert "1 hộ chưa đạt 50 %" in text(response)
    for sheet, state in ((first, "agreed"), (second, "returned"), (third, "approved")):
        sheet.refresh_from_db()
        assert sheet.state == state


@pytest.mark.parametrize(
    "changes", [{"common": ""}, {"common": "ba mươi"}, {"common": "-3"}, {"present": "0"}]
)
def test_a_vote_that_is_no_number_is_asked_again(ward, changes):
    sheet = approve(handed_in(ward), ward.supervisor)
    url = reverse("meeting_create", args=[ward.round.pk, ward.group.pk])
    response = ward.as_officer.post(url, minutes(sheet, **changes))
    assert response.status_code == 422
    assert not Meeting.objects.exists()


def test_minutes_sent_without_anything_are_asked_for(ward):
    approve(handed_in(ward), ward.supervisor)
    sent = ward.as_officer.post(reverse("meeting_create", args=[ward.round.pk, ward.group.pk]))
    assert sent.status_code == 422
    assert not Meeting.objects.exists()


def test_a_meeting_of_somebody_elses_group_is_not_found(ward):
    url = reverse("meeting_create", args=[ward.round.pk, ward.other.pk])
    assert ward.as_officer.get(url).status_code == 404
    assert ward.as_chair.get(url).status_code == 403
    strange = make_round(make_household().area.parent)
    assert (
        ward.as_supervisor.get(reverse("meeting_create", args=[strange.pk, ward.group.pk])).status_code == 404
    )


def test_a_list_is_posted_contested_and_settled_on_screen(ward):
    sheet = agree(approve(handed_in(ward), ward.supervisor))
    url = reverse("posting_create", args=[ward.round.pk, ward.group.pk])
    data = {"starts_on": "21/10/2026", "ends_on": "22/10/2026", "place": "x", "request_id": str(uuid4())}
    assert "đến hết ngày 23/10/2026" in text(ward.as_supervisor.post(url, data))
    assert ward.as_officer.get(url).status_code == 403
    ward.as_supervisor.post(url, {**data, "ends_on": "23/10/2026"})
    posting = Posting.objects.get()
    page = text(ward.as_supervisor.get(reverse("posting_detail", args=[posting.pk])))
    assert "Nguyễn Thị Đào" in page
    assert "042180001234" not in page
    file_url = reverse("complaint_create", args=[sheet.pk])
    filed = {
        "filed_on": "22/10/2026", "complainant": "Trần <b>B</b>", "questions": ["water"], "text": "có nước máy",
        "request_id": str(uuid4()),
    }  # fmt: skip
    ward.as_officer.post(file_url, filed)
    complaint = Complaint.objects.get()
    settle = reverse("complaint_settle", args=[complaint.pk])
    assert "không tự phúc tra" in text(ward.as_officer.get(settle))
    page = text(ward.as_supervisor.get(settle))
    assert "Nguồn khác (không bảo đảm)" in page  # what the sheet says, beside the question again
    assert "Trần &lt;b&gt;B" in page
    found = {
        "outcome": "corrected",
        "rechecked_on": "26/10/2026",
        "finding": "có đồng hồ nước",
        "water": "piped",
    }
    response = ward.as_supervisor.post(settle, found, follow=True)
    assert "sửa theo kết quả phúc tra" in text(response)
    assert "Nước máy" in text(response)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.score.classification) == ("agreed", "near_poor")
    detail = text(ward.as_supervisor.get(reverse("sheet_detail", args=[sheet.pk])))
    assert "30/40 đồng ý" in detail
    assert "sửa theo kết quả phúc tra" in detail
    assert ward.as_viewer.get(settle).status_code == 403
    assert client_of(make_user("officer", ward.other)).get(settle).status_code == 404


def test_a_complaint_page_answers_a_bad_re_check_with_a_sentence(ward):
    sheet = ready(handed_in(ward), ward.supervisor)
    complaint = Complaint.objects.create(
        sheet=sheet, posting=sheet.posting, filed_on=date(2026, 10, 22), complainant="B", text="x", due_on=date(2026, 10, 27),
        questions=["water"],
    )  # fmt: skip
    type(sheet).objects.filter(pk=sheet.pk).update(state="contested")
    settle = reverse("complaint_settle", args=[complaint.pk])
    same = {"outcome": "corrected", "rechecked_on": "26/10/2026", "finding": "x", "water": "other"}
    response = ward.as_supervisor.post(settle, same)
    assert response.status_code == 422
    assert "Chưa sửa câu nào" in text(response)
    assert ward.as_supervisor.post(settle, {"outcome": "x", "water": "sông"}).status_code == 422


# Opinion, decision, certificates -----------------------------------------------------------------


def test_the_opinion_is_asked_and_answered_on_screen(ward):
    Round.objects.filter(pk=ward.round.pk).update(needs_opinion=True)
    sheet = ready(handed_in(ward), ward.supervisor)
    url = reverse("opinion_create", args=[ward.round.pk])
    assert "1 hộ" in text(ward.as_supervisor.get(url))
    data = {"letter_number": "12/BC-UBND", "sent_on": "26/10/2026", "request_id": str(uuid4())}
    ward.as_supervisor.post(url, data)
    opinion = Opinion.objects.get()
    assert opinion.due_on == date(2026, 11, 2)
    detail = reverse("opinion_detail", args=[opinion.pk])
    answer = {"answer": "asks_review", "answer_number": "7", "answered_on": "29/10/2026"}
    assert "Chọn những hộ" in text(ward.as_supervisor.post(detail, answer))
    ward.as_supervisor.post(detail, {**answer, "review": [sheet.pk, "x"]})
    sheet.refresh_from_db()
    assert sheet.state == "returned"
    assert ward.as_officer.get(url).status_code == 403


def decided(ward, **more):
    given = {
        "number": "05/QĐ-UBND",
        "date": "05/11/2026",
        "signer": "Lê Chủ Tịch",
        "request_id": str(uuid4()),
        **more,
    }
    url = reverse("decision_create", args=[ward.round.pk])
    given["seen"] = ward.as_chair.get(url, {"date": given["date"]}).context["seen"]
    return ward.as_chair.post(url, given, follow=True)


def test_certificates_are_issued_reissued_and_revoked_on_screen(ward):
    ready(handed_in(ward), ward.supervisor)
    decision = decided(ward).context["decision"]
    page = text(ward.as_supervisor.get(reverse("decision_detail", args=[decision.pk])))
    assert "Cấp giấy chứng nhận (1 hộ)" in page
    issue = reverse("certificate_issue", args=[decision.pk])
    assert ward.as_officer.get(issue).status_code == 403
    ward.as_supervisor.post(issue, {"issued_on": "06/11/2026", "suffix": "/GCN-UBND"})
    certificate = Certificate.objects.get()
    reissue = reverse("certificate_reissue", args=[certificate.pk])
    ward.as_supervisor.post(
        reissue, {"holder": "Nguyễn Thị Đào", "on": "08/11/2026", "suffix": "/GCN-UBND", "reason": "mất"}
    )
    assert ward.as_supervisor.get(reissue).status_code == 404  # revoked already
    second = Certificate.objects.get(replaces=certificate)
    ward.as_supervisor.post(
        reverse("certificate_revoke", args=[second.pk]), {"on": "09/11/2026", "reason": "hộ trả lại"}
    )
    register = text(ward.as_supervisor.get(reverse("certificate_list")))
    for word in ("1/GCN-UBND", "2/GCN-UBND", "thay giấy 1/GCN-UBND", "hộ trả lại"):
        assert word in register
    assert ward.as_viewer.get(reverse("certificate_list")).status_code == 403
    assert "Giấy chứng nhận hộ nghèo" in text(
        ward.as_officer.get(reverse("household_detail", args=[ward.household.pk]))
    )


def test_a_notice_is_proposed_with_the_reasons_of_the_sheet(ward):
    sheet = ready(handed_in(ward, lacking=0, income_score=200), ward.supervisor)
    decided(ward)
    url = reverse("notice_create", args=[sheet.listing_id])
    assert "200" in text(ward.as_supervisor.get(url))
    ward.as_supervisor.post(
        url, {"number": "9/TB-UBND", "issued_on": "06/11/2026", "reasons": "B1 200 > 175"}
    )
    assert Notice.objects.get().reasons == "B1 200 > 175"


def test_everybody_who_is_not_recognised_is_told_at_once(ward):
    for _ in range(3):
        ready(handed_in(ward, make_household(ward.group), lacking=0, income_score=200), ward.supervisor)
    ready(handed_in(ward), ward.supervisor)
    decision = decided(ward).context["decision"]
    assert "Thông báo trả lời (3 hộ)" in text(
        ward.as_supervisor.get(reverse("decision_detail", args=[decision.pk]))
    )
    url = reverse("notice_all", args=[decision.pk])
    ward.as_supervisor.post(url, {"first": "27", "suffix": "/TB-UBND", "issued_on": "06/11/2026"})
    assert sorted(Notice.objects.values_list("number", flat=True)) == [
        "27/TB-UBND",
        "28/TB-UBND",
        "29/TB-UBND",
    ]
    assert all("200" in reasons for reasons in Notice.objects.values_list("reasons", flat=True))
    again = ward.as_supervisor.post(url, {"first": "30", "suffix": "/TB-UBND", "issued_on": "06/11/2026"})
    assert "đã có giấy chứng nhận hoặc thông báo" in text(again)
    assert ward.as_officer.get(url).status_code == 403


def test_a_decision_says_who_came_on_the_list_stayed_and_left(ward):
    for was, lacking, income_score in (
        (None, 3, 100),
        ("poor", 1, 100),
        ("near_poor", 0, 200),
        (None, 0, 200),
    ):
        household = make_household(ward.group)
        if was:
            make_status(household, was, date(2025, 12, 10))
        ready(handed_in(ward, household, lacking=lacking, income_score=income_score), ward.supervisor)
    page = decided(ward)
    assert page.context["moved"] == {"entering": 1, "staying": 1, "leaving": 1, "neither": 1}
    assert "1 hộ vào, 1 hộ ở lại, 1 hộ ra khỏi danh sách" in text(page)


def test_a_decision_is_corrected_by_another_that_names_it(ward):
    ready(handed_in(ward), ward.supervisor)
    decision = decided(ward).context["decision"]
    url = reverse("decision_correct", args=[decision.pk])
    data = {
        "household": ward.household.pk, "classification": "near_poor", "reason": "", "number": "06/QĐ-UBND", "date": "09/11/2026",
        "signer": "Lê Chủ Tịch", "request_id": str(uuid4()),
    }  # fmt: skip
    assert ward.as_chair.post(url, data).status_code == 422
    response = ward.as_chair.post(url, {**data, "reason": "đếm nhầm"}, follow=True)
    assert "đính chính Quyết định 05/QĐ-UBND" in text(response)
    assert "Được đính chính" in text(ward.as_chair.get(reverse("decision_detail", args=[decision.pk])))
    assert ward.as_supervisor.get(url).status_code == 403
    assert (
        ward.as_chair.get(reverse("decision_correct", args=[make_decision_elsewhere().pk])).status_code == 404
    )


def make_decision_elsewhere():
    return make_status(make_household(), "poor", date(2025, 12, 10)).decision


# Every page -------------------------------------------------------------------------------------


def test_the_pages_stay_within_their_queries_however_many_households(ward, django_assert_max_num_queries):
    for _ in range(6):
        ready(handed_in(ward, make_household(ward.group)), ward.supervisor)
        approve(handed_in(ward, make_household(ward.group)), ward.supervisor)
        agree(approve(handed_in(ward, make_household(ward.group)), ward.supervisor))
        make_listing(ward.round, make_household(ward.group))
    group, round_ = ward.group.pk, ward.round.pk
    Round.objects.filter(pk=round_).update(needs_opinion=True)
    for name, args in (
        ("round_list", []), ("round_detail", [round_]), ("round_households", [round_]), ("request_list", []),
        ("meeting_create", [round_, group]), ("meeting_detail", [Meeting.objects.first().pk]),
        ("posting_create", [round_, group]), ("posting_detail", [Posting.objects.first().pk]),
        ("opinion_create", [round_]), ("certificate_list", []),
    ):  # fmt: skip
        with django_assert_max_num_queries(14):
            assert ward.as_supervisor.get(reverse(name, args=args)).status_code == 200, name


def test_reading_a_list_of_the_season_leaves_a_trace(ward):
    ready(handed_in(ward), ward.supervisor)
    ward.as_supervisor.get(reverse("posting_detail", args=[Posting.objects.get().pk]))
    assert Event.objects.filter(act="household.list", record_name__startswith="Niêm yết").exists()
