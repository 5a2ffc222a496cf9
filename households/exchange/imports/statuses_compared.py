"""Statuses of past years beside the register: whose they are, by which decision, and whether something stands against."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from households.exchange.imports.rows import Row
from households.exchange.imports.sent import Sent, located, single, wrong
from households.exchange.places import Places
from households.models import Decision, Household, Import, ImportUnit, LifeEvent, Member, Status
from households.models.survey import CLASSIFICATIONS
from households.poverty import load, standard_ids
from thanhsen.vietnamese import day_of, fold

Cause, Outcome = ImportUnit.Cause, ImportUnit.Outcome
MOST_PEOPLE = 60  # of one household; more is a slip
REQUIRED = {
    "classification": "chưa có phân loại. Ghi Hộ nghèo, Hộ cận nghèo, …",
    "number": "chưa có số quyết định.",
    "date": "chưa có ngày quyết định.",
}


def units(
    lines: Iterable[Row], imported: Import, places: Places, columns: dict[str, int]
) -> Iterator[ImportUnit]:
    """One unit a status of a household."""
    for number, line in enumerate(lines, start=1):
        label = f"{line.given.get('code', '')} {line.given.get('head', '')}".strip()
        if line.section:
            line.given.setdefault("area", line.section)
        for name in ("number", "date", "signer"):
            if imported.defaults.get(name):
                line.given.setdefault(name, imported.defaults[name])
        area = None
        if line.given.get("area") or line.given.get("area_code"):
            area = located(line.given.get("area_code", ""), line.given.get("area", ""), line, places, columns)
        yield single(imported, number, line, area, label)


def compare(units: Sequence[ImportUnit], sent: Sent) -> None:
    homes = _Homes(units, sent)
    decisions = {
        (each.number.casefold(), each.date.year): each
        for each in Decision.objects.filter(ward=sent.imported.ward)
    }
    said: dict[tuple, int] = {}
    held = homes.statuses()
    told = _decisions_of(units)
    first: dict[int, list[ImportUnit]] = defaultdict(list)  # of each household without a class so far, by day
    for unit in sorted(units, key=lambda each: _day(each) or date.min):
        _one(unit, sent, homes, decisions, held, said, told)
        if unit.outcome == Outcome.NEW and unit.target and not held[unit.target]:
            first[unit.target].append(unit)
    _precede_events(first, sent)


def _precede_events(first: dict[int, list[ImportUnit]], sent: Sent) -> None:
    """What happened between two decisions is counted by the later one; what happened after the last, by none."""
    changing = LifeEvent.objects.changing(first) if first else {}
    for home, years in first.items():
        if home not in changing or changing[home][-1].date <= (_day(years[-1]) or date.max):
            continue
        for unit in years:
            said = f"sau quyết định cuối của hộ trong tệp, hộ đã ghi “{changing[home][-1]}” trong sổ. Huỷ sự kiện đó ở trang hộ, nhập phân loại rồi ghi lại sự kiện."
            wrong(unit, sent, "date", said)
            unit.outcome = Outcome.FAULTY


def _decisions_of(units: Sequence[ImportUnit]) -> dict[tuple[str, int], ImportUnit]:
    """(number, year) → the first line of the file that names this decision."""
    first: dict[tuple[str, int], ImportUnit] = {}
    for unit in units:
        if unit.given.get("number") and (day := _day(unit)):
            first.setdefault((unit.given["number"].casefold(), day.year), unit)
    return first


def _agree(unit: ImportUnit, sent: Sent, first: ImportUnit, day: date) -> None:
    """A number is one decision in a year, with one date and one signer on all its lines."""
    if _day(first) != day:
        wrong(
            unit,
            sent,
            "date",
            f"cùng số quyết định nhưng dòng {first.first_row} đề ngày {first.given['date']}. Sửa ngày hoặc số.",
        )
    signer, other = unit.given.get("signer"), first.given.get("signer")
    if signer and other and fold(signer) != fold(other):
        wrong(
            unit,
            sent,
            "signer",
            f"cùng quyết định nhưng dòng {first.first_row} ghi người ký khác. Ghi một người ký cho cả quyết định.",
        )


def _one(unit, sent: Sent, homes: "_Homes", decisions: dict, held: dict, said: dict, told: dict) -> None:
    unit.causes, unit.values, unit.differences, unit.seen, unit.target = [], {}, [], {}, None
    line = unit.lines[0]
    line |= {"wrong": [], "differences": [], "told": []}
    for name, sentence in REQUIRED.items():
        if not unit.given.get(name) and not line["faults"]:
            wrong(unit, sent, name, sentence)
    home = homes.find(unit, sent)
    day = _day(unit)
    if line["faults"] or line["wrong"] or home is None or day is None:
        unit.outcome = Outcome.FAULTY
        return
    unit.target, unit.area_id, unit.label = home.pk, home.area_id, str(home)
    last = held[home.pk][-1].pk if held[home.pk] else None
    unit.seen = {"household": home.version, "last": last}
    decision = decisions.get((unit.given["number"].casefold(), day.year))
    _judge(unit, sent, home, day, decision)
    first = told[unit.given["number"].casefold(), day.year]
    if not decision:
        _agree(unit, sent, first, day)
    if (home.pk, day.isoformat()) in said:
        wrong(
            unit,
            sent,
            "date",
            f"hộ này đã có phân loại cùng ngày ở dòng {said[home.pk, day.isoformat()]}. Giữ một dòng.",
        )
    said[home.pk, day.isoformat()] = unit.first_row
    if line["wrong"]:
        unit.outcome = Outcome.FAULTY
        return
    unit.values = _values(unit, homes, home, day, decision, first.given["number"])
    if not unit.given.get("size"):
        said_size = (
            f"chưa ghi số nhân khẩu khi quyết định: lấy số người hiện có trong sổ ({unit.values['size']})"
        )
        line["told"] = [[sent.columns.get("size", 1), said_size]]
    unit.outcome = _outcome(unit, sent, held[home.pk], day, decision)


def _judge(unit: ImportUnit, sent: Sent, home: Household, day: date, decision: Decision | None) -> None:
    if home.closed_date:
        wrong(unit, sent, "code", f"hộ {home.code} đã ra khỏi sổ nên không nhập phân loại.")
    if day > sent.today:
        wrong(unit, sent, "date", "ngày quyết định ở tương lai. Xem lại ngày.")
    if day.year in sent.closed_years:
        wrong(unit, sent, "date", f"năm {day.year} đã khoá sổ nên không nhập phân loại của năm đó.")
    standard_id = _standard(day)
    if standard_id is None:
        wrong(
            unit,
            sent,
            "date",
            "không có chuẩn nghèo nào trong cổng áp dụng cho ngày này (từ 2022). Xem lại ngày.",
        )
    elif not decision and load(standard_id).falls_between_years(day):
        said = (
            "ngày 01/01 rơi giữa hai năm nên không biểu diễn biến nào đếm. Ghi ngày ký thật của quyết định."
        )
        wrong(unit, sent, "date", said)
    if decision and decision.date != day:
        wrong(
            unit,
            sent,
            "date",
            f"quyết định số {decision.number} trong sổ đề ngày {decision.date:%d/%m/%Y}. Sửa ngày hoặc số.",
        )
    elif decision and decision.round_id:
        wrong(
            unit,
            sent,
            "number",
            f"quyết định số {decision.number} đã ban hành trong cổng nên không thêm hộ bằng tệp. Dùng quyết định đính chính.",
        )
    for name, most in (("number", 40), ("signer", 120)):
        if len(unit.given.get(name, "")) > most:
            wrong(unit, sent, name, f"dài quá {most} ký tự. Ghi ngắn lại, đúng như trong quyết định.")
    if unit.given.get("size") and not 1 <= int(unit.given["size"]) <= MOST_PEOPLE:
        wrong(unit, sent, "size", f"số nhân khẩu từ 1 đến {MOST_PEOPLE}. Xem lại số.")
    if not decision and not unit.given.get("signer"):
        wrong(
            unit,
            sent,
            "signer",
            "chưa có người ký quyết định. Ghi vào cột Người ký, hoặc ghi chung khi nạp tệp.",
        )


def _values(
    unit: ImportUnit, homes: "_Homes", home: Household, day: date, decision: Decision | None, number: str
) -> dict:
    given = unit.given
    return {
        "classification": given["classification"],
        "number": decision.number if decision else number,
        "date": day.isoformat(),
        "signer": decision.signer if decision else given["signer"],
        "standard_id": decision.standard_id if decision else _standard(day),
        "size": int(given["size"]) if given.get("size") else max(homes.people[home.pk], 1),
        "lacking": [code for code in given.get("lacking", "").split(",") if code],
    }


def _outcome(unit: ImportUnit, sent: Sent, held: list[Status], day: date, decision: Decision | None) -> str:
    """`held`: the statuses of the household in the register, oldest first."""
    values, names = unit.values, dict(CLASSIFICATIONS)
    said = f"{names[values['classification']]} ({values['number']}, {day:%d/%m/%Y})"
    last = held[-1] if held else None
    same = [each for each in held if decision and each.decision_id == decision.pk and each.event_id is None]
    if same and same[0].classification == values["classification"]:
        return Outcome.SAME
    if same:
        is_now = f"theo quyết định này hộ đã là “{same[0].get_classification_display()}” trong sổ; đổi thì cần quyết định đính chính."
        wrong(unit, sent, "classification", is_now)
    elif last and last.valid_from >= day:
        since = f"hộ đã có phân loại từ ngày {last.valid_from:%d/%m/%Y} trong sổ. Nhập các năm theo thứ tự, năm trước trước."
        wrong(unit, sent, "date", since)
    elif last and last.decision.round_id and last.valid_to is None:
        decided = f"phân loại hiện nay do {last.decision} ban hành trong cổng nên tệp không đổi được; dùng đợt rà soát hoặc đính chính."
        wrong(unit, sent, "number", decided)
    if unit.lines[0]["wrong"]:
        return Outcome.FAULTY
    now = f"{last.get_classification_display()} ({last.decision.number})" if last else "(chưa có)"
    unit.differences = [["phân loại", now, said]]
    changes = last and last.valid_to is None and last.classification != values["classification"]
    if changes and unit.choice != ImportUnit.FILE:
        unit.causes = [str(Cause.HELD)]
        return Outcome.CONFLICT
    return Outcome.NEW


class _Homes:
    """The households a file of statuses names: by code, by a number of somebody in them, by the head's name."""

    def __init__(self, units: Sequence[ImportUnit], sent: Sent):
        visible = (
            Household.objects.visible_to(sent.user)
            .filter(area__parent=sent.imported.ward)
            .select_related("area")
        )
        codes = {each.given["code"].upper() for each in units if each.given.get("code")}
        numbers = {each.given["cccd"] for each in units if each.given.get("cccd")}
        members = Member.objects.present().visible_to(sent.user).filter(cccd__in=numbers)
        self.by_number = dict(members.values_list("cccd", "household"))
        self.by_name: dict[tuple[str, int], list[Household]] = defaultdict(list)
        if any(not each.given.get("code") and not each.given.get("cccd") for each in units):
            for home in visible.present().in_order():
                self.by_name[fold(home.head_name), home.area_id].append(home)
        rows = list(visible.filter(code__in=codes)) + list(
            visible.filter(pk__in=set(self.by_number.values()))
        )
        rows += [home for homes in self.by_name.values() for home in homes]
        self.households = {each.pk: each for each in rows}
        self.by_code = {each.code: each for each in rows}
        self.people: dict[int, int] = defaultdict(int)
        for home in (
            Member.objects.present().filter(household__in=self.households).values_list("household", flat=True)
        ):
            self.people[home] += 1

    def find(self, unit: ImportUnit, sent: Sent) -> Household | None:
        given = unit.given
        if code := given.get("code"):
            home = self.by_code.get(code.upper())
            if home is None:
                wrong(unit, sent, "code", f"không có hộ nào mã {code[:20]} trong địa bàn của anh/chị.")
        elif number := given.get("cccd"):
            home = self.households.get(self.by_number.get(number, 0))
            if home is None:
                wrong(
                    unit, sent, "cccd", "không có ai trong sổ mang số CCCD này. Nhập hộ và thành viên trước."
                )
        elif given.get("head") and unit.area_id:
            found = self.by_name.get((fold(given["head"]), unit.area_id), [])
            home = found[0] if len(found) == 1 else None
            if home is None:
                many = (
                    f"có {len(found)} chủ hộ tên này ở tổ dân phố"
                    if found
                    else "không có chủ hộ nào tên này ở tổ dân phố"
                )
                wrong(unit, sent, "head", f"{many}. Ghi mã hộ hoặc CCCD chủ hộ.")
        else:
            home = None
            wrong(
                unit, sent, "code", "không rõ hộ nào. Ghi mã hộ, CCCD chủ hộ, hoặc tên chủ hộ và tổ dân phố."
            )
        if home and given.get("head") and fold(given["head"]) != fold(home.head_name):
            wrong(
                unit, sent, "head", f"chủ hộ trong sổ là {home.head_name}. Sửa tên, mã hộ hoặc CCCD cho khớp."
            )
        return home

    def statuses(self) -> dict[int, list[Status]]:
        found: dict[int, list[Status]] = defaultdict(list)
        rows = Status.objects.filter(household__in=self.households).select_related("decision")
        for status in rows.order_by("household", "valid_from"):
            found[status.household_id].append(status)
        return found


def _day(unit: ImportUnit) -> date | None:
    return day_of(unit.given.get("date", ""))


def _standard(day: date) -> str | None:
    for name in standard_ids():
        standard = load(name)
        if standard.covers(day) and not standard.draft:
            return name
    return None
