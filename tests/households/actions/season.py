"""Steps of a season as tests take them."""

from datetime import date

from households.actions import listing, meetings, postings
from households.actions.meetings import Ballot
from tests.households.factories import (
    make_household,
    make_sheet,
    submit,
)
from thanhsen.workdays import Calendar

TODAY = date(2026, 11, 20)
MINUTES = {
    "held_on": date(2026, 10, 20), "place": "Nhà văn hoá", "chair": "Lê Chủ Trì", "secretary": "Phan Thư Ký", "present": 40,
    "attendees": "", "opinions": "",
}  # fmt: skip
REGULAR = {
    "kind": "regular", "name": "Thường xuyên 10/2026", "starts_on": date(2026, 10, 15), "ends_on": date(2026, 10, 20),
}  # fmt: skip


def ask(place, household, form="01", received_on=date(2026, 10, 1), **more):
    return listing.register_request(
        by=place.officer, household=household, form=form, received_on=received_on, channel="counter", applicant="Lê A",
        today=TODAY, **more,
    )  # fmt: skip


def handed_in(place, **more):
    return submit(make_sheet(place.round, make_household(place.group), place.officer, **more), place.officer)


def meet(place, sheets, agreed=30, opinion="", **more):
    ballots = [Ballot(each.pk, each.version, agreed, opinion) for each in sheets]
    given = {"minutes": MINUTES, "today": TODAY, **more}
    return meetings.record_meeting(
        by=place.officer, round_=place.round, area=place.group, ballots=ballots, **given
    )


def hang(here, **more):
    given = {"starts_on": date(2026, 10, 21), "ends_on": date(2026, 10, 23), "place": "Nhà văn hoá", **more}
    return postings.post_list(
        by=here.supervisor, round_=here.round, area=here.group, calendar=Calendar(), today=TODAY, **given
    )
