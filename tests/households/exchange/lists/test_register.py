"""The register taken away: one line a person in the columns of an import, so that it comes back and changes nothing."""

from datetime import date
from decimal import Decimal
from itertools import cycle

import pytest
from django.urls import reverse

from households.exchange.imports.columns import HOUSEHOLDS
from households.models import Household, Member
from households.models.people import Ethnicity, Housing, Livelihood, Relationship
from households.poverty import EDUCATION, SCHOOLING, WORK
from tests.households.factories import make_household, make_member
from tests.households.imports.books import commit, faults, outcomes, send
from tests.taken import REASON, book_of, data_of, lines_of, told
from thanhsen.models import Event

ADDRESS = "register_export"
ONE_ONLY = {Relationship.HEAD, Relationship.SPOUSE}


def take(client, **filters):
    asked = "&".join(f"{name}={value}" for name, value in filters.items())
    return client.post(f"{reverse(ADDRESS)}?{asked}", {"reason": REASON})


@pytest.fixture
def crowd(ward):
    """People of every kind the register knows, in households of every kind."""
    answers = cycle([None, True, False])
    lists = [cycle(each) for each in (Ethnicity.values, ["", *SCHOOLING], ["", *EDUCATION], ["", *WORK])]
    others = cycle([each for each in Relationship.values if each not in ONE_ONLY])
    for number in range(60):
        ethnicity, schooling, education, work = (next(each) for each in lists)
        if number % 4 == 0:
            home = make_household(
                ward.group if number % 8 else ward.other,
                head={
                    "full_name": f"Nguyễn Thị Ái {number}", "birth_year": 1950 + number, "sex": "female",
                    "cccd": f"0421{50 + number % 50:02d}0{number:05d}", "old_id": f"18{number:07d}", "birth_date": None,
                },
                address=["", "=1+1", "-Số 5/12", "@ngõ 3", "12/5", " Đường <Nguyễn Du> & 'Lê Lợi' \"x\"".strip()][number // 4 % 6],
                phone=["", "0912345678"][number % 8 // 4],
                livelihood=["", *Livelihood.values][number // 4 % 9],
                housing=["", *Housing.values][number // 4 % 6],
                floor_area=[None, 60, Decimal("45.5"), 1234][number // 4 % 4],
                no_labour=number % 8 == 0,
                merit=number % 12 == 0,
                note=["", "+84 không phải điện thoại", "1.234"][number // 4 % 3],
            )  # fmt: skip
            continue
        born = [None, date(1900 + number, 2, 28)][number % 2]
        make_member(
            home,
            full_name=f"Trần Văn Ổn {number}",
            relationship=Relationship.SPOUSE if number % 4 == 1 else next(others),
            birth_date=born,
            birth_year=born.year if born else 1990,
            ethnicity=ethnicity,
            schooling=schooling,
            education=education,
            work=work if (born is None or born.year < 2010) else "",
            has_insurance=next(answers),
            undernourished=None,
            has_disability=number % 3 == 0,
            has_monthly_allowance=number % 5 == 0,
            employer_trained=number % 7 == 0,
        )
    return ward


def state() -> list:
    return [
        list(model.objects.order_by("pk").values(*(field.attname for field in model._meta.concrete_fields)))
        for model in (Household, Member)
    ]


@pytest.mark.parametrize("who", ["as_supervisor", "as_officer"])
def test_what_was_taken_away_comes_back_and_changes_nothing(crowd, who):
    before = state()
    content = data_of(take(getattr(crowd, who)))
    imported = send(content, by=crowd.supervisor, ward=crowd.area)
    assert imported.state == "checked"
    assert faults(imported) == []
    assert set(outcomes(imported)) == {"same"}
    assert state() == before


def test_one_cell_changed_changes_that_alone(crowd, tmp_path):
    opened = book_of(take(crowd.as_officer))
    sheet = opened.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("Điện thoại") + 1).value = "0987654321"
    opened.save(tmp_path / "sua.xlsx")
    imported = send((tmp_path / "sua.xlsx").read_bytes(), by=crowd.supervisor, ward=crowd.area)
    assert sorted(outcomes(imported))[:2] == ["changed", "same"]
    commit(imported)
    changed = Household.objects.filter(phone="0987654321").get()
    assert changed.code == sheet["A2"].value


def test_the_headings_are_those_of_an_import_in_its_order(crowd):
    headings = list(lines_of(take(crowd.as_supervisor))[0])
    offered = [each.heading for each in HOUSEHOLDS if each.is_offered and each.name != "order"]
    assert [each for each in headings if each in offered] == offered
    assert set(headings) - set(offered) == {"Năm sinh", "Phiên bản"}


def test_numbers_of_papers_are_for_who_may_see_them(ward):
    whole = lines_of(take(ward.as_supervisor))
    assert "042180001234" in {each["Số CCCD"] for each in whole}
    answer = take(ward.as_officer)
    book = book_of(answer)
    held = [cell for row in book.worksheets[0].values for cell in row]
    assert "042•••••1234" in held
    assert not [each for each in held if isinstance(each, str) and "042180001234" in each]
    assert "đã che" in told(book)["Số CCCD, CMND"]
    page = ward.as_officer.get(reverse(ADDRESS)).content.decode()
    assert "vai trò của anh/chị không xuất số đầy đủ" in page
    assert "ghi đầy đủ" in ward.as_chair.get(reverse(ADDRESS)).content.decode()
    assert [each.after["masked"] for each in Event.objects.filter(act="register.export").order_by("pk")] == [
        False,
        True,
    ]


def test_codes_are_text_days_are_days_and_a_year_is_a_year(ward):
    make_member(ward.household, full_name="Nguyễn Văn Ngày", birth_date=date(2001, 5, 6), birth_year=2001)
    head, child = [each for each in lines_of(take(ward.as_officer)) if each["Mã hộ"] == ward.household.code]
    assert (head["Ngày sinh"], head["Năm sinh"]) == (None, 1980)
    assert child["Ngày sinh"].date() == date(2001, 5, 6)
    assert isinstance(child["Mã người"], str)
    assert child["Mã tổ dân phố"] == ward.group.code
    assert child["Phiên bản"] == f"{ward.household.version}.1"
    assert (child["Khuyết tật"], child["Có BHYT"]) == ("Không", "Có")


def test_the_trail_names_each_household_once_and_counts_people(ward):
    make_member(ward.household)
    lines_of(take(ward.as_supervisor))
    event = Event.objects.get(act="register.export")
    assert sorted(event.records) == sorted([ward.household.pk, ward.elsewhere.pk])
    assert event.after["rows"] == 3


def test_households_that_left_come_with_those_who_left_with_them(ward):
    day = date(2026, 1, 2)
    Member.objects.filter(household=ward.household).update(left_date=day, left_reason="x")
    Household.objects.filter(pk=ward.household.pk).update(closed_date=day, closed_reason="moved_out")
    assert ward.household.code not in {each["Mã hộ"] for each in lines_of(take(ward.as_supervisor))}
    assert ward.household.code in {each["Mã hộ"] for each in lines_of(take(ward.as_supervisor, ra=1))}


def test_the_file_costs_the_same_for_one_and_for_many(ward, django_assert_num_queries):
    lines_of(take(ward.as_supervisor))
    with django_assert_num_queries(9):
        lines_of(take(ward.as_supervisor))
    for _ in range(20):
        make_member(make_household(ward.group))
    with django_assert_num_queries(9):
        lines_of(take(ward.as_supervisor))
