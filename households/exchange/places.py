"""The tổ dân phố that people name in what they send: by code first, then by name, never by a guess."""

import re
from collections import defaultdict
from collections.abc import Iterable

from thanhsen import vietnamese
from thanhsen.models import Area

SHORT = re.compile(r"^(?:tdp|to dp)\b[. ]*")
ZEROS = re.compile(r"\b0+(?=\d)")


class NotRead(Exception):
    """Why a line, or the whole, is not read: a Vietnamese sentence."""


class Places:
    """The tổ dân phố one may paste into, by code and by name."""

    def __init__(self, areas: Iterable[Area]):
        self.by_code: dict[str, list[Area]] = defaultdict(list)
        self.by_name: dict[str, list[Area]] = defaultdict(list)
        for area in areas:
            self.by_code[area.code.casefold()].append(area)
            self.by_name[_name(area.name)].append(area)

    def matches(self, key: str) -> bool:
        return bool(key) and (key.casefold() in self.by_code or _name(key) in self.by_name)

    def find(self, code: str, name: str) -> Area:
        """By code first, then by name; NotRead where there is none, or where it would be a guess."""
        if coded := self.by_code.get(code.casefold(), []) if code else []:
            return self._coded(coded, code, name)
        if not name:
            raise NotRead(
                f"Không có tổ dân phố nào mã “{code[:40]}”. Xem lại mã ở phần Địa bàn."
                if code
                else "Dòng này không ghi mã hay tên tổ dân phố."
            )
        named = self.by_name.get(_name(name), [])
        if len(named) > 1:  # names that differ by their marks only
            exact = [area for area in named if vietnamese.clean(area.name).casefold() == name.casefold()]
            named = exact if len(exact) == 1 else named
        if len(named) > 1:
            raise NotRead(
                f"Có {len(named)} tổ dân phố mang tên này: {_each(named)}. Ghi mã của tổ vào dòng rồi dán lại."
            )
        if not named:
            raise NotRead(
                f"Không có tổ dân phố nào mã hoặc tên là “{name[:60]}”. Ghi đúng mã hoặc tên như trong bảng."
            )
        return named[0]

    def _coded(self, coded: list[Area], code: str, name: str) -> Area:
        named = [area for area in coded if _name(area.name) == _name(name)] if name != code else []
        if len(coded) > 1 and len(named) != 1:
            raise NotRead(
                f"Mã này có {len(coded)} tổ dân phố dùng: {_each(coded)}. Nhập các tổ này bằng tay trong bảng."
            )
        other = [] if named or name == code else self.by_name.get(_name(name), [])
        if other:
            raise NotRead(
                f"Mã {code[:20]} là của {coded[0].name}, còn tên là của {_each(other)}. Sửa mã hoặc tên cho khớp."
            )
        return (named or coded)[0]


def _each(areas: list[Area]) -> str:
    return "; ".join(f"{area.code} ({area.name}, {area.parent.name})" for area in areas[:5] if area.parent)


def _name(text: str) -> str:
    """A name as it is compared: no marks, "TDP 01" as "to dan pho 1"."""
    return ZEROS.sub("", SHORT.sub("to dan pho ", vietnamese.fold(text), count=1))
