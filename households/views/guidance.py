"""Guidance: the season as a line of steps, each step, and the words of the work. No record is read."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households import guidance
from thanhsen.permissions import signed_in


@signed_in
@require_safe
def guidance_index(request):
    steps = guidance.steps().values()
    mine = request.GET.get("cua_toi") == "1"
    shown = [each for each in steps if not mine or request.user.role in each.roles]
    context = {"steps": shown, "mine": mine, "all": len(steps)}
    return render(request, "households/guidance.html", context)


@signed_in
@require_safe
def guidance_step(request, key):
    steps = list(guidance.steps().values())
    place = next((at for at, each in enumerate(steps) if each.key == key), None)
    if place is None:
        raise Http404
    context = {
        "step": steps[place],
        "by_when": steps[place].by_when(),
        "terms": guidance.terms_in(steps[place]),
        "before": steps[place - 1] if place else None,
        "after": steps[place + 1] if place + 1 < len(steps) else None,
    }
    return render(request, "households/guidance_step.html", context)


@signed_in
@require_safe
def glossary(request):
    text = request.GET.get("q", "").strip()[:100]
    terms = guidance.terms()
    found = [
        (term, [terms[key] for key in term.see])
        for term in (guidance.search(text) if text else terms.values())
    ]
    return render(request, "households/glossary.html", {"found": found, "q": text})
