"""The report on a course as Word: the figures of its page, and places in brackets for what only its author can judge."""

from collections.abc import Sequence
from decimal import Decimal

from thanhsen.papers.layout import Sheet
from thanhsen.papers.wording import inside, place_name, plain, spelled, spoken_day
from thanhsen.vietnamese import number
from trainings.exchange.papers.words import CHAIR, DRAFT_DAY
from trainings.models import Course
from trainings.reports import results
from trainings.reports.results import Results, Share

PARTS = [
    ("TT", 11, True), ("", 57, False), ("Học viên", 23, True), ("Có dự", 23, True), ("Hoàn thành", 23, True), ("Giấy", 23, True),
]  # fmt: skip
SESSIONS = [
    ("TT", 11, True), ("Lớp, buổi", 45, False), ("Phải dự", 22, True), ("Có mặt", 22, True), ("Vắng có phép", 22, True),
    ("Vắng", 18, True), ("Tỷ lệ (%)", 20, True),
]  # fmt: skip
GAIN = [
    ("TT", 11, True),
    ("Chuyên đề", 79, False),
    ("Trước (%)", 22, True),
    ("Sau (%)", 22, True),
    ("Tăng", 26, True),
]
SCALE = [("TT", 11, True), ("Nội dung đánh giá", 99, False), ("Số phiếu", 22, True), ("Điểm (1–5)", 28, True)]
MONEY = [("Khoản", 80, False), ("Số tiền (đồng)", 80, True)]


def report(course: Course) -> bytes:
    found = results.of_course(course)
    sheet = Sheet(f"Báo cáo {course.code}")
    sheet.head([course.ward.name.upper()], "Số: […]/BC-UBND", f"{place_name(course.ward.name)}, {DRAFT_DAY}")
    sheet.title("BÁO CÁO", f"Kết quả {inside(plain(course.name))}")
    sheet.body(
        f"Ủy ban nhân dân {inside(course.ward.name)} báo cáo kết quả {inside(plain(course.name))}, tổ chức từ {spoken_day(course.starts_on)} đến {spoken_day(course.ends_on)}, như sau:"
    )
    _people(sheet, found)
    _sessions(sheet, found)
    _learned(sheet, found)
    _money(sheet, found)
    sheet.heading("5. Đánh giá chung, kiến nghị")
    sheet.body("[Nêu việc làm được, hạn chế, nguyên nhân, kiến nghị.]")
    sheet.signatures(
        [("Nơi nhận:", "receivers"), ("- […];", "small"), ("- Lưu: VT.", "small")],
        [*CHAIR, (plain(course.signer) or "[Họ và tên]", "place")],
    )
    return sheet.saved()


def lacks(course: Course) -> list[str]:
    return [] if course.state == Course.State.CLOSED else ["khoá chưa kết thúc, số liệu còn đổi"]


def _people(sheet: Sheet, found: Results) -> None:
    whole = found.whole
    sheet.heading("1. Học viên")
    sheet.body(
        f"Triệu tập {number(found.invited)} người; có tên trong danh sách {number(whole.enrolled)} người; dự ít nhất một buổi {number(whole.came)} người; hoàn thành {number(whole.completed)} người ({_percent(whole.rate)} %); cấp {number(whole.certified)} giấy chứng nhận."
    )
    for name, shares in found.parts[:-1]:
        sheet.caption(f"Theo {name.lower()}")
        sheet.table(
            [(heading or name, width, centred) for heading, width, centred in PARTS],
            [*_rows(shares), _total(whole)],
        )
    if found.absent_units:
        sheet.body(
            f"Đơn vị được giao cử người nhưng không có ai dự: {', '.join(map(plain, found.absent_units))}."
        )
    sheet.caption("Theo đơn vị")
    sheet.table(
        [(heading or "Đơn vị", width, centred) for heading, width, centred in PARTS],
        [*_rows(found.by_unit), _total(whole)],
    )


def _rows(shares: Sequence[Share]) -> list[tuple[str, ...]]:
    return [
        (str(place), plain(each.name), number(each.enrolled), number(each.came), number(each.completed), number(each.certified))
        for place, each in enumerate(shares, 1)
    ]  # fmt: skip


def _total(whole: Share) -> tuple[str, ...]:
    return (
        "",
        "Cộng",
        number(whole.enrolled),
        number(whole.came),
        number(whole.completed),
        number(whole.certified),
    )


def _sessions(sheet: Sheet, found: Results) -> None:
    sheet.heading("2. Chuyên cần")
    sheet.table(SESSIONS, [
        (
            str(place), f"{each.session.training_class.name}, buổi {each.session.number}", number(each.expected), number(each.attended),
            number(each.excused), number(each.absent + each.unmarked), _percent(each.rate),
        )
        for place, each in enumerate(found.sessions, 1)
    ])  # fmt: skip


def _learned(sheet: Sheet, found: Results) -> None:
    sheet.heading("3. Kết quả học tập, đánh giá của học viên")
    if not found.tests:
        sheet.body("Khoá không có bài kiểm tra.")
    for each in found.tests:
        average = f", trung bình đạt {_percent(each.average)} % số điểm" if each.average is not None else ""
        sheet.body(f"Bài {each.test.get_kind_display().lower()}: {number(each.done)} người làm{average}.")
    if found.gain:
        sheet.caption(f"Người làm cả hai bài ({number(found.gain[-1].people)} người), theo chuyên đề")
        sheet.table(GAIN, [
            (str(place) if each.topic else "", plain(each.topic) or "Chung", _percent(each.before.percent), _percent(each.after.percent), _percent(each.gain))
            for place, each in enumerate(found.gain, 1)
        ])  # fmt: skip
    if found.scales:
        sheet.caption(f"Phiếu đánh giá ({number(found.forms)} phiếu, không ghi tên)")
        sheet.table(SCALE, [
            (str(place), plain(each.item.text), number(each.answered), _percent(each.average))
            for place, each in enumerate(found.scales, 1)
        ])  # fmt: skip
    elif found.forms:
        sheet.body(f"Có {number(found.forms)} phiếu đánh giá, quá ít để nêu kết quả mà không lộ người viết.")


def _money(sheet: Sheet, found: Results) -> None:
    sheet.heading("4. Kinh phí")
    rows = [("Dự toán", found.planned), ("Đã chi", found.used), ("Chênh lệch", found.planned - found.used)]
    sheet.table(MONEY, [(name, number(amount)) for name, amount in rows])
    sheet.body(f"Đã chi bằng chữ: {spelled(int(found.used))} đồng.")


def _percent(value: Decimal | None) -> str:
    return "–" if value is None else number(value, 2 if value.as_tuple().exponent == -2 else 1)
