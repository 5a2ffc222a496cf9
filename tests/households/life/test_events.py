"""Each kind of life event forward and back: people, households, statuses as before."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.forms import model_to_dict

from households.actions import certificates, decisions
from households.actions.life import homes, people
from households.actions.life.record import tried
from households.actions.life.undo import undo
from households.models import Certificate, Decision, Household, LifeEvent, Member, Relationship, Status
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    make_household,
    make_member,
    make_round,
    make_sheet,
    make_status,
    ready,
    submit,
)
from tests.households.life.factories import (
    BABY,
    TODAY,
    WHY,
    birth,
    death,
    gone,
    merge,
    move_in,
    move_out,
    split,
)
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 3, tzinfo=UTC)
DECIDED, DAY = date(2025, 12, 10), date(2026, 5, 4)


@pytest.fixture
def supervisor(db):
    return make_user("supervisor")


@pytest.fixture
def home(db):
    """A poor household of three, decided in December: head, spouse, child."""
    household = make_household(make_group())
    make_member(household, full_name="Lê Thị Vợ", relationship="spouse", sex="female", cccd="042180000001")
    make_member(household, full_name="Trần Văn Con", cccd="042080000002", birth_year=2008)
    make_status(household, "poor", DECIDED, size=3, lacking=("water",))
    return household


def member(household, relationship) -> Member:
    return household.members.present().get(relationship=relationship)


def state(*households) -> list:
    """Everything that counts of these households, as it can be compared: who is there, and the list."""
    return [
        [
            model_to_dict(Household.objects.get(pk=each.pk), exclude=["version"]),
            [model_to_dict(row, exclude=["version"]) for row in each.members.present().order_by("pk")],
            list(
                each.statuses.order_by("valid_from").values_list(
                    "classification", "area", "size", "valid_from", "valid_to", "end_reason", "decision"
                )
            ),
        ]
        for each in households
    ]


def line(household) -> list:
    rows = Status.objects.filter(household=household).order_by("valid_from")
    return list(rows.values_list("size", "valid_from", "valid_to", "end_reason"))


def test_a_birth_adds_a_person_and_continues_the_status(home):
    event = birth(home)
    child = home.members.get(full_name="Trần Bé")
    assert (child.birth_date, child.joined_date, event.member) == (DAY, DAY, child)
    assert line(home) == [(3, DECIDED, DAY, "changed"), (4, DAY, None, "")]
    new = home.statuses.get(valid_to=None)
    old = home.statuses.exclude(pk=new.pk).get()
    assert (new.event, old.ending_event) == (event, event)
    assert (new.decision, new.classification, new.lacking) == (old.decision, "poor", ["water"])
    assert event.effect["told"][0]["people"] == [3, 4]
    trail = Event.objects.get(act="life.birth")
    assert (trail.record_id, trail.reason) == (home.pk, WHY["reason"])


def test_a_household_without_a_class_just_grows(db):
    household = make_household()
    birth(household)
    assert household.members.present().count() == 2
    assert not household.statuses.exists()


def everything(home, other, area):
    """Kind → the act that records it."""
    wife, son = member(home, "spouse"), member(home, "child")
    head = member(home, "head")
    follow = {wife.pk: "head", son.pk: "child"}
    roles = {head.pk: "parent", wife.pk: "parent", son.pk: "head"}
    return {
        "birth": lambda: birth(home),
        "move_in": lambda: move_in(home),
        "move_out": lambda: move_out(home, son),
        "head_out": lambda: move_out(home, head, relationships=follow),
        "death": lambda: death(home, wife),
        "head_death": lambda: death(home, head, relationships=follow),
        "head_change": lambda: people.head_changed(
            by=None, household=home, relationships=roles, date=DAY, **WHY
        ),
        "moved_inside": lambda: homes.moved_inside(
            by=None, household=home, area=area, address="1 Lý Tự Trọng", date=DAY, **WHY
        ),
        "split": lambda: split(home, [son], {son.pk: "head"}),
        "head_splits": lambda: split(
            home, [head, son], {head.pk: "head", son.pk: "child", wife.pk: "head"}, area=area
        ),
        "merge": lambda: merge(
            home, other, {head.pk: "sibling", wife.pk: "unrelated", son.pk: "nephew_niece"}
        ),
        "household_out": lambda: gone(home),
        "mistake": lambda: gone(home, "mistake"),
        "duplicate": lambda: homes.duplicate(by=None, household=home, original=other, date=DAY, **WHY),
    }


SIZES = {
    "birth": 4, "move_in": 4, "move_out": 2, "head_out": 2, "death": 2, "head_death": 2, "head_change": 3,
    "moved_inside": 3, "split": 2, "head_splits": 1, "merge": None, "household_out": None, "mistake": None,
    "duplicate": None,
}  # fmt: skip


@pytest.mark.parametrize("kind", SIZES)
def test_every_kind_there_and_back(home, supervisor, kind):
    ward = home.area.parent
    other = make_household(home.area)
    make_status(other, "near_poor", DECIDED)
    act = everything(home, other, make_group(ward))[kind]
    before = state(home, other)

    looked_at = tried(act)
    assert state(home, other) == before
    assert not LifeEvent.objects.exists()

    event = act()
    assert event.effect["told"] == [
        {**each, "id": mine["id"], "name": mine["name"]}
        for each, mine in zip(looked_at.effect["told"], event.effect["told"], strict=True)
    ]
    in_force = home.statuses.filter(valid_to=None).first()
    assert (in_force.size if in_force else None) == SIZES[kind]
    assert state(home, other) != before

    undo(by=supervisor, event=event, reason="ghi nhầm", at=AT)
    assert state(home, other) == before
    home.refresh_from_db()
    assert [each.area for each in home.statuses.all()] == [home.area]
    event.refresh_from_db()
    assert (event.reversed_by, event.reversal_reason) == (supervisor, "ghi nhầm")
    assert Event.objects.filter(act="life.undo", record_id=home.pk).exists()
    act()  # and again, as if nothing had been


def test_the_death_of_the_only_person_closes_the_household(supervisor):
    alone = make_household()
    make_status(alone, "poor", DECIDED)
    before = state(alone)
    event = death(alone, alone.members.get())
    alone.refresh_from_db()
    assert (event.kind, alone.closed_reason, alone.closed_date) == ("died_out", "died_out", DAY)
    assert line(alone) == [(1, DECIDED, DAY, "died_out")]
    assert alone.members.get().left_reason == "Qua đời"
    undo(by=supervisor, event=event, reason="nhầm người", at=AT)
    assert state(alone) == before


def test_a_merged_household_lives_on_in_the_other(home):
    other = make_household(home.area)
    make_status(other, "near_poor", DECIDED)
    head, wife, son = (member(home, each) for each in ("head", "spouse", "child"))
    merge(home, other, {head.pk: "sibling", wife.pk: "unrelated", son.pk: "nephew_niece"})
    home.refresh_from_db()
    assert (home.closed_reason, line(home)) == ("merged", [(3, DECIDED, DAY, "merged")])
    assert line(other) == [(1, DECIDED, DAY, "changed"), (4, DAY, None, "")]
    assert other.members.present().get(cccd="042180000001").relationship == "unrelated"


def test_a_split_household_has_its_own_people_and_no_class_yet(home):
    son = member(home, "child")
    event = split(home, [son], {son.pk: "head"})
    new = event.other_household
    assert (new.opened_reason, new.opened_date, new.head_name) == ("split", DAY, "Trần Văn Con")
    copy = new.members.get()
    assert (copy.cccd, copy.relationship, copy.joined_date) == ("042080000002", "head", DAY)
    son.refresh_from_db()
    assert (son.left_date, son.left_reason) == (DAY, f"Tách hộ sang {new.code}")
    assert not new.statuses.exists()


def test_when_all_move_out_the_household_does(home):
    event = move_out(home, *home.members.present())
    home.refresh_from_db()
    assert (event.kind, home.closed_reason, event.member) == ("household_out", "moved_out", None)


def test_who_left_with_the_household_may_be_entered_anew(home):
    gone(home)
    assert make_household(head={"cccd": "042180000001", "sex": "female"}).pk != home.pk
    assert Household.objects.search("le thi vo").get(pk=home.pk)


def test_a_household_from_elsewhere(supervisor):
    area = make_group()
    head = {"full_name": "Lê Mới", "sex": "male", "birth_year": 1980, "ethnicity": "01"}
    event = homes.arrived(by=supervisor, household={"area": area}, head=head, date=DAY, **WHY)
    new = event.household
    assert (new.opened_reason, new.opened_date, event.effect["told"][0]["people"]) == (
        "moved_in",
        DAY,
        [0, 1],
    )
    make_member(new)
    undo(by=supervisor, event=event, reason="ghi trùng", at=AT)
    new.refresh_from_db()
    assert (new.closed_date, new.closed_reason, new.members.present().count()) == (DAY, "mistake", 0)


def test_two_events_of_one_day_leave_one_row_of_that_day(home, supervisor):
    first = birth(home)
    second = birth(home, full_name="Trần Bé Hai")
    assert line(home) == [(3, DECIDED, DAY, "changed"), (5, DAY, None, "")]
    undo(by=supervisor, event=second, reason="nhầm", at=AT)
    assert line(home) == [(3, DECIDED, DAY, "changed"), (4, DAY, None, "")]
    undo(by=supervisor, event=first, reason="nhầm", at=AT)
    assert line(home) == [(3, DECIDED, None, "")]


def test_born_and_gone_on_one_day(home, supervisor):
    before = state(home)
    events = [birth(home), gone(home)]
    assert line(home) == [(3, DECIDED, DAY, "changed")]
    for event in reversed(events):
        undo(by=supervisor, event=event, reason="nhầm", at=AT)
    assert state(home) == before


def test_an_event_from_before_the_status_counts_from_the_next_day(home):
    birth(home, DECIDED)
    assert line(home) == [(3, DECIDED, date(2025, 12, 11), "changed"), (4, date(2025, 12, 11), None, "")]


def test_a_decision_takes_up_after_an_event_of_the_same_day(home):
    birth(home)
    make_status(home, "near_poor", DAY, size=4)
    assert line(home) == [(3, DECIDED, DAY, "changed"), (4, DAY, None, "")]
    assert home.statuses.get(valid_to=None).classification == "near_poor"


def test_the_head_changes_and_the_name_of_the_household_with_it(home):
    head, wife, son = (member(home, each) for each in ("head", "spouse", "child"))
    people.head_changed(
        by=None, household=home, date=DAY, **WHY,
        relationships={head.pk: "spouse", wife.pk: "head", son.pk: "child"},
    )  # fmt: skip
    home.refresh_from_db()
    assert home.head_name == "Lê Thị Vợ"
    assert line(home) == [(3, DECIDED, None, "")]


def test_the_same_request_twice_is_one_event(home):
    named = {"by": None, "household": home, "values": BABY, "date": DAY, **WHY, "request_id": uuid4()}
    assert people.born(**named) == people.born(**named)
    for else_ in (
        {"household": make_household(home.area)},
        {"date": date(2026, 5, 5)},
        {"reason": "Giấy khai sinh khác"},
    ):
        with pytest.raises(ValidationError, match="đã ghi một lần rồi"):
            people.born(**{**named, **else_})
    assert home.members.present().count() == 4


# What is refused, with the sentence that says why.
def refusals(home, other, elsewhere):
    head, wife, son = (member(home, each) for each in ("head", "spouse", "child"))
    yield "tương lai", lambda: birth(home, date(2026, 11, 26))
    yield "vào sổ ngày", lambda: birth(home, date(2021, 12, 31))
    yield "không còn ở trong hộ", lambda: move_out(home, other.members.get())
    yield "ít nhất một người", lambda: move_out(home)
    yield "năm sinh của Trần Văn Con", lambda: _left_before_birth(home, son)
    yield "đúng một người làm chủ hộ", lambda: death(home, head)
    yield (
        "quan hệ với chủ hộ mới của: Trần Văn Con",
        lambda: death(home, head, relationships={wife.pk: "head"}),
    )
    yield (
        "vẫn là chủ hộ",
        lambda: people.head_changed(by=None, household=home, relationships={}, date=DAY, **WHY),
    )
    yield "tổ dân phố khác", lambda: _moved(home, home.area)
    yield "phường khác", lambda: _moved(home, elsewhere.area)
    yield "ở lại", lambda: split(home, [head, wife, son], {})
    yield "chủ hộ mới của", lambda: split(home, [wife, son], {son.pk: "head"})
    yield "đúng một người", lambda: split(home, [wife, son], {son.pk: "child", wife.pk: "child"})
    yield "phường khác", lambda: split(home, [son], {son.pk: "head"}, area=elsewhere.area)
    yield "hộ khác với", lambda: merge(home, home, {})
    yield "cùng một phường", lambda: merge(home, elsewhere, {})
    yield "chủ hộ kia của", lambda: merge(home, other, {head.pk: "sibling"})
    yield "đã có chủ hộ", lambda: merge(home, other, {head.pk: "head", wife.pk: "spouse", son.pk: "child"})
    yield "hộ khác với", lambda: homes.duplicate(by=None, household=home, original=home, date=DAY, **WHY)
    yield "phân loại từ ngày", lambda: gone(home, day=DECIDED)
    yield "một vợ hoặc chồng", lambda: move_in(home, relationship="spouse")
    yield "Mỗi hộ chỉ có một chủ hộ", lambda: birth(home, relationship="head")
    yield "trước ngày sinh", lambda: move_in(home, birth_year=2027)
    yield "đã có người khác", lambda: move_in(home, cccd="042180000001")


def _left_before_birth(home, son):
    Household.objects.filter(pk=home.pk).update(opened_date=date(2000, 1, 1))
    return move_out(home, son, day=date(2005, 1, 1))


def _moved(home, area):
    return homes.moved_inside(by=None, household=home, area=area, address="", date=DAY, **WHY)


@pytest.mark.parametrize("number", range(24))
def test_what_cannot_be_is_refused_with_a_sentence_and_writes_nothing(home, number):
    other, elsewhere = make_household(home.area), make_household(make_group(make_ward()))
    before = state(home, other, elsewhere)
    sentence, act = list(refusals(home, other, elsewhere))[number]
    with pytest.raises(ValidationError, match=sentence):
        act()
    assert state(home, other, elsewhere)[0][1:] == before[0][1:]
    assert not LifeEvent.objects.exists()


def test_nothing_happens_to_a_household_that_left_the_register(home):
    gone(home)
    for act in (lambda: birth(home), lambda: gone(home)):
        with pytest.raises(ValidationError, match="đã ra khỏi sổ"):
            act()
    with pytest.raises(ValidationError, match="đã ra khỏi sổ"):
        merge(make_household(home.area), home, {})


def test_an_event_needs_its_reason(home):
    with pytest.raises(ValidationError, match="lý do hoặc căn cứ"):
        people.born(
            by=None, household=home, values={"full_name": "A", "sex": "male", "relationship": "child"},
            date=DAY, today=TODAY, reason="  ",
        )  # fmt: skip


def test_the_later_event_is_undone_first_also_across_households(home, supervisor):
    son = member(home, "child")
    parted = split(home, [son], {son.pk: "head"})
    later = birth(parted.other_household)
    with pytest.raises(ValidationError, match="ghi sau trước"):
        undo(by=supervisor, event=parted, reason="nhầm", at=AT)
    undo(by=supervisor, event=later, reason="nhầm", at=AT)
    undo(by=supervisor, event=parted, reason="nhầm", at=AT)
    with pytest.raises(ValidationError, match="đã huỷ trước đó"):
        undo(by=supervisor, event=parted, reason="nhầm", at=AT)


def test_what_a_decision_was_built_on_stays(home, supervisor):
    event = birth(home)
    make_status(home, "near_poor", date(2026, 6, 1), size=4)
    with pytest.raises(ValidationError, match=r"ghi vào cổng sau sự kiện này.*Ghi một sự kiện mới"):
        undo(by=supervisor, event=event, reason="nhầm", at=AT)


def test_a_decision_about_the_other_household_names_it(home, supervisor):
    son = member(home, "child")
    parted = split(home, [son], {son.pk: "head"})
    new = parted.other_household
    make_status(new, "poor", date(2026, 6, 1))
    with pytest.raises(ValidationError, match=f"ngày 01/06/2026 về hộ {new.code}"):
        undo(by=supervisor, event=parted, reason="nhầm", at=AT)


def test_the_last_two_people_may_die_on_new_years_day(home):
    new_year = date(2026, 1, 1)
    death(home, member(home, "child"), new_year)
    death(home, member(home, "spouse"), new_year)
    death(home, member(home, "head"), new_year)
    home.refresh_from_db()
    assert (home.closed_date, home.closed_reason) == (new_year, "died_out")
    assert list(home.statuses.values_list("valid_from", "valid_to", "size")) == [
        (DECIDED, date(2026, 1, 2), 3)
    ]


def test_a_household_may_leave_on_the_new_years_day_it_was_decided_on_but_not_before_its_decision(home):
    make_status(home, "near_poor", date(2026, 1, 2))
    with pytest.raises(ValidationError, match="từ ngày 02/01/2026"):
        gone(home, day=date(2026, 1, 1))
    other = make_household(home.area)
    make_status(other, "poor", date(2026, 1, 1))
    gone(other, day=date(2026, 1, 1))
    assert other.statuses.get().valid_to == date(2026, 1, 2)


def test_one_undoes_ones_own_and_a_supervisor_anybodys(home, supervisor):
    officer, colleague = make_user("officer"), make_user("officer")
    event = birth(home, by=officer)
    with pytest.raises(ValidationError, match="người khác ghi"):
        undo(by=colleague, event=event, reason="nhầm", at=AT)
    undo(by=officer, event=event, reason="nhầm", at=AT)


def test_what_was_corrected_since_is_not_overwritten(home, supervisor):
    son = member(home, "child")
    event = people.head_changed(
        by=None, household=home, date=DAY, **WHY,
        relationships={
            member(home, "head").pk: "spouse", member(home, "spouse").pk: "head", son.pk: "grandchild",
        },
    )  # fmt: skip
    Member.objects.filter(pk=son.pk).update(relationship=Relationship.ADOPTED_CHILD)
    with pytest.raises(ValidationError, match="đã được sửa sau sự kiện này"):
        undo(by=supervisor, event=event, reason="nhầm", at=AT)


def test_a_certificate_stays_valid_and_is_not_given_twice(home, supervisor):
    decision = Decision.objects.get()
    named = {"by": supervisor, "decision": decision, "suffix": "/GCN-UBND", "today": TODAY}
    birth(home)
    (given,) = certificates.issue_certificates(issued_on=DAY, **named)
    later = birth(home, date(2026, 6, 1))
    assert Certificate.objects.in_force().get() == given
    assert certificates.without_certificate(decision) == []
    undo(by=supervisor, event=later, reason="nhầm", at=AT)
    assert Certificate.objects.in_force().get() == given
    with pytest.raises(ValidationError, match="Thu hồi giấy đó trước"):
        undo(by=supervisor, event=LifeEvent.objects.in_force().get(), reason="nhầm", at=AT)


def test_a_decision_lists_its_households_once_however_their_statuses_were_continued(home):
    decision = Decision.objects.get()
    birth(home)
    homes.moved_inside(
        by=None, household=home, area=make_group(home.area.parent), address="", date=date(2026, 6, 1), **WHY
    )
    assert decision.statuses.count() == 3
    assert decision.statuses.as_decided().get().size == 3


# Between a survey and its decision ---------------------------------------------------------------


@pytest.fixture
def surveyed():
    """A poor household of two, surveyed on 5/10/2026 and ready for decision."""
    ward = make_ward()
    group = make_group(ward)
    round_, officer, supervisor = make_round(ward), make_user(areas=group), make_user("supervisor", ward)
    household = make_household(group)
    child = make_member(household)
    make_status(household, "poor", date(2025, 12, 10), size=2)
    return ready(submit(make_sheet(round_, household, officer), officer), supervisor), child


def decide_on(sheet, day):
    return decisions.decide_round(
        by=make_user("approver"), round_=sheet.round, number="05/QĐ-UBND", date=day, signer="Chủ tịch"
    )


def test_a_decision_counts_who_was_born_or_went_since_the_survey(surveyed):
    sheet, child = surveyed
    birth(sheet.household, date(2026, 10, 20))
    birth(sheet.household, date(2026, 10, 21))
    death(sheet.household, child, date(2026, 11, 1))
    status = decide_on(sheet, date(2026, 11, 10)).statuses.get()
    assert (status.size, status.valid_from) == (3, date(2026, 11, 10))
    assert len(sheet.facts["people"]) == 2


def test_an_event_undone_before_the_decision_does_not_count(surveyed):
    sheet, _ = surveyed
    undo(
        by=make_user("supervisor"), event=birth(sheet.household, date(2026, 10, 20)), reason="ghi nhầm", at=AT
    )
    assert decide_on(sheet, date(2026, 11, 10)).statuses.get().size == 2


def test_a_decision_dated_before_an_event_says_what_to_do(surveyed):
    sheet, _ = surveyed
    birth(sheet.household, date(2026, 11, 12))
    with pytest.raises(ValidationError, match="Huỷ sự kiện đó"):
        decide_on(sheet, date(2026, 11, 10))
