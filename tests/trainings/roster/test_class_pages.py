"""Classes, quotas, units on screen."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_group, make_ward
from tests.trainings.factories import make_admin, make_class, make_course, make_trainee, make_unit
from trainings.models import Quota, Unit

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def admin(client, course):
    found = make_admin(course.ward)
    client.force_login(found)
    return found


def text(answer) -> str:
    return answer.content.decode()


def test_split_and_moved_on_screen(client, admin, course):
    url = reverse("roster_split", args=[course.pk])
    assert "chưa có lớp nào" in text(client.get(url))
    first, second = make_class(course, capacity=2), make_class(course, capacity=1)
    unit = make_unit(course.ward)
    people = [make_trainee(course, unit=unit, full_name=f"Lê {name}") for name in ("An", "Bê", "Cam")]
    seen = client.get(url).context["split"].key
    assert client.post(url, {"seen": "x"}).status_code == 422
    assert "Đã xếp lớp cho 3 học viên" in text(client.post(url, {"seen": seen}, follow=True))
    assert (first.trainees.count(), second.trainees.count()) == (2, 1)
    assert client.post(url, {"seen": seen}).status_code == 422
    move = reverse("trainee_move", args=[course.pk])
    here = first.trainees.first()
    full = client.post(f"{move}?q=le", {"nguoi": f"{here.pk}:{here.version}", "lop": second.pk}, follow=True)
    assert "Lớp đã đủ chỗ" in text(full)
    assert full.redirect_chain[0][0].endswith("?q=le")
    client.post(move, {"nguoi": f"{here.pk}:{here.version}", "lop": "0"})
    assert first.trainees.count() == 1
    for data in (
        {},
        {"lop": second.pk},
        {"nguoi": "x:y", "lop": "0"},
        {"nguoi": f"{people[0].pk}:1", "lop": "0"},
    ):
        assert 'role="alert"' in text(client.post(move, data, follow=True))


def test_quotas_in_one_grid_and_units_with_nobody_first(client, admin, course):
    last, first, short = (make_unit(course.ward, name=name) for name in ("A", "B", "C"))
    make_trainee(course, unit=short)
    url = reverse("roster_units", args=[course.pk])
    data = {
        f"q{first.pk}": "2",
        f"s{first.pk}": "",
        f"q{short.pk}": "3",
        f"s{short.pk}": "",
        f"q{last.pk}": "",
        f"s{last.pk}": "",
    }
    assert "Ghi một số" in text(client.post(url, {**data, f"q{first.pk}": "-1"}))
    assert client.post(url, {**data, f"q{first.pk}": "99999"}).status_code == 422
    assert client.post(url, data).status_code == 302
    answer = client.get(url)
    assert [each.name for each, _, _ in answer.context["lines"]] == ["B", "C", "A"]
    assert answer.context["totals"] == {
        "units": 3, "asked": 5, "people": 1, "queue": 0, "short": 4, "empty": 1, "silent": 1,
    }  # fmt: skip
    assert client.post(url, data).status_code == 302, "the same again changes nothing"
    stale = client.post(url, {f"q{first.pk}": "9", f"s{first.pk}": "1"})
    assert "Người khác vừa đổi" in text(stale)
    assert Quota.objects.get(unit=first).seats == 2


def test_units_on_screen(client, admin, course):
    group = make_group(course.ward, name="Tổ dân phố Đồng Tâm")
    client.post(reverse("units_of_groups"), {"phuong": course.ward.pk})
    assert client.post(reverse("units_of_groups"), {"phuong": make_ward().pk}).status_code == 404
    client.post(reverse("unit_add"), {"ward": course.ward.pk, "name": "Hội Phụ nữ", "area": ""})
    assert client.post(reverse("unit_add"), {"ward": course.ward.pk, "name": "hội phụ nữ"}).status_code == 422
    assert client.post(reverse("unit_add"), {"ward": make_ward().pk, "name": "Khác"}).status_code == 422
    page = text(client.get(reverse("unit_list"), {"q": "dong tam"}))
    assert "Đồng Tâm" in page
    assert "Hội Phụ nữ" not in page
    unit = Unit.objects.get(area=group)
    edit = reverse("unit_edit", args=[unit.pk])
    assert client.post(edit, {"name": "Tổ Đồng Tâm", "area": group.pk, "version": 1}).status_code == 302
    assert "vừa lưu hồ sơ" in text(client.post(edit, {"name": "X", "version": 1}, follow=True))
    client.post(reverse("unit_end", args=[unit.pk]), {"on": "01/12/2026", "version": 2})
    unit.refresh_from_db()
    assert (unit.name, unit.ended_on) == ("Tổ Đồng Tâm", date(2026, 12, 1))
