"""The papers of a course: what each is for, what is missing before it can be written, and how it is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from thanhsen import workbook
from trainings.exchange.papers import attendance, decision, lists, people, plan, programme, report, summons
from trainings.models import Course

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Paper:
    """`missing`: sentences on what the course lacks for it, none when it can be taken to be signed. `people`: the ids of
    the trainees it names, where it does. `of_unit`: `write` and `people` can be asked for one unit alone (`unit`)."""

    key: str
    name: str
    purpose: str
    ending: str
    write: Callable[..., bytes]
    missing: Callable[[Course], list[str]]
    people: Callable[..., Iterable[int]] | None = None
    of_unit: bool = False

    @property
    def names_people(self) -> bool:
        return self.people is not None

    @property
    def content_type(self) -> str:
        return WORD if self.ending == "docx" else workbook.CONTENT_TYPE


PAPERS = {
    each.key: each
    for each in (
        Paper("ke-hoach", "Kế hoạch mở lớp", "Trình chủ tịch ký trước khi mở khoá.", "docx", plan.plan, plan.plan_lacks),
        Paper("quyet-dinh", "Quyết định mở lớp, kèm danh sách", "Danh sách là bản đã chốt theo quyết định; chưa chốt thì ghi “dự thảo”.", "docx", decision.decision, decision.decision_lacks, people.decided),
        Paper("trieu-tap", "Giấy triệu tập", "Mỗi đơn vị một tờ, ghi người được cử, lớp và lịch học.", "docx", summons.summons, summons.lacks, people.enrolled, of_unit=True),
        Paper("chuong-trinh", "Chương trình", "Thời gian, chuyên đề, báo cáo viên, nơi học của từng lớp.", "docx", programme.programme, programme.programme_lacks),
        Paper("diem-danh", "Danh sách điểm danh", "Mỗi lớp một trang, mỗi buổi một cột ký.", "xlsx", attendance.attendance_sheets, attendance.lacks, people.in_classes),
        Paper("ky-nhan", "Danh sách ký nhận tài liệu, tiền hỗ trợ", "Mỗi khoản chi cho học viên, báo cáo viên một trang, số tiền tính theo buổi có mặt.", "xlsx", lists.receipts, lists.receipts_lack, people.attended),
        Paper("so-cap", "Sổ cấp giấy chứng nhận", "Mọi giấy của khoá theo số, cả giấy đã thu hồi.", "xlsx", lists.register, lists.register_lacks, people.certified),
        Paper("bao-cao", "Báo cáo kết quả khoá", "Số liệu lấy từ trang Báo cáo; phần trong ngoặc vuông do người viết điền.", "docx", report.report, report.lacks),
        Paper("quyet-toan", "Quyết toán", "Dự toán, đã chi, chênh lệch, chứng từ.", "xlsx", lists.settlement, lists.settlement_lacks),
    )
}  # fmt: skip
