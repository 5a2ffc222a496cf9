"""What the register holds of the households and people a part of a file may mean: loaded at once, for the sender's eyes."""

from collections import defaultdict
from collections.abc import Iterable

from households.models import Household, ImportUnit, Member
from thanhsen.addresses import whole
from thanhsen.models import Area, User

INTO = "into:"


def chosen(choice: str) -> int:
    """The household of a choice such as "into:12" or, what differs decided too, "into:12,file"."""
    return int(choice.removeprefix(INTO).partition(",")[0])


class Register:
    """Four queries for any number of units."""

    def __init__(self, units: Iterable[ImportUnit], *, ward: Area, user: User):
        units = list(units)
        codes = {each.given["code"].upper() for each in units if each.given.get("code")}
        into = {chosen(each.choice) for each in units if each.choice.startswith(INTO)}
        named = {
            found["member"]
            for each in units
            for line in each.lines
            for found in line.get("alike", ())
            if found["member"]
        }
        said = {whole(line["given"].get("member")) for each in units for line in each.lines}
        named |= said - {None}
        self.members = {
            each.pk: each
            for each in Member.objects.visible_to(user).filter(pk__in=named).select_related("household__area")
        }
        meant = into | {each.household_id for each in self.members.values()}
        visible = Household.objects.visible_to(user).filter(area__parent=ward).select_related("area")
        rows = list(visible.filter(code__in=codes)) + list(visible.filter(pk__in=meant))
        self.households = {each.pk: each for each in rows}
        self.by_code = {each.code: each for each in rows}
        self.people: dict[int, list[Member]] = defaultdict(list)
        for member in Member.objects.present().filter(household__in=self.households).order_by("pk"):
            self.people[member.household_id].append(member)

    def household(self, code: str) -> Household | None:
        return self.by_code.get(code.upper())
