"""A trainee as typed: by hand, for several accounts at once, and as a row of a file is checked."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from households.models.people import Ethnicity
from thanhsen.forms import DayField, PortalForm, PortalModelForm
from thanhsen.models import User
from trainings.actions.roster.people import CORRECTED
from trainings.actions.roster.seats import PERSON
from trainings.models import Course, SignerTitle, Trainee, TrainingClass, Unit

YES_NO_UNKNOWN = [("", "Chưa rõ"), ("true", "Có"), ("false", "Không")]
KIN = [("", "(không ghi)"), *((label, label) for label in Ethnicity.labels)]


class PersonForm(PortalModelForm):
    """What is known of the person; the unit and the class are chosen beside it."""

    birth_date = DayField(
        label="Ngày sinh", required=False, help_text="Không rõ ngày thì để trống, chỉ ghi năm."
    )
    ethnicity = forms.ChoiceField(label="Dân tộc", choices=KIN, required=False, help_text="Chỉ ghi khi cần.")
    is_salaried = forms.TypedChoiceField(
        label="Hưởng lương ngân sách", choices=YES_NO_UNKNOWN, required=False, empty_value=None,
        coerce=lambda value: value == "true",
    )  # fmt: skip

    class Meta(PortalModelForm.Meta):
        model = Trainee
        fields = list(PERSON)
        widgets = {
            "phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
            "full_name": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {
            "phone": "Không bắt buộc. 10 chữ số, bắt đầu bằng 0.",
            "position_note": "Chỉ khi cần in khác, ví dụ: Tổ trưởng kiêm Bí thư chi bộ.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].max_length = None
        self.fields["phone"].validators = []
        for name in ("sex", "position", "group"):
            self.fields[name].choices = [("", "(chọn)"), *self.fields[name].choices[1:]]

    def _post_clean(self):
        """The trainee is written by the action and checked by the database."""

    def clean_phone(self):
        phone = re.sub(r"[ .\-]", "", self.cleaned_data["phone"])
        if phone and not re.fullmatch(r"0[0-9]{9}", phone):
            raise ValidationError("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.")
        return phone

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year is not None and not 1920 <= year <= 2015:
            raise ValidationError("Năm sinh từ 1920 đến 2015.")
        return year

    def clean(self):
        super().clean()
        day, year = self.cleaned_data.get("birth_date"), self.cleaned_data.get("birth_year")
        if day and year and day.year != year:
            raise ValidationError({"birth_date": "Ngày sinh và năm sinh không khớp nhau."})
        if day and "birth_year" not in self.errors:
            if not 1920 <= day.year <= 2015:
                raise ValidationError({"birth_date": "Năm sinh từ 1920 đến 2015."})
            self.cleaned_data["birth_year"] = day.year
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PERSON if name in self.cleaned_data}


class OtherField(PersonForm):
    """Asks whether the person is another than the one of the same name, once that was refused."""

    is_other = forms.BooleanField(
        label="Là người khác, chỉ trùng họ tên và năm sinh với người đã có",
        required=False,
        widget=forms.HiddenInput,
        initial=False,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def refuse(self, error: ValidationError) -> None:
        super().refuse(error)
        if "full_name" in getattr(error, "error_dict", {}):
            self.fields["is_other"].widget = forms.CheckboxInput()


class TraineeForm(OtherField):
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label="(chọn)")
    training_class = forms.ModelChoiceField(
        label="Lớp", queryset=TrainingClass.objects.none(), required=False, empty_label="(chưa xếp)",
        help_text="Để trống thì chia lớp sau. Khoá hết chỗ thì người này chờ, có chỗ cổng gọi theo thứ tự.",
    )  # fmt: skip
    user = forms.ModelChoiceField(
        label="Tài khoản trên cổng", queryset=User.objects.none(), required=False, empty_label="(không có)",
        help_text="Có tài khoản thì người này xem được trang khoá học của mình khi đăng nhập.",
    )  # fmt: skip
    field_order = (
        "full_name",
        "unit",
        "position",
        "position_note",
        "group",
        "sex",
        "birth_year",
        "birth_date",
        "phone",
    )

    def __init__(self, *args, by: User, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(ward=course.ward_id)
        trainee = self.instance if self.instance.pk else None
        offered = units.in_use() | units.filter(pk=trainee.unit_id) if trainee else units.in_use()
        self.fields["unit"].queryset = offered.in_order()
        self.fields["user"].queryset = accounts(by, course, trainee)
        if trainee:
            del self.fields["training_class"]
        else:
            self.fields["training_class"].queryset = course.classes.in_order()
        if course.is_closed:
            for name in self.fields.keys() - {*CORRECTED, "is_other", "version", "request_id"}:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        beside = ("unit", "user", "training_class")
        return super().values() | {name: self.cleaned_data[name] for name in beside if name in self.fields}


class ReplaceForm(OtherField):
    reason = forms.CharField(label="Vì sao thay người", max_length=300)
    on = DayField(label="Thay từ ngày", initial=localdate)
    field_order = (
        "reason",
        "on",
        "full_name",
        "position",
        "position_note",
        "group",
        "sex",
        "birth_year",
        "birth_date",
        "phone",
    )


class AccountForm(PortalForm):
    """One account of several: what the account does not say of the person."""

    sex = forms.ChoiceField(label="Giới tính", choices=[("", "(chọn)"), *Trainee.Sex.choices])
    position = forms.ChoiceField(label="Chức vụ", choices=[("", "(chọn)"), *Trainee.Position.choices])
    group = forms.ChoiceField(label="Nhóm", choices=Trainee.Group.choices)
    unit = forms.ChoiceField(label="Đơn vị")

    def __init__(self, *args, account: User, units: Sequence[Unit], **kwargs):
        super().__init__(*args, prefix=f"u{account.pk}", **kwargs)
        self.account = account
        self.units = {str(each.pk): each for each in units}
        self.fields["unit"].choices = [("", "(chọn)"), *((each.pk, each.name) for each in units)]

    def values(self) -> dict[str, Any]:
        data, account = self.cleaned_data, self.account
        return {
            "user": account, "full_name": account.full_name, "phone": account.phone, "position_note": account.position,
            **{name: data[name] for name in ("sex", "position", "group")}, "unit": self.units[data["unit"]],
        }  # fmt: skip


class LeaveForm(PortalForm):
    reason = forms.CharField(label="Lý do thôi học", max_length=300, help_text="Ví dụ: được cử đi công tác.")
    on = DayField(label="Thôi học từ ngày", initial=localdate)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_on(self):
        on: date = self.cleaned_data["on"]
        if on > localdate():
            raise ValidationError("Ngày này ở tương lai; ghi khi người ấy thôi học.")
        return on


class CodeForm(PortalForm):
    reason = forms.CharField(
        label="Vì sao cấp mã mới", max_length=300, help_text="Ví dụ: mất thẻ, gửi nhầm liên kết."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(PortalForm):
    """The decision a list is annexed to."""

    decision_number = forms.CharField(label="Số quyết định", max_length=40, help_text="Ví dụ: 120/QĐ-UBND.")
    decision_date = DayField(label="Ngày quyết định")
    signer_title = forms.ChoiceField(label="Ký với chức danh", choices=SignerTitle)
    signer = forms.CharField(label="Họ tên người ký", max_length=120)
    request_id = forms.UUIDField(widget=forms.HiddenInput)


def accounts(by: User, course: Course, trainee: Trainee | None = None):
    """The accounts the admin governs that are not on the roster yet."""
    taken = course.trainees.present_on_roster().exclude(user=None)
    taken = taken.exclude(pk=trainee.pk) if trainee else taken
    found = User.objects.visible_to(by).filter(is_active=True)
    return found.exclude(pk__in=taken.values("user")).in_order()
