"""Classification: the worked cases, every bound, and the laws that hold for any sheet."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import AreaType, Assessment, CannotClassify, Classification, classify, load

OLD, NEW = load("2022-2026"), load("2027-2030")
URBAN, RURAL = AreaType.URBAN, AreaType.RURAL
POOR, NEAR_POOR, AVERAGE, NOT_POOR = Classification
CUTOFF = {URBAN: 175, RURAL: 140}


def lacking(count, standard=OLD):
    return frozenset(standard.codes[:count])


def scored(area, score, count, **more):
    return Assessment(OLD, area, income_score=score, lacking=lacking(count), **more)


def earning(area, income, count, **more):
    return Assessment(NEW, area, per_capita_income=income, lacking=lacking(count, NEW), **more)


@pytest.mark.parametrize(
    ("area", "score", "count", "expected", "label"),
    [
        (URBAN, 175, 3, POOR, "175/30"),
        (URBAN, 175, 2, NEAR_POOR, "175/20"),
        (URBAN, 176, 12, NOT_POOR, "176/120"),
        (RURAL, 140, 3, POOR, "140/30"),
        (RURAL, 141, 3, NOT_POOR, "141/30"),
        (RURAL, 0, 0, NEAR_POOR, "0/0"),
    ],
)
def test_worked_cases_of_2022(area, score, count, expected, label):
    result = classify(scored(area, score, count))
    assert (result.classification, result.label) == (expected, label)
    assert result.deprivation_score == count * 10
    assert result.standard_id == "2022-2026"
    assert not result.is_draft


@pytest.mark.parametrize("count", range(13))
@pytest.mark.parametrize("step", [-1, 0, 1])
@pytest.mark.parametrize("area", [URBAN, RURAL])
def test_every_bound_of_2022(area, step, count):
    expected = NOT_POOR if step > 0 else POOR if count >= 3 else NEAR_POOR
    assert classify(scored(area, CUTOFF[area] + step, count)).classification is expected


@pytest.mark.parametrize("count", range(13))
@pytest.mark.parametrize("step", [-1, 0, 1])
@pytest.mark.parametrize(("area", "line"), [(URBAN, 2_800_000), (RURAL, 2_200_000)])
def test_every_bound_of_2027(area, line, step, count):
    expected = NOT_POOR if step > 0 else POOR if count >= 3 else NEAR_POOR
    result = classify(earning(area, line + step, count))
    assert result.classification is expected
    assert result.is_draft
    assert result.deprivation_score is None
    assert "tham khảo" in result.steps[-1]


def test_label_of_2027():
    assert classify(earning(URBAN, 2_800_000, 3)).label == "2.800.000 đồng/3 chỉ số"


@pytest.mark.parametrize(
    ("area", "income", "expected"),
    [
        (URBAN, 1_999_999, NOT_POOR),
        (URBAN, 2_000_000, NOT_POOR),
        (URBAN, 2_000_001, AVERAGE),
        (URBAN, 2_999_999, AVERAGE),
        (URBAN, 3_000_000, AVERAGE),
        (URBAN, 3_000_001, NOT_POOR),
        (RURAL, 1_500_000, NOT_POOR),
        (RURAL, 1_500_001, AVERAGE),
        (RURAL, 2_250_000, AVERAGE),
        (RURAL, 2_250_001, NOT_POOR),
        (RURAL, None, NOT_POOR),
    ],
)
def test_average_band(area, income, expected):
    case = scored(area, CUTOFF[area] + 1, 0, per_capita_income=income, asks_average=True, in_agriculture=True)
    assert classify(case).classification is expected
    for less in ({"asks_average": False}, {"in_agriculture": False}):
        assert classify(replace(case, **less)).classification is NOT_POOR


@pytest.mark.parametrize(("count", "expected"), [(3, POOR), (2, NEAR_POOR)])
def test_average_never_replaces_poor(count, expected):
    case = scored(URBAN, 175, count, per_capita_income=2_500_000, asks_average=True, in_agriculture=True)
    assert classify(case).classification is expected


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (earning(URBAN, 2_900_000, 0, asks_average=True, in_agriculture=True), "chưa có mức thu nhập để xét"),
        (scored(URBAN, 175, 0, asks_average=True, in_agriculture=True), "không xét vì hộ thuộc diện"),
        (scored(URBAN, 176, 0, asks_average=True), "không làm nông"),
        (scored(URBAN, 176, 0, asks_average=True, in_agriculture=True), "chưa có thu nhập bình quân"),
        (
            scored(URBAN, 176, 0, asks_average=True, in_agriculture=True, per_capita_income=3_000_000),
            "nằm trong khoảng trên 2.000.000 đồng đến 3.000.000 đồng",
        ),
        (
            scored(URBAN, 176, 0, asks_average=True, in_agriculture=True, per_capita_income=3_000_001),
            "nằm ngoài",
        ),
    ],
)
def test_says_why_average_or_not(case, words):
    assert words in " ".join(classify(case).steps)


def test_explains_each_rule_with_its_source():
    text = " ".join(classify(scored(URBAN, 175, 3)).steps)
    for words in (
        "Nghị định 07/2021/NĐ-CP", "Thông tư 07/2021/TT-BLĐTBXH", "khu vực thành thị", "B1 175 ≤ 175",
        "Thiếu hụt 3/12 chỉ số (1. Việc làm, 2. Người phụ thuộc, 3. Dinh dưỡng), B2 = 3 × 10 = 30 điểm",
        "Kết luận: Hộ nghèo, vì B1 175 ≤ 175 và B2 30 ≥ 30.",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    ("case", "texts"),
    [
        (
            scored(URBAN, 175, 2),
            ["Nếu thêm 1 chỉ số thiếu hụt thì là hộ nghèo.", "Nếu điểm B1 từ 176 trở lên thì không nghèo."],
        ),
        (
            scored(RURAL, 100, 5),
            [
                "Nếu bớt 3 chỉ số thiếu hụt (còn 2) thì là hộ cận nghèo.",
                "Nếu điểm B1 từ 141 trở lên thì không nghèo.",
            ],
        ),
        (scored(RURAL, 150, 3), ["Nếu điểm B1 từ 140 trở xuống thì là hộ nghèo."]),
        (scored(RURAL, 150, 2), ["Nếu điểm B1 từ 140 trở xuống thì là hộ cận nghèo."]),
        (
            scored(RURAL, 150, 2, per_capita_income=2_000_000, asks_average=True, in_agriculture=True),
            [
                "Nếu điểm B1 từ 140 trở xuống thì là hộ cận nghèo.",
                "Nếu thu nhập trên 2.250.000 đồng/người/tháng thì không nghèo.",
            ],
        ),
        (
            scored(RURAL, 150, 2, per_capita_income=2_500_000, asks_average=True, in_agriculture=True),
            [
                "Nếu điểm B1 từ 140 trở xuống thì là hộ cận nghèo.",
                "Nếu thu nhập trên 1.500.000 đồng đến 2.250.000 đồng/người/tháng thì là hộ có mức sống trung bình.",
            ],
        ),
        (
            earning(URBAN, 2_800_000, 0),
            [
                "Nếu thêm 3 chỉ số thiếu hụt thì là hộ nghèo.",
                "Nếu thu nhập trên 2.800.000 đồng/người/tháng thì không nghèo.",
            ],
        ),
        (
            earning(RURAL, 5_000_000, 9),
            ["Nếu thu nhập từ 2.200.000 đồng/người/tháng trở xuống thì là hộ nghèo."],
        ),
    ],
)
def test_what_would_change_it(case, texts):
    assert [each.text for each in classify(case).changes] == texts


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"income_score": None}, "cần nhập điểm B1"),
        ({"income_score": None, "per_capita_income": 1_000_000}, "cần nhập điểm B1"),
        ({"income_score": -1}, "Điểm B1 phải từ 0 đến 1.000"),
        ({"income_score": 1_001}, "Điểm B1 phải từ 0 đến 1.000"),
        ({"income_score": True}, "Điểm B1 phải là số nguyên"),
        ({"income_score": 175.0}, "Điểm B1 phải là số nguyên"),
        ({"income_score": "175"}, "Điểm B1 phải là số nguyên"),
        ({"per_capita_income": -1}, "Thu nhập bình quân đầu người phải từ 0"),
        ({"per_capita_income": 10**12}, "Thu nhập bình quân đầu người phải từ 0"),
        ({"lacking": frozenset({"waste"})}, "không có chỉ số: waste"),
        ({"lacking": "water"}, "tập hợp"),
        ({"lacking": ["water"]}, "tập hợp"),
        ({"area_type": "island"}, "Khu vực “island”"),
        ({"standard": NEW, "lacking": frozenset()}, "cần nhập thu nhập bình quân"),
    ],
)
def test_cannot_classify(changed, words):
    with pytest.raises(CannotClassify, match=words):
        classify(replace(scored(URBAN, 175, 3), **changed))


def test_takes_the_area_as_stored_text():
    assert classify(replace(scored(URBAN, 175, 3), area_type="rural")).area_type is RURAL


@st.composite
def assessments(draw):
    standard = draw(st.sampled_from([OLD, NEW]))
    area = draw(st.sampled_from(AreaType))
    near = standard.line(area).poor_line
    incomes = st.integers(0, 10**9) | st.integers(near - 3, near + 2_000_000)
    old = standard is OLD
    return Assessment(
        standard,
        area,
        income_score=draw(
            st.integers(0, 1000) | st.integers(135, 180) | (st.nothing() if old else st.none())
        ),
        per_capita_income=draw(incomes | (st.none() if old else st.nothing())),
        lacking=draw(st.frozensets(st.sampled_from(standard.codes))),
        asks_average=draw(st.booleans()),
        in_agriculture=draw(st.booleans()),
    )


@given(assessments())
def test_total_and_explained(case):
    result = classify(case)
    assert f"Kết luận: {result.classification.label}" in " ".join(result.steps)
    assert result.lacking == tuple(code for code in case.standard.codes if code in case.lacking)
    assert result.changes
    assert all(each.becomes is not result.classification for each in result.changes)
    assert all(step.strip().endswith(".") for step in result.steps)


@given(assessments(), st.data())
def test_more_lacking_never_makes_richer(case, data):
    more = case.lacking | data.draw(st.frozensets(st.sampled_from(case.standard.codes)))
    before, after = classify(case), classify(replace(case, lacking=more))
    assert after.classification.rank <= before.classification.rank


@given(assessments(), st.integers(0, 1000))
def test_higher_score_never_makes_poorer(case, other):
    if case.income_score is None:
        case = replace(case, income_score=0)
    low, high = sorted((case.income_score, other))
    poorer, richer = (classify(replace(case, income_score=score)) for score in (low, high))
    assert poorer.classification.rank <= richer.classification.rank


@given(assessments(), st.randoms())
def test_order_of_codes_never_matters(case, random):
    codes = list(case.lacking)
    random.shuffle(codes)
    assert classify(replace(case, lacking=frozenset(codes))) == classify(case)
