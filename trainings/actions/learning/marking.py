"""Marks: what the answers of one attempt come to, and answers read from the letters of a paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainings.actions.learning.asked import FALSE, TRUE, Asked, Kind

Answers = Mapping[str, Sequence[int]]  # question id as text → ids of the answers chosen, in order


@dataclass(frozen=True)
class Marks:
    score: int
    out_of: int
    by_topic: dict[str, list[int]]  # topic id as text → [points, of]


def is_right(asked: Asked, chosen: Sequence[int]) -> bool:
    """All of it: the points of a question are given whole or not at all."""
    if asked.kind == Kind.ORDER:
        return list(chosen) == asked.right
    return set(chosen) == set(asked.right)


def marked(asked: Sequence[Asked], answers: Answers) -> Marks:
    score = out_of = 0
    by_topic: dict[str, list[int]] = {}
    for each in asked:
        got = each.points if is_right(each, answers.get(str(each.pk), ())) else 0
        of_topic = by_topic.setdefault(str(each.topic_id), [0, 0])
        of_topic[0] += got
        of_topic[1] += each.points
        score += got
        out_of += each.points
    return Marks(score, out_of, by_topic)


def sensible(asked: Sequence[Asked], answers: Mapping[Any, Any]) -> dict[str, list[int]]:
    """Of `answers` what answers these questions: known ids, each once, one where one is asked for. The rest is
    dropped: it does not come from the page."""
    known = {str(each.pk): each for each in asked}
    found = {}
    for key, chosen in answers.items():
        if (question := known.get(str(key))) is None or not isinstance(chosen, (list, tuple)):
            continue
        offered = {each.pk for each in question.offers}
        kept = [each for each in dict.fromkeys(chosen) if each in offered]
        found[str(key)] = kept[:1] if question.kind in {Kind.CHOICE, Kind.TRUE_FALSE} else kept
    return found


def letters(asked: Asked, chosen: Sequence[int]) -> str:
    """The letters that `chosen` has on paper, in alphabetical order unless the order is the answer."""
    by_pk = {offer.pk: letter for letter, offer in asked.lettered}
    found = [by_pk[each] for each in chosen if each in by_pk]
    return "".join(found if asked.kind == Kind.ORDER else sorted(found))


def read_letters(asked: Asked, text: str) -> list[int]:
    """The answers that letters on paper mean; ValueError with a sentence where they mean none. "" or "-": none.

    True and false are Đ and S; a D or an A is taken for Đ and a B for S there: that is how people write them.
    """
    typed = [each for each in text.upper() if not each.isspace() and each not in ",;.-/"]
    if asked.kind == Kind.TRUE_FALSE:
        typed = [{"D": TRUE, "A": TRUE, "B": FALSE}.get(each, each) for each in typed]
    known = {letter: offer.pk for letter, offer in asked.lettered}
    if strange := [each for each in typed if each not in known]:
        raise ValueError(f"câu {asked.number} không có đáp án “{strange[0]}” (chỉ có {', '.join(known)})")
    if len(set(typed)) < len(typed):
        raise ValueError(f"câu {asked.number} ghi một đáp án hai lần")
    if asked.kind in {Kind.CHOICE, Kind.TRUE_FALSE} and len(typed) > 1:
        raise ValueError(f"câu {asked.number} chỉ chọn một đáp án")
    if asked.kind == Kind.ORDER and typed and len(typed) < len(known):
        raise ValueError(f"câu {asked.number} phải xếp đủ {len(known)} chữ, ví dụ {''.join(reversed(known))}")
    return [known[each] for each in typed]
