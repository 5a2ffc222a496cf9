"""The filters of the trail."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.utils.timezone import make_aware

from thanhsen.acts import ACTS
from thanhsen.forms.base import PortalForm
from thanhsen.forms.fields import DayField
from thanhsen.models import User


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
        self.fields["actor"].queryset = people.in_order()

    def clean(self):
        super().clean()
        data = self.cleaned_data
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
