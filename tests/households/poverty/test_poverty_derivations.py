"""What follows from members and floor area: boundary ages, exact halves, missing fields."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import EDUCATION, SCHOOLING, SEX, WORK, AreaType, Facts, Person, derive, load

STANDARD = load("2022-2026")
DAY = date(2026, 10, 15)


def person(age=40, name="An", day=DAY, before=0, **fields):
    """Somebody turning `age` on the day (before=0), or a day later (before=1: still one year younger)."""
    born = date(day.year - age, day.month, day.day + before)
    return Person(id=name, name=name, birth_year=born.year, birth_date=born, **{"sex": "male", **fields})


def of(code, *people, area=None, day=DAY, standard=STANDARD):
    return derive(standard, Facts(AreaType.URBAN, day, people, area))[code]


def test_derives_seven_indicators_in_2022_and_three_in_2027():
    facts = Facts(AreaType.URBAN, DAY, (person(),), Decimal(30))
    assert list(derive(STANDARD, facts)) == [
        "employment", "dependants", "nutrition", "insurance", "adult_education", "schooling", "housing_area",
    ]  # fmt: skip
    assert list(derive(load("2027-2030"), facts)) == ["employment", "dependants", "nutrition"]


@pytest.mark.parametrize(
    ("who", "lacking"),
    [
        (person(6, has_insurance=False), True),
        (person(6, before=1, has_insurance=False), False),
        (person(6, has_insurance=True), False),
        (person(6, has_insurance=None), None),
        (person(6, before=1, has_insurance=None), False),
        (person(90, has_insurance=False), True),
    ],
)
def test_insurance(who, lacking):
    assert of("insurance", who).lacking is lacking


@pytest.mark.parametrize(
    ("who", "lacking"),
    [
        (person(16, undernourished=True), False),
        (person(16, before=1, undernourished=True), True),
        (person(0, undernourished=True), True),
        (person(3, undernourished=False), False),
        (person(3, undernourished=None), None),
    ],
)
def test_nutrition(who, lacking):
    assert of("nutrition", who).lacking is lacking


@pytest.mark.parametrize(
    ("who", "lacking"),
    [
        (person(16, before=1, schooling="none", education="none"), False),
        (person(16, schooling="none", education="none"), True),
        (person(16, schooling="none", education="primary"), True),
        (person(16, schooling="none", education="lower_secondary"), False),
        (person(16, schooling="lower_secondary", education="primary"), False),
        (person(16, schooling="primary", education="none"), True),
        (person(16, schooling="none", education="none", employer_trained=True), False),
        (person(18, before=1, schooling="none", education="lower_secondary"), False),
        (person(18, schooling="none", education="lower_secondary"), True),
        (person(18, schooling="lower_secondary", education="primary"), True),
        (person(18, schooling="upper_secondary", education="lower_secondary"), False),
        (person(18, schooling="vocational", education="lower_secondary"), False),
        (person(18, schooling="none", education="vocational"), False),
        (person(18, schooling="none", education="upper_secondary"), False),
        (person(30, schooling="none", education="none"), True),
        (person(30, schooling="none", education="none", employer_trained=True), False),
        (person(31, before=1, schooling="none", education="none"), True),
        (person(31, schooling="none", education="none"), False),
        (person(20), None),
        (person(20, education="lower_secondary"), None),
        (person(20, schooling="none"), None),
        (person(20, education="higher"), False),
    ],
)
def test_adult_education(who, lacking):
    assert of("adult_education", who).lacking is lacking


@pytest.mark.parametrize(
    ("who", "lacking"),
    [
        (person(3, before=1, schooling="none"), False),
        (person(3, schooling="none"), True),
        (person(3, schooling="preschool"), False),
        (person(6, before=1, schooling="preschool"), False),
        (person(6, before=1, schooling="primary"), False),
        (person(6, schooling="preschool"), True),
        (person(6, schooling="primary"), False),
        (person(12, before=1, schooling="primary"), False),
        (person(12, schooling="primary"), True),
        (person(12, schooling="lower_secondary"), False),
        (person(15, schooling="upper_secondary"), False),
        (person(16, before=1, schooling="none"), True),
        (person(16, schooling="none"), False),
        (person(10, schooling=""), None),
    ],
)
def test_schooling(who, lacking):
    assert of("schooling", who).lacking is lacking


@pytest.mark.parametrize(
    ("people", "lacking"),
    [
        ([person(40), person(15)], False),  # exactly 50 %
        ([person(40), person(15), person(10)], True),
        ([person(40), person(16)], False),
        ([person(16, before=1)], True),
        ([person(60, has_monthly_allowance=True)], True),
        ([person(60, before=1, has_monthly_allowance=True)], False),
        ([person(80)], False),
        ([person(30, has_disability=True, has_monthly_allowance=True)], True),
        ([person(30, has_disability=True)], False),
        ([person(30, has_monthly_allowance=True)], False),
        ([person(15, has_disability=True, has_monthly_allowance=True), person(40)], False),  # counted once
    ],
)
def test_dependants(people, lacking):
    assert of("dependants", *people).lacking is lacking


def born(year, month, day, sex, work="none_seeking"):
    return Person("1", "An", sex, year, date(year, month, day), work=work)


@pytest.mark.parametrize(
    ("who", "day", "lacking"),
    [
        (person(15, work="none_seeking"), DAY, True),
        (person(15, before=1, work="none_seeking"), DAY, False),
        (person(40, work="wage_no_contract"), DAY, True),
        (person(40, work="wage_contract"), DAY, False),
        (person(40, work="self_employed"), DAY, False),
        (person(40, work="not_seeking"), DAY, False),
        (person(40, work="unable"), DAY, False),
        (person(16, work="studying"), DAY, False),
        (person(40, work=""), DAY, None),
        (person(70, work=""), DAY, False),
        # Men: 60 years 9 months in 2023, 61 years 6 months in 2026, 62 years from 2028.
        (born(1962, 9, 10, "male"), date(2023, 6, 9), True),
        (born(1962, 9, 10, "male"), date(2023, 6, 10), False),
        (born(1965, 3, 10, "male"), date(2026, 9, 9), True),
        (born(1965, 3, 10, "male"), date(2026, 9, 10), False),
        (born(1970, 3, 10, "male"), date(2032, 3, 9), True),
        (born(1970, 3, 10, "male"), date(2032, 3, 10), False),
        # Reached the age of 2025 (61 years 3 months) in December: not of working age again in January.
        (born(1964, 9, 10, "male"), date(2026, 1, 5), False),
        (born(1964, 10, 10, "male"), date(2026, 1, 15), True),
        (born(1964, 10, 10, "male"), date(2026, 4, 10), False),
        # Women: 57 years in 2026, 60 years from 2035.
        (born(1969, 10, 10, "female"), date(2026, 10, 9), True),
        (born(1969, 10, 10, "female"), date(2026, 10, 10), False),
        (born(1976, 10, 10, "female"), date(2036, 10, 9), True),
        (born(1976, 10, 10, "female"), date(2036, 10, 10), False),
        # Sex not recorded: unknown only between the two ages.
        (born(1967, 10, 10, ""), date(2026, 10, 10), None),
        (born(1967, 10, 10, "", "wage_contract"), date(2026, 10, 10), False),
        (born(1990, 10, 10, ""), date(2026, 10, 10), True),
        (born(1950, 10, 10, ""), date(2026, 10, 10), False),
    ],
)
def test_employment(who, day, lacking):
    assert of("employment", who, day=day).lacking is lacking


@pytest.mark.parametrize(
    ("area", "people", "lacking", "words"),
    [
        ("16", 2, False, "8 m²/người, không dưới 8 m²"),
        ("15.99", 2, True, "7,99 m²/người, dưới 8 m²"),
        ("15", 2, True, "Diện tích bình quân 7,5 m²/người, dưới 8 m²"),
        ("15.9999", 2, True, "7,99 m²/người"),
        ("100", 3, False, "33,33 m²/người"),
        ("0", 1, True, "0 m²/người"),
    ],
)
def test_housing_area(area, people, lacking, words):
    derived = of("housing_area", *[person()] * people, area=Decimal(area))
    assert derived.lacking is lacking
    assert words in derived.reason


def test_reason_names_who_lacks():
    people = [
        person(40, "Nguyễn Văn A", has_insurance=False),
        *(person(9, n, has_insurance=True) for n in "BC"),
    ]
    assert of("insurance", *people).reason == "1/3 thành viên từ 6 tuổi chưa có BHYT: Nguyễn Văn A."


def test_reason_names_whose_field_is_missing():
    reason = of("insurance", person(40, "A", has_insurance=True), person(40, "B"), person(40, " ")).reason
    assert reason == "Chưa ghi BHYT của: B, (chưa ghi tên)."


def test_one_known_to_lack_settles_it():
    assert of("insurance", person(40, "A"), person(40, "B", has_insurance=False)).lacking is True


def test_nobody_of_the_age():
    assert of("nutrition", person(40)).reason == "Không có trẻ em dưới 16 tuổi: không thiếu hụt."


def test_empty_household_and_missing_area():
    assert all(each.lacking is None for each in derive(STANDARD, Facts(AreaType.URBAN, DAY, ())).values())
    assert of("housing_area", person()).reason == "Chưa ghi diện tích nhà ở."


def test_born_after_the_survey():
    derived = of("insurance", person(40, has_insurance=True), Person("2", "Bé", "female", 2027))
    assert derived.lacking is None
    assert derived.reason == "Ngày sinh sau ngày khảo sát: Bé."


def test_a_year_alone_counts_as_birthday_passed():
    assert Person("1", "An", "male", 2010).age_on(date(2026, 1, 1)) == 16
    assert Person("1", "An", "male", 2010).born == date(2010, 1, 1)


def test_born_on_leap_day():
    leap = Person("1", "An", "male", 2020, date(2020, 2, 29))
    assert [leap.age_on(date(2026, 2, 28)), leap.age_on(date(2026, 3, 1))] == [5, 6]


@pytest.mark.parametrize(
    "fields",
    [
        {"sex": "x"}, {"schooling": "phd"}, {"education": "preschool"}, {"work": "boss"}, {"birth_year": 0},
        {"birth_year": 10_000}, {"birth_date": date(1979, 1, 1)},
    ],
)  # fmt: skip
def test_refuses_a_bad_person(fields):
    with pytest.raises(ValueError, match="An: "):
        Person(**{"id": "1", "name": "An", "sex": "male", "birth_year": 1980, **fields})


@pytest.mark.parametrize("area", ["-1", "NaN", "Infinity", "100001"])
def test_refuses_a_bad_area(area):
    with pytest.raises(ValueError, match="Diện tích"):
        Facts(AreaType.URBAN, DAY, (), Decimal(area))


@st.composite
def people(draw):
    birth = draw(st.dates(date(1920, 1, 1), date(2027, 1, 31)))
    known = draw(st.booleans())
    return Person(
        id=draw(st.text(max_size=3)),
        name=draw(st.sampled_from(["Nguyễn Văn A", "Trần Thị B", ""])),
        sex=draw(st.sampled_from([*SEX, ""])),
        birth_year=birth.year,
        birth_date=birth if known else None,
        schooling=draw(st.sampled_from([*SCHOOLING, ""])),
        education=draw(st.sampled_from([*EDUCATION, ""])),
        employer_trained=draw(st.booleans()),
        work=draw(st.sampled_from([*WORK, ""])),
        has_insurance=draw(st.sampled_from([True, False, None])),
        undernourished=draw(st.sampled_from([True, False, None])),
        has_disability=draw(st.booleans()),
        has_monthly_allowance=draw(st.booleans()),
    )


AREAS = st.none() | st.decimals(0, 500, places=2)


@given(st.lists(people(), max_size=6), AREAS, st.randoms())
def test_order_of_people_never_matters_and_reasons_are_given(members, area, random):
    first = derive(STANDARD, Facts(AreaType.URBAN, DAY, tuple(members), area))
    assert all(each.reason.strip() for each in first.values())
    random.shuffle(members)
    second = derive(STANDARD, Facts(AreaType.URBAN, DAY, tuple(members), area))
    assert {code: each.lacking for code, each in first.items()} == {
        code: each.lacking for code, each in second.items()
    }


@given(people(), st.dates(date(2022, 1, 1), date(2040, 12, 31)), st.integers(0, 4000))
def test_nobody_returns_to_working_age(who, day, later):
    rule = STANDARD.working_age
    if who.is_of_working_age(day, rule) is False and who.age_on(day) >= rule.from_age:
        assert who.is_of_working_age(date.fromordinal(day.toordinal() + later), rule) is False
