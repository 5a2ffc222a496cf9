"""Statuses, totals, tổ dân phố and odd text: what is wrong is told, and refuses no more than its own row."""

from datetime import date

import pytest

from households.models import AreaTotal, Decision, Import, Status
from tests.factories import make_group, make_user
from tests.households.factories import make_household, make_status
from tests.households.imports.books import HEADINGS, HOA, LAN, SON, book, commit, outcomes, send, undo
from thanhsen.models import Area
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db


SH = ("Mã hộ", "Phân loại", "Số quyết định", "Ngày quyết định", "Người ký")


def st(rows, groups, sender, h=SH):
    return send(book(rows, h), by=sender, ward=groups[0].parent, kind="statuses")


def test_number_with_two_dates_in_file(groups, sender):
    a, b = make_household(groups[0]), make_household(groups[0])
    imp = st(
        [
            (a.code, "Hộ nghèo", "1/QĐ-UBND", "01/12/2024", "Lê A"),
            (b.code, "Hộ nghèo", "1/QĐ-UBND", "02/12/2024", "Lê A"),
        ],
        groups,
        sender,
    )
    assert "faulty" in outcomes(imp), outcomes(imp)


def test_number_in_two_spellings(groups, sender):
    a, b = make_household(groups[0]), make_household(groups[0])
    imp = st(
        [
            (a.code, "Hộ nghèo", "1/QĐ-UBND", "01/12/2024", "Lê A"),
            (b.code, "Hộ nghèo", "1/qđ-ubnd", "01/12/2024", "Lê A"),
        ],
        groups,
        sender,
    )
    commit(imp)
    assert Decision.objects.count() == 1


def test_two_signers(groups, sender):
    a, b = make_household(groups[0]), make_household(groups[0])
    imp = st(
        [
            (a.code, "Hộ nghèo", "1/QĐ-UBND", "01/12/2024", "Lê A"),
            (b.code, "Hộ nghèo", "1/QĐ-UBND", "01/12/2024", "Trần B"),
        ],
        groups,
        sender,
    )
    assert "faulty" in outcomes(imp), outcomes(imp)


def test_size_invented(groups, sender):
    a = make_household(groups[0])
    imp = st([(a.code, "Hộ nghèo", "1/QĐ-UBND", "01/12/2024", "Lê A")], groups, sender)
    assert imp.units.get().noted


def test_undone_and_again_the_same(groups, sender):
    a = make_household(groups[0])
    row = (a.code, "Hộ nghèo", "1/QĐ-UBND", "01/12/2024", "Lê A")
    undo(commit(st([row], groups, sender)))
    imp = commit(st([row], groups, sender))
    assert imp.state == "committed"
    assert Status.objects.count() == 1


def test_long_number(groups, sender):
    a = make_household(groups[0])
    imp = st([(a.code, "Hộ nghèo", "1" * 50, "01/12/2024", "L" * 200)], groups, sender)
    assert outcomes(imp) == ["faulty"]


def test_portal_status_between(groups, sender):
    a = make_household(groups[0])
    imp = st([(a.code, "Hộ nghèo", "1/QĐ-UBND", "15/10/2026", "Lê A")], groups, sender)
    make_status(a, "near_poor", date(2026, 10, 10))
    imp = commit(imp)
    assert Status.objects.count() == 1, (imp.state, imp.told)


def test_before_opened(groups, sender):
    a = make_household(groups[0], opened_date=date(2026, 1, 1))
    imp = commit(st([(a.code, "Hộ nghèo", "1/QĐ-UBND", "15/10/2024", "Lê A")], groups, sender))
    assert imp.state == "committed", imp.told


def test_out_of_order_rows(groups, sender):
    a = make_household(groups[0])
    imp = commit(
        st(
            [
                (a.code, "Hộ cận nghèo", "2/QĐ-UBND", "15/12/2024", "Lê A"),
                (a.code, "Hộ nghèo", "1/QĐ-UBND", "15/12/2023", "Lê A"),
            ],
            groups,
            sender,
        )
    )
    assert [(s.classification, s.valid_to) for s in Status.objects.order_by("valid_from")] == [
        ("poor", date(2024, 12, 15)),
        ("near_poor", None),
    ]
    undo(imp)
    assert not Status.objects.exists()


def test_uncovered_day(groups, sender):
    a = make_household(groups[0])
    assert outcomes(st([(a.code, "Hộ nghèo", "1/QĐ-UBND", "15/10/2020", "Lê A")], groups, sender)) == [
        "faulty"
    ]


def test_huge_size(groups, sender):
    a = make_household(groups[0])
    imp = st(
        [(a.code, "Hộ nghèo", "1/QĐ-UBND", "15/10/2024", "Lê A", 99999)],
        groups,
        sender,
        (*SH, "Số nhân khẩu"),
    )
    assert outcomes(imp) == ["faulty"]


def test_zero_size(groups, sender):
    a = make_household(groups[0])
    imp = st(
        [(a.code, "Hộ nghèo", "1/QĐ-UBND", "15/10/2024", "Lê A", 0)], groups, sender, (*SH, "Số nhân khẩu")
    )
    assert outcomes(imp) == ["faulty"]


TH = ("Tổ dân phố", "Năm", "Số hộ", "Số nhân khẩu")


def test_totals_minority_kept(groups, sender):
    AreaTotal.objects.create(
        area=groups[0], year=2025, households=100, people=300, minority_households=5, source="a"
    )
    imp = send(
        book([("Tổ dân phố 1", 2025, 101, 301)], TH),
        by=sender,
        ward=groups[0].parent,
        kind="totals",
        source="a",
        year="2025",
    )
    commit(imp)
    assert AreaTotal.objects.get().minority_households == 5
    undo(Import.objects.get())
    assert AreaTotal.objects.get().households == 100


def test_totals_new_undone(groups, sender):
    imp = commit(
        send(
            book([("Tổ dân phố 1", 2025, 101, 301)], TH),
            by=sender,
            ward=groups[0].parent,
            kind="totals",
            source="a",
            year="2025",
        )
    )
    assert imp.state == "committed"
    undo(imp)
    assert not AreaTotal.objects.exists()


def test_long_source(groups, sender):
    imp = send(
        book([("Tổ dân phố 1", 2025, 101, 301, "x" * 300)], (*TH, "Nguồn số liệu")),
        by=sender,
        ward=groups[0].parent,
        kind="totals",
        source="a",
        year="2025",
    )
    assert outcomes(imp) == ["faulty"]


AH = ("Mã", "Tên", "Có từ ngày", "Không còn kể từ ngày")


def test_area_that_ended(ward, groups):
    admin = make_user(Role.ADMIN, areas=ward)
    imp = send(
        book([("T99", "Tổ dân phố 99", "01/01/2020", "01/07/2025")], AH), by=admin, ward=ward, kind="areas"
    )
    assert outcomes(imp) == ["faulty"], outcomes(imp)


def test_ended_area_comes_back_unchanged(ward, groups):
    make_group(ward, name="Tổ dân phố 9", code="T9", valid_to=date(2025, 7, 1))
    admin = make_user(Role.ADMIN, areas=ward)
    imp = send(
        book([("T9", "Tổ dân phố 9", "01/01/2020", "01/07/2025")], AH), by=admin, ward=ward, kind="areas"
    )
    assert outcomes(imp) in (["same"], ["faulty"]), outcomes(imp)


@pytest.mark.parametrize(
    "text",
    [
        "_x0000_",
        "a_x0000_b",
        "_xD800_",
        "=cmd|'/c calc'!A1",
        "<script>alert(1)</script>",
        "‮Hoa",
        "😀" * 30,
        "x" * 32767,
    ],
)
def test_odd_text(sender, ward, groups, text):
    imp = send(book([(*HOA[:2], text, text, *HOA[4:]), LAN]), by=sender, ward=ward)
    assert imp.state == "checked", (imp.state, imp.refusal)
    imp = commit(imp)
    assert imp.state == "committed", imp.told


@pytest.mark.parametrize("text", ["_x0000_", "_xD800_", "x" * 140])
def test_odd_heading(sender, ward, groups, text):

    imp = send(book([(*HOA, "x")], (*HEADINGS, text)), by=sender, ward=ward)
    assert imp.state in ("uploaded", "checked"), imp.refusal


def test_5000_lines(sender, ward, groups):
    imp = send(book([HOA] + [SON] * 4999), by=sender, ward=ward)
    assert outcomes(imp) == ["faulty"]


def test_area_undo(ward, groups):
    admin = make_user(Role.ADMIN, areas=ward)
    before = Area.objects.filter(parent=ward, valid_to=None).count()
    imp = commit(
        send(
            book(
                [("T99", "Tổ dân phố 99", "01/01/2020", ""), ("TDP1", "Tổ dân phố Một", "01/01/2020", "")], AH
            ),
            by=admin,
            ward=ward,
            kind="areas",
        )
    )
    assert imp.state == "committed", imp.told
    imp = undo(imp)
    assert imp.counts["kept"] == 0
    assert Area.objects.filter(parent=ward, valid_to=None).count() == before
    assert Area.objects.get(code="TDP1").name == "Tổ dân phố 1"
    again = send(book([("T99", "Tổ dân phố 99", "01/01/2020", "")], AH), by=admin, ward=ward, kind="areas")
    assert outcomes(again) == ["new"]
