"""The form that puts a template in the place of the portal's own."""

from django import forms
from django.core.exceptions import ValidationError

from households.documents.package import LARGEST, TOO_LARGE
from thanhsen.forms.base import AreaChoice, PortalForm
from thanhsen.models import Area


class TemplateForm(PortalForm):
    file = forms.FileField(label="Tệp Word (.docx, tối đa 1 MB)")
    ward = AreaChoice(
        Area.objects.none(), label="Dùng cho", required=False, empty_label="Mọi phường, xã trong cổng"
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".docx"
        self.fields["ward"].queryset = (
            Area.objects.visible_to(user).wards().select_related("parent").in_order()
        )
        if user.area_ids:
            self.fields["ward"].required, self.fields["ward"].empty_label = True, "Chọn phường"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        return file

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if "file" in data:
            file = data.pop("file")
            data.update(content=file.read(), file_name=file.name)
        return data
