"""Rows that may be one person: `compare` is the one reference; `within` a list and `against_register` find the pairs.

`comparing`: what two rows have in common, scored and told. `listed`: the pairs of a list, in memory. `stored`: those
of a list and the register, and of the register itself, in SQL.
"""

from households.reports.alike.comparing import TOLD, Kind, Pair, Person, compare, same_name
from households.reports.alike.listed import within
from households.reports.alike.stored import against_register, in_register

__all__ = [
    "TOLD",
    "Kind",
    "Pair",
    "Person",
    "against_register",
    "compare",
    "in_register",
    "same_name",
    "within",
]
