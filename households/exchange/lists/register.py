"""The register, one line a person, in the columns it is imported by: sent back as it is, it changes nothing."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch

from households.actions.register import MEMBER_FIELDS
from households.exchange.imports import column as imports
from households.exchange.imports.columns import HOUSEHOLDS
from households.exchange.lists import households
from households.models import Household, Member
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.masking import masked
from thanhsen.permissions import Permission

UNREAD = ("search", "sort_key")  # what an index needs, and no file


def find(request, *, today: date) -> Found:
    """The households of the page with the people in each, or who left the register with it."""
    found = households.find(request, today=today)
    people = Member.objects.present_or_last().head_first().defer(*UNREAD)
    records = found.records.prefetch_related(None).defer(*UNREAD)
    beside = Prefetch("members", people, to_attr="people")
    return Found(records.prefetch_related(beside), found.asked, lines=_people)


def _people(records: list[Household]) -> list[Member]:
    """The lines: the people of one household after those of the other, the head first."""
    return [member for household in records for member in household.people]  # type: ignore[attr-defined]


def _of(name: str):
    """Once a household, on its first line: who changes it need not change it on every line."""
    return lambda member: getattr(member.household, name) if member is member.household.people[0] else None


def _own(name: str):
    return lambda member: getattr(member, name)


# What stands in each column of an import, by its name there; none for what only the lists of a ward have.
OF_HOUSEHOLD = (
    "address", "phone", "livelihood", "housing", "floor_area", "no_labour", "merit", "social_protection", "note",
    "opened_date",
)  # fmt: skip
VALUES: dict[str, Callable[[Member], Any]] = {
    **{name: _of(name) for name in OF_HOUSEHOLD},
    **{name: _own(name) for name in MEMBER_FIELDS if name != "birth_date"},
    "code": lambda member: member.household.code,
    "area": lambda member: member.household.area.name,
    "area_code": lambda member: member.household.area.code,
    "member": lambda member: str(member.pk),
    "birth": lambda member: member.birth_date,
    "stamp": lambda member: f"{member.household.version}.{member.version}",
}
KINDS = {
    "floor_area": Kind.DECIMAL,
    "opened_date": Kind.DAY,
    "birth": Kind.DAY,
    "birth_year": Kind.YEAR,
}
HIDDEN = {
    "cccd": masked,
    "old_id": lambda number: "",
}  # an import keeps what a masked or an empty cell stands for


def _column(column: imports.Column) -> Column:
    """A column of an import as one of the list: what it says is taken back as it stands in the register."""
    value, labels = VALUES[column.name], column.choices
    said = (lambda member: _label(labels, value(member))) if labels else value
    kind = KINDS.get(column.name, Kind.TEXT)
    return Column(column.heading, said, column.width, kind, HIDDEN.get(column.name))


def _label(labels: Mapping[str, str], value: str | bool | None) -> str:
    """An empty cell keeps what the register has, so "no" is written out."""
    return labels.get(str(value).lower() if isinstance(value, bool) else value or "", "")


REGISTER = List(
    title="Sổ hộ gia đình",
    file="so-ho",
    act="register.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Household,
    unit="hộ",
    columns=[_column(each) for each in HOUSEHOLDS if each.name in VALUES],
    find=find,
    note="Mỗi người một dòng, thông tin chung của hộ ở dòng đầu của hộ; đúng các cột của mẫu nhập, "
    "nên sửa trên Excel rồi nhập lại được.",
)
