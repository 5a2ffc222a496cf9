"""What follows from the figures, as sentences: nothing here is judged, only compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from households.models import Cause
from households.poverty import Classification, Standard
from households.poverty.movement import Flow
from households.reports.forms import words
from households.reports.narrative.numbers import Numbers, percent, points, small
from households.reports.official.lacking import INDICATOR_WORDS
from thanhsen.vietnamese import number, rate

LISTED = (Classification.POOR, Classification.NEAR_POOR)
POOR, NEAR_POOR = LISTED
MOVEMENT = {POOR: 2, NEAR_POOR: 3}
LACKING = {POOR: (4, 5), NEAR_POOR: (6, 7)}  # forms of the counts and of the rates
NAMED = 3  # indicators and causes named in a sentence; the table has them all
Forms = dict[int, Numbers]


@dataclass(frozen=True)
class Compared:
    """Form 1 of the year before, and of the one before that; None where it cannot be compared with."""

    year: int
    before: Numbers | None
    earlier: Numbers | None
    why_not: str = ""


def against_last_year(forms: Forms, compared: Compared) -> list[str]:
    if compared.before is None:
        return [compared.why_not]
    return [_against(of, forms[1], compared.before, compared.year) for of in LISTED]


def _against(of: Classification, now: Numbers, before: Numbers, year: int) -> str:
    name, key = words(of), of.value
    difference = now.count(key) - before.count(key)
    change = points(now.exact(key), before.exact(key))
    told = f"Số {name} năm {year - 1} là {number(before.count(key))} hộ, năm {year} là {number(now.count(key))} hộ, "
    told += f"{_moved(difference)} {number(abs(difference))} hộ" if difference else "không thay đổi"
    if change is None:
        return f"{told}; [tỷ lệ chưa so sánh được: thiếu tổng số hộ dân cư của một trong hai năm]."
    printed = f"từ {percent(before.rate(key))} % {'xuống' if change < 0 else 'lên' if change > 0 else 'đến'} {percent(now.rate(key))} %"
    return f"{told}; tỷ lệ {name} {printed}, {_by_points(change)}."


def against_target(forms: Forms, target: Decimal | None, year: int) -> str:
    """`target`: the rate of poor households to come down to, in percent."""
    if target is None:
        return f"[Chỉ tiêu giảm nghèo được giao năm {year} và mức thực hiện.]"
    reached = forms[1].exact(POOR.value)
    if reached is None:
        return f"Chỉ tiêu năm {year}: tỷ lệ hộ nghèo {percent(target)} %; [chưa tính được mức thực hiện]."
    aim = Fraction(target) / 100
    gap = points(reached, aim)
    met = "đạt chỉ tiêu" if reached <= aim else "chưa đạt chỉ tiêu"
    more = f", {'thấp' if gap < 0 else 'cao'} hơn {percent(abs(gap))} điểm phần trăm" if gap else ""
    return f"Chỉ tiêu năm {year}: tỷ lệ hộ nghèo {percent(target)} %; thực hiện {percent(forms[1].rate(POOR.value))} %, {met}{more}."


def movement(forms: Forms) -> list[str]:
    told = [_flows(of, forms[MOVEMENT[of]]) for of in LISTED]
    poor, near = (forms[MOVEMENT[of]] for of in LISTED)
    told.append(f"Thoát nghèo {number(_risen(poor))} hộ; thoát cận nghèo (vượt chuẩn cận nghèo) {number(near.count(Flow.ABOVE))} hộ.")  # fmt: skip
    if poor.count(Flow.RETURNED) + poor.count(Flow.NEW):
        told.append("[Nêu lý do các hộ tái nghèo, phát sinh mới: ốm đau, mất việc, thiên tai…]")
    return told


def _flows(of: Classification, form: Numbers) -> str:
    name, again = words(of), words(of).removeprefix("hộ ")
    other = words(NEAR_POOR if of is POOR else POOR)
    left = {
        Flow.TO_OTHER: f"trở thành {other}", Flow.ABOVE: "vượt chuẩn cận nghèo",
        Flow.DEPARTED: "giảm do chuyển đi, chết, tách, nhập hộ, thay đổi nhân khẩu",
    }  # fmt: skip
    came = {
        Flow.FROM_OTHER: f"từ {other} chuyển sang", Flow.RETURNED: f"tái {again}", Flow.NEW: "phát sinh mới",
        Flow.ARRIVED: "tăng do chuyển đến, tách, nhập hộ, thay đổi nhân khẩu",
    }  # fmt: skip
    opening, closing = (
        f"{number(form.count(each))} hộ ({number(form.count(each + '_people'))} nhân khẩu)"
        for each in (Flow.OPENING, Flow.CLOSING)
    )
    return f"{name[:1].upper()}{name[1:]}: đầu năm {opening}; {_parts(form, left, 'giảm')}; {_parts(form, came, 'tăng')}; cuối năm {closing}."


def _parts(form: Numbers, names: dict[Flow, str], verb: str) -> str:
    total = sum(form.count(each) for each in names)
    if not total:
        return f"không có hộ {verb}"
    listed = [f"{number(form.count(each))} hộ {name}" for each, name in names.items() if form.count(each)]
    return f"{verb} {number(total)} hộ, gồm {', '.join(listed)}"


def indicator_names(standard: Standard) -> dict[str, str]:
    """Code → the words of the forms, in the order of the standard."""
    own = INDICATOR_WORDS.get(standard.id, {})
    return {each.code: own.get(each.code, each.name) for each in standard.indicators}


def most_first(codes: list[str], *forms: Numbers, prefixes: tuple[str, ...] = ("", "")) -> list[str]:
    """Codes by how many households of the first form, then of the second."""
    return sorted(codes, key=lambda code: [-form.count(prefix + code) for form, prefix in zip(forms, prefixes, strict=True)])  # fmt: skip


def lacking(forms: Forms, standard: Standard) -> list[str]:
    names = indicator_names(standard)
    told = []
    for of in LISTED:
        counts, rates = (forms[each] for each in LACKING[of])
        if not forms[1].count(of.value):
            told.append(f"Không có {words(of)} cuối năm.")
            continue
        most = [code for code in most_first(list(names), counts, prefixes=("",)) if counts.count(code)][
            :NAMED
        ]
        parts = [f"{small(names[code])} ({number(counts.count(code))} hộ, {percent(rates.rate(code))} %)" for code in most]  # fmt: skip
        told.append(f"{of.label} thiếu hụt nhiều nhất: {'; '.join(parts) or 'không thiếu hụt chỉ số nào'}.")
    return told


def causes(forms: Forms) -> list[str]:
    told = []
    for of in LISTED:
        households = forms[1].count(of.value)
        if not households:
            continue
        found = {each: forms[10].count(f"{of.value}-{each.value}") for each in Cause}
        most = sorted((each for each in Cause if found[each]), key=lambda each: -found[each])[:NAMED]
        parts = [f"{small(str(each.label))} ({number(found[each])} hộ, {percent(rate(found[each], households))} %)" for each in most]  # fmt: skip
        told.append(
            f"Nguyên nhân nhiều nhất của {words(of)}: {'; '.join(parts)}."
            if parts
            else f"[Các {words(of)} chưa ghi nguyên nhân trên phiếu: nêu các nguyên nhân chủ yếu.]"
        )
    return [*told, "Một hộ có thể có nhiều nguyên nhân."] if told else ["Không có hộ nghèo, hộ cận nghèo."]


def children(forms: Forms) -> list[str]:
    told = []
    for of in LISTED:
        all_, unhealthy, unschooled = (
            forms[11].count(f"{of.value}-{key}") for key in ("children", "unhealthy", "unschooled")
        )
        if not all_:
            told.append(f"Không có trẻ em (dưới 16 tuổi) thuộc {words(of)}.")
            continue
        told.append(
            f"Trẻ em (dưới 16 tuổi) thuộc {words(of)}: {number(all_)} em, trong đó {number(unhealthy)} em thiếu hụt y tế "
            f"(bảo hiểm y tế, dinh dưỡng), {number(unschooled)} em thiếu hụt giáo dục."
        )
    return told


@dataclass(frozen=True)
class Assessment:
    """What the figures say of the year: for "Kết quả đạt được", and for "Khó khăn, hạn chế"."""

    better: list[str]
    worse: list[str]


def assessment(forms: Forms, compared: Compared, present: Sequence[str]) -> Assessment:
    """`present`: the places of the tổ dân phố that exist at the end of the year."""
    found = Assessment([], [])
    for of in LISTED:
        _pace(of, forms[1], compared, found)
    poor = forms[MOVEMENT[POOR]]
    rose, fell = _risen(poor), _fallen(poor)
    if rose or fell:
        side = found.better if rose > fell else found.worse
        side.append(f"Trong năm có {number(rose)} hộ thoát nghèo, {number(fell)} hộ rơi vào nghèo (từ hộ cận nghèo, tái nghèo, phát sinh mới).")  # fmt: skip
    if returned := poor.count(Flow.RETURNED):
        share = percent(rate(returned, poor.count(Flow.CLOSING)))
        found.worse.append(f"Có {number(returned)} hộ tái nghèo, chiếm {share} % số hộ nghèo cuối năm.")
    elif poor.count(Flow.OPENING) or poor.count(Flow.CLOSING):
        found.better.append("Không có hộ tái nghèo.")
    free = sum(not forms[1].count(POOR.value, place) for place in present)
    if free and forms[1].count(POOR.value):
        found.better.append(f"{number(free)}/{number(len(present))} tổ dân phố không có hộ nghèo.")
    return found


def _risen(poor: Numbers) -> int:
    """Thoát nghèo: to near-poor, or above both lines."""
    return poor.count(Flow.TO_OTHER) + poor.count(Flow.ABOVE)


def _fallen(poor: Numbers) -> int:
    return poor.count(Flow.FROM_OTHER) + poor.count(Flow.RETURNED) + poor.count(Flow.NEW)


def _pace(of: Classification, now: Numbers, compared: Compared, found: Assessment) -> None:
    """Tỷ lệ … giảm 0,35 điểm phần trăm, nhanh hơn năm trước: only where the years have their rates."""
    if compared.before is None:
        return
    here, there = now.exact(of.value), compared.before.exact(of.value)
    change = points(here, there)
    if change is None or here is None or there is None:
        return
    told = f"Tỷ lệ {words(of)} {_by_points(change)} so với năm {compared.year - 1}"
    earlier = compared.earlier.exact(of.value) if compared.earlier else None
    previous = points(there, earlier)
    if change >= 0 or earlier is None or previous is None:
        (found.better if change < 0 else found.worse).append(f"{told}.")
    elif previous >= 0:
        found.better.append(f"{told} (năm {compared.year - 1} {_by_points(previous)}).")
    else:
        slower = change != previous and here - there > there - earlier
        pace = "bằng" if change == previous else "chậm hơn" if slower else "nhanh hơn"
        fall = f"mức giảm {percent(abs(previous))} điểm phần trăm của năm {compared.year - 1}"
        found.better.append(f"{told}, {pace} {fall}.")


def _by_points(change: Decimal) -> str:
    return f"{_moved(change)} {percent(abs(change))} điểm phần trăm" if change else "gần như không đổi"


def _moved(value: int | Decimal) -> str:
    return "giảm" if value < 0 else "tăng"
