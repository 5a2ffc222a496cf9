"""Where a number of the picture leads."""

from django import template

register = template.Library()


@register.filter
def opened_by(entry, opens):
    """The address behind an entry, or nothing."""
    return opens.address(entry.behind)
