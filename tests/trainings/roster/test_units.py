"""Units, their tổ dân phố, and what they are asked to send."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_group
from tests.trainings.factories import make_admin, make_course, make_unit
from thanhsen.concurrency import Stale
from thanhsen.models import Event
from trainings.actions.roster import units
from trainings.models import Quota, Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def admin(course):
    return make_admin(course.ward)


def test_a_unit_for_every_group_of_the_ward_once(admin, course):
    ward = course.ward
    first, second, third = (make_group(ward, name=name) for name in ("Tổ 1", "Tổ 1", "Tổ 10"))
    make_group(ward, name="Tổ cũ", valid_to=TODAY)
    make_group()
    typed = make_unit(ward, name="tổ  10")
    made = units.add_units_of_groups(by=admin, ward=ward, today=TODAY)
    assert [each.name for each in made] == ["Tổ 1", f"Tổ 1 ({second.code})", "tổ 10"]
    typed.refresh_from_db()
    assert typed.area == third
    assert units.add_units_of_groups(by=admin, ward=ward, today=TODAY) == []
    assert Unit.objects.filter(ward=ward).count() == 3
    assert Event.objects.filter(act="unit.save").count() == 3
    assert first.pk in {each.area_id for each in made}


def test_a_unit_is_saved_and_ended_with_its_version(admin, course):
    unit = units.add_unit(by=admin, ward=course.ward, values={"name": "Hội Phụ nữ", "area": None})
    with pytest.raises(ValidationError) as error:
        units.add_unit(by=admin, ward=course.ward, values={"name": "hội phụ nữ"})
    assert "name" in error.value.error_dict
    units.edit_unit(by=admin, unit=unit, version=1, values={"name": "Hội Liên hiệp Phụ nữ"})
    with pytest.raises(Stale):
        units.edit_unit(by=admin, unit=unit, version=1, values={"name": "Khác"})
    with pytest.raises(Stale):
        units.end_unit(by=admin, unit=unit, version=1, on=TODAY)
    units.end_unit(by=admin, unit=unit, version=2, on=TODAY)
    with pytest.raises(ValidationError):
        units.edit_unit(by=admin, unit=unit, version=3, values={"name": "Khác"})
    assert units.add_unit(by=admin, ward=course.ward, values={"name": "Hội Liên hiệp Phụ nữ"})


def test_quotas_write_what_changed_on_the_page_only(admin, course):
    first, second, third = (make_unit(course.ward) for _ in range(3))
    count = units.save_quotas(
        by=admin, course=course, seats={first.pk: 2, second.pk: 3, third.pk: None}, seen={}
    )
    assert count == 2
    units.save_quotas(
        by=admin, course=course, seats={first.pk: 2, second.pk: None}, seen={first.pk: 2, second.pk: 3}
    )
    assert list(Quota.objects.values_list("unit", "seats")) == [(first.pk, 2)]
    event = Event.objects.about(course).filter(act="quota.save").newest_first().first()
    assert (event.before, event.after) == ({second.name: 3}, {second.name: None})
    assert units.save_quotas(by=admin, course=course, seats={first.pk: 2}, seen={first.pk: 2}) == 0


def test_a_quota_that_somebody_else_changed_meanwhile_is_refused(admin, course):
    unit = make_unit(course.ward)
    units.save_quotas(by=admin, course=course, seats={unit.pk: 2}, seen={})
    with pytest.raises(ValidationError, match="Người khác vừa đổi"):
        units.save_quotas(by=admin, course=course, seats={unit.pk: 5}, seen={})
    other = make_unit(make_course().ward)
    with pytest.raises(ValidationError, match="không thuộc phường"):
        units.save_quotas(by=admin, course=course, seats={other.pk: 1}, seen={})
