"""The plan of a household: drafted, signed, reviewed, carried out, replaced; what waits; its pages."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import plans as actions
from households.actions.support.needs import add_need
from households.models import Plan, PlanReview, PlanStep
from households.reports.support.plans import filtered, waiting
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_status
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import counted_for
from tests.refusals import refused
from tests.taken import data_of
from thanhsen.concurrency import Stale

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
STEP = {
    "need": None,
    "text": "Vay vốn nuôi bò",
    "policy": "loan",
    "who": "bank",
    "who_name": "",
    "due_on": date(2027, 3, 1),
}


@pytest.fixture
def home():
    made = make_household(make_group(make_ward()))
    make_status(made, "poor", date(2025, 12, 1))
    return made


@pytest.fixture
def by(home):
    return make_user("officer", home.area)


def draft(home, by, **named):
    values = {"goal": "Thoát nghèo cuối 2027", "leave_by": None, "family_words": "", "responsible": by}
    return actions.draft_plan(by=by, household=home, values=values, today=TODAY, **named)


def agreed(home, by, review=date(2027, 1, 15)):
    plan = draft(home, by)
    actions.add_step(by=by, plan=plan, values=STEP)
    return sign(by, plan, review)


def sign(by, plan, review=date(2027, 1, 15)):
    plan.refresh_from_db()
    return actions.agree_plan(
        by=by,
        plan=plan,
        version=plan.version,
        agreed_on=TODAY,
        agreed_by="Ông Cả",
        next_review_on=review,
        today=TODAY,
    )


def test_from_draft_to_the_end(home, by):
    plan = agreed(home, by)
    step = plan.steps.get()
    review = {"date": TODAY, "progress": "slow", "text": "Chưa vay được", "next_review_on": date(2027, 4, 1)}
    actions.review_plan(by=by, plan=plan, values=review, today=TODAY)
    actions.finish_step(by=by, step=step, on=TODAY, result="Đã vay 50 triệu", today=TODAY)
    actions.close_plan(by=by, plan=plan, reason="achieved", note="", on=TODAY, today=TODAY)
    plan.refresh_from_db()
    assert (plan.next_review_on, plan.close_reason) == (date(2027, 4, 1), "achieved")
    assert draft(home, by).pk != plan.pk  # another may be drafted now


def test_a_signed_plan_is_kept(home, by):
    plan = agreed(home, by)
    step = plan.steps.get()
    for act in (
        lambda: actions.edit_plan(
            by=by, plan=plan, version=plan.version, values={"goal": "Khác"}, today=TODAY
        ),
        lambda: actions.add_step(by=by, plan=plan, values=STEP),
        lambda: actions.remove_step(by=by, step=step),
    ):
        with pytest.raises(ValidationError, match="đã ký"):
            act()
    refused("plan_agreed_is_kept", Plan.objects.filter(pk=plan.pk).update, goal="Khác")
    refused("step_of_agreed_plan_is_kept", plan.steps.update, text="Khác")
    refused("step_of_agreed_plan_is_kept", plan.steps.all().delete)
    refused("step_of_agreed_plan_is_kept", PlanStep.objects.create, **{**STEP, "plan": plan, "position": 2})
    refused("plan_never_deleted", Plan.objects.filter(pk=plan.pk)._raw_delete, "default")


def test_replaced_by_a_draft_of_what_is_left(home, by):
    plan = draft(home, by)
    for text in ("A", "B"):
        actions.add_step(by=by, plan=plan, values={**STEP, "text": text})
    sign(by, plan)
    actions.finish_step(by=by, step=plan.steps.get(text="A"), on=TODAY, result="", today=TODAY)
    new = actions.replace_plan(by=by, plan=plan, today=TODAY, note="Đổi hướng")
    assert [each.text for each in new.steps.all()] == ["B"]
    plan.refresh_from_db()
    assert plan.close_reason == "replaced"


def test_two_officers_at_one_draft(home, by):
    plan = draft(home, by)
    actions.edit_plan(by=by, plan=plan, version=plan.version, values={"goal": "Một"}, today=TODAY)
    with pytest.raises(Stale):
        actions.edit_plan(by=by, plan=plan, version=plan.version, values={"goal": "Hai"}, today=TODAY)
    with pytest.raises(Stale):  # what the family signs is what the officer saw
        actions.agree_plan(
            by=by,
            plan=plan,
            version=plan.version,
            agreed_on=TODAY,
            agreed_by="x",
            next_review_on=date(2027, 1, 1),
            today=TODAY,
        )


def test_refusals(home, by):
    plan = draft(home, by)
    with pytest.raises(ValidationError, match="chưa có việc nào"):
        sign(by, plan)
    with pytest.raises(ValidationError, match="đang có một kế hoạch"):
        draft(home, by)
    actions.add_step(by=by, plan=plan, values=STEP)
    with pytest.raises(ValidationError, match="chưa ký"):
        actions.finish_step(by=by, step=plan.steps.get(), on=TODAY, result="", today=TODAY)
    with pytest.raises(ValidationError, match="sau ngày ký"):
        sign(by, plan, review=TODAY)
    other = add_need(by=by, household=make_household(home.area), values={"text": "x"}, today=TODAY)
    with pytest.raises(ValidationError, match="hộ khác"):
        actions.add_step(by=by, plan=plan, values={**STEP, "need": other})
    sign(by, plan)
    past = {"date": date(2026, 1, 1), "progress": "slow", "text": "x", "next_review_on": None}
    with pytest.raises(ValidationError, match="sau ngày đó"):
        actions.review_plan(by=by, plan=plan, values=past, today=TODAY)
    step = plan.steps.get()
    actions.drop_step(by=by, step=step, on=TODAY, reason="Không vay được", today=TODAY)
    with pytest.raises(ValidationError, match="đã ghi kết quả"):
        actions.finish_step(by=by, step=step, on=TODAY, result="", today=TODAY)


def test_a_plan_has_forty_steps_at_most(home, by):
    plan = draft(home, by)
    for _ in range(actions.MOST_STEPS):
        actions.add_step(by=by, plan=plan, values=STEP)
    with pytest.raises(ValidationError, match="gộp các việc"):
        actions.add_step(by=by, plan=plan, values=STEP)


def test_what_waits(home, by):
    today = localdate()
    agreed(home, by)
    assert [line.text for line in counted_for(waiting, by, date(2027, 1, 10))] == [
        "Kế hoạch cần xem lại trong 7 ngày"
    ]
    late = {line.text for line in counted_for(waiting, by, date(2027, 3, 2))}
    assert late == {"Kế hoạch quá hạn xem lại", "Hộ có việc quá hạn trong kế hoạch"}
    without = make_household(home.area)
    make_status(without, "poor", date(2025, 12, 1))
    assert [line.count for line in counted_for(waiting, by, today) if "chưa có kế hoạch" in line.text] == [1]
    assert set(filtered(by, today, "chua-co")) == {without}
    assert set(filtered(by, date(2027, 3, 2), "viec-qua-han")) == {home}
    assert counted_for(waiting, make_user("officer", make_group(home.area.parent)), today) == []


def test_rules_by_name(home, by):
    named = {"household": home, "made_on": TODAY, "goal": "x"}
    for name, changes in (
        ("plan_has_goal", {"goal": ""}),
        ("plan_agreed_is_signed", {"agreed_on": TODAY}),
        ("plan_agreed_is_signed", {"agreed_by": "x"}),
        ("plan_closed_with_reason", {"closed_on": TODAY}),
        ("plan_closed_with_reason", {"close_note": "x"}),
    ):
        refused(name, Plan.objects.create, **{**named, **changes})
    plan = Plan.objects.create(**named)
    refused("plan_one_open", Plan.objects.create, **named)
    step = {**STEP, "plan": plan, "position": 1}
    PlanStep.objects.create(**step)
    refused("step_has_its_place", PlanStep.objects.create, **step)
    refused("step_says_what", PlanStep.objects.create, **{**step, "position": 2, "text": ""})
    review = {"plan": plan, "date": TODAY, "progress": "slow", "text": "x"}
    refused("plan_review_says_something", PlanReview.objects.create, **{**review, "text": ""})
    refused("plan_review_next_is_later", PlanReview.objects.create, **{**review, "next_review_on": TODAY})
    made = PlanReview.objects.create(**review)
    refused("planreview_never_deleted", PlanReview.objects.filter(pk=made.pk)._raw_delete, "default")
    Plan.objects.filter(pk=plan.pk).update(agreed_on=TODAY, agreed_by="Ông Cả")
    refused("step_dropped_with_reason", plan.steps.update, dropped_on=TODAY)


# --- pages ------------------------------------------------------------------------------------------------------------


def test_from_need_to_signed_plan_on_screen(home, by):
    client, today = signed_in(by), localdate()
    page = reverse("plan_page", args=[home.pk])
    need = {
        "text": "Nước sạch",
        "family_words": "<b>Xin</b> cái giếng",
        "priority": "1",
        "is_wish": "on",
        "request_id": uuid4(),
    }
    assert (
        client.post(reverse("need_add", args=[home.pk]), {**need, "text": "", "family_words": ""}).status_code
        == 422
    )
    assert client.post(reverse("need_add", args=[home.pk]), need).status_code == 302
    assert "<b>Xin" not in client.get(page).content.decode()
    made = client.post(
        reverse("plan_draft", args=[home.pk]),
        {"goal": "Thoát nghèo", "made_on": f"{today:%d/%m/%Y}", "request_id": uuid4()},
    )
    assert made.url == page
    plan = Plan.objects.get()
    step = {
        "need": home.needs.get().pk,
        "text": "Khoan giếng",
        "who": "ward",
        "due_on": "01/03/2027",
        "request_id": uuid4(),
    }
    assert client.post(reverse("step_add", args=[plan.pk]), {**step, "text": ""}).status_code == 422
    assert client.post(reverse("step_add", args=[plan.pk]), step).status_code == 302
    plan.refresh_from_db()
    day = today + timedelta(days=60)
    signed = {
        "agreed_on": f"{today:%d/%m/%Y}",
        "agreed_by": "Ông Cả",
        "next_review_on": f"{day:%d/%m/%Y}",
        "version": plan.version,
    }
    assert client.post(reverse("plan_agree", args=[plan.pk]), {**signed, "version": 1}).status_code == 422
    assert client.post(reverse("plan_agree", args=[plan.pk]), signed).status_code == 302
    printed = client.get(reverse("plan_print", args=[home.pk])).content.decode()
    assert "KẾ HOẠCH HỖ TRỢ THOÁT NGHÈO" in printed
    assert "Khoan giếng" in printed
    review = {
        "date": f"{today:%d/%m/%Y}",
        "progress": "on_track",
        "text": "Tốt",
        "request_id": uuid4(),
        "no_more": "on",
    }
    answer = client.post(reverse("plan_review", args=[plan.pk]), review)
    assert answer.status_code == 302, answer.context["form"].errors
    done = {"on": f"{today:%d/%m/%Y}", "result": "Có giếng"}
    assert client.post(reverse("step_done", args=[plan.steps.get().pk]), done).status_code == 302
    assert "Có giếng" in client.get(page).content.decode()
    told = client.get(reverse("case_page", args=[home.pk])).content.decode()
    for words in ("Ký kế hoạch: Ông Cả", "Xong: Khoan giếng", "Nguyện vọng: Nước sạch"):
        assert words in told


def test_who_may_read_and_write(home, by):
    plan = agreed(home, by)
    ward = home.area.parent
    for role, area, read, write in (
        ("officer", home.area, 200, 200), ("supervisor", ward, 200, 200), ("approver", ward, 200, 403),
        ("admin", ward, 403, 403), ("viewer", ward, 403, 403), ("officer", make_group(ward), 404, 404),
    ):  # fmt: skip
        client = signed_in(make_user(role, area))
        assert client.get(reverse("plan_page", args=[home.pk])).status_code == read, role
        for name, pk in (("need_add", home.pk), ("plan_review", plan.pk), ("step_done", plan.steps.get().pk)):
            assert client.get(reverse(name, args=[pk])).status_code == write, (role, name)


def test_the_list_of_plans(home, by, django_assert_max_num_queries):
    agreed(home, by)
    client = signed_in(by)
    client.get(reverse("plan_list"))
    for _ in range(5):
        draft(make_household(home.area), by)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("plan_list")).content.decode()
    assert "6 hộ" in page
    assert data_of(client.post(reverse("plan_export"), {"reason": "Gửi chị Lan"}))
