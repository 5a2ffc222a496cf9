"""What an admin types of certificates."""

from django import forms

from thanhsen.forms import DayField, PortalForm
from trainings.models import SignerTitle


class IssueForm(PortalForm):
    decision_number = forms.CharField(label="Số quyết định", max_length=40)
    issued_on = DayField(label="Ngày cấp")
    signer_title = forms.ChoiceField(label="Ký với chức danh", choices=SignerTitle)
    signer = forms.CharField(label="Họ tên người ký", max_length=120)


class RevokeForm(PortalForm):
    on = DayField(label="Ngày thu hồi")
    reason = forms.CharField(label="Lý do", max_length=300)


class ReissueForm(PortalForm):
    full_name = forms.CharField(label="Họ và tên trên giấy mới", max_length=120)
    born = forms.CharField(label="Ngày hoặc năm sinh", max_length=10, required=False)
    decision_number = forms.CharField(label="Số quyết định", max_length=40)
    issued_on = DayField(label="Ngày cấp")
    signer_title = forms.ChoiceField(label="Ký với chức danh", choices=SignerTitle)
    signer = forms.CharField(label="Họ tên người ký", max_length=120)
    reason = forms.CharField(label="Vì sao cấp lại", max_length=300)


class OrderForm(PortalForm):
    request_id = forms.UUIDField(widget=forms.HiddenInput)
