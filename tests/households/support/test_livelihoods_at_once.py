"""Models from several connections at the same moment: joined once, a month written once, followed or left."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.actions.support import livelihoods as actions
from households.actions.support.endings import end_project
from households.actions.support.follow_ups import follow_up
from households.models import FollowUp, Participation
from tests.factories import make_group, make_user, make_ward
from tests.households.support import ended_as
from tests.households.support.test_livelihoods import TODAY, joined, line, make_project, poor
from tests.households.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("officer", group)


def all_explained(results):
    return all(not isinstance(each, Exception) or isinstance(each, ValidationError) for each in results)


def test_a_household_joins_once(group, by):
    project, home = make_project(group), poor(group)
    results = at_once(lambda: joined(project, by, home))
    assert Participation.objects.count() == 1
    assert all_explained(results)


def test_a_month_is_written_by_one_of_two(group, by):
    project = make_project(group)
    (part,) = joined(project, by, poor(group))
    incomes = iter(range(1, 7))

    def act():
        rows = [line(part, income=next(incomes) * 100_000)]
        return follow_up(by=by, project=project, month=OCTOBER, rows=rows, today=TODAY)

    results = at_once(act)
    assert all_explained(results)
    assert [each for each in results if each == 1] == [1]
    assert FollowUp.objects.get().version == 1


def test_left_while_it_is_followed_and_ended_while_others_join(group, by):
    project = make_project(group)
    (part,) = joined(project, by, poor(group))
    homes = iter([poor(group) for _ in range(6)])
    turns = iter(range(6))

    def act():
        turn = next(turns)
        if turn == 0:
            return actions.leave(
                by=by, participation=part, on=date(2026, 11, 1), reason="withdrew", note="", today=TODAY
            )
        if turn == 1:
            rows = [line(part, visited_on=date(2026, 11, 20))]
            return follow_up(by=by, project=project, month=OCTOBER, rows=rows, today=TODAY)
        if turn == 2:
            return end_project(
                by=by,
                project=project,
                on=TODAY,
                outcome="worked",
                lessons="x",
                endings=ended_as(project),
                today=TODAY,
            )
        return joined(project, by, next(homes))

    assert all_explained(at_once(act))
    project.refresh_from_db()
    assert project.ended_on is None or not project.participations.filter(left_on=None).exists()
    part.refresh_from_db()
    assert not FollowUp.objects.filter(participation=part, visited_on__gt=part.left_on or TODAY).exists()
