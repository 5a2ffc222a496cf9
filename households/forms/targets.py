"""The target of a year, as the resolution or plan gives it."""

from households.models import Target
from thanhsen.forms.base import PortalModelForm


class TargetForm(PortalModelForm):
    """The target may stand already: the form corrects it, and the action says whether the year is free."""

    class Meta(PortalModelForm.Meta):
        model = Target
        fields = ["poor_rate", "near_poor_rate", "source"]
        help_texts = {
            "poor_rate": "Ví dụ 1,80: đến 31/12 hộ nghèo còn không quá 1,80 % tổng số hộ dân cư.",
            "near_poor_rate": "Để trống nếu văn bản không giao chỉ tiêu này.",
            "source": "Ví dụ: Nghị quyết số 12/NQ-HĐND ngày 18/12/2025 của HĐND phường.",
        }
