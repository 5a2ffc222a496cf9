"""One household's answer put right alone, or taken out of a meeting: with a reason, and what stood before kept."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.support import contacts as actions
from households.actions.support.outreach import add_contacts, void_activity
from households.models import Contact, ContactChange, Household
from households.reports.support import outreach as report
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import told_of
from tests.households.support.test_campaigns import make_campaign, poor
from tests.households.support.test_outreach import TODAY, record, said
from tests.refusals import refused
from thanhsen.concurrency import Stale
from thanhsen.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("officer", group)


def contact_of(home):
    return Contact.objects.get(household=home)


def correct(by, contact, reason="Nghe nhầm", version=None, **values):
    return actions.correct_contact(
        by=by, contact=contact, version=version or contact.version, values=values, reason=reason, at=AT
    )


def withdraw(by, contact, reason="Không dự", version=None):
    return actions.withdraw_contact(
        by=by, contact=contact, version=version or contact.version, reason=reason, at=AT
    )


def test_one_answer_of_forty_is_put_right_and_the_trail_says_how(by, group):
    homes = [make_household(group) for _ in range(3)]
    meeting = record(by, group, *(said(home, "agreed") for home in homes))
    wrong = contact_of(homes[1])
    row = correct(by, wrong, answer="refused", refusal="risk", said="Sợ lỗ")
    assert (row.answer, row.version) == ("refused", 2)
    ((_, counts),) = report.counted([meeting])
    assert counts == {"agreed": 2, "refused": 1, "all": 3}
    (change,) = ContactChange.objects.all()
    assert (change.by, change.at, change.reason) == (by, AT, "Nghe nhầm")
    assert (change.before["answer"], change.after["answer"], change.after["said"]) == (
        "agreed",
        "refused",
        "Sợ lỗ",
    )
    event = Event.objects.get(act="contact.correct")
    assert (event.reason, event.before["answer"], event.after["answer"]) == ("Nghe nhầm", "agreed", "refused")
    (told,) = report.changes(row)
    assert ("Trả lời", "Đồng ý tham gia", "Không tham gia") in told.lines


def test_a_household_ticked_by_mistake_is_taken_out_alone_and_may_be_ticked_again(by, group):
    home, other = make_household(group), make_household(group)
    meeting = record(by, group, said(home, "agreed", next_visit_on=TODAY + timedelta(2)), said(other))
    withdraw(by, contact_of(home))
    assert set(Contact.objects.counted().values_list("household", flat=True)) == {other.pk}
    assert not Contact.objects.to_revisit().exists()
    ((_, counts),) = report.counted([meeting])
    assert counts == {"informed": 1, "all": 1}
    assert [each.is_struck for each in told_of(home, report.STORY)] == [True]
    with pytest.raises(ValidationError, match="đã bỏ"):
        correct(by, contact_of(home), answer="refused")
    assert add_contacts(by=by, activity=meeting, contacts=[said(home)]) == 1


def test_what_is_refused(by, group):
    home, visited = make_household(group), make_household(group)
    meeting = record(by, group, said(home))
    row = contact_of(home)
    for values, reason, words in (
        ({"answer": "agreed"}, " ", "lý do"),
        ({"answer": "informed"}, "x", "Chưa sửa gì"),
        ({"answer": "refused"}, "x", "ghi vì sao"),
        ({"answer": "absent"}, "x", "bỏ riêng hộ"),
        ({"next_visit_on": TODAY}, "x", "sau ngày vận động"),
    ):
        with pytest.raises(ValidationError, match=words):
            correct(by, row, reason, **values)
    with pytest.raises(ValidationError, match="lý do"):
        withdraw(by, row, "")
    record(by, group, said(visited), kind="visit")
    with pytest.raises(ValidationError, match="bỏ cả lần"):
        withdraw(by, contact_of(visited))
    correct(by, row, answer="agreed")
    with pytest.raises(Stale):
        correct(by, row, answer="refused", refusal="risk", version=1)
    void_activity(by=by, activity=meeting, reason="Nhầm", at=AT)
    with pytest.raises(ValidationError, match="đã bỏ"):
        correct(by, contact_of(home), answer="considering")
    assert ContactChange.objects.count() == 1


def test_rules_by_name(by, group):
    home = make_household(group)
    meeting = record(by, group, said(home))
    row = Contact.objects.filter(household=home)
    fixed = {"version": 2, "corrected_by": by, "corrected_at": AT, "correction": "x"}
    refused("contact_is_only_corrected", row.update, said="x")
    refused("contact_is_only_corrected", row.update, **{**fixed, "made_by": None})
    refused("contact_corrected_with_reason", row.update, **{**fixed, "correction": ""})
    refused("contact_corrected_with_reason", row.update, **{**fixed, "corrected_by": None})
    row.update(**fixed, voided_at=AT)
    refused("contact_is_only_corrected", row.update, **{**fixed, "version": 3})
    change = ContactChange.objects.all()
    refused("contact_change_stays", change.update, reason="y")
    refused("contact_change_stays", change._raw_delete, change.db)
    add_contacts(by=by, activity=meeting, contacts=[said(home)])
    void_activity(by=by, activity=meeting, reason="x", at=AT)
    refused("contact_is_only_corrected", row.filter(voided_at=None).update, **fixed)


def test_a_meeting_takes_households_of_its_ward_in_the_register_each_once(by, group):
    meeting, supervisor = record(by, group), make_user("supervisor", group.parent)
    home, late = make_household(group), make_household(group, opened_date=date(2026, 11, 26))
    left = make_household(group)
    Household.objects.filter(pk=left.pk).update(closed_date=date(2026, 11, 1), closed_reason="moved_out")
    two_wards, other = make_user("supervisor", group.parent), make_ward()
    two_wards.areas.add(other)
    far = make_household(make_group(other))
    for user, contacts, words in (
        (by, [said(home), said(home)], "hai lần"),
        (by, [said(late)], "không có trong sổ"),
        (by, [said(left)], "không có trong sổ"),
        (two_wards, [said(far)], "phường khác"),
        (make_user("officer", make_group(group.parent)), [said(home)], "không được giao"),
    ):
        with pytest.raises(ValidationError, match=words):
            add_contacts(by=user, activity=meeting, contacts=contacts)
    visit = record(by, group, said(home), kind="visit")
    with pytest.raises(ValidationError, match="Chỉ buổi họp"):
        add_contacts(by=supervisor, activity=visit, contacts=[said(make_household(group))])
    assert Contact.objects.count() == 1


def test_pages_of_a_correction(by, group):
    home = make_household(group, head={"full_name": "Nguyễn Thị Đào"})
    record(by, group, said(home, "agreed"))
    row, client = contact_of(home), signed_in(by)
    url = reverse("contact_correct", args=[row.pk])
    data = {"answer": "refused", "refusal": "risk", "said": "<b>Sợ</b>", "reason": "Nghe nhầm", "version": 1}
    assert client.post(url, {**data, "reason": ""}).status_code == 422
    assert client.post(url, {**data, "refusal": ""}).status_code == 422
    assert client.post(url, {**data, "answer": "absent"}).status_code == 422
    page = client.post(url, data, follow=True).content.decode()
    assert "Sợ thất bại" in page
    assert "Đã sửa" in page
    assert "<b>Sợ" not in page
    stale = client.post(url, {**data, "answer": "agreed"}, follow=True).content.decode()
    assert "Người khác vừa sửa câu trả lời này" in stale
    trail = client.get(reverse("contact_changes", args=[row.pk])).content.decode()
    assert "Đồng ý tham gia" in trail
    assert "Nghe nhầm" in trail
    assert (
        client.post(
            reverse("contact_withdraw", args=[row.pk]), {"reason": "Không dự", "version": 2}
        ).status_code
        == 302
    )
    assert not Contact.objects.counted().exists()
    for role, area, read, write in (
        ("approver", group.parent, 200, 403), ("viewer", group.parent, 403, 403), ("officer", make_group(group.parent), 404, 404),
    ):  # fmt: skip
        other = signed_in(make_user(role, area))
        assert other.get(reverse("contact_changes", args=[row.pk])).status_code == read
        for name in ("contact_correct", "contact_withdraw"):
            assert other.get(reverse(name, args=[row.pk])).status_code == write


def test_no_ticked_household_is_dropped_in_silence(by, group):
    """Two officers at one meeting: what the second one ticked and the first had written is said, not passed over."""
    homes = [make_household(group, head={"full_name": f"Lê Văn {name}"}) for name in ("An", "Bình", "Chi")]
    meeting, client = record(by, group), signed_in(by)
    add_contacts(by=by, activity=meeting, contacts=[said(homes[0], "refused", refusal="risk")])
    url = reverse("activity_contacts", args=[meeting.pk])
    data = {"ho": [each.pk for each in homes], **{f"h{each.pk}-answer": "agreed" for each in homes}}
    answer = client.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Lê Văn An" in page
    assert "không còn trong danh sách" in page
    assert page.count("checked>") == 2
    assert Contact.objects.count() == 1
    assert client.post(url, {**data, "ho": [each.pk for each in homes[1:]]}).status_code == 302
    assert Contact.objects.filter(answer="agreed").count() == 2


def test_ticked_on_a_page_that_has_moved_on_is_still_recorded(group):
    supervisor = make_user("supervisor", group.parent)
    campaign, home = make_campaign(supervisor, group.parent), make_household(group)
    meeting, client = record(supervisor, group, campaign=campaign), signed_in(supervisor)
    poor(group)
    url = reverse("activity_contacts", args=[meeting.pk])
    # The page begins with whom the campaign addresses; this one was ticked on the page of all.
    answer = client.post(url, {"ho": [home.pk], f"h{home.pk}-answer": "agreed"})
    assert answer.status_code == 302
    assert contact_of(home).answer == "agreed"
