"""A page that was sent is gone back to: the same again is one, something else is refused and nothing of it is lost
without a word. (Of support: tests/households/support/test_gone_back_to.py.)"""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from households.actions import decisions, listing
from households.actions.life import people
from households.actions.life.undo import undo
from households.models import Decision, LifeEvent, Status
from tests.factories import make_group, make_user, make_ward
from tests.households.actions.season import MINUTES, handed_in, hang, meet
from tests.households.actions.test_decisions import decide
from tests.households.actions.test_review import complain
from tests.households.factories import AT, agree, approve, make_household, make_member, make_status, ready
from tests.households.life.factories import BABY, WHY

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 4)
REFUSED = "đã ghi một lần rồi"


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def officer(ward):
    return make_user("officer", ward)


@pytest.fixture
def supervisor(ward):
    return make_user("supervisor", ward)


@pytest.fixture
def home(ward):
    return make_household(make_group(ward))


def twice_then_else(act, same, else_):
    """What `act` makes of `same`, sent twice; then the page is filled in for something else."""
    key = uuid4()
    made = act(**same, request_id=key)
    assert act(**same, request_id=key) == made
    with pytest.raises(ValidationError, match=REFUSED):
        act(**{**same, **else_}, request_id=key)
    assert type(made)._base_manager.count() == 1
    return made


def test_the_second_twin_is_not_taken_for_the_first(officer, home):
    first = {"by": officer, "household": home, "values": BABY, "date": DAY, **WHY}
    twice_then_else(people.born, first, {"values": {**BABY, "full_name": "Trần Bé Hai"}})
    people.born(**{**first, "values": {**BABY, "full_name": "Trần Bé Hai"}}, request_id=uuid4())
    assert home.members.present().count() == 3


def test_the_second_death_of_a_day_is_not_taken_for_the_first(officer, home):
    one, other = make_member(home, relationship="spouse"), make_member(home, relationship="child")
    twice_then_else(
        people.died,
        {"by": officer, "household": home, "member": one.pk, "date": DAY, **WHY},
        {"member": other.pk},
    )
    assert other in home.members.present()


def test_an_event_undone_since_is_not_what_is_sent_again(supervisor, home):
    page = {
        "by": supervisor,
        "household": home,
        "values": BABY,
        "date": DAY,
        "request_id": uuid4(),
        **WHY,
    }
    undo(by=supervisor, event=people.born(**page), reason="ghi nhầm hộ", at=AT)
    with pytest.raises(ValidationError, match=REFUSED):
        people.born(**page)
    assert LifeEvent.objects.in_force().count() == 0


@pytest.mark.parametrize("else_", [{"number": "9/QĐ"}, {"changes": "not_poor"}, {"date": date(2026, 11, 2)}])
def test_a_second_correction_is_not_taken_for_the_first(supervisor, home, else_):
    of = make_status(home, "poor", date(2025, 12, 10)).decision
    asked = {
        "by": supervisor, "decision": of, "number": "8/QĐ", "date": date(2026, 11, 1), "signer": "Trần Văn Ổn",
        "reason": "tính nhầm", "changes": {home.pk: "near_poor"},
    }  # fmt: skip
    if "changes" in else_:
        else_ = {"changes": {home.pk: else_["changes"]}}
    key = uuid4()
    made = decisions.correct_decision(**asked, request_id=key)
    assert decisions.correct_decision(**asked, request_id=key) == made
    with pytest.raises(ValidationError, match=REFUSED):
        decisions.correct_decision(**{**asked, **else_}, request_id=key)
    assert Status.objects.get(household=home, valid_to=None).classification == "near_poor"
    assert Decision.objects.filter(corrects=of).count() == 1


def refused_as_sent(act, **else_):
    """`act` sent twice is one; filled in for `else_` it is refused."""
    key = uuid4()
    made = act(request_id=key)
    assert act(request_id=key) == made
    with pytest.raises(ValidationError, match=REFUSED):
        act(request_id=key, **else_)
    assert type(made)._base_manager.count() == 1
    return made


@pytest.mark.parametrize("else_", [{"agreed": 21}, {"minutes": {**MINUTES, "place": "Trường học"}}])
def test_minutes_put_right_are_not_taken_for_those_recorded(place, else_):
    sheet = approve(handed_in(place), place.supervisor)
    refused_as_sent(lambda **sent: meet(place, [sheet], **sent), **else_)


def test_a_list_hung_elsewhere_is_not_taken_for_the_one_hung(place):
    agree(approve(handed_in(place), place.supervisor))
    refused_as_sent(lambda **sent: hang(place, **sent), place="Trường học")


def test_what_another_complains_of_is_not_taken_for_the_first_complaint(place):
    sheet = ready(handed_in(place), place.supervisor)

    def filed(**sent):
        return complain(place, sheet, **sent)

    refused_as_sent(filed, filed_on=date(2026, 10, 23))


def test_another_applicant_is_not_taken_for_the_first(officer, home):
    same = {
        "by": officer, "household": home, "form": "01", "received_on": DAY, "channel": "counter",
        "applicant": "Trần B", "today": DAY,
    }  # fmt: skip
    twice_then_else(listing.register_request, same, {"applicant": "Trần C"})


@pytest.mark.parametrize("else_", [{"date": date(2026, 12, 6)}, {"signer": "Trần Phó"}])
def test_a_decision_of_another_day_is_not_taken_for_the_one_made(place, else_):
    ready(handed_in(place), place.supervisor)
    by = make_user("approver", place.ward)
    refused_as_sent(lambda **sent: decide(place.round, by=by, **sent), **else_)


def test_a_departure_is_not_taken_for_the_list_as_proposed(place):
    sheet = ready(handed_in(place), place.supervisor)
    by = make_user("approver", place.ward)
    else_ = {"departures": {sheet.pk: ("not_poor", "mới trúng số")}}
    refused_as_sent(lambda **sent: decide(place.round, by=by, **sent), **else_)
    assert sheet.household.statuses.get().classification == "poor"
