"""The tables of the report in words, laid out from the official forms."""

from decimal import Decimal

from households.documents import yearly
from households.models import Cause
from households.poverty import Classification, Standard
from households.poverty.movement import Flow
from households.reports.narrative.findings import (
    LACKING,
    LISTED,
    MOVEMENT,
    NEAR_POOR,
    POOR,
    Compared,
    Forms,
    indicator_names,
    most_first,
)
from households.reports.narrative.numbers import HOUSEHOLDS, Numbers, percent, points, signed
from households.reports.official.groups import NAMES
from households.reports.stock import CLASSES
from thanhsen.vietnamese import number, rate

HIGHEST = 10  # tổ dân phố in the table of the highest rates
FLOWS = {
    Flow.OPENING: "Đầu năm",
    Flow.TO_OTHER: "Giảm: chuyển giữa nghèo và cận nghèo",
    Flow.ABOVE: "Giảm: vượt chuẩn cận nghèo",
    Flow.DEPARTED: "Giảm: chuyển đi, chết, tách, nhập hộ",
    Flow.FROM_OTHER: "Tăng: chuyển giữa nghèo và cận nghèo",
    Flow.RETURNED: "Tăng: tái nghèo, tái cận nghèo",
    Flow.NEW: "Tăng: phát sinh mới",
    Flow.ARRIVED: "Tăng: chuyển đến, tách, nhập hộ",
    Flow.CLOSING: "Cuối năm",
}
FEMALE_HEAD = "Chủ hộ là nữ"
NO_GROUP = "Không thuộc nhóm dân tộc thiểu số, không có khả năng lao động, người có công"


def stock(form: Numbers) -> list[yearly.StockLine]:
    """Form 1 by area type (where both exist) and class."""
    places = [(each.place, each.name) for each in form.lines("group")] + [("all", "Toàn địa bàn")]
    cells = [(place, name, of) for place, name in places for of in CLASSES]
    return [
        yearly.StockLine(
            tt=str(at), dia_ban=name, loai_ho=of.label, so_ho=number(form.count(of.value, place)),
            ty_le_ho=percent(form.rate(of.value, place)), so_khau=number(form.count(f"{of.value}_people", place)),
            ty_le_khau=percent(form.rate(f"{of.value}_people", place)),
        )
        for at, (place, name, of) in enumerate(cells, start=1)
    ]  # fmt: skip


def comparison(now: Numbers, compared: Compared) -> list[yearly.ComparedLine]:
    before = compared.before
    if before is None:
        return []
    return [
        yearly.ComparedLine(
            tt=str(at), loai_ho=of.label, ho_truoc=number(before.count(of.value)), ty_le_truoc=percent(before.rate(of.value)),
            ho_nay=number(now.count(of.value)), ty_le_nay=percent(now.rate(of.value)),
            chenh_ho=signed(now.count(of.value) - before.count(of.value)),
            chenh_diem=signed(points(now.exact(of.value), before.exact(of.value))),
        )
        for at, of in enumerate(CLASSES, start=1)
    ]  # fmt: skip


def movement(forms: Forms) -> list[yearly.FlowLine]:
    poor, near = forms[MOVEMENT[POOR]], forms[MOVEMENT[NEAR_POOR]]
    return [
        yearly.FlowLine(
            tt=str(at), dien_bien=name, ho_ngheo=number(poor.count(flow)), khau_ngheo=number(poor.count(f"{flow}_people")),
            ho_can_ngheo=number(near.count(flow)), khau_can_ngheo=number(near.count(f"{flow}_people")),
        )
        for at, (flow, name) in enumerate(FLOWS.items(), start=1)
    ]  # fmt: skip


def lacking(forms: Forms, standard: Standard) -> list[yearly.BothClasses]:
    """Forms 4–7, the indicator that most poor households lack first."""
    names = indicator_names(standard)
    (poor, poor_rates), (near, near_rates) = (tuple(forms[each] for each in LACKING[of]) for of in LISTED)
    return [
        _both(
            at, names[code], poor.count(code), poor_rates.rate(code), near.count(code), near_rates.rate(code)
        )
        for at, code in enumerate(most_first(list(names), poor, near), start=1)
    ]


def causes(forms: Forms) -> list[yearly.BothClasses]:
    form = forms[10]
    prefixes = (f"{POOR.value}-", f"{NEAR_POOR.value}-")
    found = most_first([each.value for each in Cause], form, form, prefixes=prefixes)
    return [
        _counted(forms, at, str(Cause(code).label), *(form.count(prefix + code) for prefix in prefixes))
        for at, code in enumerate(found, start=1)
    ]


def groups(forms: Forms) -> list[yearly.BothClasses]:
    poor, near = (
        {key: forms[8].count(f"{of.value}_{key}") for key in ("minority", "no_labour", "merit", "other")}
        for of in LISTED
    )
    names = {key: NAMES[key] for key in ("minority", "no_labour", "merit")}
    rows = [
        *((name, poor[key], near[key]) for key, name in names.items()),
        (FEMALE_HEAD, forms[12].count("female_head"), forms[13].count("female_head")),
        (NO_GROUP, poor["other"], near["other"]),
    ]
    return [_counted(forms, at, *row) for at, row in enumerate(rows, start=1)]


def highest(form: Numbers) -> list[yearly.GroupRate]:
    """The tổ dân phố with the highest rates of poor households, compared before they are rounded."""
    found = [(exact, line) for line in form.lines("unit") if (exact := form.exact(POOR.value, line.place))]
    found.sort(key=lambda each: -each[0])
    return [
        yearly.GroupRate(
            tt=str(at), to_dan_pho=line.name, tong_so_ho=_whole(line.value(HOUSEHOLDS)),
            ho_ngheo=number(form.count(POOR.value, line.place)), ty_le_ngheo=percent(form.rate(POOR.value, line.place)),
            ho_can_ngheo=number(form.count(NEAR_POOR.value, line.place)),
            ty_le_can_ngheo=percent(form.rate(NEAR_POOR.value, line.place)),
        )
        for at, (_, line) in enumerate(found[:HIGHEST], start=1)
    ]  # fmt: skip


def _counted(forms: Forms, at: int, name: str, poor: int, near: int) -> yearly.BothClasses:
    """With rates over the households of each class."""
    whole: dict[Classification, int] = {of: forms[1].count(of.value) for of in LISTED}
    return _both(at, name, poor, rate(poor, whole[POOR]), near, rate(near, whole[NEAR_POOR]))


def _both(
    at: int, name: str, poor: int, poor_rate: Decimal | None, near: int, near_rate: Decimal | None
) -> yearly.BothClasses:
    return yearly.BothClasses(
        tt=str(at), ten=name, ho_ngheo=number(poor), ty_le_ngheo=percent(poor_rate), ho_can_ngheo=number(near),
        ty_le_can_ngheo=percent(near_rate),
    )  # fmt: skip


def _whole(value: object) -> str:
    return number(value) if isinstance(value, int) else ""
