"""The books of the first years of the demo ward, closed: their reports are kept as they were."""

from households.actions.years import close_year
from households.demo import plan
from households.demo.accounts import USERNAMES
from households.models import ClosedYear
from households.reports import freeze
from thanhsen.models import Area, User
from thanhsen.permissions import Role

LAST = 2023
REASON = f"Báo cáo chính thức số 118/BC-UBND ngày 20/12/2023. {plan.INVENTED}"


def close_first_years() -> ClosedYear:
    """2022 and 2023 of the first ward, by its chair."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    chair = User.objects.get(username=USERNAMES[Role.APPROVER])
    return close_year(by=chair, ward=ward, year=LAST, reason=REASON, today=plan.NOW, freeze=freeze)
