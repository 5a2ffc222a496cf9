"""Templates on screen: shown with their fields, replaced after a look, refused with what is wrong, taken out again."""

import hashlib
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from households.actions import templates
from households.documents import defaults
from households.documents.kinds import KINDS
from households.models import DocumentTemplate
from households.views.documents import template_in_use
from tests.factories import make_user, make_ward
from tests.households.documents import word
from tests.households.views.conftest import client_of
from tests.refusals import refused
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
RIGHT = word.made("Mẫu của phường {{ so_quyet_dinh }}")


def text(response) -> str:
    return response.content.decode()


def sent(content=RIGHT, name="mau phuong.docx", **more):
    return {"file": SimpleUploadedFile(name, content), "note": "mẫu mới", **more}


@pytest.fixture
def place():
    ward = make_ward()
    whole, own = make_user("admin"), make_user("admin", ward)
    return SimpleNamespace(
        ward=ward, whole=whole, own=own, as_whole=client_of(whole), as_own=client_of(own), url=reverse("template_detail", args=["decision"]),
    )  # fmt: skip


def upload(by, ward=None, content=RIGHT, kind="decision", **more):
    return templates.upload_template(by=by, kind=kind, ward=ward, content=content, file_name="m.docx", **more)


def test_every_kind_has_a_page_with_its_fields(place):
    listed = text(place.as_whole.get(reverse("template_list")))
    for kind in KINDS.values():
        assert kind.label in listed
        page = text(place.as_whole.get(reverse("template_detail", args=[kind.code])))
        assert all(f"<code>{name}</code>" in page for name in kind.fields)
        assert all(f"<code>dong.{name}</code>" in page for _, row in kind.lists.values() for name in row)
        assert "ngoặc vuông" in page
    assert place.as_whole.get(reverse("template_detail", args=["khong-co"])).status_code == 404


def test_a_replacement_is_used_until_it_is_taken_out(place):
    response = place.as_own.post(place.url, sent(ward=place.ward.pk), follow=True)
    assert "Từ nay quyết định kèm danh sách dùng mẫu mau phuong.docx" in text(response)
    stored = DocumentTemplate.objects.get()
    assert (stored.digest, stored.uploaded_by) == (hashlib.sha256(RIGHT).hexdigest(), place.own)
    assert template_in_use(KINDS["decision"], place.ward) == (RIGHT, stored)
    assert "mau phuong.docx" in text(place.as_own.get(reverse("template_list")))
    assert place.as_own.get(reverse("template_file", args=[stored.pk])).content == RIGHT
    preview = place.as_own.get(reverse("template_preview", args=[stored.pk]))
    assert word.paragraphs(preview.content) == ["Mẫu của phường 05/QĐ-UBND"]
    assert "xem-thu-so-lieu-gia" in preview["Content-Disposition"]
    response = place.as_own.post(reverse("template_withdraw", args=[stored.pk]), follow=True)
    assert "Đã thôi dùng mẫu" in text(response)
    assert template_in_use(KINDS["decision"], place.ward) == (defaults.default(KINDS["decision"]), None)
    assert [each.act for each in Event.objects.filter(act__startswith="template.").order_by("pk")] == [
        "template.upload", "template.withdraw",
    ]  # fmt: skip
    assert place.as_own.post(reverse("template_withdraw", args=[stored.pk])).status_code == 404


def test_a_template_with_unknown_fields_is_refused_with_their_names(place):
    wrong = word.made(
        "{{ so_quyet_dinh }} {{ so_cccd }}",
        rows=[["{%tr for h in danh_sach %}"], ["{{ h.benh }}"], ["{%tr endfor %}"]],
    )
    response = place.as_own.post(place.url, sent(wrong, ward=place.ward.pk))
    assert response.status_code == 422
    assert "“so_cccd”" in text(response)
    assert "“h.benh”" in text(response)
    assert not DocumentTemplate.objects.exists()
    with pytest.raises(ValidationError, match="so_cccd"):
        upload(place.whole, content=wrong)


def test_a_file_that_is_no_template_is_refused(place):
    for content, sentence in ((b"%PDF-1.7", "không phải tài liệu Word"), (b"x" * 1_000_001, "lớn quá 1 MB")):
        response = place.as_own.post(place.url, sent(content, ward=place.ward.pk))
        assert response.status_code == 422
        assert sentence in text(response)
    assert "Chưa nhập ô này" in text(place.as_own.post(place.url, {"ward": place.ward.pk}))


def test_the_template_of_the_ward_goes_before_that_of_every_ward(place):
    own = upload(place.own, place.ward)
    upload(place.whole)
    kind = KINDS["decision"]
    assert template_in_use(kind, place.ward)[1] == own
    assert template_in_use(kind, make_ward())[1].ward is None
    newer = upload(place.own, place.ward)
    assert template_in_use(kind, place.ward)[1] == newer
    templates.withdraw_template(by=place.own, template=newer, at=now())
    assert template_in_use(kind, place.ward)[1] == own
    assert template_in_use(KINDS["minutes"], place.ward)[1] is None


def test_an_admin_of_one_ward_leaves_the_others_alone(place):
    common, foreign = upload(place.whole), upload(place.whole, make_ward())
    assert place.as_own.post(place.url, sent()).status_code == 422
    with pytest.raises(ValidationError, match="mẫu chung"):
        upload(place.own)
    with pytest.raises(PermissionDenied):
        templates.withdraw_template(by=place.own, template=common, at=now())
    assert place.as_own.post(reverse("template_withdraw", args=[common.pk])).status_code == 403
    assert place.as_own.get(reverse("template_file", args=[common.pk])).status_code == 200
    for name in ("template_file", "template_preview"):
        assert place.as_own.get(reverse(name, args=[foreign.pk])).status_code == 404


def test_the_portals_own_template_can_be_taken_and_tried(place):
    for name in ("template_default", "template_default_preview"):
        response = place.as_whole.get(reverse(name, args=["decision"]))
        assert response.content.startswith(b"PK")
    assert "Nguyễn Thị Đào" in word.everything(response.content)


def test_every_kind_can_be_replaced(place):
    """The kinds of the catalogue are those the database knows."""
    for kind in KINDS.values():
        assert upload(place.whole, content=defaults.default(kind), kind=kind.code).kind == kind.code


def test_only_admins_come_here(place):
    stored = upload(place.whole)
    client = client_of(make_user("approver", place.ward))
    for name, key in (
        ("template_list", []),
        ("template_detail", ["decision"]),
        ("template_default", ["decision"]),
        ("template_file", [stored.pk]),
    ):
        assert client.get(reverse(name, args=key)).status_code == 403


def test_rules_of_the_database(place):
    stored = upload(place.whole)
    rows = DocumentTemplate.objects.filter(pk=stored.pk)
    refused("template_stays_as_it_was", rows.update, content=b"x")
    refused("template_stays_as_it_was", rows.update, note="khác")
    refused("template_stays_as_it_was", rows.delete)
    refused("template_withdrawn_is_signed", rows.update, withdrawn_at=now())
    rows.update(withdrawn_at=now(), withdrawn_by=place.whole)
    refused("template_stays_as_it_was", rows.update, withdrawn_at=None, withdrawn_by=None)
    given = {"content": b"x", "file_name": "a", "digest": "b", "kind": "decision"}
    refused("template_kind_known", DocumentTemplate.objects.create, **given | {"kind": "x"})
    refused("template_named", DocumentTemplate.objects.create, **given | {"file_name": ""})
