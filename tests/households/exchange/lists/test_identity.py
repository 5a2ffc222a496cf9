"""Whatever the register holds: taken away and brought in again, it is the same."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from households.models import Household, Member
from households.models.people import Ethnicity, Housing, Livelihood, Relationship
from households.poverty import EDUCATION, SCHOOLING, WORK
from tests.factories import make_group
from tests.households.exchange.lists.test_register import take
from tests.households.factories import make_household, make_member
from tests.households.imports.books import TODAY, faults, outcomes, send
from tests.taken import data_of
from thanhsen import vietnamese

numbers = count(1)
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặấầẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
words = st.lists(st.text(LETTERS, min_size=2, max_size=7).map(str.title), min_size=2, max_size=4).map(
    " ".join
)
texts = (
    st.text(f"{LETTERS}{LETTERS.upper()}0123456789 =+-@/.,;:'\"&<>()#_!?%$*•~µ«¸", max_size=60).map(vietnamese.clean)
)  # fmt: skip
flags, known = st.booleans(), st.sampled_from([None, True, False])
homes = st.fixed_dictionaries(
    {
        "address": texts,
        "note": texts,
        "phone": st.sampled_from(["", "0912345678", "0012345678"]),
        "livelihood": st.sampled_from(["", *Livelihood.values]),
        "housing": st.sampled_from(["", *Housing.values]),
        "floor_area": st.none() | st.decimals(0, 5000, places=1),
        "no_labour": flags,
        "merit": flags,
        "social_protection": flags,
    }
)
OTHERS = [each for each in Relationship.values if each not in (Relationship.HEAD, Relationship.SPOUSE)]


@st.composite
def people(draw, relationships=OTHERS):
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    sex = draw(st.sampled_from(["male", "female"]))
    century = 2 * (born.year >= 2000) + (sex == "female")
    age = TODAY.year - born.year
    return {
        "full_name": draw(words),
        "relationship": draw(st.sampled_from(relationships)),
        "sex": sex,
        "birth_year": born.year,
        "birth_date": draw(st.sampled_from([None, born])),
        "cccd": draw(st.sampled_from([None, f"042{century}{born.year % 100:02d}{next(numbers):06d}"])),
        "old_id": draw(st.sampled_from(["", f"{next(numbers):09d}"])),
        "ethnicity": draw(st.sampled_from(Ethnicity.values)),
        "schooling": draw(st.sampled_from(["", *SCHOOLING])),
        "education": draw(st.sampled_from(["", *EDUCATION])),
        "work": draw(st.sampled_from(["", *WORK])) if age >= 15 else "",
        "employer_trained": draw(flags),
        "has_insurance": draw(known),
        "undernourished": draw(known) if age < 16 else None,
        "has_disability": draw(flags),
        "has_monthly_allowance": draw(flags),
    }


def held() -> list:
    """Every stored field of every household and person."""
    return [list(model.objects.order_by("pk").values()) for model in (Household, Member)]


@pytest.mark.parametrize("who", ["as_supervisor", "as_officer"])
@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(homes, people(), st.lists(people(), max_size=4)), min_size=1, max_size=4))
def test_taken_away_and_brought_in_again_is_the_same(ward, who, register):
    group = ward.group if who == "as_officer" else make_group(ward.area)
    if who == "as_officer":
        Member.objects.filter(household__area=group).update(left_date=TODAY, left_reason="x", cccd=None)
        Household.objects.filter(area=group).update(closed_date=TODAY, closed_reason="mistake")
    for home, head, others in register:
        household = make_household(
            group, head=head, **{**home, "floor_area": home["floor_area"] and Decimal(home["floor_area"])}
        )
        for each in others:
            make_member(household, **each)
    before = held()
    imported = send(data_of(take(getattr(ward, who), to=group.pk)), by=ward.supervisor, ward=ward.area)
    assert faults(imported) == []
    assert (imported.state, set(outcomes(imported))) == ("checked", {"same"})
    assert held() == before
