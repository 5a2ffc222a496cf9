"""Quyết định mở lớp as Word, with the list of trainees on pages laid across."""

from typing import Any

from thanhsen.papers.layout import CENTRE, Sheet
from thanhsen.papers.tables import Column, centred, table
from thanhsen.papers.wording import dong_in_words, inside, numbered, plain, spoken_day
from thanhsen.vietnamese import number
from trainings.actions.roster.versions import line_of
from trainings.exchange.papers import parts
from trainings.models import Course, RosterVersion, Trainee

DRAFT = "DỰ THẢO"
LIST = {
    "full_name": Column("Họ và tên", 46), "born": centred("Ngày, năm sinh", 24), "sex": centred("Giới tính", 15),
    "position": Column("Chức vụ", 52), "unit": Column("Đơn vị", 52), "group": Column("Nhóm", 29),
    "training_class": centred("Lớp", 17),
}  # fmt: skip


def decision(course: Course) -> bytes:
    """With the newest frozen list; before the first one, with the roster as it is and the word draft on it."""
    frozen = RosterVersion.objects.filter(course=course).newest_first().first()
    lines = frozen.lines if frozen else [line_of(each) for each in _people(course)]
    number_of = numbered(frozen.decision_number) if frozen else "[…]/QĐ-UBND"
    signed_on = spoken_day(frozen.decision_date) if frozen else parts.DRAFT_DAY
    sheet, costs, name = (
        Sheet(f"Quyết định mở lớp {course.code}"),
        parts.costs_of(course),
        parts.class_of(course),
    )
    if not frozen:
        sheet.line(DRAFT, bold=True, size=13, after=4)
    parts.head(sheet, course, f"Số: {number_of}", signed_on)
    sheet.title("QUYẾT ĐỊNH", f"Về việc mở {name}")
    sheet.line(f"CHỦ TỊCH ỦY BAN NHÂN DÂN {course.ward.name.upper()}", bold=True, align=CENTRE, after=8)
    parts.grounds(sheet, costs, f"Căn cứ {parts.plan_of(course)}", "Theo đề nghị của [đơn vị tham mưu]")
    sheet.line("QUYẾT ĐỊNH:", bold=True, align=CENTRE, before=6, after=6, keep=True)
    classes = [plain(each.name) for each in course.classes.in_order()]
    divided = f", chia thành {len(classes)} lớp: {', '.join(classes)}" if len(classes) > 1 else ""
    sheet.body(
        f"Mở {name} {parts.days_of(course)} cho {number(len(lines))} học viên{divided} (danh sách kèm theo).",
        lead="Điều 1.",
    )
    total = sum(each.planned for each in costs)
    money = f" là {number(total)} đồng (bằng chữ: {dong_in_words(total)})" if total else ""
    sheet.body(
        f"Kinh phí theo dự toán được duyệt{money}, chi từ [nguồn kinh phí]; thanh toán, quyết toán theo quy định.",
        lead="Điều 2.",
    )
    sheet.body(
        "Quyết định này có hiệu lực kể từ ngày ký. [Các đơn vị liên quan] và các học viên có tên trong danh sách chịu trách nhiệm thi hành Quyết định này./.",
        lead="Điều 3.",
    )
    parts.signed(sheet, frozen or course, ["Như Điều 3;", "Lưu: VT, […]."], for_committee=False)
    _list(sheet, lines, f"Quyết định số {number_of} {signed_on} của Chủ tịch Ủy ban nhân dân {inside(course.ward.name)}", not frozen)  # fmt: skip
    return sheet.saved()


def decision_lacks(course: Course) -> list[str]:
    if RosterVersion.objects.filter(course=course).exists():
        return []
    return ["chưa chốt danh sách theo quyết định (trang Học viên)"]


def _list(sheet: Sheet, lines: list[dict[str, Any]], belongs: str, is_draft: bool) -> None:
    sheet.landscape()
    sheet.line("DANH SÁCH HỌC VIÊN" + (f" ({DRAFT})" if is_draft else ""), bold=True, align=CENTRE)
    sheet.line(f"(Kèm theo {belongs})", italic=True, size=13, align=CENTRE, after=6)
    rows = [[place, *(each.get(name) for name in LIST)] for place, each in enumerate(lines, 1)]
    table(sheet, [centred("TT", 12), *LIST.values()], rows)
    sheet.line(f"Danh sách gồm {number(len(lines))} người.", italic=True, size=13)


def _people(course: Course):
    return (
        Trainee.objects.enrolled().filter(course=course).select_related("unit", "training_class").in_order()
    )
