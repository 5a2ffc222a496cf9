"""The command that measures a matrix of 0 and 1: a clear Vietnamese line for everything that is wrong, and status 2."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import matrix, measuring
from households.poverty.__main__ import main


def run(path, *arguments, stdin=b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(["measure", str(path), *arguments], io.BytesIO(stdin), out, err)
    return status, out.getvalue(), err.getvalue()


WRONG = [
    ("a,b\n1,\n", (), "Dòng 2, cột “b”: thiếu giá trị"),
    ("a\n1\n\n0\n", (), "Dòng 3: thiếu giá trị ở mọi cột"),
    ("a,b\n1,1\n,\n,\n0,0\n", (), "Dòng 3: thiếu giá trị ở mọi cột"),
    ("a,b\n1,1\n , \n0,0\n", (), "Dòng 3: thiếu giá trị ở mọi cột"),
    ("ma,a,b\nH1,1,1\nH2,,1\n", ("--id", "ma"), "Dòng 3 (H2), cột “a”: thiếu giá trị"),
    ("ma,n,a\nH1,,1\n", ("--id", "ma", "--size", "n"), "Dòng 2 (H1), cột “n”: thiếu giá trị"),
    ("n,a\n1.5,1\n", ("--size", "n"), "“1.5” không phải là số nguyên từ 1"),
    ("n,a\n-2,1\n", ("--size", "n"), "“-2” không phải là số nguyên từ 1"),
    ("a\x1b[31m,b\n1,0\n", ("--group", "to"), "Các cột: a?[31m, b."),
    (",".join(f"c{at}" for at in range(99)) + "\n1\n", ("--group", "to"), "c19, …."),
    ("a,b\n1,0\n", ("--weights", "a=0,5,b=0,5"), "“0,5” là số thập phân"),
    ("a,b\n1,0\n", ("--weights", "a=0.167,b=1"), "Trọng số của “a”: “0.167” là số thập phân"),
    ("a,b\n1,0\n", ("--weights", "a=-1/2,b=3/2"), "không phải là phân số hay số nguyên không âm"),
    ("a,b\n1,0\n", ("--weights=",), "Sau --weights thiếu giá trị"),
    ("a,b\n1,0\n", ("--group", ""), "Sau --group thiếu giá trị"),
    ("a,b\n1,0\n0,2\n", (), "Dòng 3, cột “b”: “2” không phải là 0 hoặc 1"),
    ("a,b\n1,x\n", (), "Dòng 2, cột “b”: “x” không phải"),
    ("a,b\n1\n", (), "Dòng 2: có 1 ô, dòng tiêu đề có 2 cột"),
    ("a,a\n1,0\n", (), "“a” có hai lần"),
    ("a,\n1,0\n", (), "Cột thứ 2 không có tên"),
    ("\na,b\n\n1,0\n1\n", (), "Dòng 5: có 1 ô"),
    ('t,a\n"x\ny",1\nz,2\n', ("--ignore", "t"), "Dòng 4, cột “a”"),
    ('a,b\n1,"0\n', (), "Dòng 2: dấu ngoặc kép"),
    ("a,b\n1,\x1b[31m\n", (), "“?[31m” không phải"),
    (b"PK\x03\x04", (), "Đây là tệp Excel"),
    (b"a,b\n1,0\n\xff,0\n", (), "Dòng 3: tệp không phải UTF-8"),
    ("a,b\n1,0\n", ("--group", "a", "--size", "a"), "Cột “a” được nêu ở hai tuỳ chọn"),
    ("", (), "Tệp trống"),
    (" \n", (), "Tệp trống"),
    (",\n", (), "Tệp trống"),
    ("a,b\n", (), "chỉ có dòng tiêu đề"),
    ("a,b\n1,0\n", ("--ignore", "a,b"), "Không còn cột chỉ số nào"),
    (b"\xff\xfea", (), "không phải UTF-8"),
    ("a,b\n1,0\0\n", (), "NUL"),
    ("a,b\n1,0\n", ("--weights", "a=1/2,b=1/3"), "Tổng các trọng số phải bằng 1, đang là 5/6"),
    ("a,b\n1,0\n", ("--weights", "a=0.5,b=0.5"), "là số thập phân"),
    ("a,b\n1,0\n", ("--weights", "a=1/2,c=1/2"), "không có cột chỉ số “c”"),
    ("a,b\n1,0\n", ("--weights", "a=1"), "chưa có trọng số của “b”"),
    ("a,b\n1,0\n", ("--weights", "a=1,a=0"), "ghi hai lần"),
    ("a,b\n1,0\n", ("--weights", "a"), "không có dạng"),
    ("a,b\n1,0\n", ("--weights", "a=x,b=1"), "không phải là phân số"),
    ("a,b\n1,0\n", ("--weights", "a=1/0,b=1"), "không phải là phân số"),
    ("a,b\n1,0\n", ("--weights", "nested:1999"), "1999"),
    ("a,b\n1,0\n", ("--weights", "nested:2022-2026"), "không có cột chỉ số"),
    ("a,b\n1,0\n", ("--k", "0"), "Ngưỡng k phải lớn hơn 0"),
    ("a,b\n1,0\n", ("--k", "2"), "không quá 1"),
    ("a,b\n1,0\n", ("--k", "0.33"), "là số thập phân"),
    ("a,b\n1,0\n", ("--k", "-1/3"), "không phải là phân số"),
    ("a,b\n1,0\n", ("--k",), "Sau --k thiếu giá trị"),
    ("a,b\n1,0\n", ("--k", "1", "--k", "1"), "ghi hai lần"),
    ("a,b\n1,0\n", ("--group", "to"), "--group: tệp không có cột “to”"),
    ("a,b\n1,0\n", ("--size", "khau"), "--size: tệp không có cột “khau”"),
    ("a,b\n1,0\n", ("--id", "ma"), "--id: tệp không có cột “ma”"),
    ("a,b\n1,0\n", ("--ignore", "x"), "--ignore: tệp không có cột “x”"),
    ("a,b\n1,0\n", ("--size", "b"), "“0” không phải là số nguyên từ 1"),
    ("a,b\n1,0\n", ("--speed", "9"), "Không có tuỳ chọn --speed"),
    ("a,b\n1,0\n", ("more.csv",), "Cách dùng"),
]


@pytest.mark.parametrize(("content", "arguments", "words"), WRONG)
def test_every_fault_has_its_line(content, arguments, words):
    status, out, err = run("-", *arguments, stdin=content if isinstance(content, bytes) else content.encode())
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


@given(st.binary(max_size=80))
def test_whatever_the_file_there_is_a_line_and_no_traceback(raw):
    status, _, err = run("-", stdin=raw)
    assert (status, err.count("\n")) in {(0, 0), (2, 1)}


def test_a_file_too_large_says_the_limit(tmp_path, monkeypatch):
    for module in (matrix, measuring):
        monkeypatch.setattr(module, "LARGEST_FILE", 1024 * 1024)
    path = tmp_path / "matrix.csv"
    path.write_text("a,b\n" + "1,0\n" * 300_000)
    assert run(path) == (2, "", "Tệp lớn quá: tối đa 1 MB.\n")


def test_no_such_file(tmp_path):
    for path, words in (
        (tmp_path / "x.csv", "Không tìm thấy"),
        (tmp_path, "là thư mục"),
        ("a\0b", "Không đọc được"),
    ):
        status, _, err = run(path)
        assert status == 2
        assert words in err
