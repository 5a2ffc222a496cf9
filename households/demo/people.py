"""Invented families: who lives together, and what becomes of them from year to year."""

from collections.abc import Iterator
from datetime import date
from random import Random

from households.demo.names import Names
from households.models import Member, Relationship, Sex
from households.models.people import KINH
from thanhsen import vietnamese

M, F = Sex.MALE, Sex.FEMALE
HEAD, SPOUSE, CHILD = Relationship.HEAD, Relationship.SPOUSE, Relationship.CHILD
# Kind of family → how often (per cent) among the poor, and among everybody else.
KINDS = {
    "alone": (22, 12),
    "old_couple": (11, 10),
    "one_parent": (16, 9),
    "couple": (29, 41),
    "three_generations": (15, 23),
    "grandparent": (7, 5),
}
# Groups met in the town besides Kinh: Thổ, Mường, Thái, Tày, Lào, Chứt.
MINORITIES = ("24", "06", "03", "02", "37", "44")
LAST_BIRTH = 2025  # nobody is born after it, so that a clock set a little back still accepts the load
RETIRED = {M: 61, F: 57}
WORKS = ("self_employed", "wage_contract", "wage_no_contract", "none_seeking", "not_seeking", "unable")


def family(rng: Random, poor: bool) -> list[tuple[Relationship, Sex, int]]:
    """(relationship, sex, age) of each person, the head first."""
    kind = rng.choices(list(KINDS), [shares[0 if poor else 1] for shares in KINDS.values()])[0]
    if kind == "alone":
        return [(HEAD, F if rng.random() < 0.68 else M, rng.randint(46, 89))]
    if kind == "old_couple":
        age = rng.randint(60, 84)
        return [(HEAD, M, age), (SPOUSE, F, age - rng.randint(0, 6))]
    if kind == "grandparent":
        head = [(HEAD, F if rng.random() < 0.7 else M, rng.randint(58, 76))]
        return head + [
            (Relationship.GRANDCHILD, rng.choice((M, F)), rng.randint(2, 16)) for _ in _some(rng, 1, 2)
        ]
    age = rng.randint(27, 56)
    one_parent = kind == "one_parent"
    head_sex = F if (one_parent and rng.random() < 0.85) or rng.random() < 0.12 else M
    people = [(HEAD, head_sex, age)]
    if not one_parent:
        people.append((SPOUSE, M if head_sex == F else F, max(20, age + rng.randint(-6, 2))))
    mother = min(each for _, _, each in people)
    first = mother - rng.randint(20, 27)
    for place in _some(rng, 1, 2 if one_parent else 4 if poor else 3):
        child = first - place * rng.randint(2, 4)
        if 1 <= child <= 29:  # newborns come with the years
            people.append((CHILD, rng.choice((M, F)), child))
    if kind == "three_generations":
        own = Relationship.PARENT if rng.random() < 0.8 else Relationship.PARENT_IN_LAW
        people += [(own, sex, age + rng.randint(21, 30)) for sex in rng.choice(((F,), (F,), (M, F)))]
        if rng.random() < 0.12:
            people.append((Relationship.SIBLING, rng.choice((M, F)), max(18, age - rng.randint(1, 9))))
    return people


def _some(rng: Random, least: int, most: int) -> range:
    """range(n): small families are the common ones."""
    return range(min(rng.randint(least, most), rng.randint(least, most + 1)))


class Maker:
    """Makes members for one ward. `hardship` 0…1 is how likely anything is to be amiss."""

    def __init__(self, rng: Random, names: Names, ids: Iterator[int]):
        self.rng, self.names, self.ids = rng, names, ids

    def household(self, home, poor: bool, year: int) -> list[Member]:
        """The people of a new household, as they are in `year`."""
        ethnicity = KINH if self.rng.random() > 0.025 else self.rng.choice(MINORITIES)
        family_name, found = self.names.family(), []
        for relationship, sex, age in family(self.rng, poor):
            married_in = relationship in {SPOUSE, Relationship.PARENT_IN_LAW} or (
                relationship == Relationship.PARENT and sex == F
            )
            person = self.person(
                home, relationship, sex, year - age, "" if married_in else family_name, ethnicity
            )
            self.dress(person, year, home.hardship)
            found.append(person)
        return found

    def person(
        self, home, relationship: str, sex: str, birth_year: int, family_name: str = "", ethnicity: str = KINH
    ) -> Member:
        rng = self.rng
        full_name = self.names.full(sex, family_name)
        birth_date = None
        if rng.random() > (0.4 if birth_year < 1955 else 0.06):
            birth_date = date(birth_year, rng.randint(1, 12), rng.randint(1, 28))
        has_card = rng.random() < (0.45 if birth_year > 2012 else 0.97)
        return Member(
            pk=next(self.ids),
            household=home.household,
            full_name=full_name,
            sort_key=vietnamese.name_key(full_name),
            sex=sex,
            birth_year=birth_year,
            birth_date=birth_date,
            cccd=self.names.cccd(sex, birth_year) if has_card else None,
            ethnicity=ethnicity,
            relationship=relationship,
        )

    def dress(self, person: Member, year: int, hardship: float) -> None:
        """Everything about a person that depends on the age reached in `year`."""
        rng, age = self.rng, year - person.birth_year
        person.has_disability = rng.random() < (0.08 if age >= 60 else 0.015 + 0.04 * hardship)
        person.schooling = self._schooling(age, hardship)
        person.education = self._education(person, age, hardship)
        person.work = self._work(person, age, hardship)
        person.has_insurance = rng.random() > 0.015 + 0.05 * hardship
        person.undernourished = rng.random() < 0.10 * hardship if age <= 16 else None
        person.has_monthly_allowance = self._allowance(person, age, hardship)

    def grow(self, person: Member, year: int, hardship: float) -> None:
        """One year older: the young go up a class, start to work; the old stop."""
        age = year - person.birth_year
        dropped_out = person.schooling == "none" and 7 <= age <= 25
        if age <= 25:
            person.schooling = "none" if dropped_out else self._schooling(age, hardship)
            if age in {11, 15, 18, 22} and not (dropped_out and age >= 15):
                person.education = self._education(person, age, hardship)
            if person.schooling != "none":
                person.work = "studying" if age >= 6 else ""
            elif age >= 15 and person.work in {"", "studying"}:
                person.work = self._work(person, age, hardship)
        elif self.rng.random() < 0.08 or age == RETIRED[Sex(person.sex)]:
            person.work = self._work(person, age, hardship)
        if age == 17:
            person.undernourished = None
        elif person.undernourished and self.rng.random() < 0.5:
            person.undernourished = False
        if self.rng.random() < 0.1:
            person.has_insurance = self.rng.random() > 0.015 + 0.05 * hardship
        if not person.has_monthly_allowance:
            person.has_monthly_allowance = age == 80 or (age > 60 and self.rng.random() < 0.04 * hardship)

    def _schooling(self, age: int, hardship: float) -> str:
        """Level attended from September of the year in which `age` is reached."""
        roll = self.rng.random()
        if age < 3 or age > 21:
            return "none"
        if age < 6:
            return "none" if roll < 0.12 * hardship else "preschool"
        if age < 11:
            return "none" if roll < 0.01 * hardship else "primary"
        if age < 15:
            return "none" if roll < 0.03 * hardship else "lower_secondary"
        if age < 18:
            return "none" if roll < 0.18 * hardship else "upper_secondary"
        if roll < 0.25 + 0.45 * hardship:
            return "none"
        return "higher" if roll > 0.5 else "vocational"

    def _education(self, person: Member, age: int, hardship: float) -> str:
        roll = self.rng.random()
        if age < 11:
            return "none"
        if age < 15:
            return "primary"
        if age < 18:
            return "lower_secondary"
        if age <= 30:
            below = 0.22 * hardship
            if roll < below:
                return "lower_secondary" if roll > 0.1 * hardship else "primary"
            return "upper_secondary" if roll < 0.72 else "vocational" if roll < 0.86 else "higher"
        if age > 70 and roll < 0.2:
            return "none"
        if roll < 0.15 + 0.2 * hardship:
            return "primary"
        if roll < 0.5 + 0.2 * hardship:
            return "lower_secondary"
        return "upper_secondary" if roll < 0.88 else "vocational" if roll < 0.95 else "higher"

    def _work(self, person: Member, age: int, hardship: float) -> str:
        rng = self.rng
        if person.schooling not in {"", "none"}:
            return "studying" if age >= 6 else ""
        if age < 15:
            return ""
        if person.has_disability and rng.random() < 0.6:
            return "unable"
        if age >= 75:
            return rng.choice(("unable", "unable", "not_seeking", "retired"))
        if age >= RETIRED[Sex(person.sex)]:
            return rng.choices(("retired", "not_seeking", "self_employed", "unable"), (2, 4, 3, 1))[0]
        weights = (46, 36 - 24 * hardship, 2 + 12 * hardship, 1 + 5 * hardship, 4, 1 + 3 * hardship)
        return rng.choices(WORKS, weights)[0]

    def _allowance(self, person: Member, age: int, hardship: float) -> bool:
        if age >= 80:
            return True
        return self.rng.random() < (0.7 if person.has_disability else 0.25 * hardship if age >= 60 else 0)


def head_first(members: list[Member]) -> list[Member]:
    """The order of `Member.objects.head_first()`."""
    place = {HEAD: 0, SPOUSE: 1}
    return sorted(
        members,
        key=lambda each: (
            place.get(Relationship(each.relationship), 2),
            each.birth_year,
            each.birth_date or date.min,
            each.pk,
        ),
    )
