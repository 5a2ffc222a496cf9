"""Text of before Unicode: by published tables of its own order, there and back; and what must never be touched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nasty.codings import LETTERS, as_loose_marks, as_misread_utf8, as_tcvn3, as_vni
from thanhsen.legacy import broken, coding_of, decoded
from thanhsen.syllables import ONSETS, RIMES, is_syllable
from thanhsen.vietnamese import TONES

SMALL = [each for each in LETTERS if each.islower()]
NAMES_TYPED = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đoàn Đinh Trịnh Trương Lường Quách
Văn Thị Đức Hữu Quốc Bá Đình Xuân Thuý Thúy Ngọc Mỹ Khánh Tuyết Như Phương Thanh
Hà An Bình Cường Dũng Hoà Hòa Hương Huệ Khuyên Nghĩa Phượng Quỳnh Quý Thuỷ Tuấn Uyên Vượng Yến Ước
"""
FAMILIES, MIDDLES, GIVEN = (each.split() for each in NAMES_TYPED.strip().splitlines())
PLACES = [
    "Phường Thành Sen", "Tổ dân phố 5", "Số nhà 12/3, đường Nguyễn Du", "Xã Thạch Hạ, tỉnh Hà Tĩnh", "Đắk Lắk",
    "Krông Pắc", "Ê-đê", "Gia-rai", "Khơ-mú", "Rơ-măm", "Xơ-đăng", "Hộ nghèo (QĐ số 15/QĐ-UBND)", "Bảo Thắng",
]  # fmt: skip
NAMES = st.tuples(*(st.sampled_from(each) for each in (FAMILIES, MIDDLES, GIVEN))).map(" ".join)


# By the font -------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", SMALL)
def test_every_small_letter_comes_back_from_both_codings(letter):
    assert decoded(as_tcvn3(letter), "TCVN3") == (letter, "TCVN3" if as_tcvn3(letter) != letter else "")
    assert decoded(as_vni(letter), "VNI") == (letter, "VNI" if as_vni(letter) != letter else "")


@pytest.mark.parametrize("letter", [each.upper() for each in SMALL])
def test_every_capital_comes_back_too(letter):
    assert decoded(as_vni(letter), "VNI")[0] == letter
    assert decoded(as_tcvn3(letter), "TCVN3H")[0] == letter


@pytest.mark.parametrize("letter", "ĂÂÊÔƠƯĐ")
def test_tcvn3_has_capitals_without_a_tone(letter):
    assert decoded(as_tcvn3(letter), "TCVN3") == (letter, "TCVN3")


def test_there_are_all_the_letters():
    tones = ["", *TONES]
    made = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} | {"đ"}
    assert {each for each in made if not each.isascii()} == set(SMALL)


@pytest.mark.parametrize(
    ("text", "font", "made"),
    [
        ("nguyÔn v¨n", "TCVN3H", ("NGUYỄN VĂN", "TCVN3")),
        ("kinh", "TCVN3H", ("KINH", "TCVN3")),  # what the font shows
        ("KINH", "TCVN3H", ("KINH", "")),
        ("Kinh", "TCVN3", ("Kinh", "")),
        ("TR¦êNG §¹I HäC", "TCVN3", ("TRƯỜNG ĐẠI HỌC", "TCVN3")),
        ("L£ B¸ Hµ", "TCVN3", ("LÊ BÁ HÀ", "TCVN3")),
        ("Lª Hµ", "TCVN3", ("Lê Hà", "TCVN3")),
        ("§ç §T, Tæ 5 TDP", "TCVN3", ("Đỗ ĐT, Tổ 5 TDP", "TCVN3")),
        ("TRÇN V¨n", "TCVN3", ("TRẦN Văn", "TCVN3")),
        ("¸nh", "TCVN3", ("ánh", "TCVN3")),  # of Ánh: the coding has no such capital
        ("Vò", "TCVN3", ("Vũ", "TCVN3")),  # by its letters it could be modern
        ("Coâ", "VNI", ("Cô", "VNI")),
        ("Aùnh AÙnh", "VNI", ("Ánh Ánh", "VNI")),  # the sign in either case
        ("th\xad ", "TCVN3", ("thư ", "TCVN3")),  # untrimmed
        ("Nguyễn Thị Mẫu", "TCVN3", ("Nguyễn Thị Mẫu", "")),  # Unicode pasted into an old cell
        ("Nguyễn", "VNI", ("Nguyễn", "")),
        ("Hà Tĩnh", "TCVN3", ("Hà Tĩnh", "")),
        ("", "TCVN3", ("", "")),
    ],
)
def test_the_font_decides(text, font, made):
    assert decoded(text, font) == made


@given(NAMES)
def test_a_name_comes_back_from_every_coding(name):
    assert decoded(as_tcvn3(name), "TCVN3") == (name, "TCVN3" if as_tcvn3(name) != name else "")  # ý stays ý
    assert decoded(as_tcvn3(name.lower()), "TCVN3H") == (name.upper(), "TCVN3")
    assert decoded(as_tcvn3(name.upper()), "TCVN3")[0].lower() == name.lower()
    assert decoded(as_vni(name), "VNI") == (name, "VNI" if as_vni(name) != name else "")
    assert decoded(as_vni(name.upper()), "VNI")[0] == name.upper()


# By the letters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "made", "coding"),
    [
        ("B¶o Th¾ng", "Bảo Thắng", "TCVN3"),
        ("Mêng Kh\xad¬ng", "Mờng Khương", "TCVN3"),
        ("Vò ThÞ H\xad¬ng", "Vũ Thị Hương", "TCVN3"),
        ("NhµH¸t Lín", "NhàHát Lớn", ""),
        ("TR¦êNG §¹I HäC", "TRƯỜNG ĐẠI HỌC", "TCVN3"),
        ("Hµ NéI", "HÀ NỘI", "TCVN3"),
        ("§/c: Sè 5, ®\xadêng NguyÔn Du", "Đ/c: Số 5, đường Nguyễn Du", "TCVN3"),
        ("Hµ", "Hà", "TCVN3"),
        ("Xin chaøo", "Xin chào", "VNI"),
        ("Ñoã Thò Hoa", "Đỗ Thị Hoa", "VNI"),
        ("NGUYEÃN VAÊN HUØNG", "NGUYỄN VĂN HÙNG", "VNI"),
        ("Phöôøng Thaønh Sen", "Phường Thành Sen", "VNI"),
        ("Nguyá»…n VÄƒn ThÃ\xa0nh", "Nguyễn Văn Thành", "UTF-8"),
        ("LÃª", "Lê", "UTF-8"),
        ("Nguye\u0302\u0303n", "Nguyễn", "NFD"),
        ("Nguyê\u0303n", "Nguyễn", "NFD"),  # half composed, as Windows-1258 has it
        ("VŨ ĐÌNH HOA\u0300", "VŨ ĐÌNH HOÀ", "NFD"),
    ],
)
def test_what_stood_in_old_files(text, made, coding):
    assert decoded(text) == ((made, coding) if coding else (text, ""))


@given(NAMES)
def test_a_name_without_its_font_is_found_or_left_and_never_changed_into_another(name):
    assert decoded(as_tcvn3(name)) in {(name, "TCVN3"), (as_tcvn3(name), "")}
    assert decoded(as_vni(name)) in {(name, "VNI"), (as_vni(name), "")}


@given(st.tuples(st.sampled_from(FAMILIES[:1]), st.sampled_from(["Văn", "Thị"]), st.sampled_from(GIVEN)))
def test_a_whole_name_without_its_font_is_found(parts):
    name = " ".join(parts)
    assert decoded(as_tcvn3(name)) == (name, "TCVN3")
    assert decoded(as_vni(name)) == (name, "VNI")


def test_a_column_that_lost_its_font_tells_its_coding():
    names = [as_tcvn3(each) for each in ("Vũ Cụ", "Nguyễn Thị Hà", "Trần Văn Bình", "Đỗ Hồng", "An")]
    assert decoded(names[0]) == ("Vò Cô", "")  # alone it could be either
    assert coding_of(names) == "TCVN3"
    assert decoded(names[0], coding_of(names)) == ("Vũ Cụ", "TCVN3")
    assert coding_of([*names, "Nguyễn"]) == ""  # somebody has typed Unicode since
    assert coding_of([*names, "Traàn"]) == coding_of(names[:2]) == coding_of([]) == ""


@given(NAMES)
def test_loose_marks_and_misread_bytes_come_back(name):
    loose = as_loose_marks(name)
    assert decoded(loose) == (name, "NFD" if loose != name else "")
    assert decoded(as_misread_utf8(name)) == (name, "UTF-8" if not name.isascii() else "")


# What is proper already ----------------------------------------------------------------------------


@given(NAMES)
def test_a_proper_name_is_never_touched(name):
    for text in (name, name.upper(), name.lower()):
        assert (decoded(text), broken(text)) == ((text, ""), "")


def test_no_syllable_of_the_language_is_touched():
    touched = []
    for onset in ONSETS:
        for rime in RIMES:
            for tone in ["", *TONES]:
                for place in range(1, len(rime) + 1):
                    text = unicodedata.normalize("NFC", onset + rime[:place] + tone + rime[place:])
                    if is_syllable(text) and decoded(text) != (text, ""):
                        touched.append(text)
    assert not touched


@pytest.mark.parametrize(
    "text",
    [
        *PLACES, *(each.upper() for each in PLACES),
        "Müller", "Schröder", "Jörg Groß", "Röm", "Götz", "François", "Hélène", "René", "Chloé", "Noël", "Zoë",
        "Thaï", "Benoît", "Gaël", "Loïc", "Straße", "Köln", "café", "Crêpe Suzette", "São Paulo", "José María",
        "niño", "Björk", "Ångström", "Thérèse", "naïve", "Saül", "Œuvre", "Łódź", "Ørsted",
        "5µm", "5 µg", "µm", "m²", "m³", "25°C", "½", "1¼ m", "3 × 4", "±5", "A¹", "T¹", "Lô A¹", "Nhà B¹", "Số 5¹", "1ª", "Mª",
        "Coca®", "Chợ®", "© UBND", "§5", "§ 5 Điều 3", "“Hà”", "«Hà»", "Hà – Lê", "à", "Ý", "Nam · Bắc", "co\xadop",
        "Hoà", "Hòa", "Vò", "Lê Vò", "Có", "Ế", "", " ", "Công ty A&Ü", "100€", "Ðà Nẵng",
        "中文", "Привет", "👍 Hà",
    ],
)  # fmt: skip
def test_proper_text_of_any_language_stays(text):
    assert decoded(text) == (text, "")


@given(st.text(max_size=30))
def test_any_text_is_composed_and_decoding_is_settled(text):
    made, coding = decoded(text)
    assert unicodedata.is_normalized("NFC", made)
    assert coding in {"", "TCVN3", "VNI", "NFD", "UTF-8"}
    for font in ("TCVN3", "TCVN3H", "VNI"):
        decoded(text, font)
    broken(text)


# What is lost ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Nguy?n", "mất dấu thành “?”"),
        ("Tr?n Th? H?nh", "mất dấu thành “?”"),
        ("Ngu\ufffdn", "mất dấu thành “?”"),
        ("Hà\x01", "ký tự không in được"),
        ("Hà\ue000", "ký tự không in được"),
        ("Nguyá» ? V", "đọc nhầm bảng mã"),
        ("Nguyá»…n ThÃ nh", "đọc nhầm bảng mã"),
        ("Nguyễn V¨n Hµ", "lẫn chữ Unicode"),
        ("NguyÔn Văn Hưng", "lẫn chữ Unicode"),
        ("B¶o Thắng", "lẫn chữ Unicode với chữ của phông cũ"),
    ],
)
def test_what_is_beyond_repair_is_told(text, sentence):
    made, coding = decoded(text)
    assert (made, coding) == (text, "")
    assert sentence in broken(made)
    assert broken(made).endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nguyễn",
        "Có không?",
        "Hộ? (hỏi lại)",
        "https://a.vn/?b=c",
        "São Paulo",
        "Müller",
        "5µm",
        "dòng\nhai",
    ],
)
def test_what_only_looks_unusual_is_not(text):
    assert broken(text) == ""


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("Nguyễn", True), ("khuya", True), ("hoà", True), ("hòa", True), ("giếng", True), ("gì", True), ("quốc", True),
        ("Quỳnh", True), ("ý", True), ("Thỵ", True), ("khuỷu", True), ("Đắk", True), ("xoong", True),
        ("", False), ("Müller", False), ("haò", False), ("các", True), ("cằc", False), ("nguyênn", False),
        ("HàNội", False), ("đ", False), ("ngà", True), ("wà", False), ("hạị", False),
    ],
)  # fmt: skip
def test_syllables(word, is_one):
    assert is_syllable(word) is is_one
