"""The pages of programmes, of the morning, of money and of one household's support."""

from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from households.models import Budget, Member, Programme, Receipt, Support
from households.reports.support import budgets, programmes
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import (
    make_household,
    make_member,
    make_programme,
    make_status,
    make_support,
)
from tests.households.reports.test_report_pages import signed_in
from tests.taken import data_of
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
RULE = {
    "policy": "insurance", "name": "BHYT hộ nghèo (ví dụ)", "legal_basis": "Nghị quyết (ví dụ)", "content": "100 %",
    "source": "NSNN", "per": "year", "valid_from": "01/01/2026", "classes": ["poor"],
}  # fmt: skip


@pytest.fixture
def today():
    return localdate()


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def year(today):
    """The period of this year, for supports made by hand."""
    return {"valid_from": date(today.year, 1, 1), "valid_to": date(today.year + 1, 1, 1)}


def poor(group):
    home = make_household(group)
    make_status(home, "poor", date(2025, 12, 1))
    return home


def supervisor(group):
    return signed_in(make_user("supervisor", group.parent))


def test_a_programme_from_the_form_to_its_replacement(group):
    client, ward = supervisor(group), group.parent
    url = reverse("programme_create")
    assert (
        client.post(url, {**RULE, "ward": ward.pk, "legal_basis": "", "request_id": uuid4()}).status_code
        == 422
    )
    made = client.post(url, {**RULE, "ward": ward.pk, "request_id": uuid4()})
    programme = Programme.objects.get()
    assert made.url == reverse("programme_detail", args=[programme.pk])
    assert "Hộ nghèo" in client.get(made.url).content.decode()
    edit = reverse("programme_edit", args=[programme.pk])
    assert client.post(edit, {**RULE, "content": "Toàn bộ", "version": 1}).status_code == 302
    replace = reverse("programme_replace", args=[programme.pk])
    sent = {**RULE, "valid_from": "01/07/2026", "share": "70", "request_id": uuid4()}
    assert client.post(replace, sent).status_code == 302
    assert Programme.objects.count() == 2
    end = reverse("programme_end", args=[Programme.objects.latest("pk").pk])
    assert client.post(end, {"on": "01/12/2026"}).status_code == 302
    assert client.get(reverse("programme_list")).status_code == 200


@pytest.mark.parametrize("term", ["", "12"])
def test_the_term_and_the_class_belong_together(group, term):
    classes = ["poor"] if term else ["left_poor"]
    data = {**RULE, "ward": group.parent.pk, "classes": classes, "term_months": term, "request_id": uuid4()}
    answer = supervisor(group).post(reverse("programme_create"), data)
    assert answer.status_code == 422
    assert "mới thoát" in answer.content.decode()


def test_who_may_do_what(group):
    programme, home = make_programme(group.parent), poor(group)
    pages = {
        reverse("support_today"): {"officer", "supervisor", "approver"},
        reverse("programme_list"): {"officer", "supervisor", "approver"},
        reverse("programme_detail", args=[programme.pk]): {"officer", "supervisor", "approver"},
        reverse("support_proposed", args=[programme.pk]): {"officer", "supervisor", "approver"},
        reverse("support_entitled", args=[programme.pk]): {"officer", "supervisor", "approver"},
        reverse("support_lapsed", args=[programme.pk]): {"officer", "supervisor", "approver"},
        reverse("support_receiving", args=[programme.pk]): {"officer", "supervisor", "approver"},
        reverse("budget_page", args=[2026]): {"officer", "supervisor", "approver"},
        reverse("receipt_list", args=[programme.pk, 2026]): {"officer", "supervisor", "approver"},
        reverse("programme_create"): {"supervisor"},
        reverse("programme_edit", args=[programme.pk]): {"supervisor"},
        reverse("budget_edit", args=[programme.pk, 2026]): {"supervisor"},
        reverse("support_give", args=[home.pk]): {"officer", "supervisor"},
    }
    for role in ("officer", "supervisor", "approver", "admin", "viewer"):
        client = signed_in(make_user(role, group if role == "officer" else group.parent))
        for url, roles in pages.items():
            assert client.get(url).status_code == (200 if role in roles else 403), (role, url)
    elsewhere = signed_in(make_user("supervisor", make_group(make_ward()).parent))
    for url in pages:
        if str(programme.pk) in url and url != reverse("programme_create"):
            assert elsewhere.get(url).status_code == 404, url
    chair = signed_in(make_user("approver", group.parent))
    assert chair.post(reverse("support_proposed", args=[programme.pk]), {"everyone": "on"}).status_code == 403


def test_the_morning_page_counts_within_ones_own_areas(group):
    programme, other = make_programme(group.parent), make_group(group.parent)
    for each in (group, group, other):
        poor(each)
    url = reverse("support_proposed", args=[programme.pk])
    page = signed_in(make_user("officer", group)).get(reverse("support_today")).content.decode()
    assert f'href="{url}" aria-label="2 đúng diện' in page
    assert (
        f'href="{url}" aria-label="3 đúng diện'
        in supervisor(group).get(reverse("support_today")).content.decode()
    )


def test_the_number_entitled_opens_those_entitled(group, year):
    programme, other = make_programme(group.parent, per_person=True), make_group(group.parent)
    home, given, elsewhere = poor(group), poor(group), poor(other)
    child = make_member(home, full_name="Lê Thị Con")
    heads = {each.household_id: each for each in Member.objects.filter(relationship="head")}
    make_support(programme, given, heads[given.pk], **year)
    client, url = supervisor(group), reverse("support_entitled", args=[programme.pk])
    assert f'href="{url}" aria-label="4 đúng diện' in client.get(reverse("support_today")).content.decode()
    of_place = f"{url}?to={group.pk}"
    counted = client.get(reverse("programme_detail", args=[programme.pk])).content.decode()
    assert f'href="{of_place}" aria-label="3 đúng diện' in counted
    for asked, people in (
        (url, {heads[home.pk], child, heads[given.pk], heads[elsewhere.pk]}),
        (of_place, {heads[home.pk], child, heads[given.pk]}),
        (f"{of_place}&huong=roi", {heads[given.pk]}),
        (f"{of_place}&huong=chua", {heads[home.pk], child}),
        (f"{of_place}&huong=dung", set()),
        (f"{of_place}&huong=<script>", {heads[home.pk], child, heads[given.pk]}),
    ):
        page = client.get(asked)
        assert {member for _, member, _ in page.context["lines"]} == people, asked
        assert f">{len(people)} người đúng diện" in page.content.decode(), asked
    assert "đã giao" in client.get(f"{url}?huong=roi").content.decode()


def test_morning_page_pins_its_queries(group, django_assert_max_num_queries):
    for _ in range(5):
        make_programme(group.parent)
    for _ in range(3):
        poor(group)
    client = supervisor(group)
    client.get(reverse("support_today"))
    with django_assert_max_num_queries(14):
        client.get(reverse("support_today"))
    for _ in range(10):
        make_programme(group.parent)
        poor(group)
    with django_assert_max_num_queries(14):
        client.get(reverse("support_today"))


def test_ticked_ones_are_given(group):
    programme, homes = make_programme(group.parent), [poor(group) for _ in range(3)]
    client, url = supervisor(group), reverse("support_proposed", args=[programme.pk])
    sent = {"chon": [homes[0].pk, homes[1].pk], "reason": "QĐ 15", "day": "25/11/2026", "request_id": uuid4()}
    refused = client.post(url, {**sent, "reason": ""})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert [f'value="{each.pk}" checked' in page for each in homes] == [True, True, False]
    assert "Chưa ghi gì" in page
    assert client.post(url, sent).status_code == 302
    assert Support.objects.count() == 2
    assert "Đã giao 2 khoản" in client.get(url).content.decode()
    everyone = {"everyone": "on", "reason": "QĐ 15", "day": "25/11/2026", "request_id": uuid4()}
    assert client.post(url, everyone).status_code == 302
    assert Support.objects.count() == 3
    assert client.post(url, {**sent, "chon": [], "request_id": uuid4()}).status_code == 422


def test_all_of_the_filter_is_only_the_filter(group):
    other = make_group(group.parent)
    programme, mine, theirs = make_programme(group.parent), poor(group), poor(other)
    url = f"{reverse('support_proposed', args=[programme.pk])}?to={group.pk}"
    supervisor(group).post(url, {"everyone": "on", "reason": "x", "day": "25/11/2026", "request_id": uuid4()})
    assert list(Support.objects.values_list("household", flat=True)) == [mine.pk]
    assert not theirs.supports.exists()


def test_nonsense_ticked_gives_nothing(group):
    programme, stranger = make_programme(group.parent), poor(make_group(make_ward()))
    client, url = supervisor(group), reverse("support_proposed", args=[programme.pk])
    for chosen in (["<script>"], ["99999999999999999999"], ["-"], [str(stranger.pk)], ["1-2-3"]):
        sent = {"chon": chosen, "reason": "x", "day": "25/11/2026", "request_id": uuid4()}
        assert client.post(url, sent).status_code == 422, chosen
    assert not Support.objects.exists()


def test_lapsed_ones_are_stopped(group, today, year):
    programme, home = make_programme(group.parent), poor(group)
    support = make_support(programme, home, **year)
    make_status(home, "not_poor", date(2026, 3, 1))
    client, url = supervisor(group), reverse("support_lapsed", args=[programme.pk])
    told = client.get(url).content.decode()
    assert "không thuộc diện" in told
    assert "Từ 01/03/2026: không nghèo, theo" in told
    sent = {"chon": [support.pk], "on": f"{today:%d/%m/%Y}", "reason": "Đã thoát nghèo"}
    assert client.post(url, {**sent, "chon": []}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert Support.objects.in_force(today).count() == 0
    assert "Không có khoản nào phải dừng" in client.get(url).content.decode()


def test_receipts_of_many_and_the_money_of_a_year(group, today, year):
    programme, homes = make_programme(group.parent, amount=972_000), [poor(group) for _ in range(3)]
    for home in homes:
        make_support(programme, home, **year)
    client, url = supervisor(group), reverse("support_receiving", args=[programme.pk])
    assert "972.000" in client.get(url).content.decode()
    sent = {"everyone": "on", "received_on": f"{today:%d/%m/%Y}", "amount": "972.000", "request_id": uuid4()}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, {**sent, "request_id": uuid4()}).status_code == 422  # once a day
    Budget.objects.create(programme=programme, year=today.year, planned=2_000_000, basis="QĐ")
    page = client.get(reverse("budget_page", args=[today.year])).content.decode()
    assert "2.916.000" in page
    assert "vượt" in page
    use = budgets.of_programme(programme, make_user("supervisor", group.parent), this_year=today.year)[0]
    assert (use.received, use.supports, use.is_over) == (3 * 972_000, 3, True)
    listed = client.get(reverse("receipt_list", args=[programme.pk, today.year])).content.decode()
    assert "3 lần nhận" in listed
    assert budgets.by_area(programme, make_user("supervisor", group.parent), today.year) == [
        (group.name, group.pk, 3, 2_916_000)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_the_money_of_a_year_is_its_receipts(group, today, seed):
    """Whatever was received, voided, of whichever programme and day: the page sums what counts, to the đồng."""
    rng = Random(seed)
    lines = [make_programme(group.parent) for _ in range(3)]
    expected: dict[int, int] = {}
    for _ in range(20):
        programme, home = rng.choice(lines), poor(group)
        day = date(today.year - rng.randint(0, 1), rng.randint(1, 11), 5)
        support = make_support(programme, home, valid_from=day, valid_to=day + timedelta(days=30))
        amount, void = rng.choice([None, rng.randint(1, 10**7)]), rng.random() < 0.3
        receipt = Receipt.objects.create(support=support, received_on=day, amount=amount)
        if void:
            by = make_user("officer", group)
            Receipt.objects.filter(pk=receipt.pk).update(voided_at=now(), voided_by=by, void_reason="Nhầm")
        elif day.year == today.year:
            expected[programme.pk] = expected.get(programme.pk, 0) + (amount or 0)
    user = make_user("supervisor", group.parent)
    found = {each.programme.pk: each.received for each in budgets.of_year(user, today.year)}
    assert {pk: received for pk, received in found.items() if received} == {
        pk: total for pk, total in expected.items() if total
    }
    for programme in lines:
        by_area = sum(amount for *_, amount in budgets.by_area(programme, user, today.year))
        assert by_area == expected.get(programme.pk, 0)


def test_a_budget_on_screen(group):
    programme, client = make_programme(group.parent), supervisor(group)
    url = reverse("budget_edit", args=[programme.pk, 2026])
    assert client.post(url, {"planned": "1.000.000", "basis": "QĐ"}).status_code == 302
    late = client.post(url, {"planned": "2.000.000", "basis": "QĐ"})  # as if the page had been opened before
    assert late.status_code == 422
    assert "Người khác vừa lưu" in late.content.decode()
    assert client.get(reverse("budget_edit", args=[programme.pk, 1999])).status_code == 404


def test_one_household_is_given_and_receives(group, today):
    home = poor(group)
    child = make_member(home, birth_year=2015, schooling="primary")
    make_programme(group.parent, name="Của hộ cận nghèo", classes=["near_poor"])
    loan = make_programme(group.parent, name="Vay vốn", policy="loan", selective=True)
    study = make_programme(group.parent, name="Học phí", per_person=True, max_age=15, studying=True)
    client = signed_in(make_user("officer", group))
    url = reverse("support_give", args=[home.pk])
    page = client.get(url).content.decode()
    assert "Của hộ cận nghèo: Hộ không thuộc diện" in page
    assert f"Học phí: {child.full_name}" in page
    sent = {"reason": "Đơn của gia đình", "day": f"{today:%d/%m/%Y}"}
    for choice in (f"{loan.pk}-", f"{study.pk}-{child.pk}"):
        assert client.post(url, {**sent, "choice": choice, "request_id": uuid4()}).status_code == 302
    assert client.post(url, {**sent, "choice": f"{loan.pk}-", "request_id": uuid4()}).status_code == 422
    support = Support.objects.get(programme=loan)
    receive = reverse("support_receive", args=[support.pk])
    day = f"{support.valid_from:%d/%m/%Y}"
    assert (
        client.post(receive, {"received_on": day, "amount": "50.000.000", "request_id": uuid4()}).status_code
        == 302
    )
    assert "50.000.000" in client.get(reverse("support_list", args=[home.pk])).content.decode()
    void = reverse("receipt_void", args=[Receipt.objects.get().pk])
    assert client.post(void, {"reason": "Nhầm"}).status_code == 302
    stop = reverse("support_stop", args=[support.pk])
    assert client.post(stop, {"on": day, "reason": "Trả nợ xong"}).status_code == 302
    page = client.get(reverse("support_list", args=[home.pk])).content.decode()
    assert "dừng từ" in page
    assert "đã bỏ: Nhầm" in page


def test_verdicts_say_why_not(group, today):
    home = poor(group)
    make_programme(group.parent, classes=["near_poor"])
    make_programme(group.parent, policy="emergency", classes=["any"])
    given = make_programme(group.parent)
    make_support(given, home, valid_from=today, valid_to=today + timedelta(days=30))
    verdicts = programmes.of_household(home, make_user("supervisor", group.parent), today)
    assert {each.refusal for each in verdicts} == {
        "Hộ không thuộc diện được hưởng theo quyết định đang hiệu lực.", "Đang hưởng trong kỳ này.",
    }  # fmt: skip


def test_what_was_seen_and_taken_away_is_in_the_trail(group, year):
    programme, home = make_programme(group.parent), poor(group)
    client = supervisor(group)
    client.get(reverse("support_proposed", args=[programme.pk]))
    assert Event.objects.filter(act="household.list").count() == 1
    for name in ("proposed_export", "entitled_export", "programme_export"):
        args = [programme.pk] if name != "programme_export" else []
        assert take(client, reverse(name, args=args))
    make_support(programme, home, **year)
    make_status(home, "not_poor", date(2026, 3, 1))
    for name in ("lapsed_export", "receiving_export"):
        assert take(client, reverse(name, args=[programme.pk]))


def test_hostile_names_stay_text(group):
    make_programme(group.parent, name="<script>alert(1)</script>")
    page = supervisor(group).get(reverse("support_today")).content.decode()
    assert "<script>alert" not in page


def take(client, url) -> bool:
    return len(data_of(client.post(url, {"reason": "Gửi chị Lan"}))) > 1000


def test_the_people_of_one_household_stand_together(group):
    programme = make_programme(group.parent, per_person=True)
    home, other = poor(group), poor(group)
    child = make_member(home, full_name="Lê Thị Con")
    client, url = supervisor(group), reverse("support_proposed", args=[programme.pk])
    rows = client.get(url).content.decode().split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    assert len(rows) == 2
    assert sorted(row.count('name="chon"') for row in rows) == [1, 2]
    sent = {
        "chon": [f"{home.pk}-{child.pk}"],
        "day": f"{localdate():%d/%m/%Y}",
        "reason": "x",
        "request_id": uuid4(),
    }
    assert client.post(url, sent).status_code == 302
    assert Support.objects.get().member == child
    assert not Support.objects.filter(household=other).exists()
