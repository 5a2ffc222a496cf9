"""Which household of the register a household of a file is, where the file does not say its number."""

from dataclasses import dataclass
from typing import Any

from households.exchange.imports.register import Register
from households.exchange.imports.sent import Sent
from households.exchange.imports.who import is_the_same
from households.models import Household, ImportUnit, Member, Relationship
from thanhsen.vietnamese import fold


@dataclass
class Recognition:
    """Once found: `place` of the line of its head; `is_sure`, whether more than the head's name and year speaks for it."""

    unit: ImportUnit
    register: Register
    sent: Sent
    place: int = 0
    is_sure: bool | None = None

    def find(self) -> Household | None:
        """The household whose head it is by number or by everything that is said; None for nobody, or
        for several."""
        homes: dict[int, list[int]] = {}
        for place, line in enumerate(self.unit.lines):
            for member in self._same(line):
                homes.setdefault(member.household_id, []).append(place)
        found = []
        for pk, places in homes.items():
            home = self.register.households.get(pk)
            if home is None or home.area_id != self.unit.area_id:
                continue
            heads = [place for place in places if self.is_head(self.unit.lines[place])]
            if heads and any(
                each.is_head for each in self._same(self.unit.lines[heads[0]]) if each.household_id == pk
            ):
                found.append((heads[0], home))
        if numbered := [each for each in found if self._has_number(*each)]:
            found = numbered
        if len(found) != 1:
            return None  # nobody, or several heads of that name and year: a person says which
        place, home = found[0]
        self.is_sure = self._is_enough(place, home)
        self.place = place
        return home

    def _is_enough(self, place: int, home: Household) -> bool:
        """Whether more than a name, a year and a tổ dân phố speaks for it: a number, a day of birth, the address, or
        somebody else of the household."""
        given = self.unit.lines[place]["given"]
        address = fold(self.unit.given.get("address", ""))
        days = any(
            each.birth_date and given.get("birth_date") == f"{each.birth_date:%d/%m/%Y}"
            for each in self._same(self.unit.lines[place])
            if each.household_id == home.pk
        )
        others = sum(
            any(each.household_id == home.pk for each in self._same(line)) for line in self.unit.lines
        )
        return (
            self._has_number(place, home)
            or days
            or others > 1
            or (address != "" and address == fold(home.address))
        )

    def _has_number(self, place: int, home: Household) -> bool:
        number = self.unit.lines[place]["given"].get("cccd")
        return bool(number) and any(each.cccd == number for each in self.register.people[home.pk])

    def _same(self, line: dict[str, Any]) -> list[Member]:
        """The people of the register who this line is beyond doubt: the same number and name, or all that is said."""
        found = [self.register.members.get(each["member"]) for each in line.get("alike", ())]
        return [
            each for each in found if each and each.left_date is None and is_the_same(line["given"], each)
        ]

    def is_head(self, line: dict[str, Any]) -> bool:
        """Who is alone is the head where the file does not speak of heads at all; an empty cell says nothing."""
        alone = len(self.unit.lines) == 1 and "relationship" not in self.sent.columns
        return alone or line["given"].get("relationship") == Relationship.HEAD
