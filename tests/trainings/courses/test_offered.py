"""Topics to begin with and questions to begin with name the same four."""

import pytest

from tests.factories import make_ward
from tests.trainings.factories import make_admin
from trainings.actions.courses.catalogue import begin_with_offered_topics
from trainings.actions.learning.bank import bank
from trainings.actions.learning.questions import load_bank
from trainings.forms.learning.questions import BankForm
from trainings.models import Question, Topic

pytestmark = pytest.mark.django_db


def test_questions_find_the_topics_the_ward_began_with():
    ward = make_ward()
    admin = make_admin(ward)
    made = begin_with_offered_topics(by=admin, ward=ward)
    form = BankForm(topics=Topic.objects.filter(ward=ward), bank=bank())
    found = {part.key: form.fields[part.key].initial for part in bank()}
    assert list(found.values()) == made
    load_bank(by=admin, ward=ward, topics=found, bank=bank())
    assert Topic.objects.filter(ward=ward).count() == 4
    assert set(Question.objects.values_list("topic", flat=True)) == {each.pk for each in made}


def test_without_choosing_no_topic_is_made_twice():
    ward = make_ward()
    admin = make_admin(ward)
    begin_with_offered_topics(by=admin, ward=ward)
    load_bank(by=admin, ward=ward, topics={}, bank=bank())
    assert Topic.objects.filter(ward=ward).count() == 4
