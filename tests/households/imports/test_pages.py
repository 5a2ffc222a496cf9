"""The pages of files sent in: from upload to undo, who may, what they cost."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from households.exchange.imports import work
from households.models import ColumnMeaning, Household, Import
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from tests.households.imports.books import HEADINGS, TODAY, book, commit, send
from thanhsen.models import Event
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db
HOA = (1, "Tổ dân phố 1", "Ngõ 5", "Nguyễn Thị Hoa", "Chủ hộ", "Nữ", "05/12/1980", "042180001234", "Kinh")
LAN = (2, "Tổ dân phố 9", "Ngõ 9", "Lê Thị Lan", "Chủ hộ", "Nữ", "1955", "042155001236", "Thái")


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def group(ward):
    return make_group(ward, name="Tổ dân phố 1", code="TDP1")


@pytest.fixture
def sender(ward, group):
    return make_user(Role.SUPERVISOR, areas=ward)


@pytest.fixture
def as_sender(client, sender):
    client.force_login(sender)
    return client


def upload(client, ward, content, kind="households", **data):
    form = {
        "ward": ward.pk, "kind": kind, "opened_date": "01/10/2026", "request_id": str(uuid4()),
        "file": SimpleUploadedFile("danh sách.xlsx", content), **data,
    }  # fmt: skip
    return client.post(reverse("import_upload", args=[kind]), form)


def test_a_file_goes_all_the_way_and_back(as_sender, ward, sender):
    sent = upload(as_sender, ward, book([HOA, LAN]))
    imported = Import.objects.get()
    page = reverse("import_detail", args=[imported.pk])
    assert sent.url == page
    assert "Chờ đến lượt" in as_sender.get(page).content.decode()
    bar = as_sender.get(reverse("import_progress", args=[imported.pk]))
    assert "hx-trigger" in bar.content.decode()
    assert "HX-Refresh" not in bar
    work.run(imported.pk, TODAY)
    assert as_sender.get(reverse("import_progress", args=[imported.pk]))["HX-Refresh"] == "true"
    shown = as_sender.get(page).content.decode()
    assert "Ghi 1 mục vào sổ" in shown
    assert "Không có tổ dân phố nào" in shown
    assert not Household.objects.exists()
    version = Import.objects.get().version
    as_sender.post(reverse("import_commit", args=[imported.pk]), {"version": version})
    work.run(imported.pk, TODAY)
    assert "Đã ghi vào sổ lúc" in as_sender.get(page).content.decode()
    assert Household.objects.get().head_name == "Nguyễn Thị Hoa"
    refused = as_sender.post(reverse("import_undo", args=[imported.pk]), {"reason": ""})
    assert refused.status_code == 422
    as_sender.post(reverse("import_undo", args=[imported.pk]), {"reason": "nạp nhầm"})
    work.run(imported.pk, TODAY)
    assert "Đã hoàn tác lúc" in as_sender.get(page).content.decode()
    acts = Event.objects.filter(act__startswith="import.", actor=sender).values_list("act", flat=True)
    assert {"import.upload", "import.view", "import.commit", "import.undo"} <= set(acts)


def test_the_same_upload_sent_twice_is_one_import(as_sender, ward):
    same, content = str(uuid4()), book([HOA])  # made again it would bear another time
    first, second = (upload(as_sender, ward, content, request_id=same) for _ in range(2))
    assert first.url == second.url
    other = upload(as_sender, ward, book([HOA, HOA]), request_id=same)  # gone back to, for another file
    assert other.status_code == 422
    assert "đã ghi một lần rồi" in other.content.decode()
    assert Import.objects.count() == 1


def test_an_old_page_does_not_write_what_was_not_looked_at(as_sender, ward, sender):
    imported = send(book([HOA]), by=sender, ward=ward)
    as_sender.post(
        reverse("import_commit", args=[imported.pk]), {"version": imported.version - 1}, follow=True
    )
    assert Import.objects.get().state == "checked"
    as_sender.post(reverse("import_commit", args=[imported.pk]), {})
    assert Import.objects.get().state == "checked"


def test_columns_are_matched_once_and_remembered(as_sender, ward, sender):
    content = book([(*HOA, "x")], headings=(*HEADINGS, "Xếp loại thi đua"))
    imported = send(content, by=sender, ward=ward)
    page = reverse("import_match", args=[imported.pk])
    assert as_sender.get(reverse("import_detail", args=[imported.pk])).url == page
    assert "Xếp loại thi đua" in as_sender.get(page).content.decode()
    fields = {f"c{each['number']}": each["field"] for each in imported.found["columns"]}
    unsaid = as_sender.post(page, fields)
    assert unsaid.status_code == 422
    assert "Chưa chọn cột J là gì" in unsaid.content.decode()
    twice = as_sender.post(page, {**fields, "c10": "full_name"})
    assert "Hai cột cùng là “Họ và tên”" in twice.content.decode()
    without = as_sender.post(page, {**fields, "c10": "", "c4": ""})
    assert "Họ và tên" in without.content.decode()
    assert without.status_code == 422
    assert as_sender.post(page, {**fields, "c10": "người lạ"}).status_code == 422
    as_sender.post(page, {**fields, "c10": ""})
    assert work.run(imported.pk, TODAY).state == "checked"
    assert ColumnMeaning.objects.get(heading="xep loai thi dua").field == ""
    assert send(content, by=sender, ward=ward).state == "checked"


def test_the_file_comes_back_with_its_faults(as_sender, ward, sender):
    imported = send(book([HOA, LAN]), by=sender, ward=ward)
    answer = as_sender.get(reverse("import_returned", args=[imported.pk]))
    page = load_workbook(io.BytesIO(answer.content)).active
    assert "Không có tổ dân phố nào" in page["B3"].comment.text
    assert page["B2"].comment is None
    assert page["D3"].value == "Lê Thị Lan"
    assert Event.objects.filter(act="import.export").exists()


def test_one_unit_is_decided_on_its_page(as_sender, ward, sender, group):
    known = make_household(
        make_group(ward),
        {"full_name": "Nguyễn Thị Hoà", "sex": "female", "birth_year": 1980, "cccd": "042180001234"},
    )
    imported = send(book([HOA]), by=sender, ward=ward)
    page = reverse("import_unit", args=[imported.pk, 1])
    shown = as_sender.get(page).content.decode()
    assert "Cùng số CCCD" in shown
    assert known.code in shown
    as_sender.post(page, {"choice": f"into:{make_household().pk}"})
    assert imported.units.get().choice == ""
    as_sender.post(page, {"choice": "skip"})
    assert imported.units.get().choice == "skip"
    assert Import.objects.get().counts == {"skipped": 1}


def test_one_rule_for_all_of_a_cause(as_sender, ward, sender, group):
    make_household(group, {"full_name": "Nguyễn Thị Hoa", "sex": "female", "birth_year": 1981})
    imported = send(book([(*HOA[:7], "", "Kinh")]), by=sender, ward=ward)
    assert (
        "Cần anh/chị quyết định"
        in as_sender.get(reverse("import_detail", args=[imported.pk])).content.decode()
    )
    as_sender.post(reverse("import_choose", args=[imported.pk]), {"rule": "sai"})
    assert imported.units.get().choice == ""
    as_sender.post(reverse("import_choose", args=[imported.pk]), {"rule": "alike:new"})
    assert imported.units.get().outcome == "new"


def test_a_question_is_answered_once(as_sender, ward, sender):
    imported = send(book([(*HOA[:7], 42180001234, "Kinh")]), by=sender, ward=ward)
    assert "Thêm số 0 vào đầu" in as_sender.get(reverse("import_detail", args=[imported.pk])).content.decode()
    address = reverse("import_answer", args=[imported.pk])
    assert as_sender.post(address, {"question": "x", "answer": "yes"}).status_code == 404
    as_sender.post(address, {"question": "pad_cccd", "answer": "yes"})
    assert work.run(imported.pk, TODAY).counts == {"new": 1}


def test_a_file_too_large_and_no_file_are_told(as_sender, ward):
    assert "lớn quá" in upload(as_sender, ward, b"x" * 20_000_001).content.decode()
    assert "Tệp trống" in upload(as_sender, ward, b"").content.decode()
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.OFFICER, {"households"}),
        (Role.SUPERVISOR, {"households", "statuses", "totals"}),
        (Role.ADMIN, {"areas"}),
        (Role.APPROVER, set()),
        (Role.VIEWER, set()),
    ],
)
def test_each_role_sends_what_it_may(client, ward, group, role, kinds):
    client.force_login(make_user(role, areas=group if role == Role.OFFICER else ward))
    for kind in Import.Kind:
        for name in ("import_upload", "import_template"):
            status = client.get(reverse(name, args=[kind])).status_code
            assert status == (200 if kind in kinds else 404 if kinds else 403), (role, kind, name)


def test_another_persons_import_of_another_ward_is_not_there(client, ward, sender):
    imported = send(book([HOA]), by=sender, ward=ward)
    for other in (
        make_user(Role.SUPERVISOR, areas=make_ward()),
        make_user(Role.OFFICER, areas=make_group(ward)),
        make_user(Role.ADMIN),
    ):
        client.force_login(other)
        for name in ("import_detail", "import_progress", "import_match", "import_undo", "import_returned"):
            assert client.get(reverse(name, args=[imported.pk])).status_code == 404
        for name in ("import_commit", "import_drop", "import_again", "import_choose", "import_answer"):
            assert client.post(reverse(name, args=[imported.pk])).status_code == 404


def test_a_ward_one_has_nothing_in_cannot_be_sent_to(as_sender):
    assert upload(as_sender, make_ward(), book([HOA])).status_code == 422
    assert not Import.objects.exists()


def test_the_pages_cost_the_same_for_few_and_for_many(as_sender, ward, sender, django_assert_max_num_queries):
    rows = [
        (
            n,
            "Tổ dân phố 1",
            "",
            f"Người {chr(97 + n // 26)}{chr(97 + n % 26)}",
            "Chủ hộ",
            "Nam",
            1940 + n,
            "",
            "Kinh",
        )
        for n in range(60)
    ]
    imported = send(book(rows), by=sender, ward=ward)
    with django_assert_max_num_queries(14):
        as_sender.get(reverse("import_detail", args=[imported.pk]))
    with django_assert_max_num_queries(8):
        as_sender.get(reverse("import_list"))
    with django_assert_max_num_queries(9):
        as_sender.get(reverse("import_unit", args=[imported.pk, 3]))
    commit(imported)


def test_a_dropped_file_is_left(as_sender, ward, sender):
    imported = send(book([HOA]), by=sender, ward=ward)
    as_sender.post(reverse("import_drop", args=[imported.pk]))
    assert Import.objects.get().state == "dropped"
    assert "Đã bỏ" in as_sender.get(reverse("import_detail", args=[imported.pk])).content.decode()
