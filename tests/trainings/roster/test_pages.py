"""The pages of the roster: who may, what they say, their queries, what nobody should send them."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import now

from tests.factories import make_group, make_user, make_ward
from tests.taken import REASON, lines_of
from tests.trainings.factories import make_admin, make_class, make_course, make_trainee, make_unit
from tests.trainings.roster.sheets import line, sent, workbook
from thanhsen.models import Event
from trainings.actions.roster.versions import freeze
from trainings.actions.roster.writing import commit
from trainings.models import Trainee

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def admin(client, course):
    found = make_admin(course.ward)
    client.force_login(found)
    return found


def text(answer) -> str:
    return answer.content.decode()


def everything(admin, course) -> tuple[list[str], list[str]]:
    """(addresses that are read, addresses that are only posted to) of a course with something in every room."""
    held = make_class(course)
    trainee = make_trainee(course, training_class=held)
    imported = sent(admin, course, workbook(line(1, "Lê Thị An", trainee.unit.name)))
    written = sent(admin, course, workbook(line(1, "Lê Thị Bê", trainee.unit.name)))
    written = commit(by=admin, imported=written, version=written.version, at=now())
    version = freeze(
        by=admin, course=course, decision_number="1/QĐ", decision_date=date(2026, 12, 1), signer="A"
    )
    reads = {
        course: ("roster", "roster_export", "trainee_add", "trainee_from_users", "roster_split", "roster_waiting",
                 "roster_units", "roster_versions", "roster_freeze", "roster_imports", "roster_template"),
        trainee: ("trainee_detail", "trainee_edit", "trainee_withdraw", "trainee_replace", "trainee_code"),
        trainee.unit: ("unit_edit", "unit_end"), version: ("roster_version",),
        imported: ("roster_import", "roster_match", "roster_returned"), written: ("roster_undo",),
    }  # fmt: skip
    posts = {
        course: ("trainee_move", "roster_call"), trainee: ("trainee_return",),
        imported: ("roster_answer", "roster_missing_units", "roster_choose", "roster_again", "roster_commit", "roster_drop"),
    }  # fmt: skip

    def addresses(names):
        return [reverse(name, args=[record.pk]) for record, of in names.items() for name in of]

    return [*addresses(reads), reverse("unit_list"), reverse("unit_add")], [
        *addresses(posts), reverse("units_of_groups"),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "supervisor", "approver", "viewer"])
def test_other_roles_are_refused_in_a_sentence(client, course, role):
    reads, posts = everything(make_admin(course.ward), course)
    client.force_login(make_user(role, course.ward))
    for url in reads:
        answer = client.get(url)
        assert answer.status_code == 403, url
        assert "Việc này thuộc về: Quản trị" in text(answer)
    for url in posts:
        assert client.post(url).status_code == 403, url


def test_every_page_opens_for_the_admin_of_the_ward_and_for_one_of_every_ward(client, course):
    reads, _ = everything(make_admin(course.ward), course)
    for admin in (make_admin(course.ward), make_admin()):
        client.force_login(admin)
        for url in reads:
            assert client.get(url).status_code == 200, url


def test_another_ward_finds_nothing(client, course):
    reads, posts = everything(make_admin(course.ward), course)
    client.force_login(make_admin(make_ward()))
    open_to = {reverse("unit_list"), reverse("unit_add")}
    for url in reads:
        assert client.get(url).status_code == (200 if url in open_to else 404), url
    for url in posts:
        assert client.post(url).status_code == 404, url
    assert Trainee.objects.count() == 2


def test_the_list_is_by_given_name_filtered_and_searched_without_marks(client, admin, course):
    first, second = make_class(course, name="Lớp Một"), make_class(course, name="Lớp Hai")
    unit = make_unit(course.ward, name="Hội Phụ nữ")
    make_trainee(course, full_name="Lê Thị Ân", training_class=first, phone="0912345678")
    make_trainee(course, full_name="Lê Thị An", training_class=second, group="communication")
    make_trainee(course, full_name="Lê Thị Ánh", unit=unit)
    make_trainee(course, full_name="Lê Thị Bình", state="waiting", waiting_since=now())
    make_trainee(
        course, full_name="Lê Thị Cũ", state="withdrawn", withdrawn_on=date(2026, 12, 1), withdraw_reason="ốm"
    )

    def names(**filters):
        return [
            each.full_name
            for each in client.get(reverse("roster", args=[course.pk]), filters).context["page"]
        ]

    assert names() == ["Lê Thị An", "Lê Thị Ánh", "Lê Thị Ân", "Lê Thị Bình"]
    assert names(q="le thi an") == ["Lê Thị An", "Lê Thị Ánh", "Lê Thị Ân"]
    assert names(q="0912") == ["Lê Thị Ân"]
    assert names(lop=first.pk) == ["Lê Thị Ân"]
    assert names(lop="chua") == ["Lê Thị Ánh"]
    assert names(nhom="communication") == ["Lê Thị An"]
    assert names(**{"don-vi": unit.pk}) == ["Lê Thị Ánh"]
    assert names(**{"trang-thai": "withdrawn"}) == ["Lê Thị Cũ"]
    assert names(lop="'; DROP", nhom="?", trang="x", **{"don-vi": "9" * 40}) == names()
    page = text(client.get(reverse("roster", args=[course.pk])))
    assert "chờ, thứ 1" in page


def test_queries_of_the_list_do_not_grow(client, admin, course, django_assert_max_num_queries):
    held = make_class(course)
    units = [make_unit(course.ward) for _ in range(10)]
    for number in range(60):
        make_trainee(course, full_name=f"Lê Văn {number}", unit=units[number % 10], training_class=held)
        make_trainee(
            course,
            full_name=f"Lê Chờ {number}",
            unit=units[number % 10],
            state="waiting",
            waiting_since=now(),
        )
    names = (
        "roster",
        "roster_units",
        "roster_waiting",
        "roster_versions",
        "trainee_from_users",
        "roster_split",
        "roster_imports",
    )
    client.get(reverse("roster", args=[course.pk]))
    for name in names:
        with django_assert_max_num_queries(12):
            client.get(reverse(name, args=[course.pk]))


def test_the_list_is_taken_away_with_a_reason(client, admin, course):
    make_trainee(course, full_name="=1+1", phone="0912345678")
    url = reverse("roster_export", args=[course.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    lines = lines_of(client.post(url, {"reason": REASON}))
    assert lines[0]["Họ và tên"] == "=1+1"
    assert lines[0]["Điện thoại"] == "0912345678"
    assert Event.objects.get(act="roster.export").reason == REASON


def person(unit, **values):
    return {
        "full_name": "Lê Văn Út", "unit": unit.pk, "birth_year": "1985", "birth_date": "", "sex": "male",
        "position": "group_leader", "position_note": "", "group": "poverty", "ethnicity": "", "is_salaried": "",
        "phone": "", "note": "", "training_class": "", "user": "",
    } | values  # fmt: skip


def test_added_by_hand_and_told_where_it_is_wrong(client, admin, course):
    unit, url = make_unit(course.ward), reverse("trainee_add", args=[course.pk])
    answer = client.post(url, person(unit, phone="12", birth_date="31/02/1985", sex=""))
    assert answer.status_code == 422
    assert {"phone", "birth_date", "sex"} <= set(answer.context["form"].errors)
    assert client.post(url, person(unit, birth_date="05/12/1984")).status_code == 422
    assert client.post(url, person(unit, full_name=SCRIPT, phone="091 234 5678")).status_code == 302
    made = course.trainees.get()
    assert (made.phone, made.is_salaried) == ("0912345678", None)
    assert SCRIPT not in text(client.get(reverse("roster", args=[course.pk])))
    asks = 'type="checkbox" name="is_other"'
    assert asks not in text(client.get(url))
    again = client.post(url, person(unit, full_name=SCRIPT))
    assert asks in text(again)
    assert "là người khác" in str(again.context["form"].errors["full_name"])
    assert client.post(url, person(unit, full_name=SCRIPT, is_other="on")).status_code == 302
    assert client.post(url, person(unit, full_name="B", phone="0912345678")).context["form"].errors["phone"]
    assert client.post(url, person(make_unit(make_ward()))).context["form"].errors["unit"]


def test_a_full_course_says_the_place_in_line(client, admin):
    course = make_course(admin.areas.get(), seats=1)
    unit, url = make_unit(course.ward), reverse("trainee_add", args=[course.pk])
    client.post(url, person(unit))
    answer = client.post(url, person(unit, full_name="Trần Bê"), follow=True)
    assert "chờ, đứng thứ 1" in text(answer)
    first = course.trainees.enrolled().get()
    leave = reverse("trainee_withdraw", args=[first.pk])
    answer = client.post(leave, {"reason": "ốm", "on": "01/11/2026", "version": 1}, follow=True)
    assert "Gọi từ danh sách chờ: Trần Bê" in text(answer)
    assert client.post(leave, {"reason": "ốm", "on": "01/01/2099", "version": 2}).status_code == 422


def test_accounts_are_added_several_at_once(client, admin, course):
    group = make_group(course.ward)
    unit = make_unit(course.ward, area=group)
    officers = [make_user("officer", group, full_name=f"Phan Thị {name}", phone=f"091234567{at}")
                for at, name in enumerate(("An", "Bê", "Cam"))]  # fmt: skip
    stranger = make_user("officer", make_group(), full_name="Người Xa")
    url = reverse("trainee_from_users", args=[course.pk])
    page = text(client.get(url))
    assert "Phan Thị An" in page
    assert "Người Xa" not in page
    chosen = [officers[0].pk, officers[2].pk]
    data = {"chon": [*chosen, stranger.pk]}
    for pk in chosen:
        data |= {
            f"u{pk}-sex": "female",
            f"u{pk}-position": "collaborator",
            f"u{pk}-group": "poverty",
            f"u{pk}-unit": unit.pk,
        }
    wrong = client.post(url, {**data, f"u{chosen[0]}-sex": ""})
    assert wrong.status_code == 422
    assert not course.trainees.exists()
    assert client.post(url, data).status_code == 302
    made = course.trainees.in_order()
    assert [(each.full_name, each.user, each.unit, each.phone) for each in made] == [
        (officers[0].full_name, officers[0], unit, "0912345670"), (officers[2].full_name, officers[2], unit, "0912345672"),
    ]  # fmt: skip
    assert "Phan Thị An" not in text(client.get(url))


def test_two_admins_at_one_trainee(client, admin, course):
    trainee = make_trainee(course, phone="0912345678")
    url = reverse("trainee_edit", args=[trainee.pk])
    old = person(trainee.unit, full_name=trainee.full_name, phone="0900000001", version=1)
    Trainee.objects.filter(pk=trainee.pk).update(phone="0900000009", version=2)
    answer = client.post(url, old)
    assert answer.status_code == 422
    assert "điện thoại: 0900000009" in text(answer)
    trainee.refresh_from_db()
    assert trainee.phone == "0900000009"
    assert client.post(url, {**old, "version": 2}).status_code == 302
    for name, data in (
        ("trainee_withdraw", {"reason": "ốm", "on": "01/11/2026"}),
        ("trainee_code", {"reason": "mất thẻ"}),
    ):
        assert client.post(reverse(name, args=[trainee.pk]), {**data, "version": 1}).status_code == 302
        assert client.post(reverse(name, args=[trainee.pk]), data).status_code == 422
    client.post(reverse("trainee_return", args=[trainee.pk]))
    trainee.refresh_from_db()
    assert (trainee.version, trainee.state) == (3, "enrolled")


def test_a_trainee_with_their_history_and_another_code(client, admin, course):
    trainee = make_trainee(course)
    old = trainee.code
    client.post(reverse("trainee_code", args=[trainee.pk]), {"reason": f"mất {SCRIPT}", "version": 1})
    client.post(
        reverse("trainee_edit", args=[trainee.pk]),
        person(trainee.unit, full_name="Lê Thị Đổi", version=2, phone="0912345678"),
    )
    trainee.refresh_from_db()
    page = text(client.get(reverse("trainee_detail", args=[trainee.pk])))
    assert old not in page
    assert trainee.code in page
    assert "Cấp mã vào lớp" in page
    assert "<ins>0912345678</ins>" in page
    assert SCRIPT not in page


def test_a_replacement_page(client, admin, course):
    trainee = make_trainee(course, training_class=make_class(course))
    data = person(trainee.unit, version=1, reason="đi xa", on="01/11/2026")
    assert (
        client.post(reverse("trainee_replace", args=[trainee.pk]), {**data, "reason": ""}).status_code == 422
    )
    assert client.post(reverse("trainee_replace", args=[trainee.pk]), data).status_code == 302
    new = course.trainees.enrolled().get()
    assert (new.full_name, new.training_class) == ("Lê Văn Út", trainee.training_class)
