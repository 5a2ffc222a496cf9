"""`python -m households.poverty`: what it prints, and that bad input is one Vietnamese line, never a traceback."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.poverty import measuring
from households.poverty.__main__ import main

ROOT = Path(__file__).parents[3]
LISTED = {
    "standard": "2022-2026",
    "area_type": "urban",
    "income_score": 175,
    "lacking": ["water", "insurance"],
}
DERIVED = {
    "standard": "2022-2026",
    "area_type": "urban",
    "income_score": 175,
    "surveyed_on": "2026-10-15",
    "floor_area": 7.5,
    "members": [
        {
            "name": "Nguyễn Văn A", "sex": "male", "birth_date": "1980-05-01", "work": "wage_contract",
            "has_insurance": False,
        }
    ],
    "answers": {
        "housing_quality": {"value": ["wall", "roof"]},
        "water": {"value": "piped"},
        "toilet": {"value": "none"},
        "telecom": {"value": "yes"},
        "info_means": {"value": ["smartphone"]},
        "insurance": {"lacking": True, "override_reason": None},
    },
}  # fmt: skip


def run(raw, *arguments):
    data = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    out, err = io.StringIO(), io.StringIO()
    status = main(list(arguments), io.BytesIO(data), out, err)
    return status, out.getvalue(), err.getvalue()


def test_explains_a_listed_sheet():
    status, out, err = run(LISTED)
    assert (status, err) == (0, "")
    assert out.startswith("Hộ cận nghèo (175/20)\n")
    assert "- Nếu thêm 1 chỉ số thiếu hụt thì là hộ nghèo." in out


def test_explains_a_derived_sheet():
    status, out, err = run(DERIVED, "-")
    assert (status, err) == (0, "")
    assert out.startswith("Hộ nghèo (175/30)\n")
    assert "tuổi tính đến ngày khảo sát 15/10/2026" in out
    assert "- 4. Bảo hiểm y tế: thiếu hụt. 1/1 thành viên từ 6 tuổi chưa có BHYT: Nguyễn Văn A." in out
    assert "7,5 m²/người, dưới 8 m²" in out


def test_prints_an_override():
    answers = {**DERIVED["answers"], "insurance": {"lacking": False, "override_reason": "Vừa được cấp thẻ"}}
    _, out, _ = run(DERIVED | {"answers": answers})
    assert "Cán bộ sửa vì: Vừa được cấp thẻ." in out


def test_machine_output():
    status, out, _ = run(DERIVED, "--json")
    data = json.loads(out)
    assert status == 0
    assert (data["classification"], data["label"]) == ("poor", "175/30")
    assert data["lacking"] == ["insurance", "housing_area", "toilet"]
    assert data["findings"][0]["indicator"] == "employment"


def test_reads_a_file_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "phiếu.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(LISTED).encode())
    assert run(b"", str(path))[0] == 0


def test_help():
    usage = "Cách dùng: python -m households.poverty [--json] [TỆP|-]"
    assert run(b"", "--help")[:2] == (0, f"{usage}\n{measuring.USAGE}\n")


def member(**fields):
    return DERIVED | {"members": [DERIVED["members"][0] | fields]}


def answer(code, value):
    return DERIVED | {"answers": DERIVED["answers"] | {code: value}}


BAD = {
    "empty": (b"", "Dữ liệu trống"),
    "not utf-8": (b"\xff\xfe{", "không phải UTF-8"),
    "not json": (b"{'a': 1}", "không phải JSON"),
    "cut short": (b'{"standard": "2022-2026"', "không phải JSON"),
    "a list": ([], "phải là một bảng"),
    "a number": (b"5", "phải là một bảng"),
    "null": (b"null", "phải là một bảng"),
    "empty table": ({}, "Thiếu “standard”"),
    "repeated key": (b'{"standard": "a", "standard": "b"}', "Khóa “standard” ghi hai lần"),
    "nan": (b'{"income_score": NaN}', "Không nhận giá trị NaN"),
    "infinity": (b'{"income_score": -Infinity}', "Không nhận giá trị"),
    "huge integer": (b'{"income_score": ' + b"9" * 5000 + b"}", "số quá dài"),
    "huge exponent": (b'{"floor_area": 1e999999999}', "số quá dài"),
    "monstrous exponent": (b'{"floor_area": 1e99999999999999999999999}', "số quá lớn"),
    "deep nesting": (b"[" * 100_000, "lồng nhau quá sâu"),
    "deep tables": (b'{"a":' * 100_000, "lồng nhau quá sâu"),
    "too large": (b" " * 1_000_001, "quá lớn"),
    "unknown standard": (LISTED | {"standard": "2016-2020"}, "Không có chuẩn nghèo"),
    "standard of a wrong type": (LISTED | {"standard": 2022}, "“standard” phải là chữ"),
    "unknown area": (LISTED | {"area_type": "island"}, "“area_type” phải là một trong"),
    "unknown key": (LISTED | {"lackign": []}, "Khóa lạ: “lackign”"),
    "unknown key with a newline": (LISTED | {"a\nb": 1}, "Khóa lạ"),
    "lone surrogate": (b'{"standard": "\\ud800"}', "ký tự không hợp lệ"),
    "lone surrogate in a key": (json.dumps(LISTED | {"\ud800": 1}).encode(), "Khóa lạ"),
    "score as text": (LISTED | {"income_score": "175"}, "“income_score” phải là số nguyên"),
    "score as boolean": (LISTED | {"income_score": True}, "phải là số nguyên"),
    "score with decimals": (LISTED | {"income_score": 1.5}, "phải là số nguyên"),
    "score below zero": (LISTED | {"income_score": -1}, "Điểm B1 phải từ 0"),
    "no score": (LISTED | {"income_score": None}, "cần nhập điểm B1"),
    "no income": (LISTED | {"standard": "2027-2030"}, "cần nhập thu nhập bình quân"),
    "flag as text": (LISTED | {"asks_average": "yes"}, "phải là true hoặc false"),
    "lacking as text": (LISTED | {"lacking": "water"}, "“lacking” phải là danh sách"),
    "lacking of numbers": (LISTED | {"lacking": [1]}, "“lacking[0]” phải là chữ"),
    "lacking twice": (LISTED | {"lacking": ["water", "water"]}, "ghi hai lần"),
    "unknown indicator": (LISTED | {"lacking": ["waste"]}, "không có chỉ số: waste"),
    "both shapes": (LISTED | {"members": []}, "không ghi cả hai"),
    "neither shape": (LISTED | {"lacking": None}, "Thiếu “lacking”"),
    "no survey day": (DERIVED | {"surveyed_on": None}, "Thiếu “surveyed_on”"),
    "impossible day": (DERIVED | {"surveyed_on": "2026-02-30"}, "phải là ngày có thật"),
    "members as table": (DERIVED | {"members": {}}, "“members” phải là danh sách"),
    "member as text": (DERIVED | {"members": ["A"]}, "members[0]: phải là một bảng"),
    "no members": (DERIVED | {"members": []}, "chưa có thành viên nào"),
    "unknown field": (member(cccd="042"), "Khóa lạ: “members[0].cccd”"),
    "unknown sex": (member(sex="nam"), "“members[0].sex” phải là một trong"),
    "unknown work": (member(work="boss"), "“members[0].work” phải là một trong"),
    "birth year of a wrong type": (member(birth_year="1980"), "phải là số nguyên"),
    "two birth years": (member(birth_year=1979), "không thuộc năm sinh 1979"),
    "no birth": (member(birth_date=None), "Thiếu “members[0].birth_year”"),
    "born later": (member(birth_date="2027-01-01"), "Ngày sinh sau ngày khảo sát"),
    "insurance as text": (member(has_insurance="có"), "phải là true hoặc false"),
    "area as text": (DERIVED | {"floor_area": "30"}, "“floor_area” phải là số"),
    "negative area": (DERIVED | {"floor_area": -1}, "Diện tích nhà ở phải là số từ 0"),
    "answers as list": (DERIVED | {"answers": []}, "answers: phải là một bảng"),
    "answer as text": (answer("water", "piped"), "answers.water: phải là một bảng"),
    "null answer": (answer("water", None), "Nguồn nước sinh hoạt (Chưa trả lời)"),
    "unknown answer": (answer("waste", {"value": "yes"}), "không có chỉ số: waste"),
    "unknown option": (answer("water", {"value": "lava"}), "Không có phương án: lava"),
    "unknown key of an answer": (answer("water", {"valeu": "piped"}), "Khóa lạ: “answers.water.valeu”"),
    "override without reason": (answer("insurance", {"lacking": False}), "cần ghi lý do"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line(name):
    raw, words = BAD[name]
    status, out, err = run(raw)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert err.endswith("\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["không-có.json"], "Không tìm thấy tệp"),
        (["."], "là thư mục"),
        (["a\0b"], "Không đọc được tệp"),
        (["x" * 5000], "Không đọc được tệp"),
        (["--yaml"], "Cách dùng"),
        (["a", "b"], "Cách dùng"),
    ],
)
def test_bad_arguments(arguments, words):
    status, out, err = run(b"", *arguments)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(DERIVED | LISTED)), JSON, st.sampled_from([DERIVED, LISTED]))
def test_never_a_traceback(key, value, sheet):
    status, out, err = run(sheet | {key: value})
    assert (status, bool(out), bool(err)) in {(0, True, False), (2, False, True)}


@given(st.binary(max_size=50))
def test_never_a_traceback_on_bytes(raw):
    assert run(raw)[0] == 2


@pytest.mark.parametrize(("raw", "status"), [(json.dumps(LISTED).encode(), 0), (b"{", 2)])
def test_as_a_process_under_a_plain_locale(raw, status):
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "households.poverty"],
        input=raw,
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == status
    printed = (done.stderr if status else done.stdout).decode("utf-8")
    assert ("không phải JSON" if status else "Hộ cận nghèo") in printed
    assert "Traceback" not in done.stderr.decode("utf-8")
