"""Two who decide about the same two people at the same moment."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from households.actions import alike, register
from households.models import LifeEvent, Member, NotSame
from tests.factories import make_group, make_user
from tests.households.factories import AT, make_household, make_member
from tests.households.life.factories import same_person
from tests.households.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two():
    group = make_group()
    one = make_member(make_household(group), full_name="Lê Lan")
    other = make_member(make_household(group), full_name="Le Lan", cccd="042080000001")
    return one, other


def fresh(member):
    return Member.objects.select_related("household__area").get(pk=member.pk)


def test_each_is_put_into_the_other_and_one_stays(two):
    turns = iter([two, two[::-1]] * 3)
    given = at_once(lambda: same_person(*map(fresh, next(turns))))
    assert len([each for each in given if isinstance(each, LifeEvent)]) == 1
    assert {type(each) for each in given} == {LifeEvent, ValidationError}
    assert Member.objects.present().filter(pk__in=[each.pk for each in two]).count() == 1


def test_one_request_is_one_event(two):
    request_id = uuid4()
    given = at_once(lambda: same_person(fresh(two[1]), fresh(two[0]), ["cccd"], request_id=request_id))
    assert {each.pk for each in given} == {LifeEvent.objects.get().pk}
    assert fresh(two[0]).cccd == "042080000001"


def test_a_row_is_mended_while_it_is_put_into_another(two):
    """Whichever is first: what was looked at is what was written, or the second is told."""
    acts = iter([
        lambda: same_person(fresh(two[1]), fresh(two[0]), ["cccd"], versions=(1, 1)),
        lambda: register.update_member(by=None, member=fresh(two[1]), version=1, values={"cccd": "042080000002"}),
    ])  # fmt: skip
    given = at_once(lambda: next(acts)(), times=2)
    merged = [each for each in given if isinstance(each, LifeEvent)]
    assert fresh(two[0]).cccd == ("042080000001" if merged else None)
    assert len([each for each in given if isinstance(each, Exception)]) == 1


def test_a_pair_is_set_apart_once_and_taken_back_once(two):
    user = make_user()
    made = at_once(lambda: alike.set_apart(by=user, pairs=[two], reason="hai người"))
    assert len([each for each in made if isinstance(each, list)]) == 1
    found = NotSame.objects.get()
    back = at_once(lambda: alike.take_back(by=user, found=found, at=AT))
    assert len([each for each in back if isinstance(each, NotSame)]) == 1
    assert {type(each) for each in [*made, *back]} == {list, NotSame, ValidationError}
