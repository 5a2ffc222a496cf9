"""The report on a course as Word: the figures of its page, and places in brackets for what only its author can judge."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from thanhsen.papers.layout import CENTRE, Sheet
from thanhsen.papers.tables import Column, centred, next_paper, number, table
from thanhsen.papers.wording import dong_in_words, inside, plain
from thanhsen.vietnamese import number as printed
from trainings.exchange.papers import parts
from trainings.models import Course
from trainings.reports import results
from trainings.reports.comparison import Beside
from trainings.reports.results import Results, Share

COUNTS = [
    number("Học viên", 20),
    number("Có dự", 17),
    number("Hoàn thành", 24),
    number("Tỷ lệ (%)", 22),
    number("Giấy", 16),
]
SESSIONS = [
    centred("TT", 11), Column("Lớp, buổi", 34), number("Phải dự", 20), number("Có mặt", 20), number("Vắng có phép", 20),
    number("Vắng", 17), number("Chưa ghi", 18), number("Tỷ lệ (%)", 20),
]  # fmt: skip
GAIN = [
    centred("TT", 11),
    Column("Chuyên đề", 79),
    number("Trước (%)", 22),
    number("Sau (%)", 22),
    number("Tăng (điểm %)", 26),
]
SCALE = [centred("TT", 11), Column("Nội dung đánh giá", 99), number("Số phiếu", 22), number("Điểm (1–5)", 28)]
MONEY = [Column("Khoản", 80), number("Số tiền (đồng)", 80)]
SHORT = 12  # lines of a table that is kept on one page


def report(course: Course) -> bytes:
    found = results.of_course(course)
    sheet, name = Sheet(f"Báo cáo {course.code}"), inside(plain(course.name))
    parts.head(sheet, course, "Số: […]/BC-UBND", parts.DRAFT_DAY)
    sheet.title("BÁO CÁO", f"Kết quả {name}")
    sheet.body(
        f"Ủy ban nhân dân {inside(course.ward.name)} báo cáo kết quả {name}, tổ chức {parts.days_of(course)}, như sau:"
    )
    _people(sheet, found)
    _sessions(sheet, found)
    _learned(sheet, found)
    _money(sheet, found)
    _earlier(sheet, found)
    sheet.heading(f"{6 if found.earlier else 5}. Đánh giá chung, kiến nghị")
    sheet.body("[Nêu việc làm được, hạn chế, nguyên nhân, kiến nghị.]")
    sheet.body(f"Trên đây là báo cáo của Ủy ban nhân dân {inside(course.ward.name)}./.")
    parts.signed(sheet, course, ["[…];", "Lưu: VT."])
    _units(sheet, found)
    return sheet.saved()


def lacks(course: Course) -> list[str]:
    return [] if course.state == Course.State.CLOSED else ["khoá chưa kết thúc, số liệu còn đổi"]


def _people(sheet: Sheet, found: Results) -> None:
    whole = found.whole
    asked = f"Giao các đơn vị cử {printed(found.here.invited)} người. " if found.here.invited else ""
    sheet.heading("1. Học viên")
    sheet.body(
        f"{asked}Có tên trong danh sách {printed(whole.enrolled)} người; dự ít nhất một buổi {printed(whole.came)} người; hoàn thành {printed(whole.completed)} người ({_percent(whole.rate)} %); cấp {printed(whole.certified)} giấy chứng nhận."
    )
    if found.here.absent_units:
        sheet.body(
            f"Đơn vị được giao cử người nhưng không có ai trong danh sách: {', '.join(map(plain, found.here.absent_units))}."
        )
    for name, shares in found.parts[:-1]:
        sheet.caption(f"Theo {name.lower()}")
        _shares(sheet, name, shares, whole)


def _shares(sheet: Sheet, name: str, shares: Sequence[Share], whole: Share) -> None:
    rows = [(place, each.name, *_counts(each)) for place, each in enumerate(shares, 1)]
    columns = [centred("TT", 11), Column(name, 50), *COUNTS]
    table(sheet, columns, [*rows, ("", "Cộng", *_counts(whole))], total=True, together=len(rows) <= SHORT)


def _counts(share: Share) -> tuple[str, ...]:
    counts = (share.enrolled, share.came, share.completed)
    return (*map(printed, counts), _percent(share.rate), printed(share.certified))


def _units(sheet: Sheet, found: Results) -> None:
    next_paper(sheet)
    sheet.line("PHỤ LỤC: KẾT QUẢ THEO ĐƠN VỊ", bold=True, align=CENTRE)
    sheet.line(
        f"(Kèm theo Báo cáo kết quả {inside(plain(found.here.course.name))})",
        italic=True,
        size=13,
        align=CENTRE,
        after=8,
    )
    _shares(sheet, "Đơn vị", found.by_unit, found.whole)


def _sessions(sheet: Sheet, found: Results) -> None:
    sheet.heading("2. Chuyên cần")
    rows: list[tuple[int | str, ...]] = [
        (
            place, f"{each.session.training_class.name}, buổi {each.session.number}", printed(each.expected), printed(each.attended),
            printed(each.excused), printed(each.absent), printed(each.unmarked), _percent(each.rate),
        )
        for place, each in enumerate(found.sessions, 1)
    ]  # fmt: skip
    if found.here.rate is not None:
        here = found.here
        rows.append(
            (
                "",
                "Các buổi đã học",
                printed(here.expected),
                printed(here.attended),
                "",
                "",
                "",
                _percent(here.rate),
            )
        )
    table(sheet, SESSIONS, rows, total=found.here.rate is not None, together=len(rows) <= SHORT)


def _learned(sheet: Sheet, found: Results) -> None:
    sheet.heading("3. Kết quả học tập, đánh giá của học viên")
    if not found.tests:
        sheet.body("Khoá không có bài kiểm tra.")
    for each in found.tests:
        average = f", trung bình đạt {_percent(each.average)} % số điểm" if each.average is not None else ""
        sheet.body(f"Bài {each.test.get_kind_display().lower()}: {printed(each.done)} người làm{average}.")
    if found.gain:
        sheet.caption(f"Người làm cả hai bài ({printed(found.gain[-1].people)} người), theo chuyên đề")
        rows = [
            (place if each.topic else "", each.topic or "Chung", _percent(each.before.percent), _percent(each.after.percent), _percent(each.gain))
            for place, each in enumerate(found.gain, 1)
        ]  # fmt: skip
        table(sheet, GAIN, rows, total=True, together=len(rows) <= SHORT)
    if found.scales:
        sheet.caption(f"Phiếu đánh giá ({printed(found.here.forms)} phiếu, không ghi tên)")
        scales = [
            (place, each.item.text, printed(each.answered), _percent(each.average))
            for place, each in enumerate(found.scales, 1)
        ]
        table(sheet, SCALE, scales, together=len(scales) <= SHORT)
    elif found.here.forms:
        sheet.body(
            f"Có {printed(found.here.forms)} phiếu đánh giá, quá ít để nêu kết quả mà không lộ người viết."
        )


def _money(sheet: Sheet, found: Results) -> None:
    sheet.heading("4. Kinh phí")
    rows = [
        ("Dự toán", found.here.planned),
        ("Đã chi", found.here.used),
        ("Chênh lệch", found.here.planned - found.here.used),
    ]
    table(sheet, MONEY, [(name, printed(amount)) for name, amount in rows], together=True)
    sheet.body(f"Đã chi bằng chữ: {dong_in_words(found.here.used)}.")


def _earlier(sheet: Sheet, found: Results) -> None:
    """The course and those before it: figures down, courses across, so that it stays on a page that stands upright."""
    if not found.earlier:
        return
    sheet.heading("5. So với các khoá trước")
    columns = [Column("Số liệu", 54), *(number(plain(each.course.code), 27) for each in found.beside)]
    lines: list[tuple[str, Callable[[Beside], str]]] = [
        ("Khai giảng ngày", lambda each: f"{each.course.starts_on:%d/%m/%Y}"),
        ("Học viên trong danh sách", lambda each: printed(each.enrolled)),
        ("Buổi đã học", lambda each: printed(each.sessions)),
        ("Tỷ lệ dự (%)", lambda each: _percent(each.rate)),
        ("Hoàn thành", lambda each: printed(each.completed)),
        ("Tỷ lệ hoàn thành (%)", lambda each: _percent(each.completed_rate)),
        ("Giấy chứng nhận còn giá trị", lambda each: printed(each.certified)),
        ("Kết quả kiểm tra tăng (điểm %)", lambda each: _percent(each.gain.gain)),
        ("Đánh giá trung bình (1–5)", lambda each: _percent(each.judged)),
        ("Đã chi (đồng)", lambda each: printed(each.used)),
        ("Chi cho một học viên (đồng)", lambda each: "–" if each.each is None else printed(each.each)),
    ]
    table(sheet, columns, [(name, *map(said, found.beside)) for name, said in lines], together=True)
    for each in found.beside:
        sheet.body(f"{plain(each.course.code)}: {inside(plain(each.course.name))}.")


def _percent(value: Decimal | None) -> str:
    return "–" if value is None else printed(value, 2 if value.as_tuple().exponent == -2 else 1)
