"""Invented remarks on sheets: what a checker finds to ask."""

from datetime import timedelta
from random import Random

from households.demo.sheets import at
from households.models import Remark, Sheet
from thanhsen.models import User

REMARKS = {
    "employment": "Con trai đi làm công ty từ tháng 6, kiểm tra lại hợp đồng lao động.",
    "insurance": "Đối chiếu lại thẻ BHYT của các thành viên với danh sách cấp năm nay.",
    "schooling": "Hỏi lại nhà trường việc đi học của các cháu.",
    "housing_quality": "Nhà đã được hỗ trợ sửa mái, xem lại phần mái và tường.",
    "housing_area": "Đo lại diện tích, chưa tính phần nhà mới cơi nới.",
    "water": "Tổ này đã có nước máy, xác nhận lại nguồn nước chính.",
    "toilet": "Chụp lại ảnh nhà tiêu để đối chiếu.",
    "telecom": "Con đang học trực tuyến tại nhà, hỏi lại việc dùng internet.",
    "income_score": "Điểm B1 chênh nhiều so với năm trước, tính lại từ phiếu giấy.",
    "per_capita_income": "Thu nhập chưa tính tiền con gửi về, hỏi lại hộ.",
    "causes": "Nguyên nhân chưa khớp với ghi chú của tổ trưởng.",
    "": "Phiếu giấy chưa có chữ ký của đại diện hộ.",
}


def remark(rng: Random, sheet: Sheet, by: User) -> Remark:
    """On one question, some days after the sheet was handed in."""
    causes = sheet.causes or sheet.main_cause
    question = rng.choice([code for code in REMARKS if code != "causes" or causes])
    day = sheet.surveyed_on + timedelta(days=rng.randint(1, 5))
    return Remark(
        sheet=sheet, question=question, text=REMARKS[question], by=by, at=at(day, rng.randint(8, 11))
    )


def settled_remark(rng: Random, sheet: Sheet, by: User) -> Remark:
    """A remark answered the same day: the sheet came back before it was approved."""
    found = remark(rng, sheet, by)
    found.at = at(sheet.surveyed_on, 11)
    found.settled_at = sheet.submitted_at
    return found
