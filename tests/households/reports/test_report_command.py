"""manage.py report: the file it writes, and one Vietnamese line with code 2 for every wrong input."""

import io
import sys
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from tests.factories import make_group, make_ward

pytestmark = pytest.mark.django_db


def report(*arguments) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("report", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(*arguments) -> str:
    with pytest.raises(CommandError) as error:
        report(*arguments)
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)
    return str(error.value)


def test_writes_the_form(ward, tmp_path):
    path = tmp_path / "mẫu 2.xlsx"
    out, err = report("2", "2025", "--area", "18073", "-o", str(path))
    assert (out.strip(), err) == (f"Đã ghi {path}: Phường Thành Sen (từ 01/01/2020)", "")
    assert load_workbook(path).active["A5"].value == "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO TRONG NĂM 2025"
    assert [each.name for each in tmp_path.iterdir()] == ["mẫu 2.xlsx"]


def test_has_a_name_of_its_own(ward, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    report("1", "2025", "--area", "T01")
    assert (tmp_path / "mau-01-T01-2025.xlsx").exists()


def test_says_which_check_fails(ward, tmp_path):
    make_group(ward.area, name="Tổ dân phố 11")
    _, err = report("1", "2025", "--area", "18073", "-o", str(tmp_path / "x.xlsx"))
    assert err.startswith("Mẫu 1, cột kiểm tra chưa khớp, ô S15: Còn 1 tổ dân phố")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Số mẫu phải là số từ 0 đến 15, đang là để trống"),
        (("16", "2025", "--area", "18073"), "đang là “16”"),
        (("-1", "2025"), "đang là “-1”"),
        (("²", "2025", "--area", "18073"), "Số mẫu phải là số"),
        (("1", "hai", "--area", "18073"), "Năm phải là số"),
        (("1", "99999999999999999999", "--area", "18073"), "Năm phải là số"),
        (("1", "2010", "--area", "18073"), "Trong năm 2010|Không có phường"),
        (("1", "2025"), "Chưa cho biết địa bàn"),
        (("1", "2025", "--area", "99999"), "mang mã “99999”"),
        (("1", "2025", "--area", "' OR 1=1"), "Không có phường"),
        (("1", "2025", "--area", "18073", "--on", "31/02/2025"), "Ngày “31/02/2025” không đúng"),
        (("1", "2025", "--bad"), "Dòng lệnh không đúng"),
        (("1", "2025", "--area", "18073", "-o", "/khong/co/x.xlsx"), "thư mục không có"),
        (("1", "2025", "--area", "18073", "-o", "/"), "Không ghi được tệp"),
        (("1", "2025", "--area", "18073", "-o", "a\0b"), "Không ghi được tệp"),
        (("1", "2025", "--area", "18073", "-o", "x" * 300), "Không ghi được tệp"),
    ],
)
def test_wrong_input(ward, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert any(each in refused(*arguments) for each in words.split("|"))
    assert not list(tmp_path.iterdir())


def test_a_province_is_refused(ward):
    assert "của tỉnh" in refused("1", "2025", "--area", ward.area.parent.code)


def test_a_screen_gets_no_workbook(ward, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert "Không ghi tệp .xlsx ra màn hình" in refused("1", "2025", "--area", "18073", "-o", "-")


def test_a_code_used_twice_is_the_last_bearers_unless_a_day_is_given(ward, tmp_path):
    """18073 was another ward's until 01/07/2025; the year's report is of who bears it when the year closes."""
    ward.area.valid_from = date(2025, 7, 1)
    ward.area.save()
    old = make_ward(code="18073", name="Phường Nam Hà", valid_to=date(2025, 7, 1))
    make_group(old, name="Khối phố 1", valid_to=date(2025, 7, 1))
    path = tmp_path / "2025.xlsx"
    report("1", "2025", "--area", "18073", "-o", str(path))
    assert load_workbook(path).active["A3"].value == "UBND PHƯỜNG THÀNH SEN"
    for day, name in (("01/03/2025", "UBND PHƯỜNG NAM HÀ"), ("01/07/2025", "UBND PHƯỜNG THÀNH SEN")):
        path = tmp_path / f"{name}.xlsx"
        report("1", "2025", "--area", "18073", "--on", day, "-o", str(path))
        assert load_workbook(path).active["A3"].value == name
    path = tmp_path / "2024.xlsx"
    report("1", "2024", "--area", "18073", "-o", str(path))
    assert load_workbook(path).active["A3"].value == "UBND PHƯỜNG NAM HÀ"


def test_a_code_of_two_kinds_of_place_is_refused_with_both(ward):
    make_group(ward.area, code="18073", name="Tổ dân phố trùng mã")
    sentence = refused("1", "2025", "--area", "18073")
    assert "là của 2 nơi" in sentence
    assert "Tổ dân phố trùng mã" in sentence
