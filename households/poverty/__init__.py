"""The law of multidimensional poverty in plain Python: standards as dated data, scoring, measures.

Standard library only; days are passed in, the clock is never asked.
"""

from households.poverty.answers import Answer, Finding, Incomplete, find, lacking_codes
from households.poverty.change import (
    Difference,
    Effects,
    GroupChange,
    MeasuresChange,
    by_dimension,
    change,
    decompose,
    difference,
)
from households.poverty.children import CHILD_BELOW, Children, children
from households.poverty.derive import Derived, derive
from households.poverty.household import EDUCATION, SCHOOLING, SEX, WORK, Facts, Person
from households.poverty.measures import (
    DEFAULT_K,
    GroupMeasures,
    Measures,
    Row,
    by_group,
    measure,
    nested_weights,
)
from households.poverty.scoring import Assessment, CannotClassify, Change, Result, classify
from households.poverty.standard import (
    AreaType,
    Classification,
    DecidedBy,
    Dimension,
    IncomeLine,
    Indicator,
    Mark,
    Option,
    Question,
    Standard,
    UnknownStandard,
    load,
    standard_ids,
    standard_on,
)
from households.poverty.strict import Malformed

__all__ = [
    "CHILD_BELOW",
    "DEFAULT_K",
    "EDUCATION",
    "SCHOOLING",
    "SEX",
    "WORK",
    "Answer",
    "AreaType",
    "Assessment",
    "CannotClassify",
    "Change",
    "Children",
    "Classification",
    "DecidedBy",
    "Derived",
    "Difference",
    "Dimension",
    "Effects",
    "Facts",
    "Finding",
    "GroupChange",
    "GroupMeasures",
    "IncomeLine",
    "Incomplete",
    "Indicator",
    "Malformed",
    "Mark",
    "Measures",
    "MeasuresChange",
    "Option",
    "Person",
    "Question",
    "Result",
    "Row",
    "Standard",
    "UnknownStandard",
    "by_dimension",
    "by_group",
    "change",
    "children",
    "classify",
    "decompose",
    "derive",
    "difference",
    "find",
    "lacking_codes",
    "load",
    "measure",
    "nested_weights",
    "standard_ids",
    "standard_on",
]
