"""The matrix of two years as a table for the workbook, with its live checks."""

from households.poverty.between import AFTER
from households.reports.comparison import TOTAL, WENT_TO, Comparison
from households.reports.comparison_hidden import LEADING
from households.reports.filled import authority, bare, plain
from thanhsen import vietnamese
from thanhsen.tables import Check, Column, Heading, Kind, Line, Table, letter

TOP = 6  # row of the headings
SUM = LEADING + len(AFTER)  # index of the last column


def table_of(found: Comparison) -> Table:
    """The matrix as it stands on the screen. No official form asks for it."""
    between = found.between
    area, first, second = between.area, between.first.year, between.second.year
    ward = area.parent if area.is_group else area
    assert ward is not None
    title = (f"BIẾN ĐỘNG HỘ GIỮA CUỐI NĂM {first} VÀ CUỐI NĂM {second}",)
    return Table(
        name=f"bien-dong-{plain(area.code)}-{first}-{second}",
        form_line="Bảng đối chiếu của phường, không thuộc các mẫu báo cáo",
        authority=authority(ward),
        motto_top=2,
        title_top=4,
        title=(*title, area.name) if area.is_group else title,
        headings=(
            Heading("TT", TOP, 1, rows=2),
            Heading(f"Cuối năm {first}", TOP, 2, rows=2),
            Heading("Phân tổ", TOP, 3, rows=2),
            Heading(f"Cuối năm {second}", TOP, LEADING + 1, columns=len(AFTER)),
            *(Heading(WENT_TO[each], TOP + 1, LEADING + place) for place, each in enumerate(AFTER, start=1)),
            Heading(TOTAL, TOP, SUM + 1, rows=2),
        ),
        numbers_top=TOP + 2,
        columns=(
            Column(Kind.TEXT, 5),
            Column(Kind.TEXT, 22),
            Column(Kind.TEXT, 23),
            *(Column(Kind.COUNT, 12, str(place)) for place in range(1, len(AFTER) + 2)),
        ),
        lines=found.lines,
        checks=(_check(),),
        place=f"{bare(ward.name)}, ngày …… tháng …… năm ……",
        restricted=found.restricted,
    )


def _check() -> Check:
    """10 − (1 + … + 9) = 0 on every line."""

    def balance(line: Line) -> int:
        figures = [line.value(place) for place in range(LEADING, SUM + 1)]
        known = [each if isinstance(each, int) else 0 for each in figures]
        return known[-1] - sum(known[:-1])

    def fault(line: Line) -> str | None:
        gap = balance(line)
        return f"Dòng “{line.name}”: tổng cộng lệch {vietnamese.number(gap)} so với các cột." if gap else None

    first, last, total = letter(LEADING + 1), letter(SUM), letter(SUM + 1)
    return Check(
        "Cột kiểm tra (bằng 0 thì khớp)",
        lambda line, row: f"{total}{row}-SUM({first}{row}:{last}{row})",
        balance,
        fault,
    )
