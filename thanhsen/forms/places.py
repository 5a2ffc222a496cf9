"""Forms about areas."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate

from thanhsen.forms.base import AreaChoice, AreaChoices, PortalForm
from thanhsen.forms.fields import DayField
from thanhsen.models import Area, AreaKind, AreaType, User
from thanhsen.vietnamese import fold


class AreaForm(PortalForm):
    """A new area, or the change of one. `ward` narrows what it can be formed from."""

    kind = forms.ChoiceField(label="Loại", choices=AreaKind.choices)
    parent = AreaChoice(
        label="Thuộc", queryset=Area.objects.none(), required=False, empty_label="(không thuộc nơi nào)"
    )
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
        self.fields["predecessors"].queryset = visible.exclude(pk=area.pk if area else None)
        if area is not None:  # an area stays what it is and where it is: otherwise it is another area
            del self.fields["kind"], self.fields["parent"]
            return
        above = visible.exclude(kind=AreaKind.GROUP).valid_on(localdate())
        self.fields["parent"].queryset = above
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
        self.fields["successors"].queryset = same.select_related("parent").in_order()


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
        if not by.area_ids:
            wards = wards.real()
        else:
            held = Area.objects.under(by.area_ids)
            wards = wards.filter(Q(pk__in=held) | Q(pk__in=held.values("parent")))
        self.fields["ward"].queryset = wards

    def found(self) -> dict:
        """The ward chosen (or the first one valid now) and its tổ dân phố, for the page."""
        if not self.is_valid():
            return {"ward": None, "groups": [], "wards": 0}
        data = self.cleaned_data
        wards = list(self.fields["ward"].queryset)
        current = [ward for ward in wards if ward.valid_to is None or ward.valid_to > self.today]
        ward = data["ward"] or next(iter(current or wards), None)
        groups = (
            Area.objects.visible_to(self.by)
            .filter(parent=ward)
            .prefetch_related("predecessors", "successors")
        )
        if data["on"] or not data["ended"]:
            groups = groups.valid_on(data["on"] or self.today)
        listed = list(groups.in_order()) if ward else []
        words = fold(data["q"]).split()
        listed = [
            group for group in listed if all(word in fold(f"{group.name} {group.code}") for word in words)
        ]
        return {"ward": ward, "groups": listed, "wards": len(wards), "is_filtered": bool(words or data["on"])}
