"""What clerks send of attendance: marks from the page, from a form without script, from paper; which door they stand at."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from thanhsen.addresses import whole
from thanhsen.forms import PortalForm, WholeNumberField
from thanhsen.forms.lists import ReasonForm
from trainings.actions.attendance.marks import Wanted
from trainings.models import Mark, Session

LARGEST_VERSION = 2_000_000_000
LARGEST_NUMBER = 5_000
SHOWN = 20  # people offered for what was typed of a name
NOT_UNDERSTOOD = "Nội dung gửi lên không đúng dạng. Chưa ghi ai; tải lại trang."
_CODE = re.compile(r"/cua/([0-9A-Za-z]{16})\b")
_PART = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")


@dataclass(frozen=True)
class Batch:
    """`seen`: the latest change of a mark that the page knows of. `source`: clerk or paper."""

    wanted: list[Wanted]
    reason: str
    seen: int
    source: str


def batch_of(body: bytes) -> Batch:
    """What the page sends in the background. ValidationError where it is not that."""
    try:
        sent = json.loads(body)
        wanted = [_wanted(each) for each in sent["marks"]]
        reason, seen = _text(sent.get("reason", "")), _number(sent.get("seen", 0))
        return Batch(wanted, reason, seen, _source(sent.get("source", "")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValidationError(NOT_UNDERSTOOD) from None


def _wanted(given: dict[str, Any]) -> Wanted:
    state = given["state"]
    if state not in Mark.State.values:
        raise ValueError
    version = _number(given["version"])
    if version > LARGEST_VERSION:
        raise ValueError
    return Wanted(_number(given["trainee"]), state, version, given.get("guest") is True)


def _number(given: Any) -> int:
    if type(given) is not int or not 0 <= given < 2**63:
        raise ValueError
    return given


def _text(given: Any) -> str:
    if not isinstance(given, str) or "\x00" in given:
        raise ValueError
    return " ".join(given.split())[:300]


def _source(given: Any) -> str:
    return Mark.Source.PAPER if given == Mark.Source.PAPER else Mark.Source.CLERK


def scanned(text: str) -> str:
    """A code out of the address that a hand-held scanner types; else the text as typed."""
    found = _CODE.search(text)
    return found[1] if found else "".join(char for char in text if char.isprintable()).strip()[:100]


def source_of(posted) -> str:
    return _source(posted.get("source", ""))


def lines_of(posted) -> list[Wanted]:
    """Of the form sent without script: the rows that say something else than the page had said (`v<id>`: version and
    state as shown)."""
    found = []
    for name, shown in posted.items():
        trainee = whole(name.removeprefix("v")) if name.startswith("v") else None
        version, _, before = shown.partition(".")
        state = posted.get(f"m{trainee}", "")
        seen = whole(version)
        if trainee is None or seen is None or seen > LARGEST_VERSION or state in ("", before):
            continue
        found.append(Wanted(trainee, state, seen))
    return found


def numbers_of(text: str) -> list[int]:
    """ "3 7, 12-15" as 3 7 12 13 14 15. ValidationError names the part that says nothing."""
    found: list[int] = []
    for part in re.sub(r"\s*[-–]\s*", "-", text.replace(",", " ").replace(";", " ")).split():
        said = _PART.fullmatch(part)
        first, last = (int(said[1]), int(said[2] or said[1])) if said else (1, 0)
        if not 1 <= first <= last <= LARGEST_NUMBER:
            raise ValidationError(f"Không hiểu “{part}”. Ghi các số thứ tự, ví dụ: 3 7 12-15.")
        found.extend(range(first, last + 1))
    return found


class NumbersField(forms.CharField):
    """Numbers of the sheet, as a set."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "placeholder": "3 7 12-15"})

    def clean(self, value) -> Any:
        return set(numbers_of(super().clean(value)))


class SheetForm(ReasonForm):
    """What is asked before the list to sign leaves as a file."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "Ví dụ: in cho lớp ký buổi sáng. Lý do được ghi vào nhật ký."


class PaperForm(PortalForm):
    """Who was not there or came late, by their STT on the sheet; everybody else was present."""

    code = forms.CharField(
        label="Mã tờ", max_length=4, help_text="Bốn ký tự ở góc trên bên phải của tờ đã in."
    )
    absent = NumbersField(label="STT vắng", required=False, max_length=600)
    excused = NumbersField(label="STT vắng có phép", required=False, max_length=600)
    late = NumbersField(label="STT đến muộn", required=False, max_length=600)
    reason = forms.CharField(label="Lý do sửa (buổi đã chốt điểm danh)", required=False, max_length=300)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)

    NAMED = (("absent", "vắng"), ("excused", "vắng có phép"), ("late", "đến muộn"))

    def __init__(self, *args, code: str, count: int, is_closed: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.of_sheet, self.count = code, count
        self.fields["reason"].required = is_closed
        if not is_closed:
            del self.fields["reason"]

    def clean_code(self):
        if self.cleaned_data["code"].upper() != self.of_sheet:
            raise ValidationError(
                "Danh sách lớp đã khác tờ này (có người thêm, thôi học hoặc chuyển lớp từ lúc in), nên số thứ tự "
                "không còn đúng người. Ghi theo từng dòng tên ở trang điểm danh."
            )
        return self.of_sheet

    def clean(self):
        cleaned = super().clean() or {}
        seen: dict[int, str] = {}
        for name, label in self.NAMED:
            for number in sorted(cleaned.get(name) or ()):
                if number > self.count:
                    self.add_error(name, f"Tờ này chỉ có đến số {self.count}, không có số {number}.")
                elif number in seen:
                    self.add_error(name, f"Số {number} đã ghi ở ô “{seen[number]}”.")
                seen.setdefault(number, label)
        return cleaned

    def states(self) -> dict[int, str]:
        """State by number, of everybody on the sheet."""
        said = {number: name for name, _ in self.NAMED for number in self.cleaned_data[name]}
        return {number: said.get(number, Mark.State.PRESENT) for number in range(1, self.count + 1)}


class CloseForm(PortalForm):
    absent_rest = forms.BooleanField(label="Ghi “Vắng” cho những người chưa điểm danh", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, unmarked: int, **kwargs):
        super().__init__(*args, **kwargs)
        if not unmarked:
            del self.fields["absent_rest"]


class ReopenForm(PortalForm):
    reason = forms.CharField(label="Vì sao mở lại", max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SessionChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        place = f", {obj.venue}" if obj.venue else ""
        return f"{obj}{place}, {localtime(obj.starts_at):%H:%M}"


class DoorForm(PortalForm):
    """Which session the clerk stands at the door of."""

    session = SessionChoice(label="Tôi đang đứng cửa buổi", queryset=Session.objects.none(), empty_label=None)
    late_after = WholeNumberField(
        label="Sau giờ bắt đầu bao nhiêu phút thì ghi đến muộn", required=False, min_value=0, max_value=600,
        help_text="Để trống: ai qua cửa cũng ghi có mặt.",
    )  # fmt: skip

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions
