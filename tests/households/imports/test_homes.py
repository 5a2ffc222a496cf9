"""A list of people sent in: read, compared, written, taken back."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.actions import register
from households.actions.imports import files
from households.exchange.imports import deciding, work
from households.models import Household, Import, ImportUnit, Member
from tests.factories import make_group, make_user
from tests.households.factories import make_household, make_member, make_programme, make_status, make_support
from tests.households.imports.books import (
    HEADINGS,
    HOA,
    LAN,
    SON,
    TODAY,
    book,
    commit,
    faults,
    outcomes,
    send,
    undo,
)
from thanhsen.models import Event
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db


def test_new_households_are_shown_and_then_written(sent, sender, groups):
    imported = sent(HOA, SON, LAN)
    assert (imported.state, outcomes(imported)) == ("checked", ["new", "new"])
    assert not Household.objects.exists()
    imported = commit(imported)
    assert imported.state == "committed"
    first, second = Household.objects.order_by("pk")
    assert (first.head_name, first.area, first.address, first.opened_date) == (
        "Nguyễn Thị Hoa", groups[0], "Ngõ 5", date(2026, 10, 1),
    )  # fmt: skip
    son = first.members.get(relationship="child")
    assert (son.full_name, son.birth_year, son.birth_date, son.cccd) == (
        "Trần Văn Sơn",
        2010,
        None,
        "042210001235",
    )
    assert second.members.get().ethnicity == "03"
    made = Event.objects.filter(act="household.create", actor=sender)
    assert {each.record_id for each in made} == {first.pk, second.pk}
    assert all(f"lần nhập số {imported.pk}" in each.reason for each in made)
    assert Event.objects.filter(act="member.create").count() == 3


def test_the_same_file_again_changes_nothing_and_says_so(sender, ward):
    content = book([HOA, SON, LAN])  # made once: a workbook tells the second it was saved in
    first = commit(send(content, by=sender, ward=ward))
    again = send(content, by=sender, ward=ward)
    assert outcomes(again) == ["same", "same"]
    assert files.same_file(again) == first
    with pytest.raises(ValidationError, match="Không có gì mới"):
        files.begin_commit(by=again.uploaded_by, imported=again, version=again.version)


def test_a_change_is_shown_field_by_field_and_only_that_is_written(sent):
    commit(sent(HOA, SON))
    Household.objects.update(phone="0912345678", version=5)
    moved = (*HOA[:2], "Ngõ 7", *HOA[3:])
    imported = sent(moved, (*SON[:2], "", *SON[3:8], "Tày"))
    unit = imported.units.get()
    assert unit.outcome == "changed"
    assert unit.differences == [["địa chỉ", "Ngõ 5", "Ngõ 7"]]
    assert unit.lines[1]["differences"] == [["dân tộc", "Kinh", "Tày"]]
    commit(imported)
    home = Household.objects.get()
    assert (home.address, home.phone, home.version) == ("Ngõ 7", "0912345678", 6)
    assert home.members.get(relationship="child").ethnicity == "02"


def test_somebody_new_in_a_known_household_is_added(sent):
    commit(sent(HOA))
    imported = sent(HOA, SON)
    assert outcomes(imported) == ["changed"]
    commit(imported)
    assert Household.objects.get().members.count() == 2


def test_undoing_takes_new_households_out_of_the_register_and_nothing_is_deleted(sent):
    imported = undo(commit(sent(HOA, SON, LAN)))
    assert imported.state == "undone"
    assert not Household.objects.present().exists()
    assert not Member.objects.present().exists()
    assert Household.objects.filter(closed_reason="undone").count() == 2
    again = sent(HOA, SON, LAN)
    assert outcomes(again) == ["new", "new"]
    commit(again)
    assert Household.objects.present().count() == 2


def test_undoing_gives_back_what_was_written_over(sent):
    commit(sent(HOA, SON))
    before = Household.objects.get()
    imported = commit(sent((*HOA[:2], "Ngõ 7", *HOA[3:]), (*SON[:2], "", *SON[3:8], "Tày")))
    undo(imported)
    home = Household.objects.get()
    assert (home.address, home.closed_date) == (before.address, None)
    assert home.members.get(relationship="child").ethnicity == "01"


def test_what_somebody_worked_on_since_is_kept_and_named(sent, sender):
    imported = commit(
        sent(HOA, SON, LAN, (3, *LAN[1:3], "Phạm Thị Oanh", "Chủ hộ", "Nữ", "1961", "", "Kinh"))
    )
    first, second, third = Household.objects.order_by("pk")
    make_support(make_programme(third.area.parent), third)
    register.update_household(by=sender, household=first, version=None, values={"note": "mới gặp"})
    make_status(second, "poor", date(2026, 10, 10))
    imported = undo(imported)
    assert [each.kept for each in imported.units.in_order()] == [
        "thông tin hộ đã được sửa sau khi nhập", "đã có phân loại", "đã có khoản hỗ trợ",
    ]  # fmt: skip
    assert imported.counts["kept"] == 3
    assert Household.objects.present().count() == 3


def test_a_household_told_by_little_waits_for_a_person(sent, sender, groups):
    known = make_household(
        groups[0], {"full_name": "Nguyen Thi Hoa", "sex": "female", "birth_year": 1980, "cccd": None}
    )
    imported = sent((*HOA[:6], 1980, "", "Kinh"), SON)
    unit = imported.units.get()
    assert (unit.outcome, unit.causes) == ("conflict", ["alike"])
    assert known.code in unit.seen["why"][0]
    deciding.choose(by=sender, units=[unit], choice=f"into:{known.pk}", today=TODAY)
    unit.refresh_from_db()
    assert (unit.outcome, unit.target) == ("changed", known.pk)
    assert ["họ và tên", "Nguyen Thi Hoa", "Nguyễn Thị Hoa"] in unit.lines[0]["differences"]


def test_a_household_of_that_head_and_address_is_recognised_and_noted(sent, groups):
    head = {"full_name": "Nguyễn Thị Hoa", "sex": "female", "birth_year": 1980, "cccd": None}
    known = make_household(groups[0], head, address="ngõ 5")
    unit = sent((*HOA[:7], "", "Kinh"), SON).units.get()
    assert (unit.outcome, unit.target) == ("changed", known.pk)
    assert "nhận ra hộ" in unit.lines[0]["told"][0][1]
    assert unit.noted


@pytest.mark.parametrize("name", ["NGUYỄN THỊ HOA", "Nguyen Thi Hoa", "nguyễn thị hoa"])
def test_a_plainer_name_replaces_none(sent, name):
    commit(sent(HOA, SON))
    unit = sent((*HOA[:3], name, *HOA[4:]), SON).units.get()
    assert unit.outcome == "same", unit.lines[0]["differences"]
    assert any("giữ “Nguyễn Thị Hoa”" in sentence for _, sentence in unit.lines[0]["told"])


def test_what_an_old_export_only_repeats_is_no_change_of_its_sender(sent, sender, groups, ward):
    home = make_household(groups[0], {"full_name": "Nguyễn Thị Hoa"}, address="Ngõ 1", phone="0912345678")
    headings = ("Mã hộ", "Mã người", "Họ và tên", "Năm sinh", "Địa chỉ", "Điện thoại", "Phiên bản")
    stamp = f"{home.version}.{home.members.get().version}"
    register.update_household(by=sender, household=home, version=None, values={"address": "Ngõ 2"})

    def of(address, phone):
        rows = [(home.code, home.members.get().pk, "Nguyễn Thị Hoa", 1980, address, phone, stamp)]
        return send(book(rows, headings), by=sender, ward=ward).units.get()

    repeated = of("Ngõ 1", "0912345678")
    assert repeated.outcome == "same"
    assert "giữ như trong sổ" in repeated.lines[0]["told"][0][1]
    both = of("Ngõ 1", "0987654321")
    assert (both.causes, both.differences) == (["stale"], [["điện thoại", "0912345678", "0987654321"]])
    assert of("Ngõ 3", "0912345678").causes == ["stale"]


def test_the_number_of_somebody_elsewhere_is_a_conflict_that_can_be_that_household(sent, sender, groups):
    known = make_household(
        groups[1],
        {"full_name": "Nguyễn Thị Hoà", "sex": "female", "birth_year": 1980, "cccd": "042180001234"},
    )
    imported = sent(HOA)
    unit = imported.units.get()
    assert (unit.outcome, unit.causes) == ("conflict", ["cccd"])
    assert [each.value for each in deciding.of_unit(unit, sender)] == [f"into:{known.pk}", "skip"]
    deciding.choose(by=sender, units=[unit], choice=f"into:{known.pk}", today=TODAY)
    unit.refresh_from_db()
    assert (unit.target, unit.causes) == (known.pk, ["place"])
    deciding.choose(by=sender, units=[unit], choice="skip", today=TODAY)
    assert not imported.units.to_write().exists()


def test_a_rule_decides_all_of_a_cause(sent, sender, groups):
    make_household(groups[0], {"full_name": "Lê Thị Lan", "sex": "female", "birth_year": 1956})
    imported = sent((2, "Tổ dân phố 1", *LAN[2:]), HOA)
    assert imported.units.to_decide().get().causes == ["alike"]
    assert deciding.by_rule(by=sender, imported=imported, rule="alike:new", today=TODAY) == 1
    assert sorted(outcomes(imported)) == ["new", "new"]


def test_the_register_moved_since_it_was_compared(sent, sender):
    commit(sent(HOA))
    imported = sent((*HOA[:2], "Ngõ 7", *HOA[3:]))
    register.update_household(
        by=sender, household=Household.objects.get(), version=None, values={"address": "Ngõ 8"}
    )
    files.begin_commit(by=sender, imported=imported, version=imported.version)
    imported = work.run(imported.pk, TODAY)
    assert imported.state == "checked"
    assert imported.units.get().differences == [["địa chỉ", "Ngõ 8", "Ngõ 7"]]
    assert Household.objects.get().address == "Ngõ 8"
    assert "so lại với sổ" in imported.told[0]


def test_a_number_taken_meanwhile_writes_nothing(sent, sender, groups):
    imported = sent(HOA, SON, LAN)
    make_household(
        groups[1], {"full_name": "Ai Đó", "cccd": "042155001236", "sex": "female", "birth_year": 1955}
    )
    files.begin_commit(by=sender, imported=imported, version=imported.version)
    imported = work.run(imported.pk, TODAY)
    assert imported.state == "checked"
    assert Household.objects.count() == 1
    assert outcomes(imported) == ["new", "conflict"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((1, "Tổ dân phố 7", *HOA[2:]), "Không có tổ dân phố nào"),
        ((*HOA[:5], "", *HOA[6:]), "Chưa nhập ô này"),
        ((*HOA[:5], "Nam", *HOA[6:]), "không khớp"),
        ((*HOA[:6], "31/02/1980", *HOA[7:]), "Không có ngày"),
        ((*HOA[:4], "Con đẻ", *HOA[5:]), "chưa có ai là chủ hộ"),
    ],
)
def test_the_rules_of_the_screen_hold_for_each_row(sent, row, said):
    imported = sent(row, SON)
    assert imported.units.get().outcome == "faulty"
    assert any(said in sentence for _, sentence in faults(imported))


def test_a_household_of_another_ward_is_out_of_reach(sent, groups):
    other = make_household(make_group())
    headings = ("Mã hộ", "Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ")
    ward, sender = groups[0].parent, make_user(Role.OFFICER, areas=groups[0])
    imported = send(book([(other.code, "Ai", "1980", "Nam", "Chủ hộ")], headings), by=sender, ward=ward)
    assert "không có hộ nào mã" in faults(imported)[0][1]


def test_an_officer_writes_into_own_areas_only(ward, groups):
    officer = make_user(Role.OFFICER, areas=groups[0])
    imported = send(book([HOA, SON, LAN]), by=officer, ward=ward)
    assert outcomes(imported) == ["new", "faulty"]


def test_members_of_one_household_with_its_code(sent, groups, ward, sender):
    home = make_household(groups[0], {"full_name": "Nguyễn Thị Hoa"})
    make_member(home, full_name="Trần Văn Sơn")
    headings = ("Mã hộ", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Địa chỉ")
    rows = [(home.code, "Nguyễn Thị Hoa", 1980, "Nam", "Chủ hộ", "Ngõ 1")]
    imported = send(book(rows, headings), by=sender, ward=ward)
    unit = imported.units.get()
    assert (unit.outcome, unit.seen["absent"]) == ("changed", ["Trần Văn Sơn"])
    commit(imported)
    assert home.members.present().count() == 2


def test_nothing_is_written_of_a_dropped_file(sent):
    imported = sent(HOA)
    files.drop(by=imported.uploaded_by, imported=imported)
    imported = Import.objects.get()
    with pytest.raises(ValidationError, match="đã bỏ"):
        files.begin_commit(by=imported.uploaded_by, imported=imported, version=imported.version)
    assert ImportUnit.objects.exists()


def test_a_head_without_a_number_below_a_numbered_household_is_another_household(sent, groups, ward, sender):
    home = make_household(groups[0], {"full_name": "Nguyễn Thị Hoa"})
    headings = ("Mã hộ", "Tổ dân phố", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Dân tộc")
    rows = [
        (home.code, "", "Nguyễn Thị Hoa", 1980, "Nam", "Chủ hộ", "Kinh"),
        ("", "", "Lê Văn Thêm", 2000, "Nam", "Con đẻ", "Kinh"),
        ("", "Tổ dân phố 2", "Phạm Thị Mới", 1970, "Nữ", "Chủ hộ", "Kinh"),
    ]
    imported = send(book(rows, headings), by=sender, ward=ward)
    assert outcomes(imported) == ["changed", "new"], faults(imported)
    commit(imported)
    assert home.members.count() == 2
    assert Household.objects.get(head_name="Phạm Thị Mới").area == groups[1]


def test_another_head_or_place_than_in_the_register_says_which(groups, ward, sender):
    home = make_household(groups[0], {"full_name": "Nguyễn Thị Hoa"})
    make_member(home, full_name="Trần Văn Sơn")
    headings = ("Mã hộ", "Tổ dân phố", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Địa chỉ")
    rows = [
        (home.code, "Tổ dân phố 2", "Trần Văn Sơn", 1980, "Nam", "Chủ hộ", "Ngõ 8"),
        (home.code, "", "Nguyễn Thị Hoa", 1980, "Nam", "Cha, mẹ", ""),
    ]
    imported = send(book(rows, headings), by=sender, ward=ward)
    unit = imported.units.get()
    assert sorted(unit.causes) == ["head", "place"]
    assert unit.seen["why"][0] == "trong tệp ở Tổ dân phố 2, trong sổ ở Tổ dân phố 1"
    assert "Trần Văn Sơn trong tệp là chủ hộ" in unit.seen["why"][1]
    deciding.choose(by=sender, units=[unit], choice="file", today=TODAY)
    commit(imported)
    home.refresh_from_db()
    assert (home.address, home.head_name, home.area) == ("Ngõ 8", "Nguyễn Thị Hoa", groups[0])


def test_a_year_typed_into_a_cell_of_days_is_no_day_of_1905(sent, groups):
    imported = sent((*HOA[:6], date(1905, 6, 7), "", "Kinh"))  # what Excel makes of 1985
    assert any("năm 1985 gõ vào ô kiểu ngày" in sentence for _, sentence in faults(imported))


def test_numbers_may_begin_anew_in_each_place(sent):
    imported = sent(
        HOA,
        (1, "Tổ dân phố 2", *LAN[2:]),
        (2, "Tổ dân phố 1", "", "Phạm Văn Ba", "Chủ hộ", "Nam", "1961", "", "Kinh"),
    )
    assert outcomes(imported) == ["new", "new", "new"], faults(imported)


def test_a_column_without_a_heading_is_told(sender, ward, groups):
    imported = send(book([(*HOA, "gì đó")], headings=(*HEADINGS, None)), by=sender, ward=ward)
    assert any("Cột J không có tên cột" in each for each in imported.told)
