"""Giấy triệu tập: one page a unit, with whom it sends, their class, and when and where they study."""

from itertools import groupby

from thanhsen.papers.layout import Sheet
from thanhsen.papers.wording import inside, place_name, plain
from trainings.exchange.papers.words import CHAIR, DRAFT_DAY, LESSONS, lesson, sessions_of
from trainings.models import Course, Trainee

PEOPLE = [("TT", 11, True), ("Họ và tên", 60, False), ("Chức vụ", 60, False), ("Lớp", 29, True)]


def summons(course: Course) -> bytes:
    found = Trainee.objects.enrolled().filter(course=course).select_related("unit", "training_class")
    people = list(found.order_by("unit__sort_key", "unit", "sort_key", "pk"))
    lessons = {
        each.pk: [lesson(one) for one in sessions_of(each.sessions.all())]
        for each in course.classes.in_order()
    }
    sheet = Sheet(f"Giấy triệu tập {course.code}")
    for place, (unit, sent) in enumerate(groupby(people, key=lambda each: each.unit)):
        if place:
            sheet.new_page()
        _one(sheet, course, plain(unit.name), list(sent), lessons)
    if not people:
        sheet.body("Chưa có học viên nào trong danh sách.")
    return sheet.saved()


def lacks(course: Course) -> list[str]:
    people = Trainee.objects.enrolled().filter(course=course)
    if not people.exists():
        return ["chưa có học viên"]
    count = people.filter(training_class=None).count()
    return [f"{count} người chưa xếp lớp"] if count else []


def _one(sheet: Sheet, course: Course, unit: str, sent: list[Trainee], lessons: dict[int, list]) -> None:
    sheet.head([course.ward.name.upper()], "Số: […]/GTT-UBND", f"{place_name(course.ward.name)}, {DRAFT_DAY}")
    sheet.title("GIẤY TRIỆU TẬP", f"Học viên dự {inside(plain(course.name))}")
    sheet.body(
        f"Ủy ban nhân dân {inside(course.ward.name)} triệu tập các ông, bà thuộc {unit} sau đây dự lớp:"
    )
    sheet.table(PEOPLE, [
        (str(place), plain(each.full_name), plain(each.position_note or each.get_position_display()), plain(each.training_class or "sẽ báo sau"))
        for place, each in enumerate(sent, 1)
    ])  # fmt: skip
    for held in dict.fromkeys(each.training_class for each in sent if each.training_class):
        sheet.caption(f"Lịch học {held.name}")
        sheet.table(LESSONS, lessons[held.pk])
    sheet.body(
        "Đề nghị đơn vị bố trí công việc để các ông, bà có tên trên dự đủ các buổi. Ai không dự được báo lại trước ngày khai giảng để cử người khác."
    )
    sheet.signatures(
        [("Nơi nhận:", "receivers"), (f"- {unit};", "small"), ("- Lưu: VT.", "small")],
        [*CHAIR, (plain(course.signer) or "[Họ và tên]", "place")],
    )
