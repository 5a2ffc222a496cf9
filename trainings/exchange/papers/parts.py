"""Pieces that several papers of a course have: head, grounds, signatures, the timetable of a class."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from thanhsen.papers.layout import Sheet
from thanhsen.papers.tables import Column, centred
from thanhsen.papers.wording import inside, numbered, place_name, plain, spoken_day
from thanhsen.vietnamese import day, number
from trainings.models import CostLine, Course, RosterVersion, Session
from trainings.models.signing import lines_of

FOR_THE_COMMITTEE = ("TM. ỦY BAN NHÂN DÂN", "bold")
NAME = "[Họ và tên]"
DRAFT_DAY = "ngày … tháng … năm …"
LESSONS = [
    centred("Buổi", 16), centred("Thời gian", 31), Column("Nội dung", 51), Column("Báo cáo viên", 31), Column("Nơi học", 31),
]  # fmt: skip
BY_LAW = [
    "Luật Tổ chức chính quyền địa phương [số, ngày]",
    "Thông tư số 36/2018/TT-BTC của Bộ Tài chính hướng dẫn việc lập dự toán, quản lý, sử dụng và quyết toán kinh phí dành cho công tác đào tạo, bồi dưỡng cán bộ, công chức, viên chức, được sửa đổi, bổ sung bởi Thông tư số 06/2023/TT-BTC",
]
LEAD = re.compile(r"^căn cứ\s+", re.IGNORECASE)
KIND = re.compile(r"(lớp|khoá|khóa|hội nghị)\b", re.IGNORECASE)


def head(sheet: Sheet, course: Course, number: str, day: str) -> None:
    sheet.head([course.ward.name.upper()], number, f"{place_name(course.ward.name)}, {day}")


def signed(
    sheet: Sheet, by: Course | RosterVersion, receivers: Sequence[str], *, for_committee: bool = True
) -> None:
    """`by`: what says who signs. `receivers`: of "Nơi nhận", each with its own mark at the end. `for_committee`: not a
    decision of the chair, who signs for nobody else."""
    left = [("Nơi nhận:", "receivers"), *((f"- {each}", "small") for each in receivers)]
    capacity = [(each, "bold") for each in lines_of(by.signer_title)]
    lead = [FOR_THE_COMMITTEE] if for_committee else []
    sheet.signatures(left, [*lead, *capacity, (plain(by.signer) or NAME, "place")])


def grounds(sheet: Sheet, costs: Iterable[CostLine], *more: str) -> None:
    """The law in general, what the cost lines were entered to rest on, each once, and `more`; the last ends with a stop."""
    entered = [LEAD.sub("", plain(each.legal_basis)).rstrip(" .;") for each in costs]
    said = " ".join(BY_LAW).lower()
    law = dict.fromkeys([*BY_LAW, *(one for one in entered if one and one.lower() not in said)])
    lines = [*(f"Căn cứ {each}" for each in law), *more]
    for each in lines:
        sheet.body(f"{each}{'.' if each == lines[-1] else ';'}", italic=True)


def class_of(course: Course) -> str:
    """What people are called to, inside a sentence: lớp tập huấn …, as the course is named."""
    name = inside(plain(course.name))
    return name if KIND.match(name) else f"lớp {name}"


def days_of(course: Course) -> str:
    """When the course is held: one day, or from one to another."""
    if course.starts_on == course.ends_on:
        return spoken_day(course.starts_on)
    return f"từ {spoken_day(course.starts_on)} đến {spoken_day(course.ends_on)}"


def plan_of(course: Course) -> str:
    """The plan as later papers cite it."""
    known = (
        f"số {numbered(course.plan_number)} {spoken_day(course.plan_date)}".rstrip()
        if course.plan_number
        else "[số, ngày]"
    )
    return f"Kế hoạch {known} của Ủy ban nhân dân {inside(course.ward.name)}"


def costs_of(course: Course) -> list[CostLine]:
    return list(CostLine.objects.filter(course=course).order_by("number"))


def sessions_of(found: Any) -> list[Session]:
    return list(found.taking_place().select_related("topic", "speaker", "venue").in_order())


def lesson(session: Session) -> tuple[str, ...]:
    """Which, when, what, who, where."""
    begins, ends = localtime(session.starts_at), localtime(session.ends_at)
    when = f"{begins:%H:%M} – {ends:%H:%M}\n{day(begins.date())}"
    what = session.topic.name if session.topic else session.get_kind_display()
    who = session.speaker.full_name if session.speaker else "[báo cáo viên]"
    return (str(session.number), when, what, who, session.venue.name if session.venue else "[nơi học]")


def quantity(value: Decimal) -> str:
    """250 or 2,5, as it was entered: not 250,00."""
    return number(int(value) if value == value.to_integral_value() else value.normalize())
