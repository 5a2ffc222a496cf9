"""A programme corrected on its page: never ended before what it gave, never over what somebody else saved."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.support.programmes import edit_programme, end_programme
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_programme
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_assigning import give, poor
from thanhsen.concurrency import Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("supervisor", group.parent)


def typed(programme, **changes):
    """The page as it was opened, with what was changed in it."""
    names = ("policy", "name", "legal_basis", "content", "source", "per", "classes", "version")
    fields = {name: getattr(programme, name) for name in names}
    return {**fields, "valid_from": f"{programme.valid_from:%d/%m/%Y}", **changes}


def test_a_programme_that_gave_is_not_ended_before_what_it_gave(group, by):
    programme = make_programme(group.parent, per="month")
    give(programme, poor(group), by=by, day=date(2026, 11, 5))
    for day in (date(2026, 6, 1), date(2026, 11, 1)):
        with pytest.raises(ValidationError, match="Đã giao hỗ trợ từ ngày này") as error:
            edit_programme(by=by, programme=programme, version=None, values={"valid_to": day})
        assert list(error.value.error_dict) == ["valid_to"]
    page = reverse("programme_edit", args=[programme.pk])
    refusal = signed_in(by).post(page, typed(programme, valid_to="01/06/2026"))
    assert refusal.status_code == 422
    programme.refresh_from_db()
    assert programme.valid_to is None
    edit_programme(by=by, programme=programme, version=None, values={"valid_to": date(2026, 12, 1)})


def test_the_second_to_save_is_told_and_puts_nothing_old_back(group, by):
    programme = make_programme(group.parent)
    client, page = signed_in(by), reverse("programme_edit", args=[programme.pk])
    assert client.get(page).context["form"]["version"].value() == 1
    assert client.post(page, typed(programme, amount="900.000")).status_code == 302
    second = client.post(page, typed(programme, source="Ngân sách tỉnh"))
    assert second.status_code == 422
    shown = second.content.decode()
    assert "Người khác vừa sửa chương trình này" in shown
    assert "Ngân sách tỉnh" in shown
    programme.refresh_from_db()
    assert (programme.amount, programme.version) == (900_000, 2)


def test_an_end_set_meanwhile_is_not_taken_back_by_who_edits(group, by):
    programme = make_programme(group.parent)
    end_programme(by=by, programme=programme, on=date(2026, 12, 1))
    with pytest.raises(Stale):
        edit_programme(by=by, programme=programme, version=1, values={"valid_to": None})


def test_one_that_gave_still_ends(group, by):
    programme = make_programme(group.parent, per="month")
    give(programme, poor(group), by=by, day=date(2026, 11, 5))
    end_programme(by=by, programme=programme, on=date(2026, 12, 1))
    programme.refresh_from_db()
    assert (programme.valid_to, programme.version) == (date(2026, 12, 1), 2)
