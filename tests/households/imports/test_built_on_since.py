"""What later work stands on is kept when an import is taken back, and says why."""

from datetime import UTC, date, datetime

import pytest

from households.models import Member, Sheet, Status, Support
from tests.households.factories import (
    answers,
    make_household,
    make_programme,
    make_round,
    make_sheet,
    make_support,
    submit,
)
from tests.households.imports.books import HOA, SON, book, commit, send, undo

pytestmark = pytest.mark.django_db
HEAD = {
    "full_name": "Nguyễn Thị Hoa", "birth_year": 1980, "birth_date": date(1980, 12, 5), "sex": "female",
    "cccd": "042180001234",
}  # fmt: skip
VOID = {"voided_at": datetime(2026, 10, 20, tzinfo=UTC), "void_reason": "nhầm"}
PAST = ("Mã hộ", "Chủ hộ", "Phân loại", "Số quyết định", "Ngày quyết định", "Người ký", "Số nhân khẩu")


@pytest.fixture
def home(groups):
    return make_household(groups[0], head=HEAD)


@pytest.fixture
def with_son(home, sender, ward):
    """An import that added a son to a household of the register."""
    imported = commit(send(book([HOA, SON]), by=sender, ward=ward))
    assert imported.state == "committed"
    return imported


def son():
    return Member.objects.get(full_name="Trần Văn Sơn")


def test_an_added_member_of_whom_nothing_was_done_leaves(with_son):
    assert undo(with_son).units.get().kept == ""
    assert son().left_date


def test_undo_leaves_an_added_member_who_was_given_support(with_son, home, ward):
    make_support(make_programme(ward, per_person=True), home, son())
    assert undo(with_son).units.get().kept == "Trần Văn Sơn đã có khoản hỗ trợ"
    assert son().left_date is None


def test_a_support_entered_by_mistake_keeps_nobody(with_son, home, ward, sender):
    given = make_support(make_programme(ward, per_person=True), home, son())
    Support.objects.filter(pk=given.pk).update(**VOID, voided_by=sender)
    assert undo(with_son).units.get().kept == ""


def handed_in(home, sender, ward):
    """The file says little of the son: the officer says why nothing is lacking."""
    asked = {
        code: {**each, "override_reason": "Đã hỏi gia đình"} if each.get("lacking") is not None else each
        for code, each in answers(3).items()
    }
    return submit(make_sheet(make_round(ward), home, sender, answers=asked), sender)


def test_undo_leaves_an_added_member_counted_on_a_submitted_sheet(with_son, home, ward, sender):
    handed_in(home, sender, ward)
    assert undo(with_son).units.get().kept == "Trần Văn Sơn đã được tính trong phiếu rà soát năm 2026 đã nộp"
    assert son().left_date is None


def test_a_sheet_sent_back_is_handed_in_again_without_who_left(with_son, home, ward, sender):
    sheet = handed_in(home, sender, ward)
    Sheet.objects.filter(pk=sheet.pk).update(state="returned")
    assert undo(with_son).units.get().kept == ""


def statuses(home, sender, ward):
    rows = [(home.code, "Nguyễn Thị Hoa", "Hộ nghèo", "1/QĐ", "20/12/2025", "Ký", "1")]
    return commit(send(book(rows, headings=PAST), by=sender, ward=ward, kind="statuses"))


def test_undo_leaves_a_class_since_which_support_was_given(home, sender, ward):
    imported = statuses(home, sender, ward)
    first = Status.objects.get()
    make_support(make_programme(ward), home, valid_from=first.valid_from)
    assert "đã có khoản hỗ trợ từ ngày" in undo(imported).units.get().kept
    assert Status.objects.get() == first


@pytest.mark.parametrize("voided", [False, True])
def test_a_support_of_before_the_class_or_voided_keeps_no_class(home, sender, ward, voided):
    imported = statuses(home, sender, ward)
    void = {**VOID, "voided_by": sender}
    begun = {"valid_from": date(2026, 2, 1)} if voided else {"valid_from": date(2025, 1, 1), "valid_to": None}
    make_support(make_programme(ward), home, **begun, **(void if voided else {}))
    assert undo(imported).units.get().kept == ""
    assert not Status.objects.exists()
