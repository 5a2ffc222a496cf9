"""Points tables, Phiếu A and two standards on screen."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from households.exchange import points as exchange
from households.models import Listing, PointsTable, Request, Score, Sheet
from households.reports import standards
from tests.factories import make_user
from tests.households.factories import make_household, make_listing, make_round, make_sheet, submit
from tests.households.tables import ITEMS, QUESTIONS, SYNTHETIC, make_table
from tests.households.views.conftest import client_of
from tests.households.views.test_sheet_pages import posted
from tests.taken import REASON, lines_of

FROM = date(2026, 9, 1)


def text(response) -> str:
    return response.content.decode()


def upload(data: bytes | None = None, **more):
    content = exchange.write("income_points", ITEMS) if data is None else data
    given = {
        "kind": "income_points",
        "standard_id": "2022-2026",
        "title": SYNTHETIC,
        "source": "nguồn giả, trang 0",
        **more,
    }
    return {**given, "file": SimpleUploadedFile("bang.xlsx", content)}


def test_an_admin_loads_another_compares_and_activates(ward):
    response = ward.as_admin.post(reverse("points_load"), upload(), follow=True)
    assert "3 mục" in text(response)
    table = PointsTable.objects.get()
    activate = reverse("points_activate", args=[table.pk])
    given = {"active_from": "01/09/2026", "compared": "on"}
    assert "cần một người khác" in text(ward.as_admin.post(activate, given))
    assert "Đèn thần" in text(ward.as_supervisor.get(activate))
    assert "Đánh dấu khi đã đối chiếu" in text(
        ward.as_supervisor.post(activate, {"active_from": "01/09/2026"})
    )
    ward.as_supervisor.post(activate, given)
    table.refresh_from_db()
    assert table.active_from == FROM
    assert ward.as_officer.get(reverse("points_detail", args=[table.pk])).status_code == 200
    assert ward.as_officer.get(activate).status_code == 403
    assert ward.as_officer.get(reverse("points_load")).status_code == 403
    again = ward.as_officer.get(reverse("points_download", args=[table.pk]))
    assert exchange.read("income_points", again.content).items == ITEMS


def test_a_bad_file_is_answered_with_its_cells_and_nothing_is_kept(ward):
    import openpyxl

    opened = openpyxl.load_workbook(io.BytesIO(exchange.write("income_points", ITEMS)))
    opened.worksheets[0]["I2"], opened.worksheets[0]["B4"] = "x", "<b>"
    stream = io.BytesIO()
    opened.save(stream)
    response = ward.as_admin.post(reverse("points_load"), upload(stream.getvalue()))
    assert response.status_code == 422
    page = text(response)
    assert "Ô I2" in page
    assert "Ô B4" in page
    assert "<b>" not in page.split("Ô B4")[1][:60]
    assert not PointsTable.objects.exists()


def test_a_table_nobody_activated_is_only_for_those_who_compare(ward):
    table = make_table()
    assert ward.as_officer.get(reverse("points_detail", args=[table.pk])).status_code == 404
    assert ward.as_supervisor.get(reverse("points_detail", args=[table.pk])).status_code == 200
    assert "Chờ đối chiếu" in text(ward.as_supervisor.get(reverse("points_list")))


def test_the_template_of_each_kind_is_there_and_a_withdrawal_wants_its_reason(ward):
    for kind in PointsTable.Kind.values:
        assert ward.as_admin.get(reverse("points_template", args=[kind])).status_code == 200
    assert ward.as_admin.get(reverse("points_template", args=["x"])).status_code == 404
    table = make_table(active_from=FROM)
    url = reverse("points_withdraw", args=[table.pk])
    assert ward.as_supervisor.post(url, {"reason": ""}).status_code == 422
    ward.as_supervisor.post(url, {"reason": "chép sai"})
    assert "Đã thu hồi" in text(ward.as_supervisor.get(reverse("points_list")))


# On the sheet ------------------------------------------------------------------------------------


@pytest.fixture
def sheet(ward):
    ward.as_officer.post(reverse("sheet_start", args=[ward.household.pk]), {"round": ward.round.pk})
    return Sheet.objects.get()


def with_items(sheet, table, **more):
    items = {"b1-size": "few", "b1-things": ["lamp", "carpet"], "b1-dragons": "2", "asked_table": table.pk}
    data = posted(sheet, 3, **{**items, **more})
    del data["income_score"]
    return data


def test_the_sheet_asks_the_items_and_shows_each_point(ward, sheet):
    edit = reverse("sheet_edit", args=[sheet.pk])
    assert "chưa có bảng điểm B1 chính thức" in text(ward.as_officer.get(edit))
    table = make_table(active_from=FROM)
    page = text(ward.as_officer.get(edit))
    assert "Số con rồng (giả)" in page
    assert 'name="income_score"' not in page
    live = ward.as_officer.post(edit, with_items(sheet, table), headers={"HX-Request": "true"})
    assert "70 điểm" in text(live)
    sheet.refresh_from_db()
    assert sheet.income_score == 160
    assert ward.as_officer.post(edit, with_items(sheet, table, do="submit")).status_code == 302
    detail = text(ward.as_supervisor.get(reverse("sheet_detail", args=[sheet.pk])))
    assert "Số con rồng (giả)" in detail
    assert "2 con" in detail


def test_a_page_opened_before_the_table_loses_nothing(ward, sheet):
    edit = reverse("sheet_edit", args=[sheet.pk])
    old = posted(sheet, 3, do="save")
    make_table(active_from=FROM)
    response = ward.as_officer.post(edit, old, follow=True)
    assert "Bảng điểm B1 áp dụng cho phiếu này vừa thay đổi" in text(response)
    sheet.refresh_from_db()
    assert sheet.answers["water"] == {"value": "other"}
    assert sheet.income_score is None


@pytest.mark.parametrize(
    "changes", [{"b1-size": "x"}, {"b1-dragons": "-1"}, {"b1-dragons": "hai"}, {"b1-things": ["x"]}]
)
def test_bad_answers_to_items_get_a_sentence(ward, sheet, changes):
    table = make_table(active_from=FROM)
    response = ward.as_officer.post(
        reverse("sheet_edit", args=[sheet.pk]), with_items(sheet, table, do="submit", **changes)
    )
    assert response.status_code == 422
    assert not Score.objects.exists()


# Phiếu A -----------------------------------------------------------------------------------------


@pytest.fixture
def check(ward):
    household = make_household(ward.group)
    asked = Request.objects.create(
        household=household,
        form="01",
        received_on=FROM,
        channel="counter",
        applicant="A",
        taken_in=ward.round,
    )
    listing = Listing.objects.create(round=ward.round, household=household, source="request", request=asked)
    return listing, reverse("quick_check", args=[listing.pk])


def test_without_a_table_phieu_a_asks_the_result_and_says_why(ward, check):
    assert "chưa được nạp Phiếu A chính thức" in text(ward.as_officer.get(check[1]))


def test_with_a_table_the_answers_propose_the_result(ward, check):
    make_table(QUESTIONS, "quick_check", active_from=FROM, title="Phiếu A GIẢ")
    listing, url = check
    page = text(ward.as_officer.get(url))
    assert "Hộ có lâu đài không (giả)" in page
    base = {"checked_on": f"{localdate():%d/%m/%Y}", "result": "checked"}
    assert "Chưa trả lời" in text(ward.as_officer.post(url, base))
    rich = {**base, "a-palace": "yes", "a-spells": ["none_of_them"]}
    assert "Theo các câu trả lời thì dừng. Ghi lý do" in text(ward.as_officer.post(url, rich))
    assert ward.as_officer.post(url, {**rich, "result": "stopped"}).status_code == 302
    listing.refresh_from_db()
    assert (listing.state, listing.check_reason) == ("stopped", "1. Hộ có lâu đài không (giả): Có lâu đài.")
    assert listing.check_answers["answers"] == {"palace": "yes", "spells": []}


# Two standards -----------------------------------------------------------------------------------


@pytest.fixture
def both(ward):
    """A round of two standards: who is in, out, the same, and not scored."""
    round_ = make_round(ward.area, 2025, advisory_standard_id="2027-2030")
    for income_score, lacking, income in (
        (100, 3, 1_000_000), (100, 3, 5_000_000), (200, 0, 900_000), (200, 0, 5_000_000), (100, 3, None),
    ):  # fmt: skip
        household = make_household(ward.group)
        make_listing(round_, household)
        submit(
            make_sheet(round_, household, ward.officer, lacking, income_score, per_capita_income=income),
            ward.officer,
        )
    return round_


def test_the_matrix_is_what_python_counts(ward, both):
    found = standards.compare(both, ward.supervisor)
    counted: dict = {}
    for sheet in Sheet.objects.filter(round=both).select_related("score"):
        advisory = Score.objects.filter(sheet=sheet, decides=False).order_by("-pk").first()
        then = (
            advisory.classification
            if advisory
            else (standards.NO_INCOME if sheet.per_capita_income is None else standards.NO_ANSWERS)
        )
        pair = (sheet.score.classification, then)
        counted[pair] = counted.get(pair, 0) + 1
    assert found.cells == counted
    assert found.total.total == sum(counted.values()) == 5


def test_every_number_leads_to_its_households(ward, both, django_assert_max_num_queries):
    url = reverse("two_standards", args=[both.pk])
    with django_assert_max_num_queries(12):
        page = text(ward.as_supervisor.get(url))
    assert "không quyết định phân loại của hộ nào" in page
    total = standards.compare(both, ward.supervisor).total
    for what in standards.CHANGES:
        shown = ward.as_supervisor.get(url, {"doi": what}).context["page"]
        assert shown.paginator.count == total.counts[what], what
    assert ward.as_supervisor.get(url, {"nay": "<b>", "moi": "x", "to": "y"}).status_code == 200


def test_who_sees_two_standards(ward, both):
    url = reverse("two_standards", args=[both.pk])
    assert ward.as_viewer.get(url).status_code == 403
    assert client_of(make_user("officer", ward.other)).get(url).context["found"].total.total == 0
    assert ward.as_supervisor.get(reverse("two_standards", args=[ward.round.pk])).status_code == 404
    assert client_of(make_user("supervisor", make_household().area.parent)).get(url).status_code == 404


def test_the_households_by_two_standards_are_taken_away(ward, both):
    url = reverse("compared_export", args=[both.pk])
    total = standards.compare(both, ward.supervisor).total
    lines = lines_of(ward.as_supervisor.post(url, {"reason": REASON}))
    assert len(lines) == total.total
    for what in standards.CHANGES:
        if total.counts[what]:
            taken = lines_of(ward.as_supervisor.post(f"{url}?doi={what}", {"reason": REASON}))
            assert len(taken) == total.counts[what]
    assert ward.as_viewer.get(url).status_code == 403
    assert ward.as_supervisor.get(reverse("compared_export", args=[ward.round.pk])).status_code == 404
