"""Marks, order and letters of a test."""

import pytest

from trainings.actions.learning.asked import Asked, Offer, arranged
from trainings.actions.learning.marking import letters, marked, read_letters, sensible


def asked(kind, *right, offers=4, pk=7, points=2, topic=1):
    answers = tuple(
        Offer(pk * 10 + number, number, f"Đáp án {number}", kind == "order" or number in right)
        for number in range(1, offers + 1)
    )
    return Asked(pk, pk, points, kind, "Hỏi?", "", topic, "Chuyên đề", answers)


CHOICE, CHOICES = asked("choice", 2), asked("choices", 1, 3, pk=8, topic=2)
TRUE, ORDER = asked("true_false", 2, offers=2, pk=9), asked("order", pk=10, topic=2, points=3)
ALL = [CHOICE, CHOICES, TRUE, ORDER]


def test_whole_points_or_none():
    best = {"7": [72], "8": [83, 81], "9": [92], "10": [101, 102, 103, 104]}
    found = marked(ALL, best)
    assert (found.score, found.out_of, found.by_topic) == (9, 9, {"1": [4, 4], "2": [5, 5]})
    for wrong in (
        {"7": [71]},
        {"8": [81]},
        {"8": [81, 82, 83]},
        {"9": []},
        {"10": [102, 101, 103, 104]},
        {"10": [101]},
    ):
        assert marked(ALL, best | wrong).score < 9
    assert marked(ALL, {}).by_topic == {"1": [0, 4], "2": [0, 5]}


def test_what_does_not_come_from_the_page_is_dropped():
    given = {"7": [72, 71], "8": [81, 81, 99], "x": [1], "10": "101", "9": [71]}
    assert sensible(ALL, given) == {"7": [72], "8": [81], "9": []}


def test_the_order_of_a_seed_is_the_same_for_ever():
    one = arranged(ALL, 5)
    assert [each.pk for each in one] == [each.pk for each in arranged(list(reversed(ALL)), 5)]
    assert [[offer.pk for offer in each.offers] for each in one] == [
        [offer.pk for offer in each.offers] for each in arranged(ALL, 5)
    ]
    assert len({tuple(each.pk for each in arranged(ALL, seed)) for seed in range(40)}) > 5
    assert [each.pk for each in arranged(ALL, 5, shuffled=False)] == [7, 8, 9, 10]


def test_what_is_to_be_ordered_is_never_offered_in_order():
    for seed in range(60):
        (shown,) = arranged([asked("order", offers=2)], seed)
        assert [offer.pk for offer in shown.offers] != shown.right
        (shown,) = arranged([TRUE], seed)
        assert [offer.number for offer in shown.offers] == [1, 2]


@pytest.mark.parametrize(
    ("question", "text", "chosen"),
    [
        (CHOICE, "b", [72]),
        (CHOICE, "", []),
        (CHOICE, " - ", []),
        (CHOICES, "C, a", [83, 81]),
        (TRUE, "đ", [91]),
        (TRUE, "D", [91]),
        (TRUE, "s", [92]),
        (TRUE, "B", [92]),
        (ORDER, "cabd", [103, 101, 102, 104]),
    ],
)
def test_letters_of_a_paper(question, text, chosen):
    assert read_letters(question, text) == chosen
    back = letters(question, chosen)
    assert read_letters(question, back) == (chosen if question.kind == "order" else sorted(chosen))


@pytest.mark.parametrize(
    ("question", "text", "sentence"),
    [
        (CHOICE, "E", "không có đáp án “E”"),
        (CHOICE, "AB", "chỉ chọn một"),
        (CHOICES, "AA", "hai lần"),
        (TRUE, "ĐS", "chỉ chọn một"),
        (ORDER, "CA", "phải xếp đủ 4"),
        (CHOICE, "<", "không có đáp án"),
    ],
)
def test_letters_that_mean_nothing(question, text, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_letters(question, text)
