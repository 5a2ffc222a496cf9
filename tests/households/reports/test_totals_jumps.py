"""Figures that jump are asked about once, kept on a word, and never refused."""

import pytest

from households.actions.totals import Figures
from households.forms.jumps import jumps
from households.models import AreaTotal
from tests.factories import make_group, make_user, make_ward
from tests.households.reports.factories import make_total
from tests.households.reports.test_totals_pages import URL, signed_in, typed
from thanhsen.models import Event

LAST = Figures(300, 1000, "x", 10)
WORKED = {
    "an ordinary year": (Figures(310, 1030, "x", 11), LAST, {}),
    "a fifth exactly": (Figures(360, 1200, "x", 12), LAST, {}),
    "more than a fifth": (Figures(361, 1200, "x", 12), LAST, {"households": "Tăng 20,3 % so với 300 của năm 2025."}),
    "less by a half": (Figures(150, 1000, "x", 5), LAST, {"households": "Giảm 50,0 % so với 300 của năm 2025."}),
    "few in number": (Figures(59, 200, "x"), Figures(40, 150, "x"), {}),
    "twenty more": (Figures(60, 200, "x"), Figures(40, 150, "x"), {"households": "Tăng 50,0 % so với 40 của năm 2025."}),
    "from nothing": (Figures(20, 60, "x"), Figures(0, 0, "x"), {"households": "Tăng so với 0 của năm 2025.", "people": "Tăng so với 0 của năm 2025."}),
    "nothing to compare": (Figures(9000, 30_000, "x", 9000), None, {}),
    "a digit too many": (Figures(300, 10_000, "x"), None, {"people": "Bình quân 33,3 người một hộ; thường từ 1,5 đến 8."}),
    "eight each": (Figures(100, 800, "x"), None, {}),
    "one each": (Figures(100, 100, "x"), None, {"people": "Bình quân 1,0 người một hộ; thường từ 1,5 đến 8."}),
    "people without a household": (Figures(0, 5, "x"), None, {"people": "Có nhân khẩu mà không có hộ nào."}),
    "nobody": (Figures(0, 0, "x"), None, {}),
    "more of a minority": (Figures(300, 1000, "x", 40), LAST, {"minority_households": "Chiếm 13,3 % số hộ; năm 2025 là 3,3 %."}),
    "no figure of a minority": (Figures(300, 1000, "x"), LAST, {"minority_households": "Năm 2025 ghi 10 hộ, năm nay để trống."}),
    "a first figure of a minority": (Figures(300, 1000, "x", 200), Figures(300, 1000, "x"), {}),
}  # fmt: skip


@pytest.mark.parametrize(("now", "last", "said"), WORKED.values(), ids=WORKED.keys())
def test_worked_cases(now, last, said):
    assert jumps(now, last, 2025) == said


@pytest.fixture
def group(db):
    found = make_group(make_ward(), name="Tổ dân phố 1")
    make_total(found, 2025, 300, 1000, minority_households=10)
    return found


@pytest.fixture
def supervisor(group):
    return signed_in(make_user("supervisor", group.parent))


def test_a_jump_is_asked_about_once_and_then_saved(supervisor, group):
    data = typed(supervisor, {group: ("450", "1500")}, source="Công an")
    asked = supervisor.post(URL, data)
    assert asked.status_code == 422
    text = asked.content.decode()
    assert "Tăng 50,0 % so với 300 của năm 2025." in text
    assert "Giữ các số nhảy và lưu" in text
    assert not AreaTotal.objects.filter(year=2026).exists()
    again = data | {"warned": asked.context["warned"]}
    assert supervisor.post(URL, again).status_code == 422  # Lưu alone is no answer
    assert supervisor.post(URL, again | {"keep": "1"}).status_code == 302
    assert AreaTotal.objects.get(year=2026).households == 450
    assert "Tăng 50,0 %" in Event.objects.get(act="total.save").reason
    page = supervisor.get(URL)
    assert (page.context["asks"], page.context["jumping"]) == (0, 1)


def test_what_is_kept_is_what_was_warned_of(supervisor, group):
    data = typed(supervisor, {group: ("450", "1500")}, source="Công an")
    warned = supervisor.post(URL, data).context["warned"]
    other = data | {f"households-{group.pk}": "900", "warned": warned, "keep": "1"}
    assert supervisor.post(URL, other).status_code == 422
    assert not AreaTotal.objects.filter(year=2026).exists()


@pytest.mark.parametrize("warned", ["", "{", "[]", '{"1": [1, 2, 3]}', '{"1": [1e999, 2, "x", null]}'])
def test_a_tampered_warning_keeps_nothing(supervisor, group, warned):
    data = typed(supervisor, {group: ("450", "1500")}, source="Công an", warned=warned, keep="1")
    assert supervisor.post(URL, data).status_code == 422


def test_a_stored_jump_left_alone_asks_nothing(supervisor, group):
    make_total(group, 2026, 450, 1500, minority_households=10)
    assert supervisor.post(URL, typed(supervisor, {})).status_code == 302
    assert supervisor.post(URL, typed(supervisor, {group: ("450", "1500", "Nguồn khác")})).status_code == 302
    assert AreaTotal.objects.get(year=2026).source == "Nguồn khác"


def test_minority_households_are_saved_summed_and_never_more_than_the_households(supervisor, group):
    cell = f"minority_households-{group.pk}"
    data = typed(supervisor, {group: ("300", "1000")}, source="Công an")
    response = supervisor.post(URL, data | {cell: "301"})
    assert "Số hộ DTTS không thể nhiều hơn số hộ." in response.content.decode()
    assert supervisor.post(URL, data | {cell: "12"}).status_code == 302
    assert AreaTotal.objects.get(year=2026).minority_households == 12
    assert Event.objects.get(act="total.save").after["minority_households"] == 12
    [ward] = supervisor.get(URL).context["wards"]
    assert [(each.last, each.now) for each in ward.sums] == [(300, 300), (1000, 1000), (10, 12)]


def test_unknown_is_not_nought(supervisor, group):
    AreaTotal.objects.update(minority_households=None)
    supervisor.post(URL, typed(supervisor, {group: ("300", "1000")}, source="Công an"))
    assert AreaTotal.objects.get(year=2026).minority_households is None
