"""Fields as Vietnamese people type them, and the sentences that answer what they mistype."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError

from thanhsen.vietnamese import number

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
LARGEST = 9_000_000_000_000_000

MESSAGES = {
    "required": "Chưa nhập ô này.",
    "invalid": "Giá trị không đúng dạng, nhập lại giúp.",
    "max_length": "Dài quá: tối đa %(limit_value)d ký tự, đang có %(show_value)d.",
    "min_length": "Ngắn quá: cần ít nhất %(limit_value)d ký tự, đang có %(show_value)d.",
    "max_value": "Lớn quá: tối đa %(limit_value)s.",
    "min_value": "Nhỏ quá: ít nhất %(limit_value)s.",
    "invalid_choice": "Lựa chọn này không có trong danh sách; chọn lại giúp.",
    "invalid_list": "Lựa chọn gửi lên không đúng dạng; chọn lại giúp.",
    "invalid_pk_value": "Lựa chọn này không có trong danh sách; chọn lại giúp.",
    "null_characters_not_allowed": "Có ký tự không in được; xoá đi rồi nhập lại.",
}


class DayField(forms.DateField):
    """A day typed as people write it: 5/12/2026, 05-12-2026, 05.12.2026 or 05122026."""

    widget = forms.DateInput(
        format="%d/%m/%Y",
        attrs={
            "inputmode": "numeric",
            "placeholder": "ngày/tháng/năm",
            "autocomplete": "off",
            "maxlength": 10,
        },
    )
    default_error_messages = {
        "invalid": "Ngày không đúng. Nhập theo dạng ngày/tháng/năm, ví dụ 05/12/2026.",
        "too_far": "Năm phải từ 1900 đến 2100.",
    }
    input_formats = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"]

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip()
        day = super().to_python(value)
        if isinstance(day, date) and not 1900 <= day.year <= 2100:
            raise ValidationError(self.error_messages["too_far"], code="too_far")
        return day


class NumberField(forms.DecimalField):
    """A number with a decimal comma: 1.234,5. A single dot that cannot group thousands is taken as the comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": "Không phải là số. Ví dụ cách nhập: 1.500 hoặc 45,5.",
        "max_digits": "Số dài quá, xem lại giúp.",
        "max_decimal_places": "Chỉ lấy tối đa %(max)s chữ số sau dấu phẩy.",
        "max_whole_digits": "Số lớn quá, xem lại giúp.",
    }

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                value = plain_number(value)
            except InvalidOperation:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return value

    def widget_attrs(self, widget):
        return {}


class WholeNumberField(forms.IntegerField):
    """A whole number, with or without dots between thousands: 1500000 or 1.500.000."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": "Nhập một số nguyên, ví dụ 1.500.000."}

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                number = plain_number(value)
            except InvalidOperation:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from None
            if number != number.to_integral_value():
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            if abs(number) > LARGEST:
                raise ValidationError("Số lớn quá, xem lại giúp.", code="max_value")
            value = int(number)
        return super().to_python(value)

    def prepare_value(self, value):
        """1830000 as 1.830.000; a year stays 2026."""
        return number(value) if isinstance(value, int) and abs(value) >= 10_000 else value

    def widget_attrs(self, widget):
        return {}


def plain_number(text: str) -> Decimal:
    """The number a Vietnamese text means; InvalidOperation where it means none."""
    compact = re.sub(r"[\s\u00a0\u202f]", "", text)
    if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", compact):
        compact = compact.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?[0-9]{1,20}([.,][0-9]{1,10})?", compact):
        compact = compact.replace(",", ".")
    else:
        raise InvalidOperation
    return Decimal(compact)


def _tidy_text(read: Callable, one_line: bool) -> Callable:
    def to_python(value):
        if isinstance(value, str):
            if "\ufffd" in value:
                raise ValidationError(
                    "Chữ bị sai bảng mã (gửi lên không phải Unicode UTF-8); nhập lại giúp.", code="encoding"
                )
            if CONTROL.search(value):
                raise ValidationError(
                    MESSAGES["null_characters_not_allowed"], code="null_characters_not_allowed"
                )
            value = unicodedata.normalize("NFC", value)
            value = " ".join(value.split()) if one_line else value.replace("\r\n", "\n")
        return read(value)

    return to_python


LIMITS = {"max_length", "min_length", "max_value", "min_value", "null_characters_not_allowed"}


def prepare(field: forms.Field) -> None:
    """Vietnamese messages where a field has only Django's; tidy text that is not a password."""
    djangos: dict = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            djangos.update(kind.__dict__.get("default_error_messages", {}))
    for code, message in MESSAGES.items():
        now = field.error_messages.get(code)
        if (code in LIMITS and now is None) or (now is not None and now is djangos.get(code)):
            field.error_messages[code] = message
    if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
        one_line = not isinstance(field.widget, forms.Textarea)
        field.to_python = _tidy_text(field.to_python, one_line)  # type: ignore[method-assign]
