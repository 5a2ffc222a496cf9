"""Forms about people: signing in, passwords, accounts."""

import re

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from thanhsen.forms.base import AreaChoices, PortalForm
from thanhsen.models import Area, User
from thanhsen.permissions import Role


class SignInForm(PortalForm):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
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
        super().clean()
        data = self.cleaned_data
        if "new_password" in data and "repeated" in data and data["new_password"] != data["repeated"]:
            self.add_error("repeated", "Hai lần nhập mật khẩu mới chưa giống nhau.")
        return data


class UserFields(PortalForm):
    full_name = forms.CharField(
        label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
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

    def __init__(self, *args, by: User | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by  # None: the command line, before there is anybody
        seen = Area.objects.visible_to(by) if by else Area.objects.real()
        areas = seen.valid_on(localdate()).select_related("parent")
        areas = areas.order_by("-kind", "sort_key", "code")  # wards, provinces, tổ dân phố
        self.fields["areas"].queryset = areas

    def clean_phone(self):
        phone = re.sub(r"[ .\-]", "", self.cleaned_data["phone"])
        if phone and not re.fullmatch(r"0[0-9]{9}", phone):
            raise ValidationError("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.")
        return phone

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("role") in {Role.OFFICER, Role.SUPERVISOR, Role.APPROVER} and not data.get("areas"):
            if "areas" not in self.errors:
                self.add_error("areas", "Vai trò này cần ít nhất một địa bàn.")
        elif self.by and self.by.area_ids and not data.get("areas") and "areas" not in self.errors:
            self.add_error("areas", "Chọn ít nhất một nơi trong địa bàn anh/chị quản trị.")
        return data


class NewUserForm(UserFields):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, số, dấu chấm hoặc gạch; ví dụ: nguyen.an",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    field_order = ["full_name", "username"]

    def clean_username(self):
        username = self.cleaned_data["username"].lower()
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,59}", username):
            raise ValidationError("Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, số, dấu chấm hoặc gạch.")
        return username


class UserForm(UserFields):
    is_active = forms.BooleanField(
        label="Đang hoạt động",
        required=False,
        help_text="Bỏ chọn khi người này nghỉ việc hoặc chuyển công tác; tài khoản không bị xoá.",
    )


class UserSearchForm(PortalForm):
    q = forms.CharField(
        label="Tìm theo tên, tên đăng nhập, điện thoại",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Vai trò", choices=[("", "Mọi vai trò"), *Role.choices], required=False)
    active = forms.ChoiceField(
        label="Tình trạng",
        choices=[("", "Tất cả"), ("1", "Đang hoạt động"), ("0", "Đã ngừng")],
        required=False,
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
