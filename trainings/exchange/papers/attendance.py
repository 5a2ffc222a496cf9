"""Lists to sign for attendance as Excel: of one session, and of a class with a column for each session.

Both number people as the page where a signed sheet is typed back does, and carry the code that page asks for.
"""

from django.utils.timezone import localtime

from thanhsen import workbook
from thanhsen.papers.wording import plain, spoken_day
from thanhsen.tables import Kind, Table
from thanhsen.vietnamese import day
from trainings.exchange.papers.sheets import ROOM_TO_SIGN, empty, signed_table
from trainings.models import Course, Session, Trainee, TrainingClass
from trainings.reports.attendance import Place, sheet_code

TITLE = "DANH SÁCH ĐIỂM DANH"
PEOPLE = [("STT", 6, Kind.COUNT), ("Họ và tên", 27, Kind.TEXT), ("Năm sinh", 9, Kind.YEAR), ("Đơn vị", 29, Kind.TEXT)]  # fmt: skip
FEW_SESSIONS = 1  # columns to sign in that fit an upright sheet
ACROSS = 139  # characters of a page laid across
WIDEST, NARROW, NARROWEST = 18, 13, 10  # of a column to sign in


def attendance_sheets(course: Course) -> bytes:
    """A sheet a class: a column to sign for each session."""
    tables = [_of_class(course, each) for each in course.classes.in_order()]
    return workbook.write_papers(
        tables or [empty(course, "diem-danh", [TITLE, course.name], "[Chưa chia lớp.]")],
        title=f"{TITLE.capitalize()}: {course.name}",
    )


def session_sheet(session: Session, places: list[Place]) -> bytes:
    """Of one session alone: `places` are those of its class (`reports.attendance.own`)."""
    held, course = session.training_class, session.training_class.course
    begins, ends = localtime(session.starts_at), localtime(session.ends_at)
    code = sheet_code(places)
    where = f", {plain(session.venue.name)}" if session.venue else ""
    about = f"Buổi {session.number}, {begins:%H:%M} – {ends:%H:%M} ngày {day(begins.date())}{where}"
    subject = f"\n{plain(session.topic.name)}" if session.topic else ""
    rows = [
        [each.number, each.trainee.full_name, each.trainee.birth_year, each.trainee.unit.name, ""] for each in places
    ]  # fmt: skip
    table = signed_table(
        course, f"diem-danh-buoi-{session.number}", [TITLE, f"{course.name}, {held.name}"],
        [*PEOPLE, ("Ký tên", 24, Kind.TEXT)], rows,
        form_line=f"Mã tờ: {code}", foot=f"Mã tờ {code} · buổi {session.number}, ngày {day(begins.date())}",
        subtitle=about + subject, day=spoken_day(begins.date()), sheet=f"Buổi {session.number}",
        line_height=ROOM_TO_SIGN, portrait=True, below=(f"Danh sách có {len(places)} người. Có mặt: ……… Vắng: ………",),
        signatures=("Người điểm danh", "Báo cáo viên"),
        signers=("", session.speaker.full_name if session.speaker else ""),
    )  # fmt: skip
    return workbook.write_papers([table], title=f"{TITLE.capitalize()}: {session}")


def _of_class(course: Course, held: TrainingClass) -> Table:
    sessions = list(Session.objects.filter(training_class=held).taking_place().in_order())
    fixed = sum(width for _, width, _ in PEOPLE)
    room = min(WIDEST, max(NARROWEST, (ACROSS - fixed) // max(1, len(sessions))))
    hour = "%H:%M %d/%m" if room > NARROW else "%H:%M\n%d/%m"
    headings = PEOPLE + [
        (f"Buổi {each.number}\n{localtime(each.starts_at).strftime(hour)}", room, Kind.TEXT)
        for each in sessions
    ]
    found = Trainee.objects.enrolled().filter(training_class=held).select_related("unit").in_order()
    places = [Place(number, each, None) for number, each in enumerate(found, 1)]
    rows = [
        [each.number, each.trainee.full_name, each.trainee.birth_year, each.trainee.unit.name, *[""] * len(sessions)]
        for each in places
    ]  # fmt: skip
    code = sheet_code(places)
    return signed_table(
        course, f"diem-danh-lop-{held.number}", [TITLE, f"{course.name}, {held.name}"], headings, rows,
        form_line=f"Mã tờ: {code}", foot=f"Mã tờ {code}", sheet=f"Lớp {held.number}", line_height=ROOM_TO_SIGN,
        portrait=len(sessions) <= FEW_SESSIONS, below=(f"Danh sách có {len(places)} người.",),
        signatures=("Người điểm danh", "Phụ trách lớp"), signers=("", ""),
    )  # fmt: skip


def lacks(course: Course) -> list[str]:
    people = Trainee.objects.enrolled().filter(course=course)
    lacking = [] if people.exists() else ["chưa có học viên"]
    return lacking + ([] if course.classes.exists() else ["chưa có lớp"])
