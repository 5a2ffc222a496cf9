"""Cost lines: the grid saved as a whole, stale lines refused, closed courses still settled."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.trainings.factories import make_admin, make_course
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from trainings.actions.courses.costs import Typed, save_costs
from trainings.models import Course

pytestmark = pytest.mark.django_db


def line(pk=None, version=None, removed=False, **other):
    plain = {
        "name": "Nước uống", "legal_basis": "", "basis": "trainee_session", "unit": "lượt", "unsalaried_only": False,
        "quantity": 500, "rate": 10_000, "used": None, "used_note": "",
    }  # fmt: skip
    return Typed({**plain, **other}, pk, version, removed)


def test_lines_are_numbered_changed_and_removed_in_one_go(admin, course):
    assert save_costs(by=admin, course=course, lines=[line(), line(name="Tài liệu", basis="trainee")]) == 2
    first, second = course.costs.order_by("number")
    assert (first.number, second.number, first.planned) == (1, 2, 5_000_000)
    todo = [
        line(first.pk, 1, used=4_000_000),
        line(second.pk, 1, removed=True),
        line(name="Thuê hội trường", basis="other"),
    ]
    assert save_costs(by=admin, course=course, lines=todo) == 3
    assert list(course.costs.order_by("number").values_list("number", "used")) == [(1, 4_000_000), (3, None)]
    assert Event.objects.filter(act="cost.save").count() == 4
    assert Event.objects.get(act="cost.remove").before["name"] == "Tài liệu"


def test_what_did_not_change_leaves_no_trace(admin, course):
    save_costs(by=admin, course=course, lines=[line()])
    row = course.costs.get()
    assert save_costs(by=admin, course=course, lines=[line(row.pk, 1)]) == 0
    assert Event.objects.filter(act="cost.save").count() == 1


def test_a_line_changed_meanwhile_refuses_the_whole_grid(admin, course):
    save_costs(by=admin, course=course, lines=[line(), line(name="Tài liệu")])
    first, second = course.costs.order_by("number")
    save_costs(by=admin, course=course, lines=[line(first.pk, 1, rate=20_000)])
    with pytest.raises(Stale):
        save_costs(
            by=admin,
            course=course,
            lines=[line(second.pk, 1, name="Sổ, bút"), line(first.pk, 1, rate=30_000)],
        )
    assert list(course.costs.order_by("number").values_list("name", "rate")) == [
        ("Nước uống", 20_000), ("Tài liệu", 10_000),
    ]  # fmt: skip
    save_costs(by=admin, course=course, lines=[line(first.pk, 2, removed=True)])
    with pytest.raises(ValidationError, match="vừa bị người khác bỏ"):
        save_costs(by=admin, course=course, lines=[line(first.pk, 2, rate=5)])


def test_the_database_refuses_by_name(admin, course):
    for wrong, rule in (
        ({"rate": -1}, "cost_not_negative"),
        ({"basis": "other", "unsalaried_only": True}, "cost_unsalaried_are_trainees"),
        ({"name": ""}, "cost_named"),
    ):
        with pytest.raises(ValidationError) as error:
            save_costs(by=admin, course=course, lines=[line(), line(**wrong)])
        assert error.value.code == rule
        assert not course.costs.exists()


def test_a_line_of_another_course_is_not_reached(admin, course):
    other = make_course(course.ward)
    save_costs(by=admin, course=other, lines=[line()])
    with pytest.raises(ValidationError):
        save_costs(by=admin, course=course, lines=[line(other.costs.get().pk, 1, removed=False, rate=1)])
    assert other.costs.get().rate == 10_000


def test_who_and_when(admin, course):
    with pytest.raises(PermissionDenied):
        save_costs(by=make_admin(make_course().ward), course=course, lines=[line()])
    Course.objects.filter(pk=course.pk).update(state="closed")
    assert save_costs(by=admin, course=course, lines=[line()]) == 1
