"""Kế hoạch mở lớp as Word: what for, what about, for whom, when and where, at what cost."""

from collections.abc import Sequence

from django.utils.timezone import localtime

from thanhsen.papers.layout import CENTRE, Sheet
from thanhsen.papers.tables import Column, centred, next_paper, number, table
from thanhsen.papers.wording import dong_in_words, inside, numbered, plain, spoken_day
from thanhsen.vietnamese import day
from thanhsen.vietnamese import number as printed
from trainings.exchange.papers import parts
from trainings.models import CostLine, Course, Quota, Session, TrainingClass
from trainings.reports.completion import rule_in_words

COSTS = [
    centred("TT", 10), Column("Nội dung chi", 52), centred("Đơn vị tính", 22), number("Số lượng", 18),
    number("Mức chi (đồng)", 26), number("Thành tiền (đồng)", 32),
]  # fmt: skip
CLASSES = [Column("Lớp", 25), centred("Học viên", 20), centred("Số buổi", 18), centred("Thời gian", 51), Column("Nơi học", 46)]  # fmt: skip
QUOTAS = [centred("TT", 15), Column("Đơn vị", 105), number("Số người", 30)]
TIMETABLE = "Phụ lục 1"
QUOTAS_AFTER = {True: "Phụ lục 2", False: "Phụ lục 1"}  # whether there is a timetable before it
SHORT, FEW = 12, 6  # lines of a table that is kept on one page; of one with long lines
Lessons = Sequence[tuple[TrainingClass, list[Session]]]


def plan(course: Course) -> bytes:
    sheet = Sheet(f"Kế hoạch {course.code}")
    number = numbered(course.plan_number) or "[…]/KH-UBND"
    costs = parts.costs_of(course)
    lessons = [(each, parts.sessions_of(each.sessions.all())) for each in course.classes.in_order()]
    quotas = (
        Quota.objects.filter(course=course, seats__gt=0)
        .select_related("unit")
        .order_by("unit__sort_key", "unit")
    )
    signed_on = spoken_day(course.plan_date) or parts.DRAFT_DAY
    parts.head(sheet, course, f"Số: {number}", signed_on)
    sheet.title("KẾ HOẠCH", plain(course.name))
    parts.grounds(sheet, costs)
    sheet.body(
        f"Ủy ban nhân dân {inside(course.ward.name)} ban hành Kế hoạch {inside(plain(course.name))} như sau:"
    )
    _contents(sheet, course)
    has_lessons = any(found for _, found in lessons)
    _people(sheet, course, lessons, QUOTAS_AFTER[has_lessons] if quotas else "")
    _money(sheet, costs)
    sheet.heading("6. Tổ chức thực hiện")
    sheet.body(
        "[Phân công các đơn vị chuẩn bị nội dung, tài liệu, hội trường, triệu tập học viên, thanh quyết toán.]"
    )
    parts.signed(sheet, course, ["Các đơn vị cử học viên;", "Lưu: VT, […]."])
    belongs = f"(Kèm theo Kế hoạch số {number} {signed_on} của Ủy ban nhân dân {inside(course.ward.name)})"
    if has_lessons:
        _timetable(sheet, lessons, belongs, TIMETABLE)
    if quotas:
        _quotas(sheet, list(quotas), belongs, QUOTAS_AFTER[has_lessons])
    return sheet.saved()


def plan_lacks(course: Course) -> list[str]:
    lacking = [] if course.purpose else ["chưa ghi mục đích, yêu cầu"]
    lacking += [] if course.course_topics.exists() else ["chưa chọn chuyên đề"]
    lacking += [] if course.costs.exists() else ["chưa có dự toán"]
    return lacking + ([] if course.signer else ["chưa ghi người ký"])


def _contents(sheet: Sheet, course: Course) -> None:
    sheet.heading("1. Mục đích, yêu cầu")
    purpose = plain(course.purpose) or "[Nêu mục đích, yêu cầu của khoá.]"
    for paragraph in purpose.split("\n"):
        sheet.body(paragraph)
    sheet.heading("2. Nội dung")
    topics = list(course.course_topics.select_related("topic").order_by("number"))
    for place, each in enumerate(topics, start=1):
        hours = f" ({parts.quantity(each.hours)} tiết)" if each.hours else ""
        sheet.body(f"- {plain(each.topic.name)}{hours}{'.' if place == len(topics) else ';'}")
    if not topics:
        sheet.body("[Các chuyên đề.]")


def _people(sheet: Sheet, course: Course, lessons: Lessons, quotas: str) -> None:
    sheet.heading("3. Đối tượng, số lượng, thời gian, địa điểm")
    asked = f" do các đơn vị cử theo {quotas}," if quotas else ""
    sheet.body(
        f"- Học viên: {printed(course.seats)} người,{asked} là cán bộ làm công tác giảm nghèo và cán bộ truyền thông của phường, các tổ dân phố."
    )
    annexed = f" Lịch học từng buổi ở {TIMETABLE}." if any(found for _, found in lessons) else ""
    sheet.body(f"- Thời gian: {parts.days_of(course)}.{annexed}")
    rows = [
        (held.name, printed(held.capacity), printed(len(found)), _span(found), _places(found)) for held, found in lessons
    ]  # fmt: skip
    if rows:
        table(sheet, CLASSES, rows, together=len(rows) <= SHORT)
    else:
        sheet.body("- Chia lớp: [chưa chia lớp].")
    sheet.heading("4. Báo cáo viên, cấp giấy chứng nhận")
    speakers = {each.speaker for _, found in lessons for each in found if each.speaker}
    for each in sorted(speakers, key=lambda each: (each.sort_key, each.pk)):
        sheet.body(
            f"- {', '.join(plain(one) for one in (each.full_name, each.title, each.workplace) if one)};"
        )
    if not speakers:
        sheet.body("- [Báo cáo viên của từng buổi];")
    sheet.body(f"- Học viên được cấp giấy chứng nhận khi {rule_in_words(course)}.")


def _money(sheet: Sheet, costs: Sequence[CostLine]) -> None:
    sheet.heading("5. Kinh phí")
    if not costs:
        sheet.body("[Dự toán kinh phí.]")
        return
    total = sum(each.planned for each in costs)
    rows = [
        (
            place,
            each.name,
            each.unit,
            parts.quantity(each.quantity),
            printed(each.rate),
            printed(each.planned),
        )
        for place, each in enumerate(costs, 1)
    ]
    table(
        sheet,
        COSTS,
        [*rows, ("", "Cộng", "", "", "", printed(total))],
        total=True,
        together=len(rows) <= SHORT,
    )
    sheet.body(
        f"Tổng dự toán: {printed(total)} đồng (bằng chữ: {dong_in_words(total)}). Nguồn kinh phí: [ghi nguồn]."
    )


def _timetable(sheet: Sheet, lessons: Lessons, belongs: str, annex: str) -> None:
    _annex(sheet, annex, "LỊCH HỌC", belongs)
    for held, found in lessons:
        if not found:
            continue
        sheet.line(plain(held.name), bold=True, after=3, keep=True)
        table(sheet, parts.LESSONS, [parts.lesson(each) for each in found], together=len(found) <= FEW)


def _quotas(sheet: Sheet, quotas: Sequence[Quota], belongs: str, annex: str) -> None:
    _annex(sheet, annex, "SỐ NGƯỜI TỪNG ĐƠN VỊ CỬ", belongs)
    rows = [(place, each.unit.name, printed(each.seats)) for place, each in enumerate(quotas, start=1)]
    table(sheet, QUOTAS, [*rows, ("", "Cộng", printed(sum(each.seats for each in quotas)))], total=True)


def _annex(sheet: Sheet, annex: str, title: str, belongs: str) -> None:
    next_paper(sheet)
    sheet.line(f"{annex.upper()}: {title}", bold=True, align=CENTRE)
    sheet.line(belongs, italic=True, size=13, align=CENTRE, after=8)


def _span(found: Sequence[Session]) -> str:
    days = sorted({localtime(each.starts_at).date() for each in found})
    if not days:
        return "[thời gian]"
    return day(days[0]) if len(days) == 1 else f"{day(days[0])} – {day(days[-1])}"


def _places(found: Sequence[Session]) -> str:
    venues = dict.fromkeys(each.venue for each in found if each.venue)
    return (
        "; ".join(", ".join(one for one in (each.name, each.address) if one) for each in venues)
        or "[nơi học]"
    )
