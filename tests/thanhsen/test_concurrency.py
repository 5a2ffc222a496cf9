"""The fingerprint of what a page asks for: equal for the same, other for anything else."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_user
from thanhsen.concurrency import fingerprint
from thanhsen.models import User

plain = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.dates()
asked = st.dictionaries(
    st.sampled_from(["household", "values", "date", "reason"]),
    st.recursive(plain, lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=3)),
)  # fmt: skip


@dataclass(frozen=True)
class Vote:
    sheet: int
    agreed: int


def as_sent(value):
    """As it is once it was text in a form: a day is its text, everything of a mapping has a name."""
    if isinstance(value, dict):
        return {name: as_sent(each) for name, each in value.items()}
    if isinstance(value, list):
        return [as_sent(each) for each in value]
    return value if isinstance(value, bool | int | None) else str(value)


@given(asked, asked)
def test_it_is_equal_where_what_was_asked_is(one, other):
    same = repr(sorted(as_sent(one).items())) == repr(sorted(as_sent(other).items()))
    assert not same or fingerprint(one) == fingerprint(other)
    assert fingerprint(one) == fingerprint(dict(reversed(one.items())))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"day": date(2026, 1, 1)}, {"day": date(2026, 1, 2)}),
        ({"day": None}, {"day": ""}),
        ({"amount": Decimal("1.5")}, {"amount": Decimal("1.6")}),
        ({"content": b"a"}, {"content": b"b"}),
        ({"votes": [Vote(1, 20)]}, {"votes": [Vote(1, 19)]}),
        ({"changes": {1: "poor"}}, {"changes": {2: "poor"}}),
        ({"texts": ["a", "b"]}, {"texts": ["b", "a"]}),
        ({"home": User(pk=1)}, {"home": User(pk=2)}),
    ],
)
def test_anything_else_is_another(one, other):
    assert fingerprint(one) != fingerprint(other)


def test_who_asks_and_when_is_not_what_is_asked():
    assert fingerprint({"by": User(pk=1), "today": date(2026, 1, 1), "day": 1}) == fingerprint({"day": 1})


@pytest.mark.django_db
def test_what_is_chosen_from_a_list_has_no_order():
    one, other = make_user("viewer"), make_user("viewer")
    assert fingerprint({"people": [one, other]}) == fingerprint({"people": User.objects.order_by("-pk")})


def test_what_can_be_read_but_once_is_refused():
    with pytest.raises(TypeError, match="no fingerprint"):
        fingerprint({"votes": iter([Vote(1, 20)])})
