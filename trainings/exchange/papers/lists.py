"""Lists of a course as Excel: attendance to sign, receipts, the register of certificates, the settlement."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localtime

from thanhsen import vietnamese, workbook
from thanhsen.papers.wording import inside, place_name, spelled
from thanhsen.tables import Cell, Column, Heading, Kind, Line, Table
from trainings.completion import with_attendance
from trainings.models import CostLine, Course, Session, Trainee, TrainingCertificate, TrainingClass
from trainings.models.signing import lines_of

TEXT, COUNT = Kind.TEXT, Kind.COUNT
Basis = CostLine.Basis
TITLE_TOP, HEADINGS_TOP = 4, 7
UNKNOWN = "chưa ghi hưởng lương"


def attendance_sheets(course: Course) -> bytes:
    """A sheet a class: a column to sign for each session."""
    tables = [_attendance_sheet(course, each) for each in course.classes.in_order()]
    return _set(course, "Danh sách điểm danh", tables)


def _attendance_sheet(course: Course, held: TrainingClass) -> Table:
    sessions = list(Session.objects.filter(training_class=held).taking_place().in_order())
    headings = [("STT", 6, COUNT), ("Họ và tên", 26, TEXT), ("Năm sinh", 9, TEXT), ("Đơn vị", 28, TEXT)]
    headings += [
        (f"Buổi {each.number}\n{localtime(each.starts_at):%H:%M %d/%m}", 15, TEXT) for each in sessions
    ]
    people = Trainee.objects.enrolled().filter(training_class=held).select_related("unit").in_order()
    rows = [
        [place, each.full_name, str(each.birth_year or ""), each.unit.name, *[""] * len(sessions)]
        for place, each in enumerate(people, 1)
    ]
    return _table(
        course,
        f"diem-danh-lop-{held.number}",
        ["DANH SÁCH ĐIỂM DANH", f"{course.name}, {held.name}"],
        headings,
        rows,
    )


def roster_lacks(course: Course) -> list[str]:
    people = Trainee.objects.enrolled().filter(course=course)
    lacking = [] if people.exists() else ["chưa có học viên"]
    return lacking + ([] if course.classes.exists() else ["chưa có lớp"])


def receipts(course: Course) -> bytes:
    """A sheet a cost line that somebody signs for, with the amount of each and of all, in figures and in words."""
    lines = CostLine.objects.filter(course=course).exclude(basis=Basis.OTHER).order_by("number")
    return _set(course, "Danh sách ký nhận", [_receipt(course, each) for each in lines])


def _receipt(course: Course, line: CostLine) -> Table:
    if line.basis == Basis.SPEAKER_SESSION:
        rows = list(_speakers(course, line))
        who = "Báo cáo viên"
    else:
        rows = list(_trainees(course, line))
        who = "Họ và tên"
    headings = [
        ("STT", 6, COUNT), (who, 28, TEXT), ("Đơn vị", 30, TEXT), ("Số lượng", 10, COUNT), ("Mức chi (đồng)", 15, COUNT),
        ("Thành tiền (đồng)", 17, COUNT), ("Ký nhận", 18, TEXT), ("Ghi chú", 20, TEXT),
    ]  # fmt: skip
    total = sum(row[5] for row in rows if isinstance(row[5], (int, Decimal)))
    words = f"Số tiền bằng chữ: {spelled(int(total))} đồng."
    notes = [words] + (
        [f"“{UNKNOWN}”: ghi ở trang Học viên rồi lấy lại danh sách, chưa tính tiền."]
        if any(row[7] for row in rows)
        else []
    )
    return _table(
        course, f"ky-nhan-{line.number}", ["DANH SÁCH KÝ NHẬN", line.name], headings, rows,
        total=["", "Cộng", "", None, None, total, "", ""], subtitle=" ".join(notes),
    )  # fmt: skip


def _trainees(course: Course, line: CostLine) -> Iterable[list[Any]]:
    people = with_attendance(Trainee.objects.enrolled().filter(course=course)).filter(attended__gt=0)
    if line.unsalaried_only:
        people = people.exclude(is_salaried=True)
    for place, each in enumerate(people.select_related("unit").in_order(), 1):
        many = each.attended if line.basis == Basis.TRAINEE_SESSION else 1
        unknown = line.unsalaried_only and each.is_salaried is None
        yield [
            place,
            each.full_name,
            each.unit.name,
            many,
            line.rate,
            None if unknown else many * line.rate,
            "",
            UNKNOWN if unknown else "",
        ]


def _speakers(course: Course, line: CostLine) -> Iterable[list[Any]]:
    held = Q(state=Session.State.HELD)
    taught = Session.objects.filter(held, training_class__course=course, speaker__isnull=False)
    counted = taught.values("speaker__full_name", "speaker__workplace").annotate(n=Count("pk"))
    for place, each in enumerate(counted.order_by("speaker__sort_key", "speaker"), 1):
        yield [
            place,
            each["speaker__full_name"],
            each["speaker__workplace"],
            each["n"],
            line.rate,
            each["n"] * line.rate,
            "",
            "",
        ]


def receipts_lack(course: Course) -> list[str]:
    lines = CostLine.objects.filter(course=course).exclude(basis=Basis.OTHER)
    if not lines.exists():
        return ["chưa có khoản chi cho học viên, báo cáo viên (trang Kinh phí)"]
    unsaid = Trainee.objects.enrolled().filter(course=course, is_salaried=None).count()
    asks = lines.filter(unsalaried_only=True).exists()
    return [f"{unsaid} người {UNKNOWN} ngân sách"] if asks and unsaid else []


def register(course: Course) -> bytes:
    headings = [
        ("STT", 6, COUNT), ("Số giấy", 16, TEXT), ("Họ và tên", 28, TEXT), ("Sinh", 12, TEXT), ("Đơn vị", 30, TEXT),
        ("Cấp ngày", 12, TEXT), ("Quyết định", 18, TEXT), ("Người ký", 26, TEXT), ("Tình trạng", 26, TEXT), ("Ký nhận", 16, TEXT),
    ]  # fmt: skip
    found = TrainingCertificate.objects.filter(course=course).in_register_order()
    rows = [
        [
            place, each.printed_number, each.full_name, each.born, each.unit_name, vietnamese.day(each.issued_on),
            each.decision_number, f"{each.signer}, {each.get_signer_title_display()}",
            f"Thu hồi {vietnamese.day(each.revoked_on)}: {each.revoke_reason}" if each.revoked_on else "Còn giá trị", "",
        ]
        for place, each in enumerate(found, 1)
    ]  # fmt: skip
    return workbook.write(
        _table(course, "so-cap-giay", ["SỔ CẤP GIẤY CHỨNG NHẬN", course.name], headings, rows)
    )


def register_lacks(course: Course) -> list[str]:
    return [] if course.certificates.exists() else ["chưa cấp giấy nào (trang Hoàn thành)"]


def settlement(course: Course) -> bytes:
    headings = [
        ("STT", 6, COUNT), ("Nội dung chi", 38, TEXT), ("Căn cứ", 24, TEXT), ("Số lượng", 10, COUNT), ("Mức chi (đồng)", 15, COUNT),
        ("Dự toán (đồng)", 16, COUNT), ("Đã chi (đồng)", 16, COUNT), ("Chênh lệch (đồng)", 16, COUNT), ("Chứng từ, ghi chú", 24, TEXT),
    ]  # fmt: skip
    lines = list(CostLine.objects.filter(course=course).order_by("number"))
    rows = [
        [
            place, each.name, each.legal_basis, each.quantity, each.rate, each.planned, each.used,
            None if each.used is None else each.planned - each.used, each.used_note,
        ]
        for place, each in enumerate(lines, 1)
    ]  # fmt: skip
    planned, used = sum(each.planned for each in lines), sum(each.used or 0 for each in lines)
    return workbook.write(
        _table(
            course, "quyet-toan", ["QUYẾT TOÁN KINH PHÍ", course.name], headings, rows,
            total=["", "Cộng", "", None, None, planned, used, planned - used, ""],
            subtitle=f"Đã chi bằng chữ: {spelled(int(used))} đồng.",
        )
    )  # fmt: skip


def settlement_lacks(course: Course) -> list[str]:
    lines = CostLine.objects.filter(course=course)
    if not lines.exists():
        return ["chưa có dự toán (trang Kinh phí)"]
    open_lines = lines.filter(used=None).count()
    return [f"{open_lines} khoản chưa ghi số đã chi"] if open_lines else []


def _table(
    course: Course,
    name: str,
    title: Sequence[str],
    headings: Sequence[tuple[str, float, Kind]],
    rows: Sequence[Sequence[Any]],
    *,
    total: Sequence[Any] = (),
    subtitle: str = "",
) -> Table:
    lines = [_line(row, headings, str(row[1]), "unit") for row in rows]
    if total:
        lines.append(_line(total, headings, "Cộng", "total"))
    return Table(
        name=name,
        form_line="",
        authority=("ỦY BAN NHÂN DÂN", course.ward.name.upper()),
        motto_top=2,
        title_top=TITLE_TOP,
        title=tuple(title),
        headings=tuple(Heading(text, HEADINGS_TOP, place) for place, (text, _, _) in enumerate(headings, 1)),
        numbers_top=HEADINGS_TOP + 1,
        columns=tuple(Column(kind, width, str(place)) for place, (_, width, kind) in enumerate(headings, 1)),
        lines=tuple(lines),
        place=f"{place_name(course.ward.name)}, ngày … tháng … năm …",
        subtitle=subtitle,
        signatures=("Người lập", _capacity(course.signer_title)),
        signers=("", course.signer),
    )


def _capacity(title: str) -> str:
    """CHỦ TỊCH UBND, or KT. CHỦ TỊCH UBND over PHÓ CHỦ TỊCH."""
    first, *rest = lines_of(title)
    return "\n".join([f"{first} UBND", *rest])


def _line(row: Sequence[Any], headings: Sequence[tuple[str, float, Kind]], name: str, style: str) -> Line:
    cells = tuple(Cell(value, kind) for value, (_, _, kind) in zip(row, headings, strict=True))
    return Line(cells, name, style)


def _set(course: Course, title: str, tables: Sequence[Table]) -> bytes:
    return workbook.write_set(
        tables, title=f"{title}: {course.name}", about=[f"Của {inside(course.ward.name)}"]
    )
