"""A practice ward: six homes that come out as they should, a whole season to be played, starting over."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from households import facts
from households.actions import complaints, decisions, listing, meetings, opinions, postings, survey
from households.models import Household, Listing, Member, Request, Round, Sheet, Status
from households.poverty import derive, load
from households.practice import homes_of, start
from households.practice.ward import season_for
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import HANOI
from tests.refusals import refused
from thanhsen.models import Area, Event, User
from thanhsen.permissions import Role
from thanhsen.workdays import Calendar

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def person():
    return make_user(Role.OFFICER, make_ward(), full_name="Nguyễn Thị Mới")


def fill(round_, household, officer, home, answers=None):
    sheet, _ = survey.start_sheet(
        by=officer, round_=round_, household=household, surveyed_on=round_.starts_on + timedelta(days=5)
    )
    as_found = facts.of_household(household, household.members.present().head_first(), sheet.surveyed_on)
    derived = derive(load(round_.standard_id), facts.for_core(as_found))
    confirmed = {code: {"lacking": each.lacking} for code, each in derived.items()}
    values = {
        "income_score": home.income_score, "answers": {**confirmed, **home.answers, **(answers or {})}, "causes": ["capital"],
        "main_cause": "capital",
    }  # fmt: skip
    at = datetime(2026, 10, 1, 9, tzinfo=HANOI)
    sheet = survey.save_draft(by=officer, sheet=sheet, version=None, values=values, at=at)
    return survey.submit(by=officer, sheet=sheet, version=None, at=at, today=TODAY)


def listed(round_, officer, supervisor):
    listing.draw_up(by=supervisor, round_=round_)
    for each in Listing.objects.filter(round=round_, request__isnull=False):
        listing.quick_check(by=officer, listing=each, go_on=True, on=round_.starts_on, today=TODAY)


def test_a_ward_of_ones_own(person):
    players = start(by=person, today=TODAY)
    assert [each.role for each in players] == ["officer", "supervisor", "approver"]
    assert all(each.practice_of == person and not each.has_usable_password() for each in players)
    ward = players[0].areas.get()
    assert ward.is_practice
    assert (ward.name, ward.parent.name) == ("Phường thực hành – Nguyễn Thị Mới", "Tỉnh thực hành")
    assert Household.objects.visible_to(players[0]).count() == 6
    assert Status.objects.visible_to(players[0]).count() == 5
    assert Request.objects.filter(household__area__parent=ward).count() == 1
    event = Event.objects.get(act="practice.start")
    assert (event.actor, event.area) == (person, ward)


def test_every_home_comes_out_as_its_lesson_says(person):
    officer, supervisor, _ = start(by=person, today=TODAY)
    round_ = Round.objects.visible_to(officer).get()
    listed(round_, officer, supervisor)
    for household, home in homes_of(officer):
        sheet = fill(round_, household, officer, home)
        assert sheet.score.classification == home.expected, home.title


def test_a_whole_season_can_be_played_in_one_sitting(person):
    officer, supervisor, approver = start(by=person, today=TODAY)
    round_ = Round.objects.visible_to(officer).get()
    group = Area.objects.get(parent=round_.ward)
    listed(round_, officer, supervisor)
    sheets = [fill(round_, household, officer, home) for household, home in homes_of(officer)]
    for sheet in sheets:
        survey.approve(by=supervisor, sheet=sheet, version=None, at=sheet.submitted_at)
    sheets = list(Sheet.objects.filter(round=round_))
    held = round_.starts_on + timedelta(days=10)
    minutes = {"held_on": held, "place": "Nhà văn hoá", "chair": "Ông A", "secretary": "Bà B", "present": 20}
    ballots = [meetings.Ballot(each.pk, each.version, 18) for each in sheets]
    meetings.record_meeting(
        by=officer, round_=round_, area=group, minutes=minutes, ballots=ballots, today=TODAY
    )
    posting = postings.post_list(
        by=supervisor, round_=round_, area=group, starts_on=held, ends_on=held + timedelta(days=7), place="Nhà văn hoá",
        calendar=Calendar(), today=TODAY,
    )  # fmt: skip
    household, home = next(each for each in homes_of(officer) if each[1].complaint)
    sheet = Sheet.objects.get(household=household)
    complaint = complaints.file_complaint(
        by=supervisor, sheet=sheet, filed_on=posting.ends_on, complainant="Hàng xóm", text=home.complaint,
        questions=list(home.changed), calendar=Calendar(), today=TODAY,
    )  # fmt: skip
    complaints.settle_complaint(
        by=supervisor, complaint=complaint, outcome="corrected", rechecked_on=posting.ends_on, finding="Có nước máy.",
        corrections={"answers": {**sheet.answers, **home.changed}}, today=TODAY,
    )  # fmt: skip
    posting = postings.post_list(
        by=supervisor, round_=round_, area=group, starts_on=posting.ends_on, ends_on=posting.ends_on + timedelta(days=7),
        place="Nhà văn hoá", calendar=Calendar(), today=TODAY,
    )  # fmt: skip
    opinion = opinions.ask_opinion(
        by=supervisor, round_=round_, letter_number="9/BC-UBND", sent_on=posting.ends_on + timedelta(days=1),
        calendar=Calendar(), today=TODAY,
    )  # fmt: skip
    opinions.answer_opinion(
        by=supervisor, opinion=opinion, answer="agreed", answer_number="1/UBND",
        answered_on=opinion.sent_on + timedelta(days=2), today=TODAY,
    )  # fmt: skip
    decision = decisions.decide_round(
        by=approver, round_=round_, number="02/QĐ-UBND", date=TODAY, signer="Chủ tịch"
    )
    assert dict(decision.statuses.values_list("household", "classification")) == {
        household.pk: home.expected_then or home.expected for household, home in homes_of(officer)
    }


@pytest.mark.parametrize(
    ("today", "standard", "day"),
    [
        (date(2026, 11, 25), "2022-2026", date(2026, 11, 25)),
        (date(2026, 2, 3), "2022-2026", date(2025, 12, 31)),  # too early in the year for a whole season
        (
            date(2027, 6, 1),
            "2022-2026",
            date(2026, 12, 31),
        ),  # the standard of 2027 is a draft: it decides nothing
    ],
)
def test_the_season_is_one_that_can_be_decided(person, today, standard, day):
    season = season_for(today)
    assert (season.standard_id, season.today) == (standard, day)
    start(by=person, today=today)


def test_starting_over_leaves_the_old_ward_behind(person):
    old = start(by=person, today=TODAY)
    new = start(by=person, today=TODAY)
    assert not User.objects.filter(pk__in=[each.pk for each in old], is_active=True).exists()
    assert old[0].areas.get() != new[0].areas.get()
    assert Household.objects.count() == 12
    assert Area.objects.filter(kind="province", is_practice=True).count() == 1


def test_a_player_starts_nothing(person):
    with pytest.raises(ValidationError, match="Rời thực hành"):
        start(by=start(by=person, today=TODAY)[0], today=TODAY)


def test_the_database_keeps_practice_apart(person):
    player = start(by=person, today=TODAY)[0]
    practice_ward, ward = player.areas.get(), make_ward()
    refused("user_practice_cannot_sign_in", User.objects.filter(pk=player.pk).update, password="x")
    refused("user_practice_role", User.objects.filter(pk=player.pk).update, role=Role.ADMIN)
    refused("user_practice_stays_with_its_owner", User.objects.filter(pk=player.pk).update, practice_of=None)
    refused(
        "user_practice_stays_with_its_owner",
        User.objects.filter(pk=player.pk).update,
        practice_of=make_user(),
    )
    refused(
        "user_practice_stays_with_its_owner",
        User.objects.filter(pk=person.pk).update,
        practice_of=make_user(),
    )
    nested = {
        "username": "long.nhau",
        "full_name": "X",
        "role": "officer",
        "password": "!",
        "practice_of": player,
    }
    refused("user_practice_stays_with_its_owner", User.objects.create, **nested)
    refused("user_areas_of_practice_stay_apart", player.areas.add, ward)
    refused("user_areas_of_practice_stay_apart", person.areas.add, practice_ward)
    home = Household.objects.visible_to(player).first()
    moved = Household.objects.filter(pk=home.pk).update
    refused("household_stays_in_its_world", moved, area=make_group(ward))
    numbered = Member.objects.filter(household=home).update
    refused("member_of_practice_has_no_number", numbered, cccd="042080000001")
    refused("member_of_practice_has_no_number", numbered, old_id="183000001")
    refused("area_practice_stays_apart", Area.objects.filter(pk=practice_ward.pk).update, is_practice=False)
    refused("area_practice_stays_apart", Area.objects.filter(pk=practice_ward.pk).update, parent=ward.parent)
    refused("area_practice_stays_apart", make_ward, parent=practice_ward.parent)
