"""What the rates say, a sentence for each pair of years: falling faster or slower, and whether the target is met."""

from collections.abc import Sequence
from decimal import Decimal

from households.reports.picture.figures import PERCENT
from households.reports.picture.series import History, Share, Year
from thanhsen.vietnamese import number


def about(history: History, hidden: Sequence[int] = ()) -> tuple[str, ...]:
    """A sentence for each year but the first. `hidden`: years whose number of poor households the reader may not see."""
    found = []
    for now in history.years[1:]:
        if now.year in hidden:
            found.append(f"Năm {now.year}: số hộ nghèo dưới 5 nên không nêu tỷ lệ.")
            continue
        parts = [_compared(history, now, hidden), _against_target(now)]
        found.append(f"Năm {now.year}: " + " ".join(part for part in parts if part))
    return tuple(each.replace(" %", PERCENT) for each in found)


def _compared(history: History, now: Year, hidden: Sequence[int]) -> str:
    then = history.before(now.year)
    if not now.is_known:
        return "chưa có quyết định nào nên chưa có số."
    if then is None:
        if history.at(now.year - 1):
            return "áp dụng chuẩn nghèo mới, là mốc mới nên không so với năm trước."
        return f"chưa có số của năm {now.year - 1} để so."
    if then.year in hidden:
        return f"không so với năm {then.year} vì số của năm đó không được nêu."
    fall = now.poor.fall_from(then.poor)
    if fall is None:
        return f"không tính được mức giảm vì thiếu tổng số hộ của năm {now.year if not now.poor.whole else then.year}."
    pace = _pace(history, then, fall, hidden) if now.is_over else ""
    return f"tỷ lệ hộ nghèo {_moved(fall, then.poor, now.poor, now.is_over)}{pace}."


def _moved(fall: Decimal, then: Share, now: Share, is_over: bool) -> str:
    ways = f"từ {number(then.rate, 2)} % {'xuống' if fall > 0 else 'lên'} {number(now.rate, 2)} %"
    so_far = "" if is_over else "đến nay "
    if fall == 0:
        return f"{so_far}giữ nguyên {number(now.rate, 2)} %"
    return f"{so_far}{'giảm' if fall > 0 else 'tăng'} {number(abs(fall), 2)} điểm phần trăm, {ways}"


def _pace(history: History, then: Year, fall: Decimal, hidden: Sequence[int]) -> str:
    """Compared with the fall of the year before, as both are printed."""
    first = history.before(then.year)
    earlier = then.poor.fall_from(first.poor) if first and first.year not in hidden else None
    if earlier is None:
        return ""
    if fall <= 0:
        return f" (năm {then.year} {_said(earlier)})"
    if earlier <= 0:
        return f", trong khi năm {then.year} {_said(earlier)}"
    words = "nhanh hơn" if fall > earlier else "chậm hơn" if fall < earlier else "bằng"
    return f", {words} mức {_said(earlier)} của năm {then.year}"


def _said(fall: Decimal) -> str:
    if fall == 0:
        return "giữ nguyên"
    return f"{'giảm' if fall > 0 else 'tăng'} {number(abs(fall), 2)} điểm"


def _against_target(now: Year) -> str:
    """By the rate as it is printed, so that the words agree with the two numbers beside them."""
    rate = now.poor.rate if now.is_known else None
    if now.target is None or rate is None:
        return ""
    aim = number(now.target.poor_rate, 2)
    over = rate - now.target.poor_rate
    if not now.is_over:
        state = "Hiện ở trong mức" if over <= 0 else f"Hiện còn cao hơn {number(over, 2)} điểm so với"
        return f"{state} chỉ tiêu không quá {aim} %; năm chưa hết."
    if over <= 0:
        return f"Đạt chỉ tiêu không quá {aim} %."
    return f"Chưa đạt chỉ tiêu không quá {aim} %, còn cao hơn {number(over, 2)} điểm."
