"""The command that measures a matrix of 0 and 1: the worked example, what it prints, and that it says what the core says."""

import io
import json
import subprocess
import sys
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import GroupMeasures, Measures, Row, by_group, measure
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
    assert out.splitlines() == [
        "4 hộ (dòng), tổng quy mô 4.",
        "Nghèo khi tổng trọng số các chỉ số thiếu hụt từ 1/2 trở lên.",
        "Nghèo (theo quy mô): 2",
        "H  = 1/2 (0,5000): tỷ lệ nghèo",
        "A  = 3/4 (0,7500): mức thiếu hụt bình quân của người nghèo",
        "M0 = 3/8 (0,3750): H × A",
        "",
        "chỉ số  trọng số     thiếu hụt  nghèo và thiếu hụt      đóng góp",
        "a            1/4  1/4 (0,2500)        1/4 (0,2500)  1/6 (0,1667)",
        "b            1/4  3/4 (0,7500)        1/2 (0,5000)  1/3 (0,3333)",
        "c            1/4  1/4 (0,2500)        1/4 (0,2500)  1/6 (0,1667)",
        "d            1/4  1/2 (0,5000)        1/2 (0,5000)  1/3 (0,3333)",
    ]


def test_groups_are_printed_with_their_part_in_the_whole(file):
    _, out, _ = run(file("to,a\nTổ 1,1\n,1\nTổ 1,0\nTổ 2,0\n"), "--group", "to")
    lines = out.splitlines()[-4:]
    assert [each.split()[-2:] for each in lines[1:]] == [
        ["1/2", "(0,5000)"],
        ["1/2", "(0,5000)"],
        ["0", "(0,0000)"],
    ]
    assert lines[1].startswith("(trống)")
    assert "không xác định" in lines[3]
    assert len({len(each) for each in lines}) == 1


def test_columns_never_run_together(file):
    """Figures of 1,000,003 people in columns: as many cells as headings, whatever their length."""
    out = run(file("n,a,b\n600001,1,1\n400002,0,1\n"), "--size", "n", "--k", "1")[1]
    assert "600001/1000003 (0,6000)  600001/1000003 (0,6000)" in out


def test_nobody_poor_is_no_error(file):
    status, out, _ = run(file("a,b\n0,0\n1,0\n"), "--k", "1")
    assert status == 0
    assert "A  không xác định (không có hộ nghèo)" in out
    assert [each.endswith("không xác định") for each in out.splitlines()[-2:]] == [True, True]
    found = json.loads(run(file("g,a,b\nx,0,0\ny,1,0\n"), "--k", "1", "--group", "g", "--json")[1])
    assert (found["A"], found["contributions"], found["M0"]) == (None, None, "0")
    assert [each["A"] for each in found["groups"]] == [None, None]


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
    assert found["dimensions"] == {
        "Việc làm": "2/3", "Y tế": "1/3", "Giáo dục": "0", "Nhà ở": "0", "Nước sinh hoạt và vệ sinh": "0", "Thông tin": "0",
    }  # fmt: skip
    assert (
        "Việc làm                   2/3 (0,6667)" in run(path, "--weights", "nested:2022-2026", "--k=3/12")[1]
    )
    assert json.loads(run(path, "--json")[1])["dimensions"] is None


def test_the_cutoff_is_a_third_unless_given(file):
    path = file("a,b,c,d\n1,0,0,0\n1,1,0,0\n")
    for weights in ("equal", "a=1/4,b=1/4,c=1/4,d=1/4"):
        assert json.loads(run(path, "--weights", weights, "--json")[1])["k"] == "1/3"


def test_a_letter_and_its_marks_are_one_column_and_one_group(file):
    apart = unicodedata.normalize("NFD", "tổ,nước\nTổ 1,1\n") + "Tổ 1,0\n"
    found = json.loads(run(file(apart), "--group", "tổ", "--weights", "nước=1", "--json")[1])
    assert [(each["group"], each["population"]) for each in found["groups"]] == [("Tổ 1", 2)]
    found = json.loads(run(file("tổ,a\nx,1\n"), "--group", unicodedata.normalize("NFD", "tổ"), "--json")[1])
    assert list(found["weights"]) == ["a"]


@pytest.mark.parametrize(
    "content", ["a,b\n1,0\n\n0,0\n,\n,\n", "a,b\n1,0\n0,0\n\n\n", "\n,\na,b\n1,0\n0,0\n \n"]
)
def test_blank_lines_are_no_households(file, content):
    assert json.loads(run(file(content), "--json")[1])["households"] == 2


def test_headings_do_not_steer_the_terminal(file):
    assert "\x1b" not in run(file("a\x1b[31m,b\n1,0\n"))[1]


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
    cutoff = Fraction(k, 6)
    assert _read(told) == measure(rows, exact, cutoff)
    assert told["households"] == len(rows)
    groups = [GroupMeasures(each["group"], Fraction(each["share"]), _read(each)) for each in told["groups"]]
    assert tuple(groups) == by_group(rows, exact, cutoff)


def _read(told) -> Measures:
    """The figures of the JSON, as another program would read them."""

    def fractions(found):
        return None if found is None else {code: Fraction(value) for code, value in found.items()}

    return Measures(
        told["population"], told["poor"], Fraction(told["H"]), told["A"] and Fraction(told["A"]), Fraction(told["M0"]),
        *(fractions(told[name]) for name in ("uncensored", "censored", "contributions")),
    )  # fmt: skip


def test_a_reader_of_the_pipe_who_leaves_early_sees_no_traceback(file):
    path = file("g,a\n" + "".join(f"Tổ dân phố {at},1\n" for at in range(20_000)))
    command = f'"{sys.executable}" -m households.poverty measure "{path}" --group g | head -1'
    done = subprocess.run(
        ["sh", "-c", command], cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("20.000 hộ (dòng), tổng quy mô 20.000.\n", "")
