"""Areas: made, corrected, ended with what became of them; never deleted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import make_group, make_user, make_ward
from thanhsen import actions
from thanhsen.models import Area, Event
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def admin(ward):
    return make_user(Role.ADMIN, ward)


def fields(ward, **changed):
    return {
        "kind": "group",
        "parent": ward.pk,
        "code": "18073-01",
        "name": "  Bắc   Quý ",
        "area_type": "rural",
        "valid_from": "1/7/2025",
    } | changed


def test_create(client, admin, ward):
    old = make_group(ward)
    client.force_login(admin)
    assert client.post(reverse("area_create"), fields(ward, predecessors=[old.pk])).url == reverse(
        "area_list"
    )
    area = Area.objects.get(code="18073-01")
    assert (area.name, area.parent, area.valid_from) == ("Bắc Quý", ward, date(2025, 7, 1))
    assert list(area.predecessors.all()) == [old]
    event = Event.objects.get()
    assert (event.act, event.actor, event.area) == ("area.create", admin, area)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": ""}, "Chưa nhập ô này."),
        ({"code": "a b"}, "Mã chỉ gồm chữ, số"),
        ({"name": "x" * 121}, "Dài quá"),
        ({"valid_from": "31/02/2026"}, "Ngày không đúng. Nhập theo dạng ngày/tháng/năm"),
        ({"valid_from": "hôm nay"}, "Ngày không đúng"),
        ({"valid_from": "01/01/0001"}, "Năm phải từ 1900 đến 2100."),
        ({"kind": "ward"}, "Phường phải thuộc một tỉnh, tổ dân phố phải thuộc một phường."),
        ({"kind": "xóm"}, "Lựa chọn này không có trong danh sách"),
        ({"parent": "999"}, "Lựa chọn này không có trong danh sách"),
        ({"parent": ""}, "Chưa nhập ô này."),
        ({"code": "TRUNG"}, "Mã này đang dùng cho một nơi khác trong cùng thời gian."),
    ],
)
def test_wrong_input_is_answered_in_words_and_writes_nothing(client, admin, ward, changed, sentence):
    make_group(ward, code="TRUNG")
    client.force_login(admin)
    response = client.post(reverse("area_create"), fields(ward, **changed))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Area.objects.groups().count() == 1
    assert not Event.objects.exists()


def test_ward_of_another_admin_is_out_of_reach(client, admin):
    other = make_ward()
    client.force_login(admin)
    assert client.post(reverse("area_create"), fields(other)).status_code == 422
    for name in ("area_edit", "area_end"):
        assert client.get(reverse(name, args=[other.pk])).status_code == 404


def test_update_keeps_before_and_after_and_its_place(client, admin, ward):
    area = make_group(ward, name="Tổ dân phố 1", code="A1")
    client.force_login(admin)
    changed = {
        "code": "A1",
        "name": "Tổ dân phố 2",
        "area_type": "urban",
        "valid_from": "01/01/2020",
        "kind": "ward",
    }
    assert client.post(reverse("area_edit", args=[area.pk]), changed).status_code == 302
    area.refresh_from_db()
    assert (area.name, area.kind, area.parent) == ("Tổ dân phố 2", "group", ward)
    event = Event.objects.get()
    assert (event.before, event.after) == ({"name": "Tổ dân phố 1"}, {"name": "Tổ dân phố 2"})


def test_end_names_the_successors_and_the_reason(client, admin, ward):
    old, new = make_group(ward, name="Tổ 1"), make_group(ward, name="Tổ 2")
    client.force_login(admin)
    data = {"valid_to": "01/05/2026", "successors": [new.pk], "reason": "Nghị quyết 12"}
    assert client.post(reverse("area_end", args=[old.pk]), data).status_code == 302
    old.refresh_from_db()
    assert old.valid_to == date(2026, 5, 1)
    assert list(old.successors.all()) == [new]
    assert Event.objects.get().reason == "Nghị quyết 12"


def test_end_twice_before_its_start_or_into_what_has_ended_is_refused(admin, ward):
    old, ended = make_group(ward), make_group(ward, valid_to=date(2024, 1, 1))
    end = {"by": admin, "area": old, "reason": "x"}
    with pytest.raises(ValidationError, match="sau ngày bắt đầu"):
        actions.end_area(**end, valid_to=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="đã hết hiệu lực"):
        actions.end_area(**end, valid_to=date(2025, 1, 1), successors=[ended])
    actions.end_area(**end, valid_to=date(2025, 1, 1))
    with pytest.raises(ValidationError, match="đã kết thúc rồi"):
        actions.end_area(**end, valid_to=date(2025, 6, 1))
    assert Event.objects.count() == 1


def test_code_serves_again_after_its_area_ended():
    ward = make_ward(code="18073", name="Phường Nam Hà", valid_to=date(2025, 7, 1))
    make_ward(code="18073", valid_from=date(2025, 7, 1), parent=ward.parent)
    assert Area.objects.wards().filter(code="18073").count() == 2


def test_list_shows_a_day_and_hides_what_has_ended(client, admin, ward):
    make_group(ward, name="Tổ dân phố 10")
    make_group(ward, name="Tổ dân phố 2")
    make_group(ward, name="Tổ đã hết", valid_to=date(2024, 1, 1))
    client.force_login(admin)
    page = client.get(reverse("area_list")).content.decode()
    assert page.index("Tổ dân phố 2<") < page.index("Tổ dân phố 10<")
    assert "Tổ đã hết" not in page
    assert "Tổ đã hết" in client.get(reverse("area_list"), {"ended": "on"}).content.decode()
    page = client.get(reverse("area_list"), {"on": "1/6/2023"}).content.decode()
    assert "Tổ đã hết" in page
    assert "Tổ dân phố 10<" not in client.get(reverse("area_list"), {"q": "to da het"}).content.decode()


def test_empty_ward_says_what_to_do(client, admin):
    client.force_login(admin)
    assert "Thêm từng tổ dân phố" in client.get(reverse("area_list")).content.decode()


def test_list_answers_nonsense(client, admin):
    client.force_login(admin)
    assert client.get(reverse("area_list"), {"on": "hôm qua"}).status_code == 422
    assert client.get(reverse("area_list"), {"ward": "x"}).status_code == 422
