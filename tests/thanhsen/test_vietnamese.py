"""Sorting, searching and printing as Vietnamese do, the same in Python and in the database."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from thanhsen import vietnamese
from thanhsen.templatetags.vietnamese import ngay
from thanhsen.vietnamese import fold, name_key, number, sort_key

# Each row is in the order of the field (domain: names and places).
ROWS = [
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    ["Dũng", "Đạt"],
    ["An", "Ánh", "Ăn", "Ân"],
    ["Tổ 2", "Tổ 10"],
    ["Tổ dân phố 1", "Tổ dân phố 1A", "Tổ dân phố 2", "Tổ dân phố 10", "Tổ dân phố 100"],
    [
        "Bắc Quý",
        "Đông Quý",
        "Hậu Thượng",
        "Tâm Quý",
        "Tân Quý",
        "Tiền Giang",
        "Tiền Phong",
        "Tiền Tiến",
        "Trung Đình",
    ],
    ["e", "ê", "g", "i", "o", "ô", "ơ", "u", "ư", "y"],
    ["Hoà", "Hoàn"],
]


@pytest.mark.parametrize("row", ROWS)
def test_order(row):
    assert sorted(reversed(row), key=sort_key) == row


def test_people_by_given_name_then_middle_then_family():
    row = ["Lê Văn An", "Trần Văn An", "Lê Xuân An", "Lê Thị Ánh", "Nguyễn Ân", "Hồ Dũng", "Bùi Đạt"]
    assert sorted(reversed(row), key=name_key) == row


def test_order_ignores_composition_case_and_spaces():
    assert sort_key(unicodedata.normalize("NFD", "Nguyễn")) == sort_key("  NGUYỄN ")


@pytest.mark.django_db
def test_database_sorts_the_keys_alike():
    row = [name for names in ROWS for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT name FROM unnest(%s::text[], %s::text[]) AS t(name, key) ORDER BY key COLLATE "C", name COLLATE "C"',
            [row, [*map(sort_key, row)]],
        )
        found = [name for (name,) in cursor.fetchall()]
    assert found == sorted(row, key=lambda name: (sort_key(name), name))


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_key_of_any_text_is_made(text):
    assert sort_key(text) == sort_key(vietnamese.clean(text))


NASTY = [
    "Nguyễn Thị Đào",
    "ĐẶNG ĐÌNH ĐỨC",
    "Hứa Ưng Ửng",
    "Y Hờ Ê-ban",
    "K’Brơih Bố’",
    "H’Mông Rơ Châm",
    "Ơ Đu; Ê Đê",
    unicodedata.normalize("NFD", "Nguyễn Đình Chiểu"),
    "Tổ dân phố 10A/2",
    "Ðào Ðức (gõ nhầm Ð)",
    "“Bắc Quý” – ngõ 5…",
    "Trương   Vĩnh\tKý".replace("\t", " "),
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NASTY)
def test_search_folds_alike_in_python_and_in_the_database(name):
    kept = vietnamese.clean(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold(%s)", [kept])
        (folded,) = cursor.fetchone()
    assert folded == fold(name)


def test_fold():
    assert fold("  Nguyễn  Thị ĐÀO ") == "nguyen thi dao"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1234567, None, "1.234.567"),
        (1500000, None, "1.500.000"),
        (0, None, "0"),
        (-1234, None, "-1.234"),
        (Decimal("1.155"), 2, "1,16"),
        (Decimal("0.005"), 2, "0,01"),
        (Decimal("3.0186"), 2, "3,02"),
        (1.5, None, "1,5"),
        (None, 2, ""),
        (Decimal(2), 2, "2,00"),
        (10**15, None, "1.000.000.000.000.000"),
    ],
)
def test_numbers(value, places, text):
    assert number(value, places) == text


def test_rates_round_half_up_and_are_blank_without_a_whole():
    assert vietnamese.rate(75, 3909) == Decimal("1.92")
    assert vietnamese.rate(118, 3909) == Decimal("3.02")
    assert vietnamese.rate(1, 0) is None
    assert vietnamese.rate(1, None) is None


def test_day():
    assert vietnamese.day(date(2026, 12, 5)) == "05/12/2026"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nguyễn Thị Thu Hà", ("Nguyễn", "Thị Thu", "Hà")),
        ("Lê An", ("Lê", "", "An")),
        ("Đào", ("", "", "Đào")),
        ("", ("", "", "")),
    ],
)
def test_split_name(name, parts):
    assert vietnamese.split_name(name) == parts


def test_a_moment_is_of_the_day_it_was_here():
    assert ngay(datetime(2026, 11, 26, 23, 40, tzinfo=UTC)) == "27/11/2026"
    assert ngay(date(2026, 11, 26)) == "26/11/2026"
    assert ngay(None) == ""
