"""What a file is, by what it holds: what is taken, what is refused, what it is called afterwards."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from thanhsen import filetypes
from thanhsen.filetypes import recognised, safe_name

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(32)


def office(main: str = "word/document.xml", declared: bytes = b"<Types/>", **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", declared)
        if main:
            archive.writestr(main, b"<x/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0" + bytes(16), "jpg"),
        (b"GIF89a" + bytes(16), "gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"ID3\x04\x00" + bytes(16), "mp3"),
        (b"\xff\xfb\x90\x00" + bytes(16), "mp3"),
        (FILM, "mp4"),
        (office(), "docx"),
        (office("ppt/presentation.xml"), "pptx"),
        (office("xl/workbook.xml"), "xlsx"),
    ],
)
def test_taken(content, extension):
    assert recognised(content).extension == extension


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", filetypes.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", filetypes.UNKNOWN),
        (b"<!DOCTYPE html><script>alert(1)</script>", filetypes.UNKNOWN),
        (b"MZ\x90\x00" + bytes(64), filetypes.UNKNOWN),
        (b"#!/bin/sh\nrm -rf /", filetypes.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), filetypes.UNKNOWN),  # Word of before 2007
        (b"\x00\x00\x00\x18ftypheic" + bytes(32), filetypes.UNKNOWN),
        (b"\xff\xff\xff\xff", filetypes.UNKNOWN),
        (b"PDF", filetypes.UNKNOWN),
        (PDF[:20], filetypes.BROKEN),  # half sent
        (office()[:60], filetypes.BROKEN),
        (b"PK\x03\x04" + bytes(100), filetypes.BROKEN),
        (office(""), filetypes.UNKNOWN),  # an archive of anything
        (office(**{"xl/workbook.xml": b"<x/>"}), filetypes.UNKNOWN),  # two at once
        (office(**{"word/vbaProject.bin": b"x"}), filetypes.MACROS),
        (office(**{"word/embeddings/oleObject1.bin": b"x"}), filetypes.MACROS),
        (office(**{"word/setup.EXE": b"x"}), filetypes.MACROS),
        (office(declared=b"application/vnd.ms-word.document.macroEnabled.main+xml"), filetypes.MACROS),
    ],
)
def test_refused(content, sentence):
    with pytest.raises(ValidationError) as error:
        recognised(content)
    assert error.value.messages == [sentence]


def test_an_archive_that_would_fill_the_machine_is_refused_without_unpacking_it():
    bomb = office(**{"word/media/zeros.png": bytes(filetypes.UNPACKED + 1)})
    assert len(bomb) < 1_000_000
    with pytest.raises(ValidationError) as error:
        recognised(bomb)
    assert error.value.messages == [filetypes.BOMB]
    many = office(**{f"word/{number}.xml": b"" for number in range(filetypes.ENTRIES)})
    with pytest.raises(ValidationError) as error:
        recognised(many)
    assert error.value.messages == [filetypes.BOMB]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Tờ rơi vay vốn.pdf", "Tờ rơi vay vốn.pdf"),
        ("BÀI NÓI.PDF", "BÀI NÓI.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Windows\\system32\\a.pdf", "a.pdf"),
        ("setup.exe", "setup.exe.pdf"),
        ("fdp.\u202eexe.pdf", "fdp. exe.pdf"),
        ('a"\r\nSet-Cookie: x=y.pdf', "a Set-Cookie x=y.pdf"),
        ("\x00", "tai-lieu.pdf"),
        ("...", "tai-lieu.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("e\u0323\u0302.pdf", "ệ.pdf"),
    ],
)
def test_named_for_any_machine(name, safe):
    assert safe_name(name, filetypes.PDF) == safe
    assert filetypes.of_name(safe) is filetypes.PDF


def test_a_photo_keeps_either_of_its_endings():
    assert safe_name("anh.jpeg", filetypes.JPEG) == safe_name("anh.jpg", filetypes.JPEG) == "anh.jpg"
    assert filetypes.of_name("x.html") is None
