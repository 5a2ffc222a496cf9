"""The grid of costs: typed, mistyped, stale; quantities counted beside it."""

import pytest
from django.urls import reverse

from tests.trainings.factories import (
    make_mark,
    make_session,
    make_speaker,
    make_trainee,
)
from trainings.models import CostLine

pytestmark = pytest.mark.django_db


def grid(course, *lines, **stored):
    """What the page of costs sends: `lines` typed into its empty rows, the stored ones as they are."""
    names = ("name", "basis", "unit", "quantity", "rate", "legal_basis", "used", "used_note")
    data = {f"n{number}-{name}": "" for number in (1, 2, 3) for name in names}
    for row in course.costs.all():
        data |= {f"c{row.pk}-{name}": str(getattr(row, name) or "").replace(".00", "") for name in names}
        data[f"c{row.pk}-version"] = str(row.version)
    for number, line in enumerate(lines, 1):
        data |= {f"n{number}-{name}": value for name, value in line.items()}
    return data | stored


NEW = {"name": "Nước uống", "basis": "trainee_session", "quantity": "1.000", "rate": "12.500", "unit": "lượt"}


def test_costs_are_typed_in_a_grid(client, course):
    url = reverse("course_costs", args=[course.pk])
    cited = {**NEW, "legal_basis": "Thông tư 36/2018/TT-BTC, sửa đổi bởi Thông tư 06/2023/TT-BTC"}
    assert client.post(url, grid(course, cited)).status_code == 302
    row = course.costs.get()
    page = client.get(url).content.decode()
    assert "12.500.000 đ" in page
    assert (row.quantity, row.rate) == (1000, 12_500)
    assert client.post(url, grid(course)).status_code == 302
    assert course.costs.get().version == 1  # nothing changed
    client.post(url, grid(course, **{f"c{row.pk}-used": "9.000.000", f"c{row.pk}-used_note": "PC 15"}))
    assert course.costs.get().used == 9_000_000
    client.post(url, grid(course, **{f"c{row.pk}-removed": "on", f"c{row.pk}-quantity": "sai"}))
    assert not course.costs.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": "-5"}, "Nhỏ quá"),
        ({"rate": "mười nghìn"}, "Nhập một số nguyên"),
        ({"quantity": ""}, "Chưa nhập ô này."),
        ({"quantity": "1,555"}, "chữ số sau dấu phẩy"),
        ({"basis": ""}, "Chưa nhập ô này."),
        ({"basis": "speaker_session", "unsalaried_only": "on"}, "Chỉ khoản chi cho học viên"),
        ({"rate": "9" * 30}, "Nhập một số nguyên"),
    ],
)
def test_costs_mistyped_save_nothing(client, course, wrong, sentence):
    response = client.post(reverse("course_costs", args=[course.pk]), grid(course, {**NEW, **wrong}, NEW))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not course.costs.exists()


def test_costs_of_a_stale_page_are_refused(client, course):
    url = reverse("course_costs", args=[course.pk])
    client.post(url, grid(course, NEW))
    row = course.costs.get()
    old = grid(course, **{f"c{row.pk}-rate": "1"})
    CostLine.objects.filter(pk=row.pk).update(version=2, rate=99)
    response = client.post(url, old)
    assert response.status_code == 409
    assert "người khác vừa sửa dòng “Nước uống”" in response.content.decode()
    CostLine.objects.filter(pk=row.pk).delete()
    response = client.post(url, old)
    assert response.status_code == 422
    assert "vừa bị người khác bỏ" in response.content.decode()


def test_quantities_are_counted_from_roster_and_sessions(client, course, classes, ward):
    speaker = make_speaker(ward)
    first = make_session(classes[0], state="held", speaker=speaker)
    make_session(classes[0])
    make_session(classes[0], state="cancelled", cancel_reason="Bão")
    counted = client.get(reverse("course_costs", args=[course.pk])).context["counted"]
    assert [(each.planned, each.happened) for each in counted] == [(250, 0), (0, 0), (250, 0), (0, 0), (1, 1)]
    paid, unpaid = (
        make_trainee(training_class=classes[0], full_name=f"Lê Thị {name}", is_salaried=salaried)
        for name, salaried in (("An", True), ("Bình", False))
    )
    make_trainee(training_class=classes[1], full_name="Lê Thị Chi")
    make_mark(first, paid)
    make_mark(first, unpaid, state="late")
    counted = client.get(reverse("course_costs", args=[course.pk])).context["counted"]
    assert [(each.planned, each.happened) for each in counted] == [(4, 2), (2, 1), (3, 2), (1, 1), (1, 1)]
    assert "1 người chưa ghi có hưởng lương hay không" in counted[1].source
