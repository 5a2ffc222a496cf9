"""How a model ended, typed: its outcome, and a line for each household still in it."""

from collections.abc import Sequence

from django import forms
from django.utils.timezone import localdate

from households.actions.support.endings import Ending
from households.forms.support.livelihoods import LINES, money
from households.models import LivelihoodProject, Participation
from thanhsen.forms import DayField, PortalForm

Reason = Participation.LeftReason
HOW = [(each.value, each.label) for each in (Reason.FINISHED, Reason.FAILED, Reason.WITHDREW)]
WHY_FAILED = "Không thành công thì ghi rõ vì sao, để nơi khác tránh."


class EndingForm(PortalForm):
    """One household; nothing is chosen beforehand."""

    how = forms.ChoiceField(label="Hộ kết thúc thế nào", required=False, choices=[("", "(chưa chọn)"), *HOW])
    why = forms.CharField(label="Vì sao", max_length=500, required=False)
    income = money("Thu nhập hiện nay (đồng/tháng)")
    version = forms.IntegerField(
        required=False, widget=forms.HiddenInput
    )  # of the line as the page showed it

    def __init__(self, data=None, *, part: Participation, income: int | None):
        super().__init__(data, prefix=f"h{part.pk}", initial={"income": income, "version": part.version})
        self.part = part

    def clean(self):
        data = super().clean() or {}
        if data.get("version") is None:
            self.add_error("how", "Hộ vừa vào mô hình sau khi anh/chị mở trang: chọn cho hộ này.")
        elif data.get("how") == Reason.FAILED and not data.get("why"):
            self.add_error("why", WHY_FAILED)
        return data


class EndProjectForm(PortalForm):
    """The model; with `lines`, its households, the ones left without a choice taking `rest` where that is chosen."""

    on = DayField(label="Kết thúc ngày", initial=localdate)
    outcome = forms.ChoiceField(
        label="Kết quả của cả mô hình", choices=[("", "(chọn)"), *LivelihoodProject.Outcome.choices]
    )
    lessons = forms.CharField(
        label="Vì sao, bài học",
        max_length=2000,
        widget=LINES,
        help_text="Điều gì làm nên kết quả; nơi khác nên làm hay tránh gì.",
    )
    rest = forms.ChoiceField(
        label="Các hộ còn lại, chưa chọn riêng ở trên",
        required=False,
        choices=[("", "(không; chọn từng hộ)"), *HOW],
        help_text="Chỉ chọn khi anh/chị biết các hộ ấy đều như nhau.",
    )
    rest_why = forms.CharField(label="Vì sao (các hộ còn lại)", max_length=500, required=False)

    def __init__(self, data=None, *, lines: Sequence[EndingForm]):
        super().__init__(data)
        self.lines = lines
        if not lines:
            del self.fields["rest"], self.fields["rest_why"]

    def clean(self):
        data = super().clean() or {}
        rest, rest_why = data.pop("rest", ""), data.pop("rest_why", "")
        right = [line.is_valid() for line in self.lines]
        for line in self.lines:
            if "how" not in line.errors and not line.cleaned_data.get("how") and not rest:
                line.add_error("how", "Chọn hộ này kết thúc thế nào.")
        if rest == Reason.FAILED and not rest_why:
            self.add_error("rest_why", WHY_FAILED)
        faulty = sum(bool(line.errors) for line in self.lines)
        if faulty or not all(right):
            self.add_error(
                None, f"Chưa ghi gì: còn {faulty} hộ chưa chọn hoặc ghi sai, xem dòng báo đỏ của hộ."
            )
            return data
        data["endings"] = {line.part.pk: _ending(line.cleaned_data, rest, rest_why) for line in self.lines}
        return data


def _ending(said: dict, rest: str, rest_why: str) -> Ending:
    how = said["how"] or rest
    return Ending(how, said["version"], said["why"] or ("" if said["how"] else rest_why), said["income"])
