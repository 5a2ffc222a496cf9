"""Each fault of a template is a Vietnamese sentence that names the field or the place."""

import io
import zipfile

import pytest

from households.documents import faults
from households.documents.kinds import KINDS
from households.documents.package import (
    BOMB,
    HAS_ENTITIES,
    HAS_FIELD_CODES,
    HAS_LINKS,
    HAS_MACROS,
    LARGEST,
    MISPLACED,
    NOT_WORD,
    TOO_LARGE,
)
from tests.households.documents import word

DECISION = KINDS["decision"]
LOOP = "{% for ho in danh_sach %}"

WRONG = [
    ("{{ so_quyet_din }}", "Trường “so_quyet_din” không có"),
    ("{{ cccd }} {{ so_quyet_dinh }}", "Trường “cccd” không có"),
    (LOOP + "{{ ho.cccd }}{% endfor %}", "Trường “ho.cccd” không có trong danh sách “danh_sach”"),
    (LOOP + "{{ ho }}{% endfor %}", "“ho” là một dòng của danh sách"),
    (LOOP + "{{ ho.chu_ho.upper }}{% endfor %}", "Trường “upper” không có"),
    (LOOP + "{% for b in danh_sach %}{% endfor %}{% endfor %}", "Vòng lặp không được lồng"),
    (LOOP + "{{ ho.tt }}{% endfor %}{{ ho.tt }}", "Trường “ho.tt” không có"),
    (LOOP + "{{ loop.cycle }}{% endfor %}", "“loop.cycle” không dùng được"),
    ("{% for ho in danh_sach_ho %}{% endfor %}", "Danh sách “danh_sach_ho” không có"),
    ("{% for nam in danh_sach %}{% endfor %}", "Tên dòng “nam” trùng"),
    ("{% for a, b in danh_sach %}{% endfor %}", "Vòng lặp viết theo dạng"),
    ("{% for ho in danh_sach if ho.tt %}{% endfor %}", "Vòng lặp viết theo dạng"),
    ("{{ danh_sach }}", "“danh_sach” là danh sách"),
    ("{{ nam.__class__ }}", "Trường “nam.__class__” không có"),
    ("{{ ''.__class__.__mro__ }}", "Trường “__mro__” không có"),
    ("{{ nam() }}", "gọi hàm"),
    ("{{ nam[0] }}", "ngoặc vuông"),
    ("{% set x = nam %}", "set"),
    ("{% include 'x' %}", "include"),
    ("{{ nam * 1000000 }}", "cách viết không được phép"),
    ("{{ nam|attr('x') }}", "Bộ lọc “|attr” không dùng được"),
    (LOOP + "{{ ho.tt }}", "Thiếu thẻ đóng {% endfor %}"),
    ("{% if nam %}x", "Thiếu thẻ đóng {% endif %}"),
    ("Trước {{ nam }} {% endfor %} sau", "Thẻ đóng {% endfor %} không có thẻ mở"),
    ("{% tables %}", "Thẻ {% tables … %} không dùng được"),
    ("{%tr for ho in danh_sach %}{%tr endfor %}", "{%tr … %} chỉ dùng trong hàng của bảng"),
    ("Số {{ nam", "Thẻ viết sai"),
    ("{{ nam nam }}", "Thẻ viết sai"),
    ("{{ nam < 1 }}", "chỉ dùng == (bằng) và != (khác)"),
    ("{{ " * 1001, "Mẫu có hơn 1000 thẻ"),
    ("{{ nam" + " " * 400 + "}}", "thiếu dấu đóng"),
    ("{% if nam %}" * 150 + "{% endif %}" * 150, "lồng nhau quá sâu"),
    ("{{r nam }}", "Thẻ “{{r"),
    ("{% cellbg nam %}", "Thẻ “{% cellbg"),
    ("{%p raw %}", "Thẻ viết sai"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_a_fault_in_the_text(text, sentence):
    found = faults.check(word.made("Quyết định", text), DECISION)
    assert any(sentence in each for each in found), found
    assert all(each.endswith((".", "”", ")")) for each in found)


@pytest.mark.parametrize(("text", "sentence"), WRONG[:2])
def test_a_fault_in_a_footer_or_split_by_word_is_found(text, sentence):
    assert sentence in faults.check(word.made("x", footer=text), DECISION)[0]
    assert sentence in faults.check(word.made(runs=list(text)), DECISION)[0]


def test_every_unknown_field_is_named_once():
    found = faults.check(word.made("{{ mot }} {{ hai }} {{ mot }}"), DECISION)
    assert [each.split("”")[0] for each in found] == ["Trường “mot", "Trường “hai"]


def test_a_template_without_any_tag_is_a_template():
    assert faults.check(word.made("Chỉ có chữ"), DECISION) == []


def test_what_may_be_written():
    right = word.made(
        "{{ ten_phuong|upper }} {% if ly_do and not dinh_chinh %}{{ ly_do }}{% else %}…{% endif %} {% if nam == '2026' %}x{% endif %}",
        rows=[
            ["{%tr for ho in danh_sach %}", ""],
            ["{{ loop.index }}", "{{ ho.chu_ho|lower }}"],
            ["{%tr endfor %}", ""],
        ],
    )
    assert faults.check(right, DECISION) == []


def test_a_tag_that_opens_outside_a_table_and_closes_in_it_would_break_the_file():
    broken = word.made("{% for ho in danh_sach %}", rows=[["{% endfor %}"]])
    assert faults.check(broken, DECISION) == [faults.BROKEN]


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


RIGHT = word.made("{{ nam }}")
RELS = "word/_rels/document.xml.rels"
LINK = b'<Relationship Id="rX" Type="t/hyperlink" Target="http://x/" TargetMode="External"/></Relationships>'
DOTTED = b'<w:instrText>INCLUDETEXT "c:/x"</w:instrText>'
PACKAGES = [
    ("not a zip", b"%PDF-1.7 x", NOT_WORD),
    ("empty", b"", NOT_WORD),
    ("a broken zip", RIGHT[:3000] + bytes(200) + RIGHT[3200:], NOT_WORD),
    ("another zip", _zip({"a.txt": b"x"}), NOT_WORD),
    ("no real document", _zip({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), NOT_WORD),
    ("large", b"x" * (LARGEST + 1), TOO_LARGE),
    ("a bomb", _zip({"[Content_Types].xml": b"", "word/document.xml": b"0" * 21_000_000}), BOMB),
    ("many parts", _zip({f"{each}.xml": b"" for each in range(301)}), BOMB),
    ("macros", word.changed(RIGHT, {"word/vbaProject.bin": b"x"}), HAS_MACROS),
    ("docm", word.changed(RIGHT, {}, {"[Content_Types].xml": (b"wordprocessingml.document.main", b"x.macroEnabled.main")}), HAS_MACROS),
    ("a link", word.changed(RIGHT, {}, {RELS: (b"</Relationships>", LINK)}), HAS_LINKS),
    ("entities", word.changed(RIGHT, {"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), HAS_ENTITIES),
    ("utf-16", word.changed(RIGHT, {"word/x.xml": "<!DOCTYPE a>".encode("utf-16")}), HAS_ENTITIES),
    ("field codes", word.changed(RIGHT, {"word/x.xml": DOTTED}), HAS_FIELD_CODES),
    ("tags in footnotes", word.changed(RIGHT, {"word/footnotes.xml": b"<w:t>{</w:t><w:t>{ nam }}</w:t>"}), MISPLACED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "sentence"), [each[1:] for each in PACKAGES], ids=[each[0] for each in PACKAGES]
)
def test_a_file_that_is_refused(data, sentence):
    assert faults.check(data, DECISION) == [sentence]
