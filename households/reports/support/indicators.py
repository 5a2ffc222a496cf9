"""The indicators of every standard by name, for tables that stand across two of them."""

from functools import cache

from households.poverty import load, standard_ids


@cache
def indicator_names() -> dict[str, str]:
    """Code → name of every indicator of every standard, the newest wording, in the order of the standards."""
    return {each.code: each.name for standard in standard_ids() for each in load(standard).indicators}
