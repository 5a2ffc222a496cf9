"""Figures of a course add up; its papers open, say what they lack, and hold no formula; who may read what."""

import io
from datetime import date
from decimal import Decimal
from random import Random
from zipfile import ZipFile

import pytest
from django.urls import reverse
from docx import Document

from tests.factories import make_user, make_ward
from tests.households.reports.test_report_pages import signed_in
from tests.trainings.certificates.test_certificates import issue, make_completed
from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_trainee,
    make_unit,
)
from thanhsen.models import Event
from thanhsen.permissions import Role
from trainings.exchange.papers import PAPERS
from trainings.models import CostLine, Course, Quota, RosterVersion, Trainee
from trainings.reports import comparison, results

pytestmark = pytest.mark.django_db
REASON = "trình chủ tịch phường ký"


@pytest.fixture
def course():
    """Two classes, three units of which one sends nobody, money, certificates."""
    dice = Random(7)
    course = make_course(min_attendance=50, signer="Trần Văn Ổn", purpose="Làm được việc")
    units = [make_unit(course.ward, name=f"Tổ dân phố {number}") for number in (1, 2, 3)]
    for each in units:
        Quota.objects.create(course=course, unit=each, seats=10)
    clerk = make_user(Role.ADMIN)
    classes = [make_class(course, name=f"Lớp {number}") for number in (1, 2)]
    sessions = [make_session(held, state="held") for held in classes for _ in range(2)]
    for number in range(17):
        person = make_trainee(
            training_class=classes[number % 2], unit=units[number % 2], full_name=f"Nguyễn Văn {chr(65 + number)}",
            sex=dice.choice(["male", "female"]), group=dice.choice(Trainee.Group.values),
            position=dice.choice(Trainee.Position.values), is_salaried=dice.choice([None, True, False]),
        )  # fmt: skip
        for session in sessions:
            if session.training_class_id == person.training_class_id:
                make_mark(session, person, state=dice.choice(["present", "absent", "late"]), marked_by=clerk)
    values = {"course": course, "quantity": Decimal(20), "rate": Decimal(50_000)}
    CostLine.objects.create(
        number=1, name="=Tiền ăn", basis="trainee_session", unsalaried_only=True, used=600_000, **values
    )
    CostLine.objects.create(number=2, name="Hội trường", basis="other", **values)
    issue(clerk, course)
    return course


def test_every_part_adds_up_to_the_whole(course):
    found = results.of_course(course)
    whole = found.whole
    assert (found.here.invited, whole.enrolled) == (30, 17)
    for _, shares in found.parts:
        for field in ("enrolled", "came", "completed", "certified"):
            assert sum(getattr(each, field) for each in shares) == getattr(whole, field)
    assert whole.completed == whole.certified
    assert found.here.absent_units == ["Tổ dân phố 3"]
    assert (found.here.planned, found.here.used) == (Decimal(2_000_000), Decimal(600_000))


def test_an_empty_course_has_a_report_of_noughts():
    found = results.of_course(make_course())
    assert (found.whole.enrolled, found.whole.rate, found.here.invited, found.here.planned) == (0, None, 0, 0)


def test_courses_stand_side_by_side(course, django_assert_num_queries):
    make_completed(make_course(course.ward, starts_on=date(2025, 1, 1), ends_on=date(2025, 1, 2)))
    with django_assert_num_queries(2):
        lines = comparison.side_by_side(Course.objects.filter(ward=course.ward))
    assert [each.enrolled for each in lines] == [17, 3]
    assert [each.sessions for each in lines] == [4, 1]
    assert lines[1].rate == Decimal("100.00")


def test_queries_of_the_report(course, django_assert_num_queries):
    with django_assert_num_queries(6):
        results.of_course(course)


@pytest.mark.parametrize("key", list(PAPERS))
def test_every_paper_opens(course, key):
    client = signed_in(make_admin(course.ward))
    address = reverse("course_paper", args=[course.pk, key])
    answer = client.post(address, {"reason": REASON}) if PAPERS[key].names_people else client.get(address)
    assert answer.status_code == 200
    assert key in answer["Content-Disposition"]
    with ZipFile(io.BytesIO(answer.content)) as file:
        text = "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
    assert "<f>" not in text  # no formula, whatever a name begins with
    event = Event.objects.get(act="training_paper.export")
    if PAPERS[key].names_people:
        assert event.record_type == "trainings.trainee"
        assert set(event.records) <= set(course.trainees.values_list("pk", flat=True))
        assert event.records
        assert event.reason == REASON


@pytest.mark.parametrize("key", [each.key for each in PAPERS.values() if each.names_people])
@pytest.mark.parametrize("reason", ["", "x", "in", "  "])
def test_a_paper_that_names_people_does_not_leave_without_a_reason(course, key, reason):
    client = signed_in(make_admin(course.ward))
    address = reverse("course_paper", args=[course.pk, key])
    assert client.get(address)["Content-Type"].startswith("text/html")
    answer = client.post(address, {"reason": reason})
    assert answer.status_code == 422
    assert "Content-Disposition" not in answer
    assert not Event.objects.filter(act="training_paper.export").exists()


def test_one_unit_is_summoned_alone(course):
    unit = course.trainees.enrolled().first().unit
    client, address = (
        signed_in(make_admin(course.ward)),
        reverse("course_paper", args=[course.pk, "trieu-tap"]),
    )
    words = words_of(client.post(address, {"reason": REASON, "unit": unit.pk}).content)
    event = Event.objects.get(act="training_paper.export")
    assert event.after["unit"] == unit.name
    for person in course.trainees.enrolled():
        assert (person.full_name in words) == (person.unit_id == unit.pk) == (person.pk in event.records)
    stranger = make_unit(make_ward())
    assert client.post(address, {"reason": REASON, "unit": stranger.pk}).status_code == 422
    assert client.post(address, {"reason": REASON, "unit": "1 OR 1=1"}).status_code == 422


@pytest.mark.parametrize("key", list(PAPERS))
def test_papers_of_a_bare_course_say_what_is_missing(key):
    course = make_course()
    assert PAPERS[key].write(course)
    assert PAPERS[key].missing(course)


def test_the_list_on_screen(course):
    client = signed_in(make_admin(course.ward))
    page = client.get(reverse("course_papers", args=[course.pk])).content.decode()
    assert "Chưa chốt danh sách theo quyết định" in page
    assert "1 khoản chưa ghi số đã chi" in page


def test_the_decision_prints_the_frozen_list_and_not_todays(course):
    person = course.trainees.enrolled().in_order()[0]
    line = {
        "trainee": person.pk,
        "full_name": "Tên Đã Chốt",
        "born": "1980",
        "position": "",
        "unit": "",
        "training_class": "",
    }
    RosterVersion.objects.create(
        course=course, number=1, decision_number="5/QĐ-UBND", decision_date=date(2026, 11, 20), signer="Lê Văn Ký",
        lines=[line], made_by=make_user(Role.ADMIN),
    )  # fmt: skip
    text = words_of(PAPERS["quyet-dinh"].write(course))
    assert "Tên Đã Chốt" in text
    assert "05/QĐ-UBND" in text
    assert person.full_name not in text
    assert "DỰ THẢO" not in text


def test_a_receipt_pays_whoever_came_and_is_not_salaried(course):
    people = Trainee.objects.filter(course=course)
    lines = {each.full_name: each for each in people}
    with ZipFile(io.BytesIO(PAPERS["ky-nhan"].write(course))) as file:
        text = "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
    for name, person in lines.items():
        came = person.marks.attended().exists()
        assert (f">{name}<" in text) == (came and person.is_salaried is not True), name
    assert "chưa ghi hưởng lương" in text
    assert "bằng chữ" in text


@pytest.mark.parametrize(
    ("role", "papers", "report", "learning"),
    [
        ("admin", 200, 200, 403),
        ("supervisor", 403, 200, 200),
        ("officer", 403, 403, 403),
        ("approver", 403, 403, 403),
    ],
)
def test_who_may(course, role, papers, report, learning):
    client = signed_in(make_user(role, course.ward))
    assert client.get(reverse("course_papers", args=[course.pk])).status_code == papers
    assert client.get(reverse("course_paper", args=[course.pk, "ke-hoach"])).status_code == papers
    assert client.get(reverse("course_report", args=[course.pk])).status_code == report
    assert client.get(reverse("course_comparison")).status_code == report
    assert client.get(reverse("learning_comparison")).status_code == learning


def test_a_strangers_course_is_not_there(course):
    client = signed_in(make_admin(make_ward()))
    for name, args in (("course_papers", []), ("course_paper", ["ke-hoach"]), ("course_report", [])):
        assert client.get(reverse(name, args=[course.pk, *args])).status_code == 404
    assert (
        signed_in(make_admin(course.ward)).get(reverse("course_paper", args=[course.pk, "khac"])).status_code
        == 404
    )


def test_officers_beside_their_sheets(course):
    officer = make_user(Role.OFFICER, course.ward)
    person = course.trainees.enrolled().first()
    Trainee.objects.filter(pk=person.pk).update(user=officer)
    page = (
        signed_in(make_user(Role.SUPERVISOR, course.ward))
        .get(reverse("learning_comparison"))
        .content.decode()
    )
    assert person.full_name in page
    assert "không dùng để xếp hạng" in page
    assert Event.objects.filter(act="learning.compare").exists()


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])
