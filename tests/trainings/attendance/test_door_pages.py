"""The card's address and the page at the door: nothing is written by reading, nothing told to who is not a clerk."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime, now

from tests.factories import make_user, make_ward
from tests.trainings.factories import make_class, make_course, make_mark, make_session, make_trainee
from thanhsen.permissions import Role
from trainings.models import Mark, Session
from trainings.urls.attendance import CodeConverter

pytestmark = pytest.mark.django_db
NOBODY = "a" * 16


def today(hour=0):
    return localtime(now()).replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture
def session():
    held = make_class(make_course(), name="Lớp sáng", capacity=300)
    return make_session(held, starts_at=today(), ends_at=today(23))


@pytest.fixture
def clerk(client, session):
    found = make_user(Role.SUPERVISOR, session.training_class.course.ward, full_name="Phan Thị Sáu")
    client.force_login(found)
    return found


@pytest.fixture
def door(client, session, clerk):
    """A clerk who stands at the door of the session."""
    assert client.post(reverse("door_choose"), {"session": session.pk, "late_after": ""}).status_code == 302
    return clerk


@pytest.fixture
def trainee(session):
    return make_trainee(training_class=session.training_class, full_name="Võ Thị Ngân")


def card(code):
    return reverse("door_check", args=[code])


def let_in(client, **data):
    return client.post(reverse("door"), data).content.decode()


def sign_in_and_back(code):
    return f"{reverse('sign_in')}?{urlencode({'next': card(code)})}"


def own_page(code):
    try:
        return reverse("my_page", args=[code])
    except NoReverseMatch:
        return sign_in_and_back(code)


def test_reading_a_card_writes_nothing_and_its_page_posts_itself(client, door, trainee):
    page = client.get(card(trainee.code)).content.decode()
    assert "Võ Thị Ngân" in page
    assert "data-auto" in page
    assert "door.js" in page
    assert not Mark.objects.exists()
    page = let_in(client, trainee=trainee.pk)
    assert "door-green" in page
    assert "Lớp sáng" in page
    assert trainee.unit.name in page
    assert Mark.objects.get().source == "door"
    page = let_in(client, trainee=trainee.pk)
    assert "door-yellow" in page
    assert "Đã điểm danh lúc" in page
    assert Mark.objects.count() == 1


def test_late_after_the_minutes_the_clerk_chose(client, session, clerk, trainee):
    client.post(reverse("door_choose"), {"session": session.pk, "late_after": "0"})
    assert "Đến muộn" in let_in(client, trainee=trainee.pk)
    assert Mark.objects.get().state == "late"


def test_a_stranger_is_sent_on_and_told_nothing(client, session, trainee):
    known, unknown = client.get(card(trainee.code)), client.get(card(NOBODY))
    assert (known.status_code, unknown.status_code) == (302, 302)
    assert known.url == own_page(trainee.code)
    assert unknown.url == own_page(NOBODY)
    client.force_login(make_user(Role.OFFICER, session.training_class.course.ward))
    assert client.get(card(trainee.code)).url == client.get(card(NOBODY)).url.replace(NOBODY, trainee.code)
    assert client.post(reverse("door"), {"trainee": trainee.pk}).status_code == 403
    assert client.post(card(trainee.code)).status_code == 405
    assert not Mark.objects.exists()


def test_a_clerk_whose_session_was_locked_signs_in_again(client, door, trainee):
    cookie = client.cookies["dung_cua"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    del client.cookies["sessionid"]
    response = client.get(card(trainee.code))
    assert response.url == sign_in_and_back(trainee.code)


def test_without_a_door_one_is_chosen_first(client, clerk, trainee):
    assert client.get(card(trainee.code)).url == reverse("door_choose")
    assert client.get(reverse("door")).url == reverse("door_choose")
    assert client.post(reverse("door"), {"trainee": trainee.pk}).url == reverse("door_choose")
    assert not Mark.objects.exists()


def test_only_open_sessions_of_today_and_of_the_own_ward_are_offered(client, session, clerk):
    foreign = make_session(starts_at=today(), ends_at=today(23))
    for data in ({"session": foreign.pk}, {"session": "x"}, {"session": session.pk, "late_after": "-1"}):
        assert client.post(reverse("door_choose"), data).status_code == 422
    Session.objects.filter(pk=session.pk).update(state="held", closed_at=now())
    assert client.post(reverse("door_choose"), {"session": session.pk}).status_code == 422
    assert "Hôm nay không có buổi nào" in client.get(reverse("door_choose")).content.decode()


def test_a_door_that_was_closed_meanwhile(client, door, session, trainee):
    Session.objects.filter(pk=session.pk).update(state="held", closed_at=now())
    assert client.post(reverse("door"), {"trainee": trainee.pk}).url == reverse("door_choose")


def test_of_another_class_is_offered_to_sit_in(client, door, session):
    other = make_trainee(training_class=make_class(session.training_class.course), full_name="Bùi Văn Xa")
    page = let_in(client, trainee=other.pk)
    assert "door-red" in page
    assert "Cho học ghép" in page
    assert not Mark.objects.exists()
    assert "học ghép" in let_in(client, trainee=other.pk, do="guest")
    assert Mark.objects.get().is_guest


def test_marked_absent_is_shown_with_who_did_it_and_can_be_corrected(client, door, session, trainee):
    mark = make_mark(session, trainee, state="absent", marked_by=make_user("admin", full_name="Hồ Văn Bảy"))
    page = let_in(client, trainee=trainee.pk)
    assert "Hồ Văn Bảy đã ghi “Vắng”" in page
    assert "door-red" in page
    assert "door-red" in let_in(client, trainee=trainee.pk, instead_of="7")
    assert "door-green" in let_in(client, trainee=trainee.pk, instead_of=str(mark.version))


def test_who_withdrew_or_is_of_another_course_or_nobody_is_red(client, door, session):
    course = session.training_class.course
    gone = make_trainee(
        course, state="withdrawn", withdrawn_on=today().date(), withdraw_reason="Ốm", full_name="Đỗ Đã Thôi"
    )
    elsewhere = make_trainee(make_course(course.ward), full_name="Lý Khoá Khác")
    foreign = make_trainee(make_course(make_ward()), full_name="Mai Phường Khác")
    assert "thôi học" in let_in(client, trainee=gone.pk)
    for data in (
        {"trainee": elsewhere.pk},
        {"trainee": foreign.pk},
        {"trainee": ""},
        {"q": foreign.code},
        {"q": NOBODY},
        {"q": ""},
    ):
        page = let_in(client, **data)
        assert "door-red" in page
        assert "Mai" not in page
        assert "Lý Khoá" not in page
    page = client.get(card(foreign.code)).content.decode()
    assert "Mai" not in page
    assert "door-red" in page
    assert not Mark.objects.exists()


def test_a_hand_held_scanner_types_the_address_or_the_code(client, door, trainee):
    assert "door-green" in let_in(client, q=f"http://testserver{card(trainee.code)}")
    assert "door-yellow" in let_in(client, q=trainee.code.upper())


def test_a_name_offers_people_and_writes_nothing(client, door, session, trainee):
    make_trainee(training_class=session.training_class, full_name="Lê Ngân")
    page = let_in(client, q="ngan")
    assert page.count('name="trainee"') == 2
    assert "Chọn đúng người" in page
    assert "door-red" in let_in(client, q="<script>alert(1)</script>")
    assert not Mark.objects.exists()


def test_a_check_in_takes_few_queries(client, door, trainee, django_assert_max_num_queries):
    client.get(reverse("door"))
    with django_assert_max_num_queries(20):
        let_in(client, q=trainee.code)


def test_a_code_has_one_shape(client, door):
    for code in ("abc", "a" * 15, "a" * 17, "a" * 15 + "%2F"):
        assert client.get(f"/tap-huan/cua/{code}/").status_code == 404
    assert CodeConverter().to_python("ABCD") == "abcd"
