"""What stands around the sheets of a demo ward: its lists, requests, meetings, postings, opinions, certificates."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from households.demo import plan
from households.demo.homes import LISTED, NOT_LISTED, Home
from households.demo.names import Names
from households.demo.places import Staff
from households.demo.sheets import at
from households.models import (
    Certificate,
    Complaint,
    Listing,
    Meeting,
    Notice,
    Opinion,
    PostedSheet,
    Posting,
    Request,
    Round,
    Sheet,
    Status,
    Vote,
)

PLACE = "Nhà văn hoá tổ dân phố"
CHANNELS = ("group_head", "group_head", "counter", "post", "online")


@dataclass
class Ids:
    """Ids of each table's own sequence, so that rows can name each other before they are written."""

    request: Iterator[int]
    listing: Iterator[int]
    meeting: Iterator[int]
    vote: Iterator[int]
    posting: Iterator[int]


@dataclass
class Rows:
    """What waits to be written, by table."""

    requests: list[Request] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    lines: list[PostedSheet] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class Season:
    """Lists, meets, posts and hands out as `households.actions` would have it."""

    def __init__(self, rng: Random, names: Names, staff: Staff, ids: Ids):
        self.rng, self.names, self.staff, self.ids = rng, names, staff, ids
        self.rows = Rows()
        self.serials: dict[int, int] = defaultdict(int)  # certificates issued, by year

    def enlist(self, home: Home, round_: Round) -> Listing:
        """On the list as it stands, or because the household asked."""
        officer = self.staff.officer_of[home.household.area_id]
        asks = round_.kind == Round.Kind.REGULAR or not home.is_listed
        listing = Listing(
            pk=next(self.ids.listing), round=round_, household=home.household, source=Listing.Source.PRESENT_LIST,
            listed_by=self.rng.choice(self.staff.supervisors), listed_at=at(round_.starts_on, 8),
        )  # fmt: skip
        if asks:
            listing.source = Listing.Source.REQUEST
            listing.request = self._request(home, round_)
            if listing.request.form == Request.Form.REVIEW:
                listing.state, listing.checked_by = Listing.State.CHECKED, officer
                listing.checked_on = round_.starts_on
        self.rows.listings.append(listing)
        return listing

    def agree(self, round_: Round, sheets: list[tuple[Home, Sheet]], held_on: date) -> None:
        """One meeting a tổ dân phố, which agrees on every sheet."""
        for area_id, of_area in _by_area(sheets).items():
            chair, secretary = self.names.full("male"), self.names.full("female")
            meeting = Meeting(
                pk=next(self.ids.meeting), round=round_, area_id=area_id, held_on=held_on, place=PLACE, chair=chair,
                secretary=secretary, present=self.rng.randint(28, 70), made_at=at(held_on, 20),
                attendees="Cấp uỷ, tổ dân phố, Ban công tác Mặt trận, rà soát viên và đại diện các hộ",
                made_by=self.staff.officer_of[area_id],
            )  # fmt: skip
            self.rows.meetings.append(meeting)
            for _, sheet in of_area:
                present = meeting.present
                agreed = self.rng.randint(round(present * 0.8), present)
                sheet.vote = Vote(
                    pk=next(self.ids.vote), meeting=meeting, sheet=sheet, score=sheet.score, present=present, agreed=agreed
                )  # fmt: skip
                sheet.state, sheet.version = Sheet.State.AGREED, sheet.version + 1
                self.rows.votes.append(sheet.vote)

    def post(self, round_: Round, sheets: list[tuple[Home, Sheet]], starts_on: date, ends_on: date) -> None:
        """One list a tổ dân phố, with what the residents may read."""
        for area_id, of_area in _by_area(sheets).items():
            posting = Posting(
                pk=next(self.ids.posting), round=round_, area_id=area_id, starts_on=starts_on, ends_on=ends_on,
                place=f"{PLACE} và trụ sở UBND phường", made_by=self.staff.supervisors[0], made_at=at(starts_on, 8),
            )  # fmt: skip
            self.rows.postings.append(posting)
            for home, sheet in of_area:
                sheet.posting, sheet.state, sheet.version = posting, Sheet.State.POSTED, sheet.version + 1
                self.rows.lines.append(_line(posting, home, sheet))

    def contest(self, sheet: Sheet, filed_on: date) -> None:
        self.rows.complaints.append(
            Complaint(
                sheet=sheet, posting=sheet.posting, filed_on=filed_on, complainant=self.names.full("female"),
                questions=["water"], text="Hộ đã dùng nước máy từ tháng 3, đề nghị xem lại nguồn nước.",
                due_on=filed_on + timedelta(days=5), made_by=self.staff.supervisors[0], made_at=at(filed_on, 9),
            )
        )  # fmt: skip
        sheet.state, sheet.version = Sheet.State.CONTESTED, sheet.version + 1

    def ask(self, round_: Round, sheets: list[tuple[Home, Sheet]], sent_on: date) -> None:
        """The ward's report of a periodic review, and the province's answer."""
        opinion = Opinion.objects.create(
            round=round_, letter_number=f"{round_.year % 100 * 9}/BC-UBND", sent_on=sent_on,
            due_on=sent_on + timedelta(days=7), sent_by=self.staff.supervisors[0], made_at=at(sent_on, 9), answer="agreed",
            answer_number=f"{round_.year % 100 * 37}/UBND-VX", answered_on=sent_on + timedelta(days=5),
            recorded_by=self.staff.supervisors[0],
        )  # fmt: skip
        for _, sheet in sheets:
            sheet.opinion = opinion

    def hand_out(self, status: Status, was: str, sheet: Sheet) -> None:
        """The certificate of a class, or of leaving the list; to who asked in vain, the notice."""
        day = status.valid_from + timedelta(days=3)
        kind = status.classification if status.classification in LISTED else "left" if was in LISTED else ""
        if kind:
            self.serials[day.year] += 1
            self.rows.certificates.append(
                Certificate(
                    ward=status.decision.ward, year=day.year, serial=self.serials[day.year], kind=kind,
                    number=f"{self.serials[day.year]:04d}/{day.year}", household=status.household, status=status,
                    holder=next(each["name"] for each in (sheet.facts or {})["people"] if each["is_head"]),
                    issued_on=day, issued_by=self.staff.supervisors[0], issued_at=at(day, 9),
                )
            )  # fmt: skip
        elif status.classification == NOT_LISTED:
            self.rows.notices.append(
                Notice(
                    listing=sheet.listing, number=f"{len(self.rows.notices) + 1}/TB-UBND", issued_on=day,
                    reasons="Điểm thu nhập và số chỉ số thiếu hụt của hộ vượt mức của chuẩn nghèo.",
                    issued_by=self.staff.supervisors[0], issued_at=at(day, 9),
                )
            )  # fmt: skip
        else:
            return
        sheet.state = Sheet.State.CERTIFIED

    def _request(self, home: Home, round_: Round) -> Request:
        received = round_.starts_on - timedelta(days=self.rng.randint(1, 13))
        made = Request(
            pk=next(self.ids.request), household=home.household, received_on=received, taken_in=round_,
            form=Request.Form.LEAVING if home.is_listed else Request.Form.REVIEW, channel=self.rng.choice(CHANNELS),
            applicant=home.members[0].full_name, made_by=self.staff.officer_of[home.household.area_id],
            made_at=at(received, 9), text=plan.INVENTED,
        )  # fmt: skip
        self.rows.requests.append(made)
        return made


def _by_area(sheets: list[tuple[Home, Sheet]]) -> dict[int, list[tuple[Home, Sheet]]]:
    found: dict[int, list[tuple[Home, Sheet]]] = defaultdict(list)
    for home, sheet in sheets:
        found[home.household.area_id].append((home, sheet))
    return found


def _line(posting: Posting, home: Home, sheet: Sheet) -> PostedSheet:
    assert sheet.score is not None  # approved, so scored
    outcome = PostedSheet.Outcome.of(
        home.is_listed, sheet.score.classification in LISTED
    )  # as the list stood
    return PostedSheet(
        posting=posting, sheet=sheet, classification=sheet.score.classification, outcome=outcome,
        head_name=next(each["name"] for each in (sheet.facts or {})["people"] if each["is_head"]),
    )  # fmt: skip
