"""Rows of a file beside the roster: who is new, the same, changed, in doubt or wrong, and why."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from households.exchange.imports.checked import Again, label, said
from households.exchange.imports.sent import column_of
from thanhsen.vietnamese import day, fold
from trainings.actions.roster.files import SKIP, Row
from trainings.actions.roster.seats import PERSON
from trainings.exchange.roster.units import Classes, Units
from trainings.forms.roster.people import PersonForm
from trainings.models import RosterImport, Trainee, Unit

NEW, SAME, CHANGED, CONFLICT, FAULTY = "new", "same", "changed", "conflict", "faulty"
OTHER = "other"
TOLD_IN = {"sex": ("born_male", "born_female")}  # by which column stands a year of birth
Offers = list[list[str]]


@dataclass
class Roster:
    """Who stands on the roster, found by name, phone and id; who withdrew, by unit, name and year."""

    people: dict[int, Trainee] = field(default_factory=dict)
    phones: dict[str, Trainee] = field(default_factory=dict)
    names: dict[str, list[Trainee]] = field(default_factory=lambda: defaultdict(list))
    withdrawn: dict[tuple, Trainee] = field(default_factory=dict)

    @classmethod
    def of(cls, imported: RosterImport) -> "Roster":
        found = cls()
        for each in imported.course.trainees.select_related("unit", "training_class").order_by("pk"):
            if each.state == Trainee.State.WITHDRAWN:
                found.withdrawn[each.unit_id, each.name_fold, each.birth_year] = each
                continue
            found.people[each.pk] = each
            found.names[each.name_fold].append(each)
            if each.phone:
                found.phones[each.phone] = each
        return found


def compare(imported: RosterImport, rows: list[Row], today: date) -> None:
    """Fill in what becomes of each row. Three queries, however many rows."""
    ward = imported.course.ward_id
    units = Units(Unit.objects.in_use().filter(ward=ward).select_related("area").in_order())
    classes = Classes(imported.course.classes.in_order())
    columns = {name: int(number) for number, name in imported.matching.items() if name}
    work = _Comparison(imported, Roster.of(imported), units, classes, columns)
    for row in rows:
        work.one(row)


@dataclass
class _Comparison:
    imported: RosterImport
    roster: Roster
    units: Units
    classes: Classes
    columns: dict[str, int]
    form: Again = field(default_factory=lambda: Again(PersonForm()))
    said: dict[tuple, int] = field(default_factory=dict)  # who or which phone → the row that said so first

    def one(self, row: Row) -> None:
        row |= {
            "outcome": FAULTY, "wrong": [], "target": None, "seen": None, "why": "", "offers": [], "values": {},
            "differences": [], "unit_missing": "", "label": row["given"].get("full_name", ""), "twin": False,
        }  # fmt: skip
        given = {**self.imported.defaults, **row["given"]}
        unit = self._unit(row, given)
        row["unit"] = unit.name if unit else given.get("unit", "") or row.get("section", "")
        self._class(row, given)
        target = self._who(row, given, unit)
        if target:
            given = row["given"]  # what holds where the file says nothing is for new people
        data, wrong = self.form.check({**_typed(target, given), **given} if target else given)
        for name, sentence in wrong.items():
            if name and name not in given:
                sentence = self._unsaid(row, name)
            if sentence:
                self._wrong(row, name, sentence)
        if row["faults"] or row["wrong"]:
            row["outcome"] = FAULTY
            return
        values = {name: data[name] for name in PERSON if not target or name in _told(given)}
        if unit and (target is None or row["given"].get("unit") or row.get("section")):
            values["unit"] = unit.pk
        if target is None and given.get("training_class"):
            values["training_class"] = row["class_id"]
        if row["outcome"] != CONFLICT:
            self._decided(row, target, values)
        row["values"] = {name: _stored(value) for name, value in values.items()}
        if row["outcome"] != CONFLICT and row["choice"] != SKIP:
            self._once(row, unit, target, data)

    def _decided(self, row: Row, target: Trainee | None, values: dict[str, Any]) -> None:
        if target is None:
            row["outcome"] = NEW
            return
        row["target"], row["seen"] = target.pk, target.version
        row["differences"] = [
            [
                label(Trainee, name),
                self._named(name, _of(target, name), target),
                self._named(name, value, target),
            ]
            for name, value in values.items()
            if value != _of(target, name)
        ]
        row["outcome"] = CHANGED if row["differences"] else SAME

    def _unit(self, row: Row, given: dict[str, str]) -> Unit | None:
        text = row["given"].get("unit") or row.get("section") or given.get("unit", "")
        if not text:
            self._wrong(row, "unit", "chưa ghi đơn vị. Ghi tổ dân phố hoặc cơ quan, hội cử người này.")
            return None
        unit, sentence = self.units.named(text)
        if unit is None:
            row["unit_missing"] = "" if sentence else text[:160]
            self._wrong(
                row,
                "unit",
                sentence or f"chưa có đơn vị “{text[:60]}” trên cổng. Thêm đơn vị, hoặc sửa tên trong tệp.",
            )
        return unit

    def _class(self, row: Row, given: dict[str, str]) -> None:
        row["class_id"] = None
        if text := given.get("training_class"):
            found = self.classes.named(text)
            if found is None:
                self._wrong(
                    row,
                    "training_class",
                    f"khoá không có lớp “{text[:60]}”. Để trống rồi chia lớp sau, hoặc sửa tên.",
                )
            else:
                row["class_id"] = found.pk

    def _who(self, row: Row, given: dict[str, str], unit: Unit | None) -> Trainee | None:
        """The trainee of the roster that the row is; None for somebody new. Sets what is in doubt."""
        name, phone = fold(given.get("full_name", "")), given.get("phone", "")
        year = int(given["birth_year"]) if given.get("birth_year", "").isdecimal() else None
        choice = row["choice"]
        if choice.startswith("into:") and (chosen := self.roster.people.get(int(choice[5:]))):
            row["outcome"] = SAME
            return chosen
        row["outcome"] = NEW
        if not name or unit is None:
            return None
        by_phone = self.roster.phones.get(phone) if phone else None
        if by_phone and by_phone.name_fold == name:
            return by_phone
        alike = self.roster.names.get(name, [])
        here = [each for each in alike if each.unit_id == unit.pk]
        sure = [each for each in here if each.birth_year == year]
        if not sure and len(here) == 1 and (year is None or here[0].birth_year is None):
            sure = here
        if choice == OTHER:
            row["twin"] = bool(sure)
            return None
        if by_phone:
            self._doubt(row, f"Số {phone} trong danh sách là của {_who_is(by_phone)}.", [_into(by_phone)])
        elif len(sure) == 1:
            return sure[0]
        elif sure:
            self._doubt(row, "Trong đơn vị có nhiều người cùng họ tên.", [*map(_into, sure), _OTHER])
        elif here:
            self._doubt(row, f"Đơn vị đã có {_who_is(here[0])}, khác năm sinh.", [*map(_into, here), _OTHER])
        elif year and (there := [each for each in alike if each.birth_year == year]):
            self._doubt(
                row, f"Trong khoá đã có {_who_is(there[0])}, cùng năm sinh.", [*map(_into, there), _OTHER]
            )
        elif gone := self.roster.withdrawn.get((unit.pk, name, year)):
            self._doubt(
                row, f"Người này đã thôi học ngày {day(gone.withdrawn_on)} ({gone.withdraw_reason}).",
                [[OTHER, "Ghi danh lại thành người mới"]],
            )  # fmt: skip
        return None

    def _doubt(self, row: Row, why: str, offers: Offers) -> None:
        row["outcome"], row["why"], row["offers"] = CONFLICT, why, offers

    def _once(self, row: Row, unit: Unit | None, target: Trainee | None, data: dict[str, Any]) -> None:
        """Within the file too everybody, and every phone, is told of once."""
        place = row["row"]
        who = (
            ("id", target.pk)
            if target
            else ("new", unit and unit.pk, fold(data["full_name"]), data.get("birth_year"))
        )
        first = self.said.setdefault(who, place)
        if first != place and target:
            return self._fault(
                row, "full_name", f"cùng là {target.full_name} như dòng {first}. Chỉ để một dòng."
            )
        if first != place and row["choice"] != OTHER:
            return self._doubt(row, f"Trùng họ tên, năm sinh và đơn vị với dòng {first} của tệp.", [_OTHER])
        row["twin"] = row["twin"] or first != place
        phone = row["given"].get("phone")
        if phone and (first := self.said.setdefault(("phone", phone), place)) != place:
            return self._fault(
                row, "phone", f"số này đã ghi ở dòng {first}. Mỗi người một số, hoặc để trống."
            )
        holder = self.roster.phones.get(phone) if phone else None
        if holder and holder != target:
            self._fault(row, "phone", f"số này đã của {_who_is(holder)} trong khoá. Sửa số, hoặc để trống.")
        return None

    def _unsaid(self, row: Row, name: str) -> str:
        """What to say of a field that nobody filled in; "" where the cell it comes from is told wrong already."""
        cells = {self.columns.get(each) for each in (name, *TOLD_IN.get(name, ()))}
        return "" if cells & {column for column, _ in row["faults"]} else f"chưa ghi {label(Trainee, name)}."

    def _fault(self, row: Row, name: str, sentence: str) -> None:
        row["outcome"] = FAULTY
        self._wrong(row, name, sentence)

    def _wrong(self, row: Row, name: str, sentence: str) -> None:
        row["wrong"].append([column_of(row, self.columns, name or "full_name"), sentence])

    def _named(self, name: str, value: Any, target: Trainee) -> str:
        if name == "unit":
            return self.units.names.get(value, target.unit.name)
        return said(Trainee, name, value)


_OTHER = [OTHER, "Là người khác, ghi danh thêm"]


def _into(trainee: Trainee) -> list[str]:
    return [f"into:{trainee.pk}", f"Là {_who_is(trainee)}"]


def _who_is(trainee: Trainee) -> str:
    born = f", sinh {trainee.birth_year}" if trainee.birth_year else ""
    return f"{trainee.full_name}{born}, {trainee.unit.name}"


def _of(target: Trainee, name: str) -> Any:
    return target.unit_id if name == "unit" else getattr(target, name)


def _told(given: dict[str, str]) -> set[str]:
    """The fields that a row tells: a day tells its year, and another year that the day is not known."""
    return set(given) | (
        {"birth_year", "birth_date"} if "birth_year" in given or "birth_date" in given else set()
    )


def _typed(target: Trainee, given: dict[str, str]) -> dict[str, str]:
    """A trainee as somebody would type it; without the day of birth where the row tells another year."""
    texts = {}
    for name in PERSON:
        value = getattr(target, name)
        if isinstance(value, bool):
            texts[name] = "true" if value else "false"
        elif isinstance(value, date):
            texts[name] = day(value)
        elif value not in (None, ""):
            texts[name] = str(value)
    if "birth_year" in given and given["birth_year"] != texts.get("birth_year"):
        texts.pop("birth_date", None)
    return texts


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
