"""The pages of attendance: who may, what they say, their queries, and what is sent to them that no page sends."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime, now

from tests.factories import make_user, make_ward
from tests.trainings.factories import (
    make_admin,
    make_class,
    make_course,
    make_mark,
    make_session,
    make_trainee,
)
from thanhsen.models import Event
from thanhsen.permissions import Role
from trainings.models import Mark, MarkChange, Session, Trainee

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
PAGES = (
    "session_attendance",
    "session_guests",
    "session_changes",
    "session_close",
    "session_reopen",
    "session_sheet",
    "session_paper",
)


def today(hour=0):
    return localtime(now()).replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture
def session():
    held = make_class(make_course(), capacity=300)
    return make_session(held, starts_at=today(), ends_at=today(23))


@pytest.fixture
def clerk(client, session):
    found = make_user(Role.SUPERVISOR, session.training_class.course.ward, full_name="Phan Thị Sáu")
    client.force_login(found)
    return found


def people(session, count=3):
    first = make_trainee(training_class=session.training_class, full_name="Lê Văn An")
    for number in range(1, count):
        make_trainee(training_class=session.training_class, unit=first.unit, full_name=f"Lê Văn Bê {number}")
    return list(Trainee.objects.filter(training_class=session.training_class).in_order())


def at(name, session):
    return reverse(name, args=[session.training_class.course_id, session.pk])


def send(client, session, *marks, **given):
    body = {
        "marks": [dict(zip(("trainee", "state", "version"), each, strict=True)) for each in marks],
        "seen": 0,
        **given,
    }
    return client.post(at("session_marks", session), json.dumps(body), content_type="application/json")


def addresses(session):
    course = session.training_class.course_id
    yield from (at(name, session) for name in PAGES)
    yield from (
        reverse(name, args=[course]) for name in ("attendance", "attendance_trainees", "trainee_cards")
    )


def test_pages_open_for_who_takes_attendance_and_for_nobody_else(client, session, clerk):
    people(session)
    for address in addresses(session):
        client.force_login(clerk)
        assert client.get(address).status_code == 200, address
        client.force_login(make_user(Role.OFFICER, session.training_class.course.ward))
        assert client.get(address).status_code == 403, address
        client.force_login(make_user(Role.SUPERVISOR, make_ward()))
        assert client.get(address).status_code == 404, address
        client.logout()
        assert client.get(address).status_code == 302, address


def test_a_session_of_another_ward_or_course_is_not_there(client, session, clerk):
    foreign = make_session()
    trainee = make_trainee(training_class=foreign.training_class)
    assert send(client, foreign, (trainee.pk, "present", 0)).status_code == 404
    other = make_course(session.training_class.course.ward)
    wrong = reverse("session_attendance", args=[other.pk, session.pk])
    assert client.get(wrong).status_code == 404
    assert not Mark.objects.exists()


@pytest.mark.parametrize("count", [2, 60])
def test_pages_take_no_more_queries_for_a_hall(client, session, clerk, count, django_assert_max_num_queries):
    for number, each in enumerate(people(session, count)):
        if number % 2:
            make_mark(session, each)
    for address in addresses(session):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


def test_names_are_text(client, session, clerk):
    trainee = make_trainee(training_class=session.training_class, full_name=f"Lê {SCRIPT}")
    make_mark(session, trainee, is_guest=False)
    for address in addresses(session):
        assert SCRIPT not in client.get(address).content.decode()


def test_marks_are_saved_in_one_request_and_answered_each(
    client, session, clerk, django_assert_max_num_queries
):
    everybody = people(session, 50)
    client.get(at("session_changes", session))  # the first request of a sign-in stamps it
    with django_assert_max_num_queries(14):  # session, user, areas, the savepoint among them
        response = send(client, session, *((each.pk, "present", 0) for each in everybody))
    rows = response.json()["rows"]
    assert {each["version"] for each in rows} == {1}
    assert Mark.objects.filter(source="clerk", marked_by=clerk).count() == 50
    assert response.json()["seen"] == MarkChange.objects.latest("pk").pk


def test_a_stale_row_tells_who_was_first_and_the_page_hears_of_others(client, session, clerk):
    one, two, _ = people(session)
    first = make_admin(full_name="Hồ Văn Bảy")
    make_mark(session, one, state="absent", marked_by=first)
    make_mark(session, two, state="late", marked_by=first)
    answer = send(client, session, (one.pk, "present", 0)).json()
    assert answer["rows"][0]["refusal"] == "Hồ Văn Bảy vừa ghi “Vắng”."
    assert (answer["rows"][0]["state"], answer["rows"][0]["version"]) == ("absent", 1)
    assert [(each["trainee"], each["state"], each["by"]) for each in answer["others"]] == [
        (two.pk, "late", "Hồ Văn Bảy")
    ]
    assert send(client, session, (one.pk, "present", 1), seen=answer["seen"]).json()["others"] == []


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "null", "{}", '{"marks": 1}', '{"marks": [1]}', '{"marks": [{"trainee": "1", "state": "present", "version": 0}]}',
        '{"marks": [{"trainee": 1, "state": "x", "version": 0}]}', '{"marks": [{"trainee": 1, "state": "present", "version": -1}]}',
        '{"marks": [{"trainee": true, "state": "present", "version": 0}]}', '{"marks": [{"trainee": 1, "state": ["present"], "version": 0}]}',
        '{"marks": [{"trainee": 99999999999999999999, "state": "present", "version": 0}]}', '{"marks": [], "reason": "\\u0000"}',
        '{"marks": [], "seen": "x"}', "[" * 5000, '{"marks": [{"trainee": 1, "state": "present", "version": 99999999999}]}', "\xff",
    ],
)  # fmt: skip
def test_what_no_page_sends_is_refused_in_a_sentence(client, session, clerk, body):
    people(session)
    response = client.post(at("session_marks", session), body, content_type="application/json")
    assert response.status_code == 422
    assert response.json()["message"].endswith(".")
    assert not Mark.objects.exists()


def test_twenty_thousand_marks_in_one_request_are_refused(client, session, clerk):
    response = send(client, session, *((number, "present", 0) for number in range(1, 15_001)))
    assert response.status_code == 422
    assert "15.000" in response.json()["message"]
    assert send(
        client, session, *((10**17 + number, "present", 0) for number in range(20_000))
    ).status_code in (400, 422)
    assert not Mark.objects.exists()


def test_a_closed_session_asks_for_the_reason(client, session, clerk):
    one, *_ = people(session)
    assert client.post(at("session_close", session), {"version": 1, "absent_rest": "on"}).status_code == 302
    session.refresh_from_db()
    assert (session.state, bool(session.closed_at)) == ("held", True)
    refused = send(client, session, (one.pk, "excused", 1))
    assert (refused.status_code, refused.json()["needs_reason"]) == (422, True)
    assert (
        send(client, session, (one.pk, "excused", 1), reason="Nộp đơn sau").json()["rows"][0]["version"] == 2
    )
    page = client.get(at("session_changes", session)).content.decode()
    assert "Nộp đơn sau" in page
    assert client.post(at("session_close", session), {"version": 2}).status_code == 422
    assert client.post(at("session_reopen", session), {"version": 2, "reason": ""}).status_code == 422
    assert client.post(at("session_reopen", session), {"version": 2, "reason": "Sót tờ"}).status_code == 302
    assert not Session.objects.get(pk=session.pk).closed_at


def test_closing_from_an_old_page_is_refused(client, session, clerk):
    response = client.post(at("session_close", session), {"version": 0}, follow=True)
    assert "Người khác vừa chốt" in response.content.decode()
    assert not Session.objects.get(pk=session.pk).closed_at


def test_without_script_the_form_writes_what_was_changed(client, session, clerk):
    one, two, three = people(session)
    make_mark(session, one, state="absent", marked_by=make_admin(full_name="Hồ Văn Bảy"))
    make_mark(session, two)
    posted = {
        f"v{one.pk}": "0.", f"m{one.pk}": "present",  # seen before the other clerk wrote
        f"v{two.pk}": "0.present", f"m{two.pk}": "present",  # not touched: an old version is no dispute
        f"v{three.pk}": "0.", f"m{three.pk}": "late", "do": "save",
        "vx": "0.", "v99999999999999999999": "0.", "v7": "nonsense", "m7": "present",
    }  # fmt: skip
    page = client.post(at("session_attendance", session), posted, follow=True).content.decode()
    assert "Đã ghi 1 người" in page
    assert f"Chưa ghi {one}: Hồ Văn Bảy vừa ghi “Vắng”." in page
    assert dict(Mark.objects.values_list("trainee", "state")) == {
        one.pk: "absent",
        two.pk: "present",
        three.pk: "late",
    }


def test_without_script_the_rest_are_present(client, session, clerk):
    one, two, three = people(session)
    posted = {f"v{one.pk}": "0.", f"m{one.pk}": "absent", "do": "rest"}
    client.post(at("session_attendance", session), posted)
    assert dict(Mark.objects.values_list("trainee", "state")) == {
        one.pk: "absent",
        two.pk: "present",
        three.pk: "present",
    }


def test_a_guest_is_found_and_added(client, session, clerk):
    guest = make_trainee(training_class=make_class(session.training_class.course), full_name="Võ Thị Ngân")
    page = client.get(at("session_guests", session), {"q": "ngan vo"}).content.decode()
    assert "Võ Thị Ngân" in page
    assert client.post(at("session_guests", session), {"trainee": guest.pk}).status_code == 302
    assert Mark.objects.get().is_guest
    assert "học ghép" in client.get(at("session_attendance", session)).content.decode()
    foreign = make_trainee()
    page = client.post(at("session_guests", session), {"trainee": foreign.pk}, follow=True).content.decode()
    assert "không thuộc khoá" in page
    assert client.post(at("session_guests", session), {"trainee": "x"}).status_code == 302
    assert Mark.objects.count() == 1


def test_reading_names_is_in_the_trail(client, session, clerk):
    one, *_ = people(session)
    client.get(at("session_attendance", session))
    assert one.pk in Event.objects.filter(act="roster.view").latest("pk").records


def test_a_called_off_session_has_no_attendance(client, session, clerk):
    one, *_ = people(session)
    Session.objects.filter(pk=session.pk).update(state="cancelled", cancel_reason="Bão")
    assert "Bão" in client.get(at("session_attendance", session)).content.decode()
    assert send(client, session, (one.pk, "present", 0)).status_code == 422


def test_a_session_of_tomorrow_takes_leave_only(client, session, clerk):
    one, two, _ = people(session)
    Session.objects.filter(pk=session.pk).update(
        starts_at=today() + timedelta(days=1), ends_at=today() + timedelta(days=2)
    )
    rows = send(client, session, (one.pk, "excused", 0), (two.pk, "present", 0)).json()["rows"]
    assert [bool(each["refusal"]) for each in rows] == [False, True]
