"""Guidance and glossary: every part of every step is there, nothing unknown is named, words are found without marks."""

import re

import pytest
from django.template import Context, Template
from django.urls import reverse

from households import guidance
from households.models import Round
from households.poverty.strict import Malformed, Reader
from tests.factories import make_user, make_ward
from thanhsen.permissions import Role

STEPS = list(guidance.steps().values())
SEASON = {"listing", "quick_check", "survey", "approval", "meeting", "posting", "complaint", "opinion", "decision",
          "results", "reports", "regular", "events", "late"}  # fmt: skip


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_every_step_has_all_its_parts(step):
    for text in (step.title, step.short, step.what, step.who, step.when, step.missing):
        assert text.strip()
    assert step.roles
    assert step.papers
    assert step.basis
    assert 3 <= len(step.mistakes) <= 5
    assert all(
        each.endswith((".", "?")) for each in (step.what, step.who, step.when, step.missing, *step.mistakes)
    )


def test_the_whole_season_is_there():
    assert {each.key for each in STEPS} == SEASON


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_settings_are_never_written_as_numbers(step):
    """Days that a ward sets stand as placeholders; the fifteen days of the regular review are the law's."""
    if step.key != "regular":
        assert not re.search(r"\d+ ngày làm việc", step.when + step.what)
    assert "{" not in step.by_when()


def test_the_numbers_are_those_of_the_round():
    round_ = Round(posting_days=7, recheck_days=4, opinion_days=9)
    assert "đủ 7 ngày làm việc" in guidance.steps()["posting"].by_when(round_)
    assert "9 ngày làm việc" in guidance.steps()["opinion"].by_when(round_)
    assert "mặc định 3" in guidance.steps()["posting"].by_when()


@pytest.mark.parametrize(
    "changed", [{"when": "Trong {days} ngày."}, {"roles": ["mayor"]}, {"basis": [{"text": "x", "mark": "law"}]}, {"extra": "x"}]
)  # fmt: skip
def test_a_spoilt_file_is_refused(changed):
    step = {
        "key": "x", "title": "x", "short": "x", "roles": ["officer"], "what": "x", "who": "x", "when": "x", "papers": ["x"],
        "mistakes": ["x"], "missing": "x", "basis": [{"text": "x", "mark": "firm"}],
    }  # fmt: skip
    guidance._step(Reader(dict(step)))
    with pytest.raises(Malformed):
        guidance._step(Reader(step | changed))


def test_words_are_found_without_marks():
    assert "phuc-tra" in {each.key for each in guidance.search("PHUC tra")}
    assert guidance.search("ho ngheo")[0].name
    assert guidance.search("xyzzy") == []


def test_a_step_links_its_words():
    assert {"niem-yet", "ngay-lam-viec"} <= {
        each.key for each in guidance.terms_in(guidance.steps()["posting"])
    }


def test_the_tag_folds_a_step_away():
    page = Template("{% load guidance %}{% guide 'meeting' %}").render(Context())
    assert page.count("<details") == 1
    assert "từ 50 %" in page


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_every_role_reads_every_page(client, role, django_assert_max_num_queries):
    client.force_login(make_user(role, make_ward()))
    for url in [
        reverse("guidance"), reverse("guidance") + "?cua_toi=1", reverse("glossary"), reverse("glossary") + "?q=can+ngheo",
        reverse("glossary") + "?q=%22%3Cx", *(reverse("guidance_step", args=[each.key]) for each in STEPS),
    ]:  # fmt: skip
        with django_assert_max_num_queries(8):
            response = client.get(url)
        assert response.status_code == 200
    assert client.get(reverse("guidance_step", args=["khong-co"])).status_code == 404
    assert "<x" not in client.get(reverse("glossary") + "?q=%22%3Cx").content.decode()
