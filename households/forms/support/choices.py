"""Choices that several forms of support offer."""

from django import forms


class SupportChoice(forms.ModelChoiceField):
    """Supports of one household: two of the same name are told apart by person and day."""

    def label_from_instance(self, support):
        whom = support.member.full_name if support.member else "cả hộ"
        return f"{support}, {whom}, từ {support.valid_from:%d/%m/%Y}"
