"""Each rule of files sent in, broken behind the actions' back: the database refuses by name."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from households.models import ColumnMeaning, Import, ImportFile, ImportUnit, Status
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_status
from tests.refusals import refused
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def imported(ward):
    by = make_user(Role.SUPERVISOR, areas=ward)
    return Import.objects.create(
        ward=ward, kind="households", file_name="a.xlsx", sha256="0" * 64, size=1, uploaded_by=by
    )


def through(imported, *states, **fields):
    """The import taken step by step."""
    for state in states:
        done = {"committed_at": now()} if state == "committed" else {}
        done |= {"undone_at": now()} if state == "undone" else {}
        Import.objects.filter(pk=imported.pk).update(state=state, **done, **fields)


def rows(imported):
    return Import.objects.filter(pk=imported.pk)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("import_kind_known", {"kind": "x"}),
        ("import_committed_is_whole", {"committed_at": now()}),
        ("import_undone_is_whole", {"undone_at": now()}),
        ("import_goes_forward", {"state": "committed"}),
        ("import_goes_forward", {"state": "undone"}),
        ("import_refused_with_reason", {"state": "refused"}),
        ("import_stays_of_its_file", {"sha256": "1" * 64}),
    ],
)
def test_an_import(imported, constraint, values):
    if constraint == "import_kind_known":  # before the rule that it stays what it is
        refused(
            constraint,
            Import.objects.create,
            ward=imported.ward,
            kind="x",
            size=1,
            uploaded_by=imported.uploaded_by,
        )
    else:
        refused(constraint, rows(imported).update, **values)


def test_an_import_is_of_a_ward(imported):
    group = make_group(imported.ward)
    refused(
        "import_ward_is_ward",
        Import.objects.create,
        ward=group,
        kind="totals",
        size=1,
        uploaded_by=imported.uploaded_by,
    )


def test_a_file_stays_as_it_was_sent(imported):
    ImportFile.objects.create(of=imported, content=b"x")
    for write in (
        ImportFile.objects.all().delete,
        lambda: ImportFile.objects.update(content=b"y"),
        lambda: rows(imported)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_units_are_numbered_and_their_outcome_is_known(imported):
    unit = {"of": imported, "number": 1, "first_row": 2, "label": "x"}
    ImportUnit.objects.create(**unit)
    refused("import_unit_numbered", ImportUnit.objects.create, **unit)
    refused("import_unit_outcome_known", ImportUnit.objects.create, **{**unit, "number": 2}, outcome="x")


def test_what_was_written_is_the_record(imported):
    unit = ImportUnit.objects.create(of=imported, number=1, first_row=2, label="x")
    through(imported, "checking", "checked", "committing", "committed")
    refused("import_unit_is_the_record", unit.delete)


def test_a_heading_means_one_thing_in_a_ward(ward):
    meaning = {"ward": ward, "kind": "households", "heading": "ho ten", "field": "full_name"}
    ColumnMeaning.objects.create(**meaning)
    refused("column_meaning_once", ColumnMeaning.objects.create, **meaning)


def test_a_status_an_import_ended_opens_again_only_while_the_import_is_undone(imported):
    status = make_status(make_household(make_group(imported.ward)), "poor", date(2026, 1, 5))
    held = Status.objects.filter(pk=status.pk)
    held.update(valid_to="2026-06-01", end_reason="new_decision", ended_by_import=imported)
    opened = {"valid_to": None, "end_reason": "", "ended_by_import": None}
    refused("status_ends_once", held.update, **opened)
    through(imported, "checking", "checked", "committing", "committed", "undoing")
    held.update(**opened)


def test_a_status_of_an_import_is_voided_only_where_the_import_is_undone(imported):
    status = make_status(make_household(make_group(imported.ward)), "poor", date(2026, 1, 5))
    refused("status_voided_was_of_an_event", Status.objects.filter(pk=status.pk).update, voided_at=now())
    brought = Status.objects.create(
        **{
            each.attname: getattr(status, each.attname)
            for each in Status._meta.concrete_fields
            if not each.primary_key and each.name not in ("household", "imported")
        },
        household=make_household(make_group(imported.ward)),
        imported=imported,
    )
    refused("status_voided_has_a_cause", Status.objects.filter(pk=brought.pk).update, voided_at=now())
