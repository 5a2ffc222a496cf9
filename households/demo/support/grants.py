"""Invented help that the households of the demo ward's list received: what, when, how much, from where."""

from datetime import date, timedelta
from random import Random

from django.db.models import Q

from households.demo.plan import NOW
from households.models import Policy, Receipt, Status, Support
from thanhsen.models import Area

SEED = "support"
YEARS = (2024, 2025, 2026)
# Policy → (of a hundred households on the list, what, đồng, where the money is from).
GIVEN: dict[Policy, tuple[int, str, int, str]] = {
    Policy.INSURANCE: (80, "Thẻ BHYT", 972_000, "Ngân sách nhà nước"),
    Policy.ELECTRICITY: (70, "Hỗ trợ tiền điện", 330_000, "Ngân sách nhà nước"),
    Policy.EDUCATION: (25, "Miễn giảm học phí, chi phí học tập", 1_350_000, "Ngân sách nhà nước"),
    Policy.LIVELIHOOD: (8, "Con giống, vật tư mô hình", 14_000_000, "Chương trình MTQG"),
    Policy.LOAN: (12, "Vay vốn hộ nghèo", 50_000_000, "Ngân hàng Chính sách xã hội"),
    Policy.HOUSING: (2, "Sửa chữa, xây mới nhà ở", 60_000_000, "Nguồn xã hội hoá"),
}


def give_support() -> int:
    """Help of three years for the first ward, the same every time; how many rows. No trail of its own: as the rest
    of the demo, it is one load."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    rows = []
    for year in YEARS:
        first, last = date(year, 1, 1), min(date(year, 12, 31), NOW)
        held = (
            Status.objects.listed()
            .on(first)
            .filter(area__parent=ward)
            .filter(Q(valid_to=None) | Q(valid_to__gt=first))
        )
        for status in held.select_related("household").order_by("household__code"):
            rng = Random(f"{SEED} {year} {status.household.head_name} {status.household.code}")  # noqa: S311 - invented
            for policy, (share, content, amount, source) in GIVEN.items():
                if rng.random() * 100 < share:
                    day = first + timedelta(days=rng.randint(20, (last - first).days))
                    day = max(day, status.household.opened_date)
                    closed = status.household.closed_date
                    if closed is None or day <= closed:
                        made = Support(
                            household=status.household, area_id=status.household.area_id, policy=policy,
                            content=f"{content} năm {year}", valid_from=day, valid_to=day + timedelta(days=1),
                            source=source,
                        )  # fmt: skip
                        rows.append((made, amount))
    Support.objects.bulk_create([made for made, _ in rows], batch_size=2000)
    Receipt.objects.bulk_create(
        [Receipt(support=made, received_on=made.valid_from, amount=amount) for made, amount in rows],
        batch_size=2000,
    )
    return len(rows)
