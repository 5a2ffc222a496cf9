"""The yearly report in words as it is handed out: who may have it, what it says of the review, what the trail keeps."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from households.actions import decisions, templates, years
from households.models import Complaint, Meeting, Opinion, Posting, Remark
from households.reports import freeze
from tests.factories import make_user, make_ward
from tests.households.documents import word
from tests.households.factories import (
    agree,
    approve,
    make_household,
    make_round,
    make_sheet,
    post,
    submit,
)
from tests.households.reports.factories import make_total
from tests.households.views.conftest import client_of
from thanhsen.models import Event

YEAR = 2026


def address(ward, year=YEAR, query=""):
    return reverse("report_narrative", args=[year, ward.area.pk]) + query


def text_of(response) -> str:
    assert response.status_code == 200, response.status_code
    return word.everything(response.content)


@pytest.fixture
def counted(ward):
    """Every tổ dân phố has its totals, so that no check fails."""
    for each in (ward.group, ward.other):
        make_total(each, YEAR, 200, 800)
    return ward


def surveyed(ward, lacking, household=None):
    household = household or make_household(ward.group)
    sheet = approve(submit(make_sheet(ward.round, household, ward.officer, lacking, 100), ward.officer), ward.supervisor)  # fmt: skip
    return post(agree(sheet))


def test_it_is_a_word_file_and_leaves_its_event(counted):
    response = counted.as_supervisor.get(address(counted))
    text = text_of(response)
    assert response["Cache-Control"] == "no-store"
    assert (
        f'filename="bao-cao-ket-qua-{counted.area.code}-nam-2026-chinh-thuc.docx"'
        in response["Content-Disposition"]
    )
    assert "Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2026 (chính thức)" in text
    assert "- Sở Nông nghiệp và Môi trường tỉnh Hà Tĩnh." in text
    event = Event.objects.get(act="document.export")
    assert event.reason == "Báo cáo kết quả rà soát hộ nghèo, hộ cận nghèo"
    assert event.record_name == "Phường Thành Sen, năm 2026 (chính thức)"
    assert event.records == [counted.area.pk]


def test_the_preliminary_report_counts_what_the_sheets_propose(counted):
    surveyed(counted, 3, counted.household)
    official = text_of(counted.as_supervisor.get(address(counted, query="?confirm=1")))
    assert "0 hộ nghèo (0 nhân khẩu)" in official
    assert "chưa có quyết định công nhận: số liệu chính thức chưa gồm kết quả của đợt này" in official
    response = counted.as_supervisor.get(address(counted, query="?loai=so-bo&confirm=1"))
    preliminary = text_of(response)
    assert "năm 2026 (sơ bộ)" in preliminary
    assert "1 hộ nghèo (1 nhân khẩu), tỷ lệ 0,25 %" in preliminary
    assert "chưa gồm kết quả" not in preliminary
    assert "nam-2026-so-bo.docx" in response["Content-Disposition"]


def test_it_tells_how_the_review_was_carried_out(counted):
    sheets = [surveyed(counted, 3, counted.household), surveyed(counted, 1)]
    Remark.objects.create(sheet=sheets[0], text="Xem lại", by=counted.supervisor)
    posting = sheets[1].posting
    Complaint.objects.create(
        sheet=sheets[1], posting=posting, filed_on=date(2026, 10, 22), complainant="Hồ A", text="Chưa đúng",
        due_on=date(2026, 10, 27), outcome="upheld", rechecked_on=date(2026, 10, 23),
        rechecked_by=counted.supervisor, finding="Đúng như phiếu",
    )  # fmt: skip
    Opinion.objects.create(
        round=counted.round, letter_number="9/BC-UBND", sent_on=date(2026, 11, 2), due_on=date(2026, 11, 9),
        answer="agreed", answer_number="77/UBND", answered_on=date(2026, 11, 5),
    )  # fmt: skip
    decisions.decide_round(by=counted.chair, round_=counted.round, number="5/QĐ-UBND", date=date(2026, 12, 5), signer="Trần Văn Ổn")  # fmt: skip
    meetings, postings = Meeting.objects.count(), Posting.objects.count()
    text = text_of(counted.as_supervisor.get(address(counted, query="?confirm=1")))
    for each in (
        f"{counted.round.name}: từ ngày 01/09/2026",
        "Thu thập thông tin, chấm điểm (Phiếu B) 2 hộ; 1 phiếu được trả lại",
        f"Tổ chức {meetings} cuộc họp tại 1 tổ dân phố ngày 20/10/2026",
        f"Niêm yết công khai {postings} danh sách từ ngày 21/10/2026 đến ngày 23/10/2026.",
        "Tiếp nhận 1 khiếu nại (giữ nguyên kết quả: 1).",
        "Báo cáo số 09/BC-UBND ngày 02/11/2026 xin ý kiến của tỉnh; tỉnh trả lời tại Văn bản số 77/UBND ngày 05/11/2026: thống nhất.",
        "Quyết định số 05/QĐ-UBND ngày 05/12/2026 công nhận kết quả rà soát của 2 hộ.",
        "Trần Văn Ổn",
    ):
        assert each in text
    assert "Chưa có quyết định" not in text
    assert "Nguyễn Thị Đào" not in text  # nobody's name but the signer's


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, "chưa có văn bản trả lời (hạn 09/11/2026)"),
        ({"answer": "no_answer", "answered_on": date(2026, 11, 10), "answer_note": "Quá hạn"}, "quá hạn 09/11/2026 không có văn bản trả lời"),
    ],
)  # fmt: skip
def test_an_opinion_without_an_answer(counted, answer, told):
    Opinion.objects.create(round=counted.round, letter_number="9/BC", sent_on=date(2026, 11, 2), due_on=date(2026, 11, 9), **answer)  # fmt: skip
    assert told in text_of(counted.as_supervisor.get(address(counted)))


def test_a_round_of_nothing_says_what_is_not_done_yet(counted):
    make_round(counted.area, year=2026, kind="regular", name="Tháng 3", starts_on=date(2026, 3, 15), ends_on=date(2026, 3, 20), decide_by=date(2026, 3, 28), needs_opinion=False)  # fmt: skip
    text = text_of(counted.as_supervisor.get(address(counted)))
    for each in (
        "Chưa có phiếu rà soát (Phiếu B) nào được nộp.", "Chưa tổ chức họp tổ dân phố.", "Chưa niêm yết kết quả.",
        "Chưa có quyết định công nhận kết quả rà soát định kỳ.", "Trong năm có 1 đợt rà soát thường xuyên.",
    ):  # fmt: skip
        assert each in text


def test_a_failing_check_is_said_before_the_download(ward):
    response = ward.as_supervisor.get(address(ward))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Còn 2 tổ dân phố chưa nhập tổng số hộ" in page
    assert f'{address(ward)}?confirm=1">Vẫn tải về' in page
    assert not Event.objects.filter(act="document.export").exists()
    assert "[Mẫu 1, S" in text_of(ward.as_supervisor.get(address(ward, query="?confirm=1")))
    preliminary = ward.as_supervisor.get(address(ward, query="?loai=so-bo")).content.decode()
    assert "?confirm=1&amp;loai=so-bo" in preliminary


def test_who_may_have_it(counted):
    """It holds small counts, and of a part of the ward there is none."""
    for client in (counted.as_supervisor, counted.as_chair, counted.as_admin):
        assert client.get(address(counted)).status_code == 200
    assert counted.as_officer.get(address(counted)).status_code == 404
    assert counted.as_viewer.get(address(counted)).status_code == 403
    assert "số nhỏ hơn 5" in counted.as_viewer.get(address(counted)).content.decode()
    assert client_of(make_user("supervisor", make_ward())).get(address(counted)).status_code == 404
    assert Client().get(address(counted)).status_code in {302, 401}
    assert counted.as_supervisor.post(address(counted)).status_code == 405
    part = reverse("report_narrative", args=[YEAR, counted.group.pk])
    assert counted.as_supervisor.get(part).status_code == 404
    assert counted.as_supervisor.get(reverse("report_narrative", args=[YEAR, counted.area.parent_id])).status_code == 404  # fmt: skip


@pytest.mark.parametrize("year", [2021, 0, 99_999_999])
def test_a_year_that_has_no_standard(counted, year):
    response = counted.as_supervisor.get(address(counted, year))
    assert response.status_code == 400
    assert "chưa nạp chuẩn nghèo" in response.content.decode()


def test_the_reports_page_offers_it_to_those_who_may_have_it(counted):
    def offered(client, area):
        page = client.get(reverse("report_index"), {"nam": YEAR, "dia_ban": area.pk}).content.decode()
        return "Báo cáo lời văn (Word)" in page and address(counted) in page

    assert offered(counted.as_supervisor, counted.area)
    assert not offered(counted.as_supervisor, counted.group)
    assert not offered(counted.as_officer, counted.group)
    assert not offered(counted.as_viewer, counted.area)


def test_an_admin_may_put_another_template_in_its_place(counted):
    own = word.made(
        "Phường ta có {{ so_ho_ngheo }} hộ nghèo.",
        rows=[["{%tr for c in bang_thieu_hut %}"], ["{{ c.ten }}: {{ c.ho_ngheo }}"], ["{%tr endfor %}"]],
    )
    templates.upload_template(
        by=make_user("admin"), kind="yearly_report", ward=counted.area, content=own, file_name="mau.docx"
    )
    text = text_of(counted.as_supervisor.get(address(counted)))
    assert text.startswith("Phường ta có 0 hộ nghèo.")
    assert "Bảo hiểm y tế: 0" in text


def test_the_catalogue_is_on_the_page_of_templates(counted):
    page = counted.as_admin.get(reverse("template_detail", args=["yearly_report"])).content.decode()
    assert "bang_so_sanh" in page
    assert "tăng (+), giảm (-) điểm phần trăm, tính từ tỷ lệ chưa làm tròn" in page
    assert counted.as_admin.get(reverse("template_default_preview", args=["yearly_report"])).status_code == 200  # fmt: skip


def test_a_version_of_a_closed_year_may_be_asked_for(counted):
    years.close_year(by=counted.chair, ward=counted.area, year=YEAR, reason="báo cáo 45", today=date(2027, 1, 5), freeze=freeze)  # fmt: skip
    response = counted.as_supervisor.get(address(counted, query="?phien-ban=1"))
    assert text_of(response) == text_of(counted.as_supervisor.get(address(counted)))
    assert "nam-2026-chinh-thuc-phien-ban-1.docx" in response["Content-Disposition"]
    assert Event.objects.filter(act="document.export").latest("pk").record_name.endswith(", phiên bản 1")
    for version in ("2", "x", "9999"):
        assert counted.as_supervisor.get(address(counted, query=f"?phien-ban={version}")).status_code == 404


def test_the_answer_takes_the_same_queries_for_many_households(counted, django_assert_max_num_queries):
    counted.as_supervisor.get(address(counted))  # the first request of a session stamps it
    for _ in range(3):
        surveyed(counted, 3)
    with django_assert_max_num_queries(36):
        text_of(counted.as_supervisor.get(address(counted, query="?loai=so-bo&confirm=1")))
