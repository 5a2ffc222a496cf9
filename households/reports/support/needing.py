"""What became in a year of the needs of households: what was opened, how it was closed, what is still open."""

from psycopg.sql import SQL, Literal

from households.models import Cause, Need
from households.reports.errors import ReportError
from households.reports.held import Scope, run
from households.reports.support.indicators import indicator_names

# Needs that were there in the year, by the tổ dân phố the household belongs to now. What was a mistake never was.
_NEED_STATES = {
    "all": SQL("true"),
    "opened": SQL("need.opened_on >= %(opening)s"),
    "helped": SQL(
        "EXISTS (SELECT 1 FROM households_planstep step JOIN households_support s ON s.id = step.support_id"
        " WHERE step.need_id = need.id AND s.voided_at IS NULL AND s.valid_from <= %(closing)s)"
    ),
    "met": SQL("need.close_reason = 'met' AND need.closed_on <= %(closing)s"),
    "standard": SQL("need.close_reason = 'standard' AND need.closed_on <= %(closing)s"),
    "solved": SQL("need.close_reason = 'solved' AND need.closed_on <= %(closing)s"),
    "withdrawn": SQL("need.close_reason = 'withdrawn' AND need.closed_on <= %(closing)s"),
    "left": SQL("need.close_reason = 'left' AND need.closed_on <= %(closing)s"),
    "open": SQL("(need.closed_on IS NULL OR need.closed_on > %(closing)s)"),
}
NEED_STATES = {
    "all": "Có trong năm",
    "opened": "Mở trong năm",
    "helped": "Có khoản hỗ trợ gắn vào",
    "met": "Phiếu sau hết thiếu",
    "standard": "Chuẩn mới không còn",
    "solved": "Đã đáp ứng",
    "withdrawn": "Gia đình thôi",
    "left": "Hộ ra khỏi sổ",
    "open": "Còn mở cuối năm",
}
_THERE = SQL("""
  FROM households_need need JOIN households_household household ON household.id = need.household_id
 WHERE household.area_id = ANY(%(areas)s) AND need.close_reason <> 'mistake'
   AND need.opened_on <= %(closing)s AND (need.closed_on IS NULL OR need.closed_on >= %(opening)s)
""")
_NEEDS = SQL("WITH {relation} SELECT need.kind, need.code, {columns} {there} GROUP BY 1, 2")
_NEEDS_BEHIND = SQL(
    "WITH {relation} SELECT DISTINCT need.household_id {there} AND need.kind = {kind} AND need.code = {code} AND {state}"
)


Key = tuple[str, str]  # kind and code of a need; of kind "other" the code is ""
Needs = dict[Key, dict[str, int]]


def needs(scope: Scope) -> Needs:
    """(kind, code) → state of `NEED_STATES` → households with such a need in the year. One query. A household with
    several needs of kind "other" may be in several states."""
    columns = SQL(", ").join(
        SQL("count(DISTINCT need.household_id) FILTER (WHERE {})").format(each)
        for each in _NEED_STATES.values()
    )
    rows = run(scope, _NEEDS, columns=columns, there=_THERE)
    found = {(kind, code): dict(zip(_NEED_STATES, counts, strict=True)) for kind, code, *counts in rows}
    order = [*indicator_names(), *Cause.values, ""]
    return dict(
        sorted(found.items(), key=lambda each: (each[0][0] == "other", each[0][0] == "cause", order.index(each[0][1]) if each[0][1] in order else 99))
    )  # fmt: skip


def needing(scope: Scope, key: str, state: str) -> tuple[str, list[int]]:
    """The need "kind:code" in words and the ids of the households in one of `NEED_STATES`. One query. ReportError
    for a need or state that is not in the table."""
    kind, _, code = key.partition(":")
    name = need_names().get((kind, code))
    if name is None or state not in NEED_STATES:
        raise ReportError("Không có số liệu như vậy: quay lại bảng và bấm vào một con số.")
    rows = run(
        scope, _NEEDS_BEHIND, there=_THERE, kind=Literal(kind), code=Literal(code), state=_NEED_STATES[state]
    )
    return f"Nhu cầu: {name.lower()}, {NEED_STATES[state].lower()}", [pk for (pk,) in rows]


def need_names() -> dict[Key, str]:
    """Every need in words: the indicators, the causes of form 10, the others."""
    return {
        **{("indicator", code): name for code, name in indicator_names().items()},
        **{("cause", cause.value): str(cause.label) for cause in Cause},
        ("other", ""): str(Need.Kind.OTHER.label),
    }
