"""People who may be one, on screen: the pairs of a tổ dân phố, put together side by side, or set apart and asked again."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from households.models import LifeEvent, Member, NotSame
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member
from tests.households.views.conftest import client_of
from tests.households.views.test_life_pages import record, text
from thanhsen.models import Event

LIST = "/ho-gia-dinh/co-the-trung/"


@pytest.fixture
def pair(ward):
    one = make_member(ward.household, full_name="Trần Thị Lan", sex="female", old_id="183000001")
    home = make_household(ward.group)
    other = make_member(
        home, full_name="Lan Tran Thi", sex="female", cccd="042180000001", birth_date=date(1980, 3, 12)
    )
    return SimpleNamespace(one=one, other=other, home=home)


def typed(gone, kept, **changes) -> dict:
    return {
        "date": "4/5/2026", "reason": "đối chiếu CCCD", "request_id": str(uuid4()), "version": gone.version,
        "kept_version": kept.version, **changes,
    }  # fmt: skip


def test_the_pairs_of_a_group_are_explained_and_lead_on(ward, pair):
    page = text(ward.as_officer.get(LIST))
    assert "1 cặp" in page
    assert "Đảo thứ tự họ tên: Trần Thị Lan / Lan Tran Thi" in page
    assert "<strong>70</strong>" in page
    assert "CCCD 042•••••0001" in page
    assert "042180000001" not in page
    assert "183000001" not in page
    assert reverse("same_person", args=[pair.other.pk, pair.one.pk]) in page
    assert f"{reverse('life_create', args=[pair.home.pk, 'ghi-trung'])}?ho={ward.household.code}" in page
    read = Event.objects.get(act="member.alike")
    assert (read.actor, sorted(read.records)) == (ward.officer, [pair.one.pk, pair.other.pk])
    assert LIST in text(ward.as_officer.get(reverse("household_list")))
    assert "Không thấy ai có thể trùng" in text(ward.as_supervisor.get(LIST, {"to": ward.other.pk}))


def test_by_what_they_are_alike(ward, pair):
    make_household(ward.group, head={"full_name": "Lê Văn Sâu", "old_id": "183000001", "birth_year": 1950})
    shown = {
        kind: ward.as_officer.get(LIST, {"loai": kind}).context["page"].paginator.count
        for kind in ("", "ten", "cmnd", "gan-giong", "x")
    }
    assert shown == {"": 2, "ten": 1, "cmnd": 1, "gan-giong": 0, "x": 2}


def test_two_households_with_many_people_in_common_are_told(ward, pair):
    assert "cặp người giống nhau" not in text(ward.as_officer.get(LIST))
    for home in (ward.household, pair.home):
        make_member(home, full_name="Trần Văn Ba", birth_year=2010)
    assert text(ward.as_officer.get(LIST)).count("hai hộ có 2 cặp người giống nhau") == 2


def test_the_same_household_is_named_on_the_page_of_duplicates(ward, pair):
    page = ward.as_officer.get(
        reverse("life_create", args=[pair.home.pk, "ghi-trung"]), {"ho": ward.household.code}
    )
    assert page.context["form"]["other"].value() == ward.household.code


def test_who_may_see_them(ward, pair):
    for client in (ward.as_chair, ward.as_viewer, ward.as_admin):
        for address in (
            LIST,
            reverse("not_same_list"),
            reverse("same_person", args=[pair.other.pk, pair.one.pk]),
        ):
            assert client.get(address).status_code == 403
    stranger = ward.elsewhere.members.get()
    for pks in ((stranger.pk, pair.one.pk), (pair.one.pk, stranger.pk), (pair.one.pk, pair.one.pk)):
        assert ward.as_officer.get(reverse("same_person", args=pks)).status_code == 404


def test_a_person_of_another_area_is_not_shown(ward):
    make_member(ward.elsewhere, full_name="Lê Thị Lan", birth_date=date(1980, 3, 12))
    make_member(ward.household, full_name="Lê Thị Lan", birth_date=date(1980, 3, 12))
    assert "Lê Thị Lan" not in text(ward.as_officer.get(LIST))
    for group in (ward.group, ward.other):
        assert "1 cặp" in text(ward.as_supervisor.get(LIST, {"to": group.pk}))


def test_two_wards_are_two_lists(ward):
    away = make_household(make_group(make_ward(parent=ward.area.parent)))
    for home in (ward.household, away):
        make_member(home, full_name="Lê Thị Lan", birth_date=date(1980, 3, 12))
    both = client_of(make_user("supervisor", [ward.area, away.area.parent]))
    assert "Không thấy ai có thể trùng" in text(both.get(LIST, {"to": ward.group.pk}))


def test_two_rows_become_one_as_looked_at(ward, pair):
    address = reverse("same_person", args=[pair.other.pk, pair.one.pk])
    page = ward.as_officer.get(address)
    chosen = {side.field.html_name: side.value for side in page.context["form"].sides if side.field}
    assert chosen == {"take_full_name": "keep", "take_birth": "take", "take_cccd": "take"}
    looked, saved = record(ward.as_officer, address, typed(pair.other, pair.one, **chosen))
    assert "2 → 1 người" in text(looked)
    assert saved.url == reverse("life_list", args=[pair.home.pk])
    kept = Member.objects.get(pk=pair.one.pk)
    assert (kept.full_name, kept.cccd, kept.birth_date, kept.old_id) == (
        "Trần Thị Lan", "042180000001", date(1980, 3, 12), "183000001",
    )  # fmt: skip
    assert "0 cặp" not in (after := text(ward.as_officer.get(LIST)))
    assert "Không thấy ai có thể trùng" in after
    assert "Ghi trùng người, Lan Tran Thi" in text(ward.as_officer.get(saved.url))
    assert ward.as_officer.get(address).url == saved.url  # nothing left to put together
    undone = ward.as_officer.post(reverse("life_undo", args=[LifeEvent.objects.get().pk]), {"reason": "nhầm"})
    assert undone.status_code == 302
    assert "1 cặp" in text(ward.as_officer.get(LIST))


def test_what_changed_since_it_was_shown_is_looked_at_again(ward, pair):
    address = reverse("same_person", args=[pair.other.pk, pair.one.pk])
    data = typed(pair.other, pair.one, take_full_name="keep", take_birth="take", take_cccd="take", do="look")
    Member.objects.filter(pk=pair.other.pk).update(cccd="042180000002", version=2)
    answer = ward.as_officer.post(address, data)
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in text(answer)


def test_where_the_head_leaves_somebody_else_is_head(ward, pair):
    head = pair.home.members.get(relationship="head")
    address = reverse("same_person", args=[head.pk, pair.one.pk])
    chosen = {"take_full_name": "keep", "take_sex": "keep"}
    alone = ward.as_officer.post(address, typed(head, pair.one, **chosen, do="look"))
    assert (alone.status_code, "Chọn đúng một người làm chủ hộ" in text(alone)) == (422, True)
    _, saved = record(
        ward.as_officer, address, typed(head, pair.one, **chosen, **{f"relationship_{pair.other.pk}": "head"})
    )
    assert saved.status_code == 302
    pair.home.refresh_from_db()
    assert pair.home.head_name == "Lan Tran Thi"


def test_a_pair_is_set_apart_and_asked_again(ward, pair):
    value = f"{pair.one.pk}-{pair.other.pk}"
    nothing = ward.as_officer.post(LIST, {"reason": "chị em họ"})
    assert (nothing.status_code, "Đánh dấu ít nhất một cặp" in text(nothing)) == (422, True)
    without = ward.as_officer.post(LIST, {"pairs": [value], "reason": ""})
    assert without.status_code == 422
    assert f'value="{value}" checked' in text(without)
    forged = ward.as_officer.post(
        LIST, {"pairs": [f"{pair.one.pk}-{ward.elsewhere.members.get().pk}"], "reason": "x"}
    )
    assert (forged.status_code, "không còn trong danh sách" in text(forged)) == (422, True)
    done = ward.as_officer.post(LIST, {"pairs": [value], "reason": "chị em họ"})
    assert done.status_code == 302
    assert "Không thấy ai có thể trùng" in text(ward.as_officer.get(LIST))
    listed = text(ward.as_officer.get(reverse("not_same_list")))
    assert "chị em họ" in listed
    assert "Nguyễn Thị Đào" in listed
    found = NotSame.objects.get()
    back = reverse("not_same_undo", args=[found.pk])
    assert ward.as_officer.get(back).status_code == 405
    assert ward.as_chair.post(back).status_code == 403
    assert ward.as_officer.post(back).status_code == 302
    assert ward.as_officer.post(back).status_code == 404
    assert "1 cặp" in text(ward.as_officer.get(LIST))
    assert "Chưa ghi cặp nào" in text(ward.as_officer.get(reverse("not_same_list")))


def test_a_pair_of_another_area_is_not_taken_back(ward, pair):
    stranger = ward.elsewhere.members.get()
    one, other = sorted((pair.one, stranger), key=lambda each: each.pk)
    found = NotSame.objects.create(one=one, other=other, reason="x", made_by=ward.supervisor)
    assert ward.as_officer.post(reverse("not_same_undo", args=[found.pk])).status_code == 404
    assert "Chưa ghi cặp nào" in text(ward.as_officer.get(reverse("not_same_list")))


def test_the_pages_ask_the_same_however_many_there_are(ward, pair, django_assert_num_queries):
    address = reverse("same_person", args=[pair.other.pk, pair.one.pk])
    ward.as_officer.get(LIST)
    for _ in range(2):
        with django_assert_num_queries(10):
            ward.as_officer.get(LIST)
        with django_assert_num_queries(9):
            ward.as_officer.get(address)
        for number in range(25):
            for home in (pair.home, ward.household):
                make_member(home, full_name=f"Lê Văn {number}", birth_year=1930 + 2 * number)
    assert ward.as_officer.get(LIST).context["page"].paginator.num_pages > 2


def test_who_has_no_area_is_told(db):
    assert "Chưa có tổ dân phố nào" in text(client_of(make_user("officer")).get(LIST))
