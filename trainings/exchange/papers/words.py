"""Plan, decision and programme of a course as Word, to be signed."""

from collections.abc import Iterable

from django.utils.timezone import localtime

from thanhsen import vietnamese
from thanhsen.papers.layout import Sheet
from thanhsen.papers.wording import inside, numbered, place_name, plain, spelled, spoken_day
from trainings.actions.roster.versions import line_of
from trainings.models import CostLine, Course, RosterVersion, Session, Trainee

CHAIR = [("TM. ỦY BAN NHÂN DÂN", "bold"), ("CHỦ TỊCH", "bold")]
DRAFT_DAY = "ngày … tháng … năm …"
LIST = [
    ("TT", 11, True), ("Họ và tên", 42, False), ("Sinh", 22, True), ("Chức vụ", 34, False), ("Đơn vị", 36, False),
    ("Lớp", 15, True),
]  # fmt: skip
LESSONS = [
    ("Thời gian", 34, True),
    ("Nội dung", 64, False),
    ("Báo cáo viên", 34, False),
    ("Nơi học", 28, False),
]
COSTS = [
    ("TT", 11, True), ("Nội dung chi", 58, False), ("Số lượng", 22, True), ("Mức chi (đồng)", 29, True), ("Thành tiền (đồng)", 32, True),
]  # fmt: skip


def plan(course: Course) -> bytes:
    sheet = Sheet(f"Kế hoạch {course.code}")
    number = f"Số: {numbered(course.plan_number)}" if course.plan_number else "Số: […]/KH-UBND"
    _head(sheet, course, number, spoken_day(course.plan_date) or DRAFT_DAY)
    sheet.title("KẾ HOẠCH", plain(course.name))
    sheet.body("Căn cứ [chương trình, kế hoạch giảm nghèo của tỉnh và của phường];", italic=True)
    for each in sorted(set(filter(None, _costs(course).values_list("legal_basis", flat=True)))):
        sheet.body(f"Căn cứ {plain(each)};", italic=True)
    sheet.body(
        f"Ủy ban nhân dân {inside(course.ward.name)} ban hành Kế hoạch {inside(plain(course.name))} như sau:"
    )
    sheet.heading("1. Mục đích, yêu cầu")
    sheet.body(plain(course.purpose) or "[Nêu mục đích, yêu cầu của khoá.]")
    sheet.heading("2. Nội dung")
    for each in course.course_topics.select_related("topic").order_by("number"):
        hours = f" ({vietnamese.number(each.hours)} tiết)" if each.hours else ""
        sheet.body(f"- {plain(each.topic.name)}{hours};")
    sheet.heading("3. Đối tượng, số lượng, thời gian")
    classes = ", ".join(f"{each.name} ({each.capacity} người)" for each in course.classes.in_order())
    sheet.body(
        f"- Học viên: {vietnamese.number(course.seats)} người, là cán bộ làm công tác giảm nghèo và cán bộ truyền thông của phường, các tổ dân phố."
    )
    sheet.body(f"- Chia lớp: {classes or '[chưa chia lớp]'}.")
    sheet.body(
        f"- Thời gian: từ {spoken_day(course.starts_on)} đến {spoken_day(course.ends_on)}. Lịch học của từng lớp có chương trình kèm theo."
    )
    sheet.heading("4. Kinh phí")
    total = _cost_table(sheet, course)
    sheet.body(f"Tổng dự toán: {vietnamese.number(total)} đồng (bằng chữ: {spelled(int(total))} đồng).")
    sheet.heading("5. Tổ chức thực hiện")
    sheet.body(
        "[Phân công các đơn vị chuẩn bị nội dung, tài liệu, hội trường, triệu tập học viên, thanh quyết toán.]"
    )
    return _signed(sheet, course, ["- Các đơn vị cử học viên;", "- Lưu: VT, […]."])


def plan_lacks(course: Course) -> list[str]:
    lacking = [] if course.purpose else ["chưa ghi mục đích, yêu cầu"]
    lacking += [] if course.course_topics.exists() else ["chưa chọn chuyên đề"]
    lacking += [] if course.costs.exists() else ["chưa có dự toán"]
    return lacking + ([] if course.signer else ["chưa ghi người ký"])


def decision(course: Course) -> bytes:
    """With the newest frozen list; before the first one, with the roster as it is and the word draft on it."""
    frozen = RosterVersion.objects.filter(course=course).newest_first().first()
    sheet = Sheet(f"Quyết định mở lớp {course.code}")
    number = numbered(frozen.decision_number) if frozen else "[…]/QĐ-UBND"
    _head(sheet, course, f"Số: {number}", spoken_day(frozen.decision_date) if frozen else DRAFT_DAY)
    sheet.title("QUYẾT ĐỊNH", f"Về việc mở lớp {inside(plain(course.name))}")
    sheet.line(f"CHỦ TỊCH ỦY BAN NHÂN DÂN {course.ward.name.upper()}", bold=True, align=1)
    sheet.line("", size=6)
    sheet.body("Căn cứ Luật Tổ chức chính quyền địa phương;", italic=True)
    plan_of = (
        f" số {numbered(course.plan_number)} {spoken_day(course.plan_date)}"
        if course.plan_number
        else " [số, ngày]"
    )
    sheet.body(f"Căn cứ Kế hoạch{plan_of} của Ủy ban nhân dân {inside(course.ward.name)};", italic=True)
    sheet.body("Theo đề nghị của [đơn vị tham mưu].", italic=True)
    sheet.line("QUYẾT ĐỊNH:", bold=True, align=1, before=6, after=6)
    lines = frozen.lines if frozen else [line_of(each) for each in _people(course)]
    sheet.body(
        f"Điều 1. Mở lớp {inside(plain(course.name))} từ {spoken_day(course.starts_on)} đến {spoken_day(course.ends_on)} cho {vietnamese.number(len(lines))} học viên (danh sách kèm theo)."
    )
    sheet.body("Điều 2. Học viên thực hiện đúng nội quy lớp học; kinh phí theo dự toán được duyệt.")
    sheet.body(
        "Điều 3. [Các đơn vị liên quan] và các học viên có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./."
    )
    _signatures(sheet, frozen.signer if frozen else course.signer, ["- Như Điều 3;", "- Lưu: VT, […]."])
    sheet.new_page()
    sheet.line("DANH SÁCH HỌC VIÊN" + ("" if frozen else " (DỰ THẢO)"), bold=True, align=1)
    sheet.line(
        f"(Kèm theo Quyết định số {number} của Chủ tịch Ủy ban nhân dân {inside(course.ward.name)})",
        italic=True,
        align=1,
        after=6,
    )
    sheet.table(LIST, [
        (str(place), plain(each["full_name"]), each["born"], plain(each["position"]), plain(each["unit"]), each["training_class"])
        for place, each in enumerate(lines, 1)
    ])  # fmt: skip
    return sheet.saved()


def decision_lacks(course: Course) -> list[str]:
    if RosterVersion.objects.filter(course=course).exists():
        return []
    return ["chưa chốt danh sách theo quyết định (trang Học viên)"]


def programme(course: Course) -> bytes:
    sheet = Sheet(f"Chương trình {course.code}")
    _head(sheet, course, "", spoken_day(course.plan_date) or DRAFT_DAY)
    sheet.title("CHƯƠNG TRÌNH", plain(course.name))
    for held in course.classes.in_order():
        sheet.heading(held.name)
        sheet.table(LESSONS, [lesson(each) for each in sessions_of(held.sessions.all())])
    return _signed(sheet, course, ["- Báo cáo viên;", "- Học viên;", "- Lưu: VT."])


def programme_lacks(course: Course) -> list[str]:
    has_any = Session.objects.filter(training_class__course=course).taking_place().exists()
    return [] if has_any else ["chưa xếp lịch học"]


def sessions_of(found) -> Iterable[Session]:
    return found.taking_place().select_related("topic", "speaker", "venue").in_order()


def lesson(session: Session) -> tuple[str, ...]:
    """When, what, who, where."""
    begins, ends = localtime(session.starts_at), localtime(session.ends_at)
    when = f"{begins:%H:%M}–{ends:%H:%M}\n{vietnamese.day(begins.date())}"
    what = plain(session.topic.name) if session.topic else session.get_kind_display()
    where = plain(session.venue.name) if session.venue else ""
    return (when, what, plain(session.speaker or ""), where)


def _people(course: Course):
    return (
        Trainee.objects.enrolled().filter(course=course).select_related("unit", "training_class").in_order()
    )


def _costs(course: Course):
    return CostLine.objects.filter(course=course).order_by("number")


def _cost_table(sheet: Sheet, course: Course):
    lines = list(_costs(course))
    total = sum(each.planned for each in lines)
    rows = [
        (str(place), plain(each.name), f"{vietnamese.number(each.quantity)} {plain(each.unit)}".strip(), vietnamese.number(each.rate), vietnamese.number(each.planned))
        for place, each in enumerate(lines, 1)
    ]  # fmt: skip
    sheet.table(COSTS, [*rows, ("", "Cộng", "", "", vietnamese.number(total))])
    return total


def _head(sheet: Sheet, course: Course, number: str, day: str) -> None:
    sheet.head([course.ward.name.upper()], number, f"{place_name(course.ward.name)}, {day}")


def _signed(sheet: Sheet, course: Course, receivers: list[str]) -> bytes:
    _signatures(sheet, course.signer, receivers)
    return sheet.saved()


def _signatures(sheet: Sheet, signer: str, receivers: list[str]) -> None:
    sheet.signatures(
        [("Nơi nhận:", "receivers"), *[(each, "small") for each in receivers]],
        [*CHAIR, (plain(signer) or "[Họ và tên]", "place")],
    )
