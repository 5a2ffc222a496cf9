"""The targets of a ward: what the database refuses, what the action keeps, who may enter them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from households.actions.targets import remove_target, set_target
from households.models import Target
from tests.factories import make_group, make_province, make_user, make_ward
from tests.refusals import refused
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
GIVEN = {"poor_rate": Decimal("1.80"), "near_poor_rate": Decimal("2.50"), "source": "Nghị quyết 12/NQ-HĐND"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(ward, year=2026):
    return reverse("target_edit", args=[ward.pk, year])


def test_what_the_database_refuses():
    ward = make_ward()
    Target.objects.create(ward=ward, year=2026, **GIVEN)
    other = {"ward": ward, "year": 2025, **GIVEN}
    refused("target_once_a_year", Target.objects.create, **{**other, "year": 2026})
    refused("target_ward_is_ward", Target.objects.create, **{**other, "ward": make_group(ward)})
    refused("target_has_source", Target.objects.create, **{**other, "source": ""})
    for wrong in (Decimal("-0.01"), Decimal("100.01")):
        refused("target_poor_rate_is_percent", Target.objects.create, **{**other, "poor_rate": wrong})
        refused(
            "target_near_poor_rate_is_percent", Target.objects.create, **{**other, "near_poor_rate": wrong}
        )
    Target.objects.create(**{**other, "near_poor_rate": None})


def test_a_target_is_entered_corrected_and_taken_away_on_the_trail():
    ward, supervisor = make_ward(), make_user("supervisor")
    set_target(by=supervisor, ward=ward, year=2026, **GIVEN)
    set_target(by=supervisor, ward=ward, year=2026, **{**GIVEN, "poor_rate": Decimal("1.70")})
    assert Target.objects.get().poor_rate == Decimal("1.70")
    changed = Event.objects.filter(act="target.save").latest("pk")
    assert (changed.before, changed.after) == ({"poor_rate": "1.80"}, {"poor_rate": "1.70"})
    assert remove_target(by=supervisor, ward=ward, year=2026)
    assert not remove_target(by=supervisor, ward=ward, year=2026)
    assert Event.objects.get(act="target.remove").before["source"] == GIVEN["source"]


def test_a_source_of_spaces_is_refused_in_words():
    with pytest.raises(ValidationError, match="văn bản giao chỉ tiêu"):
        set_target(by=make_user("supervisor"), ward=make_ward(), year=2026, **{**GIVEN, "source": "  "})
    assert not Event.objects.filter(act="target.save").exists()


def test_the_supervisor_enters_it_on_the_page():
    ward = make_ward()
    client = signed_in(make_user("supervisor", ward))
    typed = {"poor_rate": "1,80", "near_poor_rate": "", "source": "Nghị quyết 12"}
    assert client.post(page(ward), typed).status_code == 302
    assert Target.objects.get().near_poor_rate is None
    assert "1,80" in client.get(reverse("target_list")).content.decode()
    assert 'value="1,8"' in client.get(page(ward)).content.decode()
    assert client.post(reverse("target_remove", args=[ward.pk, 2026])).status_code == 302
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"poor_rate": "1,80"}, "Chưa nhập ô này."),
        ({"poor_rate": "101", "source": "NQ"}, "từ 0 đến 100"),
        ({"poor_rate": "-1", "source": "NQ"}, "từ 0 đến 100"),
        ({"poor_rate": "1", "near_poor_rate": "101", "source": "NQ"}, "từ 0 đến 100"),
        ({"poor_rate": "1,805", "source": "NQ"}, "tối đa 2 chữ số"),
        ({"poor_rate": "thấp", "source": "NQ"}, "Không phải là số"),
    ],
)
def test_what_is_mistyped_is_said(typed, said):
    ward = make_ward()
    response = signed_in(make_user("supervisor", ward)).post(page(ward), typed)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Target.objects.exists()


def test_nobody_else_and_nowhere_else():
    ward = make_ward()
    for role in ("officer", "approver", "admin", "viewer"):
        assert signed_in(make_user(role, ward)).post(page(ward), {}).status_code == 403
    supervisor = signed_in(make_user("supervisor", ward))
    assert supervisor.get(page(make_ward())).status_code == 404
    assert supervisor.get(page(make_group(ward))).status_code == 404
    assert supervisor.get(page(make_province())).status_code == 404
    assert supervisor.get(page(ward, 2021)).status_code == 404
    assert supervisor.get(reverse("target_remove", args=[ward.pk, 2026])).status_code == 405
