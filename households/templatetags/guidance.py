"""{% guide "meeting" round %}: the guidance of a step, folded away on the page where the step is done."""

from django import template

from households import guidance
from thanhsen import workdays

register = template.Library()


@register.inclusion_tag("components/guide.html")
def guide(key: str, round_=None):
    """The step `key`; with a round, its own numbers of days."""
    step = guidance.steps()[key]
    return {"step": step, "by_when": step.by_when(round_), "terms": guidance.terms_in(step)}


@register.inclusion_tag("components/days_notice.html")
def days_notice(round_):
    """Says that deadlines in working days skip weekends only, where nobody entered the holidays of the round's year."""
    return {"sentence": workdays.notice([round_.year])}
