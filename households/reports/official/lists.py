"""Forms 14 and 15: each household and its people, under a heading line per tổ dân phố. Headings in rows 6–7, numbers in row 8."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from households.models.people import Ethnicity, Relationship, Sex
from households.poverty import Standard, load
from households.poverty.movement import OTHER
from households.reports.forms import Form, words
from households.reports.listed import GROUPS, HOW, Entry, Person
from households.reports.official.parts import text, zero_check
from households.reports.rows import Unit
from thanhsen.tables import Cell, Check, Column, Heading, Kind, Line

SIZE = 10  # index of the column of people as decided
WIDTH = SIZE + 1


@dataclass(frozen=True)
class Frame:
    """What stands around the lines of a list."""

    headings: tuple[Heading, ...]
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]


def frame(form: Form) -> Frame:
    return Frame(_headings(form), _columns(), (_check(),))


def lines(form: Form, units: Iterable[Unit], entries: Iterable[Entry], *, first: int = 1) -> Iterator[Line]:
    """The lines of `entries`, which come by tổ dân phố; `first` is the number of the first household."""
    names = {unit.id: unit.name for unit in units}
    standards: dict[str, Standard] = {}
    area = None
    for number, entry in enumerate(entries, start=first):
        if entry.area != area:
            area = entry.area
            heading = (text(names[area]), *([None] * (WIDTH - 1)))
            yield Line(heading, names[area], "heading", str(area))
        if entry.standard_id not in standards:
            standards[entry.standard_id] = load(entry.standard_id)
        yield from _household(form, number, entry, standards[entry.standard_id])


def _household(form: Form, number: int, entry: Entry, standard: Standard) -> Iterator[Line]:
    how = HOW[entry.how].format(other=words(OTHER[form.of_class]).removeprefix("hộ "))
    indicators = {each.code: each.name for each in standard.indicators}
    needs = "; ".join(indicators.get(code, code) for code in entry.lacking)
    groups = "; ".join(GROUPS[key] for key in entry.groups)
    own = (text(how), text(groups), text(needs), Cell(entry.size, key=str(entry.household)))
    named = f"{entry.code} {entry.head}"
    people = [_person(each) for each in entry.people] or [_nobody(entry)]
    for place, person in enumerate(people, start=1):
        lead = Cell(number if place == 1 else None)
        rest = own if place == 1 else (text(""), text(""), text(""), Cell(None))
        yield Line(
            (lead, Cell(place), *person, *rest),
            named,
            "head" if place == 1 else "member",
            str(entry.area),
            people=len(entry.people) if place == 1 else None,
        )


def _nobody(entry: Entry) -> tuple[Cell, ...]:
    """The household is decided on, and the register has nobody in it on that day: it is not left out for that."""
    return (
        text(f"{entry.head} (sổ không có ai)"),
        Cell(None, Kind.YEAR),
        Cell(None, Kind.YEAR),
        text(""),
        text(""),
    )


def _person(person: Person) -> tuple[Cell, ...]:
    male = person.sex == Sex.MALE
    return (
        text(person.name),
        Cell(person.birth_year if male else None, Kind.YEAR),
        Cell(None if male else person.birth_year, Kind.YEAR),
        text(str(Ethnicity(person.ethnicity).label)),
        text(str(Relationship(person.relationship).label)),
    )


def _check() -> Check:
    """As many people are listed as were decided on."""

    def gap(each: Line) -> int:
        size = each.value(SIZE)
        return size - each.people if isinstance(size, int) and each.people is not None else 0

    check = zero_check(
        "Nhân khẩu theo quyết định trừ số người kê (bằng 0 thì khớp)",
        "",
        gap,
        "Hộ {line}: số nhân khẩu theo quyết định lệch {value} so với số người trong sổ hộ.",
    )
    return Check(
        check.heading,
        lambda each, row: "0" if each.people is None else f"K{row}-{each.people}",
        gap,
        check.fault,
    )


def _headings(form: Form) -> tuple[Heading, ...]:
    kind = words(form.of_class).removeprefix("hộ ")
    return (
        Heading("STT hộ", 6, 1, rows=2),
        Heading("STT thành viên", 6, 2, rows=2),
        Heading("Họ và tên", 6, 3, rows=2),
        Heading("Năm sinh", 6, 4, columns=2),
        Heading("Nam", 7, 4),
        Heading("Nữ", 7, 5),
        Heading("Dân tộc", 6, 6, rows=2),
        Heading("Quan hệ với chủ hộ", 6, 7, rows=2),
        Heading(f"Hộ {kind} mới/tái/cũ", 6, 8, rows=2),
        Heading("Nhóm đối tượng", 6, 9, rows=2),
        Heading("Nhu cầu hỗ trợ (theo chỉ số thiếu hụt)", 6, 10, rows=2),
        Heading("Số nhân khẩu theo quyết định", 6, 11, rows=2),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(Kind.COUNT, 6, "A"),
        Column(Kind.COUNT, 8, "B"),
        Column(Kind.TEXT, 26, "1"),
        Column(Kind.YEAR, 7, "2"),
        Column(Kind.YEAR, 7, "3"),
        Column(Kind.TEXT, 11, "4"),
        Column(Kind.TEXT, 15, "5"),
        Column(Kind.TEXT, 13, "6"),
        Column(Kind.TEXT, 24, "7"),
        Column(Kind.TEXT, 36, "8"),
        Column(Kind.COUNT, 10, "9"),
    )
