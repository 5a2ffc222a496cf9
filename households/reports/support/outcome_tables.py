"""The tables of outcomes as a reader sees them: on screen, in the workbook, and with small counts hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from households.models import Policy
from households.poverty.outcome import Outcome
from households.reports.disclosure import LIMIT, cover, surely_hidden
from households.reports.held import Scope
from households.reports.support.indicators import indicator_names
from households.reports.support.needing import NEED_STATES, need_names, needs
from households.reports.support.outcomes import ENDS, MENDED, OUTCOMES, Outcomes, Tally, line_names, outcomes
from households.reports.support.standing import GROUPS
from thanhsen import vietnamese
from thanhsen.tables import SMALL, WITHHELD, Cell, Kind, Line

PROVES_NOTHING = "Các bảng đặt hộ có hỗ trợ bên cạnh hộ không có; chúng không chứng minh hỗ trợ là nguyên nhân làm hộ ra khỏi danh sách."
_SIDES = ((True, "co"), (False, "khong"))


@dataclass(frozen=True)
class Tabled:
    """One table. `headings` name the cells of a line; `heads` (text, columns) stand over them."""

    key: str
    title: str
    note: str
    first: str
    heads: tuple[tuple[str, int], ...]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def has_heads(self) -> bool:
        return any(text for text, _ in self.heads)

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, Cell | None]]]]:
        """The lines, each figure with its name: a narrow screen shows them one under the other."""
        names = self.names
        return [(line, list(zip(names, line.cells, strict=True))) for line in self.lines]

    @property
    def names(self) -> tuple[str, ...]:
        """The headings with what stands over them, for one row of them."""
        over = [text for text, columns in self.heads for _ in range(columns)]
        return tuple(
            f"{above}: {own}" if above else own for above, own in zip(over, self.headings, strict=True)
        )


def tables(scope: Scope, *, restricted: bool) -> list[Tabled]:
    """Every table of the year that has a line. At most three queries. `restricted`: a line that rests on few is
    covered, and so is one from which such a line would follow."""
    found = outcomes(scope)
    total = _partition("Tất cả", found.whole, {}, "total")
    areas = [
        _partition(unit.name, found.areas[str(unit.id)], {"to": str(unit.id)})
        for unit in scope.units
        if str(unit.id) in found.areas
    ]
    groups = [_partition(name, found.groups.get(key, Tally()), {"nhom": key}) for key, name in GROUPS.items()]
    named = line_names(found.lines)
    lines = [_helped(name, found.lines[key], {"chuong-trinh": key}) for key, (name, _) in named.items()]
    lacking = [
        _indicator(name, found.indicators[code], code)
        for code, name in indicator_names().items()
        if code in found.indicators
    ]
    needed = [_need(need_names()[key], counts, key) for key, counts in needs(scope).items()]
    if restricted:
        areas, groups = _apart(areas, total), _cautious(groups, total)
        lines = _cautious(lines, _helped("", found.whole, {}))
        lines = _of_policies(lines, [policy for _, policy in named.values()], found)
        lacking = [
            _veiled(each) if _is_small(each) or _near(each.value(0), found.whole.listed) else each
            for each in lacking
        ]
        needed = [
            _veiled(each) if _is_small(each) or _rest_of_need_is_small(each) else each for each in needed
        ]
        total = _total(total)
    policies = policy_lines(found, restricted=restricted)
    made = [
        Tabled("all", "Có hỗ trợ và không có hỗ trợ", _ALL, "", *_PARTITION, (total,)),
        Tabled("indicators", "Từng chỉ số thiếu hụt đầu năm", _LACKING, "Chỉ số", *_INDICATOR, tuple(lacking)),
        Tabled("needs", "Từng nhu cầu", _NEEDS, "Nhu cầu", *_NEED, tuple(needed)),
        Tabled("policies", "Theo chính sách", _MONEY, "Chính sách", *_GIVEN, policies),
        Tabled("lines", "Theo chương trình", _MONEY, "Chương trình", *_GIVEN, tuple(lines)),
        Tabled("groups", "Theo nhóm hộ", _WHO, "Nhóm", *_PARTITION, tuple(groups)),
        Tabled("areas", "Theo tổ dân phố", _WHERE, "Tổ dân phố", *_PARTITION, (*areas, total)),
    ]  # fmt: skip
    empty = {"policies": len(policies) < 3, "areas": len(areas) < 2}
    return [each for each in made if each.lines and not empty.get(each.key)]


def policy_lines(found: Outcomes, *, restricted: bool) -> tuple[Line, ...]:
    """The households of each policy that was given, then those of any, then those without: the picture shows them too."""
    anybody = _helped("Có hỗ trợ bất kỳ", found.whole, {}, style="total")
    nobody = _helped("Không có hỗ trợ nào được ghi", found.whole, {}, helped=False, style="total")
    lines = [
        _helped(str(name), found.policies[key], {"chinh-sach": key})
        for key, name in Policy.choices
        if key in found.policies
    ]
    if restricted:
        lines = _cautious(lines, anybody)
        total = _partition("", found.whole, {})
        # Each of the two follows from the other.
        if _total(total) != total or _is_small(anybody) or _is_small(nobody):
            anybody, nobody = _veiled(anybody), _veiled(nobody)
    return (*lines, anybody, nobody)


_ENDS = tuple(OUTCOMES[end] for end in ENDS)
_PARTITION = (
    (("", 1), ("Có hỗ trợ", 4), ("Không có hỗ trợ", 4), ("", 1)),
    ("Trong danh sách đầu năm", *_ENDS, *_ENDS, "Tái nghèo, tái cận nghèo"),
)
_GIVEN = (
    (("", 9),),
    (
        "Hộ được hỗ trợ", "Ra khỏi danh sách", "% ra", "Còn trong danh sách", "Rơi lại", "Không còn trong sổ",
        "Tái nghèo, tái cận nghèo", "Đã nhận (đồng)", "Đồng một hộ ra",
    ),
)  # fmt: skip
POLICY_HEADINGS = _GIVEN[1]
_COUNTED = (0, 1, 3, 4, 5, 6)  # of these the columns that count households
_INDICATOR = (
    (("", 1), ("Được hỗ trợ đúng chỉ số", 3), ("Không được", 3)),
    ("Hộ thiếu hụt đầu năm", *MENDED.values(), *MENDED.values()),
)
_NEED = ((("", len(NEED_STATES)),), tuple(NEED_STATES.values()))
_ALL = (
    "Mỗi hộ nghèo, hộ cận nghèo ngày 01/01 ở đúng một ô. “Rơi lại”: từ cận nghèo thành nghèo, hoặc ra khỏi danh sách rồi "
    "trở lại trong năm. “Tái nghèo, tái cận nghèo”: đầu năm không có trong danh sách, cuối năm có, trước đây đã từng có; "
    "các hộ này không nằm trong các ô kia."
)
_LACKING = (
    "“Được hỗ trợ đúng chỉ số”: có khoản của chính sách lo chỉ số đó (bảo hiểm y tế, giáo dục, nhà ở, việc làm), của "
    "chương trình chỉ dành cho hộ thiếu chỉ số đó, hoặc gắn với nhu cầu đó trong kế hoạch của hộ. “Không đo lại”: cuối năm "
    "không còn phân loại, hoặc chuẩn mới không hỏi."
)
_NEEDS = (
    "Số hộ có nhu cầu; mỗi lần đóng tính đến 31/12. Nhu cầu khác không theo mã nên một hộ có thể ở nhiều cột."
)
_MONEY = (
    "Tiền: các lần nhận trong năm của hộ có trong danh sách đầu năm. “Đồng một hộ ra”: số tiền ấy chia cho số hộ được hỗ trợ "
    "và ra khỏi danh sách; để trống khi không có hộ nào ra hoặc chưa ghi tiền. Vốn vay được tính cả, dù là tiền phải trả lại. Một hộ nhận nhiều khoản có ở nhiều dòng."
)
_WHERE = "Theo tổ dân phố của hộ lúc đầu năm (hộ tái nghèo: cuối năm)."
_WHO = "Nhóm theo phiếu của phân loại đầu năm. Một hộ có thể thuộc nhiều nhóm."


def _count(value: int, **asked: str) -> Cell:
    return Cell(value, key=urlencode(asked) if value else "")


def _partition(name: str, tally: Tally, asked: dict[str, str], style: str = "unit") -> Line:
    def of(helped: bool, said: str, end: Outcome) -> Cell:
        return _count(tally.of(helped, end), **asked, **{"ho-tro": said, "ket-qua": end.value})

    cells = [of(helped, said, end) for helped, said in _SIDES for end in ENDS]
    last = _count(tally.returned, **asked, **{"ket-qua": Outcome.RETURNED.value})
    return Line((_count(tally.listed, **(asked or {"ho-tro": ""})), *cells, last), name, style)


def _helped(
    name: str, tally: Tally, asked: dict[str, str], *, helped: bool = True, style: str = "unit"
) -> Line:
    given = {**asked, "ho-tro": "co" if helped else "khong"}

    def of(end: Outcome) -> Cell:
        return _count(tally.of(helped, end), **given, **{"ket-qua": end.value})

    everybody = tally.among(helped)
    cells = (
        _count(everybody, **given),
        of(Outcome.OUT),
        Cell(vietnamese.rate(tally.of(helped, Outcome.OUT), everybody), Kind.RATE),
        of(Outcome.STAYED),
        of(Outcome.FELL),
        of(Outcome.GONE),
        of(Outcome.RETURNED),
        Cell(tally.money or None if helped else None),
        Cell(tally.money_each if helped else None),
    )
    return Line(cells, name, style)


def _indicator(name: str, tally: Tally, code: str) -> Line:
    cells = [
        _count(tally.of(helped, end), **{"chi-so": code, "ho-tro": said, "ket-qua": end.value})
        for helped, said in _SIDES
        for end in MENDED
    ]
    everybody = sum(tally.counts.values())
    return Line((_count(everybody, **{"chi-so": code}), *cells), name)


def _need(name: str, counts: dict[str, int], key: tuple[str, str]) -> Line:
    asked = {"nhu-cau": ":".join(key)}
    return Line(tuple(_count(counts[state], **asked, luc=state) for state in NEED_STATES), name)


def _is_small(line: Line) -> bool:
    return any(_near(cell.value, 0) for cell in line.cells if cell)


def _near(value: object, other: object) -> bool:
    """Whether two counts differ by what may not be published."""
    return isinstance(value, int) and isinstance(other, int) and 0 < abs(value - other) < LIMIT


def _rest_of_need_is_small(line: Line) -> bool:
    """Whether few of those that had the need are not in one of the other columns."""
    return any(_near(line.value(0), cell.value) for cell in line.cells if cell)


def _veiled(line: Line) -> Line:
    """The line with every figure covered, noughts too, and nothing behind it."""
    return replace(line, cells=tuple(each and replace(each, value=WITHHELD, key="") for each in line.cells))


def _is_told(line: Line, among: Line) -> bool:
    """Whether a figure of the line, or of the rest of those it is a part of, is small."""
    pairs = zip(line.cells, among.cells, strict=True)
    return _is_small(line) or any(_near(a.value, b.value) for a, b in pairs if a and b)


def _cautious(lines: Sequence[Line], among: Line) -> list[Line]:
    return [_veiled(line) if _is_told(line, among) else line for line in lines]


def _of_policies(lines: Sequence[Line], policies: Sequence[str], found: Outcomes) -> list[Line]:
    """Programmes stand beside their policies: of one all are covered where one is, or where few would follow from what
    the policy had beside them."""
    shown = list(lines)
    for policy in set(policies):
        places = [place for place, each in enumerate(policies) if each == policy]
        own, whole = [shown[place] for place in places], _helped("", found.policies.get(policy, Tally()), {})
        if any(line.value(0) == WITHHELD for line in own) or _few_beside(own, whole):
            for place in places:
                shown[place] = _veiled(shown[place])
    return shown


def _few_beside(lines: Sequence[Line], whole: Line) -> bool:
    """Whether few of the whole are outside one of the lines, or outside all."""
    for place in _COUNTED:
        counts = [int(line.value(place) or 0) for line in lines]  # type: ignore[arg-type]
        if any(_near(whole.value(place), each) for each in (*counts, sum(counts))):
            return True
    return False


def _apart(lines: Sequence[Line], total: Line) -> list[Line]:
    """Lines that come to the total: as many of them covered, the smallest first, as leave no small sum to be had by
    taking those shown from the total."""
    order = sorted(range(len(lines)), key=lambda place: (lines[place].value(0), place))
    covered = {place for place in order if _is_told(lines[place], total)}
    for place in order:
        if covered and (len(covered) == 1 or _rest_is_small([lines[each] for each in covered])):
            covered.add(place)
    return [_veiled(line) if place in covered else line for place, line in enumerate(lines)]


def _rest_is_small(lines: Sequence[Line]) -> bool:
    columns = zip(*([each.value for each in line.cells if each] for line in lines), strict=True)
    return any(0 < sum(value for value in column if isinstance(value, int)) < LIMIT for column in columns)


def _total(line: Line) -> Line:
    """The sum of all with its small figures hidden, and those they would follow from. How many were on the list, and
    how each of them ended with help or without, is in the forms of the year: that is known."""
    ends = len(ENDS)
    both = [Cell(line.value(1 + place) + line.value(1 + ends + place)) for place in range(ends)]  # type: ignore[operator]
    whole = [(0, place) for place in range(1 + 2 * ends)]
    sums = [whole, *([(1, place), (0, 1 + place), (0, 1 + ends + place)] for place in range(ends))]
    known = [(0, 0), *((1, place) for place in range(ends))]
    lines = [line, Line(tuple(both), "")]
    shown = cover(lines, surely_hidden(lines, sums, [], known))[0]
    return replace(
        shown,
        cells=tuple(
            each and (replace(each, key="") if each.value in {SMALL, WITHHELD} else each)
            for each in shown.cells
        ),
    )
