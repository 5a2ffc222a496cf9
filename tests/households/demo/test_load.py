"""The demo ward: the same every time, made of rows the portal's own law and rules agree with."""

from datetime import date

import pytest
from django.db import connection, models, transaction

from households.assessment import assess, assess_advisory
from households.demo import NotEmpty, load, loader, plan
from households.demo.accounts import USERNAMES
from households.models import (
    AreaTotal,
    Certificate,
    Complaint,
    Decision,
    Household,
    LifeEvent,
    Listing,
    Meeting,
    Member,
    Notice,
    Opinion,
    PostedSheet,
    Posting,
    Remark,
    Request,
    Round,
    Score,
    Sheet,
    Status,
    Vote,
)
from households.models.people import KINH
from households.poverty import Classification
from households.poverty.movement import Flow
from households.reports.movement import flows
from households.reports.rows import Period, units
from thanhsen.models import Area, AreaType, Event, User

pytestmark = pytest.mark.django_db
SMALL = {"groups": 4, "households": 40}
MODELS = (
    Area, User, AreaTotal, Round, Decision, Household, Member, Request, Listing, Sheet, Score, Remark, Status, Meeting,
    Vote, Posting, PostedSheet, Complaint, Opinion, Certificate, Notice, LifeEvent,
)  # fmt: skip
OF_THE_CLOCK = {
    "created_at",
    "made_at",
    "reversed_at",
    "effect",
    "password",
    "code",
    "search",
    "left_reason",
}  # codes are issued by the database


@pytest.fixture
def demo():
    return load(**SMALL)


def content() -> dict[str, list]:
    """Every row of the demo, ids replaced by their place in their table."""
    places: dict[type[models.Model], dict[int, int]] = {}
    for model in MODELS:
        ids = model.objects.order_by("pk").values_list("pk", flat=True)
        places[model] = {pk: place for place, pk in enumerate(ids)}
    found = {}
    for model in MODELS:
        fields = [field for field in model._meta.concrete_fields if field.name not in OF_THE_CLOCK]
        found[model.__name__] = [
            [_plain(getattr(row, field.attname), field, places) for field in fields]
            for row in model.objects.order_by("pk")
        ]
    return found


def _plain(value, field, places):
    if field.primary_key or field.is_relation:
        model = field.model if field.primary_key else field.related_model
        return None if value is None else places[model][value]
    if field.name == "facts" and value:
        people = [{**each, "id": places[Member][int(each["id"])]} for each in value["people"]]
        return {**value, "people": people}
    return value


def test_two_loads_are_the_same():
    found = []
    for _ in range(2):
        with transaction.atomic():
            load(**SMALL)
            found.append(content())
            transaction.set_rollback(True)
    for name, rows in found[0].items():
        assert rows == found[1][name], name
        assert rows, name


def test_the_law_finds_in_every_sheet_what_is_stored(demo):
    sheets = Sheet.objects.exclude(facts=None).select_related("round", "score")
    assert sheets.count() > 100
    advisory_scores = dict(Score.objects.filter(decides=False).values_list("sheet_id", "classification"))
    for sheet in sheets:
        outcome = assess(sheet, sheet.facts)
        assert outcome.problems == {}
        assert outcome.result.classification == sheet.score.classification
        assert list(outcome.result.lacking) == sheet.score.lacking
        assert outcome.result.deprivation_score == sheet.score.deprivation_score
        advisory = assess_advisory(sheet, sheet.facts, outcome)
        assert (advisory.result.classification if advisory else None) == advisory_scores.get(sheet.pk)


def test_the_open_round_has_work_of_every_kind(demo):
    round_ = Round.objects.get(closed_at=None)
    assert round_.kind == "periodic"
    assert round_.advisory_standard_id == plan.ADVISORY
    states = set(round_.sheets.values_list("state", flat=True))
    assert states == {"draft", "submitted", "returned", "approved", "agreed", "posted", "contested"}
    assert round_.listings.filter(sheet=None).exists()
    assert Complaint.objects.waiting().get().sheet.round == round_
    assert Status.objects.listed().filter(valid_to=None).exclude(household__sheets__round=round_).exists()
    returned = round_.sheets.filter(state="returned")
    assert returned.count() == Remark.objects.filter(sheet__in=returned, settled_at=None).count()


def test_statuses_follow_their_decisions(demo):
    listed = Status.objects.listed()
    for year, (_, day) in plan.DECISIONS.items():
        assert listed.filter(valid_from=day).exists(), year
    assert Status.objects.filter(score=None).exclude(decision__round=None).count() == 0
    assert Decision.objects.filter(round__kind="regular").count() == 2
    departed = Status.objects.exclude(proposed="").exclude(proposed=models.F("classification"))
    assert all(status.departure_reason for status in departed)
    assert Sheet.objects.exclude(decision=None).exclude(round__closed_at=None).count() == (
        Status.objects.as_decided().exclude(score=None).count()
    )


def test_people_stay_within_the_rules_of_a_family(demo):
    assert set(Household.objects.exclude(closed_reason="").values_list("closed_reason", flat=True)) == {
        "moved_out",
        "died_out",
        "merged",
    }
    assert {"moved_in", "split", "registered"} == set(
        Household.objects.values_list("opened_reason", flat=True)
    )
    for household in Household.objects.present().prefetch_related("members"):
        present = [each for each in household.members.all() if each.left_date is None]
        assert 1 <= len(present) <= 8
        (head,) = (each for each in present if each.is_head)
        assert (household.head_name, household.sort_key) == (head.full_name, head.sort_key)
    for member in Member.objects.exclude(cccd=None):
        century = {"male": 0, "female": 1}[member.sex] + 2 * (member.birth_year >= 2000)
        assert member.cccd[:6] == f"042{century}{member.birth_year % 100:02d}"


def test_the_places(demo):
    ward = Area.objects.wards().get(code="18073", valid_to=None)
    assert ward.name == "Phường Thành Sen"
    old = {area.code: area for area in ward.predecessors.all()}
    assert len(old) == 9
    assert old["18073"].name == "Phường Nam Hà"
    assert {area.valid_to for area in old.values()} == {ward.valid_from} == {date(2025, 7, 1)}
    assert Event.objects.exclude(act__startswith="life.").get().act == "demo.load"
    assert all("minh hoạ" in source for source in AreaTotal.objects.values_list("source", flat=True))


def test_only_the_first_ward_can_be_signed_in_to():
    load(scale=2, **SMALL)
    assert Area.objects.wards().filter(valid_to=None).count() == 2
    with_password = User.objects.exclude(password="!")
    first = Area.objects.get(code="18073", valid_to=None)
    assert with_password.count() == User.objects.count() / 2
    assert set(USERNAMES.values()) <= set(with_password.values_list("username", flat=True))
    for user in with_password:
        assert all(first.pk in {area.pk, area.parent_id} for area in user.areas.all())


def test_a_database_in_use_is_left_alone(demo):
    with pytest.raises(NotEmpty):
        load(**SMALL)


def test_cut_short_it_leaves_nothing(monkeypatch):
    write = loader._write

    def fail_at_the_end(model, rows):
        if model is Status:
            raise KeyboardInterrupt
        write(model, rows)

    monkeypatch.setattr(loader, "_write", fail_at_the_end)
    with pytest.raises(KeyboardInterrupt):
        load(**SMALL)
    assert not any(model.objects.exists() for model in MODELS)


def test_a_whole_ward_looks_like_one():
    """The one slow test here: a full ward, for what only shows in its numbers."""
    load()
    ward = Area.objects.get(code="18073", valid_to=None)
    groups = Area.objects.groups().filter(parent=ward)
    assert groups.count() == 80
    assert groups.filter(area_type=AreaType.RURAL).count() == 6
    assert len({(area.name, area.code) for area in groups}) == 80
    listed = {}
    for year in (2023, 2024, 2025):
        held = Status.objects.on(date(year, 12, 31))
        listed[year] = (held.poor().count(), held.near_poor().count())
    assert listed[2023] == (480, 800)
    assert 410 <= listed[2024][0] <= 445
    assert 365 <= listed[2025][0] <= 400
    assert 730 <= listed[2024][1] <= 770
    assert 680 <= listed[2025][1] <= 725
    for year in plan.YEARS:
        total = AreaTotal.objects.filter(year=year).aggregate(
            h=models.Sum("households"), p=models.Sum("people"), m=models.Sum("minority_households")
        )
        assert 450 <= total["m"] <= 1_200
        assert 23_000 <= total["h"] <= 26_000
        assert 77_000 <= total["p"] <= 88_000
        surveyed = Sheet.objects.filter(round__year=year, round__kind="periodic").count()
        assert surveyed == 1400 if year < plan.LAST else 1240 <= surveyed <= 1280
        if year < plan.LAST:
            _every_movement_balances(ward, year)
    here = models.F("household__area")
    assert (
        not Status.objects.on(plan.NOW).listed().exclude(area=here).exists()
    )  # home and register count alike
    for group in groups:
        minority = Member.objects.filter(household__area=group, relationship="head").exclude(ethnicity=KINH)
        assert minority.count() <= AreaTotal.objects.get(area=group, year=plan.LAST).minority_households
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _every_movement_balances(ward: Area, year: int) -> None:
    period = Period(year)
    rows = units(ward, period)
    for classification in (Classification.POOR, Classification.NEAR_POOR):
        found = flows(rows, period, classification)
        for suffix in ("", "_people"):
            sums = {flow: sum(each[flow.value + suffix] for each in found.values()) for flow in Flow}
            assert all(sums.values()), (year, classification, sums)
            assert sums[Flow.CLOSING] == sum(flow.sign * count for flow, count in sums.items())


def test_the_last_weeks_brought_something_and_one_entry_was_undone(demo):
    kinds = LifeEvent.objects.in_force().values_list("kind", flat=True)
    assert set(kinds) >= {"birth", "move_out", "split"}
    assert LifeEvent.objects.exclude(reversed_at=None).get().kind == "birth"
    assert Status.objects.exclude(event=None).exists()
