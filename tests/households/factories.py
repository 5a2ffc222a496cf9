"""Invented households for tests, made through the portal's own actions."""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from households.actions import decisions, register, rounds, survey
from households.actions.decisions import Ruling
from households.models import (
    Decision,
    Household,
    Listing,
    Meeting,
    Member,
    PostedSheet,
    Posting,
    Programme,
    Relationship,
    Round,
    Sheet,
    Status,
    Support,
    Vote,
)
from tests.factories import make_group
from thanhsen.models import Area, User

_numbers = count(1)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SURVEYED = date(2026, 10, 5)
AT = datetime(2026, 10, 5, 9, 30, tzinfo=HANOI)
WELL = {  # a grown-up who makes no indicator lack
    "sex": "male", "birth_year": 1980, "ethnicity": "01", "schooling": "none", "education": "upper_secondary",
    "work": "wage_contract", "has_insurance": True,
}  # fmt: skip


def make_household(
    area: Area | None = None, head: dict | None = None, opened_date: date = date(2022, 1, 1), **fields
) -> Household:
    opened_reason = fields.pop("opened_reason", Household.OpenedReason.REGISTERED)
    return register.open_household(
        by=None,
        household={"area": area or make_group(), "floor_area": 60, **fields},
        head={"full_name": f"Trần Văn {next(_numbers)}", **WELL, **(head or {})},
        opened_date=opened_date,
        opened_reason=opened_reason,
    )


def make_member(household: Household, **fields) -> Member:
    values = {"full_name": f"Lê Thị {next(_numbers)}", **WELL, "relationship": Relationship.CHILD, **fields}
    return register.add_member(by=None, household=household, values=values, joined_date=None)


def make_round(ward: Area, year: int = 2026, **fields) -> Round:
    values = {
        "ward": ward, "year": year, "name": f"Rà soát định kỳ năm {year}", "standard_id": "2022-2026",
        "starts_on": date(year, 9, 1), "ends_on": date(year, 12, 14), "needs_opinion": False,
    }  # fmt: skip
    return rounds.open_round(by=None, values={**values, **fields})


# Answers under the standard 2022-2026, with nothing lacking.
FINE = {
    **{code: {"lacking": False} for code in (
        "employment", "dependants", "nutrition", "insurance", "adult_education", "schooling", "housing_area",
    )},
    "housing_quality": {"value": ["wall", "pillar", "roof"]},
    "water": {"value": "piped"},
    "toilet": {"value": "septic"},
    "telecom": {"value": "yes"},
    "info_means": {"value": ["television"]},
}  # fmt: skip
LACKS = {
    "housing_quality": {"value": []},
    "water": {"value": "other"},
    "toilet": {"value": "none"},
    "telecom": {"value": "no"},
    "info_means": {"value": []},
}


def answers(lacking: int = 0) -> dict:
    """Answers of which the first `lacking` (at most 5) asked indicators lack."""
    return {**FINE, **dict(list(LACKS.items())[:lacking])}


def make_listing(round_: Round, household: Household) -> Listing:
    """The household on the list of the round, as one of the present list would be."""
    return Listing.objects.get_or_create(
        round=round_, household=household, defaults={"source": Listing.Source.PRESENT_LIST}
    )[0]


def make_sheet(
    round_: Round, household: Household, by: User, lacking: int = 3, income_score: int = 150, **values
) -> Sheet:
    """A complete draft: classified by `income_score` and `lacking` indicators."""
    make_listing(round_, household)
    sheet, _ = survey.start_sheet(
        by=by, round_=round_, household=household, surveyed_on=date(round_.year, 10, 5)
    )
    filled = {
        "income_score": income_score,
        "answers": answers(lacking),
        "causes": ["capital"],
        "main_cause": "capital",
        **values,
    }
    return survey.save_draft(by=by, sheet=sheet, version=None, values=filled, at=AT)


def submit(sheet: Sheet, by: User) -> Sheet:
    return survey.submit(by=by, sheet=sheet, version=None, at=AT, today=date(2100, 1, 1))


def approve(sheet: Sheet, by: User) -> Sheet:
    return survey.approve(by=by, sheet=sheet, version=None, at=AT)


def agree(sheet: Sheet, held_on: date | None = None) -> Sheet:
    """The residents' meeting of its tổ dân phố agreed on the approved sheet, 30 of 40."""
    meeting = Meeting.objects.create(
        round=sheet.round, area=sheet.household.area, held_on=held_on or date(sheet.round.year, 10, 20), place="Nhà văn hoá", chair="Lê Chủ Trì",
        secretary="Phan Thư Ký", present=40,
    )  # fmt: skip
    vote = Vote.objects.create(meeting=meeting, sheet=sheet, score=sheet.score, present=40, agreed=30)
    return _moved(sheet, state="agreed", vote=vote)


def post(sheet: Sheet, starts_on: date | None = None, ends_on: date | None = None) -> Sheet:
    """The agreed sheet on a posted list of its tổ dân phố."""
    year = sheet.round.year
    posting = Posting.objects.create(
        round=sheet.round,
        area=sheet.household.area,
        starts_on=starts_on or date(year, 10, 21),
        ends_on=ends_on or date(year, 10, 23),
        place="Nhà văn hoá",
    )
    PostedSheet.objects.create(
        posting=posting, sheet=sheet, head_name=sheet.household.head_name,
        classification=sheet.score.classification, outcome="entering",
    )  # fmt: skip
    return _moved(sheet, state="posted", posting=posting)


def ready(sheet: Sheet, supervisor: User) -> Sheet:
    """A submitted sheet brought to where a decision of 24 October or later can take it up."""
    return post(agree(approve(sheet, supervisor)))


def _moved(sheet: Sheet, **values) -> Sheet:
    for name, value in values.items():
        setattr(sheet, name, value)
    sheet.version += 1
    sheet.save(update_fields=[*values, "version"])
    return sheet


def make_decision(
    ward: Area, day: date, rulings: list[Ruling], number: str | None = None, standard_id: str = "2022-2026"
) -> Decision:
    return decisions.record_decision(
        by=None, ward=ward, number=number or f"{next(_numbers)}/QĐ-UBND", date=day, signer="Chủ tịch",
        standard_id=standard_id, rulings=rulings,
    )  # fmt: skip


def make_status(
    household: Household, classification: str, day: date, size: int = 1, lacking: tuple[str, ...] = ()
) -> Status:
    ruling = Ruling(household=household, classification=classification, size=size, lacking=lacking)
    ward = Area.objects.get(pk=household.area.parent_id)
    return make_decision(ward, day, [ruling]).statuses.get()


def make_programme(ward, **values) -> Programme:
    """Insurance for poor households for a year, of 2026 on, unless told otherwise; the first of its line."""
    made = Programme.objects.create(
        **{
            "ward": ward, "policy": "insurance", "name": f"Chương trình {Programme.objects.count() + 1}",
            "legal_basis": "Quyết định (ví dụ)", "content": "Theo quyết định", "source": "Ngân sách nhà nước",
            "per": "year", "valid_from": date(2022, 1, 1), "classes": ["poor"], **values,
        }
    )  # fmt: skip
    made.line_id = made.pk if made.replaces_id is None else made.replaces.line_id
    made.save(update_fields=["line"])
    return made


def make_support(programme, household, member=None, **values) -> Support:
    """Given by `programme` for 2026, unless told otherwise."""
    return Support.objects.create(
        **{
            "household": household, "member": member, "person_id": member and member.person_id, "area": household.area, "programme": programme,
            "line_id": programme.line_id, "policy": programme.policy, "content": programme.name, "reason": "Ví dụ",
            "source": programme.source, "valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1), **values,
        }
    )  # fmt: skip
