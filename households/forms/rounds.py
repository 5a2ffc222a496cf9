"""Forms of a round: opened, its settings, its decision and the correction of one."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from households.actions.rounds import SETTINGS
from households.models import Decision, Round
from households.models.survey import CLASSIFICATIONS, REGULAR_DAYS, REGULAR_FROM
from households.poverty import load, standard_ids
from thanhsen.forms import AreaChoice, DayField, PortalForm, WholeNumberField
from thanhsen.models import Area, User

WORKING_DAYS = "Trừ thứ bảy, chủ nhật và ngày nghỉ lễ đã nhập."


class SettingsForm(PortalForm):
    """The deadlines and settings of a round."""

    name = forms.CharField(label="Tên đợt", max_length=120)
    ends_on = DayField(label="Hạn nộp phiếu")
    meet_by = DayField(
        label="Hạn họp tổ dân phố", required=False, help_text="Để trống nếu kế hoạch không ghi."
    )
    post_by = DayField(label="Hạn niêm yết", required=False)
    decide_by = DayField(
        label="Hạn ban hành quyết định",
        required=False,
        help_text="Thường xuyên: trong 15 ngày kể từ ngày bắt đầu; để trống thì máy tính đúng hạn đó.",
    )
    report_by = DayField(label="Hạn báo cáo chính thức", required=False)
    posting_days = WholeNumberField(
        label="Số ngày làm việc niêm yết", min_value=1, max_value=30, help_text=WORKING_DAYS
    )
    recheck_days = WholeNumberField(label="Số ngày làm việc để phúc tra", min_value=1, max_value=30)
    opinion_days = WholeNumberField(label="Số ngày làm việc chờ tỉnh trả lời", min_value=1, max_value=30)
    needs_opinion = forms.BooleanField(
        label="Xin ý kiến tỉnh trước khi quyết định", required=False, help_text="Chỉ với rà soát định kỳ."
    )
    separate_decision = forms.BooleanField(
        label="Người duyệt phiếu không tự mình ban hành quyết định", required=False
    )

    def __init__(self, *args, round_: Round | None = None, **kwargs):
        if round_ is not None:
            kwargs["initial"] = {name: getattr(round_, name) for name in SETTINGS}
        super().__init__(*args, **kwargs)
        for name in ("posting_days", "recheck_days", "opinion_days", "needs_opinion", "separate_decision"):
            self.fields[name].initial = getattr(Round(), name)
        if round_ is not None and round_.kind == Round.Kind.REGULAR:
            del self.fields["needs_opinion"], self.fields["opinion_days"], self.fields["report_by"]


class RoundForm(SettingsForm):
    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    year = WholeNumberField(label="Năm", min_value=2022, max_value=2100)
    kind = forms.ChoiceField(choices=Round.Kind.choices, widget=forms.HiddenInput)
    standard_id = forms.ChoiceField(label="Chuẩn nghèo quyết định")
    advisory_standard_id = forms.ChoiceField(
        label="Chuẩn tham khảo",
        required=False,
        help_text="Chấm thêm một lần để xem trước; không quyết định phân loại.",
    )
    starts_on = DayField(
        label="Từ ngày",
        help_text=f"Định kỳ: từ 01/09, theo kế hoạch của tỉnh. Thường xuyên: từ ngày {REGULAR_FROM} hằng tháng.",
    )
    field_order = (
        "ward", "kind", "year", "name", "standard_id", "advisory_standard_id", "starts_on", "ends_on",
    )  # fmt: skip

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = Area.objects.visible_to(by).wards().valid_on(localdate()).in_order()
        standards = [load(each) for each in standard_ids()]
        self.fields["standard_id"].choices = [(each.id, each.title) for each in standards if not each.draft]
        self.fields["advisory_standard_id"].choices = [
            ("", "(không)"),
            *((each.id, each.title + (" (dự thảo)" if each.draft else "")) for each in standards),
        ]


def proposed(kind: str, today: date) -> dict[str, Any]:
    """What a new round of that kind is filled in with: dates of the law, to be changed to the province's plan."""
    if kind == Round.Kind.REGULAR:
        starts = today.replace(day=max(today.day, REGULAR_FROM))
        return {
            "kind": kind, "year": starts.year, "name": f"Rà soát thường xuyên tháng {starts:%m/%Y}", "starts_on": starts,
            "ends_on": starts + timedelta(days=4), "decide_by": starts + REGULAR_DAYS, "needs_opinion": False,
        }  # fmt: skip
    year = today.year
    return {
        "kind": Round.Kind.PERIODIC, "year": year, "name": f"Rà soát định kỳ năm {year}",
        "starts_on": date(year, 9, 1), "ends_on": date(year, 11, 15), "decide_by": date(year, 12, 14),
    }  # fmt: skip


class DecisionForm(PortalForm):
    number = forms.CharField(label="Số quyết định", max_length=40, help_text="Ví dụ: 05/QĐ-UBND")
    date = DayField(label="Ngày quyết định", initial=localdate)
    signer = forms.CharField(label="Người ký", max_length=120)
    reason = forms.CharField(
        label="Lý do quyết định muộn",
        max_length=500,
        required=False,
        help_text="Chỉ ghi khi ngày quyết định sau hạn của đợt.",
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def clean_date(self):
        if self.cleaned_data["date"] > localdate():
            raise ValidationError("Ngày quyết định ở tương lai; xem lại giúp.")
        return self.cleaned_data["date"]


class CorrectionForm(DecisionForm):
    """Of one household: what its class should have been."""

    household = forms.ChoiceField(label="Hộ cần đính chính")
    classification = forms.ChoiceField(label="Phân loại đúng", choices=[("", "(chọn)"), *CLASSIFICATIONS])
    field_order = ("household", "classification", "reason", "number", "date", "signer")

    def __init__(self, *args, decision: Decision, **kwargs):
        super().__init__(*args, **kwargs)
        held = decision.statuses.filter(valid_to=None, household__closed_date=None).select_related(
            "household"
        )
        self.fields["household"].choices = [
            ("", "(chọn hộ)"),
            *(
                (each.household_id, f"{each.household}: {each.get_classification_display()}")
                for each in held.order_by("household__sort_key")
            ),
        ]
        self.fields["date"].help_text = f"Sau ngày {decision.date:%d/%m/%Y} của quyết định được đính chính."
        self.fields["reason"].label, self.fields["reason"].required = "Lý do đính chính", True
        self.fields["reason"].help_text = "Ghi rõ sai ở đâu; in trong quyết định."
