"""The six invented households of a practice ward, each of which teaches one thing.

`answers` and `income_score` stand on the paper the learner copies; `expected` is what the standard 2022–2026 makes
of them in an urban tổ dân phố, and a test fills the sheets to see that it does.
"""

from dataclasses import dataclass, field
from typing import Any

GROWN_UP = {
    "sex": "female", "schooling": "none", "education": "upper_secondary", "work": "wage_contract", "has_insurance": True,
}  # fmt: skip
PUPIL = {
    "sex": "male", "schooling": "primary", "education": "none", "work": "studying", "has_insurance": True,
    "undernourished": False, "relationship": "child",
}  # fmt: skip
FINE: dict[str, Any] = {
    "housing_quality": {"value": ["wall", "pillar", "roof"]},
    "water": {"value": "piped"},
    "toilet": {"value": "septic"},
    "telecom": {"value": "yes"},
    "info_means": {"value": ["television", "telephone"]},
}


@dataclass(frozen=True)
class Home:
    """`age`: how old each one is in the year of the round; the head comes first."""

    title: str
    story: str
    lesson: str
    people: list[dict[str, Any]]
    floor_area: int
    income_score: int
    answers: dict[str, Any]
    expected: str
    was: str = ""  # class by last year's decision; "" for a household outside the list
    was_lacking: tuple[str, ...] = ()
    complaint: str = ""
    changed: dict[str, Any] = field(default_factory=dict)  # answers after the re-check
    expected_then: str = ""


HOMES = [
    Home(
        title="Nghèo rõ ràng",
        story="Bà sống với cháu trong căn nhà tạm, làm thuê theo ngày.",
        lesson="Điểm B1 thấp hơn mức và thiếu từ 3 chỉ số trở lên: hộ nghèo. Việc làm và BHYT cổng tính sẵn từ sổ hộ; "
        "cán bộ chỉ xác nhận.",
        people=[
            {
                **GROWN_UP, "full_name": "Phạm Thị Bưởi", "age": 52, "work": "wage_no_contract", "has_insurance": False,
                "education": "primary",
            },
            {**PUPIL, "full_name": "Phạm Văn Khế", "age": 9, "relationship": "grandchild"},
        ],
        floor_area=24,
        income_score=120,
        answers={**FINE, "housing_quality": {"value": []}, "toilet": {"value": "none"}, "telecom": {"value": "no"}},
        expected="poor",
        was="poor",
        was_lacking=("employment", "insurance", "housing_quality", "toilet"),
    ),
    Home(
        title="Cận nghèo rõ ràng",
        story="Hai vợ chồng có việc ổn định nhưng thu nhập thấp, nhà chưa dùng internet.",
        lesson="Điểm B1 không quá mức nhưng chỉ thiếu 1 chỉ số, chưa đủ 3: hộ cận nghèo.",
        people=[
            {**GROWN_UP, "full_name": "Nguyễn Văn Mít", "age": 41, "sex": "male"},
            {**GROWN_UP, "full_name": "Trần Thị Na", "age": 39, "relationship": "spouse"},
        ],
        floor_area=50,
        income_score=150,
        answers={**FINE, "telecom": {"value": "no"}},
        expected="near_poor",
        was="near_poor",
        was_lacking=("telecom",),
    ),
    Home(
        title="Đúng ranh giới: B1 bằng 175, thiếu 3 chỉ số",
        story="Hộ ở thành thị, cộng điểm trên phiếu giấy ra đúng 175.",
        lesson="“Không quá 175” gồm cả 175, “từ 3 chỉ số” gồm cả 3: hộ nghèo. Chỉ cần 176 điểm là hộ không nghèo, "
        "nên cộng lại điểm trước khi nộp.",
        people=[{**GROWN_UP, "full_name": "Lê Thị Mơ", "age": 58}, {**GROWN_UP, "full_name": "Lê Văn Mận", "age": 31,
                "sex": "male", "relationship": "child"}],
        floor_area=30,
        income_score=175,
        answers={**FINE, "housing_quality": {"value": ["pillar"]}, "toilet": {"value": "other"}, "telecom": {"value": "no"}},
        expected="poor",
        was="near_poor",
        was_lacking=("telecom", "toilet"),
    ),
    Home(
        title="Sửa điều cổng tính sẵn, có lý do",
        story="Sổ hộ ghi ông Ổi chưa có BHYT, nhưng ông đưa ra thẻ vừa mua tuần trước.",
        lesson="Chỉ số tính từ sổ hộ được sửa khi có bằng chứng: chọn “không thiếu” ở Bảo hiểm y tế và ghi lý do "
        "(số thẻ, ngày mua). Còn thiếu 2 chỉ số: hộ cận nghèo. Cách tốt hơn là sửa luôn sổ hộ.",
        people=[{**GROWN_UP, "full_name": "Đặng Văn Ổi", "age": 63, "sex": "male", "work": "retired", "has_insurance": False}],
        floor_area=28,
        income_score=160,
        answers={
            **FINE, "toilet": {"value": "none"}, "telecom": {"value": "no"},
            "insurance": {"lacking": False, "override_reason": "Đã xem thẻ BHYT mua tuần trước, sổ hộ chưa cập nhật."},
        },
        expected="near_poor",
        was="poor",
        was_lacking=("insurance", "toilet", "telecom"),
    ),
    Home(
        title="Đổi phân loại sau khiếu nại",
        story="Phiếu giấy ghi hộ dùng nước ao. Sau khi niêm yết, hàng xóm khiếu nại.",
        lesson="Ghi khiếu nại về đúng câu bị khiếu nại, phúc tra bằng người khác người nộp phiếu, sửa câu sai, "
        "rồi niêm yết lại. Kết quả đổi từ hộ nghèo thành hộ cận nghèo.",
        people=[{**GROWN_UP, "full_name": "Hoàng Thị Lựu", "age": 47}, {**PUPIL, "full_name": "Hoàng Văn Đào", "age": 10}],
        floor_area=40,
        income_score=165,
        answers={**FINE, "water": {"value": "other"}, "toilet": {"value": "none"}, "telecom": {"value": "no"}},
        expected="poor",
        was="poor",
        was_lacking=("water", "toilet", "telecom"),
        complaint="Hộ bà Lựu đã dùng nước máy từ tháng 3 năm nay, có hoá đơn tiền nước.",
        changed={"water": {"value": "piped"}},
        expected_then="near_poor",
    ),
    Home(
        title="Có đơn Mẫu 01, ngoài danh sách",
        story="Bà Sung chưa từng trong danh sách, nộp đơn qua tổ trưởng vì ốm nặng, mất việc.",
        lesson="Đơn được đưa vào danh sách của đợt, nhận dạng nhanh bằng Phiếu A, rồi mới lập Phiếu B. "
        "Hộ nghèo lần đầu: phát sinh mới.",
        people=[{**GROWN_UP, "full_name": "Võ Thị Sung", "age": 45, "work": "none_seeking", "has_insurance": False}],
        floor_area=35,
        income_score=140,
        answers={**FINE, "housing_quality": {"value": ["wall"]}, "telecom": {"value": "no"}},
        expected="poor",
    ),
]  # fmt: skip
