"""A household of a file beside the register: which one it is, what is new, what differs, what somebody has to decide.

What is plain is settled here and noted; what could be two things is a conflict, and waits for a person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from households.actions.imports.values import kept
from households.actions.register import HOUSEHOLD_FIELDS, MEMBER_FIELDS
from households.exchange.imports.checked import label, said, typed
from households.exchange.imports.days import typed_year
from households.exchange.imports.recognised import Recognition
from households.exchange.imports.register import INTO, Register, chosen
from households.exchange.imports.sent import Sent, column_of
from households.exchange.imports.stale import only_repeated
from households.exchange.imports.who import who_is_who
from households.models import Household, ImportUnit, Member, Relationship
from thanhsen.addresses import whole
from thanhsen.vietnamese import day_of, fold

Cause, Outcome = ImportUnit.Cause, ImportUnit.Outcome
AT_ONCE = 500


def compare(units: Sequence[ImportUnit], sent: Sent, tell: Callable[[int], None] = lambda done: None) -> None:
    for start in range(0, len(units), AT_ONCE):
        tell(start)
        part = units[start : start + AT_ONCE]
        register = Register(part, ward=sent.imported.ward, user=sent.user)
        for unit in part:
            Comparison(unit, register, sent).run()
    _one_household_once(units, sent)


def _one_household_once(units: Sequence[ImportUnit], sent: Sent) -> None:
    """Two households of the file that are one of the register: what the first says, the second would write over."""
    meant = {each.target for each in units if each.target is not None}
    others = ImportUnit.objects.none()
    if units and units[0].pk:  # of some that are compared again, the others count too
        others = sent.imported.units.filter(target__in=meant).exclude(pk__in=[each.pk for each in units])
    rows = dict(others.exclude(choice=ImportUnit.SKIP).values_list("target", "first_row"))
    for unit in units:
        if unit.target is None or unit.choice == ImportUnit.SKIP or unit.outcome == Outcome.FAULTY:
            continue
        if (first := rows.setdefault(unit.target, unit.first_row)) == unit.first_row:
            continue
        unit.lines[0]["told"].append(
            [
                sent.columns.get("code", 1),
                f"trong sổ đây là cùng một hộ với dòng {first} của tệp: gộp các dòng lại",
            ]
        )
        if Cause.TWICE not in unit.causes:
            unit.causes.append(str(Cause.TWICE))
        unit.outcome = Outcome.CONFLICT


@dataclass
class Comparison:
    """One unit while it is compared."""

    unit: ImportUnit
    register: Register
    sent: Sent

    def __post_init__(self) -> None:
        self._recognition = Recognition(self.unit, self.register, self.sent)

    def run(self) -> None:
        unit = self.unit
        unit.causes, unit.values, unit.differences, unit.seen, unit.target = [], {}, [], {}, None
        for line in unit.lines:
            line |= {
                "wrong": [],
                "values": {},
                "differences": [],
                "told": [],
                "target": None,
                "is_new": False,
            }
        home = self._target()
        if home and home.closed_date:
            self._wrong(
                0,
                "code",
                f"hộ {home.code} đã ra khỏi sổ ngày {home.closed_date:%d/%m/%Y} nên không nhập thêm.",
            )
        elif home:
            self._known(home)
            self._must_be_sure(home)
        elif not self._has_faults():
            self._new()
        unit.outcome = self._outcome(home)

    @property
    def _takes_file(self) -> bool:
        return self.unit.choice.endswith(ImportUnit.FILE)

    # Which household it is -----------------------------------------------------------------------

    def _target(self) -> Household | None:
        unit = self.unit
        if unit.choice.startswith(INTO):
            return self.register.households.get(chosen(unit.choice))
        if code := unit.given.get("code"):
            found = self.register.household(code)
            if found is None:
                self._wrong(
                    0,
                    "code",
                    f"không có hộ nào mã {code[:20]} trong địa bàn của anh/chị. Hộ mới thì để trống mã hộ.",
                )
            return found
        if unit.choice == ImportUnit.NEW:
            return None
        home = self._recognition.find()
        if home:
            said = f"nhận ra hộ {home.code} trong sổ: cùng chủ hộ, cùng tổ dân phố"
            self._note(self._recognition.place, "full_name", said)
        return home

    def _must_be_sure(self, home: Household) -> None:
        """A household told by little and to be changed may be another: a person says which."""
        changed = self.unit.values or any(line["values"] for line in self.unit.lines)
        if self._recognition.is_sure is False and changed and not self._has_faults():
            self._cause(
                Cause.ALIKE, f"chỉ cùng tên chủ hộ, năm sinh và tổ dân phố với hộ {home.code} trong sổ"
            )

    # A household of the register -----------------------------------------------------------------

    def _known(self, home: Household) -> None:
        unit = self.unit
        unit.target = home.pk
        people = {each.pk: each for each in self.register.people[home.pk]}
        unit.seen = {
            "household": home.version,
            "members": {str(each.pk): each.version for each in people.values()},
        }
        if unit.area and unit.area_id != home.area_id and not self._takes_file:
            self._cause(Cause.PLACE, f"trong tệp ở {unit.area.name}, trong sổ ở {home.area.name}")
        unit.area_id = home.area_id
        self._compare_household(home)
        free = dict(people)
        found = who_is_who(unit.lines, people)
        for place, line in enumerate(unit.lines):
            member = found.get(place)
            if line["given"].get("member") and member is None:
                self._wrong(
                    place, "member", "không có người mã này trong hộ. Người mới thì để trống mã người."
                )
            elif member:
                free.pop(member.pk, None)
                self._compare_member(place, line, member)
            else:
                self._new_member(place, line, home)
        unit.seen["absent"] = [each.full_name for each in free.values()]
        self._one_spouse(free)

    def _compare_household(self, home: Household) -> None:
        opened = self.unit.given.get("opened_date")
        if opened and day_of(opened) != home.opened_date:
            self._note(
                0,
                "opened_date",
                f"ngày vào sổ trong sổ là {home.opened_date:%d/%m/%Y}: giữ nguyên, không đổi bằng tệp",
            )
        given = {name: text for name, text in self.unit.given.items() if name in HOUSEHOLD_FIELDS}
        stored = typed(home, HOUSEHOLD_FIELDS)
        if all(stored.get(name, "") == text for name, text in given.items()):
            return
        values, wrong = self.sent.forms.household.check({**stored, **given})
        for name in wrong:
            self._wrong(0, name, wrong[name])
        changed = {
            name: values[name] for name in given if name in values and values[name] != getattr(home, name)
        }
        changed = self._own_changes(0, home, 0, changed)
        self.unit.values = kept(changed)
        self.unit.differences = [
            [label(Household, name), said(Household, name, getattr(home, name)), said(Household, name, value)]
            for name, value in changed.items()
        ]

    def _compare_member(self, place: int, line: dict[str, Any], member: Member) -> None:
        line["target"] = member.pk
        given = {name: text for name, text in line["given"].items() if name in MEMBER_FIELDS}
        if "•" in given.get("cccd", ""):
            if given["cccd"] != member.masked_cccd:
                self._wrong(
                    place,
                    "cccd",
                    "số CCCD che một phần không khớp với số trong sổ. Ghi đủ 12 chữ số, hoặc để trống.",
                )
            given.pop("cccd")
        relationship = given.pop("relationship", member.relationship)
        if (relationship == Relationship.HEAD) != member.is_head:
            if not self._takes_file:
                how = (
                    "là chủ hộ, trong sổ không phải"
                    if relationship == Relationship.HEAD
                    else "không phải chủ hộ, trong sổ là chủ hộ"
                )
                self._cause(Cause.HEAD, f"{member.full_name} trong tệp {how}")
        elif relationship != member.relationship:
            given["relationship"] = relationship
        if "birth_date" in given and "birth_year" not in given:
            given["birth_year"] = given["birth_date"][-4:]
        self._keep_better_name(place, given, member)
        stored = typed(member, MEMBER_FIELDS)
        if all(stored.get(name, "") == text for name, text in given.items()):
            return
        form = self.sent.forms.head if member.is_head else self.sent.forms.member
        values, wrong = form.check({**stored, **given})
        for name, sentence in wrong.items():
            self._wrong(place, name, sentence)
        changed = {
            name: values[name] for name in given if name in values and values[name] != getattr(member, name)
        }
        changed = self._own_changes(place, member, 1, changed, line)
        self._doubt_day(place, "birth_date", changed.get("birth_date"))
        line["values"] = kept(changed)
        line["differences"] = [
            [label(Member, name), said(Member, name, getattr(member, name)), said(Member, name, value)]
            for name, value in changed.items()
        ]
        if "cccd" in changed and any(
            each["sure"] and each["member"] != member.pk for each in line.get("alike", ())
        ):
            self._cause(Cause.ELSEWHERE)  # written, it would be refused with all the rest

    def _keep_better_name(self, place: int, given: dict[str, str], member: Member) -> None:
        """A name without marks or in capitals, as lists print it, does not take the place of the one of the register."""
        name, stored = given.get("full_name", ""), member.full_name
        plainer = name == fold(name).title() or name == name.upper() or name == name.lower() or name.isascii()
        if (
            name != stored
            and fold(name) == fold(stored)
            and plainer
            and "member" not in self.unit.lines[place]["given"]
        ):
            del given["full_name"]
            self._note(place, "full_name", f"tệp ghi “{name}”: giữ “{stored}” như trong sổ")

    def _own_changes(
        self,
        place: int,
        record: Household | Member,
        part: int,
        changed: dict[str, Any],
        line: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """What the sender changed. Where somebody saved since the file was exported, what the file only repeats of then
        is left out and noted, and the rest is a conflict: two people's words."""
        lines = [line] if line else self.unit.lines
        stamp = next((each["given"]["stamp"] for each in lines if each["given"].get("stamp")), "")
        if not changed or not stamp:
            return changed
        versions = [whole(each) for each in stamp.split(".")]
        if len(versions) != 2 or (version := versions[part]) is None:
            self._wrong(
                place, "stamp", f"phiên bản “{stamp[:20]}” không đúng: giữ như tệp xuất, hoặc để trống."
            )
            return changed
        if version == record.version:
            return changed
        repeated = only_repeated(record, version, kept(changed))
        if repeated:
            names = ", ".join(label(type(record), name) for name in changed if name in repeated)
            self._note(place, "stamp", f"trong sổ đã có người sửa {names} sau khi xuất tệp: giữ như trong sổ")
        own = {name: value for name, value in changed.items() if name not in repeated}
        if own and not self._takes_file:
            self._cause(Cause.STALE)
        return own

    def _new_member(self, place: int, line: dict[str, Any], home: Household) -> None:
        if line["given"].get("relationship") == Relationship.HEAD:
            name = line["given"].get("full_name", "")
            self._cause(Cause.HEAD, f"trong tệp chủ hộ là {name}, trong sổ là {home.head_name}")
            return
        self._check_new(place, line, head=False)
        self._doubts(line, inside=home.pk)

    # A household the register lacks ---------------------------------------------------------------

    def _new(self) -> None:
        unit = self.unit
        heads = [place for place, line in enumerate(unit.lines) if self._recognition.is_head(line)]
        if not heads:
            self._wrong(0, "relationship", "hộ này chưa có ai là chủ hộ. Ghi “Chủ hộ” cho đúng một người.")
        for place in heads[1:]:
            self._wrong(place, "relationship", "hộ đã có chủ hộ ở dòng trên; mỗi hộ một chủ hộ.")
        texts = {name: text for name, text in unit.given.items() if name in HOUSEHOLD_FIELDS}
        values, wrong = self.sent.forms.household.check(texts)
        for name, sentence in wrong.items():
            self._wrong(0, name, sentence)
        unit.values = kept(values)
        opened = unit.given.get("opened_date") or self.sent.imported.defaults["opened_date"]
        if int(opened[-4:]) in self.sent.closed_years:
            self._wrong(
                0,
                "opened_date",
                f"năm {opened[-4:]} đã khoá sổ nên không đưa hộ vào sổ trong năm đó. Ghi ngày của năm đang mở.",
            )
        self._doubt_day(0, "opened_date", day_of(opened))
        if (day := day_of(opened)) is None or day > self.sent.today:
            self._wrong(0, "opened_date", "ngày vào sổ ở tương lai hoặc không đúng. Xem lại ngày.")
        for place, line in enumerate(unit.lines):
            self._check_new(place, line, head=place in heads[:1])
            if line["given"].get("member"):
                self._wrong(place, "member", "mã người chỉ ghi cho hộ đã có mã hộ. Xoá ô này.")
            self._doubts(line)
        self._one_spouse({})

    def _check_new(self, place: int, line: dict[str, Any], *, head: bool) -> None:
        given = {name: text for name, text in line["given"].items() if name in MEMBER_FIELDS}
        if "ethnicity" not in given:
            given["ethnicity"] = "99"
            self._note(place, "ethnicity", "chưa ghi dân tộc: để “Không rõ”")
        form = self.sent.forms.head if head else self.sent.forms.member
        values, wrong = form.check(given)
        for name, sentence in wrong.items():
            self._wrong(place, name, sentence)
        self._doubt_day(place, "birth_date", values.get("birth_date"))
        if head:
            values["relationship"] = Relationship.HEAD.value
        line["is_new"] = True
        line["values"] = kept(values)

    def _doubt_day(self, place: int, name: str, day: date | None) -> None:
        if day and (year := typed_year(day, self.sent.today)):
            said = f"ô đang là ngày {day:%d/%m/%Y}; có lẽ là năm {year} gõ vào ô kiểu ngày. Đổi ô sang kiểu Văn bản (Text) rồi gõ lại."
            self._wrong(place, name, said)

    def _doubts(self, line: dict[str, Any], inside: int | None = None) -> None:
        """Who in the register, or elsewhere in the file, this new person may be."""
        for found in line.get("alike", ()):
            member = self.register.members.get(found["member"]) if found["member"] else None
            if member and member.household_id == inside and not found["sure"]:
                continue
            if found["sure"]:
                self._cause(Cause.TWICE if found["unit"] else Cause.ELSEWHERE if inside else Cause.CCCD)
            elif self.unit.choice != ImportUnit.NEW:
                self._cause(Cause.TWICE if found["unit"] else Cause.ALIKE)

    def _one_spouse(self, others: dict[int, Member]) -> None:
        spouses = [
            place
            for place, line in enumerate(self.unit.lines)
            if line["given"].get("relationship") == Relationship.SPOUSE
        ]
        held = any(each.relationship == Relationship.SPOUSE for each in others.values())
        for place in spouses[0 if held else 1 :]:
            self._wrong(place, "relationship", "chủ hộ chỉ có một vợ hoặc chồng. Xem lại quan hệ với chủ hộ.")

    # What it comes to ----------------------------------------------------------------------------

    def _outcome(self, home: Household | None) -> str:
        if self._has_faults():
            return Outcome.FAULTY
        if self.unit.causes:
            return Outcome.CONFLICT
        if home is None:
            return Outcome.NEW
        changed = self.unit.values or any(line["values"] for line in self.unit.lines)
        return Outcome.CHANGED if changed else Outcome.SAME

    def _has_faults(self) -> bool:
        return any(line["faults"] or line["wrong"] for line in self.unit.lines)

    def _cause(self, cause: str, why: str = "") -> None:
        if cause not in self.unit.causes:
            self.unit.causes.append(str(cause))
        if why:
            self.unit.seen.setdefault("why", []).append(why)

    def _wrong(self, place: int, name: str, sentence: str) -> None:
        line = self.unit.lines[place]
        if name == "cccd_note":
            sentence = sentence.replace("vào ô này", "vào cột “Lý do CCCD không khớp”")
        line["wrong"].append([column_of(line, self.sent.columns, name), sentence])

    def _note(self, place: int, name: str, sentence: str) -> None:
        line = self.unit.lines[place]
        line["told"].append([column_of(line, self.sent.columns, name), sentence])
