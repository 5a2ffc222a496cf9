"""Forms of people who look alike: two rows of one person put together, or said to be two people."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from households.actions.life.same import TAKEN
from households.forms.life import EventForm
from households.models import Member
from thanhsen.forms import PortalForm

KEEP, TAKE = "keep", "take"
LABELS = {
    "full_name": "Họ và tên",
    "sex": "Giới tính",
    "birth": "Sinh",
    "cccd": "Số CCCD",
    "old_id": "Số CMND cũ",
    "ethnicity": "Dân tộc",
}


class Side(NamedTuple):
    """One thing the two rows say: as the kept row has it, as the other has it, and the choice where they differ."""

    label: str
    kept: str
    gone: str
    field: Any
    value: str


class SamePersonForm(EventForm):
    """What the kept row takes over, the day and the reason; where the head leaves, who is head then."""

    asks = ("relationship",)
    question = "Dòng bỏ đi là chủ hộ: chọn đúng một người ở lại làm chủ hộ, và quan hệ của những người khác với chủ hộ mới."
    version = forms.IntegerField(widget=forms.HiddenInput)
    kept_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, gone: Member, kept: Member, **kwargs):
        self.gone, self.kept = gone, kept
        super().__init__(*args, **kwargs)
        self.fields["date"].help_text = "Ngày phát hiện ghi trùng."
        self.fields["reason"].help_text = "Ví dụ: đối chiếu CCCD bản gốc tại nhà ngày 20/11/2026."
        for field, record in (("version", gone), ("kept_version", kept)):
            self.fields[field].initial = record.version
        for name in TAKEN:
            if shown(gone, name) and shown(gone, name) != shown(kept, name):
                self.fields[f"take_{name}"] = forms.ChoiceField(
                    label=LABELS[name],
                    choices=[(KEEP, "giữ"), (TAKE, "lấy")],
                    initial=TAKE if _says_less(kept, gone, name) else KEEP,
                )

    @property
    def plain(self):
        return [self["date"], self["reason"]]

    @property
    def hidden(self):
        return [self["request_id"], self["version"], self["kept_version"]]

    @property
    def sides(self) -> list[Side]:
        """Everything that names a person, side by side."""
        found = []
        for name in TAKEN:
            field = self[f"take_{name}"] if f"take_{name}" in self.fields else None
            value = field.value() if field else ""
            found.append(Side(LABELS[name], shown(self.kept, name), shown(self.gone, name), field, value))
        return found

    def named(self) -> dict[str, Any]:
        typed = super().named()
        take = [name for name in TAKEN if typed.pop(f"take_{name}", KEEP) == TAKE]
        versions = typed.pop("version"), typed.pop("kept_version")
        return {
            **typed, "member": self.gone.pk, "kept_member": self.kept, "take": take, "versions": versions,
            "relationships": self.relationships(),
        }  # fmt: skip


class NotSameForm(PortalForm):
    """The pairs ticked, as "lower id-higher id", and how it is known that each is two people."""

    pairs = forms.MultipleChoiceField(
        error_messages={"required": "Đánh dấu ít nhất một cặp.", "invalid_choice": "Có cặp không còn trong danh sách. Xem lại rồi đánh dấu lại."}
    )  # fmt: skip
    reason = forms.CharField(
        label="Vì sao biết là không trùng",
        max_length=300,
        help_text="Ví dụ: hai chị em họ, đã gặp cả hai; khác cha mẹ theo giấy khai sinh.",
    )

    def __init__(self, *args, offered: list[tuple[int, int]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pairs"].choices = [(f"{one}-{other}", "") for one, other in offered]

    def clean_pairs(self) -> list[tuple[int, int]]:
        found = [tuple(map(int, each.split("-"))) for each in self.cleaned_data["pairs"]]
        if not found:
            raise ValidationError("Đánh dấu ít nhất một cặp.")
        return found  # type: ignore[return-value]


def shown(member: Member, name: str) -> str:
    """What the row says, as a person reads it; "" where it says nothing."""
    if name == "birth":
        return f"{member.birth_date:%d/%m/%Y}" if member.birth_date else f"năm {member.birth_year}"
    if name in {"sex", "ethnicity"}:
        return str(getattr(member, f"get_{name}_display")())
    return getattr(member, name) or ""


def _says_less(kept: Member, gone: Member, name: str) -> bool:
    if name == "birth":
        return bool(not kept.birth_date and gone.birth_date and gone.birth_year == kept.birth_year)
    return not shown(kept, name)
