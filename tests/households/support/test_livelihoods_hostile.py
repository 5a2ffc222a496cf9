"""Models attacked: days that cannot be, households that left or never were, another ward, twice at once, stale pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.support import livelihoods as actions
from households.actions.support.endings import end_project
from households.actions.support.follow_ups import follow_up
from households.actions.support.grants import void_support
from households.models import FollowUp, Household, LivelihoodProject, Participation
from households.reports.support import livelihoods as report
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import AT, make_household, make_programme, make_support
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import ended_as
from tests.households.support.test_livelihoods import TODAY, joined, line, make_project, poor
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("officer", group)


def followed(by, project, *rows, month=date(2026, 10, 1), today=TODAY):
    return follow_up(by=by, project=project, month=month, rows=rows, today=today)


def edit(by, part, **values):
    part.refresh_from_db()
    return actions.edit_participation(by=by, participation=part, version=part.version, values=values)


def leave(by, part, on=TODAY, reason="withdrew", note=""):
    return actions.leave(by=by, participation=part, on=on, reason=reason, note=note, today=TODAY)


def test_a_model_begins_no_later_than_its_first_household(group, by):
    project = make_project(group)
    parts = joined(project, by, poor(group), poor(group), on=date(2026, 2, 1))
    project.refresh_from_db()

    def begin(on):
        project.refresh_from_db()
        return actions.edit_project(
            by=by, project=project, version=project.version, values={"started_on": on}
        )

    with pytest.raises(ValidationError) as error:
        begin(date(2026, 2, 2))
    assert "đã tham gia ngày 01/02/2026" in error.value.message_dict["started_on"][0]
    begin(date(2026, 2, 1))
    for part in parts:
        leave(by, part, date(2026, 3, 1), "mistake")
    begin(date(2026, 5, 1))  # who never was in it does not count


def test_who_left_keeps_what_it_had_and_only_tells_its_income(group, by):
    project, home = make_project(group), poor(group)
    (part,) = joined(project, by, home)
    edit(by, part, income_before=1_000_000)
    leave(by, part, on=date(2026, 11, 1))
    with pytest.raises(ValidationError, match="đã ra khỏi mô hình ngày 01/11/2026"):
        edit(by, part, loan=5_000_000, income_after=3)
    assert edit(by, part, income_after=2_000_000).income_after == 2_000_000
    with pytest.raises(ValidationError, match="ra khỏi mô hình từ trước"):
        leave(by, part)


def test_who_left_the_register_keeps_it_too(group, by):
    (part,) = joined(make_project(group), by, home := poor(group))
    Household.objects.filter(pk=home.pk).update(closed_date=date(2026, 11, 1), closed_reason="moved_out")
    with pytest.raises(ValidationError, match="ra khỏi sổ ngày 01/11/2026"):
        edit(by, part, loan=1)
    with pytest.raises(ValidationError, match="đã ra khỏi sổ"):
        followed(by, part.project, line(part))
    assert leave(by, part, reason="moved").left_on == TODAY


def test_a_mistake_is_neither_edited_nor_followed_nor_counted(group, by):
    project, home = make_project(group), poor(group)
    (part,) = joined(project, by, home)
    followed(by, project, line(part, income=900_000))
    leave(by, part, on=date(2026, 2, 1), reason="mistake")
    assert report.incomes_by_month(project, by) == []
    for act in (lambda: edit(by, part, loan=1), lambda: leave(by, part)):
        with pytest.raises(ValidationError, match="ghi là nhầm"):
            act()
    with pytest.raises(ValidationError, match="ghi là nhầm"):
        followed(by, project, line(part), month=date(2026, 9, 1))
    assert len(joined(project, by, home)) == 1  # really joins afterwards


WRONG = [
    (date(2026, 12, 1), {}, "chưa tới"),
    (date(2026, 1, 1), {}, "sau tháng này"),
    (date(2026, 11, 1), {"visited_on": date(2026, 11, 1)}, "đã ra khỏi mô hình"),
    (date(2026, 10, 1), {"visited_on": date(2026, 10, 21)}, "sau ngày hộ ra"),
    (date(2026, 10, 1), {"visited_on": date(2026, 9, 30)}, "trước tháng"),
    (date(2026, 2, 1), {"visited_on": date(2026, 1, 31)}, "từ ngày tham gia"),
]


@pytest.mark.parametrize(("month", "values", "words"), WRONG)
def test_followed_only_while_it_was_in_the_model(group, by, month, values, words):
    project = make_project(group)
    (part,) = joined(project, by, poor(group))
    leave(by, part, on=date(2026, 10, 20))
    with pytest.raises(ValidationError, match=words):
        followed(by, project, line(part, **values), month=month)
    # Of the months it was in it the last may be written down late, also once the model itself is over.
    end_project(
        by=by,
        project=project,
        on=TODAY,
        outcome="partly",
        lessons="x",
        endings=ended_as(project),
        today=TODAY,
    )
    assert followed(by, project, line(part, visited_on=date(2026, 10, 20))) == 1


def test_it_does_not_leave_or_end_before_it_was_last_followed(group, by):
    project = make_project(group)
    (part,) = joined(project, by, poor(group))
    followed(by, project, line(part, visited_on=date(2026, 11, 10)))
    for act in (
        lambda: leave(by, part, on=date(2026, 11, 9)),
        lambda: end_project(
            by=by,
            project=project,
            on=date(2026, 11, 9),
            outcome="worked",
            lessons="x",
            endings=ended_as(project),
            today=TODAY,
        ),
    ):
        with pytest.raises(ValidationError) as error:
            act()
        assert "xem ngày 10/11/2026" in error.value.message_dict["on"][0]


def test_of_another_ward_or_officer_nothing(group, by):
    there = make_group(make_ward())
    with pytest.raises(ValidationError, match="Chọn phường"):
        actions.create_project(
            by=by, ward=there.parent, values={"name": "A", "kind": "crops", "started_on": TODAY}
        )
    foreign, project = make_programme(there.parent, policy="livelihood"), make_project(group)
    with pytest.raises(ValidationError, match="chính phường"):
        make_project(group, name="B", programme=foreign)
    with pytest.raises(ValidationError, match="chính phường"):
        actions.edit_project(by=by, project=project, version=project.version, values={"programme": foreign})
    two = make_user("supervisor", group.parent)
    two.areas.add(there.parent)
    with pytest.raises(ValidationError, match="không thuộc địa bàn"):
        joined(project, two, poor(there))
    (part,) = joined(project, by, poor(group))
    other = make_user("officer", make_group(group.parent))
    for act in (lambda: edit(other, part, loan=1), lambda: leave(other, part)):
        with pytest.raises(ValidationError, match="địa bàn"):
            act()
    late = make_household(group, opened_date=date(2026, 6, 1))
    with pytest.raises(ValidationError, match="vào sổ ngày 01/06/2026"):
        joined(project, by, late)


def test_a_voided_support_and_a_form_sent_again(group, by):
    project, home = make_project(group), poor(group)
    (part,) = joined(project, by, home)
    support = make_support(make_programme(group.parent, policy="livelihood"), home)
    void_support(by=by, support=support, reason="Nhầm", at=AT)
    support.refresh_from_db()
    with pytest.raises(ValidationError, match="đã bỏ"):
        edit(by, part, support=support)
    with pytest.raises(ValidationError, match="hai lần"):
        followed(by, project, line(part), line(part))
    values, request_id = {"name": "Nuôi ong", "kind": "livestock", "started_on": TODAY}, uuid4()
    make = {"by": make_user("supervisor", group.parent), "ward": group.parent, "request_id": request_id}
    first = actions.create_project(**make, values=values)
    assert actions.create_project(**make, values=values) == first
    with pytest.raises(ValidationError, match="ghi một lần rồi"):
        actions.create_project(**make, values={**values, "name": "Nuôi dê"})


def test_the_page_says_why_and_keeps_what_was_typed(group, by):
    project = make_project(group)
    (part,) = joined(project, by, poor(group))
    leave(by, part, on=date(2026, 11, 1))
    client, url = signed_in(by), reverse("participation_edit", args=[part.pk])
    part.refresh_from_db()
    answer = client.post(url, {"loan": "7.000.000", "version": part.version})
    assert answer.status_code == 422
    assert "chỉ ghi thêm thu nhập sau" in answer.content.decode()
    assert "7.000.000" in answer.content.decode()
    assert client.post(url, {"income_after": "1.000.000", "version": part.version}).status_code == 302


def test_rules_by_name(group, by):
    project, home = make_project(group), poor(group)
    rows = LivelihoodProject.objects.filter(pk=project.pk)
    foreign = make_programme(make_ward(), policy="livelihood")
    refused("project_programme_of_its_ward", rows.update, programme=foreign)
    (part,) = joined(project, by, home)
    refused("project_keeps_its_households", rows.update, started_on=date(2026, 2, 2))
    refused("project_keeps_its_households", rows.update, ended_on=TODAY, outcome="worked", lessons="x")
    refused("project_keeps_its_households", rows.update, ward=make_ward())
    new = {"project": project, "household": poor(group), "joined_on": TODAY}
    for values in ({"joined_on": date(2025, 12, 31)}, {"household": make_household(make_group(make_ward()))}):
        refused("participation_fits_project", Participation.objects.create, **{**new, **values})
    month = {"participation": part, "month": date(2026, 10, 1), "visited_on": TODAY, "condition": "good"}
    for values in (
        {"visited_on": date(2026, 9, 30)},
        {"month": date(2026, 1, 1), "visited_on": date(2026, 2, 1)},
    ):
        refused("follow_up_within_participation", FollowUp.objects.create, **{**month, **values})
    FollowUp.objects.create(**month)
    mine = Participation.objects.filter(pk=part.pk)
    refused(
        "participation_keeps_its_follow_ups", mine.update, left_on=date(2026, 11, 1), left_reason="withdrew"
    )
    mine.update(left_on=TODAY, left_reason="withdrew")
    refused("participation_left_stays", mine.update, loan=1)
    mine.update(income_after=1)
    refused(
        "follow_up_within_participation", FollowUp.objects.create, **{**month, "month": date(2026, 12, 1)}
    )
    end_project(
        by=by,
        project=project,
        on=TODAY,
        outcome="worked",
        lessons="x",
        endings=ended_as(project),
        today=TODAY,
    )
    refused("participation_fits_project", Participation.objects.create, **new)
