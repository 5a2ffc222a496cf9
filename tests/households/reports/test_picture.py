"""The picture: equal to the official forms, its falls exact, its sentences true, nothing small shown to a viewer."""

import random
from datetime import date
from decimal import Decimal

import pytest

from households.models import Status, Target
from households.poverty import standard_on
from households.reports import build
from households.reports.picture import draw
from households.reports.picture.series import FIRST, Share, history
from tests.factories import make_group, make_ward
from tests.households.reports.factories import make_decision, make_household, make_total
from thanhsen.tables import SMALL, WITHHELD

pytestmark = pytest.mark.django_db
LATER = date(2026, 11, 25)
CODES = standard_on(date(2025, 12, 31)).codes


def section(picture, key):
    return next(each for each in (picture.rates, *picture.sections) if each.key == key)


def cells(section):
    return {row.name: [entry.text for entry in row.entries] for row in section.rows}


def plain(sentence):
    return sentence.replace("\u00a0", " ")


def see(area, year=2025, *, restricted=False, today=LATER):
    return draw(area, year, today=today, restricted=restricted)


@pytest.mark.parametrize(
    ("part", "whole", "earlier", "earlier_whole", "fall"),
    [
        (75, 3909, 97, 3909, "0.56"),  # xã Hương Đô 2025
        (1, 3, 1, 3, "0.00"),
        (10, 1000, 5, 1000, "-0.50"),
        (0, 200, 1, 20_000, "0.01"),  # 0.005 goes up, away from zero
        (1, 20_000, 0, 200, "-0.01"),
        (199, 20_000, 100, 10_000, "0.01"),
    ],
)
def test_a_fall_comes_from_unrounded_rates(part, whole, earlier, earlier_whole, fall):
    assert Share(part, whole).fall_from(Share(earlier, earlier_whole)) == Decimal(fall)


def test_each_year_has_its_own_denominator_and_a_missing_one_is_blank():
    assert Share(1, None).fall_from(Share(1, 10)) is None
    assert Share(1, 10).fall_from(Share(1, None)) is None
    assert Share(1, 0).rate is None


def test_the_numbers_are_those_of_the_forms(ward):
    picture = see(ward.area)
    total = build(1, 2025, ward.area).lines[-1]
    now = cells(picture.rates)["2025"]
    assert now[0] == "670"
    assert [int(now[1]), int(now[5])] == [total.value(4), total.value(6)]
    by_key = {cell.key: cell.value for cell in build(4, 2025, ward.area).lines[-1].cells if cell}
    for name, code in zip(cells(section(picture, "indicator")), CODES, strict=True):
        assert cells(section(picture, "indicator"))[name][0] == str(by_key[code])
    forms = {line.name: line for line in build(1, 2025, ward.area).lines if line.style == "unit"}
    for name, line in forms.items():
        found = cells(section(picture, "places"))[name]
        assert (found[1], found[4]) == (str(line.value(4)), str(line.value(6)))


def test_who_falls_back_and_who_is_new(ward):
    facts = {each.label: each.number for each in see(ward.area).facts}
    assert facts["Hộ tái nghèo trong năm"] == "1 hộ"
    assert facts["Hộ nghèo phát sinh mới"] == "1 hộ"
    assert facts["Hộ nghèo từ 3 năm liền"] == "0 hộ"
    assert {each.label: each.number for each in see(ward.area, 2024).facts}[
        "Hộ nghèo từ 3 năm liền"
    ] == "0 hộ"
    assert {each.label: each.number for each in see(ward.area, 2023).facts}["Hộ nghèo từ 3 năm liền"] == ""


def many(place, number, *spells, lacking=(), **profile):
    """`number` households of one person; spells: (class, year it starts to hold at the end of, year it ends)."""
    decisions = {}
    for _ in range(number):
        household = make_household(place)
        for kind, start, end in spells:
            day = date(start, 12, 10)
            if day not in decisions:
                decisions[day] = make_decision(place.parent, day)
            Status.objects.create(
                household=household, decision=decisions[day], classification=kind, standard_id="2022-2026", area=place,
                size=1, lacking=list(lacking), valid_from=day, valid_to=date(end, 12, 10) if end else None,
                end_reason="new_decision" if end else "", **profile,
            )  # fmt: skip


@pytest.fixture
def place(db):
    return make_group(make_ward(), name="Tổ dân phố Bắc Quý")


def test_the_sentences_say_faster_slower_and_whether_the_target_is_met(place):
    many(place, 10, ("poor", 2022, 2023))
    many(place, 5, ("poor", 2022, 2024))
    many(place, 5, ("poor", 2022, 2025))
    many(place, 20, ("poor", 2022, None))
    for year in range(2022, 2026):
        make_total(place, year, 1000, 3000)
    for year, rate in ((2023, "3.00"), (2025, "1.90")):
        Target.objects.create(ward=place.parent, year=year, poor_rate=Decimal(rate), source="NQ 1")
    said = tuple(plain(each) for each in see(place.parent).rates.lead)
    assert said == (
        "Năm 2023: tỷ lệ hộ nghèo giảm 1,00 điểm phần trăm, từ 4,00 % xuống 3,00 %. Đạt chỉ tiêu không quá 3,00 %.",
        "Năm 2024: tỷ lệ hộ nghèo giảm 0,50 điểm phần trăm, từ 3,00 % xuống 2,50 %, chậm hơn mức giảm 1,00 điểm của năm 2023.",
        "Năm 2025: tỷ lệ hộ nghèo giảm 0,50 điểm phần trăm, từ 2,50 % xuống 2,00 %, bằng mức giảm 0,50 điểm của năm 2024. "
        "Chưa đạt chỉ tiêu không quá 1,90 %, còn cao hơn 0,10 điểm.",
    )
    facts = {each.label: each.number for each in see(place.parent).facts}
    assert facts["Hộ nghèo từ 3 năm liền"] == "20 hộ"
    assert facts["Hộ tái nghèo trong năm"] == "0 hộ"


def test_a_year_not_over_is_called_so_and_is_not_judged(place):
    many(place, 8, ("poor", 2024, None))
    for year in (2025, 2026):
        make_total(place, year, 100, 300)
    Target.objects.create(ward=place.parent, year=2026, poor_rate=Decimal("9.00"), source="NQ 1")
    rates = see(place.parent, 2026).rates
    assert "đến nay giữ nguyên 8,00 %" in plain(rates.lead[-1])
    assert "Hiện ở trong mức chỉ tiêu không quá 9,00 %; năm chưa hết." in plain(rates.lead[-1])
    assert any("Năm 2026 chưa hết" in each for each in rates.notes)


def test_a_new_standard_is_a_new_baseline(place):
    many(place, 8, ("poor", 2024, None))
    for year in (2026, 2027):
        make_total(place, year, 100, 300)
    picture = see(place.parent, 2027, today=date(2028, 1, 1))
    assert "là mốc mới nên không so với năm trước" in picture.rates.lead[-1]
    assert not picture.compares
    assert cells(picture.rates)["2027"][3] == ""
    assert all(texts[2] == "" for texts in cells(section(picture, "indicator")).values())


def test_missing_totals_leave_the_rates_blank_and_are_said(place):
    many(place, 8, ("poor", 2024, None))
    other = make_group(place.parent, name="Tổ dân phố Trung Lân")
    make_total(place, 2025, 100, 300)
    rates = see(place.parent).rates
    assert cells(rates)["2025"][:4] == ["", "8", "", ""]
    assert any(f"chưa nhập tổng số hộ của 1 tổ dân phố ({other.name})" in each for each in rates.notes)
    assert "thiếu tổng số hộ của năm 2025" in plain(rates.lead[-1])


def test_years_without_anything_are_blank_not_zero(place):
    many(place, 8, ("poor", 2025, None))
    picture = see(place.parent)
    assert cells(picture.rates)["2022"] == [""] * 9
    assert picture.rates.lead[0] == "Năm 2023: chưa có quyết định nào nên chưa có số."
    assert not picture.compares
    empty = see(make_ward())
    assert (empty.now, empty.sections) == (None, ())
    assert see(place.parent, FIRST).now is None


def test_shares_of_groups_livelihoods_shocks_and_causes(place):
    many(
        place, 6, ("poor", 2025, None), ethnicity="04", head_sex="female", livelihood="fishery", children=2,
        shocks=["disaster"], causes=["capital", "illness"], main_cause="capital",
    )  # fmt: skip
    many(place, 2, ("poor", 2025, None), ethnicity="99", no_labour=True)
    picture = see(place.parent)
    groups = cells(section(picture, "group"))
    assert {name: texts[:2] for name, texts in groups.items()} == {
        "Dân tộc thiểu số": ["6", "75,00"], "Chủ hộ là nữ": ["6", "75,00"], "Có trẻ em dưới 16 tuổi": ["6", "75,00"],
        "Không có khả năng lao động": ["2", "25,00"], "Có người có công với cách mạng": ["0", "0,00"],
        "Hộ bảo trợ xã hội": ["0", "0,00"],
    }  # fmt: skip
    assert cells(section(picture, "livelihood"))["Ngư nghiệp"][:2] == ["6", "75,00"]
    assert cells(section(picture, "livelihood"))["Chưa ghi sinh kế"][0] == "2"
    assert cells(section(picture, "shock"))["Thiên tai"][0] == "6"
    assert cells(section(picture, "cause"))["Không có vốn sản xuất, kinh doanh"][0] == "6"


# What a reader of aggregates sees ------------------------------------------------------------------


def numbers(text):
    return [int(text)] if text.lstrip("−+").isdigit() and text[0] not in "−+" else []


def every_hidden_number_could_be_another(hidden):
    """Tried out: more than one way to fill in each, whose sum is what the whole leaves."""
    rest = sum(value for value, _ in hidden)
    ways = {()}
    for _, text in hidden:
        could = range(1, 5) if text == SMALL else (0, *range(5, rest + 1))
        ways = {(*way, value) for way in ways for value in could if sum(way) + value <= rest}
    ways = [way for way in ways if sum(way) == rest]
    return all(len({way[at] for way in ways}) > 1 for at in range(len(hidden)))


def random_ward(seed):
    rng = random.Random(seed)
    ward = make_ward()
    places = [
        make_group(ward, name=f"Tổ dân phố {n}", area_type=rng.choice(["urban", "urban", "rural"]))
        for n in range(1, rng.randint(2, 5))
    ]
    for place in places:
        for year in (2024, 2025):
            make_total(place, year, rng.randint(50, 90), 300)
        for _ in range(rng.randint(1, 4)):
            spells = rng.choice(
                [
                    [("poor", 2024, None)],
                    [("near_poor", 2024, None)],
                    [("poor", 2025, None)],
                    [("poor", 2024, 2025), ("near_poor", 2025, None)],
                    [("near_poor", 2024, 2025), ("poor", 2025, None)],
                ]
            )
            many(
                place, rng.randint(1, 6), *spells, lacking=rng.sample(CODES, rng.randint(0, 5)),
                livelihood=rng.choice(["", "fishery", "wage", "trade"]), head_sex=rng.choice(["male", "female"]),
                causes=rng.sample(["capital", "land", "illness"], rng.randint(0, 2)), children=rng.randint(0, 1),
                shocks=rng.sample(["market", "disaster"], rng.randint(0, 2)), merit=rng.random() < 0.3,
            )  # fmt: skip
    return ward


@pytest.mark.parametrize("seed", range(15))
def test_a_viewer_sees_no_small_count_and_cannot_work_one_out(seed):
    ward = random_ward(seed)
    open_, shut = see(ward), see(ward, restricted=True)
    for key in ("rates", "places", "indicator", "cause", "group", "livelihood", "shock"):
        truth, shown = cells(section(open_, key)), cells(section(shut, key))
        columns = {"rates": (1, 5), "places": (1, 4)}.get(key, (0, 3))
        wholes = [int(cells(open_.rates)["2025"][at]) for at in (1, 5)]
        for column, whole in zip(columns, wholes, strict=True):
            covered = [name for name in shown if shown[name][column] in (SMALL, WITHHELD)]
            for name, texts in shown.items():
                for number in numbers(texts[column]):
                    assert number == int(truth[name][column])
                    assert not 0 < number < 5
                    if key not in ("rates", "places"):
                        assert number == 0 or not 0 < whole - number < 5
                for text in texts:
                    assert key == "rates" or text[:1] not in "+−" or int(text[1:] or 5) >= 5
                if name in covered:  # its rate and its change go with it
                    assert not any(char.isdigit() for char in texts[column + 1])
            whole_shown = cells(shut.rates)["2025"][1 if column == columns[0] else 5].isdigit()
            if key in ("places", "livelihood") and covered and whole_shown:
                assert every_hidden_number_could_be_another(
                    [(int(truth[name][column]), shown[name][column]) for name in covered]
                )
    # A bar, a label, a spoken description or a sentence gives no more than the table.
    for each in (shut.rates, *shut.sections):
        if each.chart and not each.is_line:
            for row in each.chart.rows:
                for bar in row.bars:
                    assert bar.label in (SMALL, WITHHELD) or not 0 < int(bar.label.split(" ")[0]) < 5
                    assert bar.label not in (SMALL, WITHHELD) or bar.width == "0.0"
    for fact in shut.facts:
        for number in numbers(fact.number.split(" ")[0]) if fact.number else []:
            assert not 0 < number < 5


@pytest.mark.parametrize("seed", range(6))
def test_both_pages_of_two_years_hide_the_same(seed):
    """What is hidden as last year's number is hidden on last year's page, or a change would tell it."""
    ward = random_ward(seed)
    if not see(ward, 2024).now:
        return
    for key, column in (("places", 1), ("indicator", 0), ("cause", 0), ("group", 0), ("livelihood", 0)):
        now, then = (cells(section(see(ward, year, restricted=True), key)) for year in (2025, 2024))
        truth = cells(section(see(ward, 2024), key))
        change = column + 2
        for name, texts in now.items():
            if texts[change].lstrip("+−").isdigit() and name in then:
                known = numbers(texts[column])[0] - int(texts[change].replace("−", "-").replace("+", ""))
                assert known == int(truth[name][column])
                assert not 0 < known < 5
                assert then[name][column] == str(known)


def test_the_history_counts_as_the_form_of_every_year(ward):
    known = history(ward.area, 2026, LATER)
    for year in range(2022, 2027):
        line = build(1, year, ward.area).lines[-1]
        now = next(each for each in known.years if each.year == year)
        assert (now.poor.part, now.near_poor.part) == (line.value(4), line.value(6))
        assert now.poor.rate == line.value(5)
