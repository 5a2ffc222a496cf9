"""Outreach: materials judged by content, campaigns and whom they address, visits and meetings, whom to visit again."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import materials
from households.actions.support import outreach as actions
from households.models import Activity, Campaign, Contact, Material
from households.reports.support import outreach as report
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_status
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import counted_for
from tests.refusals import refused
from tests.taken import data_of
from thanhsen.concurrency import Stale

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PDF = b"%PDF-1.4 invented"


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("officer", group)


def poor(group, **fields):
    home = make_household(group, **fields)
    make_status(home, "poor", date(2025, 12, 1))
    return home


def make_campaign(group, **values):
    fields = {
        "name": "Mời vào mô hình", "purpose": "Có thêm thu nhập", "starts_on": date(2026, 11, 1),
        "ends_on": date(2026, 12, 1), "classes": ["poor"], **values,
    }  # fmt: skip
    return actions.create_campaign(by=make_user("supervisor", group.parent), ward=group.parent, values=fields)


def met(by, home, answer="agreed", day=TODAY, campaign=None, **contact):
    values = {
        "campaign": campaign,
        "kind": "visit",
        "date": day,
        "subject": "Mô hình bò",
        "led_by": "Chị Lan",
    }
    return actions.record_activity(
        by=by,
        area=home.area,
        values=values,
        contacts=[{"household": home, "answer": answer, **contact}],
        today=TODAY,
    )


# --- materials --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "rỗng"),
        ("a.pdf", b"<svg onload=alert(1)>", "không đúng loại"),
        ("a.svg", b"<svg/>", "không đúng loại"),
        ("a.html", PDF, "không đúng loại"),
        ("a.exe", b"MZ", "không đúng loại"),
        ("a.png", PDF, "không đúng loại"),
        ("a.pdf", PDF + b"0" * materials.MOST, "20 MB"),
    ],
)
def test_a_file_is_what_it_says(name, content, words):
    with pytest.raises(ValidationError, match=words):
        materials.judged(name, content)


@pytest.mark.parametrize("name", ["../../etc/a.pdf", "C:\\máy\\a.pdf", "a.PDF"])
def test_a_name_is_only_a_name(name):
    assert materials.judged(name, PDF)[0].lower() == "a.pdf"


def test_a_material_is_added_fetched_and_withdrawn(group, by):
    client, url = signed_in(by), reverse("material_add")
    about = {"ward": group.parent_id, "title": "Tờ rơi", "audience": "both", "author": "Phường"}
    file = SimpleUploadedFile("tờ rơi.pdf", PDF)
    assert client.post(url, {**about, "request_id": uuid4()}).status_code == 422  # neither
    both = {**about, "file": file, "link": "https://a.vn", "request_id": uuid4()}
    assert client.post(url, both).status_code == 422
    assert (
        client.post(url, {**about, "link": "javascript:alert(1)", "request_id": uuid4()}).status_code == 422
    )
    assert client.post(url, {**about, "link": "http://a.vn", "request_id": uuid4()}).status_code == 422
    file.seek(0)
    assert client.post(url, {**about, "file": file, "request_id": uuid4()}).status_code == 302
    made = Material.objects.get()
    answer = client.get(reverse("material_file", args=[made.pk]))
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert signed_in(make_user("viewer", group.parent)).get(reverse("material_list")).status_code == 200
    assert (
        signed_in(make_user("viewer", make_ward())).get(reverse("material_file", args=[made.pk])).status_code
        == 404
    )
    assert signed_in(make_user("viewer", group.parent)).get(url).status_code == 403
    assert client.post(reverse("material_withdraw", args=[made.pk])).status_code == 302
    page = client.get(reverse("material_list")).content.decode()
    assert reverse("material_file", args=[made.pk]) not in page


# --- activities -------------------------------------------------------------------------------------------------------


def test_reached_by_whom_and_what_they_said(group, by):
    home = poor(group)
    made = met(by, home, "refused", refusal="risk", said="Sợ mất mùa", next_visit_on=date(2026, 12, 1))
    assert [(each.answer, each.refusal) for each in made.contacts.all()] == [("refused", "risk")]
    entry = report.story(home)[0]
    assert entry.title == "Đến nhà: không tham gia"
    assert "Sợ mất mùa" in entry.text
    actions.void_activity(by=by, activity=made, reason="Nhầm hộ", at=AT)
    assert report.story(home)[0].is_struck
    with pytest.raises(ValidationError, match="đã được bỏ"):
        actions.void_activity(by=by, activity=made, reason="Lại", at=AT)


@pytest.mark.parametrize(
    ("named", "words"),
    [({"day": date(2026, 11, 26)}, "tương lai"), ({"next_visit_on": TODAY}, "phải sau ngày gặp")],
)
def test_what_cannot_be(group, by, named, words):
    with pytest.raises(ValidationError, match=words):
        met(by, poor(group), **named)
    assert not Activity.objects.exists()


def test_a_household_elsewhere_and_nothing_is_recorded(group, by):
    with pytest.raises(ValidationError, match="không thuộc địa bàn"):
        met(by, poor(make_group(group.parent)))
    elsewhere = make_campaign(make_group(make_ward()))
    with pytest.raises(ValidationError, match="phường khác"):
        met(by, poor(group), campaign=elsewhere)
    assert not Contact.objects.exists()


def test_who_is_to_be_visited_again(group, by):
    home = poor(group)
    met(by, home, "considering", day=date(2026, 11, 1), next_visit_on=date(2026, 11, 20))
    assert [(each.count, each.is_late) for each in counted_for(report.waiting, by, TODAY)] == [(1, True)]
    assert [each.count for each in counted_for(report.waiting, by, date(2026, 11, 18))] == [1]
    met(by, home, "agreed", day=date(2026, 11, 21))
    assert counted_for(report.waiting, by, TODAY) == []
    assert counted_for(report.waiting, make_user("officer", make_group(group.parent)), TODAY) == []


# --- campaigns --------------------------------------------------------------------------------------------------------


def test_whom_a_campaign_addresses_and_how_far_it_is(group, by):
    homes = [poor(group) for _ in range(3)]
    make_household(group)  # not on the list
    campaign = make_campaign(group)
    met(by, homes[0], "refused", day=date(2026, 11, 2), campaign=campaign, refusal="no_capital")
    met(by, homes[0], "agreed", campaign=campaign)  # the newest answer counts
    met(by, homes[1], "refused", campaign=campaign, refusal="risk")
    total, rows = report.progress(campaign, by, TODAY)
    assert (total.target, total.reached, total.to_reach) == (3, 2, 1)
    assert dict(total.answers) == {"agreed": 1, "refused": 1}
    assert [each.target for each in rows] == [3]
    assert report.refusals(campaign, by) == [("Sợ thất bại, sợ mất mùa, mất giá", 1)]


def test_groups_and_places_narrow_it(group, by):
    mine = poor(group, head={"sex": "female"})
    poor(group, head={"sex": "male"})
    poor(make_group(group.parent), head={"sex": "female"})
    campaign = make_campaign(group, groups=["female_head"], areas=[group])
    supervisor = make_user("supervisor", group.parent)
    assert list(report.target(campaign, supervisor, TODAY)) == [mine]
    with pytest.raises(ValidationError, match="không thuộc phường"):
        make_campaign(group, name="Khác", areas=[make_group(make_ward())])


def test_two_at_one_campaign(group, by):
    campaign = make_campaign(group)
    actions.edit_campaign(by=by, campaign=campaign, version=1, values={"purpose": "Một"})
    with pytest.raises(Stale):
        actions.edit_campaign(by=by, campaign=campaign, version=1, values={"purpose": "Hai"})


# --- pages ------------------------------------------------------------------------------------------------------------


def test_pages_from_campaign_to_answers(group, by):
    client, homes, today = signed_in(by), [poor(group) for _ in range(2)], localdate()
    campaign = {
        "ward": group.parent_id, "name": "Đợt <b>1</b>", "purpose": "Vay vốn", "starts_on": "01/11/2026",
        "ends_on": "31/12/2026", "classes": ["poor"],
    }  # fmt: skip
    assert (
        client.post(
            reverse("campaign_create"), {**campaign, "purpose": "", "request_id": uuid4()}
        ).status_code
        == 422
    )
    assert client.post(reverse("campaign_create"), {**campaign, "request_id": uuid4()}).status_code == 302
    made = Campaign.objects.get()
    visit = {
        "kind": "visit", "date": f"{today:%d/%m/%Y}", "subject": "Vay vốn", "led_by": "Chị Lan", "campaign": made.pk,
        "tl-answer": "refused", "request_id": uuid4(),
    }  # fmt: skip
    home = reverse("outreach_home", args=[homes[0].pk])
    assert client.post(home, visit).status_code == 422  # why not?
    assert client.post(home, {**visit, "tl-refusal": "no_capital"}).status_code == 302
    meeting = f"{reverse('meeting_of_outreach')}?to={group.pk}&dot={made.pk}"
    assert client.get(reverse("meeting_of_outreach")).status_code == 200
    assert client.get(meeting).content.decode().count("<legend") >= 2
    later = today + timedelta(days=2)
    sent = {
        "area": group.pk, "kind": "meeting", "date": f"{today:%d/%m/%Y}", "subject": "Họp", "led_by": "Chị Lan",
        "attended": "12", "campaign": made.pk, f"h{homes[1].pk}-answer": "considering",
        f"h{homes[1].pk}-next_visit_on": f"{later:%d/%m/%Y}", "request_id": uuid4(),
    }  # fmt: skip
    assert client.post(meeting, sent).status_code == 302
    page = client.get(reverse("campaign_detail", args=[made.pk])).content.decode()
    assert "Không có vốn góp" in page
    assert "<b>1</b>" not in page
    for url in (
        reverse("activity_list"), f"{reverse('contact_list')}?hen=sap&tra-loi=considering&dot={made.pk}",
        f"{reverse('campaign_households', args=[made.pk])}?tra-loi=refused&to={group.pk}",
        reverse("campaign_edit", args=[made.pk]),
    ):  # fmt: skip
        assert client.get(url).status_code == 200, url
    assert data_of(client.post(reverse("contact_export"), {"reason": "Gửi chị Lan"}))
    assert data_of(client.post(reverse("addressed_export", args=[made.pk]), {"reason": "Gửi chị Lan"}))
    void = reverse("activity_void", args=[Activity.objects.latest("pk").pk])
    assert client.post(void, {"reason": "Nhầm"}).status_code == 302


def test_who_may_read_and_write(group, by):
    home, campaign = poor(group), make_campaign(group)
    for role, area, read, write in (
        ("officer", group, 200, 200), ("supervisor", group.parent, 200, 200), ("approver", group.parent, 200, 403),
        ("admin", group.parent, 403, 403), ("viewer", group.parent, 403, 403),
    ):  # fmt: skip
        client = signed_in(make_user(role, area))
        assert client.get(reverse("outreach_home", args=[home.pk])).status_code == read, role
        assert client.get(reverse("campaign_detail", args=[campaign.pk])).status_code == read, role
        assert client.get(reverse("campaign_edit", args=[campaign.pk])).status_code == write, role
    stranger = signed_in(make_user("officer", make_group(make_ward())))
    assert stranger.get(reverse("outreach_home", args=[home.pk])).status_code == 404
    chair = signed_in(make_user("approver", group.parent))
    assert chair.post(reverse("outreach_home", args=[home.pk]), {"kind": "visit"}).status_code == 403
    assert not Activity.objects.exists()


def test_the_list_pins_its_queries(group, by, django_assert_max_num_queries):
    client = signed_in(by)
    client.get(reverse("activity_list"))
    for _ in range(6):
        met(by, poor(group))
    with django_assert_max_num_queries(13):
        client.get(reverse("activity_list"))


def test_rules_by_name(group, by):
    home, ward = poor(group), group.parent
    material = {"ward": ward, "title": "A", "audience": "both", "author": "P", "link": "https://a.vn"}
    made = Material.objects.create(**material)
    refused("material_once", Material.objects.create, **material)
    refused("material_is_somewhere", Material.objects.create, **{**material, "title": "B", "link": ""})
    refused("material_titled", Material.objects.create, **{**material, "title": "B", "author": ""})
    refused("material_never_deleted", Material.objects.filter(pk=made.pk)._raw_delete, "default")
    campaign = {"ward": ward, "name": "A", "purpose": "x", "starts_on": TODAY, "ends_on": TODAY}
    row = Campaign.objects.create(**campaign)
    refused("campaign_once", Campaign.objects.create, **campaign)
    refused("campaign_has_purpose", Campaign.objects.create, **{**campaign, "name": "B", "purpose": ""})
    earlier = {**campaign, "name": "B", "ends_on": date(2026, 1, 1)}
    refused("campaign_dates_in_order", Campaign.objects.create, **earlier)
    refused("campaign_never_deleted", Campaign.objects.filter(pk=row.pk)._raw_delete, "default")
    activity = {"area": group, "kind": "visit", "date": TODAY, "subject": "x", "led_by": "y"}
    done = Activity.objects.create(**activity)
    refused("activity_says_what", Activity.objects.create, **{**activity, "subject": ""})
    refused("activity_attended_sensible", Activity.objects.create, **{**activity, "attended": 10**6})
    refused("activity_voided_with_reason", Activity.objects.create, **{**activity, "void_reason": "x"})
    refused("activity_never_deleted", Activity.objects.filter(pk=done.pk)._raw_delete, "default")
    contact = {"activity": done, "household": home, "answer": "agreed"}
    one = Contact.objects.create(**contact)
    refused("contact_once", Contact.objects.create, **contact)
    other = {**contact, "household": poor(group)}
    refused("contact_refusal_has_reason", Contact.objects.create, **{**other, "answer": "refused"})
    refused("contact_refusal_has_reason", Contact.objects.create, **{**other, "refusal": "risk"})
    unexplained = {**other, "answer": "refused", "refusal": "other"}
    refused("contact_other_refusal_explained", Contact.objects.create, **unexplained)
    refused("contact_never_deleted", Contact.objects.filter(pk=one.pk)._raw_delete, "default")
