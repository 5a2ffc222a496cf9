"""Practice: its page (before, and within, where the papers of the invented households lie) and its beginning."""

from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from households.models import Round
from households.poverty import Classification, load
from households.practice import homes_of, paper, start
from thanhsen.permissions import signed_in
from thanhsen.practice import address_of, players_of


@signed_in
@require_safe
def practice(request):
    if request.practice is None:
        players = [(each, address_of(each)) for each in players_of(request.user)]
        return render(request, "households/practice_begin.html", {"players": players})
    round_ = Round.objects.visible_to(request.user).order_by("pk").first()
    return render(
        request, "households/practice.html", {"round": round_, "homes": _homes(request.user, round_)}
    )


@signed_in
@require_POST
def practice_start(request):
    players = start(by=request.person, today=localdate())
    root = request.practice.root if request.practice else None
    return redirect(f"{address_of(players[0], root)}thuc-hanh/")


def _homes(player, round_) -> list[dict]:
    standard = load(round_.standard_id)
    return [
        {
            "household": household,
            "home": home,
            "paper": paper.lines(home, standard),
            "changed": paper.changed(home, standard),
            "expected": Classification(home.expected_then or home.expected).label,
        }
        for household, home in homes_of(player)
    ]
