"""An entry of the ward's lists: a topic, a speaker, a venue."""

from django import forms
from django.db.models import Q

from households.models import Material
from thanhsen.forms import AreaChoice, PortalModelForm
from thanhsen.models import Area, User
from trainings.models import Speaker, Topic, Venue


class EntryForm(PortalModelForm):
    """`wards` are offered for a new entry."""

    ward = AreaChoice(label="Phường", queryset=Area.objects.none(), empty_label=None)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta(PortalModelForm.Meta):
        fields: tuple[str, ...] = ()

    def __init__(self, *args, by: User, wards=None, **kwargs):
        super().__init__(*args, **kwargs)
        if wards is None:
            del self.fields["ward"]
        else:
            self.fields["ward"].queryset = wards
            self.order_fields(["ward"])


class TopicForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Topic
        fields = ("number", "name", "objective", "materials")
        widgets = {"objective": forms.Textarea({"rows": 3}), "materials": forms.CheckboxSelectMultiple}
        help_texts = {
            "number": "Thứ tự thường dạy; mỗi khoá đặt lại được.",
            "materials": "Tài liệu cho cán bộ trong thư viện của phường.",
        }

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, by=by, **kwargs)
        offered = Material.objects.visible_to(by).in_use().for_officers()
        if self.instance.pk:  # what stands in it stays on offer, even if withdrawn since
            offered = Material.objects.filter(
                Q(pk__in=offered.filter(ward=self.instance.ward_id).values("pk"))
                | Q(pk__in=self.instance.materials.values("pk"))
            )
        self.fields["materials"].queryset = offered.newest_first()


class SpeakerForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Speaker
        fields = ("full_name", "title", "workplace", "phone")
        help_texts = {"phone": "10 chữ số; không bắt buộc."}


class VenueForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Venue
        fields = ("name", "address", "capacity")
