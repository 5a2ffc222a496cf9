"""The forms on screen and as a download: who may, what is said, what is recorded."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from tests.factories import make_group, make_user, make_ward
from tests.taken import REASON, lines_of
from thanhsen.models import Event

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def supervisor(ward):
    return signed_in(make_user("supervisor", ward.area))


def page(form, area, year=2025):
    return reverse("report_form", args=[form, year, area.pk])


def download(form, area, year=2025):
    return reverse("report_download", args=[form, year, area.pk])


def test_the_index_lists_the_forms_and_names_missing_totals(ward, supervisor):
    make_group(ward.area, name="Tổ dân phố 11")
    response = supervisor.get(reverse("report_index"), {"nam": "2025"})
    assert response.context["area"] == ward.area
    assert (
        "Còn 1 tổ dân phố chưa nhập tổng số hộ, nhân khẩu năm 2025 (Tổ dân phố 11)"
        in response.content.decode()
    )
    assert page(7, ward.area) in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [{"nam": "1"}, {"nam": "²²²²"}, {"nam": "2025", "dia_ban": "0"}, {"nam": "2025", "dia_ban": "' --"}],
)
def test_a_wrong_choice_is_said(ward, supervisor, query):
    response = supervisor.get(reverse("report_index"), query)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_nobody_without_areas_is_told_what_to_do(ward):
    response = signed_in(make_user("officer")).get(reverse("report_index"))
    assert "Chưa có địa bàn nào để báo cáo" in response.content.decode()


@pytest.mark.parametrize("form", [*range(1, 10), 11, 12, 13])
def test_each_form_is_shown(ward, supervisor, form):
    response = supervisor.get(page(form, ward.area))
    assert response.status_code == 200
    assert "Cột kiểm tra: khớp" in response.content.decode()


def test_numbers_are_printed_as_vietnamese_write_them(ward, supervisor):
    text = supervisor.get(page(1, ward.area)).content.decode()
    assert f'<td class="num"><a href="{reverse("totals", args=[2025])}">1.280</a></td>' in text
    opens = reverse("report_households", args=[1, 2025, ward.area.pk])
    assert f'<a href="{opens}?dong={ward.one.pk}&amp;cot=poor">0,63</a>' in text


def test_the_download_is_the_workbook_and_leaves_an_event(ward, supervisor):
    response = supervisor.get(download(2, ward.area))
    assert response["Content-Disposition"] == 'attachment; filename="mau-02-18073-2025.xlsx"'
    assert load_workbook(io.BytesIO(response.content)).active["M10"].value.startswith("=L10-")
    event = Event.objects.get(act="report.export")
    assert (event.area, event.after["form"], event.after["year"], event.after["failing_cells"]) == (
        ward.area,
        2,
        2025,
        [],
    )


def test_a_failing_check_is_said_before_the_download(ward, supervisor):
    make_group(ward.area, name="Tổ dân phố 11")
    response = supervisor.get(download(1, ward.area))
    text = response.content.decode()
    assert response.status_code == 409
    assert "Ô S15. Còn 1 tổ dân phố" in text
    assert f'{download(1, ward.area)}?confirm=1">Vẫn tải về' in text
    assert not Event.objects.filter(act="report.export").exists()
    assert supervisor.get(download(1, ward.area), {"confirm": "1"}).status_code == 200
    assert Event.objects.get(act="report.export").after["failing_cells"] == ["S15"]


def test_an_officer_sees_only_own_places(ward):
    officer = signed_in(make_user("officer", ward.one))
    assert officer.get(page(1, ward.one)).status_code == 200
    for other in (ward.area, ward.ten, make_group(make_ward())):
        assert officer.get(page(1, other)).status_code == 404
        assert officer.get(download(1, other)).status_code == 404
    assert [area.pk for area in officer.get(reverse("report_index"), {"nam": "2025"}).context["areas"]] == [
        ward.one.pk
    ]


def test_a_viewer_sees_no_small_count(ward):
    viewer = signed_in(make_user("viewer", ward.area))
    text = viewer.get(page(1, ward.area)).content.decode()
    assert "&lt;5" in text
    assert "Số nhỏ hơn 5 được thay" in text
    sheet = load_workbook(io.BytesIO(viewer.get(download(4, ward.area)).content)).active
    assert sheet["C8"].value == "<5"
    assert sheet["P8"].value is None
    assert Event.objects.get(act="report.export").after["small_counts_hidden"] is True


def test_a_viewer_of_a_ward_takes_no_table_of_one_place_from_that_of_the_ward(ward):
    """What the ward's form withholds beside a small count would stand on the form of the tổ dân phố."""
    viewer = signed_in(make_user("viewer", ward.area))
    for url in (page(1, ward.one), download(1, ward.one), reverse("measures", args=[2025, ward.one.pk])):
        assert viewer.get(url).status_code == 404
    chosen = viewer.get(reverse("report_index"), {"nam": "2025"}).context["areas"]
    assert [area.pk for area in chosen] == [ward.area.pk]
    assert signed_in(make_user("viewer", ward.one)).get(page(1, ward.one)).status_code == 200


def test_a_stranger_is_asked_to_sign_in(ward):
    assert Client().get(page(1, ward.area)).status_code in {302, 401}
    assert Client().get(download(1, ward.area)).status_code in {302, 401}


@pytest.mark.parametrize(
    ("form", "year", "status"), [(16, 2025, 404), (0, 2025, 404), (1, 2021, 400), (1, 99999999, 400)]
)
def test_a_form_or_year_that_does_not_exist(ward, supervisor, form, year, status):
    assert supervisor.get(page(form, ward.area, year)).status_code == status
    assert supervisor.get(download(form, ward.area, year)).status_code == status


def test_a_province_has_no_report(ward):
    viewer = signed_in(make_user("viewer", ward.area.parent))
    assert viewer.get(page(1, ward.area.parent)).status_code == 404
    assert viewer.get(page(1, ward.area)).status_code == 200


def test_reading_changes_nothing(ward, supervisor):
    assert supervisor.post(page(1, ward.area)).status_code == 405


@pytest.mark.parametrize("form", [1, 2, 4])
def test_queries_are_few_and_do_not_grow(ward, supervisor, django_assert_num_queries, form):
    supervisor.get(reverse("report_index"))  # the first request of a session stamps it
    with django_assert_num_queries(9):
        supervisor.get(page(form, ward.area))


def test_the_households_behind_a_number(ward, supervisor):
    opens = reverse("report_households", args=[1, 2025, ward.area.pk])
    response = supervisor.get(opens, {"dong": ward.one.pk, "cot": "poor"})
    assert response.context["counted"] == 2
    assert {each.area_id for each, _, _ in response.context["rows"]} == {ward.one.pk}
    assert response.context["column"] == "Hộ nghèo, Số hộ"
    assert Event.objects.get(act="household.list").records
    for query in ({"dong": "0", "cot": "poor"}, {"dong": "' --", "cot": "poor"}, {}):
        assert supervisor.get(opens, query).status_code == 404
    assert supervisor.get(opens, {"dong": "all", "cot": "nothing"}).context["counted"] == 0


def test_the_households_are_for_who_may_see_households(ward):
    opens = reverse("report_households", args=[1, 2025, ward.area.pk])
    for role in ("viewer", "admin"):
        client = signed_in(make_user(role, ward.area))
        assert client.get(opens, {"dong": "all", "cot": "poor"}).status_code == 403
        assert opens not in client.get(page(1, ward.area)).content.decode()
    officer = signed_in(make_user("officer", ward.one))
    assert officer.get(opens, {"dong": "all", "cot": "poor"}).status_code == 404


def test_a_list_on_screen_and_taken_away(ward, supervisor):
    url = reverse("report_list", args=[15, 2025, ward.area.pk])
    response = supervisor.get(url)
    assert [line.style for line in response.context["lines"]].count("head") == 4
    assert response.context["page"].paginator.count == 4
    assert supervisor.post(url, {"reason": ""}).status_code == 422
    assert not Event.objects.filter(act="household.export").exists()
    taken = supervisor.post(url, {"reason": "Gửi Sở theo công văn 12"})
    sheet = load_workbook(io.BytesIO(b"".join(taken.streaming_content))).active
    assert sheet["A8"].value == "A"
    assert sheet["A9"].value == "Tổ dân phố 1"
    assert (sheet["A10"].value, sheet["B10"].value, sheet["C10"].value) == (1, 1, "Nguyễn Văn An")
    noted = Event.objects.get(act="household.export")
    assert len(noted.records) == 4
    assert noted.reason == "Gửi Sở theo công văn 12"
    assert supervisor.get(page(15, ward.area)).status_code == 302


def test_lists_are_for_who_may_see_households(ward):
    url = reverse("report_list", args=[14, 2025, ward.area.pk])
    for role in ("viewer", "admin"):
        assert signed_in(make_user(role, ward.area)).get(url).status_code == 403
    assert signed_in(make_user("officer", ward.one)).get(url).status_code == 404


def test_the_whole_set_is_checked_and_taken_with_a_reason(ward, supervisor):
    url = reverse("report_set", args=[2025, ward.area.pk])
    response = supervisor.get(url)
    assert [form.number for form, _, _ in response.context["checked"]] == list(range(1, 16))
    assert response.context["gaps"] == []
    failing = {form.number for form, _, found in response.context["checked"] if found}
    assert failing == {10, 14, 15}  # causes were not written down, and people not entered
    assert supervisor.post(url, {"reason": "Gửi Sở"}).status_code == 422
    taken = supervisor.post(url, {"reason": "Gửi Sở", "seen": "on"})
    assert taken.status_code == 200
    assert taken["Content-Disposition"] == 'attachment; filename="bo-bao-cao-18073-2025.xlsx"'
    assert len(load_workbook(io.BytesIO(taken.content)).sheetnames) >= 15
    event = Event.objects.get(act="report.export")
    assert (event.after["form"], event.reason) == (0, "Gửi Sở")


def test_the_set_of_an_admin_has_no_names_and_a_viewer_has_none(ward):
    url = reverse("report_set", args=[2025, ward.area.pk])
    admin = signed_in(make_user("admin", ward.area))
    assert [form.number for form, _, _ in admin.get(url).context["checked"]] == list(range(1, 14))
    assert signed_in(make_user("viewer", ward.area)).get(url).status_code == 404


def test_the_preliminary_figures_say_so(ward, supervisor):
    text = supervisor.get(page(1, ward.area), {"loai": "so-bo"}).content.decode()
    assert "Số liệu sơ bộ" in text
    assert "&amp;cot=poor&amp;loai=so-bo" in text
    taken = supervisor.get(download(2, ward.area), {"loai": "so-bo"})
    assert taken["Content-Disposition"] == 'attachment; filename="mau-02-18073-2025-so-bo.xlsx"'


@pytest.mark.parametrize("version", ["1", "0", "x", "²", "99999"])
def test_a_version_that_was_never_kept(ward, supervisor, version):
    assert supervisor.get(page(1, ward.area), {"phien-ban": version}).status_code == 404


@pytest.mark.parametrize("name", ["report_set", "report_list"])
def test_a_browser_can_send_the_reason(ward, name):
    """With the token of the form: who takes a list away is not refused for the page's own fault."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        make_user("supervisor", ward.area), backend="django.contrib.auth.backends.ModelBackend"
    )
    url = reverse(name, args=[*([15] if name == "report_list" else []), 2025, ward.area.pk])
    client.get(url)
    text = client.get(url).content.decode()
    assert text.count("csrfmiddlewaretoken") >= 2  # signing out has one too
    token = text.rpartition('csrfmiddlewaretoken" value="')[2].partition('"')[0]
    sent = client.post(url, {"reason": "Gửi Sở", "seen": "on", "csrfmiddlewaretoken": token})
    assert sent.status_code == 200
    assert sent.getvalue()[:2] == b"PK"
    sent.close()


def test_a_year_that_is_not_over_says_so(ward, supervisor):
    words = "chưa phải kết quả rà soát cuối năm"
    this_year = localdate().year
    for year, said in ((2025, False), (this_year, True), (this_year + 1, True)):
        assert (words in supervisor.get(page(1, ward.area, year)).content.decode()) is said
        assert (
            words in supervisor.get(reverse("report_set", args=[year, ward.area.pk])).content.decode()
        ) is said
    assert words not in supervisor.get(page(1, ward.area, this_year), {"loai": "so-bo"}).content.decode()


def test_the_households_behind_a_number_are_taken_away(ward, supervisor):
    opens = reverse("report_households", args=[1, 2025, ward.area.pk])
    asked = {"dong": ward.one.pk, "cot": "poor"}
    shown = supervisor.get(opens, asked)
    lines = lines_of(supervisor.post(f"{opens}xuat/?dong={ward.one.pk}&cot=poor", {"reason": REASON}))
    assert len(lines) == shown.context["page"].paginator.count > 0
    assert {each["Phân loại cuối năm"] for each in lines} == {"Hộ nghèo"}
    assert f'href="{opens}xuat/?dong={ward.one.pk}&amp;cot=poor"' in shown.content.decode()
    assert supervisor.get(f"{opens}xuat/", {"dong": "0", "cot": "poor"}).status_code == 404
    viewer = signed_in(make_user("viewer", ward.area))
    assert viewer.get(f"{opens}xuat/", asked).status_code == 403
