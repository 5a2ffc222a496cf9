"""The figures laid into the official forms: `build` gives the table that the screen and the workbook show."""

import re
from dataclasses import replace

from households.poverty import Standard
from households.reports import disclosure
from households.reports.errors import ReportError
from households.reports.forms import FORMS, Content, Form
from households.reports.held import Basis, Scope
from households.reports.official import causes, children, ethnicity, groups, lacking, movement, results, stock
from households.reports.official.parts import Filling, Job, Recipe
from households.reports.rows import Period, alone, grouped, units
from thanhsen.models import Area
from thanhsen.tables import Line, Table

RECIPES: dict[Content, Recipe] = {
    Content.STOCK: stock.RECIPE,
    Content.MOVEMENT: movement.RECIPE,
    Content.LACKING: lacking.RECIPE,
    Content.LACKING_RATES: lacking.RECIPE,
    Content.GROUPS: groups.RECIPE,
    Content.ETHNICITY: ethnicity.RECIPE,
    Content.CAUSES: causes.RECIPE,
    Content.CHILDREN: children.RECIPE,
    Content.RESULTS: results.RECIPE,
}
TABULATED = [number for number, form in FORMS.items() if form.content in RECIPES]
WITHOUT_SPLIT = {Content.STOCK, Content.RESULTS}  # urban and rural only where both exist


def build(
    form: int, year: int, area: Area, *, basis: Basis = Basis.OFFICIAL, restricted: bool = False
) -> Table:
    """Form 1–13 of a year, of a ward or of one tổ dân phố, filled in from the statuses that decisions made.

    Counts are households or people, rates percent with two decimals (half up), None where there is no
    denominator. `basis`: PRELIMINARY takes what approved sheets propose for the decision to come. `restricted`
    hides counts under 5. Six queries at most. ReportError (a Vietnamese sentence) for a form or year that does not
    exist, an area that is a province or has no tổ dân phố in the year. Layout: the circulars named in `forms`.
    """
    chosen = find(form)
    scope = scope_of(year, area, basis)
    standard = scope.period.standard
    figures = RECIPES[chosen.content].figures(scope, chosen, standard)
    return laid_out(
        chosen, area, Job(chosen, scope, standard, places(chosen, scope, area), figures), restricted
    )


def find(form: int) -> Form:
    if form not in TABULATED:
        raise ReportError(f"Không có mẫu số {form}. Các mẫu lập được: từ 1 đến {max(TABULATED)}.")
    return FORMS[form]


def scope_of(year: int, area: Area, basis: Basis) -> Scope:
    """The tổ dân phố of the area in the year; ReportError where there is none, or no standard."""
    period = Period(year)
    assert period.standard
    rows = units(area, period)
    if not rows:
        raise ReportError(
            f"{area.name} không có tổ dân phố nào trong năm {year}. Chọn năm khác, hoặc nhập tổ dân phố ở phần Địa bàn."
        )
    return Scope(tuple(rows), period, basis)


def places(form: Form, scope: Scope, area: Area):
    """The lines of places of a form."""
    if area.is_group:
        return alone(scope.units[0])
    split = form.content not in WITHOUT_SPLIT
    last = "Tổng cộng I + II" if split else "TỔNG CỘNG"
    return grouped(list(scope.units), always_split=split, last_name=last)


def behind(
    form: int, year: int, area: Area, *, place: str, key: str, basis: Basis = Basis.OFFICIAL
) -> list[int]:
    """The ids of the households a figure counts: the line `place` of a form ("all", "urban", "rural", or the id of
    a tổ dân phố), the figure `key`. LookupError when the form has no such line or figure."""
    chosen = find(form)
    scope = scope_of(year, area, basis)
    line = next(each for each in places(chosen, scope, area) if each.key == place)
    part = replace(scope, units=line.units)
    return RECIPES[chosen.content].behind(part, chosen, scope.period.standard, key)


def laid_out(form: Form, area: Area, job: Job, restricted: bool) -> Table:
    """The form as a table."""
    filling = RECIPES[form.content].fill(job)
    ward = area.parent if area.is_group else area
    assert ward is not None
    year, basis = job.scope.period.year, job.scope.basis
    title = [
        _title(form, year, basis),
        *([form.note] if form.note else []),
        *([area.name] if area.is_group else []),
    ]
    return Table(
        name=f"mau-{form.number:02d}-{_plain(area.code)}-{year}{'-so-bo' if basis is Basis.PRELIMINARY else ''}",
        form_line=form.line,
        authority=_authority(ward),
        motto_top=2,
        title=tuple(title),
        subtitle=_attached(ward) if form.content in WITHOUT_SPLIT else "",
        place=f"{_bare(ward.name)}, ngày …… tháng …… năm ……",
        lines=tuple(_shown(filling, restricted)),
        headings=filling.headings,
        columns=filling.columns,
        checks=filling.checks,
        title_top=filling.title_top,
        place_top=filling.place_top,
        numbers_top=filling.numbers_top,
        notes=(*filling.notes, *_draft(job.standard)),
        signatures=(form.maker_title, form.signer_title),
        restricted=restricted,
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


def _plain(code: str) -> str:
    """A code as it can stand in the name of a file."""
    return re.sub(r"[^A-Za-z0-9]+", "-", code).strip("-") or "dia-ban"


_KINDS = ("tỉnh", "thành phố", "phường", "xã", "thị trấn", "đặc khu")


def _bare(name: str) -> str:
    """Phường Thành Sen → Thành Sen."""
    for kind in _KINDS:
        if name.lower().startswith(f"{kind} "):
            return name[len(kind) + 1 :]
    return name


def _authority(ward: Area) -> tuple[str, str]:
    province = ward.parent
    assert province is not None
    above = province.name if province.name != _bare(province.name) else f"Tỉnh {province.name}"
    return f"UBND {above}".upper(), f"UBND {ward.name}".upper()


def _attached(ward: Area) -> str:
    name = ward.name[0].lower() + ward.name[1:]
    return f"(Kèm theo Báo cáo số ……/BC-UBND ngày …… tháng …… năm …… của UBND {name})"
