"""A form of a year as the table that the screen and the workbook show, and the households behind its numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from households.poverty import Standard
from households.reports import disclosure
from households.reports.editions import Edition, Live
from households.reports.errors import ReportError
from households.reports.forms import FORMS, Content, Form
from households.reports.held import Basis, Scope
from households.reports.official import lists
from households.reports.official.parts import Filling, Job
from households.reports.official.recipes import RECIPES
from households.reports.rows import Place, alone, grouped
from thanhsen.models import Area
from thanhsen.tables import Line, Table

TABULATED = [number for number, form in FORMS.items() if form.content in RECIPES]
WITHOUT_SPLIT = {Content.STOCK, Content.RESULTS, Content.LIST}  # urban and rural only where both exist


def build(
    form: int, year: int, area: Area, *, edition: Edition | None = None, restricted: bool = False
) -> Table:
    """Form 1–13 of a year, of a ward or of one tổ dân phố.

    Counts are households or people, rates percent with two decimals (half up), None where there is no
    denominator. `edition`: where the figures come from, the live register unless given. `restricted` hides counts
    under 5. Six queries at most. ReportError (a Vietnamese sentence) for a form or year that does not exist, an area
    that is a province or has no tổ dân phố in the year. Layout: the circulars named in `forms`.
    """
    edition = edition or Live(year)
    chosen = edition.form(_find(form))
    scope = edition.scope(area)
    job = Job(chosen, scope, edition.standard(), _places(chosen, scope, area), edition.figures(chosen, scope))
    filling = RECIPES[chosen.content].fill(job)
    return _table(
        chosen,
        edition.named(area),
        scope,
        lines=tuple(_shown(filling, restricted)),
        headings=filling.headings,
        columns=filling.columns,
        checks=filling.checks,
        title_top=filling.title_top,
        place_top=filling.place_top,
        numbers_top=filling.numbers_top,
        notes=(*filling.notes, *_draft(job.standard)),
        restricted=restricted,
    )


@dataclass(frozen=True)
class List:
    """Form 14 or 15: the frame of its table, and its lines as they come."""

    table: Table
    form: Form
    scope: Scope
    edition: Edition

    def lines(self, *, start: int = 0, limit: int | None = None) -> Iterator[Line]:
        """The lines of the households from the `start`-th on (0 is the first), at most `limit` households."""
        found = self.edition.entries(self.form.of_class, self.scope, start, limit)
        return lists.lines(self.form, self.scope.units, found, first=start + 1)

    def households(self) -> int:
        """How many there are. One query."""
        return self.edition.listed(self.form.of_class, self.scope)


def build_list(form: int, year: int, area: Area, *, edition: Edition | None = None) -> List:
    """Form 14 or 15; errors as of `build`."""
    edition = edition or Live(year)
    chosen = edition.form(_find(form))
    scope = edition.scope(area)
    frame = lists.frame(chosen)
    table = _table(
        chosen,
        edition.named(area),
        scope,
        title_top=4,
        place_top=None,
        numbers_top=8,
        **vars(frame),
        lines=(),
    )
    return List(table, chosen, scope, edition)


def whole(form: int, year: int, area: Area, *, edition: Edition | None = None) -> Table:
    """Any form, 1–15, with all its lines: for a ward, whose lists fit in memory."""
    if form in TABULATED:
        return build(form, year, area, edition=edition)
    found = build_list(form, year, area, edition=edition)
    return replace(found.table, lines=tuple(found.lines()))


def set_title(area: Area, edition: Edition) -> str:
    """What the whole set is called."""
    return f"Bộ báo cáo năm {edition.year}, {area.name}"


def set_name(area: Area, edition: Edition) -> str:
    """The file name of the whole set."""
    return f"bo-bao-cao-{plain(area.code)}-{edition.year}{_suffix(edition.basis)}.xlsx"


def behind(
    form: int, year: int, area: Area, *, place: str, key: str, edition: Edition | None = None
) -> list[int]:
    """The ids of the households that a figure counts: the line `place` of a form ("all", "urban", "rural", or the id
    of a tổ dân phố), the figure `key`. LookupError when the form has no such line or figure."""
    edition = edition or Live(year)
    chosen = edition.form(_find(form))
    scope = edition.scope(area)
    line = next((each for each in _places(chosen, scope, area) if each.key == place), None)
    if line is None:
        raise LookupError(place)
    found = edition.members(chosen, replace(scope, units=line.units))
    return [pk for unit in line.units for pk in found.get(unit.id, {}).get(key, [])]


def ward_of(area: Area) -> Area:
    """The ward itself, or that of a tổ dân phố."""
    return area.parent if area.is_group and area.parent else area


def heading_of(table: Table, key: str) -> str:
    """What stands over the column of a figure, from the widest heading to the narrowest; "" where there is none."""
    at = next(
        (at for line in table.lines for at, cell in enumerate(line.cells, 1) if cell and cell.key == key), 0
    )
    over = [each for each in table.headings if each.left <= at < each.left + each.columns]
    return ", ".join(each.text for each in sorted(over, key=lambda each: each.top))


def _find(form: int) -> Form:
    if form not in FORMS:
        raise ReportError(f"Không có mẫu số {form}. Các mẫu lập được: từ 1 đến {max(FORMS)}.")
    return FORMS[form]


def _places(form: Form, scope: Scope, area: Area) -> list[Place]:
    """The lines of places of a form."""
    if area.is_group:
        return alone(scope.units[0])
    split = form.content not in WITHOUT_SPLIT
    last = "Tổng cộng I + II" if split else "TỔNG CỘNG"
    return grouped(list(scope.units), always_split=split, last_name=last)


def _table(form: Form, area: Area, scope: Scope, **layout: Any) -> Table:
    """What stands over and under every form."""
    ward = ward_of(area)
    year, basis = scope.period.year, scope.basis
    title = [
        _title(form, year, basis),
        *([form.note] if form.note else []),
        *([area.name] if area.is_group else []),
    ]
    return Table(
        name=f"mau-{form.number:02d}-{plain(area.code)}-{year}{_suffix(basis)}",
        form_line=form.line,
        authority=authority(ward),
        motto_top=2,
        title=tuple(title),
        subtitle=_attached(ward) if form.content in WITHOUT_SPLIT else "",
        place=f"{bare(ward.name)}, ngày …… tháng …… năm ……",
        signatures=(form.maker_title, form.signer_title),
        signers=(form.maker_name, form.signer_name),
        recipients=tuple(form.recipients.split("\n")) if form.recipients else (),
        sheet=f"Mẫu {form.number:02d}",
        **layout,
    )


def _shown(filling: Filling, restricted: bool) -> list[Line]:
    hidden = disclosure.hidden(filling.lines, filling.sums, filling.links) if restricted else set()
    lines = [filling.finish(each) for each in filling.lines] if filling.finish else filling.lines
    return list(disclosure.cover(lines, hidden)) if restricted else lines


def _title(form: Form, year: int, basis: Basis) -> str:
    title = f"{form.name} năm {year}".replace("trong năm năm", "trong năm")
    if form.content is Content.STOCK or basis is Basis.PRELIMINARY:
        title += f" ({basis.label})"
    return title.upper()


def _draft(standard: Standard) -> tuple[str, ...]:
    return (f"{standard.title} còn là dự thảo, chưa dùng để quyết định.",) if standard.draft else ()


def _suffix(basis: Basis) -> str:
    return "-so-bo" if basis is Basis.PRELIMINARY else ""


def plain(code: str) -> str:
    """A code as it can stand in the name of a file."""
    return re.sub(r"[^A-Za-z0-9]+", "-", code).strip("-") or "dia-ban"


_KINDS = ("tỉnh", "thành phố", "phường", "xã", "thị trấn", "đặc khu")


def bare(name: str) -> str:
    """Phường Thành Sen → Thành Sen."""
    for kind in _KINDS:
        if name.lower().startswith(f"{kind} "):
            return name[len(kind) + 1 :]
    return name


def authority(ward: Area) -> tuple[str, str]:
    province = ward.parent
    assert province is not None
    above = province.name if province.name != bare(province.name) else f"Tỉnh {province.name}"
    return f"UBND {above}".upper(), f"UBND {ward.name}".upper()


def _attached(ward: Area) -> str:
    name = ward.name[0].lower() + ward.name[1:]
    return f"(Kèm theo Báo cáo số ……/BC-UBND ngày …… tháng …… năm …… của UBND {name})"
