"""{% guide "meeting" round %}: the guidance of a step, folded away on the page where the step is done."""

from django import template

from households import guidance

register = template.Library()


@register.inclusion_tag("components/guide.html")
def guide(key: str, round_=None):
    """The step `key`; with a round, its own numbers of days."""
    step = guidance.steps()[key]
    return {"step": step, "by_when": step.by_when(round_), "terms": guidance.terms_in(step)}
