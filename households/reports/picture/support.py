"""Where support went in a year, and what became of the households that had it, beside those that had none."""

from households.reports.held import Scope
from households.reports.picture.figures import Entry, Row, Section
from households.reports.support.outcome_tables import POLICY_HEADINGS, policy_lines
from households.reports.support.outcomes import outcomes
from thanhsen import charts, vietnamese
from thanhsen.tables import Line

RATE = 2  # the cell of a line that says how many of a hundred left


def section(scope: Scope, *, restricted: bool) -> Section:
    """The table of the year, as the page of outcomes has it; without a row where no help was recorded. One query."""
    title = "Hỗ trợ đi đâu và đổi được gì"
    found = outcomes(scope)
    if not found.policies:
        said = (
            f"Chưa ghi khoản hỗ trợ nào năm {scope.period.year}. Ghi ở trang của từng hộ, mục Hỗ trợ đã nhận."
        )
        return Section("support", title, (), (), lead=(said,))
    lines = policy_lines(found, restricted=restricted)
    bars = [
        (line.name, [(rate, vietnamese.number(rate, 2))])
        for line in lines
        if (rate := _rate(line)) is not None
    ]
    return Section(
        "support",
        title,
        ("Chính sách", *POLICY_HEADINGS),
        tuple(
            Row(line.name, tuple(Entry(cell.text if cell else "") for cell in line.cells)) for line in lines
        ),
        charts.bars("c-support", "Phần hộ ra khỏi danh sách trong năm (%)", ["ra khỏi danh sách (%)"], bars),
        notes=(
            "Tính trên hộ nghèo, hộ cận nghèo đầu năm, như trang Kết quả hỗ trợ. Một hộ nhận nhiều chính sách có ở nhiều dòng.",
            "Hộ ra khỏi danh sách có thể vì lý do khác; bảng chỉ đặt hộ có hỗ trợ bên cạnh hộ không có.",
        ),
    )


def _rate(line: Line):
    value = line.value(RATE)
    return None if isinstance(value, str) else value
