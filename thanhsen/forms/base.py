"""The base every form of the portal stands on, and the choice of an area."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from thanhsen.forms.fields import DayField, NumberField, WholeNumberField, prepare
from thanhsen.models import Area

if TYPE_CHECKING:
    _Form = forms.Form
else:
    _Form = object


class PortalFormMixin(_Form):
    """Looks (crispy, no <form> tag of its own), messages, and a way to carry an action's refusal."""

    if TYPE_CHECKING:  # of several kinds, which only the form itself knows
        fields: dict[str, Any]
        data: Any

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            prepare(field)
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
    own = {
        models.DateField: DayField,
        models.DecimalField: NumberField,
        models.IntegerField: WholeNumberField,
    }
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


class AreaChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, area):
        return place(area)


class AreaChoice(forms.ModelChoiceField):
    def label_from_instance(self, area):
        return place(area)


def place(area: Area) -> str:
    """The area with the ward it lies in and its code: names of tổ dân phố collide."""
    inside = f", {area.parent.name}" if area.parent and area.is_group else ""
    return f"{area.name}{inside} ({area.code})"
