"""Why a report with names leaves the portal, and how the ward words its forms."""

from django import forms

from households.models import FormWording
from households.reports.forms import Form
from households.reports.wording import COMMON, OWN
from thanhsen.forms import PortalForm


class ExportForm(PortalForm):
    """The reason; and, where checks fail, that they were seen."""

    reason = forms.CharField(
        label="Lý do tải về",
        max_length=300,
        help_text="Ví dụ: gửi Sở Nông nghiệp và Môi trường theo công văn số …",
    )
    seen = forms.BooleanField(label="Tôi đã xem các ô chưa khớp và vẫn tải về")

    def __init__(self, *args, asks_to_confirm: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_to_confirm:
            del self.fields["seen"]


class WordingForm(PortalForm):
    """What stands on a form; an empty field is as printed, which the hint shows."""

    label = forms.CharField(label="Ký hiệu mẫu", max_length=60, required=False)
    name = forms.CharField(label="Tên biểu", max_length=200, required=False)
    template = forms.CharField(label="Theo mẫu số", max_length=20, required=False)
    circular = forms.CharField(label="Của văn bản", max_length=120, required=False)
    note = forms.CharField(label="Dòng phụ dưới tên biểu", max_length=200, required=False)
    recipients = forms.CharField(
        label="Nơi nhận",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi nơi một dòng.",
    )
    maker_title = forms.CharField(label="Chức danh người lập", max_length=80, required=False)
    maker_name = forms.CharField(label="Họ tên người lập", max_length=120, required=False)
    signer_title = forms.CharField(label="Chức danh người ký", max_length=80, required=False)
    signer_name = forms.CharField(label="Họ tên người ký", max_length=120, required=False)

    def __init__(self, *args, printed: Form | None, stored: FormWording | None, **kwargs):
        names = OWN if printed else COMMON
        initial = {name: getattr(stored, name) for name in names} if stored else {}
        super().__init__(*args, initial=initial, **kwargs)
        for name in set(self.fields) - set(names):
            del self.fields[name]
        if printed:
            for name in names:
                if text := getattr(printed, name):
                    self.fields[name].widget.attrs["placeholder"] = text
