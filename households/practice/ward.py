"""Makes a practice ward of one's own, through the same actions as everything else. Nothing of it is ever deleted."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection

from households.actions import decisions, listing, register, rounds
from households.actions.decisions import Ruling
from households.models import Household, Request, Round
from households.poverty import load, standard_ids
from households.practice.homes import HOMES, Home
from thanhsen import events
from thanhsen.constraints import kept
from thanhsen.models import Area, AreaKind, User
from thanhsen.permissions import PLAYED, Role

PROVINCE = ("THUC-HANH", "Tỉnh thực hành")
LOCK = 18_074  # two first practices at once make one province
BEFORE = timedelta(days=60)  # the round began so long ago: every step of a season can be dated until today
LEAST = timedelta(days=75)  # days of the year that must have passed for that
SINCE = date(2022, 1, 1)


@dataclass(frozen=True)
class Season:
    """When the round of a practice ward runs."""

    standard_id: str
    today: date

    @property
    def starts_on(self) -> date:
        return self.today - BEFORE

    def within(self, days: int) -> date:
        """So many days from today, at the latest the end of the year."""
        return min(self.today + timedelta(days=days), date(self.today.year, 12, 31))


def season_for(today: date) -> Season:
    """The newest season that can be played from its list to its certificates under a standard in force.

    A draft standard decides nothing, so that its years are practised with the last standard that does.
    """
    deciding = [each for each in map(load, standard_ids()) if not each.draft and each.valid_from <= today]
    standard = max(deciding, key=lambda each: each.valid_from)
    day = min(today, standard.valid_to)
    if day - date(day.year, 1, 1) < LEAST:
        day = date(day.year - 1, 12, 31)
    return Season(standard.id, day)


def start(*, by: User, today: date) -> list[User]:
    """A fresh practice ward for `by`: its three accounts, which only `by` can play. The one before is left behind."""
    if by.practice_of_id is not None:
        raise ValidationError("Rời thực hành rồi bắt đầu lại từ tài khoản của mình.")
    season = season_for(today)
    with kept():
        owner = User.objects.select_for_update().get(pk=by.pk)
        earlier = owner.practice_users.filter(role=Role.OFFICER).count()
        owner.practice_users.filter(is_active=True).update(is_active=False)
        ward, group = _places(owner, earlier + 1)
        players = [_player(owner, role, ward, earlier + 1) for role in PLAYED]
        officer, supervisor, _ = players
        households = [
            _household(officer, group, number, home, season) for number, home in enumerate(HOMES, start=1)
        ]
        _last_years_list(supervisor, ward, list(zip(households, HOMES, strict=True)), season)
        _open_round(supervisor, ward, season)
        events.record(by=owner, act="practice.start", on=ward, area=ward)
    return players


def homes_of(player: User) -> list[tuple[Household, Home]]:
    """The invented households as the player meets them, with what stands on their papers."""
    found = {
        each.code.rpartition("-")[2]: each
        for each in Household.objects.visible_to(player).filter(code__startswith=_code(player.area_ids[0]))
    }
    return [(found[str(number)], home) for number, home in enumerate(HOMES, start=1) if str(number) in found]


def _places(owner: User, number: int) -> tuple[Area, Area]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    code, name = PROVINCE
    province, _ = Area.objects.get_or_create(
        kind=AreaKind.PROVINCE, code=code, is_practice=True, defaults={"name": name, "valid_from": SINCE}
    )
    ward = Area.objects.create(
        kind=AreaKind.WARD, code=f"TH-{owner.pk}-{number}", name=f"Phường thực hành – {owner.full_name}"[:120],
        parent=province, valid_from=SINCE, is_practice=True,
    )  # fmt: skip
    group = Area.objects.create(
        kind=AreaKind.GROUP, code=f"{ward.code}-1", name="Tổ dân phố thực hành", parent=ward, valid_from=SINCE,
        is_practice=True,
    )  # fmt: skip
    return ward, group


def _player(owner: User, role: Role, ward: Area, number: int) -> User:
    player = User(
        username=f"thuc-hanh.{owner.pk}.{number}.{role}", full_name=f"{owner.full_name[:90]} (thực hành)", role=role,
        practice_of=owner,
    )  # fmt: skip
    player.set_unusable_password()
    player.save()
    player.areas.set([ward])
    return player


def _household(officer: User, group: Area, number: int, home: Home, season: Season) -> Household:
    opened = date(season.today.year - 1, 1, 1)
    people = [
        {**{name: value for name, value in person.items() if name != "age"}, "birth_year": season.today.year - person["age"]}
        for person in home.people
    ]  # fmt: skip
    household = register.open_household(
        by=officer, head=people[0], opened_date=opened,
        household={"area": group, "code": f"{_code(group.parent_id)}{number}", "floor_area": home.floor_area,
                   "note": "Hộ bịa ra để thực hành."},
    )  # fmt: skip
    for person in people[1:]:
        register.add_member(by=officer, household=household, values=person, joined_date=opened)
    if not home.was:
        listing.register_request(
            by=officer, household=household, form=Request.Form.REVIEW, received_on=season.starts_on,
            channel=Request.Channel.GROUP_HEAD, applicant=people[0]["full_name"], text=home.story, today=season.today,
        )  # fmt: skip
    return household


def _last_years_list(by: User, ward: Area, homes: list[tuple[Household, Home]], season: Season) -> None:
    day = date(season.today.year - 1, 12, 10)
    decisions.record_decision(
        by=by, ward=ward, number="01/QĐ-UBND", date=day, signer="Chủ tịch (thực hành)", standard_id=season.standard_id,
        note="Danh sách bịa ra để thực hành.",
        rulings=[
            Ruling(household=household, classification=home.was, size=len(home.people), lacking=home.was_lacking)
            for household, home in homes
            if home.was
        ],
    )  # fmt: skip


def _open_round(by: User, ward: Area, season: Season) -> Round:
    year = season.today.year
    return rounds.open_round(
        by=by,
        values={
            "ward": ward, "year": year, "kind": Round.Kind.PERIODIC, "name": f"Thực hành rà soát định kỳ năm {year}",
            "standard_id": season.standard_id, "starts_on": season.starts_on, "ends_on": season.within(10),
            "decide_by": season.within(30), "needs_opinion": True,
        },
    )  # fmt: skip


def _code(ward_id: int | None) -> str:
    return f"TH{ward_id}-"
