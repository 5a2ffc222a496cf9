"""What a column of a list is, and the columns that several lists have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from households.exchange.imports.cells import Take, code, text

Of = Literal["household", "person", "status", "total", "area"]
Fields = Callable[[str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading in the template, how its cells are taken, other headings that mean it.

    `of`: what it tells of. `choices`: code → label. `is_offered`: stands in the template; the others are understood.
    `is_day`: its cells hold days. `fills`: the fields of the form that its text fills, where that is not the one of its name.
    """

    name: str
    heading: str
    take: Take
    of: Of
    aliases: str = ""
    hint: str = ""
    width: float = 14
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    is_number: bool = False
    is_offered: bool = True
    is_day: bool = False
    fills: Fields | None = None

    def fields(self, taken: str) -> dict[str, str]:
        """The fields of the form → what is typed into them; none where nothing was told."""
        if not taken:
            return {}
        return self.fills(taken) if self.fills else {self.name: taken}

    def shown(self, taken: str) -> str:
        """What an export writes for it, so that taking it gives the same back."""
        return self.choices.get(taken, taken)


LISTED = "Chọn trong danh sách."
YES_OR_NO = "Ghi Có hoặc Không."
A_DAY = "Ngày/tháng/năm, ví dụ 05/12/2026."
AREA = Column(
    "area", "Tổ dân phố", text, "household",
    "tdp, ten tdp, ten to, ten to dan pho, dia ban, ten dia ban, thon, thon to dan pho, to dan pho thon, thon tdp, "
    "khu dan cu, khoi pho, khoi, xom, to, thon xom, khu pho, khu vuc",
    "Tên như trong phần Địa bàn.", 22,
)  # fmt: skip
AREA_CODE = Column(
    "area_code", "Mã tổ dân phố", code, "household",
    "ma to, ma tdp, ma so tdp, ma so to dan pho, ma dia ban, ma thon, ma khu dan cu, ma thon to dan pho",
    "Có mã thì không cần tên. Không biết thì để trống.", 15,
)  # fmt: skip
HOUSEHOLD_CODE = Column(
    "code", "Mã hộ", code, "household", "ma so ho, ma ho gia dinh, ma so ho gia dinh, ma ho trong so",
    "Mã của hộ trong sổ, ví dụ H0000123. Hộ chưa có trong sổ thì để trống.", 12,
)  # fmt: skip
