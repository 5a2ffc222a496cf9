"""The certificate as PDF: one page each, every Vietnamese letter, whatever the name holds."""

import json
import re
import unicodedata
import zlib
from datetime import date

import pytest
import segno
import typst

from thanhsen.models import Area
from thanhsen.papers import pdf
from trainings.documents import certificate, qr
from trainings.models import SignerTitle, TrainingCertificate

VOWELS = "aăâeêioôơuưy"
LETTERS = sorted(
    {
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in VOWELS
        for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
    }
    | set("đbcdghklmnpqrstvx")
)


def make(number=1, **words) -> TrainingCertificate:
    """Not stored."""
    return TrainingCertificate(
        **{
            "ward": Area(name="Phường Thành Sen"),
            "full_name": "Nguyễn Thị Ễnh",
            "born": "01/02/1980",
            "unit_name": "Tổ dân phố 5",
            "course_name": "Tập huấn cán bộ giảm nghèo",
            "studied": "từ ngày 08/12/2026 đến ngày 11/12/2026",
            "decision_number": "120/QĐ-UBND",
            "printed_number": f"{number:02}/GCN-TH",
            "issued_on": date(2026, 12, 15),
            "signer": "Trần Văn Ổn",
            "code": "abcdefgh23456789",
        }
        | words
    )


def address(code):
    return f"https://cong.example/tap-huan/giay/{code}/"


def pages(*made) -> int:
    """How many pages they take, laid out small."""
    words = json.dumps(
        [pdf._plain(certificate.paper(each, address(each.code))) for each in made], ensure_ascii=False
    )
    found = typst.compile(
        certificate.LAYOUT.read_bytes(),
        format="png",
        ppi=8,
        ignore_system_fonts=True,
        sys_inputs={"papers": words},
    )
    return len(found) if isinstance(found, list) else 1


def streams(data: bytes):
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.S):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            yield found[1]


def letters(data: bytes) -> set[str]:
    """What the fonts of the file are said to hold, which is what a reader copies out of it."""
    found = set()
    for each in streams(data):
        if b"beginbfchar" in each:
            for glyph, text in re.findall(
                rb"<([0-9A-F]{4})> <([0-9A-F]+)>", each.split(b"beginbfchar", 1)[1]
            ):
                assert glyph != b"0000"  # the box of a missing letter
                found |= set(bytes.fromhex(text.decode()).decode("utf-16-be"))
    return found


def test_every_vietnamese_letter_from_the_one_font():
    both = "".join(LETTERS) + "".join(LETTERS).upper()
    halves = [both[place : place + 20] for place in range(0, len(both), 20)]
    data = certificate.write(
        [make(full_name=each, unit_name=each, course_name=each) for each in halves], address
    )
    assert set(both) <= letters(data)
    assert {each.split(b"+")[1].split(b"-")[0] for each in re.findall(rb"/BaseFont/([^/\s]+)", data)} == {
        b"LibertinusSerif"
    }


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")', '#read("/etc/passwd")', '#import "@preview/x:1.0.0"', "$x$ *b* _i_ `r` <l> @ref // /* ]", '") + read("/etc/passwd") + ("',
        "\\u{41} \\", "\u202egnad", "Lê\nAn\r\nBình", "\x00\x07", "𝔑𝔤 🙂", "ﷺ" * 40, "W" * 120, "Nguyễn " * 17,
    ],
)  # fmt: skip
def test_whatever_the_words_they_are_text_on_one_page(hostile):
    made = make(
        full_name=hostile[:120], unit_name=hostile[:160], course_name=hostile[:200], signer=hostile[:120],
        signer_title=SignerTitle.DEPUTY,
        replaces=make(printed_number="9" * 40), printed_number="9" * 40, decision_number="9" * 40,
    )  # fmt: skip
    assert pages(made) == 1


def test_a_deputy_signs_for_the_chair_and_an_old_one_stays_the_chairs():
    old, new = make(), make(signer_title=SignerTitle.DEPUTY)
    assert certificate.paper(old, address("a" * 16)).capacity == ["CHỦ TỊCH"]
    assert certificate.paper(new, address("a" * 16)).capacity == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert pages(new) == 1


def test_same_certificates_same_bytes_one_to_a_page():
    two = [make(1), make(2, replaces=make(1))]
    data = certificate.write(two, address)
    assert data == certificate.write(two, address)
    assert b"/Type/Pages/Count 2/" in data


def test_an_endless_word_may_be_broken_and_a_name_is_left_as_it_is():
    made = make(full_name="W" * 120, unit_name="Tổ dân phố Nguyễn Du")
    paper = certificate.paper(made, address(made.code))
    assert max(map(len, paper.full_name.split("\u200b"))) == certificate.LONGEST_WORD
    assert paper.full_name.replace("\u200b", "") == made.full_name
    assert paper.unit == made.unit_name


def test_a_code_has_its_quiet_zone():
    plain = segno.make(address("a" * 16), micro=False, error="m")
    width = plain.symbol_size(border=4)[0]
    assert f'width="{width}"' in qr.file(address("a" * 16))
    assert "style" not in qr.inline(address("a" * 16))
