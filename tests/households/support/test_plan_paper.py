"""The paper of a plan: a draft as things stand, a signed plan as it was signed; on the screen and in Word."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import plans as actions
from households.actions.support.needs import add_need, close_need, word_need
from households.models import Plan
from households.reports.support.plan_paper import paper_of
from tests.factories import make_group, make_user, make_ward
from tests.households.documents import word
from tests.households.factories import make_household, make_status
from tests.households.reports.test_report_pages import signed_in
from tests.refusals import refused
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
SIGNED, LATER = date(2026, 3, 2), date(2026, 9, 1)


@pytest.fixture
def home():
    made = make_household(make_group(make_ward()), address="Số 5, ngõ 3")
    make_status(made, "poor", date(2025, 12, 1))
    return made


@pytest.fixture
def by(home):
    return make_user("officer", home.area)


@pytest.fixture
def plan(home, by):
    """Signed for a wish in the family's own words, to be reviewed in June; looked at then, next in December."""
    need = add_need(by=by, household=home, values={"family_words": "Xin cái giếng"}, today=SIGNED)
    values = {
        "goal": "Thoát <b>nghèo</b>",
        "leave_by": date(2027, 12, 31),
        "family_words": "",
        "responsible": by,
    }
    made = actions.draft_plan(by=by, household=home, values=values, today=SIGNED)
    step = {
        "need": need,
        "text": "Khoan giếng",
        "policy": "other",
        "who": "ward",
        "who_name": "",
        "due_on": LATER,
    }
    actions.add_step(by=by, plan=made, values=step)
    made.refresh_from_db()
    actions.agree_plan(
        by=by, plan=made, version=made.version, agreed_on=SIGNED, agreed_by="Ông Cả", next_review_on=date(2026, 6, 2),
        today=SIGNED,
    )  # fmt: skip
    review = {"date": date(2026, 6, 2), "progress": "slow", "text": "x", "next_review_on": date(2026, 12, 2)}
    actions.review_plan(by=by, plan=made, values=review, today=date(2026, 6, 2))
    made.refresh_from_db()
    return made


def much_happens(home, by):
    """What changes after the signing: the words of the need, its end, another need, the class, the address."""
    need = home.needs.get()
    word_need(by=by, need=need, version=1, family_words="Đổi ý", is_wish=False, priority=None)
    close_need(by=by, need=need, version=2, reason="solved", note="", on=LATER, today=LATER)
    add_need(by=by, household=home, values={"text": "Xe lăn"}, today=LATER)
    make_status(home, "near_poor", LATER)
    type(home).objects.filter(pk=home.pk).update(address="Chỗ khác")


def test_a_signed_plan_is_printed_as_it_was_signed(home, by, plan):
    much_happens(home, by)
    said = paper_of(Plan.objects.get(pk=plan.pk), LATER)
    assert [(each.noi_dung, each.loi_gia_dinh) for each in said.nhu_cau] == [("Xin cái giếng", "")]
    assert [each.nhu_cau for each in said.viec] == ["Xin cái giếng"]
    assert (said.xem_lai, said.phan_loai) == ("ngày 02/06/2026", "hộ nghèo từ ngày 01/12/2025")
    assert (said.dia_chi, said.ngay_thang, said.nguoi_ky) == (
        "Số 5, ngõ 3",
        "ngày 02 tháng 3 năm 2026",
        "Ông Cả",
    )
    refused("plan_agreed_is_kept", Plan.objects.filter(pk=plan.pk).update, signed_as={"needs": []})
    refused("plan_agreed_is_kept", Plan.objects.filter(pk=plan.pk).update, first_review_on=LATER)


def test_a_plan_signed_before_the_paper_was_kept(home, by, plan):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE households_plan DISABLE TRIGGER plan_agreed_is_kept")
        cursor.execute("UPDATE households_plan SET signed_as = NULL, first_review_on = NULL")
        cursor.execute("ALTER TABLE households_plan ENABLE TRIGGER plan_agreed_is_kept")
        cursor.execute(import_module("households.migrations.0083_plan_paper").FIRST_REVIEWS)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    much_happens(home, by)
    said = paper_of(Plan.objects.get(pk=plan.pk), LATER)
    assert [each.noi_dung for each in said.nhu_cau] == [
        "Đổi ý"
    ]  # the need of that day, in the words known now
    assert (said.xem_lai, said.phan_loai) == ("ngày 02/06/2026", "hộ nghèo từ ngày 01/12/2025")


def test_a_draft_shows_what_is_so_today(home, by):
    add_need(by=by, household=home, values={"text": "Xe lăn"}, today=localdate())
    draft = Plan.objects.create(household=home, made_on=SIGNED, goal="Thoát nghèo")
    said = paper_of(draft, localdate())
    assert [each.noi_dung for each in said.nhu_cau] == ["Xe lăn"]
    assert "……" in said.xem_lai
    assert "……" in said.ngay_thang


def test_a_plan_of_nothing_leaves_lines_to_write_on(home, by):
    draft = Plan.objects.create(household=home, made_on=SIGNED, goal="Thoát nghèo")
    said = paper_of(draft, localdate())
    assert [each.noi_dung.strip("…") for each in said.nhu_cau] == [""]
    assert [(each.tt, each.viec_lam) for each in said.viec] == [("1", "")]
    text = word.everything(signed_in(by).get(reverse("plan_document", args=[draft.pk])).content)
    assert "()" not in text
    assert "Tổ trưởng tổ dân phố" in text


def test_the_page_to_print(home, by, plan, django_assert_max_num_queries):
    client, page = signed_in(by), reverse("plan_print", args=[home.pk])
    client.get(page)
    with django_assert_max_num_queries(12):
        text = client.get(page).content.decode()
    for words in (
        "ỦY BAN NHÂN DÂN",
        home.area.parent.name.upper(),
        "data-print",
        "Xem lại lần đầu: ngày 02/06/2026",
    ):
        assert words in text
    assert "02/12/2026" not in text
    assert "<b>nghèo" not in text
    assert reverse("plan_document", args=[plan.pk]) in text


def test_the_word_file(home, by, plan):
    page = reverse("plan_document", args=[plan.pk])
    answer = signed_in(by).get(page)
    text = word.everything(answer.content)
    for words in (
        "ỦY BAN NHÂN DÂN",
        "KẾ HOẠCH",
        "Thoát <b>nghèo</b>",
        "Khoan giếng",
        "Xin cái giếng",
        "02/06/2026",
    ):
        assert words in text
    assert answer["Content-Disposition"].endswith('.docx"')
    assert Event.objects.filter(act="document.export", records=[home.pk]).exists()
    ward = home.area.parent
    for role, area, status in (
        ("supervisor", ward, 200), ("approver", ward, 200), ("viewer", ward, 403), ("officer", make_group(ward), 404),
    ):  # fmt: skip
        assert signed_in(make_user(role, area)).get(page).status_code == status, role


def test_the_steps_of_a_plan_that_ended_stand_on_the_page(home, by, plan, django_assert_max_num_queries):
    actions.finish_step(by=by, step=plan.steps.get(), on=LATER, result="Có giếng", today=LATER)
    actions.replace_plan(by=by, plan=plan, today=LATER, note="Đổi hướng")
    client, page = signed_in(by), reverse("plan_page", args=[home.pk])
    text = client.get(page).content.decode()
    for words in ("Khoan giếng", "Có giếng", reverse("plan_document", args=[plan.pk])):
        assert words in text
    assert reverse("step_done", args=[plan.steps.get().pk]) not in text
    for place in range(3):
        Plan.objects.create(
            household=home, made_on=SIGNED, goal=f"Cũ {place}", closed_on=SIGNED + timedelta(days=place),
            close_reason="mistake",
        )  # fmt: skip
    with django_assert_max_num_queries(12):
        client.get(page)
