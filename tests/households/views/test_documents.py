"""Papers handed out from the pages of the season: what they say, who may have them, what the trail keeps."""

from datetime import date

import pytest
from django.urls import reverse

from households.actions import certificates, decisions
from households.documents import context
from households.documents.kinds import KINDS
from households.models import Certificate, Decision, Listing, Meeting, Notice, Opinion, Posting
from households.views.documents import FOR_CERTIFICATES
from tests.factories import make_user
from tests.households.documents import word
from tests.households.factories import (
    agree,
    approve,
    make_household,
    make_member,
    make_sheet,
    make_status,
    post,
    submit,
)
from tests.households.views.conftest import client_of
from thanhsen.models import Event

DECIDED, TODAY = date(2026, 12, 5), date(2026, 12, 20)
RESULTS = {"poor": (3, 100), "near_poor": (1, 100), "not_poor": (0, 200)}  # indicators lacking, B1


def surveyed(ward, result, household=None):
    household = household or make_household(ward.group)
    lacking, income_score = RESULTS[result]
    sheet = submit(make_sheet(ward.round, household, ward.officer, lacking, income_score), ward.officer)
    return post(agree(approve(sheet, ward.supervisor)))


@pytest.fixture
def decided(ward):
    """A poor household with a child, a near-poor one and one that is neither, decided, certified and told."""
    make_member(
        ward.household,
        full_name="Nguyễn Văn Ẩn",
        birth_year=2016,
        education="",
        work="",
        schooling="primary",
        undernourished=False,
    )
    ward.sheets = [
        surveyed(ward, "poor", ward.household), surveyed(ward, "near_poor"), surveyed(ward, "not_poor"),
    ]  # fmt: skip
    ward.decision = decisions.decide_round(
        by=ward.chair, round_=ward.round, number="5/QĐ-UBND", date=DECIDED, signer="Trần Văn Ổn"
    )
    ward.certificates = certificates.issue_certificates(
        by=ward.supervisor,
        decision=ward.decision,
        issued_on=date(2026, 12, 8),
        suffix="/GCN-UBND",
        today=TODAY,
    )
    told = ward.sheets[2]
    ward.notice = certificates.notify(
        by=ward.supervisor, listing=told.listing, number="7/TB-UBND", issued_on=date(2026, 12, 8),
        reasons="Điểm B1 là 200.\n\nKhông thiếu hụt chỉ số nào.", today=TODAY,
    )  # fmt: skip
    return ward


def fetched(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.status_code
    assert response["Cache-Control"] == "no-store"
    return response


def exported(name):
    event = Event.objects.filter(act="document.export").latest("pk")
    assert event.reason == name
    return event


def test_the_minutes_of_a_meeting(decided):
    meeting = Meeting.objects.filter(votes__sheet=decided.sheets[0]).get()
    response = fetched(decided.as_officer, "meeting_document", meeting.pk)
    assert 'filename="bien-ban-hop-2026-10-20-' in response["Content-Disposition"]
    text = word.everything(response.content)
    assert "Hôm nay, ngày 20 tháng 10 năm 2026, tại Nhà văn hoá" in text
    assert word.tables(response.content)[1][1] == ["1", "Nguyễn Thị Đào", "Hộ nghèo", "30", "40", "Đạt", ""]
    assert exported("Biên bản họp tổ dân phố").records == [decided.sheets[0].pk]


def test_the_posted_list_says_four_things_of_a_household(decided):
    posting = Posting.objects.filter(lines__sheet=decided.sheets[0]).get()
    response = fetched(decided.as_officer, "posting_document", posting.pk)
    assert word.tables(response.content)[1][1] == [
        "1",
        "Nguyễn Thị Đào",
        decided.group.name,
        "Hộ nghèo",
        "Vào danh sách",
    ]
    text = word.everything(response.content)
    assert "từ ngày 21/10/2026 đến hết ngày 23/10/2026" in text
    assert "042180001234" not in text
    assert decided.household.code not in text
    assert exported("Danh sách niêm yết").records == [decided.sheets[0].pk]


def test_the_report_to_the_province(ward):
    sheets = [surveyed(ward, "poor", ward.household), surveyed(ward, "near_poor")]
    ward.round.needs_opinion = True
    ward.round.save(update_fields=["needs_opinion"])
    opinion = Opinion.objects.create(
        round=ward.round, letter_number="9/BC-UBND", sent_on=date(2026, 11, 2), due_on=date(2026, 11, 9)
    )
    for each in sheets:
        each.opinion, each.state = opinion, "reported"
        each.save(update_fields=["opinion", "state"])
    response = fetched(ward.as_supervisor, "opinion_document", opinion.pk)
    head, by_group, _, lines = word.tables(response.content)
    assert "Số: 09/BC-UBND" in head[1][0]
    assert by_group[1] == ["1", ward.group.name, "2", "1", "1", "0", "0"]
    assert [each[5] for each in lines[1:]] in (["Hộ nghèo", "Hộ cận nghèo"], ["Hộ cận nghèo", "Hộ nghèo"])
    assert "2 hộ, 2 nhân khẩu: 1 hộ nghèo (1 nhân khẩu), 1 hộ cận nghèo" in word.everything(response.content)
    assert sorted(exported("Báo cáo xin ý kiến tỉnh").records) == sorted(each.pk for each in sheets)
    assert (
        "Tải báo cáo (Word)"
        in ward.as_supervisor.get(reverse("opinion_detail", args=[opinion.pk])).content.decode()
    )


def test_a_part_of_the_ward_is_not_handed_out_as_the_whole(decided):
    """Who has one tổ dân phố would get a shorter list under the same number."""
    assert decided.as_officer.get(reverse("decision_document", args=[decided.decision.pk])).status_code == 404
    page = decided.as_officer.get(reverse("decision_detail", args=[decided.decision.pk])).content.decode()
    assert "Tải quyết định (Word)" not in page


def test_a_decision_with_its_list(decided):
    response = fetched(decided.as_chair, "decision_document", decided.decision.pk)
    assert 'filename="quyet-dinh-5-QD-UBND.docx"' in response["Content-Disposition"]
    text = word.everything(response.content)
    assert "Số: 05/QĐ-UBND" in text
    assert "Thành Sen, ngày 05 tháng 12 năm 2026" in text
    assert "của 3 hộ, 4 nhân khẩu: 1 hộ nghèo (2 nhân khẩu), 1 hộ cận nghèo (1 nhân khẩu)" in text
    assert "Trần Văn Ổn" in text
    assert "Nghị định 351/2025/NĐ-CP" in text
    assert len(word.tables(response.content)[-1]) == 4
    assert len(exported("Quyết định kèm danh sách").records) == 3


def test_a_decision_cites_no_decree_of_a_later_day(ward):
    for day, cited in ((date(2025, 5, 29), False), (date(2026, 5, 29), True)):
        status = make_status(make_household(ward.group), "poor", day)
        text = word.everything(fetched(ward.as_chair, "decision_document", status.decision_id).content)
        assert "Nghị định 07/2021/NĐ-CP" in text
        assert ("Nghị định 351/2025/NĐ-CP" in text) is cited


def test_a_correction_names_the_decision_it_corrects(decided):
    made = decisions.correct_decision(
        by=decided.chair, decision=decided.decision, changes={decided.household.pk: "near_poor"}, number="9/QĐ-UBND",
        date=date(2026, 12, 12), signer="Trần Văn Ổn", reason="nhập nhầm điểm B1",
    )  # fmt: skip
    text = word.everything(fetched(decided.as_chair, "decision_document", made.pk).content)
    assert "Đính chính Quyết định số 05/QĐ-UBND ngày 05 tháng 12 năm 2026" in text
    assert "nhập nhầm điểm B1" in text
    assert "Công nhận kết quả" not in text


def test_a_certificate_lists_the_people_of_the_sheet(decided):
    make_member(decided.household, full_name="Người Đến Sau")
    certificate = Certificate.objects.get(household=decided.household)
    response = fetched(decided.as_officer, "certificate_document", certificate.pk)
    text = word.everything(response.content)
    assert "GIẤY CHỨNG NHẬN HỘ NGHÈO" in text
    assert f"0{certificate.serial}/GCN-UBND" in text
    assert "Là hộ nghèo từ ngày 05/12/2026, theo Quyết định số 05/QĐ-UBND ngày 05 tháng 12 năm 2026" in text
    assert [each[1:] for each in word.tables(response.content)[1][1:]] == [
        ["Nguyễn Thị Đào", "Chủ hộ", "Nữ", "1980"], ["Nguyễn Văn Ẩn", "Con đẻ", "Nam", "2016"],
    ]  # fmt: skip
    assert "042180001234" not in text
    assert exported("Giấy chứng nhận").record_id == certificate.pk


def test_certificates_as_pdf(decided):
    certificate = Certificate.objects.get(household=decided.household)
    one = fetched(decided.as_supervisor, "certificate_pdf", certificate.pk)
    assert one.content.startswith(b"%PDF")
    assert "giay-chung-nhan-2026-" in one["Content-Disposition"]
    everybody = fetched(decided.as_supervisor, "decision_certificates_pdf", decided.decision.pk)
    assert b"/Type/Pages/Count 2/" in everybody.content
    assert sorted(exported("Giấy chứng nhận").records) == sorted(each.pk for each in decided.certificates)


def test_a_revoked_certificate_is_printed_no_more(decided):
    for each in decided.certificates:
        certificates.revoke_certificate(
            by=decided.supervisor, certificate=each, on=date(2026, 12, 10), reason="rách", today=TODAY
        )
    pk = decided.certificates[0].pk
    for name, key in (
        ("certificate_pdf", pk), ("certificate_document", pk), ("decision_certificates_pdf", decided.decision.pk),
    ):  # fmt: skip
        assert decided.as_supervisor.get(reverse(name, args=[key])).status_code == 404


def test_a_certificate_that_replaces_another_says_so(decided):
    old = Certificate.objects.get(household=decided.household)
    made = certificates.reissue_certificate(
        by=decided.supervisor, certificate=old, holder="Nguyễn Thị Đào", on=date(2026, 12, 10), suffix="/GCN-UBND",
        reason="mất giấy", today=TODAY,
    )  # fmt: skip
    text = word.everything(fetched(decided.as_officer, "certificate_document", made.pk).content)
    assert f"thay giấy số 0{old.serial}/GCN-UBND" in text


def test_a_notice_says_each_reason(decided):
    text = word.everything(fetched(decided.as_officer, "notice_document", decided.notice.pk).content)
    assert "Số: 07/TB-UBND" in text
    assert "Kết quả theo Quyết định số 05/QĐ-UBND ngày 05 tháng 12 năm 2026: Không nghèo." in text
    assert "1. Điểm B1 là 200.\n2. Không thiếu hụt chỉ số nào." in text
    assert exported("Thông báo không được công nhận").record_id == decided.notice.pk


def test_a_notice_to_a_household_stopped_at_phieu_a(ward):
    listing = Listing.objects.get(household=ward.household)
    Listing.objects.filter(pk=listing.pk).update(
        state="stopped",
        checked_on=date(2026, 10, 1),
        checked_by=ward.officer,
        check_reason="Hộ có lương hưu.",
    )
    listing.refresh_from_db()
    notice = certificates.notify(
        by=ward.supervisor, listing=listing, number="12/TB-UBND", issued_on=date(2026, 10, 2),
        reasons="Hộ có lương hưu.", today=TODAY,
    )  # fmt: skip
    text = word.everything(fetched(ward.as_officer, "notice_document", notice.pk).content)
    assert "Kết quả: dừng ở Phiếu A, không lập Phiếu B." in text


def addresses(ward):
    return [
        reverse("meeting_document", args=[Meeting.objects.filter(votes__sheet=ward.sheets[0]).get().pk]),
        reverse("posting_document", args=[Posting.objects.filter(lines__sheet=ward.sheets[0]).get().pk]),
        reverse("decision_document", args=[ward.decision.pk]),
        reverse("decision_certificates_pdf", args=[ward.decision.pk]),
        reverse("certificate_document", args=[ward.certificates[0].pk]),
        reverse("certificate_pdf", args=[ward.certificates[0].pk]),
        reverse("notice_document", args=[ward.notice.pk]),
    ]


def test_strangers_and_those_without_the_right_get_nothing(decided):
    elsewhere = client_of(make_user("officer", decided.other))
    for url in addresses(decided):
        assert elsewhere.get(url).status_code == 404, url
        assert decided.as_viewer.get(url).status_code == 403, url
        assert decided.as_admin.get(url).status_code == 403, url
        assert decided.as_supervisor.post(url).status_code == 405, url
    assert not Event.objects.filter(act="document.export").exists()


def test_the_pages_of_the_season_link_to_their_papers(decided):
    links = {
        "meeting_detail": (
            Meeting.objects.filter(votes__sheet=decided.sheets[0]).get().pk,
            "meeting_document",
        ),
        "posting_detail": (
            Posting.objects.filter(lines__sheet=decided.sheets[0]).get().pk,
            "posting_document",
        ),
        "decision_detail": (decided.decision.pk, "decision_document"),
    }
    for page, (pk, name) in links.items():
        assert (
            reverse(name, args=[pk]) in decided.as_supervisor.get(reverse(page, args=[pk])).content.decode()
        )
    register = decided.as_supervisor.get(reverse("certificate_list") + "?nam=2026").content.decode()
    assert reverse("certificate_pdf", args=[decided.certificates[0].pk]) in register
    told = decided.sheets[2].household
    page = decided.as_officer.get(reverse("household_detail", args=[told.pk])).content.decode()
    assert reverse("notice_document", args=[decided.notice.pk]) in page


def test_papers_take_the_same_queries_for_many_households(decided, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        context.of_decision(
            Decision.objects.select_related("ward__parent", "round", "corrects").get(pk=decided.decision.pk)
        )
    with django_assert_max_num_queries(2):
        context.of_certificates(Certificate.objects.select_related(*FOR_CERTIFICATES))
    assert set(KINDS) == {
        "minutes",
        "posting",
        "province_report",
        "decision",
        "certificate",
        "refusal",
        "yearly_report",
        "plan",
    }
    assert Notice.objects.count() == 1
