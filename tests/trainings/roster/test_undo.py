"""A file of trainees taken back, or not."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from tests.trainings.factories import (
    insert_certificate,
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_trainee,
    make_unit,
)
from tests.trainings.roster.sheets import TODAY, line, sent, workbook
from trainings.actions.roster import people
from trainings.actions.roster.versions import freeze
from trainings.actions.roster.writing import commit, undo
from trainings.models import Trainee

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def admin(course):
    return make_admin(course.ward)


@pytest.fixture
def unit(course):
    return make_unit(course.ward, name="Tổ dân phố 1")


def written(admin, imported):
    return commit(by=admin, imported=imported, version=imported.version, at=now())


def test_undo_gives_back_what_was_changed(admin, course, unit):
    known = make_trainee(course, full_name="Lê Thị An", unit=unit, phone="0900000009")
    imported = written(
        admin, sent(admin, course, workbook(line(1, "Lê Thị An", phone="0912345678"), line(2, "Lê Bê")))
    )
    with pytest.raises(ValidationError):
        undo(by=admin, imported=imported, reason=" ", at=now())
    row, count = undo(by=admin, imported=imported, reason="nạp nhầm", at=now())
    known.refresh_from_db()
    assert (known.phone, count, course.trainees.count(), row.state) == ("0900000009", 2, 1, "undone")
    with pytest.raises(ValidationError, match="đã hoàn tác"):
        undo(by=admin, imported=imported, reason="nạp nhầm", at=now())


def test_undo_frees_seats_for_who_waits(admin, unit):
    course = make_course(unit.ward, seats=1)
    imported = written(admin, sent(admin, course, workbook(line(1, "Lê Thị An"))))
    late = make_trainee(course, full_name="Út", state="waiting", waiting_since=now())
    undo(by=admin, imported=imported, reason="nạp nhầm", at=now())
    late.refresh_from_db()
    assert late.state == "enrolled"


@pytest.mark.parametrize("what", ["mark", "certificate", "version", "edit", "withdrawal"])
def test_undo_is_refused_in_a_sentence_where_something_hangs_on_it(admin, course, unit, what):
    held = make_class(course)
    imported = written(admin, sent(admin, course, workbook(line(1, "Lê Thị An"))))
    trainee = course.trainees.get()
    if what == "mark":
        Trainee.objects.filter(pk=trainee.pk).update(training_class=held)
        trainee.refresh_from_db()
        make_mark(make_session(held), trainee)
    elif what == "certificate":
        course.min_attendance = 0  # a class with a session is enough, so that nothing else hangs on them
        course.save()
        make_session(held)
        Trainee.objects.filter(pk=trainee.pk).update(training_class=held)
        insert_certificate(trainee)
    elif what == "version":
        freeze(by=admin, course=course, decision_number="1/QĐ", decision_date=TODAY, signer="A")
    elif what == "edit":
        people.edit_trainee(by=admin, trainee=trainee, version=1, values={"note": "đã gọi"})
    else:
        people.withdraw(by=admin, trainee=trainee, version=1, reason="ốm", on=TODAY)
    with pytest.raises(ValidationError, match="Không hoàn tác được: Lê Thị An") as error:
        undo(by=admin, imported=imported, reason="nạp nhầm", at=now())
    words = {"mark": "điểm danh", "certificate": "giấy chứng nhận", "version": "quyết định"}
    assert words.get(what, "đã được sửa hoặc cho thôi học") in error.value.messages[0]
    assert course.trainees.count() == 1


def test_a_split_since_does_not_hinder_undo(admin, course, unit):
    held = make_class(course)
    imported = written(admin, sent(admin, course, workbook(line(1, "Lê Thị An"))))
    Trainee.objects.update(training_class=held, version=2)
    undo(by=admin, imported=imported, reason="nạp nhầm", at=now())
    assert not course.trainees.exists()
