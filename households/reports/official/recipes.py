"""Which recipe makes which content."""

from households.reports.forms import Content
from households.reports.official import (
    causes,
    children,
    ethnicity,
    groups,
    lacking,
    movement,
    results,
    stock,
)
from households.reports.official.parts import Recipe

RECIPES: dict[Content, Recipe] = {
    Content.STOCK: stock.RECIPE,
    Content.MOVEMENT: movement.RECIPE,
    Content.LACKING: lacking.RECIPE,
    Content.LACKING_RATES: lacking.RECIPE,
    Content.GROUPS: groups.RECIPE,
    Content.ETHNICITY: ethnicity.RECIPE,
    Content.CAUSES: causes.RECIPE,
    Content.CHILDREN: children.RECIPE,
    Content.RESULTS: results.RECIPE,
}
