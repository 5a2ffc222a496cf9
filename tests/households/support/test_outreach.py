"""Visits, meetings, calls, broadcasts: what is recorded, of whom, taken back; what waits, the story, the rules."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from households.actions.support import outreach as actions
from households.actions.support.contacts import correct_contact, withdraw_contact
from households.models import Activity, Contact, Household
from households.reports.support import outreach as report
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household
from tests.households.support import counted_for, told_of
from tests.households.support.test_campaigns import make_campaign, poor, visit
from tests.refusals import refused
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
MEETING = {"kind": "meeting", "date": TODAY, "subject": "Vay vốn", "led_by": "Tổ trưởng", "attended": 40}


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("officer", group)


def said(home, answer="informed", **values):
    return {"household": home.pk, "answer": answer, **values}


def record(by, area, *contacts, request_id=None, **values):
    return actions.record_activity(
        by=by,
        values={**MEETING, "area": area, **values},
        contacts=contacts,
        today=TODAY,
        request_id=request_id,
    )


def test_a_meeting_with_many_households_each_with_its_answer(by, group):
    homes = [make_household(group) for _ in range(3)]
    made = record(by, group, said(homes[0], "agreed"), said(homes[1], "refused", refusal="health"))
    assert actions.add_contacts(by=by, activity=made, contacts=[said(homes[2])]) == 1
    ((_, counts),) = report.counted([made])
    assert counts == {"agreed": 1, "refused": 1, "informed": 1, "all": 3}
    event = Event.objects.get(act="activity.record")
    assert event.after["answers"] == {"agreed": 1, "refused": 1}
    assert Event.objects.get(act="activity.reach").after["households"] == [homes[2].pk]
    with pytest.raises(ValidationError, match="đã có trong lần"):
        actions.add_contacts(by=by, activity=made, contacts=[said(homes[2])])
    with pytest.raises(ValidationError, match="Chưa đánh dấu"):
        actions.add_contacts(by=by, activity=made, contacts=[])


def test_without_a_subject_that_of_the_campaign(group):
    supervisor = make_user("supervisor", group.parent)
    campaign = make_campaign(supervisor, group.parent)
    assert visit(supervisor, campaign, poor(group)).subject == campaign.purpose


WRONG = [
    ({"date": date(2026, 11, 26)}, 0, "tương lai"),
    ({"kind": "visit"}, 0, "trang của hộ"),
    ({"kind": "call"}, 0, "trang của hộ"),
    ({"kind": "visit"}, 2, "cho một hộ"),
    ({"kind": "broadcast"}, 1, "không ghi từng hộ"),
    ({"subject": ""}, 1, "nội dung đã nói"),
    ({"attended": 100_001}, 1, "100.000"),
]


@pytest.mark.parametrize(("values", "households", "sentence"), WRONG)
def test_what_is_refused(by, group, values, households, sentence):
    contacts = [said(make_household(group)) for _ in range(households)]
    with pytest.raises(ValidationError, match=sentence):
        record(by, group, *contacts, **values)
    assert not Activity.objects.exists()


def test_only_ones_own_places_and_households(by, group):
    other = make_group(group.parent)
    with pytest.raises(ValidationError, match="địa bàn được giao"):
        record(by, other)
    with pytest.raises(ValidationError, match="địa bàn được giao"):
        record(by, group, said(make_household(other)))
    made = record(by, group)
    with pytest.raises(ValidationError, match="địa bàn được giao"):
        actions.add_contacts(by=by, activity=made, contacts=[said(make_household(other))])
    with pytest.raises(ValidationError, match="sau ngày vận động"):
        record(by, group, said(make_household(group), next_visit_on=TODAY))
    assert not Contact.objects.exists()


def test_a_campaign_holds_what_happens_in_its_days(group):
    supervisor = make_user("supervisor", group.parent)
    campaign = make_campaign(supervisor, group.parent)
    with pytest.raises(ValidationError) as error:
        visit(supervisor, campaign, poor(group), on=date(2026, 10, 31))
    assert list(error.value.error_dict) == ["campaign"]


def test_sent_twice_is_one(by, group):
    home, request_id = make_household(group), uuid4()
    made = [record(by, group, said(home), request_id=request_id) for _ in range(2)]
    assert made[0] == made[1]
    assert Contact.objects.count() == 1
    with pytest.raises(ValidationError, match="ghi một lần rồi"):
        record(by, group, request_id=request_id, date=date(2026, 11, 1))


def test_taken_back_with_a_reason_once(by, group):
    made = record(by, group, said(make_household(group), "agreed", next_visit_on=TODAY + timedelta(3)))
    with pytest.raises(ValidationError, match="lý do"):
        actions.void_activity(by=by, activity=made, reason="  ", at=AT)
    actions.void_activity(by=by, activity=made, reason="Ghi nhầm tổ", at=AT)
    assert not Contact.objects.counted().exists()
    assert not Contact.objects.to_revisit().exists()
    with pytest.raises(ValidationError, match="đã bỏ"):
        actions.void_activity(by=by, activity=made, reason="x", at=AT)
    with pytest.raises(ValidationError, match="lần đã bỏ"):
        actions.add_contacts(by=by, activity=made, contacts=[said(make_household(group))])


def test_a_household_is_to_be_visited_until_somebody_came(by, group):
    home = make_household(group)
    day = date(2026, 11, 10)

    def came(on, answer, next_on=None):
        return record(by, group, said(home, answer, next_visit_on=next_on), kind="visit", date=on)

    def due():
        return list(Contact.objects.to_revisit().values_list("next_visit_on", flat=True))

    came(day, "considering", date(2026, 11, 20))
    assert due() == [date(2026, 11, 20)]
    came(date(2026, 11, 20), "absent")  # nobody at home: still to be visited
    assert due() == [date(2026, 11, 20)]
    came(date(2026, 11, 21), "absent", date(2026, 11, 28))
    assert due() == [date(2026, 11, 28)]
    wrong = came(TODAY, "agreed")
    assert due() == []
    actions.void_activity(by=by, activity=wrong, reason="Nhầm", at=AT)
    assert due() == [date(2026, 11, 28)]
    Household.objects.filter(pk=home.pk).update(closed_date=TODAY, closed_reason="moved_out")
    assert due() == []


DAY = date(2026, 11, 20)
MADE, BEFORE, LATER = date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24)
# What happened after a visit of 10/11 that set 20/11: (kind, day, answer, next visit) of each, and what stands then.
AFTERWARDS = [
    ([], DAY),
    ([("meeting", BEFORE, "informed", None)], DAY),
    ([("meeting", DAY, "agreed", None)], DAY),
    ([("meeting", LATER, "agreed", None)], DAY),
    ([("visit", BEFORE, "absent", None)], DAY),
    ([("call", DAY, "absent", None)], DAY),
    ([("visit", LATER, "absent", None)], DAY),
    ([("visit", BEFORE, "considering", None)], None),
    ([("call", BEFORE, "informed", None)], None),
    ([("visit", DAY, "refused", None)], None),
    ([("call", LATER, "agreed", None)], None),
    ([("visit", LATER, "agreed", None), ("meeting", TODAY, "informed", None)], None),
    ([("visit", DAY, "absent", date(2026, 11, 28))], date(2026, 11, 28)),
    ([("visit", BEFORE, "agreed", date(2026, 11, 18))], date(2026, 11, 18)),
    ([("meeting", BEFORE, "considering", date(2026, 12, 1))], date(2026, 12, 1)),
    ([("meeting", BEFORE, "agreed", date(2026, 12, 1)), ("visit", DAY, "agreed", None)], None),
    ([("visit", date(2026, 11, 9), "agreed", None)], DAY),
    ([("visit", date(2026, 11, 9), "agreed", date(2026, 12, 9))], DAY),
]


@pytest.mark.parametrize(("afterwards", "stands"), AFTERWARDS)
def test_an_appointment_stands_until_somebody_came_or_it_was_changed(by, group, afterwards, stands):
    home = make_household(group)

    def recorded(kind, on, answer, next_on):
        why = {"refusal": "risk"} if answer == "refused" else {}
        return record(by, group, said(home, answer, next_visit_on=next_on, **why), kind=kind, date=on)

    def due():
        return Contact.objects.to_revisit().values_list("next_visit_on", flat=True)

    recorded("visit", MADE, "considering", DAY)
    record(by, group, kind="broadcast", date=DAY)
    record(by, group, said(make_household(group)), kind="visit", date=DAY)  # a neighbour
    made = [recorded(*each) for each in afterwards]
    assert list(due()) == ([stands] if stands else [])
    for each in made:
        actions.void_activity(by=by, activity=each, reason="Nhầm", at=AT)
    assert list(due()) == [DAY]


def test_what_was_taken_back_or_put_right_makes_no_appointment_and_ends_none(by, group):
    home = make_household(group)

    def due():
        return list(Contact.objects.to_revisit().values_list("next_visit_on", flat=True))

    first = record(by, group, said(home, next_visit_on=DAY), kind="call", date=MADE)
    meeting = record(by, group, said(home, next_visit_on=date(2026, 12, 1)), date=BEFORE)
    assert due() == [date(2026, 12, 1)]
    moved = meeting.contacts.get()
    moved = correct_contact(
        by=by, contact=moved, version=1, values={"next_visit_on": None}, reason="Nhầm hộ", at=AT
    )
    assert due() == [DAY]
    withdraw_contact(by=by, contact=moved, version=2, reason="Không dự", at=AT)
    assert due() == [DAY]
    correct_contact(
        by=by, contact=first.contacts.get(), version=1, values={"next_visit_on": None}, reason="Thôi", at=AT
    )
    assert due() == []


def test_what_waits(by, group, django_assert_num_queries):
    for days in (-10, -1, 0, 3, 4):
        day = TODAY + timedelta(days)
        record(by, group, said(make_household(group), next_visit_on=day), date=date(2026, 11, 1))
    with django_assert_num_queries(1):
        waiting = counted_for(report.waiting, by, TODAY)
    assert [(each.count, each.is_late, each.url) for each in waiting] == [
        (2, True, "/van-dong/ho/?hen=qua"),
        (2, False, "/van-dong/ho/?hen=sap"),
    ]
    for role, area in (
        ("approver", group.parent),
        ("viewer", group.parent),
        ("officer", make_group(group.parent)),
    ):
        assert counted_for(report.waiting, make_user(role, area), TODAY) == []


def test_the_story(by, group, django_assert_num_queries):
    home = make_household(group)
    no = {"refusal": "other", "refusal_note": "Sắp chuyển đi", "person": "Chị Hoa", "said": "Thôi để năm sau"}
    record(by, group, said(home, "refused", next_visit_on=date(2026, 12, 1), **no), kind="visit")
    wrong = record(by, group, said(home, "agreed"), kind="call", date=date(2026, 11, 1))
    actions.void_activity(by=by, activity=wrong, reason="Nhầm", at=AT)
    with django_assert_num_queries(1):
        first, last = told_of(home, report.STORY)
    assert (first.title, first.is_struck) == ("Gọi điện, nhắn tin: đồng ý tham gia", True)
    assert (last.on, last.kind, last.title) == (TODAY, "outreach", "Đến nhà: không tham gia")
    assert last.text == (
        "Vay vốn; gặp Chị Hoa; gia đình nói: “Thôi để năm sau”; vì: Sắp chuyển đi; hẹn đến lại 01/12/2026"
    )


def test_rules_of_an_activity(by, group):
    made = record(by, group, said(make_household(group)))
    row = Activity.objects.filter(pk=made.pk)
    supervisor = make_user("supervisor", group.parent)
    campaign = make_campaign(supervisor, group.parent)
    for rule, values in (
        ("activity_kind_known", {"kind": "x"}),
        ("activity_says_what", {"subject": ""}),
        ("activity_attended_sensible", {"attended": 100_001}),
        ("activity_voided_with_reason", {"void_reason": "x"}),
        ("activity_area_is_group", {"area": group.parent}),
        ("activity_fits_campaign", {"campaign": campaign, "date": date(2026, 10, 1)}),
        ("activity_fits_campaign", {"campaign": campaign, "area": make_group(make_ward())}),
    ):
        refused(rule, Activity.objects.create, **{**MEETING, "area": group, **values})
    refused("activity_is_only_voided", row.update, subject="x")
    refused("activity_voided_with_reason", row.update, voided_at=AT)
    row.update(voided_at=AT, voided_by=by, void_reason="x")
    refused("activity_is_only_voided", row.update, voided_at=None, voided_by=None, void_reason="")
    refused("activity_never_deleted", row._raw_delete, row.db)


def test_rules_of_a_contact(by, group):
    home = make_household(group)
    made = record(by, group, said(home))
    row = Contact.objects.filter(activity=made)
    new = {"activity": made, "household": make_household(group), "answer": "informed"}
    for rule, values in (
        ("contact_answer_known", {"answer": "x"}),
        ("contact_refusal_known", {"answer": "refused", "refusal": "x"}),
        ("contact_refusal_has_reason", {"answer": "refused"}),
        ("contact_refusal_has_reason", {"refusal": "risk"}),
        ("contact_other_refusal_explained", {"answer": "refused", "refusal": "other"}),
        ("contact_once", {"household": home}),
        ("contact_fits_activity", {"household": make_household(make_group(make_ward()))}),
        ("contact_fits_activity", {"household": make_household(group, opened_date=date(2026, 11, 26))}),
        ("contact_fits_activity", {"activity": record(by, group, kind="broadcast")}),
    ):
        refused(rule, Contact.objects.create, **{**new, **values})
    refused("contact_never_deleted", row._raw_delete, row.db)
    alone = record(by, group, said(home), kind="visit")
    refused("visit_is_to_one_household", Contact.objects.create, **{**new, "activity": alone})
