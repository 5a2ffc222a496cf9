"""The officer's answers over the derived values: options, overrides, problems."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import Answer, AreaType, Facts, Incomplete, Person, find, lacking_codes, load

STANDARD = load("2022-2026")
HEAD = Person(
    "1", "Nguyễn Văn A", "male", 1970, is_head=True, work="wage_contract", has_insurance=False,
    schooling="none", education="primary",
)  # fmt: skip
FACTS = Facts(AreaType.URBAN, date(2026, 10, 15), (HEAD,), Decimal(30))
ANSWERS = {
    "housing_quality": Answer(value=("wall", "roof")),
    "water": Answer(value="piped"),
    "toilet": Answer(value="none"),
    "telecom": Answer(value="yes"),
    "info_means": Answer(value=("smartphone",)),
}


def finding(code, answer, facts=FACTS, standard=STANDARD):
    found = find(standard, facts, {code: answer})
    return next(each for each in found if each.indicator.code == code)


def test_findings_are_in_order_and_complete():
    found = find(STANDARD, FACTS, ANSWERS)
    assert tuple(each.indicator.code for each in found) == STANDARD.codes
    assert lacking_codes(found) == {"insurance", "toilet"}


@pytest.mark.parametrize(
    ("code", "value", "lacking", "reason"),
    [
        ("housing_quality", (), True, "Chọn: không có phương án nào."),
        ("housing_quality", ("wall",), True, "Chọn: Tường."),
        ("housing_quality", ("wall", "wall"), True, "Chọn: Tường."),
        ("housing_quality", ("roof", "wall"), False, "Chọn: Tường, Mái."),
        ("housing_quality", ("wall", "pillar", "roof"), False, "Chọn: Tường, Cột, Mái."),
        ("water", "rain", False, "Chọn: Nước mưa."),
        ("water", "other", True, "Chọn: Nguồn khác (không bảo đảm)."),
        ("toilet", "septic", False, "Chọn: Tự hoại, bán tự hoại."),
        ("toilet", "other", True, "Chọn: Loại khác (không hợp vệ sinh)."),
        ("telecom", "no", True, "Chọn: Không."),
        ("info_means", (), True, "Chọn: không có phương án nào."),
        ("info_means", ("radio",), False, "Chọn: Radio."),
        ("water", None, None, "Chưa trả lời."),
    ],
)
def test_options(code, value, lacking, reason):
    found = finding(code, Answer(value=value))
    assert (found.derived, found.lacking, found.reason, found.problem) == (lacking, lacking, reason, "")


def test_options_of_the_draft_standard():
    found = finding("waste", Answer(value="lacking"), standard=load("2027-2030"))
    assert found.lacking is True


@pytest.mark.parametrize(
    ("code", "value", "problem"),
    [
        ("water", "lava", "Không có phương án: lava."),
        ("water", ("piped",), "đúng một phương án"),
        ("info_means", "radio", "một danh sách phương án"),
        ("info_means", ("radio", "pigeon"), "Không có phương án: pigeon."),
        ("insurance", "yes", "không có phương án để chọn"),
    ],
)
def test_problems_of_a_value(code, value, problem):
    assert problem in finding(code, Answer(value=value)).problem


def test_override_keeps_both_values():
    found = finding("insurance", Answer(lacking=False, override_reason=" Vừa được cấp thẻ "))
    assert (found.derived, found.lacking, found.overridden) == (True, False, True)
    assert (found.override_reason, found.problem) == ("Vừa được cấp thẻ", "")
    assert "Nguyễn Văn A" in found.reason


@pytest.mark.parametrize("code", ["insurance", "water"])
def test_override_needs_a_reason(code):
    lacking, value = (False, None) if code == "insurance" else (True, "piped")
    found = finding(code, Answer(lacking=lacking, value=value, override_reason="  "))
    assert found.overridden
    assert found.lacking is lacking
    assert "cần ghi lý do" in found.problem


def test_agreeing_is_no_override():
    found = finding("insurance", Answer(lacking=True, override_reason="thừa"))
    assert (found.overridden, found.override_reason, found.problem) == (False, "", "")


def test_officer_answers_what_cannot_be_derived():
    facts = Facts(AreaType.URBAN, FACTS.surveyed_on, (HEAD,), None)
    found = finding("housing_area", Answer(lacking=True), facts)
    assert found.problem.startswith("Xác nhận lại: cán bộ ghi thiếu hụt nhưng máy chưa đủ thông tin")
    found = finding("housing_area", Answer(lacking=True, override_reason="Đã đo nhà"), facts)
    assert (found.derived, found.lacking, found.overridden, found.problem) == (None, True, True, "")
    assert found.reason == "Chưa ghi diện tích nhà ở. Cán bộ ghi thiếu hụt."


@pytest.mark.parametrize(
    ("against", "asks_again"),
    [
        (None, False),  # not known what it was given against
        ((None, "Chưa ghi diện tích nhà ở."), False),
        ((True, "Diện tích bình quân 5 m²/người, dưới 8 m²."), True),
        ((None, "Hộ chưa có thành viên nào được ghi."), True),
    ],
)
def test_a_reason_holds_against_what_it_was_given_for(against, asks_again):
    facts = Facts(AreaType.URBAN, FACTS.surveyed_on, (HEAD,), None)
    found = finding(
        "housing_area", Answer(lacking=False, override_reason="Đã đo nhà", against=against), facts
    )
    assert found.asks_again is asks_again
    assert found.problem.startswith("Xác nhận lại: lý do “Đã đo nhà”") is asks_again


def test_incomplete_names_every_gap():
    with pytest.raises(Incomplete, match=r"Nguồn nước sinh hoạt \(Chưa trả lời\).*Nhà tiêu"):
        lacking_codes(find(STANDARD, FACTS, {}))
    with pytest.raises(Incomplete, match="cần ghi lý do"):
        lacking_codes(find(STANDARD, FACTS, ANSWERS | {"insurance": Answer(lacking=False)}))


def test_unknown_indicator():
    with pytest.raises(ValueError, match="không có chỉ số: waste"):
        find(STANDARD, FACTS, {"waste": Answer()})


VALUES = (
    st.none()
    | st.sampled_from(["piped", "yes", "none"])
    | st.lists(st.sampled_from(["wall", "radio"])).map(tuple)
)
ANY = st.builds(
    Answer, lacking=st.none() | st.booleans(), value=VALUES, override_reason=st.sampled_from(["", "Lý do"])
)


@given(st.dictionaries(st.sampled_from(STANDARD.codes), ANY), st.randoms())
def test_laws_of_findings(answers, random):
    found = find(STANDARD, FACTS, answers)
    items = list(answers.items())
    random.shuffle(items)
    assert find(STANDARD, FACTS, dict(items)) == found
    for each in found:
        assert each.reason.strip()
        said = answers.get(each.indicator.code, Answer()).lacking
        assert each.lacking is (each.derived if said is None else said)
        assert each.overridden is (each.lacking is not each.derived)
