"""The pages of outreach: who may, what they say, their numbers and the households behind them, within their queries."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import outreach as actions
from households.actions.support.livelihoods import join
from households.models import Activity, Campaign, Contact, Household, LivelihoodProject
from households.reports.support import case
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_status
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_campaigns import make_campaign
from tests.households.support.test_materials import put_in
from tests.taken import REASON, lines_of
from thanhsen.models import Area, Event

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def place():
    ward = make_ward()
    group, other = make_group(ward), make_group(ward)
    supervisor, today = make_user("supervisor", ward), localdate()
    homes = [
        make_household(group, head={"full_name": f"Nguyễn Văn {name}"}) for name in ("An", "Bình", "Chi")
    ]
    for home in homes:
        make_status(home, "poor", date(2025, 12, 1))
    project = LivelihoodProject.objects.create(
        ward=ward, name="Nuôi bò", kind="livestock", started_on=date(2026, 1, 1)
    )
    campaign = make_campaign(
        supervisor, ward, project=project, starts_on=today - timedelta(40), ends_on=today + timedelta(40)
    )
    return SimpleNamespace(
        ward=ward, group=group, other=other, homes=homes, supervisor=supervisor, campaign=campaign, today=today,
        project=project, officer=make_user("officer", group),
    )  # fmt: skip


def visit(place, home, **values):
    said = {"household": home.pk, "answer": "agreed", **values}
    named = {
        "kind": "visit",
        "date": place.today,
        "area": home.area,
        "campaign": place.campaign,
        "led_by": "Tổ trưởng",
    }
    return actions.record_activity(by=place.supervisor, values=named, contacts=[said], today=place.today)


def typed(place, **values):
    named = {
        "kind": "visit", "campaign": place.campaign.pk, "date": f"{place.today:%d/%m/%Y}", "subject": "",
        "led_by": "Nguyễn Thị Đào", "person": "Chị Hoa", "said": "Để bàn đã", "answer": "considering",
        "refusal": "", "refusal_note": "", "next_visit_on": "", "request_id": uuid4(), **values,
    }  # fmt: skip
    return named


def addresses(place):
    activity = visit(place, place.homes[0])
    campaign = [place.campaign.pk]
    return [
        reverse("activity_list"), reverse("activity_export"), reverse("contact_list"), reverse("contact_export"),
        reverse("campaign_list"), reverse("campaign_detail", args=campaign),
        reverse("campaign_households", args=campaign), reverse("campaign_export", args=campaign),
        reverse("activity_detail", args=[activity.pk]), reverse("outreach_home", args=[place.homes[0].pk]),
    ], [
        reverse("activity_create"), reverse("campaign_create"), reverse("campaign_edit", args=campaign),
        reverse("activity_contacts", args=[activity.pk]), reverse("activity_void", args=[activity.pk]),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "supervisor", "approver", "admin", "viewer"])
def test_who_reads_and_who_writes(place, role):
    reads, writes = addresses(place)
    client = signed_in(make_user(role, place.ward))
    sees, may = role not in {"admin", "viewer"}, role in {"officer", "supervisor"}
    for url in reads:
        assert client.get(url).status_code == (200 if sees else 403), url
    for url in writes:
        assert client.get(url).status_code == (200 if may else 403), url
    home = reverse("outreach_home", args=[place.homes[1].pk])
    assert client.post(home, typed(place)).status_code == (302 if may else 403)


def test_of_another_place_nothing_is_found(place):
    addresses(place)
    activity = Activity.objects.get()
    for user in (make_user("supervisor", make_ward()), make_user("officer", place.other)):
        client = signed_in(user)
        for name in ("activity_detail", "activity_contacts", "activity_void"):
            assert client.get(reverse(name, args=[activity.pk])).status_code == 404
        home = reverse("outreach_home", args=[place.homes[0].pk])
        assert client.get(home).status_code == client.post(home, typed(place)).status_code == 404
        assert "Nguyễn Văn An" not in text(client.get(reverse("contact_list")))
    for name in ("campaign_detail", "campaign_edit", "campaign_households", "campaign_export"):
        url = reverse(name, args=[place.campaign.pk])
        assert signed_in(make_user("supervisor", make_ward())).get(url).status_code == 404
    officer = signed_in(make_user("officer", place.other))
    assert officer.get(reverse("campaign_edit", args=[place.campaign.pk])).status_code == 404
    page = text(officer.get(reverse("campaign_detail", args=[place.campaign.pk])))
    assert "Không có hộ nào phải vận động" in page
    assert "Nguyễn Văn" not in text(officer.get(reverse("campaign_households", args=[place.campaign.pk])))


def test_a_visit_is_one_form(place):
    client = signed_in(place.officer)
    url = reverse("outreach_home", args=[place.homes[0].pk])
    assert f'value="{place.campaign.pk}" selected' in text(client.get(url, {"dot": place.campaign.pk}))
    next_on = f"{place.today + timedelta(2):%d/%m/%Y}"
    answer = client.post(url, typed(place, said=SCRIPT, next_visit_on=next_on), follow=True)
    assert "Đã ghi: còn cân nhắc" in text(answer)
    assert "&lt;script&gt;" in text(answer)
    assert SCRIPT not in text(answer)
    made = Contact.objects.select_related("activity").get()
    assert (made.activity.subject, made.activity.area, made.person) == (
        place.campaign.purpose,
        place.group,
        "Chị Hoa",
    )
    assert next_on in text(client.get(reverse("contact_list"), {"hen": "sap"}))
    assert [each.part for each in case.told(place.homes[0])][-1] == "outreach"
    assert Event.objects.filter(act="household.view", records=[place.homes[0].pk]).exists()


WRONG = [
    ({"answer": ""}, "Chọn câu trả lời"),
    ({"answer": "refused"}, "Chọn vì sao"),
    ({"answer": "refused", "refusal": "other"}, "Ghi rõ lý do"),
    ({"campaign": ""}, "Ghi đã nói gì"),
    ({"campaign": "999999"}, "không có trong danh sách"),
    ({"date": "31/12/2099"}, "tương lai"),
    ({"date": "01/01/2026"}, "trong khoảng ngày của đợt"),
    ({"next_visit_on": "01/01/2026"}, "sau ngày vận động"),
    ({"kind": "meeting"}, "không có trong danh sách"),
    ({"led_by": ""}, "Chưa nhập"),
    ({"person": "x" * 121}, "Dài quá"),
]


@pytest.mark.parametrize(("values", "sentence"), WRONG)
def test_a_wrong_visit_is_answered_with_what_to_do(place, values, sentence):
    url = reverse("outreach_home", args=[place.homes[0].pk])
    answer = signed_in(place.officer).post(url, typed(place, **values))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Activity.objects.exists()


def test_a_reason_left_in_a_form_that_says_yes_is_not_kept(place):
    url = reverse("outreach_home", args=[place.homes[0].pk])
    signed_in(place.officer).post(url, typed(place, answer="agreed", refusal="risk", refusal_note="x"))
    assert (Contact.objects.get().refusal, Contact.objects.get().refusal_note) == ("", "")


def test_who_met_nobody_met_nobody(place):
    url = reverse("outreach_home", args=[place.homes[0].pk])
    signed_in(place.officer).post(url, typed(place, answer="absent"))
    assert (Contact.objects.get().person, Contact.objects.get().said) == ("", "")


def test_sent_twice_is_one_visit(place):
    client, data = signed_in(place.officer), typed(place)
    url = reverse("outreach_home", args=[place.homes[0].pk])
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert Contact.objects.count() == 1
    other = client.post(reverse("outreach_home", args=[place.homes[1].pk]), data)
    assert other.status_code == 422
    assert "ghi một lần rồi" in text(other)


def test_an_appointment_is_shown_where_the_next_visit_is_written_and_outlives_a_meeting(place):
    home, day = place.homes[0], place.today + timedelta(2)
    visit(place, home, next_visit_on=day)
    meeting = {
        "kind": "meeting",
        "date": place.today,
        "area": place.group,
        "subject": "Vay vốn",
        "led_by": "Tổ",
    }
    said = [{"household": home.pk, "answer": "informed"}]
    actions.record_activity(by=place.supervisor, values=meeting, contacts=said, today=place.today)
    client, url = signed_in(place.officer), reverse("outreach_home", args=[home.pk])
    second = actions.record_activity(by=place.supervisor, values=meeting, today=place.today)
    line = text(client.get(reverse("activity_contacts", args=[second.pk])))
    assert line.count("Đang hẹn đến lại") == 1
    page = text(client.get(url))
    assert f"Đang hẹn đến lại ngày <strong>{day:%d/%m/%Y}</strong>" in page
    assert home.code in text(client.get(reverse("contact_list"), {"hen": "sap"}))
    client.post(url, typed(place))
    assert "Đang hẹn đến lại" not in text(client.get(url))
    assert home.code not in text(client.get(reverse("contact_list"), {"hen": "co"}))


def test_the_list_says_where_a_visit_is_written(place):
    client = signed_in(place.officer)
    assert "bấm “Việc khác” rồi “Vận động”" in text(client.get(reverse("activity_list")))
    menu = text(client.get(reverse("household_detail", args=[place.homes[0].pk]))).split(
        "Việc khác</summary>"
    )[1]
    assert (
        f'{reverse("outreach_home", args=[place.homes[0].pk])}">Vận động</a>' in menu.split("</details>")[0]
    )


def test_who_left_the_register_is_visited_no_more(place):
    home = place.homes[0]
    visit(place, home)
    Household.objects.filter(pk=home.pk).update(closed_date=place.today, closed_reason="moved_out")
    client = signed_in(place.officer)
    url = reverse("outreach_home", args=[home.pk])
    page = text(client.get(url))
    assert "Ghi lần này" not in page
    assert reverse("project_join", args=[place.project.pk]) not in page
    assert "đã ra khỏi sổ nên không ghi" in text(client.post(url, typed(place), follow=True))
    assert Contact.objects.count() == 1


def test_a_meeting_then_its_households_one_page_after_another(place):
    client = signed_in(place.officer)
    data = {
        "kind": "meeting", "area": place.group.pk, "campaign": place.campaign.pk, "date": f"{place.today:%d/%m/%Y}",
        "place": "Nhà văn hoá", "subject": "", "led_by": "Tổ trưởng", "attended": "40", "request_id": uuid4(),
    }  # fmt: skip
    assert client.post(reverse("activity_create"), {**data, "area": place.other.pk}).status_code == 422
    answer = client.post(reverse("activity_create"), data)
    meeting = Activity.objects.get()
    url = reverse("activity_contacts", args=[meeting.pk])
    assert answer.url == url
    make_household(place.group, head={"full_name": "Trần Văn Dũng"})
    page = text(client.get(url))
    assert "Nguyễn Văn An" in page
    assert "Trần Văn Dũng" not in page  # not poor: only among all of the tổ dân phố
    assert "Trần Văn Dũng" in text(client.get(url, {"loc": "tat-ca"}))
    assert "Trần Văn Dũng" in text(client.get(url, {"q": "dung"}))
    first, second, third = (home.pk for home in place.homes)
    assert "Chưa đánh dấu" in text(client.post(url, {}))
    wrong = client.post(
        url, {"ho": [first, second], f"h{first}-answer": "refused", f"h{second}-answer": "informed"}
    )
    assert wrong.status_code == 422
    assert "Chọn vì sao gia đình không tham gia" in text(wrong)
    assert not Contact.objects.exists()
    said = {
        "ho": [first, second, "x"], f"h{first}-answer": "refused", f"h{first}-refusal": "risk",
        f"h{first}-said": "Năm ngoái lỗ rồi", f"h{second}-said": " ", f"h{third}-said": "không ai hỏi",
        f"h{second}-answer": "agreed", f"h{third}-answer": "agreed",
    }  # fmt: skip
    assert client.post(url, said).url == reverse("activity_detail", args=[meeting.pk])
    assert set(Contact.objects.values_list("household", "answer")) == {(first, "refused"), (second, "agreed")}
    page = text(client.get(reverse("activity_detail", args=[meeting.pk])))
    assert "Sợ thất bại" in page
    assert "Năm ngoái lỗ rồi" in page
    assert set(Contact.objects.values_list("said", flat=True)) == {"Năm ngoái lỗ rồi", ""}
    assert f"{reverse('project_join', args=[place.project.pk])}?q={place.homes[1].code}" in page


def test_what_was_left_with_the_family_is_of_the_visit(place):
    leaflet = put_in(place.supervisor, place.group)
    url = reverse("outreach_home", args=[place.homes[0].pk])
    client = signed_in(place.officer)
    assert client.post(url, typed(place, materials=[999999])).status_code == 422
    page = text(client.post(url, typed(place, materials=[leaflet.pk]), follow=True))
    assert list(Activity.objects.get().materials.all()) == [leaflet]
    assert reverse("material_file", args=[leaflet.pk]) in page


def test_a_place_that_ceased_stays_of_the_campaign_that_is_edited(place):
    """Left out of the page it would be dropped in silence, and without any place the whole ward is addressed."""
    campaign = make_campaign(place.supervisor, place.ward, place.other, name="Một tổ")
    Area.objects.filter(pk=place.other.pk).update(valid_to=place.today)
    client, url = signed_in(place.supervisor), reverse("campaign_edit", args=[campaign.pk])
    page = text(client.get(url))
    assert re.search(rf'name="areas"[^>]*value="{place.other.pk}"[^>]*checked', page)
    data = {
        "name": "Một tổ", "purpose": "Nói", "starts_on": "01/11/2026", "ends_on": "31/12/2026", "classes": ["left_poor"],
        "areas": [place.other.pk], "version": campaign.version,
    }  # fmt: skip
    refused = client.post(url, data)
    assert "thoát không quá mấy tháng" in text(refused)
    assert client.post(url, {**data, "term_months": "36"}).status_code == 302
    campaign.refresh_from_db()
    assert (list(campaign.areas.all()), campaign.term_months) == ([place.other], 36)


def test_what_must_be_filled_in_is_marked(place):
    client = signed_in(place.officer)
    page = text(client.get(reverse("outreach_home", args=[place.homes[0].pk])))
    for label in ("Hình thức", "Ngày", "Gia đình trả lời", "Vì sao không", "Người thực hiện"):
        assert f'{label}<span class="asteriskField">*</span>' in page, label
    assert 'Gặp ai<span class="asterisk' not in page


def test_a_broadcast_names_no_household(place):
    data = {
        "kind": "broadcast", "area": place.group.pk, "date": f"{place.today:%d/%m/%Y}", "subject": "Vay vốn",
        "led_by": "Đài phường", "request_id": uuid4(),
    }  # fmt: skip
    client = signed_in(place.officer)
    made_at = client.post(reverse("activity_create"), data).url
    assert made_at == reverse("activity_detail", args=[Activity.objects.get().pk])
    url = reverse("activity_contacts", args=[Activity.objects.get().pk])
    home = place.homes[0].pk
    answer = client.post(f"{url}?loc=tat-ca", {"ho": home, f"h{home}-answer": "informed"})
    assert answer.status_code == 422
    assert "loa, pano thì không ghi hộ" in text(answer)


def test_who_agreed_is_shown_the_way_in_until_he_takes_part(place):
    visit(place, place.homes[0])
    client = signed_in(place.officer)
    link = f"{reverse('project_join', args=[place.project.pk])}?q={place.homes[0].code}"
    pages = [
        reverse("outreach_home", args=[place.homes[0].pk]),
        f"{reverse('campaign_households', args=[place.campaign.pk])}?loai=dong-y",
        reverse("activity_detail", args=[Activity.objects.get().pk]),
    ]
    for url in pages:
        assert link in text(client.get(url)), url
    join(
        by=place.officer,
        project=place.project,
        households=[place.homes[0].pk],
        on=place.today,
        today=place.today,
    )
    for url in pages:
        page = text(client.get(url))
        assert link not in page
        assert "đã ở trong mô hình" in page
    chair = text(signed_in(make_user("approver", place.ward)).get(pages[0]))
    assert link not in chair


def test_void_on_screen(place):
    activity = visit(place, place.homes[0])
    client = signed_in(place.officer)
    url = reverse("activity_void", args=[activity.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    page = text(client.post(url, {"reason": "Nhầm hộ"}, follow=True))
    assert "Đã bỏ" in page
    assert "Nhầm hộ" in page
    assert client.post(url, {"reason": "Nữa"}).status_code == 422
    listed = text(client.get(reverse("activity_list")))
    assert "đã bỏ" in listed
    assert f"Đến nhà: {place.homes[0].head_name}" in listed


def test_every_number_opens_as_many_households(place):
    visit(place, place.homes[0])
    visit(place, place.homes[1], answer="refused", refusal="risk")
    visit(place, make_household(place.other))
    client = signed_in(place.supervisor)
    page = text(client.get(reverse("campaign_detail", args=[place.campaign.pk])))
    assert "<svg" in page
    links = re.findall(
        r'href="([^"]+/ho/\?[^"]+)"[^>]*>(?:<span[^>]*>[^<]*</span><span[^>]*>)?([\d.]+)', page
    )
    assert len(links) >= 10
    for url, number in links:
        behind = text(client.get(url.replace("&amp;", "&")))
        assert f'<p class="result-count">{number} hộ' in behind, url
    assert "1 hộ</a> không thuộc" in page


def test_filters_and_what_anybody_can_mistype(place):
    visit(place, place.homes[0])
    visit(place, place.homes[1], answer="refused", refusal="risk")
    client = signed_in(place.supervisor)

    def count(name, *args, **query):
        return int(re.search(r'result-count">([\d.]+)', text(client.get(reverse(name, args=args), query)))[1])

    assert count("activity_list") == count("activity_list", to=place.group.pk, dot=place.campaign.pk) == 2
    assert (
        count("activity_list", **{"tra-loi": "refused"})
        == count("contact_list", **{"tra-loi": "agreed"})
        == 1
    )
    assert count("activity_list", **{"hinh-thuc": "meeting"}) == count("contact_list", to=place.other.pk) == 0
    odd = {
        "to": "9" * 30,
        "dot": "x",
        "tra-loi": "\x00",
        "hen": "?",
        "hinh-thuc": "'",
        "loai": "x",
        "trang": "-1",
    }
    for name, args in (
        ("activity_list", []),
        ("contact_list", []),
        ("campaign_households", [place.campaign.pk]),
    ):
        assert client.get(reverse(name, args=args), odd).status_code == 200
    assert count("campaign_households", place.campaign.pk, **{"vi-sao": "risk"}) == 1
    assert count("campaign_households", place.campaign.pk, q="chi") == 1


def test_campaign_on_screen(place):
    client = signed_in(place.officer)
    data = {
        "ward": place.ward.pk, "name": SCRIPT, "purpose": "Nói về vay vốn", "starts_on": "01/11/2026",
        "ends_on": "30/11/2026", "classes": ["near_poor"], "areas": [place.group.pk], "request_id": uuid4(),
    }  # fmt: skip
    url = reverse("campaign_create")
    assert "cả phường thì công chức" in text(client.post(url, {**data, "areas": []}))
    assert "không được trước ngày bắt đầu" in text(client.post(url, {**data, "ends_on": "01/10/2026"}))
    assert client.post(url, {**data, "areas": [place.other.pk]}).status_code == 422
    page = text(client.post(url, data, follow=True))
    assert "&lt;script&gt;" in page
    assert SCRIPT not in page
    made = Campaign.objects.get(name=SCRIPT)
    change = {**data, "name": "Đợt mới", "version": made.version}
    edit = reverse("campaign_edit", args=[made.pk])
    assert "Đợt mới" in text(client.post(edit, change, follow=True))
    assert "Người khác vừa sửa" in text(client.post(edit, change, follow=True))


def test_taken_away_with_a_reason(place):
    visit(place, place.homes[0], next_visit_on=place.today + timedelta(1))
    client = signed_in(place.supervisor)
    for name, args, heading, value in (
        ("activity_export", [], "Đồng ý tham gia", 1),
        ("contact_export", [], "Chủ hộ", "Nguyễn Văn An"),
        ("campaign_export", [place.campaign.pk], "Trả lời", "Đồng ý tham gia"),
    ):
        rows = lines_of(client.post(reverse(name, args=args), {"reason": REASON}))
        assert value in [row[heading] for row in rows], name
    acts = set(Event.objects.values_list("act", flat=True))
    assert {"activity.export", "contact.export", "campaign.export"} <= acts


PINNED = {
    "activity_list": 11, "contact_list": 9, "campaign_list": 8, "campaign_detail": 11, "campaign_households": 12,
    "activity_detail": 9, "outreach_home": 12,
}  # fmt: skip


@pytest.mark.parametrize("name", PINNED)
def test_as_many_queries_however_many_households(place, name, django_assert_num_queries):
    client = signed_in(place.supervisor)
    made = visit(place, place.homes[0])
    args = {
        "campaign_detail": [place.campaign.pk],
        "campaign_households": [place.campaign.pk],
        "activity_detail": [made.pk],
    }
    args["outreach_home"] = [place.homes[0].pk]
    url = reverse(name, args=args.get(name, []))
    client.get(url)
    visit(place, place.homes[1], answer="refused", refusal="risk")
    client.get(url)
    with django_assert_num_queries(PINNED[name]):
        client.get(url)
    for home in (place.homes[0], place.homes[2], place.homes[1]):
        visit(place, home, answer="refused", refusal="health")
    with django_assert_num_queries(PINNED[name]):
        client.get(url)
