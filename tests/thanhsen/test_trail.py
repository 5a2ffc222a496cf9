"""The trail: nobody changes it, each reader sees their own areas, changes are told in words."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.factories import make_group, make_user, make_ward
from thanhsen import actions, events, trail
from thanhsen.models import Area, Event, User
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return make_ward()


@pytest.mark.parametrize("sql", ["UPDATE thanhsen_event SET reason = 'x'", "DELETE FROM thanhsen_event"])
def test_database_refuses_to_change_or_remove_an_event(ward, sql):
    events.record(by=None, act="demo.load", on=ward)
    with (
        pytest.raises(DatabaseError, match="keeps its rows for ever"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Event.objects.get().reason == ""


@pytest.mark.parametrize("make", [make_ward, make_user])
def test_database_refuses_to_remove_people_and_places(make):
    record = make()
    with pytest.raises(DatabaseError, match="keeps its rows for ever"), transaction.atomic():
        type(record).objects.filter(pk=record.pk).delete()


def test_snapshot_has_no_password():
    assert "password" not in events.snapshot(make_user())


def test_only_what_differs_is_kept(ward):
    event = events.record(
        by=None, act="area.update", on=ward, before={"a": 1, "b": 2}, after={"a": 1, "b": 3}
    )
    assert (event.before, event.after) == ({"b": 2}, {"b": 3})


def test_long_export_is_split_over_rows(ward):
    events.read(by=make_user(), act="report.export", of=Area, ids=range(1, 2502), reason="Họp")
    assert sorted(len(event.records) for event in Event.objects.all()) == [501, 1000, 1000]


def test_reader_sees_acts_of_their_areas_only(ward):
    other = make_ward()
    reader = make_user(Role.SUPERVISOR, ward)
    peer, stranger = make_user(Role.OFFICER, make_group(ward)), make_user(Role.OFFICER, other)
    both, above = make_user(Role.OFFICER, [ward, other]), make_user(Role.ADMIN)
    seen = {
        events.record(by=reader, act="sign_in"),
        events.record(by=peer, act="household.view"),
        events.record(by=stranger, act="area.update", on=ward, area=ward),
        events.record(by=None, act="sign_in_failed", on=peer),
        events.record(by=both, act="household.update", area=make_group(ward)),
    }
    hidden = {
        events.record(by=stranger, act="household.view"),
        events.record(by=both, act="household.view"),
        events.record(by=both, act="household.update", area=other),
        events.record(by=above, act="sign_in"),
        events.record(by=None, act="sign_in_failed", on=stranger),
        events.record(by=None, act="sign_in_failed"),
        events.record(by=peer, act="household.update", area=other),
    }
    found = set(Event.objects.visible_to(reader))
    assert found == seen
    assert not found & hidden


def test_changes_are_told_in_words(ward):
    group = make_group(ward)
    admin, user = make_user(Role.ADMIN, ward), make_user(Role.OFFICER, group, full_name="Lê An")
    actions.update_user(
        by=admin, user=user, full_name="Lê Ân", role=Role.VIEWER, areas=[ward], is_active=False
    )
    line = trail.readable(list(Event.objects.all()))[0]
    told = {(change.label, change.before, change.after) for change in line.changes}
    assert line.act == "Sửa tài khoản"
    assert ("họ và tên", "Lê An", "Lê Ân") in told
    assert ("vai trò", "Cán bộ rà soát", "Người xem số liệu") in told
    assert ("đang hoạt động", "có", "không") in told
    actions.update_area(
        by=admin,
        area=group,
        code=group.code,
        name=group.name,
        area_type="rural",
        valid_from=group.valid_from.replace(year=2021),
    )
    line = trail.readable(list(Event.objects.filter(act="area.update")))[0]
    told = {(change.label, change.before, change.after) for change in line.changes}
    assert told == {("khu vực", "Thành thị", "Nông thôn"), ("có từ ngày", "01/01/2020", "01/01/2021")}


def test_identity_numbers_are_masked(ward):
    events.record(by=None, act="member.update", on=ward, before={"cccd": "042085001234"}, after={"cccd": ""})
    change = trail.readable(list(Event.objects.all()))[0].changes[0]
    assert (change.before, change.after) == ("042•••••1234", "")


def test_whatever_stands_in_a_row_is_shown_without_a_failure(ward):
    strange = {
        "a": [1, {"b": None}],
        "valid_from": "không phải ngày",
        "parent_id": 10**12,
        "x": "y" * 500,
        "is_active": 3,
        "n": -0.5,
    }
    for label in ("thanhsen.area", "thanhsen.user", "khong.co", "", "hỏng"):
        Event.objects.create(act="x.y", record_type=label, before=strange, after={"a": {}})
    assert len(trail.readable(list(Event.objects.all()))) == 5


def test_page_is_newest_first_and_pages_back(client, ward):
    reader = make_user(Role.SUPERVISOR, ward)
    made = [
        events.record(by=reader, act="household.view", reason=f"Lượt {number:03d}") for number in range(120)
    ]
    client.force_login(reader)
    address, seen = reverse("event_list"), []
    for _ in range(3):
        page = client.get(address).content.decode()
        seen += [event for event in reversed(made) if f"Lý do: {event.reason}<" in page]
        older = page.partition("?truoc=")[2].partition('"')[0]
        address = f"{reverse('event_list')}?truoc={older}"
    assert seen == made[::-1]
    assert not older


def test_filters(client, ward):
    reader, peer = make_user(Role.SUPERVISOR, ward), make_user(Role.OFFICER, ward, full_name="Phạm Ân")
    events.record(by=reader, act="household.view", reason="của người đọc")
    events.record(by=peer, act="sheet.save", reason="của Ân")
    client.force_login(reader)

    def page(**query):
        return client.get(reverse("event_list"), query).content.decode()

    assert "của người đọc" not in page(actor=peer.pk)
    assert "của Ân" in page(actor=peer.pk)
    assert "của người đọc" in page(act="household.view")
    assert "của Ân" not in page(act="household.view")
    assert "Không có việc nào được ghi" in page(until="1/1/2020")
    assert "của Ân" in page(since="1/1/2020")


@pytest.mark.parametrize(
    "query",
    [
        {"since": "x"},
        {"since": "2/1/2026", "until": "1/1/2026"},
        {"act": "x"},
        {"actor": "0x1"},
        {"actor": str(10**30)},
    ],
)
def test_nonsense_in_filters_is_answered_in_words(client, ward, query):
    client.force_login(make_user(Role.SUPERVISOR, ward))
    assert client.get(reverse("event_list"), query).status_code == 422


def test_nonsense_in_the_page_mark_is_the_first_page(client, ward):
    client.force_login(make_user(Role.SUPERVISOR, ward))
    for mark in ("x", "-1", str(10**30), "٣"):
        assert client.get(reverse("event_list"), {"truoc": mark}).status_code == 200


def test_page_costs_the_same_for_one_and_for_many(client, ward, django_assert_num_queries):
    reader, admin = make_user(Role.SUPERVISOR, ward), make_user(Role.ADMIN, ward)
    for _ in range(8):
        actions.update_user(
            by=admin, user=make_user(Role.OFFICER, ward), full_name="Lê Ân", role=Role.OFFICER, areas=[ward]
        )
    client.force_login(reader)
    client.get(reverse("event_list"))
    # session, user; own areas; events; people of the filter; ward, year and banner
    with django_assert_num_queries(6):
        client.get(reverse("event_list"))
    assert User.objects.count() == 10
