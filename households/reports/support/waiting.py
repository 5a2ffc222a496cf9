"""What waits in every room of support for one person: the lines of the home page and of the morning page."""

from collections.abc import Callable
from datetime import date

from households.reports.support import grants, livelihoods, outreach, plans, programmes, shocks
from thanhsen.models import User
from thanhsen.waiting import Asked, Waiting, counted

ROOMS: tuple[Callable[[User, date], list[Asked]], ...] = (
    grants.waiting,
    plans.waiting,
    livelihoods.waiting,
    shocks.waiting,
    outreach.waiting,
)


def waiting(user: User, today: date, morning: programmes.Morning = ()) -> list[Waiting]:
    """Late things first, otherwise in the order of the rooms. One query. `morning`: the rows of the morning page, whose
    two sums then stand among them; the home page leaves them to that page."""
    lines = counted(user, [line for tell in ROOMS for line in tell(user, today)])
    return sorted([*programmes.waiting(morning), *lines], key=lambda line: not line.is_late)
