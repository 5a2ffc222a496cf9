"""Models of livelihood: begun, joined, followed, ended, copied; figures, what waits, pages, rules."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.support import livelihoods as actions
from households.actions.support.endings import end_project
from households.actions.support.follow_ups import follow_up
from households.models import FollowUp, LivelihoodProject, Participation, Receipt
from households.reports.support import livelihoods as report
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme, make_status, make_support
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import counted_for, ended_as, told_of
from tests.refusals import refused
from tests.taken import data_of
from thanhsen.concurrency import Stale

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("officer", group)


def poor(group):
    home = make_household(group)
    make_status(home, "poor", date(2025, 12, 1))
    return home


def make_project(group, **values):
    fields = {"name": "Nuôi bò", "kind": "livestock", "started_on": date(2026, 1, 1), **values}
    return actions.create_project(by=make_user("supervisor", group.parent), ward=group.parent, values=fields)


def joined(project, by, *homes, on=date(2026, 2, 1)):
    return actions.join(by=by, project=project, households=[each.pk for each in homes], on=on, today=TODAY)


def line(part, **values):
    return {
        "participation": part.pk,
        "visited_on": TODAY,
        "condition": "good",
        "text": "",
        "income": None,
        "next_action": "",
        **values,
    }


def test_joined_once_followed_and_ended(group, by):
    project, homes = make_project(group), [poor(group) for _ in range(3)]
    parts = joined(project, by, *homes)
    with pytest.raises(ValidationError, match="đều đang ở"):
        joined(project, by, homes[0])
    rows = [line(parts[0], income=2_000_000), line(parts[1], condition="lost", text="Dịch tả")]
    named = {"by": by, "project": project, "month": date(2026, 10, 9), "today": TODAY}
    assert follow_up(rows=rows, **named) == 2
    assert follow_up(rows=rows, **named) == 0  # nothing new
    with pytest.raises(ValidationError, match="người khác vừa ghi"):  # a page opened before
        follow_up(rows=[line(parts[0], income=3_000_000)], **named)
    assert follow_up(rows=[line(parts[0], income=3_000_000, version=1)], **named) == 1
    assert FollowUp.objects.get(participation=parts[0]).income == 3_000_000
    actions.leave(by=by, participation=parts[1], on=TODAY, reason="failed", note="Lợn chết", today=TODAY)
    end_project(
        by=by,
        project=project,
        on=TODAY,
        outcome="worked",
        lessons="Có thú y",
        endings=ended_as(project),
        today=TODAY,
    )
    left = dict(Participation.objects.values_list("pk", "left_reason"))
    assert left == {parts[0].pk: "finished", parts[1].pk: "failed", parts[2].pk: "finished"}
    with pytest.raises(ValidationError, match="đã kết thúc"):
        joined(project, by, poor(group))


def test_figures_count_money_once_and_compare_incomes(group, by):
    project, homes = make_project(group), [poor(group) for _ in range(6)]
    parts = joined(project, by, *homes)
    for number, part in enumerate(parts):
        values = {"income_before": 1_000_000, "income_after": 3_000_000 if number else 500_000}
        actions.edit_participation(by=by, participation=part, version=part.version, values=values)
    support = make_support(make_programme(group.parent, policy="livelihood"), homes[0])
    Receipt.objects.create(support=support, received_on=TODAY, amount=14_000_000)
    part = Participation.objects.get(pk=parts[0].pk)
    actions.edit_participation(by=by, participation=part, version=part.version, values={"support": support})
    found = report.figures([project], by)[project.pk]
    assert (found.households, found.compared, found.better, found.received) == (6, 6, 5, 14_000_000)
    assert (found.before, found.after) == (1_000_000, 3_000_000)
    assert [each for each, _ in report.worked(by)] == [project]
    few = make_project(group, name="Nuôi gà")
    joined(few, by, homes[0])
    assert report.figures([few], by)[few.pk].rate is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"on": date(2026, 12, 1)}, "tương lai"),
        ({"on": date(2025, 12, 1)}, "bắt đầu ngày"),
        ({"households": []}, "Chưa chọn hộ"),
        ({"households": [0]}, "không thuộc địa bàn"),
    ],
)
def test_joining_refused(group, by, values, words):
    project, home = make_project(group), poor(group)
    named = {"households": [home.pk], "on": TODAY, **values}
    with pytest.raises(ValidationError, match=words):
        actions.join(by=by, project=project, today=TODAY, **named)


def test_an_officer_writes_of_own_households_only(group, by):
    project, mine, theirs = make_project(group), poor(group), poor(make_group(group.parent))
    parts = joined(project, make_user("supervisor", group.parent), mine, theirs)
    other = next(each for each in parts if each.household_id == theirs.pk)
    with pytest.raises(ValidationError, match="không thuộc địa bàn"):
        follow_up(by=by, project=project, month=TODAY, rows=[line(other)], today=TODAY)
    rows = [line(parts[0], visited_on=date(2026, 1, 1))]
    with pytest.raises(ValidationError, match="ngày xem"):
        follow_up(
            by=make_user("supervisor", group.parent), project=project, month=TODAY, rows=rows, today=TODAY
        )
    support = make_support(make_programme(group.parent), mine)
    with pytest.raises(ValidationError, match="hộ khác"):
        actions.edit_participation(
            by=make_user("supervisor", group.parent),
            participation=other,
            version=1,
            values={"support": support},
        )
    with pytest.raises(Stale):
        actions.edit_participation(by=by, participation=parts[0], version=9, values={})


def test_what_waits_and_the_story(group, by):
    project, home = make_project(group), poor(group)
    part = joined(project, by, home)[0]
    assert report.last_month(date(2026, 1, 5)) == date(2025, 12, 1)
    assert [(each.count, each.is_late) for each in counted_for(report.waiting, by, TODAY)] == [(1, True)]
    follow_up(by=by, project=project, month=date(2026, 10, 1), rows=[line(part)], today=TODAY)
    assert counted_for(report.waiting, by, TODAY) == []
    actions.leave(by=by, participation=part, on=TODAY, reason="withdrew", note="Đi làm xa", today=TODAY)
    titles = [each.title for each in told_of(home, report.STORY)]
    assert titles == [
        "Tham gia mô hình: Nuôi bò", "Theo dõi mô hình tháng 10/2026: tốt", "Ra khỏi mô hình Nuôi bò: xin thôi",
    ]  # fmt: skip


def test_the_month_offered_is_one_that_somebody_was_in(group, by):
    """Joined in the middle of October, it waits in November for October; where nobody was in a month, the page leads
    to the nearest one."""
    project, home = make_project(group), poor(group)
    assert "Theo dõi tháng" in signed_in(by).get(reverse("project_list")).content.decode()
    joined(project, by, home, on=date(2026, 10, 15))
    assert [each.count for each in counted_for(report.waiting, by, TODAY)] == [1]
    page = signed_in(by).get(reverse("follow_ups", args=[project.pk, 2026, 9])).content.decode()
    assert reverse("follow_ups", args=[project.pk, 2026, 10]) in page
    begun = make_project(group, name="Mới mở", started_on=date(2026, 11, 5))
    assert report.month_to_follow(begun, TODAY) == date(2026, 11, 1)
    assert report.month_to_follow(project, TODAY) == date(2026, 10, 1)
    assert (
        report.month_to_follow(make_project(group, name="Sắp mở", started_on=date(2027, 1, 5)), TODAY) is None
    )


def test_pages_from_the_first_to_the_copy(group, by):
    client, homes = signed_in(by), [poor(group) for _ in range(2)]
    project = {
        "ward": group.parent_id,
        "name": "Nuôi <b>bò</b>",
        "kind": "livestock",
        "started_on": "01/01/2026",
    }
    assert client.post(reverse("project_create"), {**project, "kind": ""}).status_code == 422
    assert client.post(reverse("project_create"), {**project, "request_id": uuid4()}).status_code == 302
    made = LivelihoodProject.objects.get()
    join = reverse("project_join", args=[made.pk])
    assert client.get(join).content.decode().count('name="chon"') == 2
    assert client.post(join, {"chon": [homes[0].pk], "on": "01/02/2026"}).status_code == 302
    assert client.post(join, {"chon": ["x"], "on": "01/02/2026"}).status_code == 422
    part = Participation.objects.get()
    month = reverse("follow_ups", args=[made.pk, 2026, 10])
    sent = {f"h{part.pk}-condition": "bad", f"h{part.pk}-visited_on": "20/11/2026"}
    assert client.post(month, sent).status_code == 422
    sent[f"h{part.pk}-text"] = "Bò ốm"
    assert client.post(month, sent).status_code == 302
    assert FollowUp.objects.get().text == "Bò ốm"
    assert client.get(reverse("follow_ups", args=[made.pk, 2026, 13])).status_code == 404
    edit = {"income_before": "1.000.000", "income_after": "2.000.000", "version": 1}
    assert client.post(reverse("participation_edit", args=[part.pk]), edit).status_code == 302
    assert client.post(reverse("participation_edit", args=[part.pk]), edit).status_code == 422  # stale
    leave = {"on": "20/11/2026", "reason": "failed", "note": ""}
    assert client.post(reverse("participation_leave", args=[part.pk]), leave).status_code == 422
    end = {"on": "20/11/2026", "outcome": "partly", "lessons": "Cần thú y", f"h{part.pk}-version": 2}
    assert client.post(reverse("project_end", args=[made.pk]), end).status_code == 422
    end["rest"] = "withdrew"
    assert client.post(reverse("project_end", args=[made.pk]), end).status_code == 302
    copy = {**project, "name": "Nuôi bò 2", "request_id": uuid4()}
    assert client.post(reverse("project_copy", args=[made.pk]), copy).status_code == 302
    page = client.get(reverse("project_detail", args=[made.pk])).content.decode()
    assert "Nuôi bò 2" in page
    assert "<b>bò</b>" not in page
    assert client.get(reverse("project_list"), {"tinh-trang": "het"}).status_code == 200
    assert data_of(client.post(reverse("project_export") + "?tinh-trang=het", {"reason": "Gửi chị Lan"}))


def test_who_may_read_and_write(group, by):
    project = make_project(group)
    for role, area, read, write in (
        ("officer", group, 200, 200), ("supervisor", group.parent, 200, 200), ("approver", group.parent, 200, 403),
        ("admin", group.parent, 403, 403), ("viewer", group.parent, 403, 403), ("officer", make_group(make_ward()), 404, 404),
    ):  # fmt: skip
        client = signed_in(make_user(role, area))
        assert client.get(reverse("project_detail", args=[project.pk])).status_code == read, role
        for name in ("project_edit", "project_join", "project_end"):
            assert client.get(reverse(name, args=[project.pk])).status_code == write, (role, name)


def test_the_list_pins_its_queries(group, by, django_assert_max_num_queries):
    client = signed_in(by)
    client.get(reverse("project_list"))
    for number in range(5):
        joined(make_project(group, name=f"Mô hình {number}"), by, poor(group))
    with django_assert_max_num_queries(14):
        client.get(reverse("project_list"))


def test_rules_by_name(group, by):
    project, home = make_project(group), poor(group)
    named = {"ward": group.parent, "name": "A", "kind": "crops", "started_on": TODAY}
    LivelihoodProject.objects.create(**named)
    refused("project_once", LivelihoodProject.objects.create, **named)
    for name, changes in (
        ("project_named", {"name": ""}),
        ("project_ended_with_outcome", {"name": "B", "ended_on": TODAY}),
        ("project_ended_with_outcome", {"name": "B", "outcome": "worked"}),
        ("project_capital_sensible", {"name": "B", "planned_capital": 10**12}),
    ):
        refused(name, LivelihoodProject.objects.create, **{**named, **changes})
    rows = LivelihoodProject.objects.filter(pk=project.pk)
    refused("project_not_from_itself", rows.update, copied_from=project.pk)
    refused("livelihoodproject_never_deleted", rows._raw_delete, "default")
    part = {"project": project, "household": home, "joined_on": date(2026, 2, 1)}
    made = Participation.objects.create(**part)
    refused("participation_once", Participation.objects.create, **part)
    other = {**part, "household": poor(group)}
    for name, changes in (
        ("participation_left_with_reason", {"left_on": TODAY}),
        ("participation_left_with_reason", {"left_note": "x"}),
        ("participation_failure_explained", {"left_on": TODAY, "left_reason": "failed"}),
        ("participation_money_sensible", {"loan": 10**12}),
    ):
        refused(name, Participation.objects.create, **{**other, **changes})
    refused("participation_never_deleted", Participation.objects.filter(pk=made.pk)._raw_delete, "default")
    month = {"participation": made, "month": date(2026, 11, 1), "visited_on": TODAY, "condition": "good"}
    one = FollowUp.objects.create(**month)
    refused("follow_up_once_a_month", FollowUp.objects.create, **month)
    for name, changes in (
        ("follow_up_month_is_first_day", {"month": date(2026, 10, 2)}),
        ("follow_up_trouble_explained", {"month": date(2026, 10, 1), "condition": "bad"}),
        ("follow_up_income_sensible", {"month": date(2026, 10, 1), "income": 10**12}),
    ):
        refused(name, FollowUp.objects.create, **{**month, **changes})
    refused("followup_never_deleted", FollowUp.objects.filter(pk=one.pk)._raw_delete, "default")
