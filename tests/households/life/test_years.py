"""Closing a year: who, when, what is still open, and that it holds."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.years import close_year
from households.models import ClosedYear
from households.reports import closing, freeze
from tests.households.factories import make_household, make_round, make_sheet
from tests.households.life.factories import birth
from thanhsen.models import Event

TODAY = date(2026, 11, 25)


def test_a_year_is_closed_with_those_before_and_never_twice(ward):
    closed = close_year(
        by=ward.chair, ward=ward.area, year=2025, reason="báo cáo 45", today=TODAY, freeze=freeze
    )
    assert Event.objects.get(act="year.close").record_id == closed.pk
    for year in (2025, 2024):
        with pytest.raises(ValidationError, match="đã khoá sổ"):
            close_year(by=ward.chair, ward=ward.area, year=year, reason="x", today=TODAY, freeze=freeze)
    with pytest.raises(ValidationError, match="chưa hết"):
        close_year(by=ward.chair, ward=ward.area, year=2026, reason="x", today=TODAY, freeze=freeze)


def test_the_sentence_says_what_to_do(ward):
    close_year(by=ward.chair, ward=ward.area, year=2025, reason="báo cáo 45", today=TODAY, freeze=freeze)
    with pytest.raises(ValidationError, match="theo ngày hôm nay và nêu ngày thật"):
        birth(ward.household, date(2025, 12, 31))
    assert birth(ward.household, date(2026, 1, 1)).pk


def test_the_checklist_counts_what_is_open(ward):
    earlier = make_round(ward.area, 2025)
    make_sheet(earlier, make_household(ward.group), ward.officer)
    found = {each.what: each.count for each in closing.still_open(ward.area, 2025)}
    assert found == {
        "Đợt rà soát chưa đóng": 1,
        "Phiếu chưa có quyết định": 1,
        "Đơn đề nghị chưa đưa vào đợt nào": 0,
        "Tổ dân phố chưa nhập tổng số hộ": 2,
    }


def test_the_chair_types_the_words_and_nobody_else_may(ward):
    url = reverse("year_close", args=[ward.area.pk, 2025])
    page = ward.as_chair.get(url).content.decode()
    assert "chốt thành phiên bản 1" in page
    assert "Số liệu 31/12/2025 sẽ không đổi nữa" in page
    assert ward.as_supervisor.get(url).status_code == 403
    assert ward.as_officer.get(reverse("year_list")).status_code == 403
    bad = ward.as_chair.post(url, {"reason": "báo cáo 45", "typed": "khoá"})
    assert bad.status_code == 422
    assert not ClosedYear.objects.exists()
    good = ward.as_chair.post(url, {"reason": "báo cáo 45", "typed": "khóa sổ 2025"})
    assert good.status_code == 302
    assert "Đã khoá, " in " ".join(ward.as_chair.get(reverse("year_list")).content.decode().split())
    assert ward.as_chair.get(url).status_code == 302
    assert ward.as_chair.get(reverse("year_close", args=[ward.area.pk, 1999])).status_code == 302
