"""From the official forms of a year and the records of its review to the words of the yearly report."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from households.documents.context import letterhead
from households.documents.yearly import YearlyReport
from households.models import Round
from households.poverty import Standard
from households.reports.editions import Edition, Live
from households.reports.errors import ReportError
from households.reports.filled import build
from households.reports.forms import FORMS, Form
from households.reports.held import Basis
from households.reports.identities import gaps
from households.reports.narrative import findings, season, tables
from households.reports.narrative.findings import Compared, Forms
from households.reports.narrative.numbers import ALL, HOUSEHOLDS, PEOPLE, UNKNOWN, Numbers, percent, sentences
from households.reports.stock import CLASSES
from thanhsen.models import Area
from thanhsen.papers.wording import inside
from thanhsen.tables import Failure
from thanhsen.vietnamese import number

CITED = (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13)
KEPT_FOR = 2026  # the year for which Nghị định 351/2025/NĐ-CP kept the standard 2022-2026
UNDATED = "ngày … tháng … năm …"  # of the signing, which nobody knows yet
TOLD = 10  # failing checks told in the report; the screen has them all


@dataclass(frozen=True)
class Draft:
    """The report, and what does not hold in its forms or between them."""

    paper: YearlyReport
    failures: list[Failure]


def compose(
    year: int,
    ward: Area,
    *,
    edition: Edition | None = None,
    past: Callable[[int], Edition] = Live,
    target: Decimal | None = None,
) -> Draft:
    """The report in words of a ward (loaded with its province) and year.

    Every figure is read off the forms that `build` makes from `edition` (the live register unless given). `past` gives
    the editions of the two years before, which may be frozen. `target`: the rate of poor households to come down to,
    percent. How the review was carried out is read from its records. At most 30 queries, whatever the ward's size.
    ReportError as of `build`.
    """
    edition = edition or Live(year)
    made = {form: build(form, year, ward, edition=edition) for form in CITED}
    forms = {form: Numbers(table) for form, table in made.items()}
    failures = [
        Failure(f"Mẫu {form}, {each.cell}", each.sentence)
        for form, table in made.items()
        for each in table.failures()
    ] + gaps(made)
    compared = _compared(year, ward, edition, past)
    standard = edition.standard()
    decisions = season.decisions_of(ward, year)
    conduct = season.conduct(ward, year, decisions)
    highest = tables.highest(forms[1])
    present = [str(each.id) for each in edition.scope(ward).units if each.expects_total]
    assessment = findings.assessment(forms, compared, present)
    signer = edition.form(FORMS[1]).signer_name or (decisions[-1].signer if decisions else "")
    paper = YearlyReport(
        **letterhead(ward, None, year) | {"ngay_thang": UNDATED},
        **_result(forms[1]),
        so_to_dan_pho=number(len(present)),
        loai_so_lieu=edition.basis.label,
        noi_gui=sentences(_addressed(edition.form(FORMS[1]), ward)),
        can_cu_chuan=_ground(standard, year),
        to_chuc=sentences(conduct.told),
        ket_qua=tables.stock(forms[1]),
        luu_y=sentences([*_awaited(conduct.undecided, edition.basis), *_remarks(forms, failures)]),
        so_sanh=sentences(
            [*findings.against_last_year(forms, compared), findings.against_target(forms, target, year)]
        ),
        ten_bang_so_sanh=f"So sánh với năm {year - 1}" if compared.before else "",
        nam_truoc=str(year - 1),
        bang_so_sanh=tables.comparison(forms[1], compared),
        dien_bien=sentences(findings.movement(forms)),
        bang_dien_bien=tables.movement(forms),
        thieu_hut=sentences(findings.lacking(forms, standard)),
        bang_thieu_hut=tables.lacking(forms, standard),
        nguyen_nhan=sentences(findings.causes(forms)),
        bang_nguyen_nhan=tables.causes(forms),
        bang_nhom=tables.groups(forms),
        tre_em=sentences(findings.children(forms)),
        ten_bang_to="Các tổ dân phố có tỷ lệ hộ nghèo cao nhất" if highest else "",
        bang_to=highest,
        danh_gia=sentences(assessment.better),
        han_che=sentences(assessment.worse),
        nguoi_ky=signer or "[Họ và tên]",
    )
    return Draft(paper, failures)


def _compared(year: int, ward: Area, edition: Edition, past: Callable[[int], Edition]) -> Compared:
    """The two years before, as far as they have figures by the same standard."""
    last, earlier = past(year - 1), past(year - 2)
    before = _stock(last, ward)
    if before is None:
        return Compared(
            year, None, None,
            f"[Cổng không có số liệu năm {year - 1} để so sánh: ghi số hộ, tỷ lệ theo báo cáo của năm đó.]",
        )  # fmt: skip
    if last.standard().id != edition.standard().id:
        return Compared(
            year, None, None,
            f"Năm {year} rà soát theo {edition.standard().title}, khác chuẩn của năm {year - 1}, nên số liệu hai năm không so sánh với nhau.",
        )  # fmt: skip
    return Compared(year, before, _stock(earlier, ward))


def _stock(edition: Edition, ward: Area) -> Numbers | None:
    """Form 1 of a year; None where there is none, or nobody was on its lists."""
    try:
        found = Numbers(build(1, edition.year, ward, edition=edition))
    except ReportError:
        return None
    return found if any(found.count(of.value) for of in CLASSES) else None


def _result(form: Numbers) -> dict[str, str]:
    """The first sentence of the results. A total that lacks a tổ dân phố is not the ward's."""
    last = form.table.lines[-1]
    whole = form.rate("poor") is not None
    totals = [last.value(each) if whole else None for each in (HOUSEHOLDS, PEOPLE)]
    households, people = (number(each) if isinstance(each, int) else UNKNOWN for each in totals)
    found = {"tong_so_ho": households, "tong_so_khau": people}
    for key, name in (("poor", "ngheo"), ("near_poor", "can_ngheo")):
        found[f"so_ho_{name}"] = number(form.count(key, ALL))
        found[f"so_khau_{name}"] = number(form.count(f"{key}_people", ALL))
        found[f"ty_le_ho_{name}"] = percent(form.rate(key)) or UNKNOWN
    return found


def _addressed(form: Form, ward: Area) -> list[str]:
    """Whom the report goes to: the recipients of form 1, else the supervising line, with the marks of a list."""
    province = inside(ward.parent.name) if ward.parent else ""
    lines = [each.strip() for each in form.recipients.splitlines() if each.strip()]
    lines = lines or [f"Ủy ban nhân dân {province}", f"Sở Nông nghiệp và Môi trường {province}"]
    return [f"{each.rstrip('.;')}{'.' if each is lines[-1] else ';'}" for each in lines]


def _ground(standard: Standard, year: int) -> str:
    """The decree of the standard, as it could be cited in the year."""
    basis = standard.legal_basis
    return basis if year >= KEPT_FOR else basis.partition(",")[0]


def _awaited(undecided: Round | None, basis: Basis) -> list[str]:
    """Official figures come from decisions: those of a review under way are not in them."""
    if undecided is None or basis is Basis.PRELIMINARY:
        return []
    return [
        f"[{undecided.name} chưa có quyết định công nhận: số liệu chính thức chưa gồm kết quả của đợt này. Cần số liệu của đợt thì tải bản sơ bộ.]"
    ]


def _remarks(forms: Forms, failures: list[Failure]) -> list[str]:
    """What the forms note below themselves, and what their check columns find; in brackets, for the author."""
    notes = dict.fromkeys(note for form in (1, 4, 6) for note in forms[form].table.notes)
    told = [f"[{note}]" for note in notes]
    told += [f"[{each.cell}: {each.sentence}]" for each in failures[:TOLD]]
    if len(failures) > TOLD:
        told.append(f"[Còn {number(len(failures) - TOLD)} chỗ khác chưa khớp: xem ở trang cả bộ báo cáo.]")
    return told
