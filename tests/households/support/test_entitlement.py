"""Who is entitled: the law's rule as data, the core's answer, and SQL that says the same of every random register."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households import entitlement
from households.models import Entitled, Group, Household, Member, Status, Support
from households.poverty.entitlement import (
    SENTENCES,
    Facts,
    Person,
    Refusal,
    Rule,
    add_months,
    full_years,
    period_of,
    refusal,
)
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member, make_programme, make_status, make_support

ON = date(2026, 11, 25)


def rule(*classes, **named):
    return Rule(frozenset(classes), **named)


CASES = [
    (rule("poor"), Facts(True, "poor"), None),
    (rule("poor"), Facts(True, "near_poor"), Refusal.CLASS),
    (rule("poor"), Facts(True), Refusal.CLASS),
    (rule("any"), Facts(True), None),
    (rule("any"), Facts(False), Refusal.LEFT_REGISTER),
    (rule("left_poor", term_months=36), Facts(True, "not_poor", ("poor", date(2023, 11, 26))), None),
    (rule("left_poor", term_months=36), Facts(True, "not_poor", ("poor", date(2023, 11, 25))), Refusal.TERM),
    (
        rule("left_poor", term_months=36),
        Facts(True, "not_poor", ("near_poor", date(2026, 1, 1))),
        Refusal.CLASS,
    ),
    (rule("left_near_poor", term_months=12), Facts(True, "average", ("near_poor", date(2026, 1, 1))), None),
    (rule("left_poor", term_months=36), Facts(True, "near_poor"), Refusal.CLASS),
    (rule("poor", groups=frozenset({"merit"})), Facts(True, "poor"), Refusal.GROUP),
    (rule("poor", groups=frozenset({"merit"})), Facts(True, "poor", groups=frozenset({"merit"})), None),
    (
        rule("poor", lacking=frozenset({"water"})),
        Facts(True, "poor", lacking=frozenset({"toilet"})),
        Refusal.LACKING,
    ),
    (rule("poor", per_person=True), Facts(True, "poor"), Refusal.PERSON_GONE),
    (
        rule("poor", per_person=True, min_age=6, max_age=15),
        Facts(True, "poor", person=Person(True, date(2010, 11, 26), True)),
        None,
    ),
    (
        rule("poor", per_person=True, min_age=6, max_age=15),
        Facts(True, "poor", person=Person(True, date(2010, 11, 25), True)),
        Refusal.AGE,
    ),
    (
        rule("poor", per_person=True, min_age=0),
        Facts(True, "poor", person=Person(True, date(2026, 11, 26), False)),
        Refusal.PERSON_GONE,
    ),
    (
        rule("poor", per_person=True, studying=True),
        Facts(True, "poor", person=Person(True, date(2010, 1, 1), False)),
        Refusal.STUDYING,
    ),
]


@pytest.mark.parametrize(("of", "facts", "expected"), CASES)
def test_cases(of, facts, expected):
    assert refusal(of, facts, ON) == expected


def test_every_refusal_is_a_sentence():
    assert set(SENTENCES) == set(Refusal)
    assert all(each.sentence.endswith(".") for each in Refusal)


@pytest.mark.parametrize(
    ("per", "day", "expected"),
    [
        ("month", date(2026, 12, 31), (date(2026, 12, 1), date(2027, 1, 1))),
        ("quarter", date(2026, 5, 1), (date(2026, 4, 1), date(2026, 7, 1))),
        ("year", date(2026, 1, 1), (date(2026, 1, 1), date(2027, 1, 1))),
        ("school_year", date(2026, 8, 31), (date(2025, 9, 1), date(2026, 9, 1))),
        ("school_year", date(2026, 9, 1), (date(2026, 9, 1), date(2027, 9, 1))),
        ("once", date(2026, 2, 3), (date(2026, 2, 3), None)),
    ],
)
def test_periods(per, day, expected):
    assert period_of(per, day) == expected


def test_months_and_ages_at_the_end_of_february():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert full_years(date(2004, 2, 29), date(2025, 2, 28)) == 20


# --- SQL against the core ---------------------------------------------------------------------------------------------

CLASSES = ["poor", "near_poor", "average", "not_poor"]
INDICATORS = ["water", "toilet", "insurance", "employment"]


def random_register(rng: Random):
    """A ward of six households with random histories, people, groups; some left the register."""
    group = make_group(make_ward())
    for _ in range(6):
        home = make_household(
            group,
            head={"sex": rng.choice(["male", "female"]), "ethnicity": rng.choice(["01", "02", "55", "99"])},
            opened_date=date(2019, 1, 1),
            **{name: rng.random() < 0.3 for name in ("no_labour", "merit", "social_protection")},
        )
        for _ in range(rng.randint(0, 3)):
            make_member(
                home,
                birth_year=(year := rng.randint(1950, 2026)),
                birth_date=rng.choice([None, date(year, 1, 1) + timedelta(days=rng.randint(0, 364))]),
                schooling=rng.choice(["", "none", "primary"]),
            )
            if rng.random() < 0.2:
                came = date(2026, 11, rng.randint(20, 30))
                home.members.exclude(relationship="head").update(
                    joined_date=min(came, date(2026, 11, 22)) if rng.random() < 0.5 else came
                )
        day = date(2022, 1, 1)
        for _ in range(rng.randint(0, 5)):
            day += timedelta(days=rng.randint(40, 350))
            make_status(
                home, rng.choice(CLASSES), day, lacking=tuple(rng.sample(INDICATORS, rng.randint(0, 3)))
            )
        if rng.random() < 0.2:
            gone = date(2026, 11, rng.randint(23, 27))
            Household.objects.filter(pk=home.pk).update(closed_date=gone, closed_reason="moved_out")
        elif rng.random() < 0.3:
            one = home.members.exclude(relationship="head").filter(joined_date=None).first()
            if one:
                Member.objects.filter(pk=one.pk).update(
                    left_date=date(2026, 11, rng.randint(23, 27)), left_reason="Qua đời"
                )
    return group


def random_programme(rng: Random, ward):
    classes = rng.sample(Entitled.values, rng.randint(1, 3))
    person = rng.random() < 0.5
    low, high = sorted(rng.sample(range(90), 2))
    return make_programme(
        ward,
        classes=classes,
        term_months=rng.randint(1, 60) if {"left_poor", "left_near_poor"} & set(classes) else None,
        groups=rng.sample(Group.values, rng.randint(0, 2)),
        lacking=rng.sample(INDICATORS, rng.randint(0, 2)),
        per_person=person,
        min_age=rng.choice([None, low]) if person else None,
        max_age=rng.choice([None, high]) if person else None,
        studying=person and rng.random() < 0.3,
    )


def rule_of(programme) -> Rule:
    return Rule(
        classes=frozenset(programme.classes), term_months=programme.term_months, groups=frozenset(programme.groups),
        lacking=frozenset(programme.lacking), per_person=programme.per_person, min_age=programme.min_age,
        max_age=programme.max_age, studying=programme.studying,
    )  # fmt: skip


def facts_of(home, member) -> Facts:
    """Read plainly, row by row, as nobody would for a whole ward."""
    head = home.members.filter(relationship="head", left_date=None).first()
    now = Status.objects.on(ON).filter(household=home).first()
    listed = home.statuses.listed().filter(valid_from__lte=ON).order_by("valid_from").last()
    left = None
    if listed and now and now.classification in {"not_poor", "average"}:
        left = (listed.classification, listed.valid_to)
    groups = {name for name in ("no_labour", "merit", "social_protection") if getattr(home, name)}
    groups |= {"female_head"} if head and head.sex == "female" else set()
    groups |= {"minority"} if head and head.ethnicity not in {"01", "55", "99"} else set()
    person = member and Person(
        (member.left_date is None or member.left_date > ON)
        and (member.joined_date is None or member.joined_date <= ON),
        member.birth_date or date(member.birth_year, 1, 1),
        member.schooling not in {"", "none"},
    )
    return Facts(
        present=home.closed_date is None or home.closed_date > ON,
        classification=now.classification if now else "",
        last_listed=left,
        groups=frozenset(groups),
        lacking=frozenset(now.lacking if now else ()),
        person=person,
    )


@pytest.mark.django_db
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_sql_says_what_the_core_says(rng):
    with transaction.atomic():  # undone after each example; the rows could not be deleted
        said_alike(rng)
        transaction.set_rollback(True)


def said_alike(rng):
    group = random_register(rng)
    for _ in range(4):
        programme = random_programme(rng, group.parent)
        expected = {
            (home.pk, member and member.pk): refusal(rule_of(programme), facts_of(home, member), ON) or ""
            for home in Household.objects.filter(area=group)
            for member in (home.members.all() if programme.per_person else [None])
        }
        found = entitlement.judged(programme, [group.pk], ON)
        assert {(each.household_id, each.member_id): each.refusal for each in found} == expected
        assert entitlement.counts([programme], [group.pk], ON).get(
            programme.line_id, entitlement.Counts()
        ).entitled == sum(not each for each in expected.values())
        given = [key for key in expected if rng.random() < 0.3]
        for home, member in given:
            make_support(
                programme,
                Household.objects.get(pk=home),
                member and Member.objects.get(pk=member),
                stopped_on=(stopped := rng.choice([None, None, date(2026, 6, 1)])),
                stop_reason="Ví dụ" if stopped else "",
                stopped_by=make_user() if stopped else None,
            )
        counts = entitlement.counts([programme], [group.pk], ON).get(programme.line_id, entitlement.Counts())
        proposed = entitlement.proposed(programme, [group.pk], ON)
        assert counts.proposed == (0 if programme.selective else len(proposed))
        entitled = entitlement.entitled(programme, [group.pk], ON)
        standing = {(each.household_id, each.member_id): each.standing for each in entitled}
        assert standing.keys() == {key for key, why in expected.items() if not why}
        assert len(entitled) == counts.entitled
        assert set(proposed) <= {key for key, each in standing.items() if each != "given"}
        assert counts.lapsed == len(entitlement.lapsed(programme, [group.pk], ON))
        assert counts.receiving == Support.objects.in_force(ON).filter(line=programme.line_id).count()


# --- the two morning lists --------------------------------------------------------------------------------------------


@pytest.fixture
def group(db):
    return make_group(make_ward())


def poor(group, day=date(2025, 12, 1)):
    home = make_household(group)
    make_status(home, "poor", day)
    return home


def test_entitled_and_not_receiving(group):
    programme, homes = make_programme(group.parent), [poor(group) for _ in range(3)]
    make_support(programme, homes[0])
    make_support(programme, homes[1], valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))  # last year's
    assert {each for each, _ in entitlement.proposed(programme, [group.pk], ON)} == {homes[1].pk, homes[2].pk}
    assert entitlement.counts([programme], [group.pk], ON) == {
        programme.line_id: entitlement.Counts(entitled=3, receiving=1, proposed=2, lapsed=0)
    }


def test_everybody_entitled_with_how_it_stands_this_period(group):
    programme, homes = make_programme(group.parent), [poor(group) for _ in range(5)]
    make_support(programme, homes[0])
    make_support(programme, homes[1], valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))  # last year's
    for home, day in ((homes[2], date(2026, 3, 1)), (homes[3], ON + timedelta(days=1))):
        make_support(programme, home, stopped_on=day, stop_reason="Ví dụ", stopped_by=make_user())
    make_household(group)  # of no class
    found = entitlement.entitled(programme, [group.pk], ON)
    assert {each.household_id: each.standing for each in found} == {
        homes[0].pk: "given", homes[1].pk: "", homes[2].pk: "stopped", homes[3].pk: "given", homes[4].pk: "",
    }  # fmt: skip


def test_selective_and_emergency_programmes_remind_of_nobody(group):
    home = poor(group)
    selective = make_programme(group.parent, selective=True)
    emergency = make_programme(group.parent, policy="emergency", classes=["any"])
    counted = entitlement.counts([selective, emergency], [group.pk], ON)
    assert [each.proposed for each in counted.values()] == [0, 0]
    assert [each.entitled for each in counted.values()] == [1, 1]
    assert entitlement.proposed(selective, [group.pk], ON) == [(home.pk, None)]  # who may be chosen
    assert entitlement.proposed(emergency, [group.pk], ON) == []


def test_who_was_stopped_is_proposed_again_only_after_a_decision(group):
    programme, home = make_programme(group.parent), poor(group)
    support = make_support(programme, home)
    Support.objects.filter(pk=support.pk).update(
        stopped_on=date(2026, 6, 1), stop_reason="Gia đình từ chối", stopped_by=make_user()
    )
    assert entitlement.proposed(programme, [group.pk], ON) == []
    make_status(home, "poor", date(2026, 7, 1))
    assert [each for each, _ in entitlement.proposed(programme, [group.pk], ON)] == [home.pk]


def test_receiving_and_no_longer_entitled(group):
    programme = make_programme(group.parent, classes=["poor", "left_poor"], term_months=6)
    kept, out, moved = (poor(group, date(2025, 1, 1)) for _ in range(3))
    for home in (kept, out, moved):
        make_support(programme, home)
    make_status(out, "not_poor", date(2026, 1, 15))
    Household.objects.filter(pk=moved.pk).update(closed_date=date(2026, 11, 1), closed_reason="moved_out")
    found = entitlement.lapsed(programme, [group.pk], ON)
    assert {(each.household_id, each.refusal) for each in found} == {
        (out.pk, "term"),
        (moved.pk, "left_register"),
    }
    assert entitlement.counts([programme], [group.pk], ON)[programme.line_id].lapsed == 2


def test_what_was_given_once_is_held_and_never_lapses(group):
    programme = make_programme(group.parent, per="once")
    home = poor(group, date(2025, 1, 1))
    make_support(programme, home, valid_from=date(2026, 2, 3), valid_to=None)
    make_status(home, "not_poor", date(2026, 6, 1))
    counts = entitlement.counts([programme], [group.pk], ON)[programme.line_id]
    assert (counts.receiving, counts.lapsed) == (1, 0)
    assert entitlement.lapsed(programme, [group.pk], ON) == []


def test_a_rule_that_ended_and_one_that_was_replaced(group):
    home = poor(group)
    first = make_programme(group.parent, valid_to=date(2026, 7, 1))
    make_support(first, home)
    assert [each.refusal for each in entitlement.lapsed(first, [group.pk], ON)] == ["programme_ended"]
    second = make_programme(group.parent, valid_from=date(2026, 7, 1), replaces=first)
    assert entitlement.lapsed(second, [group.pk], ON) == []
    assert entitlement.proposed(second, [group.pk], ON) == []  # has it for this year already, by the first


def test_a_person_who_left_no_longer_receives(group):
    home = poor(group)
    child = make_member(home, birth_year=2015, schooling="primary")
    programme = make_programme(group.parent, per_person=True, min_age=6, max_age=15, studying=True)
    assert entitlement.proposed(programme, [group.pk], ON) == [(home.pk, child.pk)]
    make_support(programme, home, child)
    Member.objects.filter(pk=child.pk).update(left_date=date(2026, 10, 1), left_reason="Qua đời")
    assert [each.refusal for each in entitlement.lapsed(programme, [group.pk], ON)] == ["person_gone"]


def test_all_programmes_of_a_ward_in_one_query(group, django_assert_num_queries):
    programmes = [make_programme(group.parent) for _ in range(6)]
    with django_assert_num_queries(1):
        entitlement.counts(programmes, [group.pk], ON)
