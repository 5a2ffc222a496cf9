"""Invented shocks of the demo ward: a storm dealt with, another half seen, a fall of prices; and weak sides seen."""

from datetime import date, timedelta
from random import Random

from households.demo.plan import NOW
from households.models import (
    Household,
    Listing,
    Policy,
    Programme,
    Receipt,
    Request,
    Round,
    ShockEvent,
    ShockImpact,
    Status,
    Support,
    Vulnerability,
)
from households.models.people import AGRICULTURE, Livelihood
from thanhsen.models import Area

SEED = "shocks"
Severity = ShockImpact.Severity
BADLY = (Severity.HEAVY, Severity.LOST)
# (name, kind, day, end, indices of its tổ dân phố, of a hundred households how many are seen, closed on)
SHOCKS = (
    (
        "Bão số 5 (ví dụ)",
        "disaster",
        date(2025, 8, 25),
        date(2025, 8, 27),
        tuple(range(6)),
        100,
        date(2025, 10, 10),
    ),
    (
        "Mưa lũ tháng 10 (ví dụ)",
        "disaster",
        date(2026, 10, 28),
        date(2026, 11, 2),
        tuple(range(4, 9)),
        55,
        None,
    ),
    ("Giá lợn hơi giảm mạnh (ví dụ)", "market", date(2026, 6, 15), None, (3, 11, 12), 80, None),
)
# Of a hundred households seen: severity, how many; what was lost, đồng from and to.
STRUCK = {
    "disaster": (
        (Severity.NONE, 62, (), 0, 0),
        (Severity.LIGHT, 22, ("Ngập sân, ướt đồ đạc", "Đổ cây, gãy hàng rào", "Hỏng rau màu"), 1, 8),
        (Severity.HEAVY, 14, ("Tốc mái nhà", "Ngập nhà trên 1 m", "Chết gia cầm, hỏng chuồng trại"), 10, 45),
        (Severity.LOST, 2, ("Sập nhà", "Mất trắng ao cá"), 60, 180),
    ),
    "market": (
        (Severity.NONE, 84, (), 0, 0),
        (Severity.LIGHT, 12, ("Bán lỗ một lứa lợn",), 3, 12),
        (Severity.HEAVY, 4, ("Lỗ hai lứa, còn nợ tiền cám",), 15, 40),
        (Severity.LOST, 0, (), 0, 0),
    ),
}
RELIEF = {
    "policy": Policy.EMERGENCY,
    "legal_basis": "Nghị quyết (ví dụ)",
    "content": "Hỗ trợ một lần hộ thiệt hại nặng, mất trắng (mức ví dụ)",
    "source": "Quỹ phòng, chống thiên tai (ví dụ)",
    "per": Programme.Per.ONCE,
    "classes": ["any"],
    "amount": 5_000_000,
    "selective": True,
}


def make_shocks() -> int:
    """Shocks of the first ward, the same every time; how many households stand on their lists. No trail of its own:
    as the rest of the demo, it is one load."""
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    groups = list(ward.children.groups().valid_on(NOW).in_order())
    count = 0
    for name, kind, day, end, places, seen, closed in SHOCKS:
        shock = ShockEvent.objects.create(
            ward=ward, name=name, kind=kind, happened_on=day, ended_on=end,
            description="Số liệu minh hoạ, máy bịa ra.", programme=_programme(ward, name, day, kind),
        )  # fmt: skip
        areas = [groups[index % len(groups)] for index in places]
        shock.areas.add(*areas)
        count += _impacts(shock, areas, seen, closed)
        if closed:
            ShockEvent.objects.filter(pk=shock.pk).update(closed_on=closed)
    _weak_sides(groups[:6])
    return count


def _programme(ward: Area, name: str, day: date, kind: str) -> Programme | None:
    """Emergency support is given once by a programme, so each storm has its own; a fall of prices has none."""
    if kind != "disaster":
        return None
    made = Programme.objects.create(ward=ward, name=f"Hỗ trợ khẩn cấp: {name}", valid_from=day, **RELIEF)
    made.line_id = made.pk
    made.save(update_fields=["line"])
    return made


def _impacts(shock: ShockEvent, areas: list[Area], seen: int, closed: date | None) -> int:
    homes = Household.objects.filter(area__in=areas, opened_date__lte=shock.happened_on, closed_date=None)
    poor = set(Status.objects.on(NOW).filter(classification="poor").values_list("household", flat=True))
    rows = [_impact(shock, home, seen, home.pk in poor) for home in homes.order_by("code")]
    if closed and shock.programme:
        _help(shock, shock.programme, rows)
    ShockImpact.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _impact(shock: ShockEvent, home: Household, seen: int, is_poor: bool) -> ShockImpact:
    rng = Random(f"{SEED} {shock.name} {home.head_name} {home.code}")  # noqa: S311 - invented
    made = ShockImpact(shock=shock, household=home)
    if rng.random() * 100 >= seen:
        return made
    kinds = STRUCK[shock.kind]
    severity, _, texts, least, most = rng.choices(kinds, weights=[each[1] for each in kinds])[0]
    made.severity, made.seen_on = severity, shock.happened_on + timedelta(days=rng.randint(2, 12))
    if texts:
        made.text, made.loss = rng.choice(texts), rng.randint(least, most) * 1_000_000
    made.pushed_down = not is_poor and severity in BADLY and rng.random() < 0.3
    return made


def _help(shock: ShockEvent, programme: Programme, rows: list[ShockImpact]) -> None:
    """All badly struck were helped; those pushed down whom the review of that year saw had asked for it."""
    day = shock.happened_on + timedelta(days=14)
    struck = [each for each in rows if each.severity in BADLY]
    for each in struck:
        each.support = Support(
            household=each.household, area_id=each.household.area_id, programme=programme, line_id=programme.line_id,
            policy=programme.policy, content=programme.name, valid_from=day, source=programme.source,
            reason=f"Thiệt hại do {shock.name}",
        )  # fmt: skip
    given = Support.objects.bulk_create([each.support for each in struck if each.support], batch_size=2000)
    Receipt.objects.bulk_create(
        [
            Receipt(support=each, received_on=day + timedelta(days=6), amount=programme.amount)
            for each in given
        ],
        batch_size=2000,
    )
    review = Round.objects.filter(ward=shock.ward, year=day.year, kind=Round.Kind.PERIODIC).first()
    reviewed = set(Listing.objects.filter(round=review).values_list("household", flat=True))
    for each in rows:
        each.pushed_down = each.pushed_down and each.household_id in reviewed
    asking = [each for each in rows if each.pushed_down]
    for each in asking:
        each.review = Request(
            household=each.household, form=Request.Form.REVIEW, received_on=day, channel=Request.Channel.GROUP_HEAD,
            applicant=each.household.head_name, text=f"Bị thiệt hại do {shock.name}", taken_in=review,
        )  # fmt: skip
    Request.objects.bulk_create([each.review for each in asking if each.review], batch_size=2000)


def _weak_sides(areas: list[Area]) -> None:
    """Of every third listed household of some tổ dân phố, what the officer saw in the spring."""
    listed = Status.objects.listed().on(NOW).values("household")
    homes = Household.objects.filter(area__in=areas, closed_date=None, pk__in=listed).order_by("code")
    rows = []
    for home in homes:
        rng = Random(f"{SEED} weak {home.head_name} {home.code}")  # noqa: S311 - invented
        if rng.random() < 0.33:
            debt = rng.choice([None, 0, 20_000_000, 50_000_000, 80_000_000])
            rows.append(
                Vulnerability(
                    household=home, assessed_on=max(date(2026, 4, rng.randint(1, 28)), home.opened_date),
                    single_earner=rng.random() < 0.4, illness=rng.random() < 0.35,
                    unstable_livelihood=home.livelihood in AGRICULTURE | {Livelihood.CASUAL},
                    debt=debt, debt_to="Ngân hàng Chính sách xã hội" if debt else "",
                    exposures=[each for each in Vulnerability.Exposure.values if rng.random() < 0.3],
                )
            )  # fmt: skip
    Vulnerability.objects.bulk_create(rows, batch_size=2000)
