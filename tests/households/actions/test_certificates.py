"""After the decision: certificates and their register, notices, and the correction of a decision."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.actions import certificates, decisions, listing
from households.models import Certificate, Listing, Notice, Request, Sheet, Status
from tests.factories import make_group
from tests.households.factories import (
    make_household,
    make_sheet,
    make_status,
    ready,
    submit,
)
from tests.households.life.factories import birth
from thanhsen.models import Event

pytestmark = pytest.mark.django_db
TODAY, DECIDED = date(2026, 12, 20), date(2026, 12, 5)
RESULTS = {"poor": (3, 100), "near_poor": (1, 100), "not_poor": (0, 200)}  # indicators lacking, B1


def surveyed(place, result, was=None):
    household = make_household(place.group)
    if was:
        make_status(household, was, date(2025, 12, 10))
    lacking, income_score = RESULTS[result]
    sheet = make_sheet(place.round, household, place.officer, lacking, income_score)
    return ready(submit(sheet, place.officer), place.supervisor)


def decide(place, by=None, day=DECIDED, number="05/QĐ-UBND", **more):
    return decisions.decide_round(
        by=by or place.chair, round_=place.round, number=number, date=day, signer="Lê Văn Chủ", **more
    )


def issue(place, decision, **more):
    given = {"issued_on": date(2026, 12, 8), "suffix": "/GCN-UBND", "today": TODAY, **more}
    return certificates.issue_certificates(by=place.supervisor, decision=decision, **given)


def notify(place, found, **more):
    given = {
        "number": "9/TB-UBND",
        "issued_on": date(2026, 12, 8),
        "reasons": "vượt chuẩn",
        "today": TODAY,
        **more,
    }
    return certificates.notify(by=place.supervisor, listing=found, **given)


def test_each_household_gets_the_paper_of_its_class_with_the_next_number(place):
    for result, was in (("poor", None), ("near_poor", "poor"), ("not_poor", "near_poor"), ("not_poor", None)):
        surveyed(place, result, was)
    decision = decide(place)
    made = issue(place, decision)
    assert sorted((each.kind, each.number) for each in made)[0][0] == "left"
    assert sorted(each.kind for each in made) == ["left", "near_poor", "poor"]
    assert [each.number for each in made] == ["1/GCN-UBND", "2/GCN-UBND", "3/GCN-UBND"]
    assert sorted(Sheet.objects.values_list("state", flat=True)) == ["certified"] * 3 + ["decided"]
    with pytest.raises(ValidationError, match="đã có giấy"):
        issue(place, decision)
    assert Event.objects.filter(act="certificate.issue", record_type="households.sheet").count() == 3


def test_numbers_run_on_within_the_year_and_start_again_in_the_next(place):
    surveyed(place, "poor")
    issue(place, decide(place))
    surveyed(place, "poor")
    second = decide(place, number="06/QĐ-UBND", day=date(2026, 12, 6))
    assert [each.serial for each in issue(place, second)] == [2]
    surveyed(place, "poor")
    third = decide(place, number="07/QĐ-UBND", day=date(2026, 12, 7))
    made = issue(place, third, issued_on=date(2027, 1, 4), today=date(2027, 1, 5))
    assert [(each.year, each.serial) for each in made] == [(2027, 1)]


@pytest.mark.parametrize("day", [date(2026, 12, 4), date(2026, 12, 21)])
def test_a_certificate_is_dated_between_the_decision_and_today(place, day):
    surveyed(place, "poor")
    decision = decide(place)
    with pytest.raises(ValidationError, match="từ 05/12/2026 đến hôm nay"):
        issue(place, decision, issued_on=day)
    assert not Certificate.objects.exists()


def test_a_lost_certificate_is_issued_again_under_a_new_number(place):
    surveyed(place, "poor")
    (first,) = issue(place, decide(place))
    again = certificates.reissue_certificate(
        by=place.supervisor, certificate=first, holder="Trần Thị Mới", on=date(2026, 12, 10), suffix="/GCN-UBND",
        reason="ghi sai tên", today=TODAY,
    )  # fmt: skip
    first.refresh_from_db()
    assert (again.number, again.replaces, again.holder) == ("2/GCN-UBND", first, "Trần Thị Mới")
    assert (first.revoked_on, first.revoked_reason) == (date(2026, 12, 10), "ghi sai tên")
    assert list(Certificate.objects.in_force()) == [again]
    assert list(Certificate.objects.order_by("serial")) == [first, again]
    with pytest.raises(ValidationError, match="đã thu hồi"):
        certificates.revoke_certificate(
            by=place.supervisor, certificate=first, on=date(2026, 12, 11), reason="x", today=TODAY
        )


def test_revoking_needs_a_reason_and_leaves_the_class(place):
    surveyed(place, "poor")
    (first,) = issue(place, decide(place))
    revoke = {"by": place.supervisor, "certificate": first, "on": date(2026, 12, 11), "today": TODAY}
    with pytest.raises(ValidationError, match="lý do"):
        certificates.revoke_certificate(**revoke, reason=" ")
    with pytest.raises(ValidationError, match="tương lai"):
        certificates.revoke_certificate(**{**revoke, "on": date(2027, 1, 1)}, reason="x")
    certificates.revoke_certificate(**revoke, reason="hộ trả lại giấy")
    assert Status.objects.get(valid_to=None).classification == "poor"
    with pytest.raises(ValidationError, match="không còn hiệu lực"):
        certificates.reissue_certificate(
            by=place.supervisor,
            certificate=first,
            holder="A",
            on=date(2027, 1, 1),
            suffix="",
            reason="x",
            today=TODAY,
        )


def test_a_household_that_is_not_recognised_is_told_why(place):
    sheet = surveyed(place, "not_poor")
    with pytest.raises(ValidationError, match="Chưa có quyết định"):
        notify(place, sheet.listing)
    decide(place)
    with pytest.raises(ValidationError, match="từ 05/12/2026"):
        notify(place, sheet.listing, issued_on=date(2026, 12, 4))
    with pytest.raises(ValidationError, match="nêu lý do"):
        notify(place, sheet.listing, reasons=" ")
    notify(place, sheet.listing)
    sheet.refresh_from_db()
    assert sheet.state == "certified"
    with pytest.raises(ValidationError, match="đã trả kết quả"):
        notify(place, sheet.listing)


def test_a_household_stopped_at_phieu_a_is_told_why(place):
    household = make_household(place.group)
    asked = Request.objects.create(
        household=household, form="01", received_on=date(2026, 9, 1), channel="counter", applicant="A"
    )
    listing.draw_up(by=place.supervisor, round_=place.round)
    found = Listing.objects.get(request=asked)
    with pytest.raises(ValidationError, match="chưa có gì để trả lời"):
        notify(place, found)
    listing.quick_check(
        by=place.officer, listing=found, go_on=False, on=date(2026, 9, 20), today=TODAY, reason="có lương hưu"
    )
    notify(place, found)
    assert Notice.objects.get().listing == found


# Decisions: late, corrected, separated -----------------------------------------------------------


def test_a_late_decision_says_why_and_may_be_of_the_next_year(place):
    surveyed(place, "poor")
    with pytest.raises(ValidationError, match="lý do quyết định muộn"):
        decide(place, day=date(2027, 1, 8))
    decision = decide(place, day=date(2027, 1, 8), reason="chờ ý kiến của tỉnh")
    status = decision.statuses.get()
    assert (status.standard_id, status.valid_from) == ("2022-2026", date(2027, 1, 8))
    surveyed(place, "poor")
    with pytest.raises(ValidationError, match="không áp dụng"):
        decide(place, day=date(2028, 1, 8), number="06/QĐ-UBND", reason="quá muộn")


def test_a_round_with_a_deadline_wants_the_reason_after_it(place):
    type(place.round).objects.filter(pk=place.round.pk).update(decide_by=date(2026, 12, 14))
    place.round.refresh_from_db()
    surveyed(place, "poor")
    with pytest.raises(ValidationError, match="sau hạn 14/12/2026"):
        decide(place, day=date(2026, 12, 15))


def test_who_approved_decides_only_where_the_ward_lets_them(place):
    surveyed(place, "poor")
    with pytest.raises(ValidationError, match="không tự quyết định"):
        decide(place, by=place.supervisor)
    type(place.round).objects.filter(pk=place.round.pk).update(separate_decision=False)
    place.round.refresh_from_db()
    assert decide(place, by=place.supervisor).statuses.count() == 1


def test_a_household_that_moved_between_urban_and_rural_is_surveyed_again(place):
    sheet = surveyed(place, "poor")
    rural = make_group(place.ward, area_type="rural")
    type(sheet.household).objects.filter(pk=sheet.household_id).update(area=rural)
    with pytest.raises(ValidationError, match="rà soát lại"):
        decide(place)


def test_a_correction_is_a_new_decision_that_cites_the_old(place):
    wrong, right = surveyed(place, "poor"), surveyed(place, "near_poor")
    decision = decide(place)
    fix = {
        "by": place.chair, "decision": decision, "number": "06/QĐ-UBND", "date": date(2026, 12, 12), "signer": "Lê Văn Chủ",
    }  # fmt: skip
    for changes, reason, word in (
        ({}, "x", "ít nhất một hộ"),
        ({wrong.household_id: "near_poor"}, " ", "nêu lý do|ghi lý do"),
        ({wrong.household_id: "poor"}, "x", "đang đúng phân loại"),
        ({make_household(place.group).pk: "poor"}, "x", "quyết định mới hơn"),
    ):
        with pytest.raises(ValidationError, match=word):
            decisions.correct_decision(**fix, changes=changes, reason=reason)
    made = decisions.correct_decision(
        **fix, changes={wrong.household_id: "near_poor"}, reason="đếm nhầm chỉ số nước sạch"
    )
    assert made.corrects == decision
    old, new = wrong.household.statuses.order_by("valid_from")
    assert (old.classification, old.valid_to) == ("poor", date(2026, 12, 12))
    assert (new.classification, new.proposed, new.departure_reason) == (
        "near_poor", "poor", "đếm nhầm chỉ số nước sạch",
    )  # fmt: skip
    assert right.household.statuses.count() == 1
    assert Event.objects.filter(act="decision.correct", record_id=made.pk).exists()
    wrong.refresh_from_db()
    assert wrong.state == "decided"  # the sheet and its first decision stay as they were
    assert wrong.decision == decision


def corrected(place, decision, sheet, by, number="06/QĐ-UBND"):
    return decisions.correct_decision(
        by=by, decision=decision, number=number, date=date(2026, 12, 12), signer="Lê Văn Chủ", reason="đếm nhầm",
        changes={sheet.household_id: "near_poor"},
    )  # fmt: skip


def test_who_surveyed_or_approved_does_not_decide_by_a_correction_either(place):
    sheet = surveyed(place, "poor")
    decision = decide(place, day=date(2026, 11, 2))
    birth(sheet.household, date(2026, 11, 8))  # the class goes on in a row of the event
    for own in (place.officer, place.supervisor):
        with pytest.raises(ValidationError, match=r"1 hộ do anh/chị nộp phiếu.*nhờ người khác ban hành"):
            corrected(place, decision, sheet, own)
    assert not decision.corrections.exists()
    assert corrected(place, decision, sheet, place.chair).statuses.get().size == 2


def test_who_approved_corrects_where_the_ward_lets_them(place):
    sheet = surveyed(place, "poor")
    decision = decide(place)
    type(place.round).objects.filter(pk=place.round.pk).update(separate_decision=False)
    with pytest.raises(ValidationError, match="nhờ người khác ban hành"):
        corrected(place, decision, sheet, place.officer)
    first = corrected(place, decision, sheet, place.supervisor)
    with pytest.raises(ValidationError, match="nhờ người khác ban hành"):
        decisions.correct_decision(
            by=place.officer, decision=first, number="07/QĐ-UBND", date=date(2026, 12, 14), signer="Lê Văn Chủ",
            reason="x", changes={sheet.household_id: "poor"},
        )  # fmt: skip


def test_a_class_brought_in_from_paper_is_corrected_by_anybody_who_decides(place):
    status = make_status(make_household(place.group), "poor", date(2025, 12, 10))
    sheet = surveyed(place, "poor")
    made = decisions.correct_decision(
        by=sheet.submitted_by, decision=status.decision, number="8", date=date(2025, 12, 20), signer="Lê Văn Chủ",
        reason="đánh máy nhầm", changes={status.household_id: "near_poor"},
    )  # fmt: skip
    assert made.statuses.get().classification == "near_poor"
