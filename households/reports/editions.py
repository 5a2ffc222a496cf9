"""Where the figures of a report come from: the live register, or what was frozen when the year was closed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from households.poverty import Classification, Standard
from households.reports import listed
from households.reports.errors import ReportError
from households.reports.forms import Form
from households.reports.held import Basis, Members, Scope, count, of_class
from households.reports.listed import Entry
from households.reports.official.recipes import RECIPES
from households.reports.rows import Figures, Period, units
from households.reports.wording import Words, worded
from thanhsen.models import Area


class Edition(Protocol):
    """The figures of one ward and year, all of them from one source."""

    @property
    def year(self) -> int: ...

    @property
    def basis(self) -> Basis: ...

    def scope(self, area: Area) -> Scope:
        """The tổ dân phố of `area`; ReportError where there is none."""

    def named(self, area: Area) -> Area:
        """`area`, its ward and its province as they are called in this edition."""

    def standard(self) -> Standard: ...

    def form(self, form: Form) -> Form:
        """The form in the ward's words."""

    def figures(self, form: Form, scope: Scope) -> Figures: ...

    def members(self, form: Form, scope: Scope) -> Members: ...

    def entries(self, of: Classification, scope: Scope, start: int, limit: int | None) -> Iterator[Entry]: ...

    def listed(self, of: Classification, scope: Scope) -> int:
        """How many households a list has."""


@dataclass(frozen=True)
class Live:
    """What the database says now. One is made for one answer: what was asked once is not asked again."""

    year: int
    basis: Basis = Basis.OFFICIAL
    words: Words = field(default_factory=dict)
    _asked: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def period(self) -> Period:
        return Period(self.year)

    def scope(self, area: Area) -> Scope:
        if area.pk not in self._asked:
            self._asked[area.pk] = self._scope(area)
        return self._asked[area.pk]

    def _scope(self, area: Area) -> Scope:
        assert self.period.standard  # says so where none is loaded
        rows = units(area, self.period)
        if not rows:
            raise ReportError(
                f"{area.name} không có tổ dân phố nào trong năm {self.year}. Chọn năm khác, hoặc nhập tổ dân phố ở phần Địa bàn."
            )
        return Scope(tuple(rows), self.period, self.basis)

    def named(self, area: Area) -> Area:
        return area

    def standard(self) -> Standard:
        return self.period.standard

    def form(self, form: Form) -> Form:
        return worded(form, self.words)

    def figures(self, form: Form, scope: Scope) -> Figures:
        """Asked once of the database for all the forms that show them."""
        key = (form.figures, scope.units)
        if key not in self._asked:
            self._asked[key] = RECIPES[form.content].figures(scope, form, self.standard())
        return self._asked[key]

    def members(self, form: Form, scope: Scope) -> Members:
        return RECIPES[form.content].members(scope, form, self.standard())

    def entries(self, of: Classification, scope: Scope, start: int, limit: int | None) -> Iterator[Entry]:
        return listed.entries(scope, of, start=start, limit=limit)

    def listed(self, of: Classification, scope: Scope) -> int:
        figure = of_class(of)
        return sum(row["n"] for row in count(scope, {"n": figure}, figure).values())
