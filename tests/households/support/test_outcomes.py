"""The page of outcomes, the households behind its numbers, what a viewer sees of it, and its part of the picture."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from households.models import Need, Plan, PlanStep
from households.poverty.outcome import Mended, Outcome
from households.reports import Live
from households.reports.picture import support as picture
from households.reports.support.outcome_tables import tables
from households.reports.support.outcomes import outcomes
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_programme, make_status, make_support
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_grants import give
from tests.taken import REASON, lines_of
from thanhsen.models import Event

pytestmark = pytest.mark.django_db


def a_year(helped: int, others: int, group=None):
    """Poor households at the beginning of 2026; of the helped all but one are out by December, of the others one."""
    group = group or make_group(make_ward())
    for number in range(helped + others):
        home = make_household(group)
        make_status(home, "poor", date(2025, 12, 1), lacking=("water", "toilet", "insurance"))
        out = number < helped - 1 or number == helped
        make_status(home, "not_poor" if out else "poor", date(2026, 10, 1), lacking=() if out else ("water",))
        if number < helped:
            give(home, amount=10_000_000)
    return group


def shown(group, *, restricted=False):
    return {each.key: each for each in tables(Live(2026).scope(group), restricted=restricted)}


def texts(line):
    return [cell.text for cell in line.cells]


def test_helped_and_out_beside_the_others():
    group = a_year(6, 5)
    found = outcomes(Live(2026).scope(group))
    assert found.whole.counts == {
        (True, "out"): 5, (True, "stayed"): 1, (False, "out"): 1, (False, "stayed"): 4,
    }  # fmt: skip
    assert (found.whole.listed, found.whole.money, found.whole.money_each) == (11, 60_000_000, 12_000_000)
    made = shown(group)
    assert texts(made["all"].lines[0]) == ["11", "5", "1", "0", "0", "1", "4", "0", "0", "0"]
    assert texts(made["policies"].lines[0]) == [
        "6",
        "5",
        "83,33",
        "1",
        "0",
        "0",
        "0",
        "60.000.000",
        "12.000.000",
    ]
    assert "areas" not in made  # a tổ dân phố by itself has no table of them
    water = next(line for line in made["indicators"].lines if "nước" in line.name.lower())
    assert texts(water) == [
        "11",
        "0",
        "0",
        "0",
        "5",
        "6",
        "0",
    ]  # a loan or livelihood mends no indicator by itself


def test_a_voided_receipt_is_no_money_and_a_help_without_receipt_is_help():
    group = make_group(make_ward())
    home = make_household(group)
    make_status(home, "poor", date(2025, 12, 1), lacking=("insurance", "water"))
    programme = make_programme(group.parent)
    made = make_support(programme, home)
    made.receipts.create(received_on=date(2026, 3, 1), amount=500, voided_at="2026-04-01T00:00Z",
                         voided_by=make_user(), void_reason="Nhầm")  # fmt: skip
    found = outcomes(Live(2026).scope(group))
    assert found.lines[str(programme.pk)].counts == {(True, Outcome.STAYED): 1}
    assert (found.whole.money, found.whole.money_each) == (0, None)
    assert found.indicators["insurance"].counts == {(True, Mended.STILL): 1}
    assert found.indicators["water"].counts == {(False, Mended.STILL): 1}


def test_a_step_of_the_plan_ties_a_help_to_its_need():
    group = make_group(make_ward())
    home = make_household(group)
    make_status(home, "poor", date(2025, 12, 1), lacking=("water",))
    need = Need.objects.create(household=home, kind="indicator", code="water", opened_on=date(2025, 12, 1))
    done = Need.objects.create(household=home, kind="cause", code="land", opened_on=date(2026, 2, 1),
                               closed_on=date(2026, 5, 1), close_reason="solved")  # fmt: skip
    plan = Plan.objects.create(household=home, made_on=date(2026, 1, 5), goal="Thoát nghèo")
    support = give(home, policy="other", content="Bể nước")
    PlanStep.objects.create(
        plan=plan, position=1, need=need, text="Xây bể", who="ward", due_on=date(2026, 6, 1), support=support
    )
    assert outcomes(Live(2026).scope(group)).indicators["water"].counts == {(True, Mended.STILL): 1}
    lines = shown(group)["needs"].lines
    assert [texts(line) for line in lines] == [
        ["1", "0", "1", "0", "0", "0", "0", "0", "1"],
        ["1", "1", "0", "0", "0", "1", "0", "0", "0"],
    ]
    assert done.code == "land"


def test_who_opens_what():
    group = a_year(6, 5)
    ward, other = group.parent, make_ward()
    page = reverse("outcomes", args=[2026, ward.pk])
    asked = {"ho-tro": "co", "ket-qua": "out"}
    behind = reverse("outcome_households", args=[2026, ward.pk])
    for role in ("supervisor", "approver"):
        client = signed_in(make_user(role, ward))
        text = client.get(page).content.decode()
        assert "không chứng minh" in text
        assert f"{behind}?ho-tro=co&amp;ket-qua=out" in text
        assert client.get(behind, asked).context["page"].paginator.count == 5
        assert Event.objects.filter(act="household.list").exists()
        assert client.get(behind, {"ket-qua": "rich"}).status_code == 404
        assert client.get(behind, {"chuong-trinh": "9' OR 1=1"}).status_code == 404
        assert client.get(behind, {"to": "0"}).status_code == 404
        assert client.get(behind, {"nhu-cau": "x:y", "luc": "all"}).status_code == 404
    assert signed_in(make_user("supervisor", other)).get(page).status_code == 404
    viewer = signed_in(make_user("viewer", ward))
    assert behind not in viewer.get(page).content.decode()
    assert viewer.get(behind, asked).status_code == 403
    assert viewer.get(reverse("outcomes", args=[2026, group.pk])).status_code == 404
    assert (
        signed_in(make_user("supervisor", ward)).get(reverse("outcomes", args=[1999, ward.pk])).status_code
        == 400
    )


def test_the_list_is_taken_with_a_reason_and_a_trail():
    group = a_year(6, 5)
    client = signed_in(make_user("supervisor", group.parent))
    url = reverse("outcome_export", args=[2026, group.parent_id]) + "?ho-tro=co&ket-qua=out"
    assert len(lines_of(client.post(url, {"reason": REASON}))) == 5
    assert Event.objects.filter(act="household.export").exists()


def test_the_way_in():
    group = make_group(make_ward())
    client = signed_in(make_user("supervisor", group.parent))
    asked = {"nam": "2026", "dia_ban": group.pk}
    assert client.get(reverse("outcome_page"), asked).url == reverse("outcomes", args=[2026, group.pk])
    assert client.get(reverse("outcome_page"), {"nam": "x", "dia_ban": "-1"}).status_code == 302
    assert signed_in(make_user("supervisor")).get(reverse("outcome_page")).status_code == 400


def test_the_workbook_has_every_table_and_leaves_a_trail():
    group = a_year(6, 5)
    client = signed_in(make_user("supervisor", group.parent))
    answer = client.get(reverse("outcomes_download", args=[2026, group.parent_id]))
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[0] == "Có hỗ trợ và không có hỗ trợ"
    assert [cell.value for cell in book.worksheets[0][2]][1:4] == [11, 5, 1]
    assert Event.objects.filter(act="report.export").exists()


def test_the_page_asks_no_more_for_more_households(django_assert_max_num_queries):
    group = a_year(6, 5)
    client, url = (
        signed_in(make_user("supervisor", group.parent)),
        reverse("outcomes", args=[2026, group.parent_id]),
    )
    client.get(url)
    with django_assert_max_num_queries(14) as few:
        client.get(url)
    a_year(8, 9, make_group(group.parent))
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_nothing_under_five_to_a_viewer():
    group = a_year(6, 5)
    for table in shown(group, restricted=True).values():
        for line in table.lines:
            values = [cell.value for cell in line.cells if isinstance(cell.value, int)]
            assert not [value for value in values if 0 < value < 5], (table.key, line.name)
    made = shown(group, restricted=True)
    assert {text for line in made["policies"].lines for text in texts(line)} == {"ẩn"}


def test_a_small_tổ_dân_phố_does_not_follow_from_the_ward():
    ward = make_ward()
    many = [a_year(14, 16, make_group(ward)) for _ in range(2)]
    a_year(3, 0, make_group(ward))
    made = shown(ward, restricted=True)
    hidden = [line for line in made["areas"].lines if texts(line)[0] == "ẩn"]
    assert len(hidden) >= 2
    assert len(many) == 2


def test_the_picture_shows_the_same_figures():
    group = a_year(6, 5)
    found = picture.section(Live(2026).scope(group), restricted=False)
    assert [row.name for row in found.rows][-2:] == ["Có hỗ trợ bất kỳ", "Không có hỗ trợ nào được ghi"]
    assert [entry.text for entry in found.rows[0].entries] == texts(shown(group)["policies"].lines[0])
    hidden = picture.section(Live(2026).scope(group), restricted=True)
    assert {entry.text for row in hidden.rows for entry in row.entries} == {"ẩn"}
    assert hidden.chart is None or not hidden.chart.rows


def test_a_year_without_help_says_where_to_record_it():
    found = picture.section(Live(2026).scope(make_group(make_ward())), restricted=False)
    assert found.rows == ()
    assert "Chưa ghi khoản hỗ trợ nào năm 2026" in found.lead[0]


def test_the_dashboard_shows_it():
    home = make_household(make_group(make_ward()))
    make_status(home, "poor", date(2025, 12, 1))
    give(home)
    ward = home.area.parent
    page = signed_in(make_user("approver", ward)).get(
        reverse("dashboard"), {"nam": "2026", "dia_ban": ward.pk}
    )
    assert "Hỗ trợ đi đâu và đổi được gì" in page.content.decode()
