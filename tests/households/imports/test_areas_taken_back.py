"""Who lost the areas an import writes into neither reads nor writes nor undoes it; who has them goes on with it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.actions.imports import files
from households.exchange.imports import work
from households.models import Household, Import
from tests.factories import make_user
from tests.households.factories import make_household
from tests.households.imports.books import HOA, TODAY, book, commit, outcomes, send
from thanhsen.models import User
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(groups):
    return make_user(Role.OFFICER, areas=groups[0])


@pytest.fixture
def theirs(officer, ward):
    return send(book([HOA]), by=officer, ward=ward)


def moved(officer, *areas):
    """The officer as the next request knows them, with other areas."""
    officer.areas.set(areas)
    return User.objects.get(pk=officer.pk)


def test_officer_whose_area_ended_cannot_write_what_was_staged(client, officer, theirs, groups):
    assert outcomes(theirs) == ["new"]
    officer = moved(officer, groups[1])
    client.force_login(officer)
    page = reverse("import_commit", args=[theirs.pk])
    assert client.post(page, {"version": theirs.version}).status_code == 404
    with pytest.raises(ValidationError, match="nằm ngoài địa bàn của anh/chị"):
        files.begin_commit(by=officer, imported=theirs, version=None)
    work.run(theirs.pk, TODAY)
    assert not Household.objects.exists()


def test_an_area_taken_while_the_work_waits_stops_the_writing(officer, theirs, groups):
    files.begin_commit(by=officer, imported=theirs, version=None)
    moved(officer, groups[1])
    imported = work.run(theirs.pk, TODAY)
    assert not Household.objects.exists()
    assert imported.state == "checked"
    assert "nằm ngoài địa bàn" in imported.told[0]
    assert outcomes(imported) == ["faulty"]


def test_officer_whose_area_ended_does_not_read_the_households(client, officer, theirs, groups):
    commit(theirs)
    client.force_login(moved(officer, groups[1]))
    for name, *more in (("import_detail",), ("import_unit", 1), ("import_returned",), ("import_undo",)):
        assert client.get(reverse(name, args=[theirs.pk, *more])).status_code == 404
    assert "danh-sach.xlsx" not in client.get(reverse("import_list")).content.decode()
    client.force_login(moved(officer, *groups))
    assert client.get(reverse("import_detail", args=[theirs.pk])).status_code == 200


def test_who_has_no_area_left_in_the_ward_sees_nothing_of_its_files(officer, theirs):
    theirs.units.all().delete()
    assert theirs in Import.objects.visible_to(officer)
    assert theirs not in Import.objects.visible_to(moved(officer))


def test_officer_whose_area_ended_cannot_undo(client, officer, theirs, groups):
    commit(theirs)
    officer = moved(officer, groups[1])
    client.force_login(officer)
    assert client.post(reverse("import_undo", args=[theirs.pk]), {"reason": "vì"}).status_code == 404
    with pytest.raises(ValidationError, match=r"không hoàn tác được\. Nhờ người phụ trách cả phường"):
        files.begin_undo(by=officer, imported=theirs, reason="vì")
    work.run(theirs.pk, TODAY)
    assert Household.objects.get().closed_date is None


def test_an_area_taken_while_the_work_waits_stops_the_undoing(officer, theirs, groups):
    imported = commit(theirs)
    files.begin_undo(by=officer, imported=imported, reason="vì")
    moved(officer, groups[1])
    imported = work.run(theirs.pk, TODAY)
    assert imported.state == "committed"
    assert "nằm ngoài địa bàn" in imported.told[0]
    assert Household.objects.get().closed_date is None


def test_a_household_that_moved_out_of_the_area_is_not_written(officer, ward, groups):
    head = {"full_name": "Nguyễn Thị Hoa", "birth_year": 1980, "sex": "female", "cccd": "042180001234"}
    home = make_household(groups[0], head=head)
    imported = send(book([HOA]), by=officer, ward=ward)
    assert outcomes(imported) == ["changed"]
    Household.objects.filter(pk=home.pk).update(area=groups[1])
    with pytest.raises(ValidationError, match="nằm ngoài địa bàn"):
        files.begin_commit(by=officer, imported=imported, version=None)


def test_a_supervisor_goes_on_with_the_file_of_who_left(client, officer, theirs, sender):
    moved(officer)
    officer.is_active = False
    officer.save()
    client.force_login(sender)
    assert client.get(reverse("import_detail", args=[theirs.pk])).status_code == 200
    assert client.post(reverse("import_again", args=[theirs.pk])).status_code == 302
    imported = work.run(theirs.pk, TODAY)
    assert (imported.state, outcomes(imported)) == ("checked", ["new"])
    files.begin_commit(by=sender, imported=imported, version=None)
    assert work.run(theirs.pk, TODAY).state == "committed"
