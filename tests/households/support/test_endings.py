"""A model ended: how for each household is said by the officer, never assumed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.support.endings import end_project
from households.models import FollowUp, Participation
from tests.factories import make_group, make_user
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import ended_as
from tests.households.support.test_livelihoods import TODAY, by, group, joined, make_project, poor  # noqa: F401

pytestmark = pytest.mark.django_db
MODEL = {"on": "20/11/2026", "outcome": "partly", "lessons": "Cần thú y"}


def sent(*parts, **values):
    """The form as the page shows it, nothing chosen; `values`: of every household."""
    lines = {f"h{each.pk}-version": each.version for each in parts}
    return {
        **MODEL,
        **lines,
        **{f"h{each.pk}-{name}": what for each in parts for name, what in values.items()},
    }


@pytest.mark.parametrize("outcome", ["worked", "partly", "failed"])
def test_no_household_is_said_to_have_finished_unless_the_officer_says_so(group, by, outcome):  # noqa: F811
    project = make_project(group)
    (part,) = joined(project, by, poor(group))
    page, client = reverse("project_end", args=[project.pk]), signed_in(by)
    refused = client.post(page, {**sent(part), "outcome": outcome})
    assert refused.status_code == 422
    assert "Chọn hộ này kết thúc thế nào" in refused.content.decode()
    assert "Cần thú y" in refused.content.decode()
    project.refresh_from_db()
    part.refresh_from_db()
    assert (project.ended_on, part.left_on) == (None, None)


def test_each_household_its_own_ending_and_income(group, by):  # noqa: F811
    project = make_project(group)
    one, two, three = joined(project, by, *[poor(group) for _ in range(3)])
    month = {"participation": one, "visited_on": date(2026, 10, 9), "condition": "good"}
    FollowUp.objects.create(month=date(2026, 9, 1), income=1_111_000, **month)
    FollowUp.objects.create(month=date(2026, 10, 1), income=2_345_000, **month)
    page, client = reverse("project_end", args=[project.pk]), signed_in(by)
    shown = client.get(page).content.decode()
    assert "2345000" in shown.replace(".", "")
    assert "1111000" not in shown.replace(".", "")
    data = sent(one, two, three)
    data |= {f"h{one.pk}-how": "finished", f"h{one.pk}-income": "2.500.000", f"h{two.pk}-how": "failed"}
    answer = client.post(page, {**data, "rest": "withdrew"})
    assert answer.status_code == 422  # failed, without why
    assert "2.500.000" in answer.content.decode()
    data |= {f"h{two.pk}-why": "Lợn chết", "rest": "withdrew", "rest_why": "Đi làm xa"}
    assert client.post(page, data).status_code == 302
    left = Participation.objects.order_by("pk").values_list("left_reason", "left_note", "income_after")
    assert list(left) == [
        ("finished", "", 2_500_000),
        ("failed", "Lợn chết", None),
        ("withdrew", "Đi làm xa", None),
    ]


def test_who_joined_or_was_edited_since_the_page_was_opened_is_looked_at_again(group, by):  # noqa: F811
    project = make_project(group)
    (part,) = joined(project, by, poor(group))
    data = {**sent(part), "rest": "finished"}
    joined(project, by, poor(group))
    answer = signed_in(by).post(reverse("project_end", args=[project.pk]), data)
    assert answer.status_code == 422
    assert "vừa vào mô hình" in answer.content.decode()
    named = {"by": by, "project": project, "on": TODAY, "outcome": "worked", "lessons": "x", "today": TODAY}
    endings = ended_as(project)
    Participation.objects.filter(pk=part.pk).update(version=7)
    with pytest.raises(ValidationError, match="người khác vừa sửa"):
        end_project(endings=endings, **named)
    with pytest.raises(ValidationError, match="chưa chọn"):
        end_project(endings={}, **named)
    with pytest.raises(ValidationError, match="ghi rõ vì sao"):
        end_project(endings=ended_as(project, "failed"), **named)
    assert not Participation.objects.exclude(left_on=None).exists()


def test_an_officer_does_not_end_it_for_households_of_others(group, by):  # noqa: F811
    project, theirs = make_project(group), poor(make_group(group.parent))
    theirs.head_name = "Người tổ khác"
    theirs.save()
    joined(project, make_user("supervisor", group.parent), poor(group), theirs)
    page = signed_in(by).get(reverse("project_end", args=[project.pk])).content.decode()
    assert "Còn 1 hộ ở tổ dân phố ngoài địa bàn" in page
    assert "Người tổ khác" not in page
    with pytest.raises(ValidationError, match="ngoài địa bàn"):
        end_project(
            by=by,
            project=project,
            on=TODAY,
            outcome="worked",
            lessons="x",
            endings=ended_as(project),
            today=TODAY,
        )


def test_many_households_end_at_once(group, by, django_assert_max_num_queries):  # noqa: F811
    project = make_project(group)
    parts = joined(project, by, *[poor(group) for _ in range(60)])
    data = {**sent(*parts, income="1.000.000"), "rest": "finished"}
    page, client = reverse("project_end", args=[project.pk]), signed_in(by)
    with django_assert_max_num_queries(12):
        client.get(page)
    with django_assert_max_num_queries(18):
        assert client.post(page, data).status_code == 302
    assert set(Participation.objects.values_list("left_reason", "income_after")) == {("finished", 1_000_000)}
