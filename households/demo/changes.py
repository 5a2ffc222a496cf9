"""What happens to homes between two reviews: births, deaths, departures, arrivals, mergers, splits."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from random import Random

from households.demo.homes import Builder, Home
from households.demo.people import CHILD, HEAD, LAST_BIRTH, SPOUSE, F, Maker
from households.models import Household, Member, Relationship, Status
from thanhsen.models import Area

MOST_PEOPLE = 8
HARDSHIP = {"poor": 0.85, "near_poor": 0.55, "": 0.35}
AFTER_SPOUSE = {
    Relationship.PARENT: Relationship.PARENT_IN_LAW,
    Relationship.PARENT_IN_LAW: Relationship.PARENT,
}


class Changes:
    """Applies one change at a time to the homes of one ward. New homes are added to `homes`."""

    def __init__(self, rng: Random, builder: Builder, maker: Maker, groups: list[Area], homes: list[Home]):
        self.rng, self.builder, self.maker = rng, builder, maker
        self.groups, self.homes = groups, homes
        self.weights = [
            rng.uniform(0.5, 1.6) * (1.5 if group.area_type == "rural" else 1) for group in groups
        ]

    def new_home(self, year: int, opened: date, hardship: float, reason: str = "registered") -> Home:
        area = self.rng.choices(self.groups, self.weights)[0]
        home = self.builder.home(area, hardship, opened, reason)
        home.members = self.maker.household(home, hardship > 0.7, year)
        self.builder.settle(home)
        self.homes.append(home)
        return home

    def grow(self, home: Home, year: int) -> None:
        """A year passes, before the first review of `year`."""
        rng = self.rng
        for person in list(home.members):
            age = year - person.birth_year
            if age >= 70 and rng.random() < 0.012 + (age - 70) * 0.004 and self._may_die(home, person):
                self._die(home, person, self.early(year))
                continue
            if person.relationship == CHILD and person.sex == F and 21 <= age <= 29 and rng.random() < 0.09:
                self._leave(home, person, self.early(year), "Lấy chồng")
                continue
            self.maker.grow(person, year, home.hardship)
            if self._may_give_birth(home, person, age) and year <= LAST_BIRTH and rng.random() < 0.09:
                self._birth(home, person, year)

    def early(self, year: int) -> date:
        return date(year, self.rng.randint(2, 4), self.rng.randint(2, 12))

    def during(self, year: int) -> date:
        return date(year, self.rng.randint(2, 8), self.rng.randint(1, 28))

    # Out of the register ---------------------------------------------------------------------------

    def close(self, home: Home, day: date, reason: str) -> None:
        home.household.closed_date, home.household.closed_reason = day, reason
        if home.status:
            home.status.valid_to, home.status.end_reason = day, Status.EndReason(reason)

    def die_out(self, home: Home, day: date) -> None:
        """The last one dies; the others, if any, had moved away before."""
        *others, last = sorted(home.members, key=lambda each: each.birth_year, reverse=True)
        for person in others:
            self._leave(home, person, date(day.year, 1, 3), "Chuyển đi nơi khác")
        last.relationship = HEAD
        self._leave(home, last, day, "Qua đời")
        self.close(home, day, Household.ClosedReason.DIED_OUT)

    def merge(self, home: Home, into: Home, day: date) -> None:
        """Everybody of `home` goes to live with `into`."""
        for person in list(home.members):
            moved = self._copy(person, into, day)
            age = day.year - person.birth_year
            moved.relationship = Relationship.NEPHEW_NIECE if age < 18 else Relationship.OTHER
            into.members.append(moved)
            self._leave(home, person, day, f"Nhập vào hộ của {into.members[0].full_name}")
        self.close(home, day, Household.ClosedReason.MERGED)

    # Into the register -----------------------------------------------------------------------------

    def split(self, candidates: Iterable[Home], year: int, hardship: float) -> Home:
        """A grown-up child founds a household in the same tổ dân phố, half of the time with a spouse."""
        found = [
            (home, person)
            for home in candidates
            if len(home.members) > 2
            for person in home.members
            if person.relationship == CHILD and 20 <= year - person.birth_year <= 45
        ]
        day = self.during(year)
        if not found:
            return self.new_home(year, day, hardship, Household.OpenedReason.SPLIT)
        origin, person = self.rng.choice(found)
        home = self.builder.home(origin.household.area, hardship, day, Household.OpenedReason.SPLIT)
        head = self._copy(person, home, day)
        head.relationship = HEAD
        home.members = [head]
        if self.rng.random() < 0.5:
            sex = "male" if head.sex == F else "female"
            spouse = self.maker.person(home, SPOUSE, sex, head.birth_year + 1, ethnicity=head.ethnicity)
            self.maker.dress(spouse, year, hardship)
            spouse.joined_date = day
            home.members.append(spouse)
        self._leave(origin, person, day, "Tách hộ")
        self.builder.settle(home)
        self.homes.append(home)
        return home

    def move_inside(self, home: Home) -> None:
        """To another tổ dân phố of the ward."""
        others = [group for group in self.groups if group is not home.household.area]
        if others:
            home.household.area = self.rng.choice(others)
            home.household.address = self.builder.names.address()

    # People ----------------------------------------------------------------------------------------

    def _leave(self, home: Home, person: Member, day: date, reason: str) -> None:
        person.left_date, person.left_reason = day, reason
        home.members = [each for each in home.members if each is not person]
        home.left.append(person)

    def _copy(self, person: Member, home: Home, day: date) -> Member:
        """The same person as a member of another household."""
        moved = copy(person)
        moved._state = copy(person._state)
        moved._state.fields_cache = {}
        moved.pk, moved.household, moved.joined_date = next(self.maker.ids), home.household, day
        return moved

    def _may_die(self, home: Home, person: Member) -> bool:
        return person.relationship != HEAD or any(each.relationship == SPOUSE for each in home.members)

    def _die(self, home: Home, person: Member, day: date) -> None:
        was_head = person.relationship == HEAD
        self._leave(home, person, day, "Qua đời")
        for each in home.members if was_head else ():
            if each.relationship == SPOUSE:
                each.relationship = HEAD
            elif each.relationship == Relationship.SIBLING:
                each.relationship = Relationship.OTHER
            else:
                each.relationship = AFTER_SPOUSE.get(Relationship(each.relationship), each.relationship)

    def _may_give_birth(self, home: Home, person: Member, age: int) -> bool:
        if person.sex != F or not 20 <= age <= 39 or len(home.members) >= MOST_PEOPLE:
            return False
        return person.relationship == SPOUSE or (
            person.relationship == HEAD and any(each.relationship == SPOUSE for each in home.members)
        )

    def _birth(self, home: Home, mother: Member, year: int) -> None:
        head = next(each for each in home.members if each.relationship == HEAD)
        father = (
            next((each for each in home.members if each.relationship == SPOUSE), None)
            if head is mother
            else head
        )
        family = (father or mother).full_name.split(" ")[0]
        child = self.maker.person(
            home, CHILD, self.rng.choice(("male", "female")), year, family, mother.ethnicity
        )
        child.birth_date = child.joined_date = self.early(year)
        self.maker.dress(child, year, home.hardship)
        home.members.append(child)
