"""What became in a year of the households on the list, beside the help they had; every number knows its households.

One relation (`standing`) holds one row a household; the tables count it, and the households behind a number are those
that the same conditions pick, so that the two cannot differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from psycopg.sql import SQL, Composable, Literal

from households.models import Policy, Programme
from households.poverty.outcome import Mended, Outcome
from households.reports.errors import ReportError
from households.reports.held import Scope
from households.reports.support.indicators import indicator_names
from households.reports.support.needing import needing
from households.reports.support.standing import GROUPS, run_over
from thanhsen import vietnamese
from thanhsen.addresses import whole

ENDS = (Outcome.OUT, Outcome.STAYED, Outcome.FELL, Outcome.GONE)
OUTCOMES = {
    Outcome.OUT: "Ra khỏi danh sách",
    Outcome.STAYED: "Còn trong danh sách",
    Outcome.FELL: "Rơi lại",
    Outcome.GONE: "Không còn trong sổ",
    Outcome.RETURNED: "Tái nghèo, tái cận nghèo",
}
MENDED = {
    Mended.STILL: "Vẫn thiếu",
    Mended.MENDED: "Hết thiếu",
    Mended.GONE: "Không đo lại",
}
# What an address may say of a number: a table writes it, `opened` reads it.
ASKED = ("ket-qua", "ho-tro", "to", "nhom", "chinh-sach", "chuong-trinh", "chi-so", "nhu-cau", "luc")
_UNKNOWN = "Không có số liệu như vậy: quay lại bảng và bấm vào một con số."

_COUNTED = SQL("""
SELECT 'area', area_id::text, helped, outcome, count(*), sum(amount) FROM stood GROUP BY 2, 3, 4
 UNION ALL
SELECT 'group', one, helped, outcome, count(*), sum(amount) FROM stood CROSS JOIN LATERAL unnest(groups) one GROUP BY 2, 3, 4
 UNION ALL
SELECT 'policy', policy, true, outcome, count(*), sum(given.amount)
  FROM (SELECT household_id, policy, sum(amount) AS amount FROM gave GROUP BY 1, 2) given JOIN stood USING (household_id)
 GROUP BY 2, 4
 UNION ALL
SELECT 'line', line_id::text, true, outcome, count(*), sum(given.amount)
  FROM (SELECT household_id, line_id, sum(amount) AS amount FROM gave WHERE line_id IS NOT NULL GROUP BY 1, 2) given
  JOIN stood USING (household_id)
 GROUP BY 2, 4
 UNION ALL
SELECT 'indicator', code, helped, state, count(*), 0 FROM mended GROUP BY 2, 3, 4
""")
_BEHIND = SQL("SELECT household_id FROM stood WHERE {where}")


@dataclass
class Tally:
    """Households of one line, by (helped, how it ended); `money` in đồng, of those on the list of the first day."""

    counts: dict[tuple[bool, str], int] = field(default_factory=dict)
    money: int = 0

    def add(self, helped: bool, end: str, households: int, money: int) -> None:
        self.counts[helped, end] = self.of(helped, end) + households
        self.money += 0 if end == Outcome.RETURNED else money

    def of(self, helped: bool, end: str) -> int:
        return self.counts.get((helped, end), 0)

    def among(self, helped: bool, ends: Iterable[str] = ENDS) -> int:
        return sum(self.of(helped, end) for end in ends)

    @property
    def listed(self) -> int:
        return self.among(True) + self.among(False)

    @property
    def returned(self) -> int:
        return self.of(True, Outcome.RETURNED) + self.of(False, Outcome.RETURNED)

    @property
    def money_each(self) -> Decimal | None:
        """Đồng for each household that was helped and left; None where none did, or no money is known."""
        out = self.of(True, Outcome.OUT)
        return vietnamese.half_up(Decimal(self.money) / out, 0) if out and self.money else None


Tallies = dict[str, Tally]  # tổ dân phố (id), group, policy, line (id) or indicator → its line


@dataclass(frozen=True)
class Outcomes:
    """The tables of a year. `whole` is the sum of the tổ dân phố; who had two helps is in two policies and lines."""

    whole: Tally
    areas: Tallies
    groups: Tallies
    policies: Tallies
    lines: Tallies
    indicators: Tallies  # its ends are those of `Mended`


def outcomes(scope: Scope) -> Outcomes:
    """Counted over the statuses, supports and receipts of the year. One query."""
    found: dict[str, Tallies] = {each: {} for each in ("area", "group", "policy", "line", "indicator")}
    total = Tally()
    for kind, key, helped, end, households, money in run_over(scope, _COUNTED):
        found[kind].setdefault(key, Tally()).add(helped, end, households, int(money))
        if kind == "area":
            total.add(helped, end, households, int(money))
    return Outcomes(total, *found.values())


def opened(scope: Scope, asked: Mapping[str, str]) -> tuple[str, list[int]]:
    """What one number is, in words, and the ids of its households; `asked` by the names of `ASKED`, "" for what was
    not said. At most two queries. ReportError for a number that is not in the tables."""
    if asked["nhu-cau"]:
        return needing(scope, asked["nhu-cau"], asked["luc"])
    if asked["chi-so"]:
        return _of_indicator(scope, asked["chi-so"], asked["ho-tro"], asked["ket-qua"])
    wheres: list[Composable] = [SQL("listed") if asked["ket-qua"] != Outcome.RETURNED else SQL("NOT listed")]
    words = []
    if end := asked["ket-qua"]:
        wheres.append(SQL("outcome = {}").format(Literal(end)))
        words.append(known(OUTCOMES, end))
    for name, part in _PARTS.items():
        if value := asked[name]:
            condition, said = part(scope, value)
            wheres.append(condition)
            words.append(said)
    ids = _ids(scope, SQL(" AND ").join(wheres))
    return ", ".join(words) or "Hộ nghèo, hộ cận nghèo đầu năm", ids


def _ids(scope: Scope, where: Composable) -> list[int]:
    return [pk for (pk,) in run_over(scope, _BEHIND.format(where=where))]


def known(names: Mapping[Any, str], value: str) -> str:
    """The words for a value of an address; ReportError for one that no table writes."""
    for name, words in names.items():
        if name == value:
            return words
    raise ReportError(_UNKNOWN)


def number(value: str) -> int:
    """An id of an address; ReportError for what is none."""
    found = whole(value)
    if found is None:
        raise ReportError(_UNKNOWN)
    return found


_HELPED = {"co": "có hỗ trợ trong năm", "khong": "không có hỗ trợ trong năm"}


def _by_help(scope: Scope, value: str) -> tuple[Composable, str]:
    words = known(_HELPED, value)
    return SQL("helped") if value == "co" else SQL("NOT helped"), words


def _by_area(scope: Scope, value: str) -> tuple[Composable, str]:
    name = known({str(each.id): each.name for each in scope.units}, value)
    return SQL("area_id = {}").format(Literal(int(value))), name


def _by_group(scope: Scope, value: str) -> tuple[Composable, str]:
    words = known(GROUPS, value)
    return SQL("{} = ANY(groups)").format(Literal(value)), words


def _by_policy(scope: Scope, value: str) -> tuple[Composable, str]:
    words = known(dict(Policy.choices), value)
    condition = SQL("household_id IN (SELECT household_id FROM gave WHERE policy = {})").format(
        Literal(value)
    )
    return condition, words


def _by_line(scope: Scope, value: str) -> tuple[Composable, str]:
    line = number(value)
    here = Programme.objects.filter(ward__children__in=[each.id for each in scope.units])
    words = here.filter(pk=line).values_list("name", flat=True).first()
    if words is None:
        raise ReportError(_UNKNOWN)
    return SQL("household_id IN (SELECT household_id FROM gave WHERE line_id = {})").format(
        Literal(line)
    ), words


_PARTS = {
    "ho-tro": _by_help,
    "to": _by_area,
    "nhom": _by_group,
    "chinh-sach": _by_policy,
    "chuong-trinh": _by_line,
}


def _of_indicator(scope: Scope, code: str, helped: str, state: str) -> tuple[str, list[int]]:
    where: list[Composable] = [SQL("code = {}").format(Literal(code))]
    words = [f"Đầu năm thiếu hụt {known(indicator_names(), code).lower()}"]
    if helped:
        words.append(
            known({"co": "được hỗ trợ đúng chỉ số này", "khong": "không được hỗ trợ đúng chỉ số này"}, helped)
        )
        where.append(SQL("helped") if helped == "co" else SQL("NOT helped"))
    if state:
        words.append(f"cuối năm {known(MENDED, state).lower()}")
        where.append(SQL("state = {}").format(Literal(state)))
    query = SQL("SELECT household_id FROM mended WHERE {}").format(SQL(" AND ").join(where))
    return ", ".join(words), [pk for (pk,) in run_over(scope, query)]


def line_names(lines: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Line (id, as text) → the name and the policy of the programme that stands first in it. One query."""
    rows = Programme.objects.filter(pk__in=[number(each) for each in lines]).in_order()
    return {str(each.pk): (each.name, each.policy) for each in rows}
