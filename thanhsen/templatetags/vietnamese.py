"""Numbers, rates, dates and money as they are printed in Vietnamese. Loaded in every template."""

from datetime import datetime

from django import template
from django.utils.timezone import localtime

from thanhsen import vietnamese

register = template.Library()


@register.filter
def so(value, places=None):
    """1234567 as 1.234.567; nothing for None."""
    return vietnamese.number(value, places)


@register.filter
def ty_le(value):
    """A rate (percent) with two decimals and a comma; nothing where there is no denominator."""
    return vietnamese.number(value, 2)


@register.filter
def tien(value):
    """Whole đồng: 1.500.000 đ."""
    return f"{vietnamese.number(value)} đ" if value is not None else ""


@register.filter
def ngay(value):
    """dd/mm/yyyy; of a moment, the day it was here."""
    return vietnamese.day(localtime(value) if isinstance(value, datetime) else value)


@register.filter
def luc(value):
    """14:05 24/11/2026, in Vietnamese time."""
    return localtime(value).strftime("%H:%M %d/%m/%Y") if value else ""


@register.filter
def item(mapping, key):
    """mapping[key], or nothing."""
    return mapping.get(key) if mapping else None
