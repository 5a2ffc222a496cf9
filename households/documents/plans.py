"""What stands on the paper of a household's plan beside the plan itself."""

from datetime import date
from typing import Any

from households.models import Household, Status
from households.models.support.plans import NeedQuerySet


def beside_the_plan(home: Household, on: date, needs: NeedQuerySet) -> dict[str, Any]:
    """As JSON holds it (`Plan.signed_as`): who and where the household is, its class in force on a day, its needs."""
    status = Status.objects.on(on).filter(household=home).first()
    return {
        "head": home.head_name,
        "address": home.address,
        "area": home.area.name,
        "classification": status.classification if status else "",
        "since": f"{status.valid_from}" if status else "",
        "needs": list(needs.in_order().values("pk", "kind", "code", "text", "family_words")),
    }
