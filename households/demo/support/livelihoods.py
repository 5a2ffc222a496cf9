"""Invented models of livelihood of the demo ward, one that failed and one that was copied among them."""

from datetime import date
from random import Random

from households.demo.plan import NOW
from households.models import (
    FollowUp,
    Household,
    LivelihoodProject,
    Participation,
    Programme,
    Status,
    Support,
)
from thanhsen.models import Area

# Name, kind, how, begun, ended, outcome, lessons, copy of (place in this list), better of a hundred.
PROJECTS = (
    ("Nuôi bò sinh sản", "livestock", "Mỗi hộ một bò cái, quay vòng bê", date(2023, 3, 1), date(2025, 3, 1), "worked", "Có thú y đến tận nhà, hộ góp công làm chuồng.", None, 80),
    ("Nuôi gà thả vườn", "livestock", "100 con mỗi hộ", date(2024, 2, 1), date(2025, 1, 15), "failed", "Dịch bệnh, không tiêm phòng đủ; giá xuống.", None, 20),
    ("Trồng rau an toàn", "crops", "Nhà lưới, hợp đồng với trường học", date(2024, 9, 1), None, "", "", None, 65),
    ("Làm nước mắm", "craft", "Tổ hợp tác tám hộ, nhãn chung", date(2025, 3, 1), None, "", "", None, 60),
    ("Quán ăn sáng", "service", "Xe đẩy, tập huấn an toàn thực phẩm", date(2025, 6, 1), None, "", "", None, 70),
    ("Nuôi bò sinh sản, đợt 2", "livestock", "Như đợt 1, thêm trồng cỏ", date(2025, 5, 1), None, "", "", 0, 75),
    ("Đan lát", "craft", "Nhận hàng của hợp tác xã", date(2026, 1, 10), None, "", "", None, 55),
    ("Nuôi cá nước ngọt", "fishery", "Ao nhà, cá giống của trạm", date(2026, 3, 1), None, "", "", None, 50),
)  # fmt: skip


def make_livelihoods(programmes: dict[str, Programme]) -> int:
    """Models of four years, twelve to eighteen households each, their months of 2026; how many models."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    listed = Status.with_voided.filter(
        area__parent=ward, classification__in=["poor", "near_poor"], voided_at=None
    )
    homes = list(
        Household.objects.filter(pk__in=listed.values("household"), closed_date=None)
        .order_by("code")
        .distinct()
    )
    supports = {
        each.household_id: each
        for each in Support.objects.filter(programme=programmes["livelihood"]).order_by("valid_from", "pk")
    }
    made: list[LivelihoodProject] = []
    parts: list[Participation] = []
    months: list[FollowUp] = []
    rng = Random("livelihoods")  # noqa: S311 - invented
    for name, kind, how, begun, ended, outcome, lessons, copy, better in PROJECTS:
        project = LivelihoodProject.objects.create(
            ward=ward, name=f"{name} (ví dụ)", kind=kind, description=how, lead="Hội Nông dân phường (ví dụ)",
            programme=programmes["livelihood"], planned_capital=300_000_000, started_on=begun, ended_on=ended,
            outcome=outcome, lessons=lessons, copied_from=made[copy] if copy is not None else None,
        )  # fmt: skip
        made.append(project)
        there = [each for each in homes if each.opened_date <= (ended or NOW)]
        for home in rng.sample(there, min(len(there), rng.randint(12, 18))):
            part = _part(project, home, supports.get(home.pk), better, rng)
            parts.append(part)
            months += _months(part, rng) if not ended else []
    Participation.objects.bulk_create(parts)
    FollowUp.objects.bulk_create(months)
    return len(made)


def _part(project, home, support, better: int, rng: Random) -> Participation:
    before = rng.randrange(500, 2500, 50) * 1000
    gained = rng.random() * 100 < better
    failed = project.outcome == "failed" and rng.random() < 0.6
    return Participation(
        project=project, household=home, joined_on=max(project.started_on, home.opened_date),
        own_capital=rng.randrange(0, 6) * 1_000_000, loan=rng.choice([None, 20_000_000, 50_000_000]),
        equipment="Con giống, vật tư theo mô hình", training="Tập huấn kỹ thuật 2 buổi", support=support,
        income_before=before, income_after=before + (rng.randrange(200, 1800, 50) * 1000 if gained else -100_000),
        left_on=project.ended_on, left_reason=("failed" if failed else "finished") if project.ended_on else "",
        left_note="Mô hình kết thúc (ví dụ)" if project.ended_on else "",
    )  # fmt: skip


def _months(part: Participation, rng: Random) -> list[FollowUp]:
    rows = []
    for month in range(1, NOW.month):
        first = date(NOW.year, month, 1)
        if first > part.joined_on and rng.random() < 0.85:
            condition = rng.choice(["good", "good", "fair", "fair", "bad"])
            rows.append(
                FollowUp(
                    participation=part, month=first, visited_on=date(NOW.year, month, 20), condition=condition,
                    text="Vật nuôi chậm lớn" if condition == "bad" else "", income=rng.randrange(5, 40) * 100_000,
                )
            )  # fmt: skip
    return rows
