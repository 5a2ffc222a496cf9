"""The register on screen."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from households.models import Household, Member
from tests.households.factories import make_household, make_member, make_status
from thanhsen.models import Event


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    "typed", ["nguyen thi dao", "ĐÀO", "Đào Nguyễn", "042180001234", "1234", "h0", "nguyễn thị đào "]
)
def test_search_ignores_marks_case_and_word_order(ward, typed):
    page = text(ward.as_officer.get(reverse("household_list"), {"q": typed}))
    assert "Nguyễn Thị Đào" in page


@pytest.mark.parametrize(
    "typed", ["daoo", "' OR 1=1 --", "%", "\\", "<script>alert(1)</script>", "\x00", "๛", "x" * 5000]
)
def test_a_search_for_nothing_says_what_to_do(ward, typed):
    response = ward.as_officer.get(reverse("household_list"), {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in text(response)


def test_an_exact_code_opens_the_household(ward):
    response = ward.as_officer.get(reverse("household_list"), {"q": ward.household.code.lower()})
    assert response.url == reverse("household_detail", args=[ward.household.pk])


def test_lists_sort_as_vietnamese_people_sort(ward):
    for name in ("Lê Văn Dũng", "Lê Văn Đạt", "Lê Văn Ân", "Lê Văn An", "Lê Văn Ánh"):
        make_household(ward.group, head={"full_name": name})
    page = ward.as_officer.get(reverse("household_list"), {"q": "le van"}).context["page"]
    assert [each.head_name.split()[-1] for each in page] == ["An", "Ánh", "Ân", "Dũng", "Đạt"]


def test_a_search_that_fits_thousands_shows_the_first_and_asks_for_more(ward, monkeypatch):
    monkeypatch.setattr(type(Member.objects.all()), "MANY", 0)
    for name in ("Lê Văn Ân", "Lê Văn An"):
        make_household(ward.group, head={"full_name": name})
    make_household(ward.other, head={"full_name": "Lê Văn Xa"})
    response = ward.as_officer.get(reverse("household_list"), {"q": "le van"})
    assert [each.head_name for each, _, _ in response.context["rows"]] == ["Lê Văn An", "Lê Văn Ân"]
    assert "Gõ thêm họ tên" in text(response)


@pytest.mark.parametrize("typed", ["²", "٣", "-1", "99999999999999999999999", "1;", "\x00"])
def test_a_mistyped_filter_is_no_filter(ward, typed):
    for name, address in (
        ("to", "household_list"),
        ("trang", "household_list"),
        ("dot", "sheet_list"),
        ("to", "sheet_list"),
    ):
        assert ward.as_officer.get(reverse(address), {name: typed}).status_code == 200
    assert (
        ward.as_officer.post(reverse("sheet_start", args=[ward.household.pk]), {"round": typed}).status_code
        == 404
    )


@pytest.mark.parametrize("typed", ["²", "abc", "-1", "1\x00", "99999999999999999999999"])
def test_a_mistyped_way_back_leads_to_the_household(ward, typed):
    url = reverse("member_edit", args=[ward.household.members.get().pk])
    assert ward.as_officer.get(url, {"phieu": typed}).status_code == 200
    assert ward.as_supervisor.get(reverse("event_list"), {"truoc": typed}).status_code == 200


def test_an_officer_sees_only_the_given_areas(ward):
    assert ward.as_officer.get(reverse("household_detail", args=[ward.household.pk])).status_code == 200
    assert ward.as_officer.get(reverse("household_detail", args=[ward.elsewhere.pk])).status_code == 404
    assert ward.as_supervisor.get(reverse("household_detail", args=[ward.elsewhere.pk])).status_code == 200
    found = ward.as_officer.get(reverse("household_list")).context["page"]
    assert [each.pk for each in found] == [ward.household.pk]


@pytest.mark.parametrize("who", ["as_admin", "as_viewer"])
def test_no_household_detail_without_the_right_and_the_reason_is_told(ward, who):
    response = getattr(ward, who).get(reverse("household_detail", args=[ward.household.pk]))
    assert response.status_code == 403
    assert "không được xem chi tiết hộ gia đình" in text(response)
    assert ward.household.code not in text(response)


def test_who_looked_is_in_the_trail_and_the_number_is_masked(ward):
    page = text(ward.as_officer.get(reverse("household_detail", args=[ward.household.pk])))
    assert "042•••••1234" in page
    assert "042180001234" not in page
    assert Event.objects.get(act="household.view").records == [ward.household.pk]


HEAD = {
    "head-full_name": "Trần Thị Mới", "head-sex": "female", "head-birth_year": "1970", "head-ethnicity": "01",
    "head-has_insurance": "true",
}  # fmt: skip


def new_household(ward, **changes) -> dict:
    return {
        "area": ward.group.pk, "address": "5 Lý Tự Trọng", "opened_date": "1/9/2026", "opened_reason": "registered",
        "request_id": str(uuid4()), **HEAD, **changes,
    }  # fmt: skip


def test_a_household_is_typed_in_once_however_often_it_is_sent(ward):
    data = new_household(ward)
    for _ in range(2):
        response = ward.as_officer.post(reverse("household_create"), data)
        assert response.status_code == 302
    assert Household.objects.filter(address="5 Lý Tự Trọng").count() == 1
    assert Member.objects.get(full_name="Trần Thị Mới").has_insurance is True


BAD = [
    ({"phone": "123"}, "Số điện thoại gồm 10 chữ số"),
    ({"floor_area": "rộng"}, "Không phải là số"),
    ({"floor_area": "99999999999"}, "Số dài quá"),
    ({"floor_area": "-3"}, "Diện tích nhà ở từ 0 đến 5.000 m²"),
    ({"opened_date": "32/13/2026"}, "Ngày không đúng"),
    ({"opened_date": "01/01/2099"}, "tương lai"),
    ({"area": "999999"}, "không có trong danh sách"),
    ({"area": "'; DROP TABLE"}, "không có trong danh sách"),
    ({"head-full_name": ""}, "Chưa nhập ô này"),
    ({"head-full_name": "Tên\x00xấu"}, "ký tự không in được"),
    ({"head-full_name": "Ng\ufffdn"}, "sai bảng mã"),
    ({"head-full_name": "x" * 500}, "Dài quá"),
    ({"head-birth_year": "1850"}, "Năm sinh phải từ 1900"),
    ({"head-birth_year": ""}, "Ghi năm sinh"),
    ({"head-birth_year": "1970", "head-birth_date": "02/03/1971"}, "không khớp"),
    ({"head-cccd": "42180001234"}, "mất số 0 ở đầu"),
    ({"head-cccd": "abc"}, "đúng 12 chữ số"),
    ({"head-cccd": "042070009999"}, "không khớp với giới tính"),
    ({"head-cccd": "042180001234", "head-cccd_note": "giấy tờ đúng"}, "đã có người khác trong sổ dùng"),
    ({"request_id": "không phải uuid"}, ""),
]


@pytest.mark.parametrize(("changes", "sentence"), BAD)
def test_bad_input_gets_a_sentence_and_writes_nothing(ward, changes, sentence):
    before = Household.objects.count(), Member.objects.count()
    response = ward.as_officer.post(reverse("household_create"), new_household(ward, **changes))
    assert response.status_code == 422
    assert sentence in text(response)
    assert (Household.objects.count(), Member.objects.count()) == before


def test_an_officer_cannot_put_a_household_in_a_foreign_area(ward):
    response = ward.as_officer.post(reverse("household_create"), new_household(ward, area=ward.other.pk))
    assert response.status_code == 422
    assert ward.as_officer.post(reverse("member_create", args=[ward.elsewhere.pk]), {}).status_code == 404


def form_data(client, url) -> dict:
    """What a browser would send of the form at `url` unchanged."""
    form = client.get(url).context["form"]
    data = {}
    for field in form:
        value = field.value()
        if value is True:
            data[field.html_name] = "on"
        elif value not in (None, False):
            data[field.html_name] = (
                f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value).replace(".", ",")
            )
    return data


def test_the_second_to_save_sees_both_and_nothing_is_lost(ward):
    url = reverse("household_edit", args=[ward.household.pk])
    mine, theirs = form_data(ward.as_officer, url), form_data(ward.as_supervisor, url)
    assert ward.as_supervisor.post(url, {**theirs, "address": "14 Hàm Nghi"}).status_code == 302
    response = ward.as_officer.post(url, {**mine, "address": "12 Phan Đình Phùng"})
    assert response.status_code == 409
    assert "14 Hàm Nghi" in text(response)
    assert 'value="12 Phan Đình Phùng"' in text(response)
    assert Household.objects.get(pk=ward.household.pk).address == "14 Hàm Nghi"
    again = {**mine, "address": "12 Phan Đình Phùng", "version": response.context["form"].data["version"]}
    assert ward.as_officer.post(url, again).status_code == 302
    assert Household.objects.get(pk=ward.household.pk).address == "12 Phan Đình Phùng"


@pytest.mark.parametrize("page", ["household_edit", "member_edit"])
@pytest.mark.parametrize("sent", [{}, {"version": ""}, {"version": "x"}])
def test_a_save_that_does_not_say_what_was_seen_is_refused(ward, page, sent):
    member = ward.household.members.get()
    url = reverse(page, args=[ward.household.pk if page == "household_edit" else member.pk])
    data = form_data(ward.as_officer, url)
    del data["version"]
    response = ward.as_officer.post(url, {**data, "address": "x", "full_name": "Người Khác", **sent})
    assert response.status_code == 422
    assert "Tải lại trang này rồi ghi lại" in text(response)
    assert Household.objects.get(pk=ward.household.pk).address == ward.household.address
    member.refresh_from_db()
    assert member.full_name == "Nguyễn Thị Đào"


def test_a_member_is_added_and_corrected(ward):
    url = reverse("member_create", args=[ward.household.pk])
    data = {
        "full_name": "Trần Bé", "sex": "male", "birth_date": "5/6/2019", "ethnicity": "01", "relationship": "child",
        "request_id": str(uuid4()),
    }  # fmt: skip
    for _ in range(2):
        assert ward.as_officer.post(url, data).status_code == 302
    member = Member.objects.get(full_name="Trần Bé")
    assert (member.birth_year, member.birth_date) == (2019, date(2019, 6, 5))
    edit = reverse("member_edit", args=[member.pk])
    assert (
        ward.as_officer.post(edit, {**form_data(ward.as_officer, edit), "schooling": "primary"}).status_code
        == 302
    )
    member.refresh_from_db()
    assert member.schooling == "primary"


def test_the_list_of_fifty_takes_few_queries(ward, django_assert_max_num_queries):
    for _ in range(12):
        household = make_household(ward.group)
        make_member(household)
        make_status(household, "poor", date(2025, 12, 1), size=2)
    ward.as_officer.get(reverse("home"))  # once a minute a request stamps the session
    with django_assert_max_num_queries(12):
        ward.as_officer.get(reverse("household_list"), {"loai": "poor", "q": "tran"})
    with django_assert_max_num_queries(13):
        ward.as_officer.get(reverse("household_detail", args=[ward.household.pk]))
    with django_assert_max_num_queries(14):
        ward.as_officer.get(reverse("home"))
