"""Lists of a course as Excel: receipts to sign, the register of certificates, the settlement."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from thanhsen import vietnamese, workbook
from thanhsen.papers.wording import plain
from thanhsen.tables import Kind, Table
from trainings.completion import with_attendance
from trainings.exchange.papers.sheets import ROOM_TO_SIGN, empty, in_words, signed_table
from trainings.models import CostLine, Course, Session, Trainee, TrainingCertificate

TEXT, COUNT = Kind.TEXT, Kind.COUNT
Basis = CostLine.Basis
RECEIPT = "DANH SÁCH KÝ NHẬN"
UNKNOWN = "chưa ghi hưởng lương"


def receipts(course: Course) -> bytes:
    """A sheet a cost line that somebody signs for, with the amount of each and of all, in figures and in words."""
    lines = CostLine.objects.filter(course=course).exclude(basis=Basis.OTHER).order_by("number")
    tables = [_receipt(course, each) for each in lines]
    nothing = "[Chưa có khoản chi cho học viên, báo cáo viên.]"
    return workbook.write_papers(
        tables or [empty(course, "ky-nhan", [RECEIPT, course.name], nothing)],
        title=f"Danh sách ký nhận: {course.name}",
    )


def _receipt(course: Course, line: CostLine) -> Table:
    if line.basis == Basis.SPEAKER_SESSION:
        rows = list(_speakers(course, line))
        who = "Báo cáo viên"
    else:
        rows = list(_trainees(course, line))
        who = "Họ và tên"
    many = "Số lượng" if line.basis == Basis.TRAINEE else "Số buổi"
    headings = [
        ("STT", 6, COUNT), (who, 28, TEXT), ("Đơn vị", 30, TEXT), (many, 10, COUNT), ("Mức chi\n(đồng)", 13, COUNT),
        ("Thành tiền\n(đồng)", 15, COUNT), ("Ký nhận", 20, TEXT), ("Ghi chú", 17, TEXT),
    ]  # fmt: skip
    total = sum(row[5] for row in rows if isinstance(row[5], (int, Decimal)))
    unsaid = sum(bool(row[7]) for row in rows)
    notes = [in_words("Tổng số tiền", total)]
    if unsaid:
        notes.append(
            f"Chưa tính {unsaid} người “{UNKNOWN}” ngân sách: ghi ở trang Học viên rồi tải lại danh sách."
        )
    return signed_table(
        course, f"ky-nhan-{line.number}", [RECEIPT, line.name], headings, rows,
        total=["", "Cộng", "", None, None, total, "", ""], subtitle=plain(course.name), sheet=f"Khoản {line.number}", line_height=ROOM_TO_SIGN,
        below=tuple(notes),
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
        ("STT", 6, COUNT), ("Số giấy", 14, TEXT), ("Họ và tên", 25, TEXT), ("Sinh", 11, TEXT), ("Đơn vị", 25, TEXT),
        ("Cấp ngày", 11, Kind.DAY), ("Quyết định", 15, TEXT), ("Người ký", 22, TEXT), ("Tình trạng", 16, TEXT), ("Ký nhận", 16, TEXT),
    ]  # fmt: skip
    found = TrainingCertificate.objects.filter(course=course).in_register_order()
    rows = [
        [
            place, each.printed_number, each.full_name, each.born, each.unit_name, each.issued_on,
            each.decision_number, f"{each.signer}, {each.get_signer_title_display()}",
            f"Thu hồi {vietnamese.day(each.revoked_on)}: {each.revoke_reason}" if each.revoked_on else "Còn giá trị", "",
        ]
        for place, each in enumerate(found, 1)
    ]  # fmt: skip
    return workbook.write(
        signed_table(
            course,
            "so-cap-giay",
            ["SỔ CẤP GIẤY CHỨNG NHẬN", course.name],
            headings,
            rows,
            sheet="Sổ cấp giấy",
            line_height=ROOM_TO_SIGN,
        )
    )


def register_lacks(course: Course) -> list[str]:
    return [] if course.certificates.exists() else ["chưa cấp giấy nào (trang Hoàn thành)"]


def settlement(course: Course) -> bytes:
    headings = [
        ("STT", 6, COUNT), ("Nội dung chi", 31, TEXT), ("Căn cứ", 20, TEXT), ("Số lượng", 10, COUNT), ("Mức chi\n(đồng)", 12, COUNT),
        ("Dự toán\n(đồng)", 14, COUNT), ("Đã chi\n(đồng)", 14, COUNT), ("Chênh lệch\n(đồng)", 13, COUNT), ("Chứng từ, ghi chú", 19, TEXT),
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
        signed_table(
            course, "quyet-toan", ["QUYẾT TOÁN KINH PHÍ", course.name], headings, rows,
            total=["", "Cộng", "", None, None, planned, used, planned - used, ""], sheet="Quyết toán",
            below=(in_words("Đã chi", used), *(f"Còn {each}." for each in _not_entered(course))),
        )
    )  # fmt: skip


def settlement_lacks(course: Course) -> list[str]:
    lines = CostLine.objects.filter(course=course)
    if not lines.exists():
        return ["chưa có dự toán (trang Kinh phí)"]
    return _not_entered(course)


def _not_entered(course: Course) -> list[str]:
    count = CostLine.objects.filter(course=course, used=None).count()
    return [f"{count} khoản chưa ghi số đã chi"] if count else []
