"""Every trap of tests/nasty sent in as an import: a sentence of its own, or the very household that was meant."""

import pytest

from households.models import Household, Import
from tests.factories import make_group, make_user, make_ward
from tests.households.imports.books import HEADINGS, book, commit, faults, outcomes, send
from tests.nasty import files, raw, sheets
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db

ROWS = (
    HEADINGS,
    (1, "Tổ dân phố Bắc Quý", "Ngõ 5 Nguyễn Du", "Nguyễn Thị Hoà", "Chủ hộ", "Nữ", "05/12/1980", "042180001234", "Hmông"),
    (1, "Tổ dân phố Bắc Quý", "Ngõ 5 Nguyễn Du", "Trần Đức Thắng", "Con đẻ", "Nam", "2010", "042210001235", "Kinh"),
    (2, "Tổ dân phố Bắc Quý", "Số 12 đường Lê Lợi", "Lê Văn Ưởng", "Chủ hộ", "Nam", "1955", "042055001236", "Thái"),
)  # fmt: skip
FILES = [
    files.nothing, files.xls_of_1997, files.doc_of_1997, files.password, files.password_of_zip, files.xlsb, files.ods,
    files.docx, files.other_zip, files.csv, files.csv_of_excel, files.web_page_named_xls, files.xml_of_2003, files.pdf,
    files.macro, files.macro_of_excel_4, files.truncated, files.flipped_bytes, files.larger_than_20_mb, files.zip_bomb,
    files.zip_bomb_that_lies, files.very_many_parts, files.part_named_twice, files.doctype, sheets.empty_sheet,
    sheets.cell_in_the_last_row, raw.spoilt_sheet, raw.sheet_with_a_declaration,
]  # fmt: skip


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def sent(ward):
    make_group(ward, name="Tổ dân phố Bắc Quý", code="BQ")
    sender = make_user(Role.SUPERVISOR, areas=ward)
    return lambda content, **more: send(content, by=sender, ward=ward, **more)


@pytest.mark.parametrize("trap", FILES, ids=lambda trap: trap.__name__)
def test_what_is_no_list_is_refused_with_what_to_do(sent, trap):
    imported = sent(trap())
    assert imported.state in ("refused", "uploaded")
    said = imported.refusal or " ".join(imported.told)
    assert said.strip()
    assert said.rstrip()[-1] in ".?"
    assert "gặp lỗi khi làm việc" not in said  # the portal's own failure
    assert not imported.units.exists()


def test_each_kind_of_wrong_file_has_a_sentence_of_its_own(sent):
    kinds = (
        files.nothing, files.xls_of_1997, files.password, files.docx, files.csv, files.pdf, files.macro, files.truncated,
        files.larger_than_20_mb, files.zip_bomb, files.doctype,
    )  # fmt: skip
    said = {trap.__name__: sent(trap()).refusal for trap in kinds}
    assert len(set(said.values())) == len(kinds), said


SAME = [
    sheets.plain, sheets.tcvn3, sheets.vni, sheets.loose_marks, sheets.misread_utf8, sheets.hidden_rows, sheets.hidden_columns,
    sheets.hidden_sheet, sheets.wrong_sheet, sheets.chart_sheet, sheets.ten_thousand_empty_formatted_rows,
    sheets.written_by_xlsxwriter,
]  # fmt: skip


@pytest.mark.parametrize("trap", SAME, ids=lambda trap: trap.__name__)
def test_the_households_meant_are_read(sent, trap):
    """Whatever was changed on the way is noted, and what is written is what was meant."""
    imported = sent(trap(ROWS))
    assert (imported.state, faults(imported)) == ("checked", [])
    assert outcomes(imported) == ["new", "new"]
    commit(imported)
    assert list(Household.objects.order_by("pk").values_list("head_name", "address")) == [
        ("Nguyễn Thị Hoà", "Ngõ 5 Nguyễn Du"), ("Lê Văn Ưởng", "Số 12 đường Lê Lợi"),
    ]  # fmt: skip
    assert list(Household.objects.order_by("members__pk").values_list("members__ethnicity", flat=True)) == [
        "08",
        "01",
        "03",
    ]


@pytest.mark.parametrize(
    ("trap", "noted"),
    [
        (sheets.tcvn3, "TCVN3"),
        (sheets.vni, "VNI"),
        (sheets.loose_marks, "NFD"),
        (sheets.misread_utf8, "UTF-8"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_an_old_coding_is_shown_before_and_after(sent, trap, noted):
    unit = sent(trap(ROWS)).units.order_by("number").first()
    notes = [sentence for line in unit.lines for _, sentence in line["notes"]]
    assert any(noted in each and "→ “Nguyễn Thị Hoà”" in each for each in notes), notes
    assert unit.noted


def test_hidden_rows_are_read_and_told(sent):
    assert any("dòng đang ẩn" in each and "3" in each for each in sent(sheets.hidden_rows(ROWS)).told)


def test_hidden_columns_are_read_and_told(sent):
    assert any("cột đang ẩn (D)" in each for each in sent(sheets.hidden_columns(ROWS)).told)


def test_numbers_that_lost_their_nought_are_asked_about_once(sent):
    from households.actions.imports import files as actions
    from households.exchange.imports import work
    from tests.households.imports.books import TODAY

    imported = sent(sheets.cccd_as_numbers(ROWS))
    assert imported.found["asks"] == {"pad_cccd": 3}
    assert set(outcomes(imported)) == {"faulty"}
    actions.answer(by=imported.uploaded_by, imported=imported, answers={"pad_cccd": True})
    imported = work.run(imported.pk, TODAY)
    assert outcomes(imported) == ["new", "new"]
    commit(imported)
    assert Household.objects.filter(members__cccd="042180001234").exists()


def test_letters_that_are_lost_are_never_guessed(sent):
    imported = sent(sheets.letters_lost(ROWS))
    assert imported.state == "uploaded" or set(outcomes(imported)) == {"faulty"}
    assert not Household.objects.exists()


def test_a_formula_that_nobody_computed_is_no_value(sent):
    assert any(
        "công thức chưa tính" in sentence
        for _, sentence in faults(sent(sheets.formulas_without_values(ROWS)))
    )


def test_a_computed_formula_is_taken_at_its_value_and_noted(sent):
    unit = sent(sheets.formulas_with_values(ROWS)).units.order_by("number").first()
    assert any(
        "là công thức: lấy giá trị" in sentence for line in unit.lines for _, sentence in line["notes"]
    )


def test_an_error_of_excel_is_named(sent):
    said = [sentence for _, sentence in faults(sent(sheets.errors(ROWS)))]
    assert any("#REF!" in each for each in said)
    assert any("#N/A" in each for each in said)


def test_text_like_formulas_stays_text(sent):
    rows = [ROWS[0], (*ROWS[1][:2], "=1+1", *ROWS[1][3:])]
    content = sheets.changed(lambda page: setattr(page["C2"], "data_type", "s"), rows)
    commit(sent(content))
    assert Household.objects.get().address == "=1+1"


def test_two_heading_rows_a_title_a_place_and_a_sum(sent):
    rows = [
        ("DANH SÁCH HỘ NGHÈO NĂM 2025",),
        (),
        ("STT", "Họ và tên", "Năm sinh", None, "Quan hệ với chủ hộ", "Số CCCD", "Dân tộc"),
        (None, None, "Nam", "Nữ"),
        ("I", "Tổ dân phố Bắc Quý"),
        (1, "Nguyễn Thị Hoà", None, 1980, "Chủ hộ", "042180001234", "Kinh"),
        (2, "Trần Đức Thắng", 2010, None, "Con", "042210001235", "Kinh"),
        ("", "Tổng cộng", 2),
    ]
    content = sheets.changed(
        lambda page: [page.merge_cells(each) for each in ("A1:G1", "C3:D3", "A3:A4", "B3:B4")],
        [list(row) for row in rows],
    )
    imported = sent(content)
    assert imported.state == "checked", imported.told
    assert outcomes(imported) == ["new"], faults(imported)
    assert any("dòng cộng" in each for each in imported.told)
    commit(imported)
    home = Household.objects.get()
    assert (home.area.name, home.members.count()) == ("Tổ dân phố Bắc Quý", 2)
    assert home.members.get(relationship="child").sex == "male"


def test_a_column_nobody_knows_is_asked_about_and_remembered(sent):
    from households.actions.imports import files as actions
    from households.exchange.imports import work
    from households.exchange.imports.matching_form import meanings, typed_matching
    from tests.households.imports.books import TODAY

    content = book([(*row, 5) for row in ROWS[1:]], headings=(*HEADINGS, "Điểm thi đua"))
    imported = sent(content)
    assert imported.state == "uploaded"
    unknown = next(each for each in imported.found["columns"] if each["field"] == "?")
    assert (unknown["heading"], unknown["samples"]) == ("Điểm thi đua", ["5"])
    matching, wrong = typed_matching(imported, {f"c{unknown['number']}": ""})
    assert wrong == []
    actions.match_columns(
        by=imported.uploaded_by,
        imported=imported,
        matching=matching,
        headings=meanings(imported, matching),
        page=imported.page,
    )
    assert outcomes(work.run(imported.pk, TODAY)) == ["new", "new"]
    again = sent(content)
    assert (again.state, outcomes(again)) == ("checked", ["new", "new"])


def test_places_of_before_the_merger_lead_to_what_they_are_now(sent, ward):
    from datetime import date

    now = make_group(ward, name="Tổ dân phố Mới")
    old = make_group(name="Tổ dân phố 3 Cũ", valid_from=date(2020, 1, 1), valid_to=date(2025, 7, 1))
    now.predecessors.add(old)
    unit = sent(book([(1, "tổ dân phố 3 cũ", *ROWS[1][2:])])).units.get()
    assert (unit.area, unit.outcome) == (now, "new")
    assert any("tên trước sắp xếp" in sentence for _, sentence in unit.lines[0]["notes"])


def test_one_long_household_is_no_household(sent):
    rows = [
        (
            1,
            "Tổ dân phố Bắc Quý",
            "",
            f"Người Số{number}",
            "Con đẻ" if number else "Chủ hộ",
            "Nam",
            1980,
            "",
            "Kinh",
        )
        for number in range(70)
    ]
    assert any("70 người" in sentence for _, sentence in faults(sent(book(rows))))


@pytest.mark.skipif(not sheets.has_libreoffice(), reason="no LibreOffice here")
def test_a_file_saved_by_libreoffice(sent, tmp_path):
    imported = sent(sheets.saved_by_libreoffice(tmp_path, sheets.plain(ROWS)))
    assert (imported.state, outcomes(imported)) == ("checked", ["new", "new"])
    assert Import.objects.count() == 1
