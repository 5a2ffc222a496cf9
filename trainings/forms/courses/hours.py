"""An hour of the day as people type it."""

from django import forms


class HourField(forms.TimeField):
    """7:30, 07:30, 7h30, 7h or 0730."""

    widget = forms.TimeInput(
        format="%H:%M",
        attrs={"inputmode": "numeric", "placeholder": "giờ:phút", "autocomplete": "off", "maxlength": 8},
    )
    default_error_messages = {"invalid": "Giờ không đúng. Nhập theo dạng giờ:phút, ví dụ 07:30 hoặc 13:30."}
    input_formats = ["%H:%M", "%Hh%M", "%Hh", "%H.%M", "%H%M", "%H:%M:%S"]

    def to_python(self, value):
        return super().to_python(value.strip().lower() if isinstance(value, str) else value)
