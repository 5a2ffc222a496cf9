"""Life events on screen: offered, looked at, recorded, undone; the history on the page of the household."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from households.models import LifeEvent
from households.reports import history
from households.views.life import CHOICES
from tests.factories import make_user
from tests.households.factories import make_household, make_member, make_sheet, make_status, submit
from tests.households.life.factories import birth, gone, merge
from tests.households.views.conftest import client_of
from thanhsen.models import Event

DAY = date(2026, 5, 4)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def url(household, slug) -> str:
    return reverse("life_create", args=[household.pk, slug])


def typed(**changes) -> dict:
    return {"date": "4/5/2026", "reason": "giấy tờ của hộ", "request_id": str(uuid4()), **changes}


BABY = {"full_name": "Trần Bé", "sex": "female", "ethnicity": "01", "relationship": "child"}


def record(client, address, data):
    """Looked at first, then saved as it was looked at."""
    looked = client.post(address, {**data, "do": "look"})
    assert looked.status_code == 200, text(looked)
    return looked, client.post(address, {**data, "do": "save", "seen": looked.context["seen"]})


def test_every_kind_has_a_page_and_a_sentence(ward):
    page = text(ward.as_officer.get(reverse("life_list", args=[ward.household.pk])))
    for slug, choice in CHOICES.items():
        assert choice.says in page
        assert ward.as_officer.get(url(ward.household, slug)).status_code == 200
        assert ward.as_officer.post(url(ward.household, slug), {"date": ""}).status_code == 422
    assert ward.as_officer.get(url(ward.household, "khong-co")).status_code == 404


def test_nothing_is_written_before_it_was_looked_at(ward):
    make_status(ward.household, "poor", date(2025, 12, 10), size=1)
    data = typed(**BABY)
    looked = ward.as_officer.post(url(ward.household, "sinh"), {**data, "do": "look"})
    assert "1 → 2 người; vẫn là hộ nghèo, 1 → 2 nhân khẩu trong danh sách" in text(looked)
    unseen = {**data, "full_name": "Trần Bé Khác", "do": "save", "seen": looked.context["seen"]}
    assert "Xem trước" in text(ward.as_officer.post(url(ward.household, "sinh"), unseen))
    assert not LifeEvent.objects.exists()
    saved = ward.as_officer.post(
        url(ward.household, "sinh"), {**data, "do": "save", "seen": looked.context["seen"]}
    )
    assert saved.url == reverse("life_list", args=[ward.household.pk])
    event = LifeEvent.objects.get()
    assert (event.kind, event.made_by, event.member.full_name) == ("birth", ward.officer, "Trần Bé")


def test_each_kind_is_recorded_from_its_page(ward):
    home = ward.household
    head = home.members.get()
    son, wife = (
        make_member(home, full_name="Lê Con"),
        make_member(home, full_name="Lê Vợ", relationship="spouse"),
    )
    other = make_household(ward.group)
    new_head = {
        f"relationship_{wife.pk}": "head", f"relationship_{son.pk}": "child", f"relationship_{head.pk}": "spouse",
    }  # fmt: skip
    third = make_member(home, full_name="Lê Ba")
    new_head[f"relationship_{third.pk}"] = "child"
    client = ward.as_supervisor
    pages = [
        ("doi-chu-ho", typed(**new_head), "head_change"),
        ("chuyen-di", typed(**new_head, **{f"goes_{third.pk}": "on"}), "move_out"),
        ("tach-ho", typed(**(new_head | {f"relationship_{son.pk}": "head", f"goes_{son.pk}": "on", "area": ward.group.pk})), "split"),
        ("chuyen-to", typed(area=ward.other.pk, address="9 Nguyễn Du"), "moved_inside"),
        ("ve-o", typed(full_name="Mai Dâu", sex="female", birth_year="1999", ethnicity="01", relationship="child_in_law"), "move_in"),
        ("qua-doi", typed(member=head.pk, **{f"relationship_{wife.pk}": "head"}), "death"),
        ("nhap-ho", typed(other=other.code.lower(), **{f"relationship_{each}": "unrelated" for each in range(head.pk, head.pk + 40)}), "merge"),
    ]  # fmt: skip
    for slug, data, kind in pages:
        _, saved = record(client, url(home, slug), data)
        assert saved.status_code == 302
        assert LifeEvent.objects.newest_first().first().kind == kind
    home.refresh_from_db()
    assert home.closed_reason == "merged"
    page = text(client.get(reverse("household_detail", args=[home.pk])))
    assert reverse("household_detail", args=[other.pk]) in page
    assert client.get(url(home, "sinh")).status_code == 302  # nothing is offered for a closed household


def test_a_duplicate_points_to_the_household_that_is_kept(ward):
    twice = make_household(ward.group)
    for code, sentence in (("H9999999", "Không có hộ nào"), (ward.elsewhere.code, "Không có hộ nào")):
        refused = ward.as_officer.post(url(twice, "ghi-trung"), typed(other=code))
        assert refused.status_code == 422
        assert sentence in text(refused)
    same = ward.as_officer.post(url(twice, "ghi-trung"), typed(other=twice.code))
    assert "Chọn một hộ khác" in text(same)
    record(ward.as_officer, url(twice, "ghi-trung"), typed(other=ward.household.code))
    page = text(ward.as_officer.get(reverse("household_detail", args=[twice.pk])))
    assert ward.household.code in page


def test_the_whole_household_moves_out_and_the_link_of_a_person_chooses_them(ward):
    member = make_member(ward.household)
    page = ward.as_officer.get(url(ward.household, "chuyen-di"), {"nguoi": member.pk})
    assert page.context["form"][f"goes_{member.pk}"].value() is True
    record(ward.as_officer, url(ward.household, "ca-ho-chuyen-di"), typed())
    again = ward.as_officer.get(url(ward.household, "sinh"))
    assert again.status_code == 302
    page = text(ward.as_officer.get(reverse("household_detail", args=[ward.household.pk])))
    assert member.full_name in page


def test_a_household_that_moves_in_is_an_event_too(ward):
    head = {f"head-{name}": value for name, value in {**BABY, "birth_year": "1980"}.items()}
    data = {
        "area": ward.group.pk, "opened_date": "1/9/2026", "opened_reason": "moved_in", "request_id": str(uuid4()), **head,
    }  # fmt: skip
    assert "ghi căn cứ" in text(ward.as_officer.post(reverse("household_create"), data))
    for _ in range(2):
        made = ward.as_officer.post(reverse("household_create"), {**data, "came_with": "giấy cư trú"})
        assert made.status_code == 302
    event = LifeEvent.objects.get(kind="household_in")
    assert (event.household.opened_reason, event.reason) == ("moved_in", "giấy cư trú")


def test_a_sheet_handed_in_keeps_its_people_and_the_page_says_so(ward):
    submit(make_sheet(ward.round, ward.household, ward.officer), ward.officer)
    assert "sự kiện không sửa phiếu" in text(ward.as_officer.get(url(ward.household, "sinh")))


def test_undoing_asks_why_and_only_whom_it_may(ward):
    event = birth(ward.household, by=ward.officer)
    address = reverse("life_undo", args=[event.pk])
    colleague = client_of(make_user("officer", ward.group))
    assert "do người khác ghi" in text(colleague.get(address))
    assert colleague.post(address, {"reason": "x"}).status_code == 422
    assert client_of(make_user("officer", ward.other)).get(address).status_code == 404
    assert ward.as_chair.get(address).status_code == 403
    assert ward.as_officer.post(address, {"reason": ""}).status_code == 422
    assert ward.as_supervisor.post(address, {"reason": "ghi nhầm hộ"}).status_code == 302
    page = text(ward.as_officer.get(reverse("life_list", args=[ward.household.pk])))
    assert "(đã huỷ)" in page
    assert "ghi nhầm hộ" in page


def test_who_may_look_and_who_may_record(ward):
    address = reverse("life_list", args=[ward.elsewhere.pk])
    assert ward.as_officer.get(address).status_code == 404
    assert ward.as_chair.get(address).status_code == 200
    assert ward.as_viewer.get(address).status_code == 403
    assert ward.as_chair.get(url(ward.elsewhere, "sinh")).status_code == 403
    assert Event.objects.filter(act="household.view", record_id=ward.elsewhere.pk).exists()


def test_the_history_says_class_cause_lack_and_return(ward, django_assert_max_num_queries):
    home = ward.household
    for number in range(3):
        make_member(home, full_name=f"Lê Con {number}")
    make_status(home, "poor", date(2022, 12, 10), size=4, lacking=("water",))
    make_status(home, "not_poor", date(2023, 12, 10), size=4)
    make_status(home, "near_poor", date(2024, 12, 10), size=4)
    make_status(home, "poor", date(2025, 12, 10), size=4, lacking=("toilet", "telecom"))
    birth(home)
    steps = history.of_household(home)
    assert [each.back for each in steps] == ["", "", "", "", ""]  # near poor came in between: no return
    ward.as_officer.get(reverse("home"))
    with django_assert_max_num_queries(13):
        page = text(ward.as_officer.get(reverse("household_detail", args=[home.pk])))
    assert "Sinh ngày 04/05/2026" in page
    assert "Nhà tiêu hợp vệ sinh; Dịch vụ viễn thông" in page


def test_a_return_is_marked_where_it_happened(ward):
    home = ward.household
    make_status(home, "poor", date(2022, 12, 10))
    make_status(home, "not_poor", date(2023, 12, 10))
    make_status(home, "poor", date(2024, 12, 10))
    birth(home)
    assert [each.back for each in history.of_household(home)] == ["", "", "tái nghèo", ""]
    page = text(ward.as_officer.get(reverse("household_detail", args=[home.pk])))
    assert page.count("tái nghèo</strong>") == 1
    line = history.drawn(history.of_household(home), date(2026, 11, 25))
    assert line.came_back
    assert [year for _, year in line.years] == ["2022", "2024", "2026"]
    assert history.drawn([], date(2026, 11, 25)) is None


def test_closed_and_merged_households_are_told_apart(ward):
    other = make_household(ward.group)
    merge(ward.household, other, {ward.household.members.get().pk: "sibling"})
    assert "Xem hộ" in text(ward.as_officer.get(reverse("household_detail", args=[ward.household.pk])))
    gone(other)
    assert "Xem hộ" not in text(ward.as_officer.get(reverse("household_detail", args=[other.pk])))


BAD = [
    {"date": "32/13/2026"}, {"date": "1/1/1899"}, {"date": "1/1/2099"}, {"date": "\x00"}, {"reason": ""},
    {"reason": "x" * 301}, {"reason": "\x00"}, {"request_id": "không"}, {"date": "1/1/2021"},
    {
        "reason": "\ufffd", "member": "abc", "other": "'; DROP", "area": "999999", "full_name": "\x00", "sex": "x",
        "birth_year": "1850", "relationship": "head", "cccd": "1",
    },
]  # fmt: skip


@pytest.mark.parametrize("slug", CHOICES)
@pytest.mark.parametrize("number", range(len(BAD)))
def test_bad_input_gets_a_sentence_and_writes_nothing(ward, slug, number):
    member = ward.household.members.get()
    garbage = {
        f"relationship_{member.pk}": "x",
        f"goes_{member.pk}": "on",
        "goes_²": "on",
        "relationship_0": "head",
    }
    address = url(ward.household, slug)
    assert ward.as_officer.get(address, {"nguoi": "²"}).status_code == 200
    for do in ("look", "save"):
        response = ward.as_officer.post(address, {**garbage, **typed(), **BAD[number], "do": do, "seen": "x"})
        assert response.status_code == 422
    assert not LifeEvent.objects.exists()


def test_the_timeline_takes_few_queries(ward, django_assert_max_num_queries):
    for day in range(1, 9):
        birth(ward.household, date(2026, 5, day), by=ward.officer)
    ward.as_officer.get(reverse("home"))
    with django_assert_max_num_queries(14):
        ward.as_officer.get(reverse("life_list", args=[ward.household.pk]))
