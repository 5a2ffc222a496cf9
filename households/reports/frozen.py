"""What is kept of a closed year, and the year read back from it: every figure, its households, and the lists.

The content is canonical JSON (keys sorted, no spaces, UTF-8):
{"standard": id, "names": {"ward": name, "province": name}, "words": form → field → text, "units": [{id, name, area_type, households, people, …}],
"figures": content → area → figure → number, "members": content → area → figure → [household ids],
"lists": class → [entries]}.
"""

import json
from collections.abc import Iterator
from copy import copy
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from households.actions.years import File, Frozen
from households.models import Snapshot
from households.poverty import Classification, Standard, load
from households.reports.editions import Edition, Live
from households.reports.errors import ReportError
from households.reports.filled import set_name, set_title, whole
from households.reports.forms import FORMS, Form
from households.reports.held import Basis, Members, Scope
from households.reports.listed import Entry, Person
from households.reports.official.recipes import RECIPES
from households.reports.rows import Figures, Period, Unit
from households.reports.wording import Words, of_ward, worded
from thanhsen import workbook
from thanhsen.models import Area


def freeze(ward: Area, year: int) -> Frozen | None:
    """Everything the reports of the year say now, and their workbooks; None where there is nothing to report."""
    live = Live(year)
    try:
        scope = live.scope(ward)
    except ReportError:
        return None
    made = {form.figures: form for form in FORMS.values() if form.content in RECIPES}
    stored = {
        "standard": live.standard().id,
        "names": {"ward": ward.name, "province": ward.parent.name if ward.parent else ""},
        "words": {str(form): dict(texts) for form, texts in of_ward(ward).items()},
        "units": [asdict(unit) for unit in scope.units],
        "figures": {key: live.figures(form, scope) for key, form in made.items()},
        "members": {key: live.members(form, scope) for key, form in made.items()},
        "lists": {
            form.of_class.value: [asdict(entry) for entry in live.entries(form.of_class, scope, 0, None)]
            for form in FORMS.values()
            if form.is_list
        },
    }
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # The workbooks are made of what is kept, not of the register: the two cannot differ.
    return Frozen(text.encode(), tuple(_files(ward, Kept(year, json.loads(text)))))


def _files(ward: Area, edition: "Kept") -> Iterator[File]:
    tables = [whole(number, edition.year, ward, edition=edition) for number in FORMS]
    for number, table in zip(FORMS, tables, strict=True):
        yield File(number, f"{table.name}.xlsx", workbook.write(table))
    yield File(0, set_name(ward, edition), workbook.write_set(tables, title=set_title(ward, edition)))


@dataclass(frozen=True)
class Kept:
    """A version of a closed year as an edition: nothing of it is asked of the register. `stored`: the content."""

    year: int
    stored: dict[str, Any]
    snapshot: Snapshot | None = None
    basis: Basis = Basis.OFFICIAL

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Kept":
        return cls(snapshot.year, json.loads(snapshot.text), snapshot)

    @cached_property
    def _words(self) -> Words:
        return {int(form): texts for form, texts in self.stored["words"].items()}

    def scope(self, area: Area) -> Scope:
        units = [Unit(**each) for each in self.stored["units"]]
        mine = tuple(each for each in units if not area.is_group or each.id == area.pk)
        if not mine:
            raise ReportError(f"{area.name} không có trong số liệu đã chốt của năm {self.year}.")
        return Scope(mine, Period(self.year))

    def named(self, area: Area) -> Area:
        names = self.stored.get("names")
        if names is None:  # kept before the names were
            return area
        found = copy(area)
        if area.is_group:
            found.name = self.scope(area).units[0].name
        ward = found
        if area.is_group and area.parent:
            ward = found.parent = copy(area.parent)
        ward.name = names["ward"]
        if ward.parent:
            ward.parent = copy(ward.parent)
            ward.parent.name = names["province"]
        return found

    def standard(self) -> Standard:
        return load(self.stored["standard"])

    def form(self, form: Form) -> Form:
        return worded(form, self._words)

    def figures(self, form: Form, scope: Scope) -> Figures:
        found = self.stored["figures"][form.figures]
        return {unit.id: found[str(unit.id)] for unit in scope.units if str(unit.id) in found}

    def members(self, form: Form, scope: Scope) -> Members:
        found = self.stored["members"][form.figures]
        return {unit.id: found[str(unit.id)] for unit in scope.units if str(unit.id) in found}

    def entries(self, of: Classification, scope: Scope, start: int, limit: int | None) -> Iterator[Entry]:
        mine = {unit.id for unit in scope.units}
        found = (each for each in self.stored["lists"][of.value] if each["area"] in mine)
        return map(_entry, islice(found, start, None if limit is None else start + limit))

    def listed(self, of: Classification, scope: Scope) -> int:
        mine = {unit.id for unit in scope.units}
        return sum(each["area"] in mine for each in self.stored["lists"][of.value])


def edition_of(
    ward: Area, year: int, *, basis: Basis = Basis.OFFICIAL, version: int | None = None
) -> Edition:
    """Where the official figures of a year come from: its newest version (or the one asked for) when it was closed,
    else the live register. One query, and the ward's words. LookupError for a version that does not exist."""
    if basis is Basis.PRELIMINARY:
        return Live(year, basis, words=of_ward(ward))
    versions = Snapshot.objects.filter(ward=ward, year=year).order_by("-version")
    found = (versions if version is None else versions.filter(version=version)).first()
    if found:
        return Kept.of(found)
    if version is not None:
        raise LookupError(version)
    return Live(year, words=of_ward(ward))


def _entry(stored: dict[str, Any]) -> Entry:
    plain = {**stored, "lacking": tuple(stored["lacking"]), "groups": tuple(stored["groups"])}
    return Entry(**{**plain, "people": tuple(Person(**each) for each in stored["people"])})
