"""The bank of questions as its page lists it: by topic, with how many tests ask each."""

from django.db.models import Count, Q

from thanhsen import vietnamese
from thanhsen.models import User
from trainings.models import Question
from trainings.models.roster import Fold


def questions(user: User, *, text: str = "", topic=None, kind: str = "", retired: bool = False):
    """Questions of the wards `user` runs, in the order of their topics; words are looked for marks and case aside."""
    found = Question.objects.governed_by(user).filter(retired_on__isnull=not retired)
    if topic is not None:
        found = found.filter(topic=topic)
    if kind:
        found = found.filter(kind=kind)
    for word in vietnamese.fold(text).split():
        found = found.alias(folded=Fold("text")).filter(folded__contains=word)
    begun = Q(asked_in__test__attempts__isnull=False)
    found = found.annotate(
        tests=Count("asked_in", distinct=True), begun=Count("asked_in__test", filter=begun, distinct=True)
    )
    return found.select_related("topic").prefetch_related("choices").order_by("topic__number", "topic", "pk")
