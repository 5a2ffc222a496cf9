"""Where support went in a year, and what became of the households that had it, beside those that had none."""

from dataclasses import dataclass
from decimal import Decimal

from psycopg.sql import SQL

from households.models import Policy
from households.reports.disclosure import LIMIT
from households.reports.held import Scope, run
from households.reports.picture.figures import Entry, Row, Section, covered, percent
from thanhsen import charts, vietnamese

NONE = ""  # no help in the year

# The households on the list of the first day, by what they had in the year; who had two helps is in two rows.
_HELPED = SQL("""
WITH {relation}, listed AS (
    SELECT o.household_id, o.classification AS was, cardinality(o.lacking) AS lacked,
           c.classification AS became, cardinality(c.lacking) AS lacks
      FROM held o
      LEFT JOIN held c ON c.household_id = o.household_id
           AND c.valid_from <= %(closing)s AND (c.valid_to IS NULL OR c.valid_to > %(closing)s)
     WHERE o.valid_from <= %(opening)s AND (o.valid_to IS NULL OR o.valid_to > %(opening)s)
       AND o.area_id = ANY(%(areas)s) AND o.classification IN ('poor', 'near_poor')
), helps AS (
    SELECT s.household_id, s.policy, sum(r.amount) AS amount
      FROM households_receipt r JOIN households_support s ON s.id = r.support_id
     WHERE r.voided_at IS NULL AND s.voided_at IS NULL AND r.received_on BETWEEN %(opening)s AND %(closing)s
     GROUP BY s.household_id, s.policy
), rows AS (
    SELECT listed.*, COALESCE(helps.policy, '') AS policy, helps.amount FROM listed LEFT JOIN helps USING (household_id)
    UNION ALL
    SELECT listed.*, 'any', NULL FROM listed WHERE EXISTS (SELECT 1 FROM helps WHERE helps.household_id = listed.household_id)
)
SELECT policy, count(*), COALESCE(sum(amount), 0),
       count(*) FILTER (WHERE became IN ('not_poor', 'average') OR (was = 'poor' AND became = 'near_poor')),
       count(*) FILTER (WHERE became = was), count(*) FILTER (WHERE was = 'near_poor' AND became = 'poor'),
       count(*) FILTER (WHERE became IS NULL),
       COALESCE(sum(lacked) FILTER (WHERE became IS NOT NULL), 0), COALESCE(sum(lacks) FILTER (WHERE became IS NOT NULL), 0)
  FROM rows GROUP BY policy
""")


@dataclass(frozen=True)
class Helped:
    """Households on the list of 1 January that had one kind of help in the year, and how they stand at its end.
    `lacked`, `lacks`: indicators in all of those still there, then and now; `amount` in đồng."""

    households: int
    amount: int
    better: int
    same: int
    worse: int
    gone: int
    lacked: int
    lacks: int

    @property
    def is_small(self) -> bool:
        return any(
            0 < each < LIMIT for each in (self.households, self.better, self.same, self.worse, self.gone)
        )


def helped(scope: Scope) -> dict[str, Helped]:
    """By policy; "any": any of them, "": none. Households that had several helps are in several rows. One query."""
    return {policy: Helped(*map(int, values)) for policy, *values in run(scope, _HELPED)}


def section(scope: Scope, *, restricted: bool) -> Section:
    """The table of the year; without a row where no help was recorded. `restricted`: a row that rests on few is
    covered, and so are those of all the helped and of the others, of which one follows from the other."""
    found = helped(scope)
    title = "Hỗ trợ đi đâu và đổi được gì"
    if "any" not in found:
        said = (
            f"Chưa ghi khoản hỗ trợ nào năm {scope.period.year}. Ghi ở trang của từng hộ, mục Hỗ trợ đã nhận."
        )
        return Section("support", title, (), (), lead=(said,))
    covers = {key for key, each in found.items() if restricted and each.is_small}
    if covers & {"any", NONE}:
        covers |= {"any", NONE}
    order = [*(each.value for each in Policy if each.value in found), "any", NONE]
    names = {**dict(Policy.choices), "any": "Có hỗ trợ bất kỳ", NONE: "Không có hỗ trợ nào được ghi"}
    rows = tuple(
        _row(str(names[each]), found[each], covers=each in covers) for each in order if each in found
    )
    bars = [
        (str(names[each]), [(rate, vietnamese.number(rate, 2))])
        for each in order
        if each in found
        and each not in covers
        and (rate := vietnamese.rate(found[each].better, found[each].households)) is not None
    ]
    return Section(
        "support",
        title,
        (
            "Chính sách", "Hộ nhận", "Số tiền (đồng)", "Khá lên", "%", "Như cũ", "Khó hơn", "Ra khỏi sổ",
            "Thiếu hụt đầu năm", "cuối năm",
        ),
        rows,
        charts.bars("c-support", "Phần hộ khá lên trong năm (%)", ["khá lên (%)"], bars),
        notes=(
            "Tính trên hộ nghèo, hộ cận nghèo đầu năm. “Khá lên”: thoát nghèo, thoát cận nghèo, hoặc từ nghèo thành cận nghèo. "
            "Thiếu hụt: số chỉ số bình quân một hộ. Một hộ nhận nhiều chính sách có ở nhiều dòng.",
            "Hộ khá lên có thể vì lý do khác; bảng chỉ đặt hộ có hỗ trợ bên cạnh hộ không có.",
        ),
    )  # fmt: skip


def _row(name: str, each: Helped, *, covers: bool) -> Row:
    if covers:
        return Row(name, (Entry(covered(each.households)), *([Entry("ẩn")] * 8)))
    there = each.households - each.gone
    counts = (each.better, each.same, each.worse, each.gone)
    better, *rest = (Entry(vietnamese.number(value)) for value in counts)
    return Row(
        name,
        (
            Entry(vietnamese.number(each.households)),
            Entry(vietnamese.number(each.amount) if each.amount else ""),
            better,
            Entry(percent(each.better, each.households)),
            *rest,
            Entry(_mean(each.lacked, there)),
            Entry(_mean(each.lacks, there)),
        ),
    )


def _mean(total: int, households: int) -> str:
    return vietnamese.number(vietnamese.half_up(Decimal(total) / households, 2), 2) if households else ""
