"""From the TOML of a standard to the frozen classes, refusing anything the core would not understand."""

from collections import Counter
from collections.abc import Iterable, Mapping

from households.poverty.standard import (
    AreaType,
    DecidedBy,
    Dimension,
    IncomeLine,
    Indicator,
    Mark,
    Option,
    Question,
    RetirementAge,
    Standard,
    WorkingAge,
)
from households.poverty.strict import Malformed, Reader

# Every derivation and the numbers its rule must give.
DERIVATIONS: dict[str, frozenset[str]] = {
    "employment": frozenset(),
    "dependants": frozenset({"child_below", "elderly_from", "share_percent"}),
    "nutrition": frozenset({"child_below"}),
    "insurance": frozenset({"from_age"}),
    "adult_education": frozenset({"from_age", "upper_from", "to_age"}),
    "schooling": frozenset({"preschool_from", "primary_from", "lower_secondary_from", "below_age"}),
    "housing_area": frozenset({"square_metres"}),
}
KINDS = frozenset({"single", "multi"})


def parse(data: Mapping[str, object]) -> Standard:
    """A standard from its parsed TOML; Malformed (one Vietnamese line) says what is wrong."""
    top = Reader(data)
    income, deprivation = top.table("income"), top.table("deprivation")
    standard = Standard(
        id=_filled(top, "id"),
        title=_filled(top, "title"),
        legal_basis=_filled(top, "legal_basis"),
        valid_from=top.day("valid_from"),
        valid_to=top.day("valid_to"),
        draft=top.boolean("draft"),
        open=top.texts("open"),
        decided_by=DecidedBy(top.text("decided_by", among=set(DecidedBy))),
        income_basis=_filled(income, "basis"),
        income_mark=_mark(income),
        score_basis=_filled(income, "score_basis") if income.has("score_basis") else None,
        rural=_line(income.table("rural")),
        urban=_line(income.table("urban")),
        deprivation_basis=_filled(deprivation, "basis"),
        deprivation_mark=_mark(deprivation),
        lacking_cutoff=_positive(deprivation, "lacking_cutoff"),
        points_per_indicator=_optional(deprivation, "points_per_indicator"),
        working_age=_working_age(top.table("working_age")),
        dimensions=tuple(_dimension(each) for each in top.tables("dimensions")),
        indicators=tuple(_indicator(each) for each in top.tables("indicators")),
    )
    for table in (income, deprivation, top):
        table.close()
    _check(standard)
    return standard


def _check(standard: Standard) -> None:
    if standard.valid_from > standard.valid_to:
        raise Malformed("“valid_from” phải trước “valid_to”.")
    _unique("dimensions", (each.code for each in standard.dimensions))
    _unique("indicators", standard.codes)
    numbers = [each.number for each in standard.indicators]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        raise Malformed("“indicators” phải được đánh số liên tục từ 1.")
    places = {each.code: at for at, each in enumerate(standard.dimensions)}
    order = [places.get(each.dimension, -1) for each in standard.indicators]
    if set(order) != set(range(len(places))) or order != sorted(order):
        raise Malformed("“indicators” phải theo thứ tự các chiều, mỗi chiều có ít nhất một chỉ số.")
    if standard.lacking_cutoff > len(numbers):
        raise Malformed("“deprivation.lacking_cutoff” lớn hơn số chỉ số.")
    by_score = standard.decided_by is DecidedBy.INCOME_SCORE
    for area in AreaType:
        line = standard.line(area)
        if by_score != (line.score_cutoff is not None):
            raise Malformed(f"“income.{area}.score_cutoff” không khớp với “decided_by”.")
        if line.average_line is not None and line.average_line <= line.poor_line:
            raise Malformed(f"“income.{area}.average_line” phải lớn hơn “poor_line”.")
    if by_score and (standard.points_per_indicator is None or standard.score_basis is None):
        raise Malformed("Chuẩn chấm điểm phải có “points_per_indicator” và “score_basis”.")


def _line(table: Reader) -> IncomeLine:
    line = IncomeLine(
        poor_line=_positive(table, "poor_line"),
        average_line=_optional(table, "average_line"),
        score_cutoff=_optional(table, "score_cutoff"),
    )
    table.close()
    return line


def _working_age(table: Reader) -> WorkingAge:
    working_age = WorkingAge(
        from_age=_positive(table, "from_age"),
        from_basis=_filled(table, "from_basis"),
        retirement_basis=_filled(table, "retirement_basis"),
        mark=_mark(table),
        base_year=_positive(table, "base_year"),
        male=_retirement(table.table("male")),
        female=_retirement(table.table("female")),
    )
    table.close()
    return working_age


def _retirement(table: Reader) -> RetirementAge:
    age = RetirementAge(
        base_months=_positive(table, "base_months"),
        step_months=_positive(table, "step_months"),
        top_months=_positive(table, "top_months"),
    )
    if age.top_months < age.base_months:
        raise table.fail("top_months", "nhỏ hơn “base_months”")
    table.close()
    return age


def _dimension(table: Reader) -> Dimension:
    dimension = Dimension(code=_filled(table, "code"), name=_filled(table, "name"))
    table.close()
    return dimension


def _indicator(table: Reader) -> Indicator:
    derived = table.text("derived", among=DERIVATIONS) if table.has("derived") else None
    indicator = Indicator(
        number=_positive(table, "number"),
        code=_filled(table, "code"),
        dimension=_filled(table, "dimension"),
        name=_filled(table, "name"),
        rule=_filled(table, "rule"),
        mark=_mark(table),
        derived=derived,
        bounds=_bounds(table, derived),
        question=_question(table.table("question")) if table.has("question") else None,
    )
    if (derived is None) == (indicator.question is None):
        raise Malformed(f"“{table.where}” phải có đúng một trong hai: “derived” hoặc “question”.")
    table.close()
    return indicator


def _bounds(table: Reader, derived: str | None) -> tuple[tuple[str, int], ...]:
    needed = DERIVATIONS[derived] if derived is not None else frozenset()
    if not needed:
        return ()
    bounds = table.table("bounds")
    pairs = tuple((key, _positive(bounds, key)) for key in sorted(needed))
    bounds.close()
    return pairs


def _question(table: Reader) -> Question:
    kind = table.text("kind", among=KINDS)
    options = []
    for each in table.tables("options"):
        lacking = each.boolean("lacking") if kind == "single" and each.has("lacking") else False
        options.append(Option(code=_filled(each, "code"), label=_filled(each, "label"), lacking=lacking))
        each.close()
    question = Question(
        text=_filled(table, "text"),
        kind=kind,
        options=tuple(options),
        at_least=_positive(table, "at_least") if kind == "multi" else None,
    )
    _unique(f"{table.where}.options", (each.code for each in options))
    if kind == "single" and len({each.lacking for each in options}) != 2:
        raise table.fail("options", "phải có cả phương án thiếu hụt và không thiếu hụt")
    if question.at_least is not None and question.at_least > len(options):
        raise table.fail("at_least", "lớn hơn số phương án")
    table.close()
    return question


def _filled(table: Reader, key: str) -> str:
    value = table.text(key)
    if not value.strip():
        raise table.fail(key, "không được để trống")
    return value


def _positive(table: Reader, key: str) -> int:
    value = table.integer(key)
    if value <= 0:
        raise table.fail(key, "phải lớn hơn 0")
    return value


def _optional(table: Reader, key: str) -> int | None:
    return _positive(table, key) if table.has(key) else None


def _mark(table: Reader) -> Mark:
    return Mark(table.text("mark", among=set(Mark)))


def _unique(where: str, codes: Iterable[str]) -> None:
    twice = [code for code, count in Counter(codes).items() if count > 1]
    if twice:
        raise Malformed(f"“{where}” có mã trùng: {', '.join(twice)}.")
