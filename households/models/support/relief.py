"""Which programmes of emergency support were already those of other shocks."""

from households.models.support.shocks import ShockEvent, ShockImpact


def used_for_others(shock: ShockEvent) -> dict[int, list[ShockEvent]]:
    """Programme (id) → the other shocks of the ward, the latest first, that chose it or had support given by it that
    stands. The programme `shock` itself has chosen is left out: that was answered for already. Two queries."""
    others = ShockEvent.objects.counted().filter(ward=shock.ward_id).exclude(pk=shock.pk)
    chosen = others.filter(programme__isnull=False).values_list("programme", "pk")
    given = ShockImpact.objects.filter(shock__in=others, support__isnull=False, support__voided_at=None)
    pairs = set(chosen.union(given.values_list("support__programme", "shock")))
    used: dict[int, list[ShockEvent]] = {}
    for each in ShockEvent.objects.filter(pk__in={pk for _, pk in pairs}).newest_first():
        for programme, pk in pairs:
            if pk == each.pk and programme != shock.programme_id:
                used.setdefault(programme, []).append(each)
    return used
