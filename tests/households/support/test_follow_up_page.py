"""A month of a model: each household that is complete is saved, whatever is wrong with another."""

import pytest
from django.urls import reverse

from households.models import FollowUp
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_livelihoods import by, group, joined, make_project, poor  # noqa: F401

pytestmark = pytest.mark.django_db


def test_one_wrong_line_does_not_keep_back_the_others(group, by):  # noqa: F811
    project = make_project(group)
    right, wrong, early, empty = joined(project, by, *[poor(group) for _ in range(4)])
    wrong.household.head_name = "Nguyễn Thị Sai"
    wrong.household.save()
    day = "20/11/2026"
    sent = {
        f"h{right.pk}-condition": "good", f"h{right.pk}-visited_on": day,
        f"h{wrong.pk}-income": "1.234.000", f"h{wrong.pk}-visited_on": day,
        f"h{early.pk}-condition": "good", f"h{early.pk}-visited_on": "01/01/2026", f"h{early.pk}-text": "trước khi vào",
        f"h{empty.pk}-visited_on": "", f"h{empty.pk}-condition": "",
    }  # fmt: skip
    page, client = reverse("follow_ups", args=[project.pk, 2026, 10]), signed_in(by)
    answer = client.post(page, sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert [each.participation_id for each in FollowUp.objects.all()] == [right.pk]
    assert "Đã lưu 1 hộ. Chưa lưu 2 hộ" in text
    assert "Nguyễn Thị Sai" in text.split("Chưa lưu")[1].split("</div>")[0]
    assert "1.234.000" in text
    assert "trước khi vào" in text
    assert "ngày xem" in text
    assert text.count("Chọn tình trạng.") == 1
    # What was saved is shown with the version it has now, so the same page sent again does not stumble over it.
    sent |= {
        f"h{right.pk}-version": 1, f"h{wrong.pk}-condition": "fair", f"h{early.pk}-visited_on": day,
    }  # fmt: skip
    assert f'name="h{right.pk}-version" value="1"' in text
    assert client.post(page, sent).status_code == 302
    assert FollowUp.objects.count() == 3


def test_a_page_of_empty_lines_saves_nothing(group, by):  # noqa: F811
    project = make_project(group)
    (part,) = joined(project, by, poor(group))
    page = reverse("follow_ups", args=[project.pk, 2026, 10])
    assert signed_in(by).post(page, {f"h{part.pk}-visited_on": "x"}).status_code == 302
    assert not FollowUp.objects.exists()
