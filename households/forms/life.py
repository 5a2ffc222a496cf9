"""Forms of life events: each a day, a reason, and what the event asks besides."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from households.actions.register import MEMBER_FIELDS
from households.forms.register import MemberForm, offer_areas
from households.models import Household, LifeEvent, Member, Relationship
from thanhsen.forms import AreaChoice, DayField, PortalForm
from thanhsen.forms.fields import prepare
from thanhsen.models import User

WHY = "Lý do, căn cứ"


class EventForm(PortalForm):
    """A day and a reason: enough for a household that moves out or was entered by mistake.

    `named()`: what is typed, as the action's keywords. Children say who is asked about in `asks` ("goes",
    "relationship"); `offers_head`: whether somebody can become head here.
    """

    asks: tuple[str, ...] = ()
    offers_head = True
    question = ""

    date = DayField(label="Ngày", initial=localdate, help_text="Ngày sự kiện xảy ra, không phải ngày ghi.")
    reason = forms.CharField(
        label=WHY,
        max_length=300,
        help_text="Ghi giấy tờ hoặc người xác nhận, ví dụ: giấy xác nhận cư trú ngày 05/12/2026.",
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, household: Household, members: list[Member], by: User, **kwargs):
        self.household, self.members, self.by = household, members, by
        super().__init__(*args, **kwargs)
        for member in members:
            if "goes" in self.asks:
                self.fields[f"goes_{member.pk}"] = forms.BooleanField(required=False, label=member.full_name)
            if "relationship" in self.asks:
                self.fields[f"relationship_{member.pk}"] = self._relationship(member)

    def named(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if not name.startswith(("goes_", "relationship_"))
        }

    @property
    def plain(self):
        """The fields that are not of a person of the household."""
        return [each for each in self if not each.name.startswith(("goes_", "relationship_"))]

    @property
    def people(self):
        """(member, field to tick or None, field of the relationship or None) of everybody in the household."""
        if not self.asks:
            return []
        return [
            (
                each,
                self[f"goes_{each.pk}"] if "goes" in self.asks else None,
                self[f"relationship_{each.pk}"] if "relationship" in self.asks else None,
            )
            for each in self.members
        ]

    def going(self) -> list[int]:
        return [each.pk for each in self.members if self.cleaned_data.get(f"goes_{each.pk}")]

    def relationships(self) -> dict[int, str]:
        typed = {each.pk: self.cleaned_data.get(f"relationship_{each.pk}", "") for each in self.members}
        return {pk: value for pk, value in typed.items() if value}

    def _relationship(self, member: Member) -> forms.ChoiceField:
        choices = [each for each in Relationship.choices if self.offers_head or each[0] != Relationship.HEAD]
        field = forms.ChoiceField(
            choices=[("", "(chọn)"), *choices],
            required=False,
            label=f"{member.full_name} là gì của chủ hộ",
            initial=member.relationship if self.offers_head else "",
        )
        prepare(field)
        return field


class GoneForm(EventForm):
    kind = LifeEvent.Kind.HOUSEHOLD_OUT

    def named(self):
        return {**super().named(), "kind": self.kind}


class MistakeForm(GoneForm):
    kind = LifeEvent.Kind.MISTAKE


class _PersonForm(MemberForm):
    """A person who comes into the household by an event."""

    date = EventForm.base_fields["date"]
    reason = EventForm.base_fields["reason"]
    request_id = EventForm.base_fields["request_id"]
    people = ()

    class Meta(MemberForm.Meta):
        pass

    def __init__(self, *args, household: Household, members: list[Member], by: User, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.order_fields(["date", "reason"])

    @property
    def plain(self):
        return list(self)

    def named(self) -> dict[str, Any]:
        names = ("date", "reason", "request_id")
        return {"values": self.values(), **{name: self.cleaned_data[name] for name in names}}


class BirthForm(_PersonForm):
    """A child: born on the day of the event, so that nothing of school or work is asked."""

    ASKED = (
        "full_name",
        "sex",
        "ethnicity",
        "relationship",
        "cccd",
        "cccd_note",
        "has_insurance",
        "has_disability",
    )

    class Meta(_PersonForm.Meta):
        pass

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(MEMBER_FIELDS) - set(self.ASKED):
            del self.fields[name]
        self.fields["date"].label = "Ngày sinh"
        self.fields["date"].help_text = ""
        self.fields["reason"].help_text = "Ví dụ: giấy khai sinh số 45, ngày 12/05/2026."

    def clean(self):
        born = self.cleaned_data.get("date")
        if born and born > localdate():
            self.add_error("date", "Ngày này ở tương lai; ghi sự kiện khi đã xảy ra.")
            born = None
        self.cleaned_data |= {"birth_date": born, "birth_year": (born or localdate()).year}
        return super().clean()


class JoinForm(_PersonForm):
    class Meta(_PersonForm.Meta):
        pass

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["date"].label = "Về ở từ ngày"
        self.fields["reason"].help_text = "Ví dụ: kết hôn, về ở với con, xuất ngũ."


class LeaveForm(EventForm):
    asks = ("goes", "relationship")
    question = (
        "Đánh dấu ai chuyển đi. Chủ hộ chuyển đi thì chọn một người ở lại làm chủ hộ và quan hệ của những "
        "người còn lại với chủ hộ mới. Mọi người cùng đi thì cả hộ ra khỏi sổ."
    )

    def named(self):
        return {**super().named(), "members": self.going(), "relationships": _of_who_stays(self)}


class DeathForm(EventForm):
    asks = ("relationship",)
    question = (
        "Chỉ cần sửa bảng này khi chủ hộ qua đời: chọn chủ hộ mới, và quan hệ của những người còn lại với "
        "chủ hộ mới."
    )
    member = forms.TypedChoiceField(label="Ai qua đời", coerce=int)
    field_order = ("member", "date", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = [(each.pk, f"{each.full_name} ({each.birth_year})") for each in self.members]
        self.fields["member"].choices = [("", "(chọn)"), *people]
        self.fields["date"].label = "Ngày mất"

    def named(self):
        gone = self.cleaned_data["member"]
        relationships = {pk: value for pk, value in self.relationships().items() if pk != gone}
        return {**super().named(), "relationships": relationships}


class HeadChangeForm(EventForm):
    asks = ("relationship",)
    question = "Chọn đúng một người là “Chủ hộ”, và quan hệ của mọi người khác với chủ hộ mới."

    def named(self):
        return {**super().named(), "relationships": self.relationships()}


class MoveInsideForm(EventForm):
    area = AreaChoice(
        label="Tổ dân phố mới",
        queryset=None,
        help_text="Chỉ chọn được trong địa bàn được giao; sang địa bàn khác thì nhờ công chức giảm nghèo ghi.",
    )
    address = forms.CharField(label="Địa chỉ mới", max_length=200, required=False)
    field_order = ("area", "address", "date", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_areas(self.fields["area"], self.by)


class SplitForm(MoveInsideForm):
    asks = ("goes", "relationship")
    question = (
        "Đánh dấu ai tách ra. Cột quan hệ: với chủ hộ của hộ mà người đó sẽ ở; mỗi hộ có đúng một “Chủ hộ”. "
        "Hộ mới chưa có phân loại: chỉ quyết định của chủ tịch mới công nhận, nên hộ khó khăn cần làm đơn (Mẫu 01)."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].label = "Hộ mới ở tổ dân phố"
        self.fields["area"].initial = self.household.area_id
        self.fields["address"].label = "Địa chỉ của hộ mới"

    def named(self):
        named = super().named()
        return {**named, "members": self.going(), "relationships": self.relationships()}


class HouseholdByCode(forms.CharField):
    """Another household of the register, typed by its code."""

    def __init__(self, **kwargs):
        super().__init__(max_length=12, help_text="Mã hộ in ở đầu trang của hộ đó, ví dụ H0000123.", **kwargs)


class DuplicateForm(EventForm):
    other = HouseholdByCode(label="Mã của hộ được giữ lại")
    field_order = ("other", "date", "reason")

    def clean_other(self):
        code = self.cleaned_data["other"].upper()
        found = Household.objects.visible_to(self.by).present().select_related("area").filter(code=code)
        if (household := found.first()) is None:
            raise ValidationError("Không có hộ nào trong sổ với mã này trong địa bàn của anh/chị.")
        return household

    def named(self):
        named = super().named()
        named["original"] = named.pop("other")
        return named


class MergeForm(DuplicateForm):
    asks = ("relationship",)
    offers_head = False
    question = "Chọn mỗi người là gì của chủ hộ bên kia."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].label = "Mã của hộ nhận"

    def named(self):
        named = super().named()
        named["into"] = named.pop("original")
        return {**named, "relationships": self.relationships()}


class UndoForm(PortalForm):
    reason = forms.CharField(label="Lý do huỷ", max_length=300, help_text="Ví dụ: ghi nhầm hộ, nhầm ngày.")


def _of_who_stays(form: EventForm) -> dict[int, str]:
    going = set(form.going())
    return {pk: value for pk, value in form.relationships().items() if pk not in going}
