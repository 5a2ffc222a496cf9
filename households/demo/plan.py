"""How much of everything happens in a demo ward, as shares of the list of December 2023."""

from dataclasses import dataclass
from datetime import date

LISTED = 1_280  # households on the list of a ward at the opening
YEARS = (2024, 2025, 2026)
LAST = 2026  # its periodic round is still open
STANDARD, ADVISORY = "2022-2026", "2027-2030"
POOR_SHARE = 0.375
LEFT_BEFORE, NEVER_LISTED = (
    0.156,
    0.66,
)  # in the register, not on the list: left it in 2023; only ever asked for
SURVEYED = 1.094  # sheets a year, the requests included
REGULAR = {2025: (date(2025, 5, 15), "05/2025"), 2026: (date(2026, 4, 15), "04/2026")}
NOW = date(2026, 11, 20)  # the day until which the open round has come
# Some tổ dân phố of the open round are ahead: surveyed by a day, met, their lists posted.
AHEAD, MET, POSTED = date(2026, 11, 10), date(2026, 11, 13), (date(2026, 11, 16), date(2026, 11, 18))
# State of the sheets of the other tổ dân phố; the rest of the list is not surveyed yet.
OPEN_STATES = {"approved": 0.55, "submitted": 0.15, "returned": 0.08, "draft": 0.12, "": 0.10}
DECISIONS = {
    2022: ("1912/QĐ-UBND", date(2022, 12, 15)),
    2023: ("2047/QĐ-UBND", date(2023, 12, 14)),
    2024: ("1986/QĐ-UBND", date(2024, 12, 12)),
    2025: ("874/QĐ-UBND", date(2025, 12, 11)),
}
REGULAR_DECISIONS = {2025: ("312/QĐ-UBND", date(2025, 5, 29)), 2026: ("265/QĐ-UBND", date(2026, 4, 28))}
INVENTED = "Số liệu minh hoạ, máy bịa ra."
BEFORE_MERGER = f"{INVENTED} Số liệu trước khi sáp nhập, ghi lại theo địa bàn hiện nay."


@dataclass(frozen=True)
class Quotas:
    """Households a year, out of the opening list. At least one of each, however small the ward."""

    poor_to_near: int
    poor_out: int
    near_out: int
    near_to_poor: int
    newly_poor: int
    poor_again: int
    newly_near: int
    average: int
    poor_moved_out: int
    poor_died_out: int
    poor_merged: int
    near_moved_out: int
    near_died_out: int
    near_merged: int
    poor_moved_in: int
    near_moved_in: int
    poor_split: int
    near_split: int
    moved_inside: int
    departures: int
    regular: int


SHARES = dict(
    poor_to_near=0.044, poor_out=0.028, near_out=0.096, near_to_poor=0.016, newly_poor=0.014, poor_again=0.006,
    newly_near=0.030, average=0.010, poor_moved_out=0.003, poor_died_out=0.0045, poor_merged=0.0016,
    near_moved_out=0.005, near_died_out=0.0025, near_merged=0.0016, poor_moved_in=0.003, near_moved_in=0.004,
    poor_split=0.0024, near_split=0.003, moved_inside=0.003, departures=0.003, regular=0.004,
)  # fmt: skip


def quotas(listed: int) -> Quotas:
    return Quotas(**{name: max(1, round(share * listed)) for name, share in SHARES.items()})
