"""The yearly report in words: its figures are those of the forms, its sentences follow from them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.actions import years
from households.documents import defaults, engine, faults
from households.documents.kinds import KINDS
from households.models import FormWording
from households.reports import Basis, Live, ReportError, build, edition_of, freeze
from households.reports.narrative import compose
from households.reports.narrative.numbers import Numbers, points, signed
from tests.factories import make_group, make_user, make_ward
from tests.households.documents import word
from tests.households.reports.conftest import BEFORE, NOW
from tests.households.reports.factories import make_decision, make_household, make_status, make_total
from thanhsen.models import Area
from thanhsen.vietnamese import number

KIND = KINDS["yearly_report"]


def written(draft) -> bytes:
    return engine.render(defaults.default(KIND), draft.paper)


def table(data: bytes, *headings: str) -> list[list[str]]:
    """The rows below the headings of the table that begins with these headings."""
    return next(each[1:] for each in word.tables(data) if tuple(each[0][: len(headings)]) == headings)


def said(rows) -> str:
    return "\n".join(each.noi_dung for each in rows)


@pytest.fixture
def year(ward):
    """2025 with the totals of the two years before it."""
    for each, households in ((ward.one, 310), (ward.ten, 205), (ward.village, 150)):
        make_total(each, 2024, households, 1200)
        make_total(each, 2023, households, 1200)
    return ward


def test_the_results_are_those_of_form_1(ward):
    data = written(compose(2025, ward.area))
    form = Numbers(build(1, 2025, ward.area))
    rows = table(data, "TT", "Địa bàn")
    for row in rows:
        place = {"Khu vực thành thị": "urban", "Khu vực nông thôn": "rural", "Toàn địa bàn": "all"}[row[1]]
        key = {"Hộ nghèo": "poor", "Hộ cận nghèo": "near_poor", "Hộ có mức sống trung bình": "average"}[
            row[2]
        ]
        assert row[3:] == [
            number(form.count(key, place)), number(form.rate(key, place), 2),
            number(form.count(key + "_people", place)), number(form.rate(key + "_people", place), 2),
        ]  # fmt: skip
    assert [row[3] for row in rows] == ["4", "2", "1", "0", "1", "0", "4", "3", "1"]
    assert [row[4] for row in rows[6:]] == ["0,60", "0,45", "0,15"]  # over 670 households
    assert "3 tổ dân phố, 670 hộ dân cư, 2.680 nhân khẩu" in word.everything(data)
    assert "4 hộ nghèo (15 nhân khẩu), tỷ lệ 0,60 %; 3 hộ cận nghèo (9 nhân khẩu), tỷ lệ 0,45 %" in word.everything(data)  # fmt: skip


def test_the_movement_is_that_of_forms_2_and_3_and_balances(ward):
    rows = table(written(compose(2025, ward.area)), "TT", "Diễn biến")
    columns = [[int(row[place]) for row in rows] for place in range(2, 6)]
    for column, (form, suffix) in zip(columns, ((2, ""), (2, "_people"), (3, ""), (3, "_people")), strict=True):  # fmt: skip
        made = Numbers(build(form, 2025, ward.area))
        assert column == [cell.value for cell in made.table.lines[-2 if not suffix else -1].cells[3:]]
        opening, other, above, departed, came, returned, new, arrived, closing = column
        assert closing == opening - other - above - departed + came + returned + new + arrived
    told = said(compose(2025, ward.area).paper.dien_bien)
    assert "Hộ nghèo: đầu năm 4 hộ (10 nhân khẩu); giảm 3 hộ, gồm 1 hộ trở thành hộ cận nghèo" in told
    assert "Thoát nghèo 2 hộ; thoát cận nghèo (vượt chuẩn cận nghèo) 0 hộ." in told
    assert "[Nêu lý do các hộ tái nghèo, phát sinh mới" in told


def test_the_indicators_are_those_of_forms_4_to_7_the_most_lacked_first(ward):
    rows = table(written(compose(2025, ward.area)), "TT", "Chỉ số thiếu hụt")
    assert len(rows) == 12
    counts = [int(row[2]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    names = {row[1]: row[2:] for row in rows}
    assert names["Bảo hiểm y tế"] == ["4", "100,00", "0", "0,00"]
    assert names["Nhà tiêu hợp vệ sinh"] == ["0", "0,00", "3", "100,00"]
    poor = build(4, 2025, ward.area).lines[-1]
    assert sum(counts) == sum(poor.value(place) for place in range(3, 15))
    told = said(compose(2025, ward.area).paper.thieu_hut)
    assert "Hộ nghèo thiếu hụt nhiều nhất: việc làm (4 hộ, 100,00 %); bảo hiểm y tế (4 hộ" in told


def test_causes_groups_and_children_are_those_of_forms_8_to_13(ward):
    make_status(
        make_household(ward.village), "poor", NOW, causes=["illness", "capital"], main_cause="illness", head_sex="female",
        no_labour=True, ethnicity="02", children=3, children_unhealthy=2, children_unschooled=1,
    )  # fmt: skip
    draft = compose(2025, ward.area)
    data = written(draft)
    causes = table(data, "TT", "Nguyên nhân")
    assert [row[1] for row in causes[:2]] == ["Không có vốn sản xuất, kinh doanh", "Có người ốm đau, bệnh nặng, tai nạn"]  # fmt: skip
    assert causes[0][2:] == ["1", "20,00", "0", "0,00"]
    groups = {row[1]: row[2:] for row in table(data, "TT", "Nhóm đối tượng")}
    for name in ("Dân tộc thiểu số", "Không có khả năng lao động", "Chủ hộ là nữ"):
        assert groups[name] == ["1", "20,00", "0", "0,00"]
    assert "thuộc hộ nghèo: 3 em, trong đó 2 em thiếu hụt y tế (bảo hiểm y tế, dinh dưỡng), 1 em thiếu hụt giáo dục" in said(draft.paper.tre_em)  # fmt: skip
    assert "Không có trẻ em (dưới 16 tuổi) thuộc hộ cận nghèo." in said(draft.paper.tre_em)
    assert "[Các hộ cận nghèo chưa ghi nguyên nhân trên phiếu" in said(draft.paper.nguyen_nhan)


def test_the_highest_rates_come_first_and_only_where_somebody_is_poor(ward):
    rows = table(written(compose(2025, ward.area)), "TT", "Tổ dân phố")
    assert rows == [
        ["1", "Tổ dân phố 10", "200", "2", "1,00", "1", "0,50"],
        ["2", "Tổ dân phố 1", "320", "2", "0,63", "1", "0,31"],
    ]


def test_the_year_before_is_compared_from_unrounded_rates(year):
    draft = compose(2025, year.area)
    before, now = Numbers(build(1, 2024, year.area)), Numbers(build(1, 2025, year.area))
    change = points(Fraction(now.count("poor"), 670), Fraction(before.count("poor"), 665))
    rows = table(written(draft), "TT", "Loại hộ")
    assert rows[0] == [
        "1", "Hộ nghèo", str(before.count("poor")), number(before.rate("poor"), 2), "4", "0,60", "0", signed(change),
    ]  # fmt: skip
    assert change == Decimal("0.00")
    told = said(draft.paper.so_sanh)
    assert "Số hộ nghèo năm 2024 là 4 hộ, năm 2025 là 4 hộ, không thay đổi" in told
    assert "[Chỉ tiêu giảm nghèo được giao năm 2025 và mức thực hiện.]" in told
    assert draft.paper.ten_bang_so_sanh == "So sánh với năm 2024"


def test_what_the_figures_say_is_told_on_its_side(year):
    draft = compose(2025, year.area)
    assert "Có 1 hộ tái nghèo, chiếm 25,00 % số hộ nghèo cuối năm." in said(draft.paper.han_che)
    assert "1/3 tổ dân phố không có hộ nghèo." in said(draft.paper.danh_gia)
    assert "Trong năm có 2 hộ thoát nghèo, 3 hộ rơi vào nghèo" in said(draft.paper.han_che)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((10, 8, 5), "giảm 3,00 điểm phần trăm so với năm 2025, nhanh hơn mức giảm 2,00 điểm phần trăm của năm 2025"),
        ((10, 7, 5), "giảm 2,00 điểm phần trăm so với năm 2025, chậm hơn mức giảm 3,00"),
        ((9, 7, 5), "giảm 2,00 điểm phần trăm so với năm 2025, bằng mức giảm 2,00"),
        ((6, 7, 5), "giảm 2,00 điểm phần trăm so với năm 2025 (năm 2025 tăng 1,00 điểm phần trăm)"),
        ((0, 7, 5), "giảm 2,00 điểm phần trăm so với năm 2025."),
        ((6, 5, 7), "Tỷ lệ hộ nghèo tăng 2,00 điểm phần trăm so với năm 2025."),
    ],
)  # fmt: skip
def test_the_pace_of_the_fall(db, counts, told):
    area = make_ward()
    group = make_group(area)
    for year, poor in zip((2024, 2025, 2026), counts, strict=True):
        make_total(group, year, 100, 400)
        decision = make_decision(area, date(year, 12, 10))
        for _ in range(poor):
            make_status(make_household(group), "poor", date(year, 12, 10), date(year + 1, 12, 10), decision=decision)  # fmt: skip
    paper = compose(2026, area).paper
    assert told in said([*paper.danh_gia, *paper.han_che])


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (Decimal("0.60"), "Chỉ tiêu năm 2025: tỷ lệ hộ nghèo 0,60 %; thực hiện 0,60 %, đạt chỉ tiêu."),
        (Decimal("0.80"), "thực hiện 0,60 %, đạt chỉ tiêu, thấp hơn 0,20 điểm phần trăm."),
        (Decimal("0.50"), "thực hiện 0,60 %, chưa đạt chỉ tiêu, cao hơn 0,10 điểm phần trăm."),
    ],
)
def test_the_target(ward, target, told):
    assert told in said(compose(2025, ward.area, target=target).paper.so_sanh)


def test_without_a_year_before_there_is_no_table_to_compare(db):
    area = make_ward()
    group = make_group(area)
    make_status(make_household(group), "poor", NOW)
    make_total(group, 2025, 100, 400)
    draft = compose(2025, area)
    data = written(draft)
    assert "[Cổng không có số liệu năm 2024 để so sánh" in said(draft.paper.so_sanh)
    assert "So sánh với năm" not in word.everything(data)
    assert not [each for each in word.tables(data) if each[0][:2] == ["TT", "Loại hộ"]]


def test_without_totals_counts_stand_and_rates_are_left_open(db):
    area = make_ward()
    group = make_group(area, name="Tổ dân phố 9")
    make_status(make_household(group), "poor", BEFORE)
    draft = compose(2025, area)
    text = word.everything(written(draft))
    assert "1 tổ dân phố, […] hộ dân cư, […] nhân khẩu" in text
    assert "1 hộ nghèo (1 nhân khẩu), tỷ lệ […] %" in text
    assert "[tỷ lệ chưa so sánh được" in text
    assert "Còn 1 tổ dân phố chưa nhập tổng số hộ, nhân khẩu năm 2025 (Tổ dân phố 9)" in text  # fmt: skip
    assert "None" not in text
    assert draft.paper.bang_to == []


def test_a_year_without_anybody_opens(db):
    area = make_ward()
    make_group(area)
    text = word.everything(written(compose(2026, area)))
    for each in ("Không có hộ nghèo cuối năm.", "Không có hộ nghèo, hộ cận nghèo.", "[Cổng không có đợt rà soát định kỳ năm 2026", "[Họ và tên]"):  # fmt: skip
        assert each in text
    assert not {"None", "{{", "{%"} & set(text.split())


@pytest.mark.parametrize("wrong", [2021, 1, 99_999_999])
def test_a_year_without_a_standard_is_refused(ward, wrong):
    with pytest.raises(ReportError):
        compose(wrong, ward.area)
    assert "[Cổng không có số liệu năm 2021" in said(compose(2022, ward.area).paper.so_sanh)


def test_a_group_that_ended_in_the_year_is_not_counted_among_those_there_are(ward):
    gone = make_group(ward.area, name="Tổ dân phố cũ", valid_to=date(2025, 7, 1))
    make_status(make_household(gone), "poor", BEFORE, date(2025, 6, 1), "moved_out")
    paper = compose(2025, ward.area).paper
    assert paper.so_to_dan_pho == "3"
    assert "1/3 tổ dân phố không có hộ nghèo." in said(paper.danh_gia)


def test_years_of_two_standards_are_not_compared(db):
    area = make_ward()
    group = make_group(area)
    for year, standard in ((2026, "2022-2026"), (2027, "2027-2030")):
        make_total(group, year, 100, 400)
        make_status(
            make_household(group), "poor", date(year, 12, 10), date(year + 1, 1, 1), standard_id=standard,
            decision=make_decision(area, date(year, 12, 10), standard_id=standard),
        )  # fmt: skip
    paper = compose(2027, area).paper
    assert "khác chuẩn của năm 2026, nên số liệu hai năm không so sánh với nhau" in said(paper.so_sanh)
    assert paper.ten_bang_so_sanh == ""
    assert "còn là dự thảo" in said(paper.luu_y)
    assert "Nghị định 351/2025/NĐ-CP" in paper.can_cu_chuan


def test_a_decree_of_a_later_year_is_not_cited(ward):
    assert compose(2025, ward.area).paper.can_cu_chuan == "Nghị định 07/2021/NĐ-CP"
    assert "Nghị định 351/2025/NĐ-CP" in compose(2026, ward.area).paper.can_cu_chuan


def test_the_editions_given_are_the_ones_read(year):
    """A closed year passes what was frozen; so do the years before it."""
    asked = []

    def past(before):
        asked.append(before)
        return Live(before)

    paper = compose(2025, year.area, edition=Live(2025, Basis.PRELIMINARY), past=past).paper
    assert set(asked) == {2024, 2023}
    assert "(sơ bộ)" in word.everything(engine.render(defaults.default(KIND), paper))


def test_the_same_report_gives_the_same_bytes(year):
    assert written(compose(2025, year.area)) == written(compose(2025, year.area))


def test_hostile_names_stay_names(db):
    name = '<w:p>&"{{ x }}{% endif %} Tổ ' + "dài " * 20
    area = make_ward(name="Phường <b>&{{ 7*7 }}")
    group = make_group(area, name=name)
    make_total(group, 2025, 100, 400)
    decision = make_decision(area, NOW, number="<9>&{{ x }}/QĐ", signer="Trần </w:t> Văn & {% raw %}")
    make_status(make_household(group), "poor", NOW, decision=decision)
    text = word.everything(written(compose(2025, area)))
    assert name.strip() in text
    assert "Trần </w:t> Văn & {% raw %}" in text
    assert "Quyết định số <9>&{{ x }}/QĐ ngày 10/12/2025" in text
    assert "phường <b>&{{ 7*7 }}" in text


def test_a_template_may_name_only_what_the_report_says():
    assert faults.check(word.made("{{ so_ho_ngheo }} {{ ten_bang_to }}"), KIND) == []
    assert "“ho_ten”" in faults.check(word.made("{{ ho_ten }}"), KIND)[0]
    rows = [["{%tr for to in bang_to %}"], ["{{ to.chu_ho }}"], ["{%tr endfor %}"]]
    assert "“to.chu_ho”" in faults.check(word.made(rows=rows), KIND)[0]


def test_queries_are_few_and_do_not_grow(year, django_assert_max_num_queries):
    for place in range(5):
        make_status(make_household(make_group(year.area, name=f"Tổ {place}")), "poor", NOW)
    with django_assert_max_num_queries(17):
        compose(2025, year.area)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (Fraction(1, 3), Fraction(1, 6), "16.67"), (Fraction(1, 20_000), Fraction(0), "0.01"),
        (Fraction(0), Fraction(1, 20_000), "-0.01"), (Fraction(1, 100), Fraction(1, 100), "0"),
        (Fraction(75, 3909), Fraction(97, 3909), "-0.56"),
    ],
)  # fmt: skip
def test_points_round_half_away_from_zero(now, before, expected):
    assert points(now, before) == Decimal(expected)
    assert points(before, now) == -Decimal(expected)
    assert points(now, None) is None
    assert points(None, before) is None


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_points_are_within_half_a_hundredth(now, before):
    change = points(now, before)
    assert abs(Fraction(change) - (now - before) * 100) <= Fraction(1, 200)
    assert change.as_tuple().exponent == -2


def test_a_closed_year_is_told_from_what_was_kept(year):
    """Whatever happens to the register; the years before it were kept with it."""
    chair = make_user("approver", year.area)
    years.close_year(by=chair, ward=year.area, year=2025, reason="báo cáo 45", today=date(2026, 11, 25), freeze=freeze)  # fmt: skip

    def kept(of):
        return edition_of(year.area, of)

    before = written(compose(2025, year.area, edition=kept(2025), past=kept))
    assert before == written(compose(2025, year.area, past=Live))
    Area.objects.filter(pk=year.ten.pk).update(name="Tên khác")
    assert before == written(compose(2025, year.area, edition=kept(2025), past=kept))
    assert before != written(compose(2025, year.area, past=Live))


def test_the_words_of_the_ward_name_the_recipients_and_the_signer(year):
    FormWording.objects.create(ward=year.area, form=0, recipients="UBND tỉnh Hà Tĩnh\nSở <X> & Y;", signer_name="Lê Thị Ổn")  # fmt: skip
    paper = compose(2025, year.area, edition=edition_of(year.area, 2025)).paper
    assert [each.noi_dung for each in paper.noi_gui] == ["UBND tỉnh Hà Tĩnh;", "Sở <X> & Y."]
    assert paper.nguoi_ky == "Lê Thị Ổn"
