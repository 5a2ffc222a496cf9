"""The invented courses: whole, and small where the ward is small."""

import pytest

from households.demo import load
from trainings.demo import make_courses
from trainings.models import Attempt, Course, Mark, Session, Trainee, TrainingCertificate
from trainings.reports.own import materials

pytestmark = pytest.mark.django_db


def test_the_december_course_is_whole():
    load(groups=80, households=60)
    made = make_courses()
    assert made["course"] == 2
    december = Course.objects.get(code="TH-2025-12")
    people = Trainee.objects.filter(course=december)
    assert people.enrolled().count() == 250
    assert {each.trainees.count() for each in december.classes.all()} == {125}
    sessions = Session.objects.filter(training_class__course=december)
    assert sessions.count() == 8
    assert Mark.objects.filter(session__in=sessions).count() == 1000
    assert Attempt.objects.filter(test__course=december).count() > 450
    issued = TrainingCertificate.objects.filter(course=december).count()
    assert 150 < issued < 250
    assert people.filter(user__isnull=False).exists()
    assert len(december.versions.get().lines) == 250
    handed_out = materials(people[0])
    assert handed_out.count() == 5
    assert {each.author for each in handed_out} == {"Máy bịa ra để minh hoạ"}


def test_a_small_ward_has_small_courses():
    load(groups=2, households=20)
    make_courses()
    assert Trainee.objects.exists()
    assert TrainingCertificate.objects.exists()
