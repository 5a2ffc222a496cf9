"""The register, one line a person, in the columns it is imported by: sent back as it is, it changes nothing."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from households.exchange.lists import households
from households.models import Household, Member
from households.models.people import Ethnicity, Housing, Livelihood, Relationship, Sex
from households.poverty import EDUCATION, SCHOOLING, WORK
from thanhsen.lists import Column, Found, Kind, List
from thanhsen.permissions import Permission

UNREAD = ("search", "sort_key")  # what an index needs, and no file


def find(request, *, today: date) -> Found:
    """The households of the page with the people in each, or who left the register with it."""
    found = households.find(request, today=today)
    people = Member.objects.present_or_last().head_first().defer(*UNREAD)
    records = found.records.prefetch_related(None).defer(*UNREAD)
    return Found(records.prefetch_related(Prefetch("members", people, to_attr="people")), found.asked)


def people(records: list[Household]) -> list[Member]:
    """The lines: the people of one household after those of the other, the head first."""
    return [member for household in records for member in household.people]  # type: ignore[attr-defined]


def _yes(value: bool | None) -> str:
    """An empty cell keeps what the register has, so "no" is written out."""
    return "" if value is None else "có" if value else "không"


def _of(name: str):
    return lambda member: getattr(member.household, name)


def _own(name: str):
    return lambda member: getattr(member, name)


def _named(take, choices: Any):
    labels = dict(choices)
    return lambda member: labels.get(take(member), "")


def _told(take):
    return lambda member: _yes(take(member))


def _stamp(member: Member) -> str:
    return f"{member.household.version}.{member.version}"


# What stands in each column of an import, by its name there.
VALUES = {
    "code": _of("code"),
    "area": lambda member: member.household.area.name,
    "area_code": lambda member: member.household.area.code,
    "address": _of("address"),
    "phone": _of("phone"),
    "livelihood": _named(_of("livelihood"), Livelihood.choices),
    "housing": _named(_of("housing"), Housing.choices),
    "floor_area": _of("floor_area"),
    "no_labour": _told(_of("no_labour")),
    "merit": _told(_of("merit")),
    "social_protection": _told(_of("social_protection")),
    "note": _of("note"),
    "opened_date": _of("opened_date"),
    "member": lambda member: str(member.pk),
    "full_name": _own("full_name"),
    "relationship": _named(_own("relationship"), Relationship.choices),
    "sex": _named(_own("sex"), Sex.choices),
    "birth": _own("birth_date"),
    "birth_year": _own("birth_year"),
    "cccd": _own("cccd"),
    "cccd_note": _own("cccd_note"),
    "old_id": _own("old_id"),
    "ethnicity": _named(_own("ethnicity"), Ethnicity.choices),
    "schooling": _named(_own("schooling"), SCHOOLING),
    "education": _named(_own("education"), EDUCATION),
    "employer_trained": _told(_own("employer_trained")),
    "work": _named(_own("work"), WORK),
    "has_insurance": _told(_own("has_insurance")),
    "undernourished": _told(_own("undernourished")),
    "has_disability": _told(_own("has_disability")),
    "has_monthly_allowance": _told(_own("has_monthly_allowance")),
    "stamp": _stamp,
}
KINDS = {
    "floor_area": Kind.DECIMAL,
    "opened_date": Kind.DAY,
    "birth": Kind.DAY,
    "birth_year": Kind.YEAR,
}
SECRET = {"cccd", "old_id"}
HEADINGS = {
    "code": ("Mã hộ", 14),
    "area": ("Tổ dân phố", 22),
    "area_code": ("Mã tổ dân phố", 14),
    "address": ("Địa chỉ", 32),
    "phone": ("Điện thoại", 13),
    "livelihood": ("Sinh kế chính", 18),
    "housing": ("Loại nhà", 16),
    "floor_area": ("Diện tích nhà ở (m²)", 12),
    "no_labour": ("Không có khả năng lao động", 13),
    "merit": ("Có người có công với cách mạng", 13),
    "social_protection": ("Hộ bảo trợ xã hội", 12),
    "note": ("Ghi chú", 30),
    "opened_date": ("Vào sổ ngày", 13),
    "member": ("Mã người", 12),
    "full_name": ("Họ và tên", 28),
    "relationship": ("Quan hệ với chủ hộ", 18),
    "sex": ("Giới tính", 9),
    "birth": ("Ngày sinh", 13),
    "birth_year": ("Năm sinh", 9),
    "cccd": ("Số CCCD", 16),
    "cccd_note": ("Lý do CCCD không khớp", 24),
    "old_id": ("Số CMND cũ", 13),
    "ethnicity": ("Dân tộc", 12),
    "schooling": ("Đang học", 20),
    "education": ("Bằng cấp cao nhất", 20),
    "employer_trained": ("Được người sử dụng lao động đào tạo, xác nhận", 16),
    "work": ("Việc làm", 28),
    "has_insurance": ("Có BHYT", 9),
    "undernourished": ("Suy dinh dưỡng", 11),
    "has_disability": ("Khuyết tật", 10),
    "has_monthly_allowance": ("Hưởng trợ cấp xã hội hằng tháng", 14),
    "stamp": ("Phiên bản", 10),
}

REGISTER = List(
    title="Sổ hộ gia đình",
    file="so-ho",
    act="register.export",
    permission=Permission.VIEW_HOUSEHOLDS,
    of=Household,
    unit="hộ",
    columns=[
        Column(heading, VALUES[name], width, KINDS.get(name, Kind.TEXT), secret=name in SECRET)
        for name, (heading, width) in HEADINGS.items()
    ],
    find=find,
    lines=people,
    note="Mỗi người một dòng, đúng các cột của mẫu nhập: sửa trên Excel rồi nhập lại được.",
)
