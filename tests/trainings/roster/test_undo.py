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
from tests.trainings.roster.sheets import TODAY, line, many, sent, workbook
from trainings.actions.roster import people
from trainings.actions.roster.undoing import undo, undo_of
from trainings.actions.roster.versions import freeze
from trainings.actions.roster.writing import commit
from trainings.exchange.roster.shown import filtered
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
    row, found = undo(by=admin, imported=imported, reason="nạp nhầm", at=now())
    known.refresh_from_db()
    assert (known.phone, found.count, course.trainees.count(), row.state) == ("0900000009", 2, 1, "undone")
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
    words = {
        "mark": "điểm danh",
        "certificate": "giấy chứng nhận",
        "version": "quyết định",
        "edit": "đã được sửa",
        "withdrawal": "đã thôi học",
    }
    assert words[what] in error.value.messages[0]
    assert course.trainees.count() == 1


def test_a_split_since_does_not_hinder_undo(admin, course, unit):
    held = make_class(course)
    imported = written(admin, sent(admin, course, workbook(line(1, "Lê Thị An"))))
    Trainee.objects.update(training_class=held, version=2)
    undo(by=admin, imported=imported, reason="nạp nhầm", at=now())
    assert not course.trainees.exists()


def test_who_others_went_on_with_stays_and_is_named_before_and_after(admin, course, unit):
    for name, phone in (("Lê Thị An", "0900000001"), ("Lê Thị Bê", "0900000002")):
        make_trainee(course, full_name=name, unit=unit, phone=phone)
    rows = [line(1, "Lê Thị An", phone="0912000001"), line(2, "Lê Thị Bê", phone="0912000002")]
    rows += [line(3, "Lê Thị Cam"), line(4, "Lê Thị Dứa")]
    imported = written(admin, sent(admin, course, workbook(*rows)))
    held = make_class(course)
    marked = course.trainees.get(full_name="Lê Thị Cam")
    Trainee.objects.filter(pk=marked.pk).update(training_class=held)
    marked.refresh_from_db()
    make_mark(make_session(held), marked)
    make_trainee(course, full_name="Lê Thị Ổi", unit=unit, phone="0900000002")  # the number is hers by now
    seen = undo_of(imported)
    assert {row["label"]: why for row, _, why in seen.staying} == {
        "Lê Thị Bê": "số điện thoại cũ nay là của người khác", "Lê Thị Cam": "đã có điểm danh",
    }  # fmt: skip
    row, found = undo(by=admin, imported=imported, reason="nạp nhầm", at=now(), seen=seen.key)
    assert (found.count, row.counts["kept"], row.counts["taken_back"]) == (2, 2, 2)
    names = set(course.trainees.values_list("full_name", "phone"))
    assert names == {
        ("Lê Thị An", "0900000001"),
        ("Lê Thị Bê", "0912000002"),
        ("Lê Thị Cam", ""),
        ("Lê Thị Ổi", "0900000002"),
    }
    assert [each["label"] for each in filtered(row, "kept")] == ["Lê Thị Bê", "Lê Thị Cam"]


def test_a_name_given_back_is_not_somebody_elses_by_now(admin, course, unit):
    known = make_trainee(course, full_name="Lê Thị An", unit=unit, phone="0900000001", birth_year=None)
    imported = written(admin, sent(admin, course, workbook(line(1, "Lê Thị An", phone="0900000001"))))
    make_trainee(course, full_name="Lê thị ẢN", unit=unit, birth_year=None)
    known.refresh_from_db()
    assert known.birth_year == 1980
    [(_, _, why)] = undo_of(imported).staying
    assert why == "đơn vị nay có người khác cùng họ tên, năm sinh cũ"


def test_what_is_undone_is_what_was_seen(admin, course, unit):
    imported = written(admin, sent(admin, course, workbook(line(1, "Lê Thị An"), line(2, "Lê Thị Bê"))))
    seen = undo_of(imported).key
    first = course.trainees.get(full_name="Lê Thị An")
    people.edit_trainee(by=admin, trainee=first, version=1, values={"note": "đã gọi"})
    with pytest.raises(ValidationError, match="vừa thay đổi"):
        undo(by=admin, imported=imported, reason="nạp nhầm", at=now(), seen=seen)
    assert course.trainees.count() == 2


def test_the_look_before_costs_the_same_for_many(admin, course, django_assert_max_num_queries):
    units = [make_unit(course.ward) for _ in range(5)]
    imported = written(admin, sent(admin, course, many(100, units)))
    with django_assert_max_num_queries(11):
        assert undo_of(imported).count == 100
