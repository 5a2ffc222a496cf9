"""What is asked before a paper that names people leaves the portal."""

from django import forms

from thanhsen.forms.lists import ReasonForm
from trainings.models import Course, Trainee, Unit


class PaperForm(ReasonForm):
    """`of_unit`: whether the paper can be had for one unit alone."""

    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), required=False, empty_label="Mọi đơn vị có người trong danh sách"
    )  # fmt: skip
    field_order = ("unit", "reason")

    def __init__(self, *args, course: Course, of_unit: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "reason"
        ].help_text = "Ví dụ: trình chủ tịch ký, gửi các tổ dân phố. Lý do được ghi vào nhật ký."
        if of_unit:
            sending = Trainee.objects.enrolled().filter(course=course).values("unit")
            self.fields["unit"].queryset = Unit.objects.filter(pk__in=sending).in_order()
        else:
            del self.fields["unit"]
