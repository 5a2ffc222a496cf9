"""The sheet printed and typed back by its numbers, and the cards."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localtime, now

from tests.factories import make_user
from tests.trainings.factories import make_class, make_course, make_mark, make_session, make_trainee
from trainings.forms.attendance import numbers_of
from trainings.models import Mark, Trainee
from trainings.reports.attendance import newest_change, places, sheet_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    day = localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    held = make_session(make_class(make_course(), capacity=300), starts_at=day, ends_at=day.replace(hour=23))
    first = make_trainee(training_class=held.training_class, full_name="Lê Văn A")
    for letter in "BCDEG":
        make_trainee(training_class=held.training_class, unit=first.unit, full_name=f"Lê Văn {letter}")
    return held


@pytest.fixture
def clerk(client, session):
    found = make_user("supervisor", session.training_class.course.ward)
    client.force_login(found)
    return found


@pytest.fixture
def code(session):
    return sheet_code(places(session))


def at(name, session):
    return reverse(name, args=[session.training_class.course_id, session.pk])


def type_back(client, session, code, do="save", **data):
    posted = {"code": code, "seen": newest_change(session), "do": do, **data}
    return client.post(at("session_paper", session), posted)


def states(session):
    found = Mark.objects.filter(session=session).order_by("trainee__sort_key")
    return [each.state for each in found]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3 7 12-15", [3, 7, 12, 13, 14, 15]), ("3,7;9", [3, 7, 9]), ("", []), ("1 - 3", [1, 2, 3]), ("2–3", [2, 3]),
        ("5-5", [5]), ("003", [3]),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text, numbers):
    assert numbers_of(text) == numbers


@pytest.mark.parametrize(
    "text", ["0", "5-3", "ba", "1-", "-1", "1.5", "99999", "1-9999", "١", "1-2-3", "1e3"]
)
def test_numbers_that_say_nothing_are_refused_by_name(text):
    with pytest.raises(ValidationError, match="Không hiểu"):
        numbers_of(text)


def test_the_sheet_lists_the_class_with_its_code(client, session, clerk, code):
    make_mark(session, make_trainee(session.training_class.course, full_name="Khách Ghép"), is_guest=True)
    page = client.get(at("session_sheet", session)).content.decode()
    assert code in page
    assert "Khách Ghép" not in page
    assert page.index("Lê Văn A") < page.index("Lê Văn B")


def test_the_signatures_are_in_one_group_with_the_last_three_lines(client, session, clerk):
    page = client.get(at("session_sheet", session)).content.decode()
    end = page[page.index('<tbody class="paper-end">') :]
    assert [name in end for name in ("Lê Văn C", "Lê Văn D", "Lê Văn E", "Lê Văn G")] == [
        False,
        True,
        True,
        True,
    ]
    assert end.index("Lê Văn G") < end.index("Người điểm danh") < end.index("</tbody>")
    Trainee.objects.filter(full_name__gte="Lê Văn C").update(training_class=None)
    short = client.get(at("session_sheet", session)).content.decode()
    assert short.count("<tbody") == short.count('<tbody class="paper-end">') == 1


def test_typed_back_looked_at_by_name_then_written(client, session, clerk, code):
    page = type_back(
        client, session, code.lower(), do="look", absent="2-3", late="5", excused="6"
    ).content.decode()
    for name, word in (("Lê Văn B", "vắng"), ("Lê Văn E", "đến muộn"), ("Lê Văn G", "vắng có phép")):
        assert re.search(rf"{name}, [^<]+: <strong>{word}</strong>", page)
    assert "Sẽ ghi có mặt 2 người" in page
    assert not Mark.objects.exists()
    assert type_back(client, session, code, absent="2-3", late="5", excused="6").status_code == 302
    assert states(session) == ["present", "absent", "absent", "present", "late", "excused"]
    assert set(Mark.objects.values_list("source", flat=True)) == {"paper"}


def test_what_was_marked_otherwise_is_shown_before_it_is_corrected(client, session, clerk, code):
    make_mark(session, Trainee.objects.get(full_name="Lê Văn B"), source="door")
    page = type_back(client, session, code, do="look", absent="2").content.decode()
    assert "Có mặt (quét mã ở cửa" in page
    seen = newest_change(session)
    make_mark(session, Trainee.objects.get(full_name="Lê Văn C"))
    refused = type_back(client, session, code, absent="2", seen=seen)
    assert "Có người vừa điểm danh" in refused.content.decode()
    assert Mark.objects.count() == 2
    assert type_back(client, session, code, absent="2").status_code == 302
    assert states(session)[:2] == ["present", "absent"]
    assert Mark.objects.get(trainee__full_name="Lê Văn B").changes.count() == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"absent": "7"}, "chỉ có đến số 6"),
        ({"absent": "2", "late": "2"}, "đã ghi ở ô “vắng”"),
        ({"absent": "hai"}, "Không hiểu “hai”"),
        ({"absent": "1 " * 400}, "Dài quá"),
    ],
)
def test_what_the_sheet_cannot_say(client, session, clerk, code, data, said):
    response = type_back(client, session, code, **data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Mark.objects.exists()


def test_a_sheet_of_another_list_is_not_typed_in(client, session, clerk, code):
    make_trainee(training_class=session.training_class, full_name="An An")
    response = type_back(client, session, code, absent="2")
    assert response.status_code == 422
    assert "đã khác tờ này" in response.content.decode()
    assert not Mark.objects.exists()


def test_a_closed_session_takes_paper_with_a_reason(client, session, clerk, code):
    type(session).objects.filter(pk=session.pk).update(state="held", closed_at=now())
    assert type_back(client, session, code).status_code == 422
    assert type_back(client, session, code, reason="Tìm thấy tờ giấy").status_code == 302
    assert states(session) == ["present"] * 6


def test_cards_hold_a_code_to_scan_each(client, session, clerk):
    course = session.training_class.course_id
    page = client.get(reverse("trainee_cards", args=[course])).content.decode()
    assert page.count("<svg") == page.count('class="badge-card"') == 6
    assert Trainee.objects.get(full_name="Lê Văn A").code in page
    assert (
        client.get(
            reverse("trainee_cards", args=[make_course(session.training_class.course.ward).pk])
        ).status_code
        == 200
    )
