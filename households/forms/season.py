"""Forms of the season's steps: requests, minutes, postings, complaints, opinions, certificates, notices."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from households.models import Complaint, Household, Opinion, Request, Round
from households.poverty import load
from thanhsen.forms import DayField, PortalForm, WholeNumberField

INCOME = "income_score"


class RequestForm(PortalForm):
    form = forms.ChoiceField(label="Mẫu đơn", choices=Request.Form.choices, widget=forms.RadioSelect)
    received_on = DayField(label="Nhận đơn ngày", initial=localdate)
    channel = forms.ChoiceField(label="Cách nộp", choices=Request.Channel.choices)
    applicant = forms.CharField(label="Người làm đơn", max_length=120)
    text = forms.CharField(
        label="Nội dung, lý do", max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["applicant"].initial = household.head_name


class WithdrawForm(PortalForm):
    on = DayField(label="Rút đơn ngày", initial=localdate)
    reason = forms.CharField(label="Lý do", max_length=300)


class CheckForm(PortalForm):
    """The result of Phiếu A. Its questions are asked where a table of them is in force (forms.quick_check)."""

    go_on = forms.TypedChoiceField(
        label="Kết quả Phiếu A",
        choices=[
            ("1", "Lập Phiếu B: hộ cần rà soát đầy đủ"),
            ("0", "Dừng ở Phiếu A: hộ không thuộc diện rà soát"),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    on = DayField(label="Ngày nhận dạng", initial=localdate)
    reason = forms.CharField(
        label="Lý do", max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Bắt buộc khi dừng: ghi đúng điều sẽ trả lời hộ.",
    )  # fmt: skip


class MeetingForm(PortalForm):
    """The minutes; the votes stand in a table beside it."""

    held_on = DayField(label="Ngày họp", initial=localdate)
    place = forms.CharField(label="Địa điểm", max_length=200)
    chair = forms.CharField(label="Chủ trì", max_length=120)
    secretary = forms.CharField(label="Thư ký", max_length=120)
    present = WholeNumberField(label="Số người dự họp", min_value=1, max_value=5000)
    attendees = forms.CharField(
        label="Thành phần dự họp", max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    opinions = forms.CharField(
        label="Ý kiến tại cuộc họp", max_length=5000, required=False, widget=forms.Textarea({"rows": 3})
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class PostingForm(PortalForm):
    starts_on = DayField(label="Niêm yết từ ngày")
    ends_on = DayField(label="Đến hết ngày")
    place = forms.CharField(label="Nơi niêm yết", max_length=300)
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class ComplaintForm(PortalForm):
    filed_on = DayField(label="Nhận khiếu nại ngày", initial=localdate)
    complainant = forms.CharField(label="Người khiếu nại", max_length=120)
    questions = forms.MultipleChoiceField(
        label="Khiếu nại về",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chọn câu bị khiếu nại để khi phúc tra so sánh được từng câu.",
    )
    text = forms.CharField(label="Nội dung khiếu nại", max_length=1000, widget=forms.Textarea({"rows": 3}))
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, round_: Round, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = questions(round_)


class SettleForm(PortalForm):
    outcome = forms.ChoiceField(
        label="Kết quả phúc tra", choices=Complaint.Outcome.choices, widget=forms.RadioSelect
    )
    rechecked_on = DayField(label="Phúc tra ngày", initial=localdate)
    finding = forms.CharField(label="Phúc tra thấy gì", max_length=1000, widget=forms.Textarea({"rows": 3}))


class OpinionForm(PortalForm):
    letter_number = forms.CharField(label="Số báo cáo", max_length=40, help_text="Ví dụ: 112/BC-UBND")
    sent_on = DayField(label="Ngày gửi", initial=localdate)
    request_id = forms.UUIDField(widget=forms.HiddenInput)


class AnswerForm(PortalForm):
    answer = forms.ChoiceField(label="Tỉnh trả lời", choices=Opinion.Answer.choices, widget=forms.RadioSelect)
    answer_number = forms.CharField(
        label="Số văn bản trả lời",
        max_length=40,
        required=False,
        help_text="Để trống khi quá hạn không có trả lời.",
    )
    answered_on = DayField(label="Ngày trả lời", initial=localdate)
    note = forms.CharField(
        label="Nội dung", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Quá hạn không có trả lời: ghi căn cứ để quyết định.",
    )  # fmt: skip


class IssueForm(PortalForm):
    issued_on = DayField(label="Ngày cấp", initial=localdate)
    suffix = forms.CharField(
        label="Phần sau của số giấy", max_length=30, initial="/GCN-UBND",
        help_text="Số giấy gồm số thứ tự trong sổ của năm và phần này, ví dụ 15/GCN-UBND.",
    )  # fmt: skip


class ReissueForm(PortalForm):
    holder = forms.CharField(label="Chủ hộ ghi trên giấy", max_length=120)
    on = DayField(label="Ngày cấp lại", initial=localdate)
    suffix = forms.CharField(label="Phần sau của số giấy", max_length=30, initial="/GCN-UBND")
    reason = forms.CharField(
        label="Lý do cấp lại", max_length=300, help_text="Ví dụ: mất, rách, ghi sai tên."
    )


class RevokeForm(PortalForm):
    on = DayField(label="Ngày thu hồi", initial=localdate)
    reason = forms.CharField(label="Lý do thu hồi", max_length=300)


class NoticeForm(PortalForm):
    number = forms.CharField(label="Số thông báo", max_length=60, help_text="Ví dụ: 27/TB-UBND")
    issued_on = DayField(label="Ngày thông báo", initial=localdate)
    reasons = forms.CharField(
        label="Lý do", widget=forms.Textarea({"rows": 6}), help_text="In nguyên văn trong thông báo gửi hộ."
    )


def questions(round_: Round) -> list[tuple[Any, str]]:
    """What a complaint can be about: income, and each indicator of the round's standard."""
    indicators = load(round_.standard_id).indicators
    return [
        (INCOME, "Thu nhập (điểm B1)"),
        *((each.code, f"{each.number}. {each.name}") for each in indicators),
    ]
