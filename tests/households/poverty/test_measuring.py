"""The command that measures a matrix of 0 and 1: the worked example, and a clear line for everything that is wrong."""

import io
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import Row, by_group, measure
from households.poverty.__main__ import main

EXAMPLE = "a,b,c,d\n0,0,0,0\n0,1,0,1\n1,1,1,1\n0,1,0,0\n"


def run(path, *arguments, stdin=b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(["measure", str(path), *arguments], io.BytesIO(stdin), out, err)
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(content: str | bytes):
        path = tmp_path / "matrix.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_the_worked_example(file):
    """Four people, four indicators, equal weights, k = 2 of 4 (Alkire–Foster)."""
    status, out, _ = run(file(EXAMPLE), "--k", "2/4", "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["H"], found["A"], found["M0"]) == ("1/2", "3/4", "3/8")
    assert list(found["uncensored"].values()) == ["1/4", "3/4", "1/4", "1/2"]
    assert list(found["censored"].values()) == ["1/4", "1/2", "1/4", "1/2"]
    assert list(found["contributions"].values()) == ["1/6", "1/3", "1/6", "1/3"]
    found = json.loads(run(file(EXAMPLE), "--k=1/4", "--json")[1])
    assert (found["H"], found["A"], found["M0"]) == ("3/4", "7/12", "7/16")


def test_what_is_printed(file):
    status, out, err = run(file(EXAMPLE), "--k", "2/4")
    assert (status, err) == (0, "")
    assert "H  = 1/2 (0,5000)" in out
    assert "M0 = 3/8 (0,3750)" in out


def test_nobody_poor_is_no_error(file):
    status, out, _ = run(file("a,b\n0,0\n1,0\n"), "--k", "1")
    assert status == 0
    assert "A  không xác định (không có hộ nghèo)" in out
    assert "đóng góp" in out


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_the_mark_of_utf8(file, separator):
    path = file(b"\xef\xbb\xbf" + EXAMPLE.replace(",", separator).encode())
    assert json.loads(run(path, "--k", "1/2", "--json")[1])["M0"] == "3/8"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines_and_standard_input(end):
    assert "M0 = 3/8" in run("-", "--k", "1/2", stdin=EXAMPLE.replace("\n", end).encode())[1]


def test_a_separator_between_quotes_parts_nothing(file):
    assert list(json.loads(run(file('"x;y;z",b\n1,1\n'), "--json")[1])["weights"]) == ["x;y;z", "b"]


def test_groups_sizes_names_and_what_is_left_out(file):
    path = file("ten,to,khau,a,b,ghi chu\nA,Tổ 1,2,1,0,x\nB,Tổ 2,3,0,0,\n")
    out = run(
        path, "--id", "ten", "--group", "to", "--size", "khau", "--ignore", "ghi chu", "--k", "1/2", "--json"
    )[1]
    found = json.loads(out)
    assert (found["population"], found["H"]) == (5, "2/5")
    assert [(each["group"], each["share"], each["M0"]) for each in found["groups"]] == [
        ("Tổ 1", "2/5", "1/2"),
        ("Tổ 2", "3/5", "0"),
    ]
    assert "Tổ 1" in run(path, "--id", "ten", "--group", "to", "--size", "khau", "--ignore", "ghi chu")[1]


def test_weights_of_the_standard(file):
    codes = (
        "employment,dependants,nutrition,insurance,adult_education,schooling,housing_quality,housing_area,water,toilet,"
        "telecom,info_means"
    )
    path = file(f"{codes}\n1,1,1,0,0,0,0,0,0,0,0,0\n{','.join('0' * 12)}\n")
    found = json.loads(run(path, "--weights", "nested:2022-2026", "--k", "3/12", "--json")[1])
    assert (found["H"], found["M0"]) == ("1/2", "1/8")


WRONG = [
    ("a,b\n1,\n", (), "Dòng 2, cột “b”: thiếu giá trị"),
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
def test_every_fault_has_its_line(file, content, arguments, words):
    status, out, err = run(file(content), *arguments)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


@given(st.binary(max_size=80))
def test_whatever_the_file_there_is_a_line_and_no_traceback(raw):
    status, _, err = run("-", stdin=raw)
    assert (status, err.count("\n")) in {(0, 0), (2, 1)}


def test_no_such_file(tmp_path):
    for path, words in (
        (tmp_path / "x.csv", "Không tìm thấy"),
        (tmp_path, "là thư mục"),
        ("a\0b", "Không đọc được"),
    ):
        status, _, err = run(path)
        assert status == 2
        assert words in err


@given(
    st.lists(
        st.tuples(st.lists(st.booleans(), min_size=3, max_size=3), st.integers(1, 9), st.sampled_from("xy")),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.integers(0, 6), min_size=3, max_size=3).filter(any),
    st.integers(1, 6),
)
def test_the_command_says_what_the_core_says(tmp_path_factory, found, weights, k):
    path = tmp_path_factory.mktemp("m") / "m.csv"
    lines = [
        f"{group},{size},{','.join(str(int(each)) for each in lacking)}" for lacking, size, group in found
    ]
    path.write_text("\n".join(["g,n,a,b,c", *lines]))
    exact = {code: Fraction(weight, sum(weights)) for code, weight in zip("abc", weights, strict=True)}
    rows = [Row(dict(zip("abc", lacking, strict=True)), size, group) for lacking, size, group in found]
    text = ",".join(f"{code}={weight}" for code, weight in exact.items())
    told = json.loads(
        run(path, "--group", "g", "--size", "n", "--weights", text, "--k", f"{k}/6", "--json")[1]
    )
    expected = measure(rows, exact, Fraction(k, 6))
    assert (told["H"], told["M0"]) == (str(expected.H), str(expected.M0))
    assert told["A"] == (None if expected.A is None else str(expected.A))
    groups = by_group(rows, exact, Fraction(k, 6))
    assert [(each["group"], each["M0"]) for each in told["groups"]] == [
        (each.group, str(each.measures.M0)) for each in groups
    ]
