"""Certificates: only for who has completed, numbered without a gap, revoked and issued again, checked by anybody."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.factories import make_user
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
from trainings.actions import certificates as actions
from trainings.models import SignerTitle, Trainee, TrainingCertificate
from trainings.reports import completion as report

TODAY = date(2026, 12, 20)
WORDS = {"decision_number": "120/QĐ-UBND", "issued_on": date(2026, 12, 15), "signer": "Trần Văn Ổn"}


def make_completed(course=None, names=("Nguyễn Thị Đào", "Lê Văn Ân", "Trần Thị Ánh")):
    """A course of one class and one session that everybody named was at."""
    course = course or make_course()
    one = make_class(course)
    session = make_session(one, state="held")
    people = [make_trainee(training_class=one, full_name=name) for name in names]
    for each in people:
        make_mark(session, each)
    return course, people


@pytest.fixture
def by():
    return make_user(Role.ADMIN)


def issue(by, course, **fields):
    return actions.issue_certificates(by=by, course=course, today=TODAY, **WORDS | fields)


@pytest.mark.django_db
def test_who_has_completed_gets_one_in_the_order_of_given_names(by):
    course, people = make_completed()
    make_trainee(training_class=people[0].training_class, full_name="Vắng Văn Mặt")
    made = issue(by, course)
    assert [(each.printed_number, each.full_name) for each in made] == [
        ("01/GCN-TH", "Trần Thị Ánh"),
        ("02/GCN-TH", "Lê Văn Ân"),
        ("03/GCN-TH", "Nguyễn Thị Đào"),
    ]
    assert made[0].studied == "từ ngày 08/12/2026 đến ngày 11/12/2026"
    assert Event.objects.get(act="training_certificate.issue").after["certificates"] == 3
    with pytest.raises(ValidationError, match="Không còn ai"):
        issue(by, course)


@pytest.mark.django_db
def test_the_register_of_a_ward_runs_on_over_courses_and_begins_anew_each_year(by):
    first, _ = make_completed()
    issue(by, first)
    second, _ = make_completed(make_course(first.ward, number_pattern="{n}/{year}"))
    assert [each.printed_number for each in issue(by, second)] == ["04/2026", "05/2026", "06/2026"]
    third, _ = make_completed(make_course(first.ward))
    made = actions.issue_certificates(
        by=by, course=third, today=date(2027, 1, 6), decision_number="1/QĐ-UBND", issued_on=date(2027, 1, 5),
        signer="Trần Văn Ổn",
    )  # fmt: skip
    assert [each.number for each in made] == [1, 2, 3]


@pytest.mark.django_db
def test_days_that_cannot_be(by):
    course, _ = make_completed()
    for day, said in ((date(2026, 12, 21), "sau hôm nay"), (date(2026, 12, 10), "bế giảng")):
        with pytest.raises(ValidationError, match=said):
            issue(by, course, issued_on=day)
    assert not TrainingCertificate.objects.exists()


@pytest.mark.django_db
def test_a_number_too_long_for_the_register_is_told():
    assert actions._printed("{n}/{x}/{year}", 5, 2026) == "05/{x}/2026"
    with pytest.raises(ValidationError, match="dài quá 40 ký tự"):
        actions._printed("{n}" + "x" * 37, 1000, 2026)


@pytest.mark.django_db
def test_the_register_is_searched_by_what_the_certificates_say(by):
    course, people = make_completed(make_course(number_pattern="{n}/QĐ-GCN"))
    Trainee.objects.filter(pk=people[0].pk).update(unit=make_unit(course.ward, name="Tổ dân phố Đồng Đa"))
    issue(by, course)
    people[0].full_name = "Tên Sửa Sau"
    people[0].save()
    admin = make_admin(course.ward)
    for text, many in (
        ("dong da", 1),
        ("Tổ dân phố Đồng", 1),
        ("03/QĐ-GCN", 1),
        ("dao", 1),
        ("Sửa Sau", 0),
        ("tập huấn", 3),
    ):
        assert report.register(admin, year=None, text=text).count() == many, text


@pytest.mark.django_db
def test_who_signed_stays_as_issued(by):
    """A deputy signs in place of the chair from the day it is chosen; earlier certificates keep who signed them."""
    course, people = make_completed(names=["Lê Văn Ân"])
    [old] = issue(by, course)
    late = make_trainee(training_class=people[0].training_class, full_name="Trần Thị Ánh")
    make_mark(people[0].training_class.sessions.get(), late)
    [new] = issue(by, course, signer="Phạm Văn Ví", signer_title=SignerTitle.DEPUTY)
    again = actions.reissue_certificate(
        by=by, certificate=old, full_name="Lê Văn Ân", born="1980", reason="Mất", today=TODAY, issued_on=TODAY,
        decision_number="121/QĐ-UBND", signer="Phạm Văn Ví", signer_title=SignerTitle.DEPUTY,
    )  # fmt: skip
    signed = TrainingCertificate.objects.order_by("number").values_list("signer_title", "signer")
    assert list(signed) == [
        ("CHỦ TỊCH", "Trần Văn Ổn"),
        ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "Phạm Văn Ví"),
        ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", "Phạm Văn Ví"),
    ]
    assert again.replaces == old
    assert new.number == 2
    with pytest.raises(ValidationError, match="Chủ tịch hay Phó Chủ tịch"):
        actions.reissue_certificate(
            by=by, certificate=again, full_name="Lê Văn Ân", born="1980", reason="Mất", today=TODAY,
            issued_on=TODAY, decision_number="122/QĐ-UBND", signer="Phạm Văn Ví", signer_title="GIÁM ĐỐC",
        )  # fmt: skip


@pytest.mark.django_db
def test_who_withdrew_gets_none(by):
    course, people = make_completed()
    Trainee.objects.filter(pk=people[0].pk).update(
        state="withdrawn", withdrawn_on=TODAY, withdraw_reason="Ốm"
    )
    assert len(issue(by, course)) == 2


@pytest.mark.django_db
def test_revoked_and_issued_again(by):
    course, _ = make_completed(names=["Nguyễn Thị Đao"])
    [old] = issue(by, course)
    new = actions.reissue_certificate(
        by=by, certificate=old, full_name="Nguyễn Thị Đào", born="1980", reason="Sai tên", today=TODAY,
        decision_number="121/QĐ-UBND", issued_on=TODAY, signer="Trần Văn Ổn",
    )  # fmt: skip
    old.refresh_from_db()
    assert (new.printed_number, new.full_name, new.replaces) == ("02/GCN-TH", "Nguyễn Thị Đào", old)
    assert old.revoked_on == TODAY
    with pytest.raises(ValidationError, match="đã thu hồi"):
        actions.revoke_certificate(by=by, certificate=old, on=TODAY, reason="Nữa", today=TODAY)
    actions.revoke_certificate(by=by, certificate=new, on=TODAY, reason="Cấp nhầm", today=TODAY)
    with pytest.raises(ValidationError, match="Không còn ai"):
        issue(by, course)  # revoked for a reason: not given back by the hundred
    words = {"full_name": "Nguyễn Thị Đào", "born": "1980", "reason": "Thu hồi nhầm", "issued_on": TODAY}
    again = actions.reissue_certificate(
        by=by, certificate=new, today=TODAY, decision_number="122/QĐ-UBND", signer="Trần Văn Ổn", **words
    )
    assert again.replaces == new
    with pytest.raises(ValidationError, match="đã có giấy khác thay"):
        actions.reissue_certificate(
            by=by, certificate=old, today=TODAY, decision_number="122/QĐ-UBND", signer="Trần Văn Ổn", **words
        )


@pytest.mark.django_db
@pytest.mark.parametrize("is_revoked", [False, True])
@pytest.mark.parametrize("issued_on", [date(2026, 12, 21), date(2026, 12, 10)])
def test_another_certificate_is_issued_on_a_day_that_can_be(by, is_revoked, issued_on):
    course, _ = make_completed(names=["Lê Văn Ân"])
    [old] = issue(by, course)
    if is_revoked:
        actions.revoke_certificate(by=by, certificate=old, on=TODAY, reason="Sai tên", today=TODAY)
    with pytest.raises(ValidationError, match="Ngày"):
        actions.reissue_certificate(
            by=by, certificate=old, full_name="Lê Văn Ân", born="1980", reason="Sai tên", today=TODAY,
            decision_number="121/QĐ-UBND", issued_on=issued_on, signer="Trần Văn Ổn",
        )  # fmt: skip


@pytest.mark.django_db
def test_a_revocation_needs_its_reason_and_a_day_that_can_be(by):
    course, _ = make_completed(names=["Lê Văn Ân"])
    [made] = issue(by, course)
    for on, reason in ((date(2026, 12, 1), "Nhầm"), (date(2026, 12, 25), "Nhầm"), (TODAY, "")):
        with pytest.raises(ValidationError):
            actions.revoke_certificate(by=by, certificate=made, on=on, reason=reason, today=TODAY)


@pytest.mark.django_db
def test_issuing_asks_as_much_for_many_as_for_few(by, django_assert_num_queries):
    few, _ = make_completed()
    many, _ = make_completed(names=[f"Lê Văn {letter}" for letter in "ABCDEGHIKLMNOPQ"])
    with django_assert_num_queries(8):
        issue(by, few)
    with django_assert_num_queries(8):
        issue(by, many)


@pytest.mark.django_db(transaction=True)
def test_two_admins_at_once_leave_no_gap_and_no_twin(by):
    first, _ = make_completed()
    second, _ = make_completed(make_course(first.ward))
    start, failed = Barrier(4), []

    def go(course):
        try:
            start.wait()
            issue(by, course)
        except ValidationError as error:
            failed.append(" ".join(error.messages))
        finally:
            connection.close()

    threads = [Thread(target=go, args=[course]) for course in (first, second, first, second)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    numbers = list(TrainingCertificate.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert len(failed) == 2
    assert all("Không còn ai" in each for each in failed)
