"""Totals pasted from a spreadsheet: cells separated by tabs, read into figures by tổ dân phố. Nothing is guessed."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from households.exchange.places import NotRead, Places
from households.forms.totals import NAMES, whole
from thanhsen import vietnamese
from thanhsen.forms import CONTROL
from thanhsen.models import Area

MOST_LINES = 10_000
LOOKED_AT = 20  # lines among which the headings are looked for
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
YEAR = re.compile(r"(?: nam)? (20\d\d)$", re.ASCII)
UNITS = re.compile(r"\((?:ho|nguoi|khau|nhan khau)\)")
SUMS = re.compile(r"(?:tong|cong|tong cong|tong so|toan phuong|toan xa)\b.*")
EXAMPLE = "Mã, Tổ dân phố, Số hộ, Số nhân khẩu, Hộ DTTS"
HEADINGS = {
    "code": "ma, ma so, ma to, ma tdp, ma to dan pho, ma so tdp, ma so to dan pho, ma dia ban, ma don vi",
    "name": "ten, tdp, to dan pho, ten tdp, ten to, ten to dan pho, dia ban, ten dia ban, don vi, ten don vi, thon, "
    "thon to dan pho, to dan pho thon, thon tdp, ten thon tdp, ten thon to dan pho, khu dan cu",
    "households": "ho, so ho, tong ho, tong so ho, so ho dan, tong so ho dan, so ho dan cu, tong so ho dan cu",
    "people": "khau, so khau, tong khau, tong so khau, nhan khau, so nhan khau, tong nhan khau, tong so nhan khau, dan so, so nguoi",
    "minority_households": "dtts, ho dtts, so ho dtts, tong so ho dtts, tong ho dtts, ho dan toc thieu so, "
    "so ho dan toc thieu so, tong so ho dan toc thieu so, so ho nguoi dan toc thieu so, ho nguoi dan toc thieu so",
}
MEANING = {heading: column for column, words in HEADINGS.items() for heading in words.split(", ")}
COUNTERS = {"", "tt", "stt", "so tt", "so thu tu"}


@dataclass(frozen=True)
class Line:
    """A line that was understood. `figures`: cell of the grid → figure; what the line leaves empty is not in it."""

    number: int
    area: Area
    figures: dict[str, int]


@dataclass(frozen=True)
class Fault:
    """A line that was not: its number, what stands in it, and a sentence that says what to do."""

    number: int
    text: str
    said: str


@dataclass
class Pasted:
    """What was read. `refusal`: nothing could be, and why. `notes`: what is worth knowing, line of sums and columns left out."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusal: str = ""


def read(text: str, areas: Iterable[Area], year: int) -> Pasted:
    """The cells of `text` as figures of `areas` for `year`. One line an area: two lines of the same area are both faults."""
    found = Pasted()
    places = Places(areas)
    try:
        rows = [(number, cells) for number, cells in enumerate(_rows(text), start=1) if any(cells)]
        if len(rows) > MOST_LINES:
            raise NotRead(
                f"Nhiều quá: {vietnamese.number(len(rows))} dòng. Chỉ chép phần bảng có các tổ dân phố rồi dán lại."
            )
        if not rows:
            raise NotRead(
                "Chưa có gì để đọc. Trong bảng tính, bôi đen các ô cần chép, bấm Ctrl+C, rồi dán vào ô dưới đây."
            )
        if all(len(cells) == 1 for _, cells in rows):
            raise NotRead(
                "Chỉ thấy một cột. Bôi đen cả cột tên (hoặc mã) và các cột số trong bảng tính, chép rồi dán lại."
            )
        rows, columns = _headings(rows, places, year, found)
    except NotRead as error:
        found.refusal = str(error)
        return found
    sums: list[tuple[int, dict[str, int]]] = []
    for number, cells in rows:
        try:
            if columns and _columns(cells, year) == columns:
                continue  # the headings again, as on every printed page
            _read_line(number, cells, columns, places, found, sums)
        except NotRead as error:
            found.faults.append(Fault(number, _told(cells), str(error)))
    _refuse_twice(found)
    found.notes.extend(_compare(sums, found.lines))
    found.faults.sort(key=lambda fault: fault.number)
    return found


def _rows(text: str) -> Iterator[list[str]]:
    """The cells of each line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for row in _quoted(text) or (line.split("\t") for line in text.split("\n")):
        cells = [vietnamese.clean(INVISIBLE.sub("", CONTROL.sub("", cell))) for cell in row]
        while len(cells) > 1 and not cells[-1]:
            cells.pop()
        yield cells or [""]


def _quoted(text: str) -> list[list[str]] | None:
    """The cells, where a quoted one may hold several lines; None where the quotes are not a spreadsheet's own."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return None
    return None if any("\t" in cell for row in rows for cell in row) else rows


def _headings(
    rows: list[tuple[int, list[str]]], places: Places, year: int, found: Pasted
) -> tuple[list[tuple[int, list[str]]], dict[str, int]]:
    """The lines without the headings and the titles above them, and column → place; no column where nothing is a heading."""
    for start, (_, cells) in enumerate(rows[:LOOKED_AT]):
        columns = _columns(cells, year)
        if columns.keys() & {"code", "name"} and columns.keys() & NAMES.keys():
            unused = [
                cell for place, cell in enumerate(cells)
                if place not in columns.values() and _plain(cell) not in COUNTERS
            ]  # fmt: skip
            if unused:
                found.notes.append(f"Không dùng các cột: {', '.join(unused)[:300]}.")
            above = [row for row in rows[:start] if any(map(places.matches, row[1][:3]))]
            return above + rows[start + 1 :], columns
    for number, cells in rows[:LOOKED_AT]:
        if len(cells) > 1:
            if not any(whole(cell) is not None for cell in cells[1:]) and not any(
                map(places.matches, cells[:2])
            ):
                raise NotRead(
                    f"Không hiểu dòng tiêu đề (dòng {number}: “{_told(cells)}”). Đặt tên cột là {EXAMPLE}; "
                    "hoặc bỏ dòng tiêu đề và xếp cột theo đúng thứ tự đó."
                )
            break
    return rows, {}


def _columns(cells: list[str], year: int) -> dict[str, int]:
    """Column → place, of a line of headings. NotRead where two columns say the same."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells[:100]):
        heading = _plain(cell)
        if dated := YEAR.search(heading):
            if int(dated[1]) != year:
                continue
            heading = heading[: dated.start()]
        if column := MEANING.get(heading):
            if column in columns:
                raise NotRead(
                    f"Có hai cột cùng nghĩa: “{cells[columns[column]][:60]}” và “{cell[:60]}”. Chỉ giữ một cột rồi dán lại."
                )
            columns[column] = place
    return columns


def _read_line(
    number: int,
    cells: list[str],
    columns: Mapping[str, int],
    places: Places,
    found: Pasted,
    sums: list[tuple[int, dict[str, int]]],
) -> None:
    given = _by_heading(cells, columns) if columns else _by_order(cells, places)
    code, name = given.pop("code", ""), given.pop("name", "")
    is_sum = any(SUMS.fullmatch(vietnamese.fold(key)) and not places.matches(key) for key in (code, name))
    area = None if is_sum else places.find(code, name)
    figures = {cell: _figure(cell, text) for cell, text in given.items() if text}
    if area is None:
        sums.append((number, figures))
    elif not figures:
        raise NotRead(
            "Dòng này không có số nào. Ghi số hộ, số nhân khẩu rồi dán lại, hoặc nhập thẳng trong bảng."
        )
    else:
        found.lines.append(Line(number, area, figures))


def _by_heading(cells: list[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {column: cells[place] if place < len(cells) else "" for column, place in columns.items()}


def _by_order(cells: list[str], places: Places) -> dict[str, str]:
    """Code or name, then the figures; or code and name, then the figures."""
    named = len(cells) > 1 and whole(cells[1]) is None and places.matches(cells[1])
    order = ["code", *(["name"] if named else []), *NAMES]
    if len(cells) > len(order):
        raise NotRead(
            f"Nhiều cột hơn cần thiết nên không rõ cột nào là gì. Chép kèm dòng tiêu đề ({EXAMPLE}) rồi dán lại."
        )
    given = dict(zip(order, cells, strict=False))
    return given if named else {**given, "name": given["code"]}


def _figure(cell: str, text: str) -> int:
    value = whole(text)
    if value is None:
        raise NotRead(
            f"“{text[:30]}” ở cột {NAMES[cell]} không phải là số nguyên. Sửa thành số, ví dụ 1.234; không có thì ghi 0."
        )
    return value


def _refuse_twice(found: Pasted) -> None:
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in found.lines:
        lines[line.area.pk].append(line)
    for same in lines.values():
        if len(same) > 1:
            numbers = ", ".join(str(line.number) for line in same[:5]) + (", …" if len(same) > 5 else "")
            said = f"Các dòng {numbers} cùng là {same[0].area.name} ({same[0].area.code}). Chỉ giữ một dòng đúng."
            found.faults.extend(Fault(line.number, line.area.name, said) for line in same)
    found.lines = [line for line in found.lines if len(lines[line.area.pk]) == 1]


def _compare(sums: list[tuple[int, dict[str, int]]], lines: list[Line]) -> Iterator[str]:
    """Whether a line of sums says what the lines read add up to."""
    for number, figures in sums[:5]:
        wrong = [
            f"{NAMES[cell]} {vietnamese.number(figure)} (các dòng đọc được cộng lại {vietnamese.number(added)})"
            for cell, figure in figures.items()
            if figure != (added := sum(line.figures.get(cell, 0) for line in lines))
        ]
        if wrong:
            yield f"Dòng {number} là dòng cộng, không đưa vào bảng, nhưng không khớp: {'; '.join(wrong)}."
        else:
            yield f"Dòng {number} là dòng cộng, khớp với các dòng đọc được."


def _plain(heading: str) -> str:
    """A heading as it is compared: no marks, no unit, no "trong đó"."""
    words = re.sub(r"[^a-z0-9()]+", " ", vietnamese.fold(heading[:200]))
    words = re.sub(r"[() ]+", " ", UNITS.sub(" ", words)).strip()
    return words.removeprefix("trong do ")


def _told(cells: list[str]) -> str:
    return " · ".join(cell for cell in cells if cell)[:80]
