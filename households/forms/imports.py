"""Forms of files sent in: the file, what its columns are, why it is taken back."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from households.models import Import
from households.models.imports import MAY
from thanhsen.forms import AreaChoice, DayField, PortalForm
from thanhsen.models import Area, User
from thanhsen.workbook.judging import REGISTER

MB = 1_000_000


class UploadForm(PortalForm):
    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label="(chọn phường)")
    kind = forms.ChoiceField(label="Trong tệp có", widget=forms.HiddenInput)
    file = forms.FileField(
        label="Tệp Excel (.xlsx)",
        help_text=f"Tối đa {REGISTER.file // MB} MB. Tệp mẫu của cổng hoặc danh sách sẵn có của phường đều được.",
        error_messages={
            "required": "Chưa chọn tệp.",
            "empty": "Tệp trống, không có nội dung nào.",
            "invalid": "Chưa gửi được tệp; chọn lại tệp rồi bấm lại.",
            "missing": "Chưa chọn tệp.",
            "max_length": "Tên tệp dài quá; đổi tên ngắn hơn rồi nạp lại.",
        },
        max_length=200,
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    # What holds where the file says nothing.
    opened_date = DayField(
        label="Ngày vào sổ của hộ mới",
        help_text="Dùng cho hộ mới mà tệp không ghi ngày vào sổ. Danh sách của năm trước thì ghi ngày đầu năm đó.",
    )
    number = forms.CharField(
        label="Số quyết định", max_length=40, required=False, help_text="Để trống nếu tệp có cột này."
    )
    date = DayField(label="Ngày quyết định", required=False, help_text="Để trống nếu tệp có cột này.")
    signer = forms.CharField(
        label="Người ký quyết định",
        max_length=120,
        required=False,
        help_text="Cần có; để trống nếu tệp có cột này.",
    )
    year = forms.IntegerField(
        label="Năm",
        min_value=2022,
        max_value=2030,
        required=False,
        help_text="Dùng cho dòng mà tệp không ghi năm.",
    )
    source = forms.CharField(
        label="Nguồn số liệu",
        max_length=200,
        required=False,
        help_text="Cần có; để trống nếu tệp có cột này.",
    )

    OWN = {
        Import.Kind.HOUSEHOLDS: ("opened_date",),
        Import.Kind.STATUSES: ("number", "date", "signer"),
        Import.Kind.TOTALS: ("year", "source"),
        Import.Kind.AREAS: (),
    }

    def __init__(self, *args, by: User, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [each for each in Import.Kind.choices if by.may(MAY[each[0]])]
        self.fields["kind"].initial = kind
        for name in {each for names in self.OWN.values() for each in names} - set(
            self.OWN[Import.Kind(kind)]
        ):
            del self.fields[name]
        if "opened_date" in self.fields:
            self.fields["opened_date"].initial = localdate()
        if "year" in self.fields:
            self.fields["year"].initial = localdate().year
        self.fields["file"].widget.attrs["accept"] = ".xlsx"
        wards = wards_of(by)
        self.fields["ward"].queryset = wards
        self.fields["ward"].label_from_instance = lambda area: area.name
        if len(only := list(wards[:2])) == 1:
            self.fields["ward"].initial = only[0].pk
            self.fields["ward"].widget = forms.HiddenInput()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > REGISTER.file:
            raise ValidationError(
                f"Tệp {file.size // MB} MB, lớn quá: tối đa {REGISTER.file // MB} MB. Xoá hình, trang thừa, hoặc chia danh sách thành nhiều tệp."
            )
        return file

    def clean_opened_date(self):
        if self.cleaned_data["opened_date"] > localdate():
            raise ValidationError("Ngày này ở tương lai; xem lại giúp.")
        return self.cleaned_data["opened_date"]

    def sent(self) -> dict:
        """What the action takes."""
        data = self.cleaned_data
        own = {
            name: data[name] for name in self.OWN[Import.Kind(data["kind"])] if data[name] not in (None, "")
        }
        return {
            "ward": data["ward"], "kind": data["kind"], "file_name": data["file"].name, "content": data["file"].read(),
            "request_id": data["request_id"],
            "defaults": {name: f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value) for name, value in own.items()},
        }  # fmt: skip


class UndoForm(PortalForm):
    reason = forms.CharField(
        label="Lý do hoàn tác",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: nạp nhầm danh sách của năm khác.",
    )


def wards_of(user: User):
    """The wards of today that have a tổ dân phố of the user's, or are the user's."""
    visible = Area.objects.visible_to(user).valid_on(localdate())
    mine = visible.wards().values("pk").union(visible.groups().values("parent"))
    return Area.objects.wards().filter(pk__in=mine).valid_on(localdate()).in_order()
