"""The income score (B1) of a sheet: computed with the points table that applies, or typed where there is none.

A draft is scored with the table in force on its day of survey; a sheet handed in keeps the table it was scored with.
The paper forms of urban and rural areas give other points for the same household: a typed score holds for the area type
it was typed for. A table has the points of both, so that a computed score follows the household.
"""

from dataclasses import dataclass
from typing import Any

from households.models import PointsTable, Sheet
from households.poverty import AreaType
from households.poverty.points import Points, PointsLine
from households.poverty.points import PointsTable as Items
from households.poverty.points import score as score_points


@dataclass(frozen=True)
class Income:
    """`score` is None while it is not known; `points` is None where the score is typed.

    `changed` says that the draft was last saved under another table, or under none. `elsewhere` is the score typed for
    another area type than the household lies in now, to be typed or confirmed again, and `asks_again` says so.
    """

    score: int | None
    table: PointsTable | None = None
    items: Items | None = None
    points: Points | None = None
    changed: bool = False
    elsewhere: int | None = None
    asks_again: str = ""

    @property
    def lines(self) -> dict[str, PointsLine]:
        """Item code → what it is worth."""
        return {each.item.code: each for each in self.points.lines} if self.points else {}

    @property
    def questions(self) -> list[str]:
        """What a remark can be about: the names of the items' fields."""
        return [field_name(code) for code in self.items.codes] if self.items else []

    @property
    def problems(self) -> dict[str, str]:
        """Question (field name of the sheet) → sentence."""
        if self.points is None:
            return {"income_score": self.asks_again} if self.asks_again else {}
        found = {field_name(code): sentence for code, sentence in self.points.problems.items()}
        if found:
            found["income_score"] = f"Còn {len(found)} mục của bảng điểm B1 cần trả lời."
        elif self.score is None:
            found["income_score"] = (
                f"Bảng điểm cho {self.points.total} điểm, ngoài khoảng 0 đến {LARGEST}. Xem lại các mục, hoặc báo quản trị."
            )
        return found


LARGEST = 1_000  # of a sheet's income score


def field_name(code: str) -> str:
    """How the sheet calls the question of an item: in its form, in its problems and in remarks."""
    return f"b1-{code}"


def table_of(sheet: Sheet) -> PointsTable | None:
    """The table this sheet is scored with. One query for a draft, however often it is asked for."""
    if not sheet.is_editable:
        return sheet.points_table
    if sheet.household.area.is_practice:
        return None  # its invented papers give a score, whatever table is in force
    asked, table = getattr(sheet, "_table_asked", (None, None))
    if asked != sheet.surveyed_on:
        kind = PointsTable.Kind.INCOME_POINTS
        table = PointsTable.objects.in_force(kind, sheet.round.standard_id, sheet.surveyed_on)
        sheet._table_asked = (sheet.surveyed_on, table)  # type: ignore[attr-defined]  # of this copy of the sheet
    return table


def income_of(sheet: Sheet, area_type: str) -> Income:
    """The sheet's B1 as its answers have it now, in points of the area type."""
    table = table_of(sheet)
    changed = (
        sheet.is_editable and sheet.saved_by_id is not None and sheet.points_table_id != (table and table.pk)
    )
    if table is None:
        score = sheet.income_score if sheet.income_score_source == Sheet.ScoreSource.TYPED else None
        if score is not None and sheet.is_editable and sheet.income_score_for != area_type:
            return Income(None, changed=changed, elsewhere=score, asks_again=_asks_again(sheet, area_type))
        return Income(score, changed=changed)
    items = table.read()
    points = score_points(items, AreaType(area_type), answers_to(items, sheet.points))
    known = points.total is not None and 0 <= points.total <= LARGEST
    return Income(points.total if known else None, table, items, points, changed)


def _asks_again(sheet: Sheet, area_type: str) -> str:
    now = AreaType(area_type).label.lower()
    known = sheet.income_score_for
    was = f"ghi theo mẫu {AreaType(known).label.lower()}" if known else "chưa rõ ghi theo mẫu nào"
    return (
        f"Điểm {sheet.income_score} {was}; hộ nay thuộc địa bàn {now}: nhập lại điểm B1 theo mẫu {now}, "
        f"hoặc đánh dấu ở mục 2 nếu cộng lại vẫn đúng {sheet.income_score}."
    )


def answers_to(items: Items, stored: dict) -> dict:
    """Of the answers kept with a sheet those to the items of this table: others were another table's."""
    return {code: answer for code, answer in stored.items() if items.item(code)}


def settle(sheet: Sheet, *, typed: bool = False, typed_for: str | None = None) -> bool:
    """Write the score, its source and its table to the fields of a draft, unsaved; whether any of them changed.

    `typed`: the score was just typed, so that it counts even where the sheet had a computed one. `typed_for`: it is
    another than before, or was confirmed, on the paper of this area type.
    """
    before = _settled(sheet)
    if typed:
        sheet.income_score_source = Sheet.ScoreSource.TYPED
    if typed_for is not None:
        sheet.income_score_for = typed_for
    income = income_of(sheet, sheet.household.area.area_type)
    source = Sheet.ScoreSource.COMPUTED if income.table else Sheet.ScoreSource.TYPED
    sheet.income_score = income.score if income.elsewhere is None else income.elsewhere
    sheet.income_score_source, sheet.points_table = source, income.table
    if income.table or sheet.income_score is None:
        sheet.income_score_for = ""
    return before != _settled(sheet)


def _settled(sheet: Sheet) -> tuple[Any, ...]:
    return sheet.income_score, sheet.income_score_source, sheet.income_score_for, sheet.points_table_id
