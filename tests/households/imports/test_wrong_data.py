"""What an import must never do silently: take one for another, lose, overwrite or invent."""

import random
from datetime import date

import pytest

from households.actions import register
from households.exchange.imports import deciding
from households.models import Household, Member
from tests.households.factories import make_household, make_member
from tests.households.imports.books import HOA, LAN, SON, TODAY, book, commit, outcomes, send, undo

pytestmark = pytest.mark.django_db
NONE_SON = (*SON[:7], "", "Kinh")  # without a number


def test_two_candidates(sent, groups):
    for _ in range(2):
        make_household(groups[0], {"full_name": "Nguyễn Thị Hoa", "sex": "female", "birth_year": 1980})
    imp = sent((*HOA[:6], "1980", "", "Kinh"))
    assert outcomes(imp) == ["conflict"]


def test_other_marks(sent, groups):
    make_household(groups[0], {"full_name": "Nguyễn Thị Hoa", "sex": "female", "birth_year": 1980})
    imp = sent((*HOA[:3], "Nguyễn Thị Hoá", *HOA[4:6], "1980", "042180001234", "Kinh"))
    assert outcomes(imp) == ["conflict"]


def test_null_no(ward, groups, sender):
    home = make_household(groups[0], {"has_insurance": None, "full_name": "Nguyễn Thị Hoa"})
    m = home.members.get()
    imp = send(
        book(
            [(home.code, m.full_name, 1980, "Nam", "Chủ hộ", "Không")],
            ("Mã hộ", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Có BHYT"),
        ),
        by=sender,
        ward=ward,
    )
    assert outcomes(imp) == ["changed"]


def test_member_twice_in_known_household(sent):
    commit(sent(HOA, NONE_SON))
    imp = sent(HOA, NONE_SON, NONE_SON)
    assert outcomes(imp) != ["changed"]


def test_member_twice_in_new_household(sent):
    imp = sent(HOA, NONE_SON, NONE_SON)
    assert outcomes(imp) != ["new"]


def test_brother_with_other_marks_first(sent, groups):
    commit(sent(HOA, NONE_SON))
    older = (*NONE_SON[:3], "Trần Văn Sởn", *NONE_SON[4:])
    imp = sent(HOA, older, NONE_SON)

    commit(imp)
    assert Member.objects.filter(full_name="Trần Văn Sơn").get().pk == Member.objects.order_by("pk")[1].pk


def test_added_on_screen_meanwhile(sent, sender):
    commit(sent(HOA))
    imp = sent(HOA, NONE_SON)
    make_member(Household.objects.get(), full_name="Trần Văn Sơn", birth_year=2010)
    imp = commit(imp)
    assert Member.objects.count() == 2


def test_two_files_checked_then_both_committed(sent):
    plain = (*HOA[:7], "", "Kinh")
    one, two = sent(plain, NONE_SON), sent(plain, NONE_SON)
    commit(one)
    two = commit(two)
    assert outcomes(two) == ["same"]
    assert Household.objects.present().count() == 1


def test_household_registered_meanwhile(sent, groups):
    plain = (*HOA[:7], "", "Kinh")
    one = sent(plain)
    make_household(
        groups[0],
        {"full_name": "Nguyễn Thị Hoa", "sex": "female", "birth_year": 1980, "birth_date": date(1980, 12, 5)},
    )
    commit(one)
    assert Household.objects.present().count() == 1


def test_two_units_one_household(sent, sender, ward, groups):
    home = make_household(groups[0], {"full_name": "Nguyễn Thị Hoa", "sex": "female", "birth_year": 1980})
    h = ("Mã hộ", "Tổ dân phố", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Địa chỉ")
    imp = send(
        book(
            [
                (home.code, "Tổ dân phố 1", "Nguyễn Thị Hoa", 1980, "Nữ", "Chủ hộ", "Ngõ 1"),
                ("", "Tổ dân phố 2", "Lê Lan", 1970, "Nữ", "Chủ hộ", ""),
                (home.code.lower(), "Tổ dân phố 1", "Nguyễn Thị Hoa", 1980, "Nữ", "Chủ hộ", "Ngõ 2"),
            ],
            h,
        ),
        by=sender,
        ward=ward,
    )

    imp = commit(imp)
    assert imp.state == "committed"


def test_empty_relationship_alone(ward, sender, groups):
    h = ("Tổ dân phố", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ")
    imp = send(
        book(
            [
                ("Tổ dân phố 1", "Nguyễn Thị Hoa", 1980, "Nữ", "Chủ hộ"),
                ("Tổ dân phố 1", "Trần Văn Sơn", 2010, "Nam", ""),
            ],
            h,
        ),
        by=sender,
        ward=ward,
    )
    assert "faulty" in outcomes(imp)


def test_hidden_choice(sent, sender, groups):
    known = make_household(
        groups[1],
        {"full_name": "Nguyễn Thị Hoà", "sex": "female", "birth_year": 1980, "cccd": "042180001234"},
    )
    imp = sent(HOA)
    unit = imp.units.get()
    deciding.choose(by=sender, units=[unit], choice=f"into:{known.pk}", today=TODAY)
    unit.refresh_from_db()
    assert imp.units.to_decide().count() == 1
    deciding.choose(by=sender, units=[unit], choice="file", today=TODAY)
    unit.refresh_from_db()
    assert imp.units.to_write().exists()


def test_opened_future(ward, sender, groups):
    h = ("Tổ dân phố", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Vào sổ ngày")
    imp = send(
        book([("Tổ dân phố 1", "Nguyễn Thị Hoa", 1980, "Nữ", "Chủ hộ", "01/01/2030")], h),
        by=sender,
        ward=ward,
    )
    assert outcomes(imp) == ["faulty"]


def test_opened_same_day_undo(sent):
    imp = undo(commit(sent(HOA, opened_date="20/10/2026")))
    assert imp.state == "undone", imp.told
    assert not Household.objects.present().exists()


def test_lifo_undo(sent):
    one = commit(sent(HOA, SON))
    two = commit(
        sent(
            (*HOA[:2], "Ngõ 7", *HOA[3:]),
            (*SON[:2], "", *SON[3:8], "Tày"),
            (1, "", "", "Trần Văn Bé", "Con đẻ", "Nam", "2012", "", "Kinh"),
        )
    )
    assert undo(two).counts["kept"] == 0
    one = undo(one)
    assert one.counts["kept"] == 0
    assert not Household.objects.present().exists()


def test_first_undone_before_second(sent):
    one = commit(sent(HOA, SON))
    two = commit(sent((*HOA[:2], "Ngõ 7", *HOA[3:]), (*SON[:2], "", *SON[3:])))
    assert undo(one).counts["kept"] == 1
    assert undo(two).counts["kept"] == 0
    assert Household.objects.get().address == "Ngõ 5"


def test_opened_date_difference_is_told(ward, groups, sender):
    home = make_household(groups[0], {"full_name": "Nguyễn Thị Hoa"})
    imp = send(
        book(
            [(home.code, "Nguyễn Thị Hoa", 1980, "Nam", "Chủ hộ", "05/05/2023")],
            ("Mã hộ", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Vào sổ ngày"),
        ),
        by=sender,
        ward=ward,
    )
    assert imp.units.get().noted


def test_code_unit_into_other(ward, groups, sender):
    home = make_household(groups[0], {"full_name": "Nguyễn Thị Hoa"})
    other = make_household(groups[0], {"full_name": "Lê Văn Bốn"})
    make_member(other, full_name="Trần Văn Sơn", birth_year=2010)
    imp = send(
        book(
            [(home.code, "Trần Văn Sơn", 2010, "Nam", "Con đẻ", "Ngõ 99")],
            ("Mã hộ", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Địa chỉ"),
        ),
        by=sender,
        ward=ward,
    )

    deciding.by_rule(by=sender, imported=imp, rule="alike:into", today=TODAY)
    assert not imp.units.to_write().exists()
    other.refresh_from_db()
    assert other.address == ""


def test_stamp_not_on_first_row(ward, groups, sender):
    home = make_household(groups[0], {"full_name": "Nguyễn Thị Hoa"}, address="A")
    m = home.members.get()
    h = (
        "Mã hộ",
        "Mã người",
        "Họ và tên",
        "Năm sinh",
        "Giới tính",
        "Quan hệ với chủ hộ",
        "Địa chỉ",
        "Phiên bản",
        "Dân tộc",
    )
    register.update_household(by=sender, household=home, version=None, values={"address": "B"})
    imp = send(
        book(
            [
                (home.code, "", "Trần Văn Sơn", 2010, "Nam", "Con đẻ", "C", "", "Kinh"),
                (home.code, str(m.pk), "Nguyễn Thị Hoa", 1980, "Nam", "Chủ hộ", "", "1.1", ""),
            ],
            h,
        ),
        by=sender,
        ward=ward,
    )
    assert outcomes(imp) == ["conflict"]


def test_cccd_swapped(ward, groups, sender):
    home = make_household(groups[0], {"full_name": "Nguyễn Văn Hoa", "cccd": "042080001234"})
    a = make_member(home, full_name="Trần Văn A", birth_year=1990, cccd="042090000001")
    b = make_member(home, full_name="Trần Văn B", birth_year=1990, cccd="042090000002")
    h = ("Mã hộ", "Mã người", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Số CCCD")
    imp = send(
        book(
            [
                (home.code, str(a.pk), "Trần Văn A", 1990, "Nam", "Con đẻ", b.cccd),
                (home.code, str(b.pk), "Trần Văn B", 1990, "Nam", "Con đẻ", a.cccd),
            ],
            h,
        ),
        by=sender,
        ward=ward,
    )
    assert outcomes(imp) == ["conflict"]  # written, the unique number would refuse the whole file


def test_cccd_of_another_household_onto_known_member(ward, groups, sender):
    """A number of somebody elsewhere is written onto a known member."""
    home = make_household(groups[0], {"full_name": "Nguyễn Văn Hoa", "cccd": None})
    make_household(groups[1], {"full_name": "Lê Văn B", "cccd": "042080001234"})
    h = ("Mã hộ", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ", "Số CCCD")
    imp = send(
        book([(home.code, "Nguyễn Văn Hoa", 1980, "Nam", "Chủ hộ", "042080001234")], h), by=sender, ward=ward
    )
    assert outcomes(imp)[0] in ("conflict", "faulty")


def test_member_row_under_other_household_code(ward, groups, sender):
    home = make_household(groups[0], {"full_name": "Nguyễn Văn Hoa"})
    other = make_household(groups[0], {"full_name": "Lê Văn B"})
    h = ("Mã hộ", "Mã người", "Họ và tên", "Năm sinh", "Giới tính", "Quan hệ với chủ hộ")
    imp = send(
        book([(home.code, str(other.members.get().pk), "Lê Văn B", 1980, "Nam", "Chủ hộ")], h),
        by=sender,
        ward=ward,
    )
    assert outcomes(imp) == ["faulty"]


def test_same_file_other_order(sent):
    commit(sent(HOA, NONE_SON, LAN))
    assert outcomes(sent(LAN, HOA, NONE_SON)) == ["same", "same"]


def test_one_day_typed_as_text_hides_no_exchanged_days(sent):
    """Excel set to month/day made days of those it could; one cell was text before."""
    days = [
        date(1980, 5, 12), date(1981, 7, 2), date(1982, 3, 9), "25/12/1980", "30/12/1980", "13/02/1979", "05/12/1980",
    ]  # fmt: skip
    rows = [(n, *HOA[1:6], day, "", "Kinh") for n, day in enumerate(days)]
    assert sent(*rows).found["asks"] == {"swap_days": 3}


def test_a_namesake_with_another_number_stops_nobody(sent):
    commit(sent(HOA))
    imported = commit(sent((*HOA[:6], "1980", "042180009999", "Kinh")))
    assert imported.state == "committed"
    assert Household.objects.count() == 2


def test_random_changes_are_taken_back_exactly(sent):
    dice = random.Random(7)
    names = ["Lê Thị Hoa", "Trần Thị Mận", "Phan Thị Quýt", "Bùi Thị Cam", "Đỗ Thị Lựu", "Hồ Thị Nhãn"]
    rows = [
        (n, "Tổ dân phố 1", f"Ngõ {n}", name, "Chủ hộ", "Nữ", f"196{n}", f"04216{n}00000{n}" if n % 2 else "", "Kinh")
        for n, name in enumerate(names)
    ]  # fmt: skip
    commit(sent(*rows))
    for turn in range(8):
        before, changed = _register(), []
        for row in rows:
            told = list(row)
            told[2] = dice.choice([row[2], "", f"Ngõ mới {turn}"])
            told[8] = dice.choice(["Kinh", "Tày", "", "Thái"])
            changed.append(told)
            if dice.random() < 0.4:
                child = f"{CHILDREN[row[0]]} {CHILDREN[turn]}"
                changed.append((row[0], "", "", child, "Con đẻ", "Nam", "2015", "", "Kinh"))
        imported = undo(commit(sent(*changed)))
        assert imported.counts["kept"] == 0
        assert _register() == before


CHILDREN = ("Mai Vàng", "Trúc Xanh", "Sen Hồng", "Cúc Tím", "Lan Rừng", "Đào Phai", "Huệ Trắng", "Quế Thơm")


def _register() -> list[list[tuple]]:
    """Everything the register holds of those present, versions aside."""
    return [
        list(
            rows.values_list(
                *(each.attname for each in rows.model._meta.concrete_fields if each.name != "version")
            )
        )
        for rows in (Household.objects.present().order_by("pk"), Member.objects.present().order_by("pk"))
    ]
