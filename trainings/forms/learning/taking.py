"""What the page of a test sends: not a form of fields known beforehand, but a question after the other."""

from django.http import QueryDict

from thanhsen.addresses import whole

MOST = 8  # answers of a question (`question_has_its_answers`)


def changes(data: QueryDict) -> dict[str, list[int]]:
    """Question id → answers chosen, of the questions that the page changed.

    `q7`: ids ticked; `q7-71`: the place given to answer 71; `co7`: what the page was given, "-" once touched by the
    script. What is as it was given is left out: another phone may have answered it since.
    """
    found = {}
    for name in data:
        if name.startswith("co") and (question := whole(name[2:])) is not None:
            chosen = _placed(data, f"q{question}-") or [
                number for each in data.getlist(f"q{question}") if (number := whole(each)) is not None
            ]
            if ",".join(map(str, chosen)) != data[name]:
                found[str(question)] = chosen[:MOST]
    return found


def _placed(data: QueryDict, prefix: str) -> list[int]:
    """The answers that were given a place, by their places."""
    placed = [
        (place, offer)
        for name, value in data.items()
        if name.startswith(prefix) and (offer := whole(name[len(prefix) :])) and (place := whole(str(value)))
    ]
    return [offer for _, offer in sorted(placed, key=lambda each: each[0])]
