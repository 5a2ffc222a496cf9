"""What people type into days, numbers and lines of text, and what they are told."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from thanhsen.forms import DayField, NumberField, PortalForm, WholeNumberField


class Sample(PortalForm):
    line = forms.CharField(max_length=5, required=False)
    text = forms.CharField(widget=forms.Textarea, required=False)
    own = forms.CharField(max_length=3, required=False, error_messages={"max_length": "Lời riêng."})
    choice = forms.ChoiceField(choices=[("a", "A")], required=False)
    day = DayField(required=False)
    whole = WholeNumberField(min_value=0, max_value=2_000_000, required=False)
    number = NumberField(max_digits=7, decimal_places=1, required=False)


def read(name, typed):
    form = Sample({name: typed})
    form.is_valid()
    return form.cleaned_data[name] if name in form.cleaned_data else form.errors[name][0]


@pytest.mark.parametrize(
    "typed", ["5/12/2026", "05/12/2026", "5-12-2026", "05.12.2026", " 05122026 ", "2026-12-05"]
)
def test_days(typed):
    assert read("day", typed) == date(2026, 12, 5)


@pytest.mark.parametrize(
    "typed", ["31/2/2026", "12/2026", "hôm nay", "1/1/26", "5/12/2026 10:00", "٥/12/2026x"]
)
def test_wrong_days(typed):
    assert read("day", typed).startswith("Ngày không đúng. Nhập theo dạng ngày/tháng/năm")


@pytest.mark.parametrize("typed", ["1/1/1899", "1/1/2101"])
def test_days_of_other_ages(typed):
    assert read("day", typed) == "Năm phải từ 1900 đến 2100."


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1500000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("0", 0),
        ("", None),
        ("7,0", 7),
    ],
)
def test_whole_numbers(typed, value):
    assert read("whole", typed) == value


@pytest.mark.parametrize("typed", ["1,5", "một", "1e5", "0x10", "1.50", "--1", "NaN", "Infinity", "١٢"])
def test_wrong_whole_numbers(typed):
    assert read("whole", typed) == "Nhập một số nguyên, ví dụ 1.500.000."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "Nhỏ quá: ít nhất 0."),
        ("2.000.001", "Lớn quá: tối đa 2000000."),
        ("9" * 20, "Số lớn quá"),
        ("9" * 5000, "Nhập một số"),
    ],
)
def test_whole_numbers_out_of_bounds(typed, sentence):
    assert read("whole", typed).startswith(sentence)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("45,5", "45.5"), ("45.5", "45.5"), ("1.234,5", "1234.5"), ("1.234", "1234"), ("45", "45")],
)
def test_numbers(typed, value):
    assert read("number", typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["1,234.5", "NaN", "Infinity", "1e3", "mười", "1,2,3", "1_000"])
def test_wrong_numbers(typed):
    assert read("number", typed) == "Không phải là số. Ví dụ cách nhập: 1.500 hoặc 45,5."


def test_numbers_too_precise_or_too_large():
    assert read("number", "4,55") == "Chỉ lấy tối đa 1 chữ số sau dấu phẩy."
    assert read("number", "12345678,5").startswith("Số ")


def test_number_is_shown_with_a_comma():
    assert 'value="45,5"' in str(Sample(initial={"number": Decimal("45.50")})["number"])


def test_text_is_composed_and_trimmed():
    assert read("line", "  A\u0302\u0301n   b ") == "Ấn b"
    assert read("text", " a  b\r\nc ") == "a  b\nc"


@pytest.mark.parametrize("typed", ["a\x00", "a\x07", "\u202eabc", "a\u2066"])
def test_unprintable_characters_are_refused(typed):
    assert read("line", typed) == "Có ký tự không in được; xoá đi rồi nhập lại."


def test_wrong_encoding_is_refused():
    assert "sai bảng mã" in read("line", "a\ufffd")


def test_messages_are_ours_unless_the_field_has_its_own():
    assert read("line", "abcdef") == "Dài quá: tối đa 5 ký tự, đang có 6."
    assert read("own", "abcd") == "Lời riêng."
    assert read("choice", "z") == "Lựa chọn này không có trong danh sách; chọn lại giúp."


def test_refusal_goes_to_its_field_or_on_top():
    form = Sample({})
    assert form.is_valid()
    form.refuse(ValidationError({"line": "Ở đây.", "khac": "Ở trên."}))
    assert form.errors == {"line": ["Ở đây."], "__all__": ["Ở trên."]}
    assert form.status == 422


def test_action_is_not_called_with_wrong_input():
    called = []
    assert not Sample({"day": "x"}).carried_out(lambda **data: called.append(data))
    assert not called


def test_a_large_number_is_shown_in_groups_and_a_year_is_not():
    class Form(PortalForm):
        amount = WholeNumberField()
        year = WholeNumberField()

    form = Form(initial={"amount": 1_830_000, "year": 2026})
    assert 'value="1.830.000"' in str(form["amount"])
    assert 'value="2026"' in str(form["year"])
    assert Form({"amount": "1.830.000", "year": "2026"}).is_valid()
