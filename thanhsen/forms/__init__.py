"""Forms: fields and base that every form of the portal stands on, and the portal's own forms beside them.

A wrong input is answered with a Vietnamese sentence that says what to do. Text is kept composed (NFC) and
trimmed; dates are typed dd/mm/yyyy; numbers are typed as Vietnamese write them.
"""

from thanhsen.forms.base import AreaChoice, AreaChoices, PortalForm, PortalModelForm
from thanhsen.forms.fields import CONTROL, DayField, NumberField, WholeNumberField

__all__ = [
    "CONTROL",
    "AreaChoice",
    "AreaChoices",
    "DayField",
    "NumberField",
    "PortalForm",
    "PortalModelForm",
    "WholeNumberField",
]
