"""Needs and plans, typed."""

from django import forms
from django.utils.timezone import localdate

from households.actions.support.needs import BY_HAND
from households.forms.support.choices import SupportChoice
from households.models import Need, Plan, PlanReview, PlanStep, Policy, Support
from households.reports.support.plans import named
from thanhsen.forms import DayField, PortalForm, WholeNumberField
from thanhsen.models import User

LINES = forms.Textarea(attrs={"rows": 2})


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.full_name


class NeedChoice(forms.ModelChoiceField):
    def label_from_instance(self, need):
        return named(need)


def rank():
    return WholeNumberField(
        label="Gia đình xếp thứ mấy",
        required=False,
        min_value=1,
        max_value=Need.LAST_RANK,
        help_text="1 là cần nhất. Nhu cầu đang ở thứ này nhường chỗ, xuống một bậc (dưới hết chỗ thì lên).",
    )


class NeedForm(PortalForm):
    family_words = forms.CharField(
        label="Gia đình nói thế nào", max_length=500, required=False, widget=LINES,
        help_text="Ghi nguyên lời gia đình.",
    )  # fmt: skip
    text = forms.CharField(
        label="Cán bộ ghi nhu cầu",
        max_length=300,
        required=False,
        help_text="Để trống khi lời gia đình đã đủ.",
    )
    is_wish = forms.BooleanField(label="Là nguyện vọng của gia đình", required=False)
    priority = rank()
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self):
        data = super().clean() or {}
        if not (data.get("text") or data.get("family_words")):
            self.add_error("text", "Ghi nội dung nhu cầu, hoặc lời gia đình.")
        return data


class WordForm(PortalForm):
    family_words = forms.CharField(label="Gia đình nói thế nào", max_length=500, required=False, widget=LINES)
    is_wish = forms.BooleanField(label="Là nguyện vọng của gia đình", required=False)
    priority = rank()
    version = forms.IntegerField(widget=forms.HiddenInput)


class CloseNeedForm(PortalForm):
    reason = forms.ChoiceField(label="Vì sao hết", choices=[(each.value, each.label) for each in BY_HAND])
    note = forms.CharField(label="Ghi rõ", max_length=300, required=False)
    on = DayField(label="Hết ngày", initial=localdate)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PlanForm(PortalForm):
    made_on = DayField(
        label="Lập ngày", initial=localdate, help_text="Kế hoạch đã lập trên giấy thì ghi ngày trên giấy."
    )
    goal = forms.CharField(
        label="Mục tiêu", max_length=500, widget=LINES,
        help_text="Gia đình muốn đạt được gì, đến khi nào; ví dụ: có nhà tiêu hợp vệ sinh, con đi học đều, thoát nghèo cuối năm.",
    )  # fmt: skip
    leave_by = DayField(label="Phấn đấu đến ngày", required=False)
    family_words = forms.CharField(label="Ý kiến của gia đình", max_length=500, required=False, widget=LINES)
    responsible = PersonChoice(label="Cán bộ phụ trách", queryset=User.objects.none(), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = people


class NewPlanForm(PlanForm):
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class EditPlanForm(PlanForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(PortalForm):
    need = NeedChoice(
        label="Cho nhu cầu", queryset=Need.objects.none(), required=False, empty_label="(chung)"
    )
    text = forms.CharField(label="Việc làm", max_length=300)
    policy = forms.ChoiceField(
        label="Bằng chính sách", choices=[("", "(không)"), *Policy.choices], required=False
    )
    who = forms.ChoiceField(label="Ai làm", choices=PlanStep.Who.choices)
    who_name = forms.CharField(label="Họ tên, đơn vị", max_length=120, required=False)
    due_on = DayField(label="Trước ngày")
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, needs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["need"].queryset = needs


class AgreeForm(PortalForm):
    agreed_on = DayField(label="Gia đình ký ngày", initial=localdate)
    agreed_by = forms.CharField(label="Người ký của gia đình", max_length=120)
    next_review_on = DayField(label="Xem lại lần đầu ngày")
    version = forms.IntegerField(widget=forms.HiddenInput)


class NextReviewForm(PortalForm):
    """When the plan is looked at again: a day, or the express word that it is not; `next_review_on` is None then."""

    next_review_on = DayField(label="Xem lại lần tới", required=False)
    no_more = forms.BooleanField(
        label="Không xem lại nữa", required=False, help_text="Đánh dấu thì ngày ở trên không tính."
    )

    def clean(self):
        data = super().clean() or {}
        if data.pop("no_more", False):
            self.errors.pop("next_review_on", None)
            data["next_review_on"] = None
        elif not data.get("next_review_on") and "next_review_on" not in self.errors:
            self.add_error(
                "next_review_on", "Ghi ngày xem lại lần tới, hoặc đánh dấu “Không xem lại nữa” ở dưới."
            )
        return data


class ReviewForm(NextReviewForm):
    date = DayField(label="Xem lại ngày", initial=localdate)
    progress = forms.ChoiceField(label="Tiến độ", choices=PlanReview.Progress.choices)
    text = forms.CharField(label="Nhận xét", max_length=1000, widget=LINES)
    request_id = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("date", "progress", "text")


class VoidReviewForm(PortalForm):
    reason = forms.CharField(label="Lý do bỏ", max_length=300, help_text="Ví dụ: ghi nhầm hộ, nhầm ngày.")


class MoveReviewForm(NextReviewForm):
    reason = forms.CharField(
        label="Vì sao đổi", max_length=300, help_text="Ví dụ: lần trước ghi nhầm ngày; gia đình hẹn lại."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DoneForm(PortalForm):
    on = DayField(label="Xong ngày", initial=localdate)
    result = forms.CharField(label="Kết quả", max_length=300, required=False)
    support = SupportChoice(
        label="Bằng khoản hỗ trợ",
        queryset=Support.objects.none(),
        required=False,
        empty_label="(không bằng khoản nào)",
        help_text="Các khoản đã ghi cho hộ. Chọn đúng khoản thì báo cáo kết quả biết nhu cầu này đã có hỗ trợ.",
    )

    def __init__(self, *args, supports, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["support"].queryset = supports


class DropForm(PortalForm):
    on = DayField(label="Thôi ngày", initial=localdate)
    reason = forms.CharField(label="Lý do thôi", max_length=300)


class ClosePlanForm(PortalForm):
    reason = forms.ChoiceField(label="Kết thúc vì")
    note = forms.CharField(label="Ghi rõ", max_length=300, required=False)
    on = DayField(label="Kết thúc ngày", initial=localdate)

    def __init__(self, *args, is_signed, **kwargs):
        super().__init__(*args, **kwargs)
        kept_from = {"replaced", "left"} if is_signed else {"replaced", "left", "achieved"}
        self.fields["reason"].choices = [
            each for each in Plan.CloseReason.choices if each[0] not in kept_from
        ]


class ReplaceForm(PortalForm):
    on = DayField(
        label="Thay từ ngày",
        initial=localdate,
        help_text="Kế hoạch cũ hết và kế hoạch mới lập cùng ngày này. Đã làm trên giấy thì ghi ngày trên giấy.",
    )
    note = forms.CharField(label="Vì sao thay", max_length=300, help_text="Ví dụ: gia đình đổi hướng làm ăn.")
    request_id = forms.UUIDField(widget=forms.HiddenInput)
