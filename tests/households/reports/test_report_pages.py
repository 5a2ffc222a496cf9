"""The forms on screen and as a download: who may, what is said, what is recorded."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import make_group, make_user, make_ward
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


@pytest.mark.parametrize("form", range(1, 8))
def test_each_form_is_shown(ward, supervisor, form):
    response = supervisor.get(page(form, ward.area))
    assert response.status_code == 200
    assert "Cột kiểm tra: khớp" in response.content.decode()


def test_numbers_are_printed_as_vietnamese_write_them(ward, supervisor):
    text = supervisor.get(page(1, ward.area)).content.decode()
    assert '<td class="num">1.280</td>' in text
    assert '<td class="num">0,63</td>' in text


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
    with django_assert_num_queries(7):
        supervisor.get(page(form, ward.area))
