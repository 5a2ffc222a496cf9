"""The tổ dân phố that people name in what they send: by code first, then by name, never by a guess."""

import re
from collections import defaultdict
from collections.abc import Iterable

from thanhsen import vietnamese
from thanhsen.models import Area

SHORT = re.compile(r"^(?:tdp|to dp)\b[. ]*")
WARD = re.compile(r"\b(?:phuong|p\.)(?=\s|$)")
GENERATIONS = 5  # rearrangements looked back over
ZEROS = re.compile(r"\b0+(?=\d)")


class NotRead(Exception):
    """Why a line, or the whole, is not read: a Vietnamese sentence."""


class Places:
    """The tổ dân phố one may paste into, by code and by name."""

    def __init__(self, areas: Iterable[Area]):
        self.by_code: dict[str, list[Area]] = defaultdict(list)
        self.by_name: dict[str, list[Area]] = defaultdict(list)
        self.gone: dict[str, list[Area]] = defaultdict(list)
        self.successors: dict[int, list[Area]] = defaultdict(list)
        for area in areas:
            self.by_code[area.code.casefold()].append(area)
            self.by_name[_name(area.name)].append(area)

    def found(self, code: str, name: str) -> tuple[Area, str]:
        """The tổ dân phố, and where it was told by a name of before: what that was taken for."""
        try:
            return self.find(code, name), ""
        except NotRead:
            if old := self.gone.get(code.casefold()) or self.gone.get(_name(name)):
                return self._successor(old, name or code)
            if len(near := self.by_name.get(_without_ward(name), [])) == 1:
                return near[0], f"“{name[:60]}” → {near[0].name} ({near[0].code})"
            raise

    def _successor(self, old: list[Area], said: str) -> tuple[Area, str]:
        now = {area.pk: area for each in old for area in self.successors[each.pk]}
        if len(now) > 1:
            raise NotRead(
                f"“{said[:60]}” là tên trước sắp xếp, nay thuộc nhiều nơi: {_each(list(now.values()))}. Ghi mã của tổ hiện nay."
            )
        area = next(iter(now.values()))
        return area, f"tên trước sắp xếp “{said[:60]}” → nay là {area.name} ({area.code})"

    def knows_before(self, gone: Iterable[tuple[Area, Area]]) -> "Places":
        """Also places that ended: (the old one, what it is now)."""
        for old, now in gone:
            self.successors[old.pk].append(now)
            for key in {old.code.casefold(), _name(old.name)}:
                if old not in self.gone[key]:
                    self.gone[key].append(old)
        return self

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
                f"Có {len(named)} tổ dân phố mang tên này: {_each(named)}. Ghi mã của tổ vào dòng rồi thử lại."
            )
        if not named:
            raise NotRead(f"Không có tổ dân phố nào mã hoặc tên là “{name[:60]}”. {self._near(name)}")
        return named[0]

    def _near(self, name: str) -> str:
        """What to do, with the tổ dân phố whose name begins as this one."""
        near = [
            area for key, areas in self.by_name.items() if key.startswith(f"{_name(name)} ") for area in areas
        ]
        if near:
            return f"Có phải: {'; '.join(f'{area.name} ({area.code})' for area in near[:5])}? Ghi đủ tên hoặc mã."
        return "Ghi đúng mã hoặc tên như ở phần Địa bàn."

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


def before(areas: Iterable[Area]) -> list[tuple[Area, Area]]:
    """(a tổ dân phố that ended, the one of `areas` it became), also over several rearrangements. Two queries each."""
    now = {area.pk: [area] for area in areas}
    gone: list[tuple[Area, Area]] = []
    for _ in range(GENERATIONS):
        links = Area.predecessors.through.objects.filter(from_area__in=now).values_list(
            "from_area", "to_area"
        )
        became: dict[int, list[Area]] = defaultdict(list)
        for later, earlier in links:
            became[earlier].extend(now[later])
        old = {area.pk: area for area in Area.objects.groups().filter(pk__in=became)}
        gone += [(old[pk], each) for pk, places in became.items() if pk in old for each in places]
        now = {pk: places for pk, places in became.items() if pk in old}
        if not now:
            break
    return gone


def _without_ward(text: str) -> str:
    """ "Tổ dân phố 1, phường Bắc Hà" as "to dan pho 1 bac ha"."""
    return _name(" ".join(WARD.sub(" ", re.sub(r"[,;()–-]", " ", vietnamese.fold(text))).split()))


def _name(text: str) -> str:
    """A name as it is compared: no marks, "TDP 01" as "to dan pho 1"."""
    return ZEROS.sub("", SHORT.sub("to dan pho ", vietnamese.fold(text), count=1))
