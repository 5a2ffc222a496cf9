"""Which class a household falls in under a standard, why, and what would change it."""

from collections.abc import Set
from dataclasses import dataclass, replace

from households.poverty.standard import AreaType, Classification, DecidedBy, IncomeLine, Standard
from households.poverty.wording import listed, money

LARGEST_SCORE = 1_000
LARGEST_INCOME = 1_000_000_000


class CannotClassify(ValueError):
    """The sheet cannot be classified; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Assessment:
    """What is scored. `per_capita_income` in VND per person per month; `lacking` holds indicator codes.

    `in_agriculture`: works in nông, lâm, ngư, diêm nghiệp. `asks_average`: asks for the average class.
    """

    standard: Standard
    area_type: AreaType
    income_score: int | None = None
    per_capita_income: int | None = None
    lacking: Set[str] = frozenset()
    asks_average: bool = False
    in_agriculture: bool = False


@dataclass(frozen=True)
class Change:
    """A smallest change of one kind that leads to another class."""

    text: str
    becomes: Classification


@dataclass(frozen=True)
class Result:
    """`deprivation_score` is None under a standard whose points are not known. `lacking` in indicator order."""

    standard_id: str
    area_type: AreaType
    classification: Classification
    income_score: int | None
    per_capita_income: int | None
    deprivation_score: int | None
    lacking: tuple[str, ...]
    label: str
    steps: tuple[str, ...]
    changes: tuple[Change, ...]
    is_draft: bool


def classify(assessment: Assessment) -> Result:
    """The class of a household with its full explanation. CannotClassify for anything missing or impossible."""
    case = _checked(assessment)
    standard = case.standard
    classification = _decide(case)
    count, points = len(case.lacking), standard.points_per_indicator
    deprivation_score = None if points is None else count * points
    if standard.decided_by is DecidedBy.INCOME_SCORE:
        label = f"{case.income_score}/{deprivation_score}"
    else:
        label = f"{money(case.per_capita_income or 0)}/{count} chỉ số"
    return Result(
        standard_id=standard.id,
        area_type=case.area_type,
        classification=classification,
        income_score=case.income_score,
        per_capita_income=case.per_capita_income,
        deprivation_score=deprivation_score,
        lacking=tuple(code for code in standard.codes if code in case.lacking),
        label=label,
        steps=_steps(case, classification),
        changes=_changes(case, classification),
        is_draft=standard.draft,
    )


def _checked(case: Assessment) -> Assessment:
    standard = case.standard
    try:
        case = replace(case, area_type=AreaType(case.area_type))
    except ValueError:
        raise CannotClassify(
            f"Khu vực “{case.area_type}” không hợp lệ: chỉ có thành thị và nông thôn."
        ) from None
    _within("Điểm B1", case.income_score, LARGEST_SCORE)
    _within("Thu nhập bình quân đầu người", case.per_capita_income, LARGEST_INCOME)
    if not isinstance(case.lacking, Set):
        raise CannotClassify("Các chỉ số thiếu hụt phải là một tập hợp mã chỉ số.")
    unknown = sorted(str(code) for code in case.lacking if code not in standard.codes)
    if unknown:
        raise CannotClassify(f"{standard.title} không có chỉ số: {listed(unknown)}.")
    _measured(case)
    return case


def _within(what: str, value: object, largest: int) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        raise CannotClassify(f"{what} phải là số nguyên.")
    if not 0 <= value <= largest:
        raise CannotClassify(f"{what} phải từ 0 đến {largest:,}.".replace(",", "."))


def _measured(case: Assessment) -> tuple[int, int]:
    """What stands for income and the bound it may not pass, by the standard."""
    standard, line = case.standard, case.standard.line(case.area_type)
    if standard.decided_by is DecidedBy.INCOME_SCORE:
        if case.income_score is None or line.score_cutoff is None:
            raise CannotClassify(
                f"{standard.title} phân loại bằng điểm B1: cần nhập điểm B1, thu nhập bình quân không thay được."
            )
        return case.income_score, line.score_cutoff
    if case.per_capita_income is None:
        raise CannotClassify(
            f"{standard.title} chưa có bảng điểm chính thức: cần nhập thu nhập bình quân đầu người một tháng."
        )
    return case.per_capita_income, line.poor_line


def _decide(case: Assessment) -> Classification:
    value, bound = _measured(case)
    if value <= bound:
        enough = len(case.lacking) >= case.standard.lacking_cutoff
        return Classification.POOR if enough else Classification.NEAR_POOR
    line = case.standard.line(case.area_type)
    if case.asks_average and case.in_agriculture and _in_average_band(line, case.per_capita_income):
        return Classification.AVERAGE
    return Classification.NOT_POOR


def _in_average_band(line: IncomeLine, income: int | None) -> bool:
    return (
        income is not None and line.average_line is not None and line.poor_line < income <= line.average_line
    )


def _steps(case: Assessment, classification: Classification) -> tuple[str, ...]:
    standard, area = case.standard, case.area_type.label.lower()
    value, bound = _measured(case)
    low, count, cutoff = value <= bound, len(case.lacking), standard.lacking_cutoff
    sign = "≤" if low else ">"
    steps = [f"Áp dụng {standard.title} ({standard.legal_basis})."]
    if standard.decided_by is DecidedBy.INCOME_SCORE:
        found = f"B1 {value} {sign} {bound}"
        steps.append(
            f"Thu nhập: khu vực {area}, điểm B1 từ {bound} trở xuống là thu nhập thấp, "
            f"theo {standard.score_basis}. Hộ có {found}."
        )
    else:
        found = f"thu nhập {money(value)} {sign} {money(bound)}"
        steps.append(
            f"Thu nhập: khu vực {area}, từ {money(bound)}/người/tháng trở xuống là thu nhập thấp, "
            f"theo {standard.income_basis}. Hộ có {found}."
        )
    names = [f"{each.number}. {each.name}" for each in standard.indicators if each.code in case.lacking]
    lacks = f"Thiếu hụt {count}/{len(standard.indicators)} chỉ số"
    lacks += f" ({listed(names)})" if names else ""
    against, points = "≥" if count >= cutoff else "<", standard.points_per_indicator
    if points is None:
        measured = f"số chỉ số thiếu hụt {count} {against} {cutoff}"
    else:
        lacks += f", B2 = {count} × {points} = {count * points} điểm"
        measured = f"B2 {count * points} {against} {cutoff * points}"
    steps.append(
        f"{lacks}. Thu nhập thấp và thiếu hụt từ {cutoff} chỉ số trở lên là hộ nghèo, theo {standard.deprivation_basis}."
    )
    if case.asks_average:
        steps.append(_average_step(case, low))
    why = f"{found} và {measured}" if low else found
    if classification is Classification.AVERAGE:
        why += " và thu nhập trong khoảng mức sống trung bình"
    steps.append(f"Kết luận: {classification.label}, vì {why}.")
    if standard.draft:
        steps.append(
            "Dữ liệu của chuẩn này còn là dự thảo: kết quả chỉ để tham khảo, không quyết định diện của hộ."
        )
    return tuple(steps)


def _average_step(case: Assessment, low: bool) -> str:
    line, income = case.standard.line(case.area_type), case.per_capita_income
    start = "Hộ đề nghị xét mức sống trung bình: "
    if line.average_line is None:
        return f"{start}{case.standard.title} chưa có mức thu nhập để xét."
    if low:
        return f"{start}không xét vì hộ thuộc diện nghèo hoặc cận nghèo."
    if not case.in_agriculture:
        return f"{start}không xét vì hộ không làm nông, lâm, ngư, diêm nghiệp."
    if income is None:
        return f"{start}chưa xét được vì chưa có thu nhập bình quân đầu người."
    fits = "nằm trong" if _in_average_band(line, income) else "nằm ngoài"
    return (
        f"{start}thu nhập {money(income)}/người/tháng {fits} khoảng trên {money(line.poor_line)} "
        f"đến {money(line.average_line)} ({case.standard.income_basis})."
    )


def _changes(case: Assessment, now: Classification) -> tuple[Change, ...]:
    changes = []
    for condition, other in _alternatives(case):
        becomes = _decide(other)
        if becomes is not now:
            outcome = "không nghèo" if becomes is Classification.NOT_POOR else f"là {becomes.label.lower()}"
            changes.append(Change(f"Nếu {condition} thì {outcome}.", becomes))
    return tuple(changes)


def _alternatives(case: Assessment) -> list[tuple[str, Assessment]]:
    """Smallest changes of one input at a time; those that change nothing are dropped by the caller."""
    standard, line = case.standard, case.standard.line(case.area_type)
    value, bound = _measured(case)
    low, cutoff = value <= bound, standard.lacking_cutoff
    present = [code for code in standard.codes if code in case.lacking]
    absent = [code for code in standard.codes if code not in case.lacking]
    found: list[tuple[str, Assessment]] = []
    if low and len(present) >= cutoff:
        fewer = frozenset(present[: cutoff - 1])
        text = f"bớt {len(present) - len(fewer)} chỉ số thiếu hụt (còn {len(fewer)})"
        found.append((text, replace(case, lacking=fewer)))
    elif low:
        more = cutoff - len(present)
        found.append(
            (f"thêm {more} chỉ số thiếu hụt", replace(case, lacking=frozenset([*present, *absent[:more]])))
        )
    if standard.decided_by is DecidedBy.INCOME_SCORE:
        target = bound + 1 if low else bound
        text = f"điểm B1 từ {target} {'trở lên' if low else 'trở xuống'}"
        found.append((text, replace(case, income_score=target)))
    else:
        target = bound + 1 if low else bound
        text = f"thu nhập {'trên' if low else 'từ'} {money(bound)}/người/tháng{'' if low else ' trở xuống'}"
        found.append((text, replace(case, per_capita_income=target)))
    if case.asks_average and case.in_agriculture and not low and line.average_line is not None:
        above = f"thu nhập trên {money(line.average_line)}/người/tháng"
        found.append((above, replace(case, per_capita_income=line.average_line + 1)))
        inside = f"thu nhập trên {money(line.poor_line)} đến {money(line.average_line)}/người/tháng"
        found.append((inside, replace(case, per_capita_income=line.average_line)))
    return found
