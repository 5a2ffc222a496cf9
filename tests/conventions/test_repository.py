"""The repository tested: rules that no single feature owns."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from thanhsen.constraints import FIELDS, TRIGGERS, messages

ROOT = Path(__file__).resolve().parents[2]
TESTS = "\n".join(each.read_text(encoding="utf-8") for each in (ROOT / "tests").rglob("*.py"))
OWN = [
    model for model in apps.get_models() if model._meta.app_label in {"thanhsen", "households", "trainings"}
]
CONSTRAINTS = sorted({each.name for model in OWN for each in model._meta.constraints} | set(TRIGGERS))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
VIEWS = sorted([*(ROOT / "households/views").glob("*.py"), *(ROOT / "trainings/views").rglob("*.py")])


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_every_rule_of_the_database_is_tested_by_name(name):
    assert re.search(rf"\b{name}\b", TESTS), f"no test names {name}"


def test_a_sentence_stands_where_a_person_can_meet_the_rule():
    assert set(FIELDS) <= set(messages())
    assert all(sentence.endswith((".", "?")) for sentence in messages().values())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_templates_hold_no_style_script_or_foreign_address(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", text)
    assert not re.search(r"(?:src|href|action)=[\"']\s*(?:https?:)?//", text)


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.name)
def test_views_reach_records_through_what_the_user_may_see(path):
    """`Model.objects` in a view of households is followed by visible_to, or by a filter on what was."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(
        r"\b(Household|Member|Sheet|Score|Remark|Round|Decision|Status|Request|Listing|Meeting|Posting|Complaint|Opinion|Certificate|Notice|Course|TrainingClass|Session|Trainee|Mark|Test|Attempt|Question|Contribution|TrainingCertificate)\.objects\.(\w+)",
        text,
    )
    assert not [
        each for each in found if each[1] not in {"visible_to", "governed_by", "ready_to_decide", "are_many"}
    ]


@pytest.mark.django_db
def test_no_migration_is_missing():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
