"""The library of outreach and training: files and addresses put in, handed out safely, withdrawn; what is refused."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from households.actions.support import materials as actions
from households.models import Material, MaterialFile
from households.models.support.materials import LARGEST
from tests.factories import make_group, make_user, make_ward
from tests.households.reports.test_report_pages import signed_in
from tests.refusals import refused
from tests.thanhsen.test_filetypes import PDF, office
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
QUERIES = 7  # of the list, however long
LEAFLET = {
    "title": "Tờ rơi vay vốn",
    "topic": "Vay vốn",
    "audience": "families",
    "author": "Phòng giao dịch (ví dụ)",
}
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("officer", group)


def put_in(by, group, content: bytes | None = PDF, name="to roi.pdf", request_id=None, **values):
    fields = {**LEAFLET, "link": "", **values}
    return actions.add_material(
        by=by, ward=group.parent, values=fields, content=content, file_name=name, request_id=request_id
    )


def typed(group, content: bytes | None = PDF, name="to roi.pdf", **values):
    file = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    return {**LEAFLET, "ward": group.parent_id, "link": "", "request_id": uuid4(), **file, **values}


def test_a_file_is_kept_with_what_it_is(by, group):
    made = put_in(by, group, name="..\\Tờ rơi.exe")
    assert (made.file_name, made.size, len(made.sha256)) == ("Tờ rơi.exe.pdf", len(PDF), 64)
    assert bytes(made.file.content) == PDF
    event = Event.objects.get(act="material.add")
    assert (event.record_id, event.area_id, event.after["size"]) == (made.pk, group.parent_id, len(PDF))


def test_an_address_is_kept_without_a_file(by, group):
    made = put_in(by, group, None, link="https://example.org/phim")
    assert (made.size, made.file_name) == (None, "")
    assert not MaterialFile.objects.exists()


def test_sent_twice_is_one(by, group):
    request_id = uuid4()
    assert put_in(by, group, request_id=request_id) == put_in(by, group, request_id=request_id)
    with pytest.raises(ValidationError, match="ghi một lần rồi"):
        put_in(by, group, request_id=request_id, title="Khác")
    with pytest.raises(ValidationError, match="cùng tên"):
        put_in(by, group)


@pytest.mark.parametrize("content", [SVG, b"", b"<html>", b"PK\x03\x04" + bytes(50)])
def test_nothing_of_a_wrong_file_is_kept(by, group, content):
    with pytest.raises(ValidationError) as error:
        put_in(by, group, content, name="anh.png")
    assert list(error.value.error_dict) == ["file"]
    assert not Material.objects.exists()


def test_too_large_and_a_full_library(by, group, monkeypatch):
    with pytest.raises(ValidationError, match="20 MB"):
        put_in(by, group, PDF + bytes(LARGEST))
    monkeypatch.setattr(actions, "MOST_TOGETHER", len(PDF) + 1)
    put_in(by, group)
    with pytest.raises(ValidationError, match="đã đầy"):
        put_in(by, group, title="Tờ thứ hai")


def test_of_ones_own_ward_only_and_withdrawn_by_who_put_it_in_or_governs(by, group):
    with pytest.raises(PermissionDenied):
        put_in(by, make_group(make_ward()))
    made = put_in(by, group)
    other = make_user("officer", make_group(group.parent))
    with pytest.raises(PermissionDenied):
        actions.withdraw_material(by=other, material=made, today=TODAY)
    supervisor = make_user("supervisor", group.parent)
    assert actions.withdraw_material(by=supervisor, material=made, today=TODAY).withdrawn_on == TODAY
    with pytest.raises(ValidationError, match="đã thôi dùng"):
        actions.withdraw_material(by=by, material=made, today=TODAY)
    assert put_in(by, group).pk != made.pk  # the name is free again
    assert Material.objects.in_use().count() == 1


def test_what_the_training_courses_read(by, group):
    for audience in Material.Audience:
        put_in(by, group, title=audience.label, audience=audience)
    assert set(Material.objects.for_officers().values_list("audience", flat=True)) == {"officers", "both"}


@pytest.mark.parametrize("role", ["officer", "supervisor", "approver", "viewer", "admin"])
def test_every_role_reads_and_only_some_put_in(by, group, role):
    made = put_in(by, group)
    client = signed_in(make_user(role, group.parent))
    page = client.get(reverse("material_list")).content.decode()
    assert made.title in page
    assert client.get(reverse("material_file", args=[made.pk])).status_code == 200
    may = role in {"officer", "supervisor", "admin"}  # an admin runs the courses, which share the library
    assert (reverse("material_add") in page) is may
    assert client.get(reverse("material_add")).status_code == (200 if may else 403)
    answer = client.post(reverse("material_withdraw", args=[made.pk]))
    assert answer.status_code == (302 if may else 403)


def test_of_another_ward_nothing_is_seen(by, group):
    made = put_in(by, group)
    for role in ("supervisor", "viewer"):
        client = signed_in(make_user(role, make_ward()))
        assert made.title not in client.get(reverse("material_list")).content.decode()
        assert client.get(reverse("material_file", args=[made.pk])).status_code == 404
        assert client.post(reverse("material_withdraw", args=[made.pk])).status_code in {403, 404}
    assert made.title in signed_in(make_user("admin")).get(reverse("material_list")).content.decode()


def test_handed_out_to_be_kept_never_shown_within_the_portal(by, group):
    made = put_in(by, group, office("ppt/presentation.xml"), name='b"\r\nX: y.pptx')
    answer = signed_in(by).get(reverse("material_file", args=[made.pk]))
    assert answer.headers["Content-Type"].endswith("presentationml.presentation")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    link = put_in(by, group, None, title="Phim", link="https://example.org/")
    assert signed_in(by).get(reverse("material_file", args=[link.pk])).status_code == 404


def test_put_in_on_screen(by, group):
    client = signed_in(by)
    url = reverse("material_add")
    assert client.post(url, typed(group, title="<script>alert(1)</script>")).status_code == 302
    page = client.get(reverse("material_list")).content.decode()
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert client.post(url, typed(group, None, title="Phim", link="https://example.org/x")).status_code == 302
    assert Material.objects.count() == 2


WRONG = [
    ({"content": SVG, "name": "anh.png"}, "Cổng chỉ nhận"),
    ({"content": b"", "name": "anh.png"}, "Tệp trống"),
    ({"content": None}, "chỉ một trong hai"),
    ({"link": "https://example.org/"}, "chỉ một trong hai"),
    ({"content": None, "link": "http://example.org/"}, "https://"),
    ({"content": None, "link": "javascript:alert(1)"}, "https://"),
    ({"content": None, "link": "https://vi@example.org/"}, "https://"),
    ({"content": None, "link": "https://localhost/"}, "https://"),
    ({"content": None, "link": "https://[::1/"}, "https://"),
    ({"content": None, "link": "https://a.vn:x/"}, "https://"),
    ({"content": None, "link": 'https://a.vn/"onclick'}, "https://"),
    ({"title": ""}, "Chưa nhập"),
    ({"audience": "everybody"}, "không có trong danh sách"),
]


@pytest.mark.parametrize(("values", "sentence"), WRONG)
def test_wrong_things_are_answered_with_what_to_do(by, group, values, sentence):
    answer = signed_in(by).post(reverse("material_add"), typed(group, **values))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Material.objects.exists()


def test_a_hundred_megabytes_are_refused_before_they_are_read(by, group):
    file = SimpleUploadedFile("phim.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(100_000_000))
    answer = signed_in(by).post(reverse("material_add"), {**typed(group, None), "file": file})
    assert answer.status_code == 422
    assert "Tệp quá 20 MB" in answer.content.decode()


def test_the_ward_of_somebody_else_is_not_on_offer(by, group):
    answer = signed_in(by).post(reverse("material_add"), typed(group, ward=make_ward().pk))
    assert answer.status_code == 422


def test_found_by_audience_and_words_in_as_many_queries_however_many(by, group, django_assert_num_queries):
    client = signed_in(by)
    url = reverse("material_list")
    client.get(url)
    for number in range(3):
        put_in(by, group, title=f"Tờ {number}", audience="both" if number else "officers")
    with django_assert_num_queries(QUERIES):
        client.get(url)
    for number in range(3, 9):
        put_in(by, group, title=f"Tờ {number}")
    with django_assert_num_queries(QUERIES):
        page = client.get(url).content.decode()
    assert "9 tài liệu" in page
    counts = {
        query: int(re.search(r"(\d+) tài liệu", client.get(url, query_data).content.decode())[1])
        for query, query_data in {
            "officers": {"dung-cho": "officers"}, "word": {"q": "tờ 1"}, "odd": {"dung-cho": "x", "trang": "9" * 30},
            "gone": {"xem": "thoi-dung"},
        }.items()
    }  # fmt: skip
    assert counts == {"officers": 3, "word": 1, "odd": 9, "gone": 0}


def test_rules_of_the_database(by, group):
    made = put_in(by, group)
    row = Material.objects.filter(pk=made.pk)
    new = {"ward": group.parent, "title": "x", "author": "y", "audience": "both"}
    for values, rule in (
        ({}, "material_is_somewhere"),
        ({"link": "https://a.vn", "file_name": "a", "size": 1, "sha256": "b"}, "material_is_somewhere"),
        ({"link": "https://a.vn", "title": ""}, "material_titled"),
        ({"link": "https://a.vn", "audience": "all"}, "material_audience_known"),
        ({"link": "http://a.vn"}, "material_link_is_https"),
        ({"file_name": "a", "size": LARGEST + 1, "sha256": "b"}, "material_size_sensible"),
        ({"file_name": "a", "size": 0, "sha256": "b"}, "material_size_sensible"),
        ({"link": "https://a.vn", "title": made.title}, "material_once"),
        ({"link": "https://a.vn", "ward": group}, "material_ward_is_ward"),
    ):
        refused(rule, Material.objects.create, **{**new, **values})
    refused("material_is_only_withdrawn", row.update, title="x")
    row.update(withdrawn_on=TODAY)
    refused("material_is_only_withdrawn", row.update, withdrawn_on=None)
    file = MaterialFile.objects.filter(of=made)
    refused("material_file_stays", file.update, content=b"x")
    refused("material_file_stays", file._raw_delete, file.db)
    refused("material_never_deleted", row._raw_delete, row.db)
