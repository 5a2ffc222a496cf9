"""The quick check (Phiếu A): the questions of the table in force, or the result alone where none is loaded."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from households.forms.items import answer_of, field_of
from households.models import Listing, PointsTable
from households.poverty.points import PointsTable as Items
from households.poverty.points import Proposal, propose
from thanhsen.forms import DayField, PortalForm

NO_TABLE = (
    "Cổng chưa được nạp Phiếu A chính thức nên không có câu hỏi để hỏi ở đây. "
    "Làm Phiếu A trên giấy rồi ghi kết quả và lý do."
)


class QuickCheckForm(PortalForm):
    """`table` is the quick check in force (`PointsTable.objects.in_force("quick_check", …)`) or None.

    With a table the answers propose a result; another one than proposed needs a reason, and so does stopping.
    """

    checked_on = DayField(label="Ngày nhận dạng", initial=localdate)
    result = forms.ChoiceField(
        label="Kết quả",
        choices=[(Listing.State.CHECKED, "Đi tiếp: lập Phiếu B"), (Listing.State.STOPPED, "Dừng ở Phiếu A")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bắt buộc khi dừng mà phiếu không nêu lý do, và khi kết quả khác với các câu trả lời.",
    )

    def __init__(self, data=None, *, table: PointsTable | None, **kwargs):
        self.table = table
        self.items: Items | None = table.read() if table else None
        asked = {f"a-{item.code}": field_of(item) for item in self.items.items} if self.items else {}
        self.base_fields = {**asked, **type(self).base_fields}  # type: ignore[misc]  # the questions come first
        super().__init__(data, **kwargs)

    @property
    def no_table(self) -> str:
        """The sentence to show where no official Phiếu A is loaded, or nothing."""
        return "" if self.table else NO_TABLE

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[f"a-{code}"] for code in self.items.codes] if self.items else []

    @property
    def proposal(self) -> Proposal | None:
        """What the answers propose; None without a table."""
        return propose(self.items, self.answers()) if self.items else None

    def answers(self) -> dict[str, Any]:
        """Item code → answer, of the questions answered."""
        if not self.items:
            return {}
        found = {
            item.code: answer_of(item, self.cleaned_data.get(f"a-{item.code}")) for item in self.items.items
        }
        return {code: answer for code, answer in found.items() if answer is not None}

    def values(self) -> dict[str, Any]:
        """What a listing keeps: `state`, `checked_on`, `check_answers`, `check_reason`."""
        answers = {"table": self.table.pk, "answers": self.answers()} if self.table else {}
        return {
            "state": self.cleaned_data["result"],
            "checked_on": self.cleaned_data["checked_on"],
            "check_answers": answers,
            "check_reason": self.cleaned_data["reason"],
        }

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day > localdate():
            raise ValidationError("Ngày nhận dạng không thể ở tương lai.")
        return day

    def clean(self):
        super().clean()
        data, proposal = self.cleaned_data, self.proposal
        if not data.get("result"):
            return data
        stops = data["result"] == Listing.State.STOPPED
        if proposal and proposal.go_on is None:
            self._ask_what_is_open()
        agrees = proposal is not None and proposal.go_on is (not stops)
        if agrees and stops and not data.get("reason"):
            assert proposal is not None
            data["reason"] = " ".join(proposal.reasons)[:500]
        elif not data.get("reason") and not self.errors:
            if proposal is not None and not agrees:
                self.add_error("reason", f"{_said(proposal)} Ghi lý do chọn kết quả này.")
            elif stops:
                self.add_error("reason", "Dừng ở Phiếu A phải ghi lý do để trả lời hộ.")
        return data

    def _ask_what_is_open(self) -> None:
        assert self.items is not None
        answered = self.answers()
        for code in self.items.codes:
            if code not in answered and f"a-{code}" not in self.errors:
                self.add_error(f"a-{code}", "Chưa trả lời.")


def _said(proposal: Proposal) -> str:
    if proposal.go_on is None:
        return "Các câu trả lời không cho biết đi tiếp hay dừng."
    return f"Theo các câu trả lời thì {'đi tiếp' if proposal.go_on else 'dừng'}."
