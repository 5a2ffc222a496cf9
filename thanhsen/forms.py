"""Forms: the base every form of the portal stands on, and those about people and places.

A wrong input is answered with a Vietnamese sentence that says what to do. Text is kept composed (NFC) and
trimmed; dates are typed dd/mm/yyyy; numbers are typed as Vietnamese write them.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, make_aware

from thanhsen.acts import ACTS
from thanhsen.models import Area, AreaKind, AreaType, User
from thanhsen.permissions import Role
from thanhsen.vietnamese import fold

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


# Fields -----------------------------------------------------------------------------------------


class DayField(forms.DateField):
    """A day typed as people write it: 5/12/2026, 05-12-2026, 05.12.2026 or 05122026."""

    widget = forms.DateInput(
        format="%d/%m/%Y",
        attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm", "autocomplete": "off", "maxlength": 10},
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
                raise ValidationError("Chữ bị sai bảng mã (gửi lên không phải Unicode UTF-8); nhập lại giúp.", code="encoding")
            if CONTROL.search(value):
                raise ValidationError(MESSAGES["null_characters_not_allowed"], code="null_characters_not_allowed")
            value = unicodedata.normalize("NFC", value)
            value = " ".join(value.split()) if one_line else value.replace("\r\n", "\n")
        return read(value)

    return to_python


LIMITS = {"max_length", "min_length", "max_value", "min_value", "null_characters_not_allowed"}


def _prepare(field: forms.Field) -> None:
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


# The base ---------------------------------------------------------------------------------------


class PortalFormMixin:
    """Looks (crispy, no <form> tag of its own), messages, and a way to carry an action's refusal."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _prepare(field)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.html5_required = True

    @property
    def status(self) -> int:
        """The status of the page that shows this form."""
        return 422 if self.is_bound and self.errors else 200

    def refuse(self, error: ValidationError) -> None:
        """Put what a rule or the database refused beside its field, or on top where the form lacks the field."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def carried_out(self, action: Callable) -> bool:
        """Whether the form is right and `action`, called with its data as keywords, was accepted.

        What the action returned is in `result`; what it refused stands in the form.
        """
        if not self.is_valid():
            return False
        try:
            self.result = action(**self.cleaned_data)
        except ValidationError as error:
            self.refuse(error)
            return False
        return True


class PortalForm(PortalFormMixin, forms.Form):
    pass


def portal_formfield(db_field: models.Field, **kwargs):
    """Model field → form field, with the portal's own fields for days and numbers."""
    own = {models.DateField: DayField, models.DecimalField: NumberField, models.IntegerField: WholeNumberField}
    for kind, form_class in own.items():
        plain = isinstance(db_field, kind) and not isinstance(db_field, models.DateTimeField)
        if plain and not db_field.choices:
            kwargs["form_class"] = form_class
            kwargs.pop("widget", None)
    return db_field.formfield(**kwargs)


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """Children write `class Meta(PortalModelForm.Meta)`. The action saves, never the form."""

    class Meta:
        formfield_callback = portal_formfield


# People -----------------------------------------------------------------------------------------


class SignInForm(PortalForm):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ChangePasswordForm(PortalForm):
    old_password = forms.CharField(
        label="Mật khẩu đang dùng",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new_password = forms.CharField(
        label="Mật khẩu mới",
        max_length=200,
        strip=False,
        help_text="Ít nhất 14 ký tự; nên là một câu dễ nhớ, không lấy tên hoặc tên đăng nhập.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="Nhập lại mật khẩu mới",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old_password(self):
        if not self.user.check_password(self.cleaned_data["old_password"]):
            raise ValidationError("Mật khẩu đang dùng chưa đúng; nhập lại giúp.")
        return self.cleaned_data["old_password"]

    def clean_new_password(self):
        new = self.cleaned_data["new_password"]
        password_validation.validate_password(new, self.user)
        if new == self.cleaned_data.get("old_password"):
            raise ValidationError("Mật khẩu mới phải khác mật khẩu đang dùng.")
        return new

    def clean(self):
        data = super().clean()
        if "new_password" in data and "repeated" in data and data["new_password"] != data["repeated"]:
            self.add_error("repeated", "Hai lần nhập mật khẩu mới chưa giống nhau.")
        return data


class AreaChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, area):
        return place(area)


class AreaChoice(forms.ModelChoiceField):
    def label_from_instance(self, area):
        return place(area)


def place(area: Area) -> str:
    """The area with the ward it lies in and its code: names of tổ dân phố collide."""
    inside = f", {area.parent.name}" if area.parent_id and area.is_group else ""
    return f"{area.name}{inside} ({area.code})"


class UserFields(PortalForm):
    full_name = forms.CharField(label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    areas = AreaChoices(
        label="Địa bàn được giao",
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Cán bộ rà soát chỉ thấy các tổ dân phố được đánh dấu ở đây. Đánh dấu phường là giao cả phường.",
    )
    position = forms.CharField(label="Chức vụ", max_length=120, required=False)
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        areas = Area.objects.visible_to(by).valid_on(localdate()).select_related("parent")
        areas = areas.order_by("-kind", "sort_key", "code")  # wards, provinces, tổ dân phố
        self.fields["areas"].queryset = areas  # type: ignore[attr-defined]

    def clean_phone(self):
        phone = re.sub(r"[ .\-]", "", self.cleaned_data["phone"])
        if phone and not re.fullmatch(r"0[0-9]{9}", phone):
            raise ValidationError("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.")
        return phone

    def clean(self):
        data = super().clean()
        if data.get("role") in {Role.OFFICER, Role.SUPERVISOR, Role.APPROVER} and not data.get("areas"):
            if "areas" not in self.errors:
                self.add_error("areas", "Vai trò này cần ít nhất một địa bàn.")
        elif self.by.area_ids and not data.get("areas") and "areas" not in self.errors:
            self.add_error("areas", "Chọn ít nhất một nơi trong địa bàn anh/chị quản trị.")
        return data


class NewUserForm(UserFields):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, số, dấu chấm hoặc gạch; ví dụ: nguyen.an",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["full_name", "username"]

    def clean_username(self):
        username = self.cleaned_data["username"].lower()
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,59}", username):
            raise ValidationError("Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, số, dấu chấm hoặc gạch.")
        return username


class UserForm(UserFields):
    is_active = forms.BooleanField(
        label="Đang hoạt động", required=False, help_text="Bỏ chọn khi người này nghỉ việc hoặc chuyển công tác; tài khoản không bị xoá."
    )


# Places -----------------------------------------------------------------------------------------


class AreaForm(PortalForm):
    """A new area, or the change of one. `ward` narrows what it can be formed from."""

    kind = forms.ChoiceField(label="Loại", choices=AreaKind.choices)
    parent = AreaChoice(label="Thuộc", queryset=Area.objects.none(), required=False, empty_label="(không thuộc nơi nào)")
    code = forms.CharField(label="Mã", max_length=20)
    name = forms.CharField(label="Tên", max_length=120)
    area_type = forms.ChoiceField(label="Khu vực", choices=AreaType.choices)
    valid_from = DayField(label="Có từ ngày")
    predecessors = AreaChoices(
        label="Hình thành từ",
        queryset=Area.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Các nơi cũ đã nhập hoặc tách thành nơi này, nếu có. Giữ phím Ctrl để chọn nhiều nơi.",
    )

    def __init__(self, *args, by: User, area: Area | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        visible = Area.objects.visible_to(by).select_related("parent").in_order()
        self.fields["predecessors"].queryset = visible.exclude(pk=area.pk if area else None)  # type: ignore[attr-defined]
        if area is not None:  # an area stays what it is and where it is: otherwise it is another area
            del self.fields["kind"], self.fields["parent"]
            return
        above = visible.exclude(kind=AreaKind.GROUP).valid_on(localdate())
        self.fields["parent"].queryset = above  # type: ignore[attr-defined]
        if by.area_ids:
            self.fields["parent"].required = True

    def clean_code(self):
        if not re.fullmatch(r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ._/-]*", self.cleaned_data["code"]):
            raise ValidationError("Mã chỉ gồm chữ, số, dấu chấm hoặc gạch.")
        return self.cleaned_data["code"]


class EndAreaForm(PortalForm):
    valid_to = DayField(label="Không còn kể từ ngày")
    successors = AreaChoices(
        label="Thành các nơi",
        queryset=Area.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Nơi tiếp nhận sau khi sắp xếp. Giữ phím Ctrl để chọn nhiều nơi.",
    )
    reason = forms.CharField(label="Lý do, văn bản", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, by: User, area: Area, **kwargs):
        super().__init__(*args, **kwargs)
        same = Area.objects.visible_to(by).filter(kind=area.kind).exclude(pk=area.pk)
        self.fields["successors"].queryset = same.select_related("parent").in_order()  # type: ignore[attr-defined]


# Filters of the lists: sent by GET, every field may stay empty ---------------------------------------


class UserSearchForm(PortalForm):
    q = forms.CharField(
        label="Tìm theo tên, tên đăng nhập, điện thoại",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Vai trò", choices=[("", "Mọi vai trò"), *Role.choices], required=False)
    active = forms.ChoiceField(
        label="Tình trạng", choices=[("", "Tất cả"), ("1", "Đang hoạt động"), ("0", "Đã ngừng")], required=False
    )

    def narrow(self, users):
        if not self.is_valid():
            return users.none()
        data = self.cleaned_data
        if data["role"]:
            users = users.filter(role=data["role"])
        if data["active"]:
            users = users.filter(is_active=data["active"] == "1")
        return users.search(data["q"]) if data["q"] else users


class AreaSearchForm(PortalForm):
    ward = AreaChoice(label="Phường, xã", queryset=Area.objects.none(), required=False, empty_label=None)
    q = forms.CharField(
        label="Tìm theo tên hoặc mã",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    on = DayField(label="Có vào ngày", required=False)
    ended = forms.BooleanField(label="Xem cả nơi đã kết thúc", required=False)

    def __init__(self, *args, by: User, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.today = by, today
        wards = Area.objects.wards().select_related("parent").in_order()
        if by.area_ids:
            held = Area.objects.under(by.area_ids)
            wards = wards.filter(Q(pk__in=held) | Q(pk__in=held.values("parent")))
        self.fields["ward"].queryset = wards  # type: ignore[attr-defined]

    def found(self) -> dict:
        """The ward chosen (or the first one valid now) and its tổ dân phố, for the page."""
        if not self.is_valid():
            return {"ward": None, "groups": [], "wards": 0}
        data = self.cleaned_data
        wards = list(self.fields["ward"].queryset)  # type: ignore[attr-defined]
        current = [ward for ward in wards if ward.valid_to is None or ward.valid_to > self.today]
        ward = data["ward"] or next(iter(current or wards), None)
        groups = Area.objects.visible_to(self.by).filter(parent=ward).prefetch_related("predecessors", "successors")
        if data["on"] or not data["ended"]:
            groups = groups.valid_on(data["on"] or self.today)
        listed = list(groups.in_order()) if ward else []
        words = fold(data["q"]).split()
        listed = [group for group in listed if all(word in fold(f"{group.name} {group.code}") for word in words)]
        return {"ward": ward, "groups": listed, "wards": len(wards), "is_filtered": bool(words or data["on"])}


class EventSearchForm(PortalForm):
    actor = forms.ModelChoiceField(
        label="Người thực hiện", queryset=User.objects.none(), required=False, empty_label="Mọi người"
    )
    act = forms.ChoiceField(label="Việc", choices=[("", "Mọi việc"), *ACTS.items()], required=False)
    since = DayField(label="Từ ngày", required=False)
    until = DayField(label="Đến hết ngày", required=False)

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.visible_to(by) if by.area_ids else User.objects.filter(pk=by.pk)
        self.fields["actor"].queryset = people.in_order()  # type: ignore[attr-defined]

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", "Ngày cuối phải không trước ngày đầu.")
        return data

    def narrow(self, events):
        if not self.is_valid():
            return events.none()
        data = self.cleaned_data
        if data["actor"]:
            events = events.filter(actor=data["actor"])
        if data["act"]:
            events = events.filter(act=data["act"])
        if data["since"]:
            events = events.filter(at__gte=midnight(data["since"]))
        if data["until"]:
            events = events.filter(at__lt=midnight(data["until"] + timedelta(days=1)))
        return events


def midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
