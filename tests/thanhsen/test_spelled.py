"""Amounts in words."""

import pytest

from thanhsen.papers.wording import spelled


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (50_000, "năm mươi nghìn"),
        (1_205_000, "một triệu hai trăm linh năm nghìn"),
        (67_400_000, "sáu mươi bảy triệu bốn trăm nghìn"),
        (2_000_000_001, "hai tỷ không trăm linh một"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (1_234_000_000_000, "một nghìn hai trăm ba mươi tư tỷ"),
        (5_000_000_050_000, "năm nghìn tỷ không trăm năm mươi nghìn"),
    ],
)
def test_in_words(amount, words):
    assert spelled(amount) == words


@pytest.mark.parametrize("amount", [-1, 10**18])
def test_what_is_not_spelled(amount):
    with pytest.raises(ValueError, match="not spelled"):
        spelled(amount)
