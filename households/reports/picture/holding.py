"""What holds poverty up: the indicators most poor households lack, who stays poor, who falls back, who is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from households.poverty import Standard
from households.reports.disclosure import LIMIT
from households.reports.picture.figures import Behind, Count, percent
from households.reports.picture.parts import Counted

TOP = 3


@dataclass(frozen=True)
class Fact:
    """One thing that holds poverty up; `number` is as printed, "" where it is not known, and then `about` says why."""

    label: str
    number: str
    about: str
    behind: Behind | None = None


def facts(
    counted: Counted, standard: Standard, moved: Mapping[str, int], place: str, *, is_lasting_known: bool
) -> tuple[Fact, ...]:
    """The three indicators, then households poor at the end of three years running, back in poverty, newly poor.

    `moved`: the columns of form 2; `place`: how the forms call the whole.
    """
    return (
        *_indicators(counted, standard, place),
        _lasting(counted, is_known=is_lasting_known),
        _came(counted, moved, "returned", "Hộ tái nghèo trong năm", "trước đây đã thoát nghèo, nay nghèo lại", place),
        _came(counted, moved, "new", "Hộ nghèo phát sinh mới", "lần đầu vào danh sách hộ nghèo", place),
    )  # fmt: skip


def _indicators(counted: Counted, standard: Standard, place: str) -> list[Fact]:
    counts = counted.parts("indicator", standard.codes)
    names = {each.code: each.name for each in standard.indicators}
    seen = [(code, counts["poor", code]) for code in standard.codes if counts["poor", code].shown]
    seen.sort(key=lambda each: -each[1].now)
    return [
        Fact(
            f"Thiếu hụt {_inside(names[code])}",
            f"{count.text} hộ",
            _share(count, counted),
            Behind(4, counted.year, place, code),
        )
        for code, count in seen[:TOP]
    ]


def _inside(name: str) -> str:
    """As a name is written inside a sentence."""
    return name[0].lower() + name[1:]


def _share(count: Count, counted: Counted) -> str:
    change = f"; so với năm {counted.year - 1}: {count.change_text}" if count.change_text else ""
    return f"{percent(count.shown, counted.now['poor'])} số hộ nghèo{change}"


def _lasting(counted: Counted, *, is_known: bool) -> Fact:
    years = f"{counted.year - 2}, {counted.year - 1} và {counted.year}"
    label = "Hộ nghèo từ 3 năm liền"
    if not is_known:
        return Fact(label, "", f"Chưa đủ số liệu cuối các năm {years}.")
    return Fact(label, _text(counted, counted.now["poor_lasting"]), f"nghèo vào cuối cả ba năm {years}")


def _came(counted: Counted, moved: Mapping[str, int], key: str, label: str, about: str, place: str) -> Fact:
    number = moved.get(key, 0)
    text = _text(counted, number)
    behind = Behind(2, counted.year, place, key) if number and text[0].isdigit() else None
    return Fact(label, text, about, behind)


def _text(counted: Counted, number: int) -> str:
    rest = counted.now["poor"] - number
    small = [each for each in (number, rest, counted.now["poor"]) if 0 < each < LIMIT]
    count = Count(number, None, hidden=counted.restricted and number > 0 and bool(small))
    return f"{count.text} hộ"


def summed(figures: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Form 2 of all tổ dân phố together, as far as households go."""
    return {key: sum(each[key] for each in figures) for key in ("returned", "new")}
