"""What waits in every room of support for one person: the lines of the home page and of the morning page."""

from collections.abc import Callable
from datetime import date

from households.reports.support import grants, livelihoods, outreach, plans, programmes, shocks
from households.reports.support.entries import Waiting
from thanhsen.models import User

ROOMS: tuple[Callable[[User, date], list[Waiting]], ...] = (
    grants.waiting,
    plans.waiting,
    livelihoods.waiting,
    shocks.waiting,
    outreach.waiting,
)


def waiting(user: User, today: date, morning: programmes.Morning | None = None) -> list[Waiting]:
    """Late things first, otherwise in the order of the rooms. The queries do not depend on how much waits.

    `morning`: the rows of the morning page, where they have been asked for already.
    """
    rows = programmes.morning(user, today) if morning is None else morning
    lines = [*programmes.waiting(rows), *(line for tell in ROOMS for line in tell(user, today))]
    return sorted(lines, key=lambda line: not line.is_late)
