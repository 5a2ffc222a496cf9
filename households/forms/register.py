"""Forms of the register: a household, a member, and their leaving."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from households.actions.register import HOUSEHOLD_FIELDS, MEMBER_FIELDS
from households.models import Household, Member, Relationship
from thanhsen.concurrency import Stale
from thanhsen.forms import AreaChoice, DayField, PortalModelForm
from thanhsen.models import Area, User

YES_NO_UNKNOWN = [("", "Chưa rõ"), ("true", "Có"), ("false", "Không")]
CENTURIES = {"0": 1900, "1": 1900, "2": 2000, "3": 2000, "4": 2100, "5": 2100}


PAGE_TOO_OLD = "Chưa lưu gì: trang gửi lên không cho biết anh/chị đã xem bản nào của hồ sơ. Tải lại trang này rồi ghi lại."


class VersionedForm(PortalModelForm):
    """Carries the version the person saw, and knows how the stored record differs from what was typed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta(PortalModelForm.Meta):
        pass

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        field: Any
        for field in self.fields.values():
            choices = list(field.choices) if type(field) is forms.TypedChoiceField else []  # type: ignore[arg-type]
            if choices and choices[0] == ("", "---------"):
                field.choices = [("", "(chưa ghi)"), *choices[1:]]

    def clean(self):
        data = super().clean()
        if self.instance.pk and self.cleaned_data.get("version") is None:
            self.errors.pop("version", None)
            self.add_error(None, PAGE_TOO_OLD)  # a hidden field shows no error of its own
        return data

    def _post_clean(self):
        """The record itself is written and checked by the action and the database, not here."""

    def kept_by(self, action) -> bool:
        """Whether `action(version=…, values=…)` took what was typed. What it refused stands in the form; where
        somebody else saved first, `conflicts` says what differs and the form holds what was typed.
        """
        self.conflicts: list[tuple[str, str, str]] = []
        if not self.is_valid():
            return False
        try:
            self.result = action(version=self.cleaned_data.get("version"), values=self.values())
        except ValidationError as error:
            self.refuse(error)
            return False
        except Stale as stale:
            self.conflicts = self.differences(stale.record)
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = stale.version
            return False
        return True

    def differences(self, stored) -> list[tuple[str, str, str]]:
        """(label, typed, stored) of every field where what was typed is not what is stored now."""
        found = []
        for name, typed in self.values().items():
            kept = getattr(stored, name)
            if typed != kept:
                found.append(
                    (str(self.fields[name].label), self._shown(name, typed), self._shown(name, kept))
                )
        return found

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name in (self._meta.fields or ())}

    def _shown(self, name, value) -> str:
        if isinstance(value, bool):
            return "có" if value else "không"
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        choices = dict(getattr(self.fields[name], "choices", ()) or ())
        return str(choices.get(value) or value or "(trống)")


class HouseholdForm(VersionedForm):
    class Meta(PortalModelForm.Meta):
        model = Household
        fields = list(HOUSEHOLD_FIELDS)
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})}
        help_texts = {
            "phone": "Không bắt buộc. 10 chữ số, bắt đầu bằng 0.",
            "floor_area": "Tổng diện tích sàn nhà ở của hộ; dùng để tính diện tích bình quân đầu người.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].max_length = None
        self.fields["phone"].validators = []

    def clean_phone(self):
        phone = re.sub(r"[ .\-]", "", self.cleaned_data["phone"])
        if phone and not re.fullmatch(r"0[0-9]{9}", phone):
            raise ValidationError("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.")
        return phone


class NewHouseholdForm(HouseholdForm):
    """A household that was there all the time, or one that comes from elsewhere: the second is a life event."""

    opened_date = DayField(label="Vào sổ ngày", initial=localdate)
    opened_reason = forms.ChoiceField(
        label="Lý do vào sổ",
        choices=[each for each in Household.OpenedReason.choices if each[0] != Household.OpenedReason.SPLIT],
        help_text="Hộ tách ra từ một hộ trong sổ thì ghi ở trang của hộ đó: “Ghi sự kiện”, “Tách hộ”.",
    )
    came_with = forms.CharField(
        label="Căn cứ chuyển đến",
        max_length=300,
        required=False,
        help_text="Chỉ khi hộ chuyển đến, ví dụ: giấy xác nhận cư trú ngày 05/12/2026.",
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    class Meta(HouseholdForm.Meta):
        fields = ["area", *HOUSEHOLD_FIELDS]
        field_classes = {"area": AreaChoice}

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        offer_areas(self.fields["area"], by)

    @property
    def moves_in(self):
        return self.cleaned_data["opened_reason"] == Household.OpenedReason.MOVED_IN

    def clean_opened_date(self):
        return _not_in_the_future(self.cleaned_data["opened_date"])

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("opened_reason") == Household.OpenedReason.MOVED_IN and not data.get("came_with"):
            self.add_error("came_with", "Hộ chuyển đến thì ghi căn cứ, ví dụ giấy xác nhận cư trú.")
        return data


def offer_relationships(field) -> None:
    """What one can be to the head."""
    others = [each for each in Relationship.choices if each[0] != Relationship.HEAD]
    field.choices = [("", "(chọn)"), *others]


def offer_areas(field, by: User) -> None:
    """The tổ dân phố of today that `by` may put a household in."""
    areas = Area.objects.visible_to(by).groups().valid_on(localdate()).select_related("parent").in_order()
    field.queryset = areas
    field.empty_label = "(chọn tổ dân phố)"
    field.label_from_instance = lambda area: area.name


class MemberForm(VersionedForm):
    """A member. The birth is typed as a date or, where only that is known, a year."""

    has_insurance = forms.TypedChoiceField(
        label="Có BHYT",
        choices=YES_NO_UNKNOWN,
        required=False,
        coerce=lambda value: value == "true",
        empty_value=None,
    )
    undernourished = forms.TypedChoiceField(
        label="Suy dinh dưỡng (thấp còi hoặc nhẹ cân)",
        choices=YES_NO_UNKNOWN,
        required=False,
        coerce=lambda value: value == "true",
        empty_value=None,
        help_text="Chỉ ghi cho trẻ dưới 16 tuổi, theo kết quả cân đo của trạm y tế.",
    )

    class Meta(PortalModelForm.Meta):
        model = Member
        fields = list(MEMBER_FIELDS)
        help_texts = {
            "birth_year": "Chỉ cần năm nếu không rõ ngày sinh.",
            "cccd": "12 chữ số, giữ cả số 0 ở đầu.",
            "cccd_note": "Chỉ ghi khi số CCCD không khớp giới tính hoặc năm sinh mà giấy tờ đúng là như vậy.",
            "work": "Người dưới 15 tuổi để trống.",
        }
        widgets = {
            "cccd": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "old_id": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }

    def __init__(self, *args, only_head: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["birth_year"].required = False
        for name in ("cccd", "old_id"):
            self.fields[name].max_length, self.fields[name].validators = None, []
            self.fields[name].widget.attrs.pop("maxlength", None)
        if self.instance.pk:
            for name in ("has_insurance", "undernourished"):
                value = getattr(self.instance, name)
                self.initial[name] = "" if value is None else str(value).lower()
        if only_head or self.instance.is_head:
            del self.fields["relationship"]  # another head is a life event
        else:
            offer_relationships(self.fields["relationship"])

    def clean_cccd(self):
        digits = re.sub(r"[ .\-]", "", self.cleaned_data["cccd"] or "")
        if not digits:
            return None
        if re.fullmatch(r"[0-9]{11}", digits):
            raise ValidationError(
                f"Số CCCD mới có 11 chữ số. Có lẽ mất số 0 ở đầu: nếu đúng là 0{digits} thì nhập lại như vậy."
            )
        if not re.fullmatch(r"[0-9]{12}", digits):
            raise ValidationError("Số CCCD gồm đúng 12 chữ số.")
        return digits

    def clean_old_id(self):
        digits = re.sub(r"[ .\-]", "", self.cleaned_data["old_id"])
        if digits and not re.fullmatch(r"[0-9]{9}", digits):
            raise ValidationError("Số CMND cũ gồm đúng 9 chữ số.")
        return digits

    def clean_birth_date(self):
        return _not_in_the_future(self.cleaned_data["birth_date"])

    def clean(self):
        super().clean()
        data = self.cleaned_data
        born, year = data.get("birth_date"), data.get("birth_year")
        if born and not year:
            data["birth_year"] = year = born.year
        if year is None and "birth_year" not in self.errors and "birth_date" not in self.errors:
            self.add_error("birth_year", "Ghi năm sinh, hoặc ngày sinh đầy đủ.")
        elif year and not 1900 <= year <= localdate().year:
            self.add_error("birth_year", f"Năm sinh phải từ 1900 đến {localdate().year}.")
        elif born and year and born.year != year:
            self.add_error("birth_year", "Năm sinh không khớp với ngày sinh.")
        self._check_cccd(data)
        return data

    def _check_cccd(self, data):
        cccd, year, sex = data.get("cccd"), data.get("birth_year"), data.get("sex")
        if not (cccd and year and sex) or data.get("cccd_note"):
            return
        told_sex = "male" if int(cccd[3]) % 2 == 0 else "female"
        told_year = CENTURIES.get(cccd[3], 0) + int(cccd[4:6])
        if (told_sex, told_year) != (sex, year):
            said = f"{'nam' if told_sex == 'male' else 'nữ'}, sinh năm {told_year}"
            self.add_error(
                "cccd_note",
                f"Số CCCD này là của người {said}, không khớp với giới tính hoặc năm sinh đã ghi. "
                "Xem lại; nếu giấy tờ đúng như vậy thì ghi lý do vào ô này.",
            )


class NewMemberForm(MemberForm):
    """Somebody the register lacks: was there all the time, or from a day before it was kept."""

    joined_date = DayField(
        label="Vào hộ ngày",
        required=False,
        help_text="Để trống nếu vốn ở trong hộ. Mới sinh hoặc mới về ở thì ghi sự kiện, số nhân khẩu mới đổi theo.",
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    class Meta(MemberForm.Meta):
        pass

    def clean_joined_date(self):
        return _not_in_the_future(self.cleaned_data["joined_date"])


class HeadForm(MemberForm):
    """The head of a new household, typed beside it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, only_head=True, prefix="head", **kwargs)


def _not_in_the_future(day: date | None) -> date | None:
    if day and day > localdate():
        raise ValidationError("Ngày này ở tương lai; xem lại giúp.")
    return day
