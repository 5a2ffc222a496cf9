"""Fields that stand in the cells of a table, where no label is beside them."""

from django import forms

from thanhsen.forms.fields import prepare


def cell(field: forms.Field, label: str, **attrs: str | int) -> forms.Field:
    """`field` with the look of the portal and a name for who cannot see the heading of its column."""
    field.label = label
    css = "form-control"
    if isinstance(field.widget, forms.Select):
        css = "form-select"
    elif isinstance(field.widget, forms.CheckboxInput):
        css = "form-check-input"
    field.widget.attrs |= {"class": css, "aria-label": label, **attrs}
    prepare(field)
    return field
