"""The pages of shocks and weak sides: who may, what they say, within their queries."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from households.actions.support import shocks
from households.models import Receipt, Request, ShockEvent, ShockImpact, Support, Vulnerability
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    make_household,
    make_member,
    make_programme,
    make_round,
    make_sheet,
    make_status,
    make_support,
    submit,
)
from tests.households.reports.test_report_pages import signed_in
from tests.taken import REASON, lines_of
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
STORM = {"name": "Bão số 9", "kind": "disaster", "happened_on": "20/09/2026"}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def place():
    ward = make_ward()
    group, other = make_group(ward), make_group(ward)
    homes = [
        make_household(group, head={"full_name": f"Nguyễn Văn {name}"}) for name in ("An", "Bình", "Chi")
    ]
    officer = make_user("officer", group)
    shock = shocks.record_shock(
        by=officer, areas=[group], today=date(2026, 9, 21),
        values={"kind": "disaster", "name": "Bão số 9", "happened_on": date(2026, 9, 20)},
    )  # fmt: skip
    return SimpleNamespace(ward=ward, group=group, other=other, homes=homes, officer=officer, shock=shock)


def typed(impact, **values):
    named = {
        "severity": "heavy",
        "loss": "30.000.000",
        "text": "Tốc mái",
        "pushed_down": "on",
        "version": impact.version,
    }
    return {f"{impact.pk}-{name}": value for name, value in {**named, **values}.items()}


def addresses(place):
    impact = place.shock.impacts.first()
    own = (
        "shock_detail",
        "shock_edit",
        "shock_spread",
        "impact_list",
        "impact_export",
        "impact_add",
        "shock_relief",
        "shock_reviews",
    )
    return [
        reverse("shock_list"), reverse("shock_create"), reverse("vulnerable_list"), reverse("vulnerable_export"),
        *(reverse(name, args=[place.shock.pk]) for name in own),
        reverse("vulnerability", args=[impact.household_id]),
    ]  # fmt: skip


def test_recorded_for_ones_own_places(place):
    client = signed_in(make_user("officer", place.other))
    make_household(place.other)
    url = reverse("shock_create")
    page = text(client.get(url))
    assert place.other.name in page
    assert f"{place.group.name}," not in page
    data = {**STORM, "name": "Lũ <script>alert(1)</script>", "areas": [place.other.pk], "request_id": uuid4()}
    assert client.post(url, {**data, "areas": [place.group.pk]}).status_code == 422
    assert client.post(url, {**data, "name": ""}).status_code == 422
    answer = client.post(url, data, follow=True)
    assert "&lt;script&gt;" in text(answer)
    assert "<script>alert" not in text(answer)
    assert ShockEvent.objects.count() == 2


def test_a_death_is_a_level_of_its_own_on_every_page(place):
    lost, death = place.shock.impacts.order_by("pk")[:2]
    client = signed_in(place.officer)
    for impact, severity in ((lost, "lost"), (death, "death")):
        client.post(
            reverse("impact_save", args=[impact.pk]), typed(impact, severity=severity, loss="", text="")
        )
    supervisor = signed_in(make_user("supervisor", place.ward))
    make_programme(place.ward, policy="emergency", per="once", classes=["any"])
    shock = [place.shock.pk]
    for url in (reverse("shock_relief", args=shock), reverse("shock_reviews", args=shock)):
        page = text(supervisor.get(url))
        assert (page.count("Mất trắng, sập nhà"), page.count("Có người chết, mất tích")) == (1, 1), url
    households = reverse("impact_list", args=shock)
    for code, own, other in (("mat-trang", lost, death), ("nguoi-chet", death, lost)):
        page = text(client.get(households, {"loai": code}))
        assert f'id="ho-{own.pk}"' in page
        assert f'id="ho-{other.pk}"' not in page
        assert f"?to={place.group.pk}&amp;loai={code}" in text(
            client.get(reverse("shock_detail", args=shock))
        )
    assert "mất nhà, có người chết" not in text(client.get(households))


def test_one_household_after_another(place):
    client = signed_in(place.officer)
    impact = place.shock.impacts.get(household=place.homes[0])
    url = reverse("impact_save", args=[impact.pk])
    answer = client.post(url, {**typed(impact), "loc": "loai=chua-xem"})
    assert answer.url == f"{reverse('impact_list', args=[place.shock.pk])}?loai=chua-xem"
    stale = client.post(url, typed(impact, text="Ngập"), headers={"HX-Request": "true"})
    assert stale.status_code == 409
    assert "Người khác vừa ghi hộ này" in text(stale)
    assert "Ngập" in text(stale)
    impact.refresh_from_db()
    again = client.post(url, typed(impact, text="Ngập"), headers={"HX-Request": "true"})
    assert "Đã ghi." in text(again)
    assert "<html" not in text(again)
    wrong = client.post(url, typed(impact, severity="", loss="x"))
    assert wrong.status_code == 422
    assert "Chọn mức độ." in text(wrong)
    assert "Nhập một số nguyên" in text(wrong)
    hostile = client.post(url, {**typed(impact, version=3), "loc": "x#y\r\nSet-Cookie: a=b"})
    assert hostile.url == reverse("impact_list", args=[place.shock.pk])


def test_many_unharmed(place):
    client = signed_in(place.officer)
    first = place.shock.impacts.get(household=place.homes[0])
    url = reverse("impact_unharmed", args=[place.shock.pk])
    assert "Chưa đánh dấu" in text(client.post(url, {"do": "ticked", "only": ["x", "0"]}, follow=True))
    assert "1 hộ không thiệt hại" in text(client.post(url, {"do": "ticked", "only": [first.pk]}, follow=True))
    assert client.post(url, {"do": "all", "to": place.other.pk}).status_code == 404
    answer = client.post(url, {"do": "all", "to": place.group.pk}, follow=True)
    assert "2 hộ không thiệt hại" in text(answer)


def test_list_filters_finds_and_leaves_its_trail(place):
    client = signed_in(place.officer)
    url = reverse("impact_list", args=[place.shock.pk])
    assert "3 hộ" in text(client.get(url))
    assert "1 hộ" in text(client.get(url, {"q": "binh", "to": place.group.pk, "loai": "chua-xem"}))
    assert "Không có hộ nào" in text(client.get(url, {"loai": "nang", "to": "9" * 30, "q": "\x00"}))
    assert len(Event.objects.filter(act="household.list").first().records) == 3


def test_the_list_offers_only_what_can_be_done(place):
    first = place.shock.impacts.get(household=place.homes[0])
    supervisor = signed_in(make_user("supervisor", place.ward))
    url, bulk = reverse("impact_list", args=[place.shock.pk]), "Không thiệt hại: các hộ đã đánh dấu"
    supervisor.post(reverse("impact_save", args=[first.pk]), typed(first))
    page = text(supervisor.get(url))
    assert bulk in page
    assert page.count('class="impact-edit"') == 1  # only what is recorded is folded
    assert "Tốc mái" in page
    relief = reverse("shock_relief", args=[place.shock.pk])
    assert relief not in page
    page = text(supervisor.get(url, {"loai": "cho-ho-tro"}))
    assert relief in page
    assert bulk not in page
    assert reverse("shock_reviews", args=[place.shock.pk]) in text(supervisor.get(url, {"loai": "cho-don"}))
    assert relief not in text(signed_in(make_user("approver", place.ward)).get(url, {"loai": "cho-ho-tro"}))
    place.shock.impacts.unseen().update(severity="none", seen_on=date(2026, 9, 21))
    assert bulk not in text(supervisor.get(url))
    shocks.close_shock(by=place.officer, shock=place.shock, today=date(2026, 9, 22))
    assert relief not in text(supervisor.get(url, {"loai": "cho-ho-tro"}))


def test_the_list_is_filtered_by_the_places_of_the_shock(place):
    supervisor, url = (
        signed_in(make_user("supervisor", place.ward)),
        reverse("impact_list", args=[place.shock.pk]),
    )
    option = f'<option value="{place.other.pk}"'
    assert f'<option value="{place.group.pk}"' in text(supervisor.get(url))
    assert option not in text(supervisor.get(url))
    home = make_household(place.other)
    shocks.add_household(by=make_user("supervisor", place.ward), shock=place.shock, household=home)
    assert option in text(supervisor.get(url))  # one household of another place was added
    assert option not in text(signed_in(place.officer).get(url))


def test_a_household_off_the_list_is_found_and_added(place):
    client = signed_in(make_user("supervisor", place.ward))
    home = make_household(place.other, head={"full_name": "Lê Thị Dung"})
    url = reverse("impact_add", args=[place.shock.pk])
    assert "Lê Thị Dung" in text(client.get(url, {"q": "dung"}))
    assert "Không tìm thấy" in text(client.get(url, {"q": "nguyen van an"}))
    assert home.code in text(client.post(url, {"ho": home.pk}, follow=True))
    assert client.post(url, {"ho": make_household().pk}).status_code == 404


def test_from_damage_to_help_and_review(place):
    client = signed_in(place.officer)
    impact = place.shock.impacts.get(household=place.homes[0])
    client.post(reverse("impact_save", args=[impact.pk]), typed(impact))
    detail = reverse("shock_detail", args=[place.shock.pk])
    assert "Giao hỗ trợ khẩn cấp" in text(client.get(detail))
    relief = reverse("shock_relief", args=[place.shock.pk])
    assert "chưa có chương trình" in text(client.get(relief))
    programme = make_programme(place.ward, policy="emergency", per="once", classes=["any"])
    page = text(client.get(relief))
    assert "Nguyễn Văn An" in page
    assert "Thiệt hại do Bão số 9" in page
    data = {
        "programme": programme.pk,
        "day": "01/10/2026",
        "reason": "Bão",
        "only": [impact.pk],
        "request_id": uuid4(),
    }
    assert client.post(relief, {**data, "reason": ""}).status_code == 422
    assert client.post(relief, data).url == detail
    assert client.post(relief, data).url == detail  # again is harmless
    assert Support.objects.count() == 1
    reviews = reverse("shock_reviews", args=[place.shock.pk])
    assert client.post(reviews, {"received_on": "02/10/2026", "channel": "counter"}).status_code == 422
    data = {
        "received_on": "02/10/2026",
        "channel": "counter",
        "only": [impact.pk],
        f"ai-{impact.pk}": "Vợ ông An",
    }
    assert client.post(reviews, data).url == detail
    assert Request.objects.get().applicant == "Vợ ông An"
    assert "rà soát thường xuyên (hằng tháng, bắt đầu từ ngày 15)" in text(client.get(detail))


def test_refused_households_are_named(place):
    client = signed_in(place.officer)
    impact = place.shock.impacts.get(household=place.homes[0])
    client.post(reverse("impact_save", args=[impact.pk]), typed(impact))
    programme = make_programme(place.ward, policy="emergency", per="year", classes=["any"])
    second = shocks.record_shock(
        by=place.officer, areas=[place.group], today=date(2026, 10, 2),
        values={"kind": "disaster", "name": "Lũ", "happened_on": date(2026, 10, 1)},
    )  # fmt: skip
    other = second.impacts.get(household=place.homes[0])
    client.post(reverse("impact_save", args=[other.pk]), typed(other))
    for each, said in ((impact, "1 hộ"), (other, "chưa giao được")):
        url = reverse("shock_relief", args=[each.shock_id])
        data = {
            "programme": programme.pk,
            "day": "05/10/2026",
            "reason": "x",
            "only": [each.pk],
            "is_meant": "on",
            "request_id": uuid4(),
        }
        assert said in text(client.post(url, data, follow=True))


def test_edit_close_reopen(place):
    client = signed_in(place.officer)
    edit = reverse("shock_edit", args=[place.shock.pk])
    data = {**STORM, "name": "Bão số 10", "version": 1}
    assert client.post(edit, data).status_code == 302
    assert "Người khác vừa sửa" in text(client.post(edit, data, follow=True))
    close = reverse("shock_close", args=[place.shock.pk])
    assert "Còn 3 hộ chưa xem" in text(client.post(close, follow=True))
    place.shock.impacts.update(severity="none", seen_on=date(2026, 9, 21))
    assert "Đã đóng" in text(client.post(close, follow=True))
    page = text(client.get(reverse("impact_list", args=[place.shock.pk])))
    assert "chỉ xem" in page
    assert "Lưu hộ" not in page
    impact = place.shock.impacts.first()
    refused = client.post(reverse("impact_save", args=[impact.pk]), typed(impact))
    assert refused.status_code == 422
    assert "đã xử lý xong" in text(refused)
    assert "Đã mở lại" in text(client.post(reverse("shock_reopen", args=[place.shock.pk]), follow=True))
    shocks.spread_shock(by=make_user("supervisor", place.ward), shock=place.shock, areas=[place.other])
    assert client.post(close).status_code == 404


def test_who_may(place):
    stranger = signed_in(make_user("supervisor", make_ward()))
    chair = signed_in(make_user("approver", place.ward))
    for url in addresses(place):
        for role in ("viewer", "admin"):
            assert signed_in(make_user(role, place.ward)).get(url).status_code == 403, url
        if str(place.shock.pk) in url.split("/") or "ho-gia-dinh" in url:
            assert stranger.get(url).status_code == 404, url
    for name in ("shock_detail", "impact_list"):
        assert chair.get(reverse(name, args=[place.shock.pk])).status_code == 200
    impact = place.shock.impacts.first()
    assert chair.post(reverse("impact_save", args=[impact.pk]), typed(impact)).status_code == 403
    neighbour = signed_in(make_user("officer", place.other))
    assert neighbour.post(reverse("impact_save", args=[impact.pk]), typed(impact)).status_code == 404
    assert "Không có hộ nào trong địa bàn" in text(
        neighbour.get(reverse("shock_detail", args=[place.shock.pk]))
    )


def test_queries_do_not_grow(place, django_assert_max_num_queries):
    for _ in range(20):
        make_household(place.other)
    shocks.spread_shock(by=make_user("supervisor", place.ward), shock=place.shock, areas=[place.other])
    ShockImpact.objects.update(severity="heavy", seen_on=date(2026, 9, 21), pushed_down=True)
    for home in place.homes:
        Vulnerability.objects.create(household=home, assessed_on=date(2026, 9, 21), illness=True)
    make_programme(place.ward, policy="emergency", classes=["any"])
    client = signed_in(make_user("supervisor", place.ward))
    limits = [10, 5, 8, 5, 9, 5, 6, 9, 6, 5, 12, 9, 11]  # one more of each thing shown must cost none
    for url, limit in zip(addresses(place), limits, strict=True):
        with django_assert_max_num_queries(limit):
            assert client.get(url).status_code == 200, url


def test_taken_away(place):
    client = signed_in(place.officer)
    Vulnerability.objects.create(household=place.homes[0], assessed_on=date(2026, 9, 21), illness=True)
    for url in (reverse("impact_export", args=[place.shock.pk]), reverse("vulnerable_export")):
        answer = client.post(url, {"reason": "Báo cáo bão"})
        assert answer.status_code == 200
        assert b"".join(answer)[:2] == b"PK"
    assert Event.objects.filter(act__in=["shock.export", "vulnerability.export"]).count() == 2


def test_weak_sides_are_proposed_and_counted(place):
    home = make_household(place.group, head={"full_name": "Phan Văn Én"}, livelihood="fishery")
    make_member(home, work="unable")
    sheet = make_sheet(make_round(place.ward), home, place.officer, causes=["illness"], main_cause="illness")
    submit(sheet, place.officer)
    shocks.add_household(by=place.officer, shock=place.shock, household=home)
    place.shock.impacts.filter(household=home).update(severity="light", seen_on=date(2026, 9, 21))
    client, url = signed_in(place.officer), reverse("vulnerability", args=[home.pk])
    page = text(client.get(url))
    for said in ("chỉ Phan Văn Én đang làm việc", "ngư nghiệp", "ốm đau", "Bão số 9"):
        assert said in page
    assert page.count("checked") == 4
    data = {
        "assessed_on": "01/11/2026", "single_earner": "on", "illness": "on", "debt": "20.000.000", "debt_to": "Hàng xóm",
        "exposures": ["flood"], "request_id": uuid4(),
    }  # fmt: skip
    assert client.post(url, {**data, "assessed_on": "01/01/2100"}).status_code == 422
    assert client.post(url, data).status_code == client.post(url, data).status_code == 302
    made = Vulnerability.objects.get()
    assert made.sides == [
        "chỉ một người làm ra tiền",
        "có người bệnh nặng, bệnh lâu dài",
        "đang nợ",
        "dễ bị ngập lụt, bão",
    ]
    Vulnerability.objects.create(
        household=place.homes[0], assessed_on=date(2026, 1, 1), illness=True, exposures=["market"]
    )
    Vulnerability.objects.create(household=place.homes[0], assessed_on=date(2026, 2, 1), illness=True)
    rows = list(Vulnerability.objects.newest().with_weak_sides().order_by("-weak_sides"))
    assert [each.weak_sides for each in rows] == [4, 1] == [len(each.sides) for each in rows]
    listed = reverse("vulnerable_list")
    assert text(client.get(listed)).index("Phan Văn Én") < text(client.get(listed)).index("Nguyễn Văn An")
    assert "Nguyễn Văn An" not in text(client.get(listed, {"de-bi": "market"}))
    chair = signed_in(make_user("approver", place.ward))
    assert chair.get(url).status_code == 200
    assert chair.post(url, {**data, "request_id": uuid4()}).status_code == 403


def test_a_loan_recorded_as_support_is_told(place):
    home = place.homes[0]
    loans = make_programme(place.ward, policy="loan", per="once", classes=["any"])
    others = [make_programme(place.ward, policy=policy, classes=["any"]) for policy in ("loan", "insurance")]
    running = {"valid_from": date(2026, 1, 5), "valid_to": None}
    loan = make_support(loans, home, content="Vay vốn hộ nghèo", **running)
    Receipt.objects.create(support=loan, received_on=date(2026, 1, 6), amount=50_000_000)
    make_support(
        others[0], home, content="Vay đã hết", valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1)
    )
    make_support(others[1], home, content="Thẻ bảo hiểm", **running)
    page = text(signed_in(place.officer).get(reverse("vulnerability", args=[home.pk])))
    assert "Vay vốn hộ nghèo, từ 05/01/2026, đã nhận 50.000.000 đồng" in page
    assert 'value="Ngân hàng Chính sách xã hội"' in page
    assert 'name="debt" value' not in page  # what is still owed is asked of the family
    assert "Vay đã hết" not in page
    assert "Thẻ bảo hiểm" not in page


def test_weak_sides_are_filtered_on_the_page_and_in_the_file(place):
    an, binh, chi = place.homes
    sides = [
        (an, {"single_earner": True}),
        (binh, {"debt": 5, "illness": True}),
        (chi, {"debt": 0, "unstable_livelihood": True}),
    ]
    for home, values in sides:
        Vulnerability.objects.create(household=home, assessed_on=date(2026, 9, 21), **values)
    client = signed_in(place.officer)
    for code, whose in (
        ("single_earner", an),
        ("debt", binh),
        ("illness", binh),
        ("unstable_livelihood", chi),
    ):
        page = text(client.get(reverse("vulnerable_list"), {"mat": code}))
        assert whose.code in page
        assert "1 hộ" in page
    assert "3 hộ" in text(client.get(reverse("vulnerable_list"), {"mat": "la"}))
    answer = client.post(f"{reverse('vulnerable_export')}?mat=debt", {"reason": REASON})
    assert [line["Mã hộ"] for line in lines_of(answer)] == [binh.code]


def test_the_sheet_recalls_the_shocks_of_the_year(place):
    home = place.homes[0]
    make_status(home, "near_poor", date(2025, 12, 1))
    place.shock.impacts.filter(household=home).update(
        severity="heavy", seen_on=date(2026, 9, 21), text="Tốc mái"
    )
    sheet = make_sheet(make_round(place.ward), home, place.officer)
    page = text(signed_in(place.officer).get(reverse("sheet_edit", args=[sheet.pk])))
    assert "Trong 12 tháng trước ngày rà soát hộ đã bị" in page
    assert "Bão số 9" in page
