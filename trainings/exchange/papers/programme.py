"""Chương trình as Word: what is taught when, by whom and where, class by class."""

from thanhsen.papers.layout import CENTRE, Sheet
from thanhsen.papers.tables import table
from thanhsen.papers.wording import plain
from trainings.exchange.papers import parts
from trainings.models import Course, Session

UNKNOWN = "[Lịch học.]"
SHORT = 6  # sessions of a class that stay on one page; more go on, under headings of their own


def programme(course: Course) -> bytes:
    sheet = Sheet(f"Chương trình {course.code}")
    parts.head(sheet, course, "", parts.DRAFT_DAY)
    sheet.title("CHƯƠNG TRÌNH", plain(course.name))
    if course.plan_number:
        sheet.line(f"(Kèm theo {parts.plan_of(course)})", italic=True, size=13, align=CENTRE, after=6)
    classes = list(course.classes.in_order())
    for held in classes:
        sheet.heading(plain(held.name))
        lessons = [parts.lesson(each) for each in parts.sessions_of(held.sessions.all())]
        if lessons:
            table(sheet, parts.LESSONS, lessons, together=len(lessons) <= SHORT, keep=held == classes[-1])
        else:
            sheet.body(UNKNOWN)
    if not classes:
        sheet.body(UNKNOWN)
    parts.signed(sheet, course, ["Báo cáo viên;", "Học viên;", "Lưu: VT."])
    return sheet.saved()


def programme_lacks(course: Course) -> list[str]:
    has_any = Session.objects.filter(training_class__course=course).taking_place().exists()
    return [] if has_any else ["chưa xếp lịch học"]
