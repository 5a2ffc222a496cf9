"""Statuses of past years, totals and tổ dân phố sent in: read, compared, written, taken back."""

from datetime import date

import pytest

from households.actions.certificates import issue_certificates
from households.actions.totals import Entry, Figures, save_totals
from households.actions.years import close_year
from households.exchange.imports import deciding
from households.models import AreaTotal, Decision, Import, Status
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household, make_member, make_round, make_status
from tests.households.imports.books import TODAY, book, commit, faults, outcomes, send, undo
from thanhsen.models import Area
from thanhsen.permissions import Role

pytestmark = pytest.mark.django_db

STATUS = ("Mã hộ", "Chủ hộ", "Phân loại", "Số quyết định", "Ngày quyết định", "Người ký", "Chỉ số thiếu hụt")
TOTAL = ("Mã tổ dân phố", "Tổ dân phố", "Năm", "Số hộ", "Số nhân khẩu", "Nguồn số liệu")
AREA = ("Mã", "Tên", "Khu vực", "Có từ ngày", "Mã các nơi trước")


@pytest.fixture
def ward():
    return make_ward()


@pytest.fixture
def group(ward):
    return make_group(ward, name="Tổ dân phố 1", code="TDP1")


@pytest.fixture
def sender(ward):
    return make_user(Role.SUPERVISOR, areas=ward)


@pytest.fixture
def home(group):
    return make_household(group, {"full_name": "Nguyễn Thị Hoa"})


def year(home, classification, number, day, *more):
    return (home.code, "Nguyễn Thị Hoa", classification, number, day, "Trần Văn Ký", *more)


def statuses(home):
    return list(
        Status.objects.filter(household=home)
        .order_by("valid_from")
        .values_list("classification", "valid_from", "valid_to")
    )


# Statuses -----------------------------------------------------------------------------------------


@pytest.fixture
def sent(sender, ward):
    return lambda *rows, **more: send(book(rows, STATUS), by=sender, ward=ward, kind="statuses", **more)


def test_the_years_of_a_household_become_decisions_that_follow_each_other(sent, home):
    make_member(home)
    imported = sent(
        year(home, "Hộ cận nghèo", "21/QĐ-UBND", "05/12/2025", "1, 3"),
        year(home, "HN", "09/QĐ-UBND", "10/12/2024", "1, 3, 7"),
    )
    assert (imported.state, outcomes(imported)) == ("checked", ["new", "new"]), faults(imported)
    commit(imported)
    assert statuses(home) == [
        ("poor", date(2024, 12, 10), date(2025, 12, 5)), ("near_poor", date(2025, 12, 5), None),
    ]  # fmt: skip
    poor = Status.objects.get(classification="poor")
    assert (poor.size, len(poor.lacking), poor.decision.number, poor.decision.signer) == (
        2,
        3,
        "09/QĐ-UBND",
        "Trần Văn Ký",
    )


def test_the_same_decisions_again_are_the_same(sent, home):
    row = year(home, "Hộ nghèo", "09/QĐ-UBND", "10/12/2024")
    commit(sent(row))
    assert outcomes(sent(row)) == ["same"]
    other = sent(year(home, "Hộ cận nghèo", "09/QĐ-UBND", "10/12/2024"))
    assert outcomes(other) == ["faulty"]
    assert "quyết định đính chính" in faults(other)[0][1]


def test_more_households_of_a_decision_may_come_later(sent, home, group):
    commit(sent(year(home, "Hộ nghèo", "09/QĐ-UBND", "10/12/2024")))
    other = make_household(group, {"full_name": "Lê Văn Tư"})
    commit(sent((other.code, "", "Hộ nghèo", "09/QĐ-UBND", "10/12/2024", "", "")))
    assert Decision.objects.get().statuses.count() == 2


def test_taken_back_the_status_before_is_in_force_again(sent, home):
    commit(sent(year(home, "Hộ nghèo", "09/QĐ-UBND", "10/12/2024")))
    newer = sent(year(home, "Hộ cận nghèo", "21/QĐ-UBND", "05/12/2025"))
    assert newer.units.get().causes == ["held"]  # it changes the class of today: somebody has to say so
    deciding.by_rule(by=newer.uploaded_by, imported=newer, rule="held:file", today=TODAY)
    imported = undo(commit(newer))
    assert (imported.state, imported.counts["taken_back"]) == ("undone", 1)
    assert statuses(home) == [("poor", date(2024, 12, 10), None)]
    again = sent(year(home, "Hộ cận nghèo", "21/QĐ-UBND", "05/12/2025"))
    deciding.by_rule(by=again.uploaded_by, imported=again, rule="held:file", today=TODAY)
    commit(again)
    assert statuses(home)[-1] == ("near_poor", date(2025, 12, 5), None)


def test_a_decision_typed_with_a_wrong_day_can_be_sent_again(sent, home):
    undo(commit(sent(year(home, "Hộ nghèo", "09/QĐ-UBND", "12/10/2024"))))
    again = sent(year(home, "Hộ nghèo", "09/QĐ-UBND", "10/12/2024"))
    assert outcomes(again) == ["new"], faults(again)
    commit(again)
    assert statuses(home) == [("poor", date(2024, 12, 10), None)]


def test_decisions_whose_long_numbers_begin_alike_are_taken_back(sent, home):
    long = "1234/QĐ-UBND-PHUONG-THANH-SEN-NAM-"
    rows = [year(home, "Hộ nghèo", f"{long}{number}", f"{day}/12/2024") for number, day in ((1, 10), (2, 11))]
    imported = commit(sent(*rows))
    assert imported.state == "committed"
    imported = undo(imported)
    assert (imported.state, imported.counts["kept"]) == ("undone", 0)
    assert all(each.number.endswith(f"~{each.pk}") for each in Decision.objects.all())


def test_a_status_that_a_certificate_was_issued_for_is_kept(sent, home, sender, ward):
    imported = commit(sent(year(home, "Hộ nghèo", "09/QĐ-UBND", "10/12/2025")))
    issue_certificates(
        by=sender,
        decision=Decision.objects.get(),
        issued_on=date(2026, 1, 5),
        suffix="/GCN",
        today=date(2026, 1, 5),
    )
    imported = undo(imported)
    assert "giấy chứng nhận" in imported.units.get().kept
    assert statuses(home) == [("poor", date(2025, 12, 10), None)]


def test_what_the_portal_decided_is_not_written_over(sent, home, ward):
    make_status(home, "poor", date(2026, 1, 5))
    Decision.objects.update(round=make_round(ward))
    imported = sent(year(home, "Hộ cận nghèo", "77/QĐ-UBND", "01/03/2026"))
    assert outcomes(imported) == ["faulty"]
    assert "ban hành trong cổng" in faults(imported)[0][1]
    assert not imported.units.to_write().exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({0: "H9999999"}, "không có hộ nào mã"),
        ({1: "Ai Khác"}, "chủ hộ trong sổ là"),
        ({2: ""}, "chưa có phân loại"),
        ({2: "Thoát nghèo"}, ""),
        ({3: ""}, "chưa có số quyết định"),
        ({4: "05/12/2027"}, "tương lai"),
        ({4: "05/12/2019"}, "không có chuẩn nghèo nào"),
        ({5: ""}, "chưa có người ký"),
    ],
)
def test_what_a_decision_needs(sent, home, change, said):
    row = list(year(home, "Hộ nghèo", "09/QĐ-UBND", "10/12/2024", ""))
    for place, value in change.items():
        row[place] = value
    imported = sent(tuple(row))
    assert outcomes(imported) == ["faulty"]
    assert any(said in sentence for _, sentence in faults(imported)), faults(imported)


def test_nothing_is_written_into_a_closed_year(sent, home, ward):
    close_year(
        by=make_user(Role.APPROVER, areas=ward),
        ward=ward,
        year=2024,
        reason="báo cáo 45",
        today=date(2026, 10, 20),
        freeze=lambda *_, **__: [],
    )
    assert any(
        "khoá sổ" in sentence
        for _, sentence in faults(sent(year(home, "Hộ nghèo", "09/QĐ-UBND", "10/12/2024")))
    )


def test_what_holds_for_all_rows_is_said_once(sender, ward, home):
    rows = [(home.code, "Hộ nghèo")]
    defaults = {"number": "09/QĐ-UBND", "date": "10/12/2024", "signer": "Trần Văn Ký"}
    imported = send(book(rows, ("Mã hộ", "Phân loại")), by=sender, ward=ward, kind="statuses", **defaults)
    assert outcomes(imported) == ["new"], (imported.told, faults(imported))
    commit(imported)
    assert Decision.objects.get().date == date(2024, 12, 10)


def test_an_older_decision_after_a_newer_one_is_refused(sent, home):
    commit(sent(year(home, "Hộ nghèo", "09/QĐ-UBND", "10/12/2025")))
    imported = sent(year(home, "Hộ nghèo", "01/QĐ-UBND", "10/12/2024"))
    assert "năm trước trước" in faults(imported)[0][1]


# Totals -------------------------------------------------------------------------------------------


@pytest.fixture
def totals(sender, ward, group):
    return lambda *rows, **more: send(book(rows, TOTAL), by=sender, ward=ward, kind="totals", **more)


def test_totals_are_written_and_taken_back(totals, group):
    imported = totals(("TDP1", "", 2026, 300, 1020, "Công an phường"))
    assert outcomes(imported) == ["new"], faults(imported)
    assert commit(imported).state == "committed"
    row = AreaTotal.objects.get()
    assert (row.area, row.year, row.households, row.people, row.source) == (
        group,
        2026,
        300,
        1020,
        "Công an phường",
    )
    assert outcomes(totals(("", "tdp 1", 2026, 300, 1020, "Công an phường"))) == ["same"]
    undo(imported)
    assert not AreaTotal.objects.exists()


def test_a_total_that_was_edited_since_is_kept(totals, group, sender):
    imported = commit(
        totals(
            ("TDP1", "", 2026, 300, 1020, "a"),
        )
    )
    seen, typed = Figures(300, 1020, "a"), Figures(301, 1020, "a")
    save_totals(by=sender, year=2026, entries=[Entry(group, typed, seen)])
    imported = undo(imported)
    assert "đã được sửa" in imported.units.get().kept
    assert AreaTotal.objects.get().households == 301


def test_a_total_that_jumps_waits_for_a_person(totals, group, sender):
    save_totals(by=sender, year=2025, entries=[Entry(group, Figures(300, 1020, "a"), None)])
    imported = totals(("TDP1", "", 2026, 900, 3000, "a"))
    assert imported.units.get().causes == ["jump"]


def test_totals_say_what_is_wrong(totals):
    said = [
        s
        for _, s in faults(
            totals(
                ("TDP1", "", 2021, 300, 1020, "a"),
                ("TDP9", "", 2026, 1, 1, "a"),
                ("TDP1", "", 2026, 300, 20, "a"),
            )
        )
    ]
    assert len(said) >= 3
    assert any("2022 đến 2030" in each for each in said)


# Tổ dân phố ---------------------------------------------------------------------------------------


def test_places_are_made_changed_and_taken_back(ward, group):
    admin = make_user(Role.ADMIN)
    rows = [
        ("TDP1", "Tổ dân phố Một", "Nông thôn", "01/01/2020", ""),
        ("TDP2", "Tổ dân phố 2", "Thành thị", "01/07/2025", "TDP1"),
    ]
    imported = send(book(rows, AREA), by=admin, ward=ward, kind="areas")
    assert outcomes(imported) == ["changed", "new"], faults(imported)
    commit(imported)
    group.refresh_from_db()
    made = Area.objects.get(code="TDP2")
    assert (group.name, group.area_type, made.parent, list(made.predecessors.all())) == (
        "Tổ dân phố Một", "rural", ward, [group],
    )  # fmt: skip
    assert outcomes(send(book(rows, AREA), by=admin, ward=ward, kind="areas")) == ["same", "same"]
    undo(imported)
    group.refresh_from_db()
    assert (group.name, group.area_type) == ("Tổ dân phố 1", "urban")
    assert not Area.objects.filter(code="TDP2").exists()
    assert Area.objects.get(pk=made.pk).valid_to == date(2025, 7, 2)
    commit(send(book(rows, AREA), by=admin, ward=ward, kind="areas"))


def test_another_name_for_a_place_people_live_in_waits_for_a_person(ward, group):
    make_household(group)
    admin = make_user(Role.ADMIN)
    imported = send(
        book([("TDP1", "Tên Khác", "", "01/01/2020", "")], AREA), by=admin, ward=ward, kind="areas"
    )
    assert imported.units.get().causes == ["lived"]
    deciding.by_rule(by=admin, imported=imported, rule="lived:file", today=TODAY)
    commit(imported)
    group.refresh_from_db()
    assert group.name == "Tên Khác"


def test_a_place_that_is_lived_in_is_kept(ward):
    admin = make_user(Role.ADMIN)
    imported = commit(
        send(book([("TDP2", "Tổ dân phố 2", "", "01/07/2025", "")], AREA), by=admin, ward=ward, kind="areas")
    )
    make_household(Area.objects.get(code="TDP2"), opened_date=date(2026, 1, 1))
    assert "đã có hộ" in undo(imported).units.get().kept


def test_who_sees_which_imports(ward, group, sender, totals):
    imported = totals(("TDP1", "", 2026, 300, 1020, "a"))
    sees = lambda user: imported in Import.objects.visible_to(user)  # noqa: E731
    assert sees(sender)
    assert not sees(make_user(Role.OFFICER, areas=group))
    assert not sees(make_user(Role.ADMIN))
    assert not sees(make_user(Role.VIEWER, areas=ward))
    assert not sees(make_user(Role.SUPERVISOR, areas=make_ward()))


def test_places_whose_long_codes_begin_alike_are_taken_back(ward):
    rows = [
        (f"THACHQUY-TDP0{number}", f"Tổ dân phố {name}", "Thành thị", "01/07/2025", "")
        for number, name in enumerate(("Bắc Quý", "Tâm Quý"), start=1)
    ]
    imported = commit(send(book(rows, AREA), by=make_user(Role.ADMIN), ward=ward, kind="areas"))
    assert imported.state == "committed"
    imported = undo(imported)
    assert (imported.state, imported.counts["kept"]) == ("undone", 0)
    freed = Area.objects.filter(parent=ward, name__endswith="Quý")
    assert all(each.valid_to and each.code.endswith(f"~{each.pk}") for each in freed)
