"""A closed year is kept as it was, byte for byte; a correction adds a version and both stay readable."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from households.actions import years
from households.actions.totals import Entry, Figures, save_totals
from households.models import AreaTotal, Correction, FormWording, Member, Snapshot, SnapshotFile
from households.reports import TABULATED, Kept, Live, build, build_list, differences, edition_of, freeze
from households.reports.verify import verified
from tests.factories import make_user
from tests.households.reports.factories import make_household, make_status
from tests.households.reports.test_report_pages import download, page, signed_in
from tests.refusals import refused
from thanhsen import workbook
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def chair(ward):
    return make_user("approver", ward.area)


@pytest.fixture
def closed(ward, chair) -> Snapshot:
    years.close_year(by=chair, ward=ward.area, year=2025, reason="báo cáo 45", today=TODAY, freeze=freeze)
    return Snapshot.objects.get(year=2025)


def correct(ward, chair, year=2025) -> Correction:
    return years.open_correction(
        by=chair, ward=ward.area, year=year, reason="Nhập thừa hộ", document="Công văn 12"
    )


def enter(ward, chair, households: int, year: int = 2025) -> None:
    row = AreaTotal.objects.get(area=ward.one, year=year)
    seen = Figures(row.households, row.people, row.source, row.minority_households)
    typed = Figures(households, row.people, row.source, row.minority_households)
    save_totals(by=chair, year=year, entries=[Entry(ward.one, typed, seen)])


def test_closing_keeps_the_year_and_those_before(ward, closed):
    assert list(Snapshot.objects.order_by("year").values_list("year", "version")) == [
        (2022, 1), (2023, 1), (2024, 1), (2025, 1),
    ]  # fmt: skip
    assert set(closed.files.values_list("form", flat=True)) == set(range(16))
    assert len(closed.digest) == 64
    assert verified(closed) == []
    assert Event.objects.filter(act="snapshot.keep").count() == 4


def test_what_was_kept_says_what_the_register_said(ward, closed):
    live, kept = Live(2025), edition_of(ward.area, 2025)
    assert isinstance(kept, Kept)
    for form in TABULATED:
        for area in (ward.area, ward.one):
            assert build(form, 2025, area, edition=kept).lines == build(form, 2025, area, edition=live).lines
    for form in (14, 15):
        lists = [list(build_list(form, 2025, ward.area, edition=each).lines()) for each in (kept, live)]
        assert lists[0] == lists[1]
        assert build_list(form, 2025, ward.one, edition=kept).households() == len(
            [line for line in build_list(form, 2025, ward.one, edition=kept).lines() if line.style == "head"]
        )


def test_a_closed_year_gives_the_same_bytes_whatever_happens_to_the_register(ward, closed):
    client = signed_in(make_user("supervisor", ward.area))
    first = {form: client.get(download(form, ward.area)).content for form in (1, 2, 5, 9, 12)}
    Member.objects.update(full_name="Khác Hẳn")
    ward.area.name = "Phường Tên Mới"
    ward.area.save()
    FormWording.objects.create(ward=ward.area, form=1, name="Tên mới")
    make_status(make_household(ward.one, opened=date(2026, 1, 5)), "poor", date(2026, 3, 1))
    assert {form: client.get(download(form, ward.area)).content for form in first} == first
    assert first[1] == bytes(closed.files.get(form=1).data)
    listed = signed_in(make_user("supervisor", ward.area)).get(
        reverse("report_list", args=[15, 2025, ward.area.pk])
    )
    assert "Khác Hẳn" not in listed.content.decode()


def test_the_screen_shows_the_digest(ward, closed, chair):
    assert closed.digest in signed_in(chair).get(page(1, ward.area)).content.decode()
    text = signed_in(chair).get(reverse("year_versions", args=[ward.area.pk, 2025])).content.decode()
    assert closed.digest in text
    assert "nguyên vẹn" in text


def test_a_correction_is_a_new_version_that_cites_its_reason(ward, closed, chair):
    with pytest.raises(ValidationError, match="đã khoá sổ"):
        enter(ward, chair, 310)
    correction = correct(ward, chair)
    enter(ward, chair, 310)
    assert (
        build(1, 2025, ward.area, edition=edition_of(ward.area, 2025)).lines[1].value(2) == 320
    )  # still the old one
    (newer,) = years.keep_correction(by=chair, correction=correction, freeze=freeze)
    assert (newer.year, newer.version, newer.reason, newer.correction) == (
        2025,
        2,
        "Nhập thừa hộ",
        correction,
    )
    old, new = edition_of(ward.area, 2025, version=1), edition_of(ward.area, 2025)
    assert [build(1, 2025, ward.area, edition=each).lines[1].value(2) for each in (old, new)] == [320, 310]
    changed = differences.between(old, new, ward.area)
    assert ("1, C10", "320", "310") in {
        (f"{each.form}, {each.cell}", each.before, each.after) for each in changed
    }
    assert {each.form for each in changed} == {1, 12, 13}
    with pytest.raises(ValidationError, match="đã khoá sổ"):
        enter(ward, chair, 300)
    assert verified(closed) == verified(newer) == []


def test_a_figure_of_an_earlier_year_changes_those_after_it(ward, closed, chair):
    """The closing stock of a year is the opening stock of the next."""
    correction = correct(ward, chair, 2024)
    household = make_household(ward.one, opened=date(2024, 1, 1))
    make_status(household, "poor", date(2024, 6, 1), size=2)
    kept = years.keep_correction(by=chair, correction=correction, freeze=freeze)
    assert [(each.year, each.version) for each in kept] == [(2024, 2), (2025, 2)]
    opening = build(2, 2025, ward.area, edition=Kept.of(kept[1])).lines[-2].value(3)
    closing = build(1, 2024, ward.area, edition=Kept.of(kept[0])).lines[-1].value(4)
    assert opening == closing == 5


def test_a_correction_that_changed_nothing_is_dropped_and_one_that_did_is_kept(ward, closed, chair):
    correction = correct(ward, chair)
    with pytest.raises(ValidationError, match="Chưa có số nào khác"):
        years.keep_correction(by=chair, correction=correction, freeze=freeze)
    enter(ward, chair, 310)
    with pytest.raises(ValidationError, match="không bỏ được"):
        years.drop_correction(by=chair, correction=correction, freeze=freeze)
    enter(ward, chair, 320)
    years.drop_correction(by=chair, correction=correction, freeze=freeze)
    with pytest.raises(ValidationError, match="đã xong"):
        years.drop_correction(by=chair, correction=correction, freeze=freeze)
    assert Snapshot.objects.filter(year=2025).count() == 1


def test_what_was_stored_otherwise_is_found(ward, closed, capsys):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE households_snapshotfile DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE households_snapshotfile SET data = data || '\\x00' WHERE snapshot_id = %s AND form = 2",
            [closed.pk],
        )
        cursor.execute("ALTER TABLE households_snapshotfile ENABLE TRIGGER USER")
    assert verified(closed) == [
        "Tệp mau-02-18073-2025.xlsx khác lúc chốt.",
        "Mã kiểm tra tính lại khác mã đã lưu.",
    ]
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_years", year=2025, stdout=out)
    assert "Tệp mau-02" in out.getvalue()
    out = io.StringIO()
    call_command("verify_years", year=2024, stdout=out)
    assert "nguyên vẹn" in out.getvalue()


def test_rules_by_name(ward, closed, chair):
    refused("snapshot_stays_as_it_was", Snapshot.objects.filter(pk=closed.pk).update, reason="x")
    refused("snapshot_stays_as_it_was", SnapshotFile.objects.filter(snapshot=closed).delete)
    named = {
        "ward": ward.area,
        "year": 2025,
        "reason": "x",
        "content": b"",
        "digest": "0" * 64,
        "made_by": chair,
    }
    refused("snapshot_version_once", Snapshot.objects.create, version=1, **named)
    refused("snapshot_first_or_corrected", Snapshot.objects.create, version=2, **named)
    refused(
        "snapshot_is_complete", Snapshot.objects.create, version=1, **{**named, "year": 2030, "digest": "x"}
    )
    refused(
        "snapshot_file_once",
        SnapshotFile.objects.create,
        snapshot=closed,
        form=1,
        name="x",
        data=b"",
        sha256="",
    )
    opened = correct(ward, chair)
    given = {"ward": ward.area, "year": 2025, "reason": "x", "document": "y", "opened_by": chair}
    refused("correction_one_at_a_time", Correction.objects.create, **given)
    refused("correction_is_only_ended", Correction.objects.filter(pk=opened.pk).update, reason="y")
    refused("correction_ended_is_signed", Correction.objects.filter(pk=opened.pk).update, outcome="kept")
    years.drop_correction(by=chair, correction=opened, freeze=freeze)
    refused("correction_has_reason", Correction.objects.create, **{**given, "reason": ""})
    refused("correction_of_a_closed_year", Correction.objects.create, **{**given, "year": 2026})
    FormWording.objects.create(ward=ward.area, form=1)
    refused("wording_once_a_form", FormWording.objects.create, ward=ward.area, form=1)
    refused("wording_of_a_form", FormWording.objects.create, ward=ward.area, form=16)


def test_the_chair_corrects_on_the_screen_and_nobody_else(ward, closed, chair):
    client = signed_in(chair)
    url = reverse("correction_open", args=[ward.area.pk, 2025])
    for role in ("supervisor", "officer", "admin", "viewer"):
        assert signed_in(make_user(role, ward.area)).get(url).status_code == 403
    assert client.post(url, {"reason": "", "document": ""}).status_code == 422
    opened = client.post(url, {"reason": "Nhập thừa", "document": "Công văn 12"})
    detail = opened["Location"]
    assert "Không có ô nào khác" in client.get(detail).content.decode()
    refusal = client.post(detail, {"act": "keep"})
    assert refusal.status_code == 422
    assert "Chưa có số nào khác" in refusal.content.decode()
    enter(ward, chair, 310)
    assert "C10" in client.get(detail).content.decode()
    assert client.post(detail, {"act": "keep"}).status_code == 302
    versions = client.get(reverse("year_versions", args=[ward.area.pk, 2025])).content.decode()
    assert "Phiên bản 2</h2>" not in versions
    assert "Phiên bản 2 (đang dùng)" in versions
    assert "Công văn 12" in versions
    compared = client.get(reverse("year_differences", args=[ward.area.pk, 2025, 2])).content.decode()
    assert "320" in compared
    assert client.get(reverse("year_differences", args=[ward.area.pk, 2025, 1])).status_code == 404
    viewer = signed_in(make_user("viewer", ward.area))
    assert viewer.get(reverse("year_differences", args=[ward.area.pk, 2025, 2])).status_code == 404
    assert "&lt;5" in viewer.get(page(1, ward.area)).content.decode()


def test_an_open_year_that_is_asked_to_be_corrected_is_refused(ward, chair):
    answer = signed_in(chair).post(
        reverse("correction_open", args=[ward.area.pk, 2025]), {"reason": "x", "document": "y"}
    )
    assert answer.status_code == 422
    assert "chưa khoá sổ" in answer.content.decode()


def test_a_ward_words_its_forms(ward, chair):
    supervisor = make_user("supervisor", ward.area)
    client = signed_in(supervisor)
    assert signed_in(chair).get(reverse("wording_list")).status_code == 403
    common, own = (reverse("wording_edit", args=[ward.area.pk, form]) for form in (0, 1))
    assert client.post(common, {"signer_title": "KT. CHỦ TỊCH", "recipients": "Sở NN&MT"}).status_code == 302
    assert client.post(own, {"label": "Biểu 01", "template": "7.1", "name": "Tên khác"}).status_code == 302
    table = build(1, 2025, ward.area, edition=edition_of(ward.area, 2025))
    assert table.form_line == "Biểu 01. Tên khác (Theo mẫu 7.1, Thông tư số 07/2021/TT-BLĐTBXH)"
    assert table.signatures == ("Người lập biểu", "KT. CHỦ TỊCH")
    assert table.title[0] == "TÊN KHÁC NĂM 2025 (CHÍNH THỨC)"
    assert build(2, 2025, ward.area, edition=edition_of(ward.area, 2025)).signatures[1] == "KT. CHỦ TỊCH"
    assert "Biểu 01" in client.get(reverse("wording_list")).content.decode()
    assert Event.objects.filter(act="report.word").count() == 2
    assert client.get(reverse("wording_edit", args=[ward.area.pk, 16])).status_code == 404


def test_the_same_year_frozen_twice_is_the_same(ward):
    first, second = freeze(ward.area, 2025), freeze(ward.area, 2025)
    assert first == second
    assert first.digest == second.digest
    assert workbook.CONTENT_TYPE


def test_other_words_correct_no_figure(ward, closed, chair):
    correction = correct(ward, chair)
    FormWording.objects.create(ward=ward.area, form=1, name="Tên mới")
    with pytest.raises(ValidationError, match="Chưa có số nào khác"):
        years.keep_correction(by=chair, correction=correction, freeze=freeze)
    assert years.drop_correction(by=chair, correction=correction, freeze=freeze).outcome == "dropped"


def test_no_year_is_closed_while_one_is_being_corrected(ward, chair):
    years.close_year(by=chair, ward=ward.area, year=2024, reason="x", today=TODAY, freeze=freeze)
    correct(ward, chair, 2024)
    with pytest.raises(ValidationError, match="Đang mở đính chính"):
        years.close_year(by=chair, ward=ward.area, year=2025, reason="x", today=TODAY, freeze=freeze)
