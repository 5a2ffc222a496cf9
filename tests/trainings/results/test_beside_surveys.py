"""What was learned beside how it is surveyed since: by tổ dân phố, by officer; small counts; who may read it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import now

from households.actions.survey import submit
from households.models import Remark
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member, make_round, make_sheet
from tests.households.reports.test_report_pages import signed_in
from tests.trainings.factories import (
    make_class,
    make_course,
    make_question,
    make_test,
    make_topic,
    make_trainee,
    make_unit,
)
from trainings.models import Attempt
from trainings.reports import beside_surveys

pytestmark = pytest.mark.django_db
IN_TIME, LATE = datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 12, 30, tzinfo=UTC)


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def supervisor(ward):
    return make_user("supervisor", ward)


def survey(group, round_, officer, *, returned=0, late=0, fine=0):
    """Sheets of a tổ dân phố handed in."""
    for number in range(returned + late + fine):
        household = make_household(group)
        make_member(household)
        at = (LATE if returned <= number < returned + late else IN_TIME).replace(year=round_.year)
        sheet = make_sheet(round_, household, officer)
        submit(by=officer, sheet=sheet, version=None, at=at, today=at.date())
        if number < returned:
            Remark.objects.create(sheet=sheet, by=officer, text="Xem lại")


def learn(ward, group, *, year=2026, points=((2, 8), (6, 8))):
    course = make_course(ward, starts_on=date(year, 5, 1), ends_on=date(year, 5, 2), min_attendance=50)
    unit, held = make_unit(ward, area=group), make_class(course)
    person = make_trainee(training_class=held, unit=unit)
    question = make_question(make_topic(ward))
    for kind, (score, of) in zip(("pre", "post"), points, strict=True):
        Attempt.objects.create(
            test=make_test(course, [question], kind=kind), trainee=person, seed=1, started_at=now(), due_at=now(),
            handed_in_at=now(), source="phone", score=score, out_of=of,
        )  # fmt: skip
    return person


def test_by_group_in_both_rounds(ward, supervisor, django_assert_num_queries):
    group, other = make_group(ward), make_group(ward)
    officer = make_user("officer", group)
    old, new = (make_round(ward, year) for year in (2025, 2026))
    learn(ward, group)
    survey(group, new, officer, returned=2, late=1, fine=3)
    survey(group, old, officer, fine=2)
    survey(other, new, officer, fine=4)
    with django_assert_num_queries(9):
        found = beside_surveys.compared(supervisor)
    lines = {each.area: each for each in found.groups}
    here = lines[group]
    assert (found.rounds, found.is_after) == ([new, old], True)
    assert (here.people, here.completed, here.gain.people, here.gain.gain) == (1, 0, 1, Decimal("50.0"))
    assert [(each.submitted, each.returned, each.late) for each in here.sheets] == [(6, 2, 1), (2, 0, 0)]
    assert (here.sheets[0].returned_rate, here.sheets[1].returned_rate) == (Decimal("33.33"), None)
    assert (lines[other].people, lines[other].sheets[0].submitted) == (0, 4)
    assert lines[other].sheets[0].late_rate is None


def test_a_round_before_the_course_shows_nothing_of_it_and_says_so(ward, supervisor):
    group = make_group(ward)
    make_round(ward, 2025)
    learn(ward, group)
    assert not beside_surveys.compared(supervisor).is_after
    page = signed_in(supervisor).get(reverse("learning_comparison")).content.decode()
    assert "chưa cho thấy gì về khoá" in page


def test_another_ward_is_not_told(ward, supervisor):
    other = make_ward()
    group = make_group(other)
    learn(other, group)
    found = beside_surveys.compared(supervisor)
    assert (found.course, found.groups, found.officers) == (None, [], [])


def test_an_empty_ward(supervisor):
    page = signed_in(supervisor).get(reverse("learning_comparison"))
    assert page.status_code == 200


def test_the_rounds_before_and_after_the_course(ward, supervisor):
    """Not simply the newest two: what came long after the course is not set beside it."""
    rounds = {year: make_round(ward, year) for year in (2023, 2024, 2025, 2026)}
    learn(ward, make_group(ward), year=2025)
    assert beside_surveys.compared(supervisor).rounds == [rounds[2025], rounds[2024]]
