"""Papers rendered: whole catalogue, hostile words, the same bytes, A4 by Nghị định 30/2020/NĐ-CP."""

import io
from dataclasses import fields, replace
from datetime import date

import pytest
from docx import Document

from households.documents import certificate_pdf, defaults, engine, example, faults, papers
from households.documents.kinds import KINDS
from tests.households.documents import word
from thanhsen.papers.wording import ascii_name, inside, numbered, place_name, plain, spoken_day

EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
HOSTILE = "<b>&{{ x }}{% endif %}\x00\x1b‮abc\nDòng hai " + "dài " * 125


@EACH
def test_the_default_template_names_only_fields_of_its_catalogue(kind):
    assert faults.check(defaults.default(kind), kind) == []


@EACH
def test_the_default_template_uses_its_catalogue_whole(kind):
    """A field nobody wrote in the default is a field nobody would find."""
    with_tags = word.everything(defaults.default(kind))
    unused = {"ma_ho"} if kind.code == "posting" else set()
    every = {*kind.fields, *kind.lists, *(name for _, row in kind.lists.values() for name in row)}
    spare = {name for name in every if name not in with_tags}
    assert spare - unused <= {"ten_tinh", "nam", "dia_chi", "so_ho", "dot"}


@EACH
@pytest.mark.parametrize("rows", [0, 1, 300])
def test_a_paper_of_any_length_opens_and_holds_no_tag(kind, rows):
    data = engine.render(defaults.default(kind), example.of(kind, rows))
    text = word.everything(data)
    assert "{{" not in text
    assert "{%" not in text
    if rows and kind.code != "refusal":
        table = [each for each in word.tables(data) if each[0][0] == "TT"][-1]
        assert len(table) == rows + 1
        assert table[-1][0] == str(rows)


@EACH
def test_the_same_paper_gives_the_same_bytes(kind):
    template = defaults.default(kind)
    assert engine.render(template, example.of(kind)) == engine.render(template, example.of(kind))
    assert defaults.BUILT[kind.code]().saved() == template


@EACH
def test_hostile_words_stay_words(kind):
    paper = _hostile(kind.paper)
    text = word.everything(engine.render(defaults.default(kind), paper))
    assert "<b>&{{ x }}{% endif %}abc\nDòng hai dài" in text
    assert not {"\x00", "\x1b", "‮"} & set(text)


def _hostile(paper: type):
    made = example.of(next(each for each in KINDS.values() if each.paper is paper))
    values = {each.name: HOSTILE for each in fields(paper) if "row" not in each.metadata}
    for each in fields(paper):
        if "row" in each.metadata:
            row = getattr(made, each.name)[0]
            values[each.name] = [replace(row, **{field.name: HOSTILE for field in fields(row)})]
    return replace(made, **values)


@EACH
def test_pages_are_a4_with_the_margins_of_the_decree(kind):
    for section in Document(io.BytesIO(defaults.default(kind))).sections:
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20


@EACH
def test_the_text_is_in_times_new_roman_without_text_boxes(kind):
    document = Document(io.BytesIO(defaults.default(kind)))
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert 13 <= document.styles["Normal"].font.size.pt <= 14
    assert "txbxContent" not in document.element.xml
    assert "<w:drawing" not in document.element.xml


@EACH
def test_pages_are_numbered_from_the_second_on(kind):
    """In the middle of the top margin (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    first, *others = Document(io.BytesIO(engine.render(defaults.default(kind), example.of(kind)))).sections
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert first.first_page_header.is_linked_to_previous
    for each in others:
        assert each.header.is_linked_to_previous
        assert not each.different_first_page_header_footer


def test_the_annex_lies_across_and_repeats_its_headings():
    document = Document(
        io.BytesIO(engine.render(defaults.default(KINDS["decision"]), example.of(KINDS["decision"], 60)))
    )
    assert [each.page_width > each.page_height for each in document.sections] == [False, True]
    assert "w:tblHeader" in document.tables[-1].rows[0]._tr.xml


def test_a_posted_line_cannot_carry_more_than_the_law_lets_hang_in_public():
    assert [each.name for each in fields(papers.PostedLine)] == [
        "tt",
        "chu_ho",
        "to_dan_pho",
        "phan_loai",
        "ket_qua",
    ]
    with pytest.raises(TypeError):
        papers.PostedLine(tt="1", chu_ho="", to_dan_pho="", phan_loai="", ket_qua="", cccd="042000000000")
    template = word.made(rows=[["{%tr for ho in danh_sach %}"], ["{{ ho.cccd }}"], ["{%tr endfor %}"]])
    assert "“ho.cccd”" in faults.check(template, KINDS["posting"])[0]


def test_upper_case_comes_before_escaping():
    data = engine.render(
        word.made("{{ ten_phuong|upper }}"), replace(example.of(KINDS["posting"]), ten_phuong="a & b")
    )
    assert word.paragraphs(data) == ["A & B"]


def test_a_tag_that_word_split_into_runs_is_filled():
    template = word.made(runs=["Số: {", "{ so_", "quyet_dinh }", "} ngày"])
    assert faults.check(template, KINDS["decision"]) == []
    assert word.paragraphs(engine.render(template, example.of(KINDS["decision"]))) == ["Số: 05/QĐ-UBND ngày"]


def test_headers_and_footers_are_filled():
    template = word.made("x", footer="{{ so_quyet_dinh }}")
    data = engine.render(template, example.of(KINDS["decision"]))
    assert Document(io.BytesIO(data)).sections[0].footer.paragraphs[0].text == "05/QĐ-UBND"


def test_certificates_as_pdf_one_to_a_page_always_the_same():
    kind = KINDS["certificate"]
    two = [
        example.of(kind),
        replace(example.of(kind, 12), chu_ho='#panic("x") *a* $b$ \\ "', thay_giay="01/GCN"),
    ]
    data = certificate_pdf.write(two)
    assert data.startswith(b"%PDF")
    assert b"/Type/Pages/Count 2/" in data
    assert data == certificate_pdf.write(two)
    assert b"/Type/Pages/Count 250/" in certificate_pdf.write([example.of(kind)] * 250)


def test_hostile_words_and_many_people_go_into_a_certificate():
    paper = _hostile(papers.CertificatePaper)
    data = certificate_pdf.write([replace(paper, thanh_vien=paper.thanh_vien * 30)])
    assert data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 5), "ngày 05 tháng 12 năm 2026"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (None, ""),
    ],
)
def test_days_are_written_as_the_decree_says(day, words):
    assert spoken_day(day) == words


def test_numbers_places_and_file_names():
    assert [numbered(each) for each in ("5/QĐ-UBND", "15/QĐ-UBND", "05/QĐ", "QĐ 5", "7")] == [
        "05/QĐ-UBND", "15/QĐ-UBND", "05/QĐ", "QĐ 5", "07",
    ]  # fmt: skip
    assert place_name("Phường Thành Sen") == "Thành Sen"
    assert inside("Phường Thành Sen") == "phường Thành Sen"
    assert ascii_name('quyet-dinh 05/QĐ-UBND"; x=') == "quyet-dinh-05-QD-UBND-x"
    assert plain("a\r\nb\u2028c\td‏") == "a\nb\nc d"
