"""Giấy triệu tập: a letter a unit, with whom it sends, their class, and when and where they study."""

from itertools import groupby
from typing import Any

from thanhsen.papers.layout import CENTRE, Sheet
from thanhsen.papers.tables import Column, again, centred, next_paper, table
from thanhsen.papers.wording import inside, numbered, plain, spoken_day
from trainings.exchange.papers import parts
from trainings.models import Course, RosterVersion, Trainee, TrainingClass, Unit

PEOPLE = [centred("TT", 11), Column("Họ và tên", 60), Column("Chức vụ", 60), centred("Lớp", 29)]
Timetables = dict[
    TrainingClass, tuple[list, Any]
]  # the lessons of a class, and their table once it was written


def summons(course: Course, unit: Unit | None = None) -> bytes:
    """Of every unit that sends somebody, or of one alone."""
    found = Trainee.objects.enrolled().filter(course=course).select_related("unit", "training_class")
    found = found.filter(unit=unit) if unit else found
    people = list(found.order_by("unit__sort_key", "unit", "sort_key", "pk"))
    lessons: Timetables = {
        each: ([parts.lesson(one) for one in parts.sessions_of(each.sessions.all())], None)
        for each in course.classes.in_order()
    }
    sheet, standing = Sheet(f"Giấy triệu tập {course.code}"), _standing(course)
    for place, (sender, sent) in enumerate(groupby(people, key=lambda each: each.unit)):
        if place:
            next_paper(sheet)
        _one(sheet, course, plain(sender.name), list(sent), lessons, standing)
    if not people:
        sheet.body("Chưa có học viên nào trong danh sách.")
    return sheet.saved()


def lacks(course: Course) -> list[str]:
    people = Trainee.objects.enrolled().filter(course=course)
    if not people.exists():
        return ["chưa có học viên"]
    count = people.filter(training_class=None).count()
    return [f"{count} người chưa xếp lớp"] if count else []


def _standing(course: Course) -> str:
    """What the letters rest on: the newest decision, where there is one."""
    frozen = RosterVersion.objects.filter(course=course).defer("lines").newest_first().first()
    if frozen is None:
        return ""
    return f"Căn cứ Quyết định số {numbered(frozen.decision_number)} {spoken_day(frozen.decision_date)}, "


def _one(
    sheet: Sheet, course: Course, unit: str, sent: list[Trainee], lessons: Timetables, standing: str
) -> None:
    name = parts.class_of(course)
    parts.head(sheet, course, "Số: […]/GTT-UBND", parts.DRAFT_DAY)
    sheet.title("GIẤY TRIỆU TẬP", f"Dự {name}")
    sheet.line(f"Kính gửi: {unit}", align=CENTRE, after=8)
    sheet.body(
        f"{standing}Ủy ban nhân dân {inside(course.ward.name)} triệu tập các ông, bà sau đây của đơn vị dự {name}:"
    )
    table(sheet, PEOPLE, [
        (place, each.full_name, each.position_note or each.get_position_display(), each.training_class or "sẽ báo sau")
        for place, each in enumerate(sent, 1)
    ])  # fmt: skip
    for held in dict.fromkeys(each.training_class for each in sent if each.training_class):
        rows, made = lessons[held]
        if not rows:
            sheet.body(f"Lịch học {plain(held.name)}: [thời gian, địa điểm].")
            continue
        sheet.caption(f"Lịch học {plain(held.name)}")
        if made is None:
            lessons[held] = (rows, table(sheet, parts.LESSONS, rows))
        else:
            again(sheet, made)
    sheet.body(
        "Đề nghị đơn vị bố trí công việc để các ông, bà có tên trên dự đủ các buổi. Ai không dự được báo lại trước ngày khai giảng để cử người khác./."
    )
    parts.signed(sheet, course, [f"{unit};", "Lưu: VT."])
