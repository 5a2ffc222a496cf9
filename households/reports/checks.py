"""The check columns: what the clerks keep beside the table, "số bằng 0 thì khớp"."""

from decimal import Decimal

from households.poverty import Classification
from households.poverty.movement import Flow
from households.reports.forms import words
from households.reports.rows import Place
from thanhsen import vietnamese
from thanhsen.tables import Check, Checked, Line, letter

STOCK_TOP = 9  # the first row of form 1
NAMED = 5  # tổ dân phố named in one sentence; the rest are counted


def stock_checks(places: list[Place], year: int) -> tuple[Check, ...]:
    """The classes of a line are part of its total, and every tổ dân phố has its totals."""

    def part(heading: str, whole: int, parts: tuple[int, int, int], unit: str) -> Check:
        names = "+".join(f"{letter(each + 1)}{{r}}" for each in parts)
        total = f"{letter(whole + 1)}{{r}}"

        def value(line: Line) -> Checked:
            figures = [line.value(each) for each in parts]
            limit, found = line.value(whole), sum(each for each in figures if isinstance(each, int))
            return max(0, found - limit) if isinstance(limit, int) else ""

        def fault(line: Line) -> str | None:
            limit, over = line.value(whole), value(line)
            if not isinstance(limit, int) or not isinstance(over, int) or not over:
                return None
            return (
                f"Dòng “{line.name}”: {vietnamese.number(limit + over)} {unit} thuộc các loại hộ, nhiều hơn tổng số "
                f"{vietnamese.number(limit)} {unit} đã nhập."
            )

        return Check(
            heading,
            lambda line, row: f'IF({total}="","",MAX(0,{names}-{total}))'.format(r=row),
            value,
            fault,
        )

    last = places[-1]
    missing = [unit.name for unit in last.units if unit.lacks_total]

    by_key = {place.key: place for place in places}

    def lacking(line: Line, row: int) -> str:
        place = by_key[line.place]
        return (
            f'IF(C{row}="",1,0)'
            if place.style == "unit" and place.units[0].expects_total
            else str(place.lacking_totals)
        )

    def lacking_value(line: Line) -> Checked:
        return by_key[line.place].lacking_totals

    def missing_fault(line: Line) -> str | None:
        return missing_totals(missing, year) if missing and line.style == last.style else None

    return (
        part("Kiểm tra số hộ (bằng 0 thì khớp)", 2, (4, 6, 8), "hộ"),
        part("Kiểm tra nhân khẩu (bằng 0 thì khớp)", 3, (10, 12, 14), "nhân khẩu"),
        Check("Chưa nhập tổng số hộ (bằng 0 thì đủ)", lacking, lacking_value, missing_fault),
    )


def missing_totals(names: list[str], year: int) -> str:
    """Which tổ dân phố have no totals for the year, as a sentence."""
    rest = len(names) - NAMED
    listed = ", ".join(names[:NAMED]) + (f" và {rest} nơi khác" if rest > 0 else "")
    return (
        f"Còn {len(names)} tổ dân phố chưa nhập tổng số hộ, nhân khẩu năm {year} ({listed}); "
        "tỷ lệ của các nơi này và của dòng cộng để trống."
    )


def movement_check(of: Classification) -> tuple[Check, ...]:
    """9 − (1 − 2 − 3 − 4 + 5 + 6 + 7 + 8) = 0 on every line."""
    first = 3  # the index of column D

    def balance(line: Line) -> int:
        figures = [line.value(first + place) for place in range(len(Flow))]
        known = [each if isinstance(each, int) else 0 for each in figures]
        return known[-1] - sum(flow.sign * value for flow, value in zip(Flow, known, strict=True))

    def fault(line: Line) -> str | None:
        gap = balance(line)
        if gap == 0:
            return None
        return f"Dòng “{line.name}”: số {words(of)} cuối năm lệch {vietnamese.number(gap)} so với số đầu năm, giảm và tăng."

    return (
        Check(
            "Cột kiểm tra (bằng 0 thì khớp)",
            lambda line, row: f"L{row}-(D{row}-E{row}-F{row}-G{row}+H{row}+I{row}+J{row}+K{row})",
            balance,
            fault,
        ),
    )


def lacking_checks(of: Classification, indicators: int, cutoff: int, *, rates: bool) -> tuple[Check, ...]:
    """A poor household lacks `cutoff` indicators or more on average, a near-poor one fewer, on every line."""
    end = letter(3 + indicators)
    sign = ">=" if of is Classification.POOR else "<"
    # Twelve rates rounded to two decimals are off by 0.0006 at most when added; two decimals are sure.
    mean = f"ROUND(SUM(D{{r}}:{end}{{r}})/100,2)" if rates else f"SUM(D{{r}}:{end}{{r}})/C{{r}}"
    index = letter(4 + indicators)

    def average(line: Line) -> Decimal | None:
        households = line.value(2)
        if not isinstance(households, int) or households == 0:
            return None
        figures = [line.value(place) for place in range(3, 3 + indicators)]
        added = sum(each for each in figures if isinstance(each, (int, Decimal)))
        return vietnamese.half_up(Decimal(added) / 100, 2) if rates else Decimal(added) / households

    def fits(line: Line) -> Checked:
        found = average(line)
        return "" if found is None else (found >= cutoff) == (of is Classification.POOR)

    def index_value(line: Line) -> Checked:
        found = average(line)
        return "" if found is None else found

    def fault(line: Line) -> str | None:
        found = average(line)
        if found is None or fits(line):
            return None
        wanted = f"phải từ {cutoff} trở lên" if of is Classification.POOR else f"phải dưới {cutoff}"
        return f"Dòng “{line.name}”: bình quân mỗi {words(of)} thiếu hụt {vietnamese.number(found, 2)} chỉ số, {wanted}."

    return (
        Check(
            "Chỉ số kiểm tra",
            lambda line, row: f'IF(C{{r}}=0,"",{mean})'.format(r=row),
            index_value,
            lambda line: None,
        ),
        Check(
            f"Kiểm tra (chỉ số {'≥' if of is Classification.POOR else '<'} {cutoff})",
            lambda line, row: f'IF(C{{r}}=0,"",{index}{{r}}{sign}{cutoff})'.format(r=row),
            fits,
            fault,
        ),
    )
