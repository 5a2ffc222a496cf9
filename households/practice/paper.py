"""What stands on the paper sheet of an invented household, in the words of the standard."""

from typing import Any

from households.poverty import Standard
from households.practice.homes import Home


def lines(home: Home, standard: Standard) -> list[tuple[str, str]]:
    """(question, answer) as on the paper: the score, then every indicator that is asked."""
    return [("Điểm B1", str(home.income_score)), *_answers(home.answers, standard)]


def changed(home: Home, standard: Standard) -> list[tuple[str, str]]:
    """What the re-check finds otherwise."""
    return _answers(home.changed, standard)


def _answers(answers: dict[str, Any], standard: Standard) -> list[tuple[str, str]]:
    found = []
    for code, answer in answers.items():
        indicator = standard.indicator(code)
        if indicator.question is None:
            said = "thiếu hụt" if answer["lacking"] else "không thiếu hụt"
            found.append((indicator.name, f"{said}; lý do: {answer['override_reason']}"))
            continue
        value = answer["value"]
        chosen = [indicator.question.option(each) for each in ([value] if isinstance(value, str) else value)]
        text = ", ".join(each.label for each in chosen if each) or "không có gì bền chắc"
        found.append((indicator.name, text))
    return found
