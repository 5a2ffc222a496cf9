"""Invented programmes of the demo ward. Every figure, basis and term is made up for showing; none is the law."""

from datetime import date

from households.models import Budget, Policy, Programme
from thanhsen.models import Area

BASIS = "Nghị quyết (ví dụ, máy bịa ra để minh hoạ)"
STARTS = date(2024, 1, 1)
# Key → what is given, to whom.
PROGRAMMES: dict[str, dict] = {
    "insurance_poor": {
        "policy": Policy.INSURANCE, "name": "Thẻ BHYT hộ nghèo (ví dụ)", "content": "Ngân sách đóng toàn bộ", "share": 100,
        "amount": 972_000, "source": "Ngân sách nhà nước", "per": "year", "classes": ["poor"], "per_person": True,
    },
    "insurance_near_poor": {
        "policy": Policy.INSURANCE, "name": "Thẻ BHYT hộ cận nghèo (ví dụ)", "content": "Ngân sách đóng một phần",
        "share": 70, "amount": 680_000, "source": "Ngân sách nhà nước", "per": "year", "classes": ["near_poor"],
        "per_person": True,
    },
    "insurance_left": {
        "policy": Policy.INSURANCE, "name": "Thẻ BHYT hộ mới thoát nghèo (ví dụ)", "content": "Ngân sách đóng một phần",
        "share": 50, "amount": 486_000, "source": "Ngân sách tỉnh", "per": "year", "classes": ["left_poor"],
        "term_months": 36, "per_person": True,
    },
    "study": {
        "policy": Policy.EDUCATION, "name": "Chi phí học tập (ví dụ)", "content": "Theo năm học", "amount": 1_350_000,
        "source": "Ngân sách nhà nước", "per": "school_year", "classes": ["poor", "near_poor"], "per_person": True,
        "min_age": 3, "max_age": 18, "studying": True,
    },
    "electricity": {
        "policy": Policy.ELECTRICITY, "name": "Tiền điện hộ nghèo (ví dụ)", "content": "Mỗi quý một lần", "amount": 165_000,
        "source": "Ngân sách nhà nước", "per": "quarter", "classes": ["poor"],
    },
    "loan": {
        "policy": Policy.LOAN, "name": "Vay vốn hộ nghèo, cận nghèo, mới thoát nghèo (ví dụ)", "content": "Vay có hạn mức",
        "amount": 50_000_000, "source": "Ngân hàng Chính sách xã hội", "per": "once",
        "classes": ["poor", "near_poor", "left_poor", "left_near_poor"], "term_months": 36, "selective": True,
    },
    "housing": {
        "policy": Policy.HOUSING, "name": "Sửa chữa, xây mới nhà ở (ví dụ)", "content": "Một lần mỗi hộ",
        "amount": 60_000_000, "source": "Nguồn xã hội hoá", "per": "once", "classes": ["poor", "near_poor"],
        "lacking": ["housing_quality", "housing_area"], "selective": True,
    },
    "livelihood": {
        "policy": Policy.LIVELIHOOD, "name": "Con giống, vật tư mô hình (ví dụ)", "content": "Theo mô hình được duyệt",
        "amount": 14_000_000, "source": "Chương trình mục tiêu quốc gia", "per": "year",
        "classes": ["poor", "near_poor", "left_poor"], "term_months": 36, "selective": True,
    },
}  # fmt: skip
PLANNED = {  # key → đồng planned for 2026
    "insurance_poor": 1_150_000_000, "insurance_near_poor": 1_250_000_000, "insurance_left": 250_000_000,
    "study": 900_000_000, "electricity": 260_000_000, "livelihood": 900_000_000,
}  # fmt: skip


def make_programmes() -> dict[str, Programme]:
    """The programmes of the first ward by key, with their plan of money for 2026."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    made = {}
    for key, values in PROGRAMMES.items():
        programme = Programme.objects.create(ward=ward, legal_basis=BASIS, valid_from=STARTS, **values)
        programme.line_id = programme.pk
        programme.save(update_fields=["line"])
        made[key] = programme
    Budget.objects.bulk_create(
        Budget(programme=made[key], year=2026, planned=planned, basis="Kế hoạch (ví dụ)")
        for key, planned in PLANNED.items()
    )
    return made
