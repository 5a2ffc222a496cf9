"""Two rows compared: what is told, how strongly, and in which words. A table."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from households.reports.alike import TOLD, Person, compare, within
from households.reports.alike.comparing import one_letter_off

HOA = Person(
    key=1,
    full_name="Nguyễn Thị Hoa",
    sex="female",
    birth_year=1980,
    area_id=7,
    ward_id=1,
    household="H0000001",
)
OTHER = replace(HOA, key=2, household="H0000002")
BORN = date(1980, 3, 12)

# what differs between the one and the other; the score (None: not told); the first reason
TABLE = [
    ("the same number", {"cccd": "042180000001"}, {"cccd": "042180000001", "full_name": "Lê An", "birth_year": 1950}, 100, "Cùng số CCCD"),
    ("the same old number", {"old_id": "183000001"}, {"old_id": "183000001"}, 99, "Cùng số CMND cũ"),
    ("an old number and another name", {"old_id": "183000001"}, {"old_id": "183000001", "full_name": "Lê An", "area_id": 8, "birth_year": 1950, "sex": "male"}, 60, "Cùng số CMND cũ"),
    ("name, year, tổ", {}, {}, 77, "Cùng họ tên"),
    ("a tone put elsewhere is the same name", {"full_name": "Lê Thị Hoà"}, {"full_name": "Lê Thị Hòa"}, 77, "Cùng họ tên"),
    ("capitals and spaces", {}, {"full_name": "  NGUYỄN  THỊ HOA "}, 77, "Cùng họ tên"),
    ("no marks", {}, {"full_name": "Nguyen Thi Hoa"}, 75, "Cùng tên, khác dấu: Nguyễn Thị Hoa / Nguyen Thi Hoa"),
    ("other marks", {}, {"full_name": "Nguyễn Thị Hoá"}, 70, "Cùng tên, khác dấu: Nguyễn Thị Hoa / Nguyễn Thị Hoá"),
    ("other order", {}, {"full_name": "Hoa Nguyễn Thị"}, 70, "Đảo thứ tự họ tên: Nguyễn Thị Hoa / Hoa Nguyễn Thị"),
    ("one letter", {}, {"full_name": "Nguyễn Thị Hoan"}, 60, "Tên khác một chữ cái: Nguyễn Thị Hoa / Nguyễn Thị Hoan"),
    ("letters changed round", {}, {"full_name": "Nguyễn Thị Hao"}, 60, "Tên khác một chữ cái: Nguyễn Thị Hoa / Nguyễn Thị Hao"),
    ("one letter, a year beside", {}, {"full_name": "Nguyễn Thị Hoan", "birth_year": 1981}, None, ""),
    ("one letter, another sex", {}, {"full_name": "Nguyễn Thị Hoan", "sex": "male"}, None, ""),
    ("one letter in one household: twins", {}, {"full_name": "Nguyễn Thị Hoan", "household": "H0000001"}, None, ""),
    ("twice in one household", {}, {"household": "H0000001"}, 77, "Cùng họ tên"),
    ("two letters", {}, {"full_name": "Nguyễn Thị Hương"}, None, ""),
    ("a word more", {}, {"full_name": "Nguyễn Thị Mai Hoa"}, None, ""),
    ("a year beside", {}, {"birth_year": 1979}, 70, "Cùng họ tên"),
    ("two years away", {}, {"birth_year": 1982}, None, ""),
    ("no year known", {}, {"birth_year": None}, 65, "Cùng họ tên"),
    ("a year that is none", {}, {"birth_year": 19_800_000_000_000_000_000}, 65, "Cùng họ tên"),
    ("another tổ", {}, {"area_id": 8}, None, ""),
    ("another tổ, born on one day", {"birth_date": BORN}, {"birth_date": BORN, "area_id": 8}, 75, "Cùng họ tên"),
    ("tổ not known, born on one day", {"birth_date": BORN}, {"birth_date": BORN, "area_id": None}, 75, "Cùng họ tên"),
    ("tổ not known on either side", {"area_id": None}, {"area_id": None}, None, ""),
    ("born on one day", {"birth_date": BORN}, {"birth_date": BORN}, 95, "Cùng họ tên"),
    ("a day mistyped", {"birth_date": BORN}, {"birth_date": date(1980, 3, 21)}, 77, "Cùng họ tên"),
    ("day and month changed round", {"birth_date": BORN}, {"birth_date": date(1980, 12, 3)}, 77, "Cùng họ tên"),
    ("another birthday", {"birth_date": BORN}, {"birth_date": date(1980, 7, 21)}, 62, "Cùng họ tên"),
    ("another number", {"cccd": "042180000001"}, {"cccd": "042180111999"}, None, ""),
    ("one digit of the number", {"cccd": "042180000001"}, {"cccd": "042180000007"}, 77, "Cùng họ tên"),
    ("another sex", {}, {"sex": "male"}, None, ""),
    ("no name", {"full_name": ""}, {"full_name": ""}, None, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "score", "reason"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_the_table(one, other, score, reason):
    a, b = replace(HOA, **one), replace(OTHER, **other)
    pair, back = compare(a, b), compare(b, a)
    assert (pair and pair.score) == (back and back.score) == score
    if pair:
        assert pair.reasons[0] == reason
        assert (pair.one, pair.other) == (1, 2)
        assert pair.sure == (score == 100)
        assert [(each.one, each.other) for each in within([a, b])] == [(1, 2)]
    else:
        assert within([a, b]) == []


def test_the_reasons_say_everything_for_and_against():
    a = replace(HOA, birth_date=BORN, cccd="042180000001")
    b = replace(OTHER, full_name="Hoa Nguyen Thi", birth_date=BORN, cccd="042180999999", household="H0000001")
    assert compare(a, b) is None  # 38 + 30 + 20 - 30
    pair = compare(replace(a, full_name="Hoa Nguyễn Thị"), replace(b, full_name="Hoa Nguyễn Thị"))
    assert pair
    assert pair.score == 65
    assert pair.reasons == (
        "Cùng họ tên", "Cùng ngày sinh 12/03/1980", "Cùng tổ dân phố", "Ghi trong cùng một hộ", "Khác số CCCD"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "off"),
    [("hoa", "hoan", True), ("hoa", "oa", True), ("hoa", "hua", True), ("hoa", "hao", True), ("hoa", "hoa", False),
     ("", "a", True), ("hoa", "an", False), ("abcd", "badc", False), ("thuy", "thuya", True), ("abc", "cba", False)],
)  # fmt: skip
def test_one_letter(one, other, off):
    assert one_letter_off(one, other) == one_letter_off(other, one) == off


NAMES = st.sampled_from(
    ["Nguyễn Thị Hoa", "Nguyen Thi Hoa", "Nguyễn Thị Hoà", "Hoa Nguyễn Thị", "Nguyễn Thị Hoan", "Nguyễn Thi Hao",
     "Nguyễn Thị", "Thị Nguyễn", "Hoa", "Hoan", "Lê An", "Lê Ân", "Lê Am", "Đỗ Đạt", "Do Dat"]
)  # fmt: skip
DAYS = st.sampled_from([date(1980, 3, 12), date(1980, 12, 3), date(1980, 7, 21), date(1981, 3, 12)])
PERSON = st.builds(
    lambda **named: Person(**named | ({"birth_year": named["birth_date"].year} if named["birth_date"] else {})),
    key=st.none(), full_name=NAMES, sex=st.sampled_from(["male", "female"]),
    birth_year=st.sampled_from([None, 1979, 1980, 1981, 1982]), birth_date=st.none() | DAYS,
    cccd=st.sampled_from([None, None, "042180000001", "042180000007", "042180999999"]),
    old_id=st.sampled_from(["", "", "183000001", "183000002"]),
    area_id=st.sampled_from([None, 7, 8]), household=st.sampled_from(["H0000001", "H0000002", "H0000003"]),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PERSON, max_size=12))
def test_blocks_find_what_comparing_every_two_finds(people):
    people = [replace(each, key=at) for at, each in enumerate(people)]
    every = {
        (a.key, b.key): pair
        for at, a in enumerate(people)
        for b in people[at + 1 :]
        if (pair := compare(a, b))
    }
    found = within(people)
    assert {(each.one, each.other): each for each in found} == every
    assert len(found) == len(every)
    assert all(TOLD <= each.score <= 100 and each.reasons for each in found)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_a_crowd_of_one_name_is_told_and_stays_quick():
    found = within([replace(HOA, key=at, household=at) for at in range(3000)])
    assert {each.other for each in found} == set(range(1, 3000))
    assert len(found) < 3000 * 25
