"""Units and quotas as typed; what holds for a whole file."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from thanhsen.addresses import whole
from thanhsen.forms import AreaChoice, DayField, PortalForm
from thanhsen.models import Area
from thanhsen.workbook.judging import FILLED_IN
from trainings.models import Course, Trainee, Unit

MB = 1_000_000
MOST = 1000  # people one unit may be asked for


class UnitForm(PortalForm):
    """`ward`: chosen where the admin has several."""

    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    name = forms.CharField(
        label="Tên đơn vị", max_length=160, help_text="Ví dụ: Hội Phụ nữ phường, Tổ dân phố 5."
    )
    area = AreaChoice(
        label="Là tổ dân phố", queryset=Area.objects.none(), required=False, empty_label="(không phải)",
        help_text="Chọn thì người có tài khoản của tổ được xếp sẵn vào đơn vị này.",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, wards, unit: Unit | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards
        groups = Area.objects.groups().valid_on(localdate()).select_related("parent")
        groups = groups.filter(parent__in=[unit.ward_id] if unit else wards)
        groups = groups.exclude(pk__in=Unit.objects.in_use().exclude(area=None).values("area"))
        if unit:
            del self.fields["ward"]
            groups = groups | Area.objects.filter(pk__in=[unit.area_id or 0]).select_related("parent")
        elif len(only := list(wards[:2])) == 1:
            self.fields["ward"].initial = only[0].pk
            self.fields["ward"].widget = forms.HiddenInput()
        self.fields["area"].queryset = groups.in_order()


class EndUnitForm(PortalForm):
    on = DayField(label="Thôi dùng từ ngày", initial=localdate)
    version = forms.IntegerField(widget=forms.HiddenInput)


def typed_quotas(data, units) -> tuple[dict[int, int | None], dict[int, int | None], dict[int, str]]:
    """(unit id → typed, unit id → what stood on the page, unit id → what is wrong) of the grid: fields q<id> and, for
    what stood there, s<id>."""
    seats: dict[int, int | None] = {}
    seen: dict[int, int | None] = {}
    wrong: dict[int, str] = {}
    for each in units:
        text = data.get(f"q{each.pk}")
        if text is None:
            continue
        text, number = text.strip(), whole(text.strip())
        if text and (number is None or number > MOST):
            wrong[each.pk] = f"Ghi một số từ 0 đến {MOST}, hoặc để trống."
            continue
        seats[each.pk], seen[each.pk] = number, whole(data.get(f"s{each.pk}"))
    return seats, seen, wrong


class UploadForm(PortalForm):
    """The file, and what holds for those of whom it does not say it."""

    file = forms.FileField(
        label="Tệp Excel (.xlsx)",
        max_length=200,
        help_text=f"Tối đa {FILLED_IN.file // MB} MB, 5.000 dòng. Tệp mẫu của cổng hoặc danh sách sẵn có đều được.",
        error_messages={
            "required": "Chưa chọn tệp.",
            "empty": "Tệp trống, không có nội dung nào.",
            "invalid": "Chưa gửi được tệp; chọn lại tệp rồi bấm lại.",
            "missing": "Chưa chọn tệp.",
            "max_length": "Tên tệp dài quá; đổi tên ngắn hơn rồi nạp lại.",
        },
    )
    unit = forms.ModelChoiceField(
        label="Đơn vị, nếu tệp không ghi",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="(theo tệp)",
    )
    position = forms.ChoiceField(
        label="Chức vụ, nếu tệp không ghi",
        choices=[("", "(theo tệp)"), *Trainee.Position.choices],
        required=False,
    )
    group = forms.ChoiceField(
        label="Nhóm, nếu tệp không ghi", choices=[("", "(theo tệp)"), *Trainee.Group.choices], required=False
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.in_use().filter(ward=course.ward_id).in_order()
        self.fields["file"].widget.attrs["accept"] = ".xlsx"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > FILLED_IN.file:
            raise ValidationError(
                f"Tệp lớn quá: tối đa {FILLED_IN.file // MB} MB. Xoá hình, trang thừa rồi nạp lại."
            )
        return file

    def defaults(self) -> dict[str, str]:
        data = self.cleaned_data
        said = {
            "unit": data["unit"].name if data["unit"] else "",
            "position": data["position"],
            "group": data["group"],
        }
        return {name: value for name, value in said.items() if value}


class UndoForm(PortalForm):
    reason = forms.CharField(
        label="Lý do hoàn tác", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: nạp nhầm danh sách của khoá khác.",
    )  # fmt: skip
