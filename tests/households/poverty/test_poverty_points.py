"""Points tables: worked cases of a synthetic table, laws over random ones, and what is refused."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import AreaType, Malformed
from households.poverty.points import (
    LARGEST_COUNT,
    Item,
    ItemKind,
    PointsOption,
    PointsTable,
    Proposal,
    propose,
    read_items,
    score,
    to_content,
)
from tests.households.tables import ANSWERS, CHECK, ITEMS, TABLE

URBAN, RURAL = AreaType.URBAN, AreaType.RURAL


@pytest.mark.parametrize(
    ("area", "changes", "total"),
    [
        (URBAN, {}, 160),
        (RURAL, {}, 170),
        (URBAN, {"size": "many"}, 130),
        (URBAN, {"things": []}, 110),
        (URBAN, {"things": ["debt"]}, 95),
        (URBAN, {"things": ("lamp", "carpet", "debt")}, 145),  # 35, under the cap
        (RURAL, {"things": ["lamp", "carpet", "debt"]}, 170),  # 50, at the cap
        (URBAN, {"dragons": 0}, 90),
        (URBAN, {"dragons": 900}, 190),  # the cap of the item
    ],
)
def test_worked_cases(area, changes, total):
    found = score(TABLE, area, {**ANSWERS, **changes})
    assert (found.total, found.problems) == (total, {})
    assert found.total == found.so_far


def test_each_line_says_item_answer_and_points():
    lines = score(TABLE, URBAN, ANSWERS).lines
    assert [(each.item.number, each.answer, each.points) for each in lines] == [
        ("1", "Ít người", 40),
        ("2", "Đèn thần, Thảm bay", 50),
        ("3", "2 con", 70),
    ]
    assert score(TABLE, URBAN, {**ANSWERS, "things": []}).lines[1].answer == "không có mục nào"


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"size": None}, "size", "Chưa trả lời."),
        ({"size": "x"}, "size", "Bảng điểm không có lựa chọn “x”; chọn lại."),
        ({"size": ["few"]}, "size", "Mục này chọn một câu trả lời."),
        ({"things": "lamp"}, "things", "Mục này chọn nhiều câu trả lời."),
        ({"things": ["lamp", "x"]}, "things", "Bảng điểm không có lựa chọn “x”; chọn lại."),
        ({"things": [1]}, "things", "Mục này chọn nhiều câu trả lời."),
        ({"dragons": "2"}, "dragons", "Số lượng phải là số nguyên."),
        ({"dragons": True}, "dragons", "Số lượng phải là số nguyên."),
        ({"dragons": 1.5}, "dragons", "Số lượng phải là số nguyên."),
        ({"dragons": -1}, "dragons", "Số lượng phải từ 0 đến 999."),
        ({"dragons": 1000}, "dragons", "Số lượng phải từ 0 đến 999."),
        ({"unicorns": 1}, "unicorns", "Bảng điểm GIẢ dùng để kiểm thử không có mục “unicorns”."),
    ],
)
def test_silence_and_nonsense_are_problems_never_nothing(changes, code, sentence):
    found = score(TABLE, URBAN, {**ANSWERS, **changes})
    assert found.total is None
    assert found.problems == {code: sentence}


def test_nothing_answered_is_no_score():
    found = score(TABLE, URBAN, {})
    assert (found.total, found.so_far, found.answered, len(found.problems)) == (None, 0, 0, 3)


# Laws -------------------------------------------------------------------------------------------

points = st.integers(-1000, 1000)


@st.composite
def tables(draw):
    items = []
    for place in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(ItemKind))
        size = 1 if kind is ItemKind.COUNT else draw(st.integers(2, 4))
        options = tuple(
            PointsOption(f"o{each}", f"Lựa chọn {each}", draw(points), draw(points)) for each in range(size)
        )
        most = max(max(each.urban, each.rural) for each in options)
        cap = draw(st.none() | st.integers(most, most + 500))
        items.append(Item(str(place), f"i{place}", "", "Câu hỏi", kind, cap, options))
    return PointsTable("any", "Bảng bất kỳ", "giả", tuple(items))


def answers_of(draw, table):
    kinds = {
        ItemKind.SINGLE: lambda item: st.sampled_from([each.code for each in item.options]),
        ItemKind.MULTI: lambda item: st.lists(st.sampled_from([each.code for each in item.options])),
        ItemKind.COUNT: lambda item: st.integers(0, LARGEST_COUNT),
    }
    return {item.code: draw(kinds[item.kind](item)) for item in table.items}


@given(st.data(), tables(), st.sampled_from(AreaType))
def test_the_total_is_the_sum_of_its_lines_in_whatever_order(data, table, area):
    given_ = answers_of(data.draw, table)
    found = score(table, area, given_)
    assert found.total == sum(each.points for each in found.lines)
    shuffled = dict(data.draw(st.permutations(list(given_.items()))))
    for code, value in shuffled.items():
        if isinstance(value, list):
            shuffled[code] = data.draw(st.permutations(value))
    assert score(table, area, shuffled) == found


@given(st.data(), tables(), st.sampled_from(AreaType))
def test_a_cap_holds(data, table, area):
    for line in score(table, area, answers_of(data.draw, table)).lines:
        assert line.item.cap is None or line.points <= line.item.cap


@given(st.integers(0, 1000), st.none() | st.integers(1000, 3000), st.integers(0, 998))
def test_more_units_never_give_fewer_points(each, cap, count):
    item = Item("1", "n", "", "Số con", ItemKind.COUNT, cap, (PointsOption("u", "con", each, each),))
    table = PointsTable("any", "Bảng", "giả", (item,))
    fewer, more = score(table, URBAN, {"n": count}), score(table, URBAN, {"n": count + 1})
    assert fewer.total <= more.total


@given(st.data(), tables())
def test_leaving_one_out_is_a_problem_and_no_total(data, table):
    given_ = answers_of(data.draw, table)
    gone = data.draw(st.sampled_from(sorted(given_)))
    found = score(table, URBAN, {code: value for code, value in given_.items() if code != gone})
    assert found.total is None
    assert set(found.problems) == {gone}


@given(tables())
def test_a_table_survives_its_json(table):
    assert read_items(to_content(table.items)) == table.items


# The quick check --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "go_on", "reason"),
    [
        ({"palace": "yes", "spells": ["flood"]}, False, "1. Hộ có lâu đài không (giả): Có lâu đài."),
        ({"palace": "yes"}, False, "1. Hộ có lâu đài không (giả): Có lâu đài."),
        ({"palace": "no", "spells": ["flood"]}, True, "2. Hộ gặp những gì (giả): Lũ phép."),
        ({"palace": "no", "spells": []}, None, "Không câu trả lời nào cho biết đi tiếp hay dừng."),
        ({"palace": "no"}, None, "2. Hộ gặp những gì (giả): Chưa trả lời."),
        ({"palace": "x", "spells": []}, None, "1. Hộ có lâu đài không (giả): Bảng điểm không có lựa chọn “x”; chọn lại."),
    ],
)  # fmt: skip
def test_the_quick_check_proposes(answers, go_on, reason):
    assert propose(CHECK, answers) == Proposal(go_on, (reason,))


def test_without_answers_that_go_on_whoever_is_not_stopped_goes_on():
    table = PointsTable("x", "x", "x", CHECK.items[:1])
    assert propose(table, {"palace": "no"}).go_on is True


# Reading ----------------------------------------------------------------------------------------


def broken(change):
    content = copy.deepcopy(to_content(ITEMS))
    change(content["items"])
    return content


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda items: items.clear(), "Bảng không có mục nào"),
        (lambda items: items[0].update(kind="x"), "phải là một trong"),
        (lambda items: items[0].update(extra=1), "Khóa lạ"),
        (lambda items: items[0].pop("text"), "Thiếu"),
        (lambda items: items[0]["options"].pop(), "ít nhất hai lựa chọn"),
        (lambda items: items[1]["options"].clear(), "chưa có lựa chọn"),
        (lambda items: items[2]["options"].append(items[0]["options"][0]), "đúng một dòng"),
        (lambda items: items[2]["options"][0].update(effect="stop"), "không ghi được tác dụng"),
        (lambda items: items[2].update(cap=3), "hơn điểm tối đa 3"),
        (lambda items: items[0]["options"][0].update(urban=1001), "từ -1000 đến 1000"),
        (lambda items: items[0]["options"][0].update(urban="1"), "số nguyên"),
        (lambda items: items[1].update(code="size"), "Trùng mã mục: size"),
        (lambda items: items[0]["options"][1].update(code="few"), "Trùng mã lựa chọn của mục “size”: few"),
    ],
)
def test_what_is_no_table_is_refused(change, sentence):
    with pytest.raises(Malformed, match=sentence):
        read_items(broken(change))


def test_content_that_is_no_table_at_all_is_refused():
    for content in (None, [], {}, {"items": None}, {"items": [1]}, "x"):
        with pytest.raises(Malformed):
            read_items(content)
