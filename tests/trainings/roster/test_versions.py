"""The roster as decisions have it, and what changed since."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from tests.trainings.factories import make_admin, make_course, make_trainee
from trainings.actions.roster import people
from trainings.actions.roster.versions import freeze
from trainings.models import RosterVersion
from trainings.reports.roster.versions import changes_since

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


def frozen(admin, course, number="120/QĐ-UBND", **more):
    return freeze(
        by=admin, course=course, decision_number=number, decision_date=TODAY, signer="Phạm Văn Ví", **more
    )


def test_what_is_frozen_stays_and_later_changes_are_told(django_assert_max_num_queries):
    course = make_course()
    admin = make_admin(course.ward)
    stays, goes, changes = (make_trainee(course, full_name=name) for name in ("Lê An", "Lê Bê", "Lê Cam"))
    make_trainee(course, full_name="Lê Chờ", state="waiting", waiting_since=now())
    version = frozen(admin, course)
    assert [each["full_name"] for each in version.lines] == ["Lê An", "Lê Bê", "Lê Cam"]
    people.withdraw(by=admin, trainee=goes, version=1, reason="đi xa", on=TODAY)
    people.edit_trainee(by=admin, trainee=changes, version=1, values={"phone": "0912345678"})
    added = make_trainee(course, full_name="Lê Dứa")
    with django_assert_max_num_queries(2):
        found = changes_since(version)
    assert added.pk in [each["trainee"] for each in found.added]
    assert [(line["full_name"], trainee.withdraw_reason) for line, trainee in found.withdrawn] == [
        ("Lê Bê", "đi xa")
    ]
    assert [(line["full_name"], changed) for line, changed in found.corrected] == [
        ("Lê Cam", [("điện thoại", "", "0912345678")])
    ]
    version.refresh_from_db()
    assert len(version.lines) == 3
    assert stays.full_name not in str([found.added, found.corrected])
    assert not changes_since(frozen(admin, course, "121/QĐ-UBND")).any


def test_a_decision_once_and_a_page_sent_twice():
    course = make_course()
    admin, request_id = make_admin(course.ward), uuid4()
    with pytest.raises(ValidationError, match="Chưa có học viên"):
        frozen(admin, course)
    make_trainee(course)
    first = frozen(admin, course, request_id=request_id)
    assert frozen(admin, course, request_id=request_id) == first
    with pytest.raises(ValidationError) as error:
        frozen(admin, course)
    assert "decision_number" in error.value.error_dict
    assert frozen(admin, course, "121/QĐ-UBND").number == 2
    assert RosterVersion.objects.count() == 2
