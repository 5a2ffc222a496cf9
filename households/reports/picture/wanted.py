"""What the picture counts on the closing day: every part of the poor and of the near-poor households, in one query."""

from collections.abc import Mapping
from datetime import date

from psycopg.sql import SQL, Composable, Literal

from households.models.causes import Cause, Shock
from households.models.people import Livelihood
from households.poverty import Classification, Standard
from households.reports import composition
from households.reports.held import Figure, of_class
from households.reports.rows import Figures

CAUSES = {each.value: str(each.label) for each in Cause}
SHOCKS = {each.value: str(each.label) for each in Shock}
GROUPS = {
    "minority": "Dân tộc thiểu số",
    "no_labour": "Không có khả năng lao động",
    "merit": "Có người có công với cách mạng",
    "social_protection": "Hộ bảo trợ xã hội",
    "female_head": "Chủ hộ là nữ",
    "children": "Có trẻ em dưới 16 tuổi",
}
LIVELIHOODS = {each.value: str(each.label) for each in Livelihood} | {"unknown": "Chưa ghi sinh kế"}
LASTING = "lasting"

_GROUPS: dict[str, Composable] = {
    "minority": composition.MINORITY,
    "no_labour": SQL("held.no_labour"),
    "merit": SQL("held.merit"),
    "social_protection": SQL("held.social_protection"),
    "female_head": composition.FEMALE_HEAD,
    "children": SQL("held.children > 0"),
}
_WAS_POOR = SQL(
    "EXISTS (SELECT 1 FROM held earlier WHERE earlier.household_id = held.household_id"
    " AND earlier.classification = 'poor' AND earlier.valid_from <= {day}"
    " AND (earlier.valid_to IS NULL OR earlier.valid_to > {day}))"
)


def wanted(standard: Standard, year: int) -> dict[str, Figure]:
    """By key: `<class>`; `<class>_indicator-<code>` … `-cause-`, `-shock-`, `-group-`, `-livelihood-`;
    `poor_lasting`, poor also at the end of both years before."""
    parts: dict[str, Composable] = {
        f"indicator-{code}": SQL("held.standard_id = {} AND {} = ANY(held.lacking)").format(
            Literal(standard.id), Literal(code)
        )
        for code in standard.codes
    }
    parts |= {f"cause-{code}": SQL("{} = ANY(held.causes)").format(Literal(code)) for code in CAUSES}
    parts |= {f"shock-{code}": SQL("{} = ANY(held.shocks)").format(Literal(code)) for code in SHOCKS}
    parts |= {f"group-{name}": where for name, where in _GROUPS.items()}
    parts |= {
        f"livelihood-{code}": SQL("held.livelihood = {}").format(Literal("" if code == "unknown" else code))
        for code in LIVELIHOODS
    }
    found = {}
    for of in (Classification.POOR, Classification.NEAR_POOR):
        found[of.value] = of_class(of)
        found |= {f"{of.value}_{key}": of_class(of).narrowed(where) for key, where in parts.items()}
    for back in (1, 2):
        day = Literal(date(year - back, 12, 31))
        so_far = found.get(f"poor_{LASTING}", found["poor"])
        found[f"poor_{LASTING}"] = so_far.narrowed(_WAS_POOR.format(day=day))
    return found


def summed(figures: Figures, keys: Mapping[str, Figure]) -> dict[str, int]:
    """All tổ dân phố together."""
    return {key: sum(each[key] for each in figures.values()) for key in keys}
