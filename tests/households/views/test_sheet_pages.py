"""The sheet on screen: built from the standard, kept as it is filled, handed in, checked, returned."""

from uuid import uuid4

import pytest
from django.urls import reverse

from households.actions import register
from households.models import Score, Sheet
from households.poverty import load
from tests.factories import make_user
from tests.households.factories import agree, answers, approve, make_member, make_sheet, post, submit
from tests.households.views.conftest import client_of
from thanhsen.models import Event


def text(response) -> str:
    return response.content.decode()


def posted(sheet, lacking=3, **changes) -> dict:
    """What a browser sends of a fully answered sheet."""
    data = {
        "version": sheet.version, "page": str(uuid4()), "surveyed_on": "05/10/2026", "income_score": "150",
        "asked_area": sheet.household.area.area_type, "causes": ["capital"], "main_cause": "capital",
    }  # fmt: skip
    for code, answer in answers(lacking).items():
        if "lacking" in answer:
            data[code] = "lacking" if answer["lacking"] else "fine"
        else:
            data[code] = answer["value"] or ["none_of_them"]
    return {**data, **changes}


@pytest.fixture
def sheet(ward):
    ward.as_officer.post(reverse("sheet_start", args=[ward.household.pk]), {"round": ward.round.pk})
    return Sheet.objects.get()


def edit(sheet):
    return reverse("sheet_edit", args=[sheet.pk])


def test_starting_twice_is_one_sheet(ward, sheet):
    response = ward.as_officer.post(
        reverse("sheet_start", args=[ward.household.pk]), {"round": ward.round.pk}
    )
    assert response.url == edit(sheet)
    assert Sheet.objects.count() == 1


def test_the_form_is_the_standards(ward, sheet):
    page = text(ward.as_officer.get(edit(sheet)))
    for indicator in load(sheet.round.standard_id).indicators:
        assert indicator.name in page
        for option in indicator.question.options if indicator.question else ():
            assert option.label in page


def test_a_derived_indicator_says_whom_it_is_about(ward, sheet):
    make_member(ward.household, full_name="Nguyễn Văn A", has_insurance=False)
    assert "1/2 thành viên từ 6 tuổi chưa có BHYT: Nguyễn Văn A" in text(ward.as_officer.get(edit(sheet)))


def test_a_draft_without_javascript_is_kept_and_the_total_runs(ward, sheet):
    response = ward.as_officer.post(edit(sheet), {**posted(sheet, 1), "do": "save"}, follow=True)
    assert "Đã lưu nháp" in text(response)
    outcome = response.context["outcome"]
    assert (outcome.points, outcome.result.classification) == (10, "near_poor")
    assert "Nếu thêm 2 chỉ số thiếu hụt thì là hộ nghèo" in text(response)


def test_a_fragment_answers_htmx_with_the_result_and_the_new_version(ward, sheet):
    response = ward.as_officer.post(edit(sheet), posted(sheet, 3), headers={"HX-Request": "true"})
    sheet.refresh_from_db()
    assert f'value="{sheet.version}" id="id_version" hx-swap-oob="true"' in text(response)
    assert "Hộ nghèo" in text(response)
    assert "<html" not in text(response)


def test_what_reads_well_is_kept_beside_what_does_not(ward, sheet):
    response = ward.as_officer.post(edit(sheet), posted(sheet, 2, income_score="một trăm", do="submit"))
    assert response.status_code == 422
    assert "Nhập một số nguyên" in text(response)
    assert 'value="một trăm"' in text(response)
    sheet.refresh_from_db()
    assert sheet.answers["water"] == {"value": "other"}
    assert sheet.state == "draft"


@pytest.mark.parametrize(
    "changes",
    [
        {"income_score": "-1"},
        {"income_score": "99999999999999999999"},
        {"per_capita_income": "1e9"},
        {"water": "sông Hồng"},
        {"info_means": ["television", "<b>"]},
        {"causes": ["land", "x"]},
        {"main_cause": "x"},
        {"surveyed_on": "hôm qua"},
        {"surveyed_on": "01/01/2099"},
        {"note": "x" * 9000},
        {"version": "abc"},
        {"page": "abc"},
        {"insurance": "maybe"},
    ],
)
def test_bad_answers_get_a_sentence_and_no_class(ward, sheet, changes):
    response = ward.as_officer.post(edit(sheet), posted(sheet, 3, do="submit", **changes))
    assert response.status_code == 422
    assert "xem lại" in text(response)
    assert not Score.objects.exists()


def test_none_of_them_is_an_answer_and_silence_is_not(ward, sheet):
    data = posted(sheet, 0, do="submit")
    del data["info_means"]
    response = ward.as_officer.post(edit(sheet), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"info_means"}
    data |= {"info_means": ["none_of_them"], "version": Sheet.objects.get().version}
    assert ward.as_officer.post(edit(sheet), data).status_code == 302
    assert Score.objects.get().lacking == ["info_means"]


def test_one_button_confirms_what_the_portal_derived(ward, sheet):
    ward.as_officer.post(
        edit(sheet), {"version": 1, "page": str(uuid4()), "surveyed_on": "5/10/2026", "do": "confirm"}
    )
    sheet.refresh_from_db()
    assert sheet.answers["insurance"]["lacking"] is False
    assert "water" not in sheet.answers


def test_going_to_a_member_keeps_the_sheet_and_comes_back(ward, sheet):
    member = ward.household.members.get()
    response = ward.as_officer.post(edit(sheet), posted(sheet, 2, do=f"member:{member.pk}"))
    assert response.url == f"{reverse('member_edit', args=[member.pk])}?phieu={sheet.pk}"
    sheet.refresh_from_db()
    assert sheet.income_score == 150
    done = ward.as_officer.post(
        response.url,
        {
            "full_name": "Nguyễn Thị Đào",
            "sex": "female",
            "birth_year": 1980,
            "ethnicity": "01",
            "relationship": "head",
            "version": 1,
        },
    )
    assert done.url == edit(sheet)


def test_two_people_at_one_sheet(ward, sheet):
    mine, theirs = posted(sheet, 2, income_score="150"), posted(sheet, 3, income_score="99")
    assert ward.as_supervisor.post(edit(sheet), {**theirs, "do": "save"}).status_code == 302
    quiet = ward.as_officer.post(edit(sheet), mine, headers={"HX-Request": "true"})
    assert quiet.status_code == 409
    response = ward.as_officer.post(edit(sheet), {**mine, "do": "save"})
    assert response.status_code == 409
    names = {name: (typed, stored) for name, _, typed, stored in response.context["conflicts"]}
    assert names["income_score"] == ("150", "99")
    assert names["toilet"] == ("Tự hoại, bán tự hoại", "Không có nhà tiêu")
    sheet.refresh_from_db()
    assert sheet.income_score == 99
    choice = {**mine, "version": sheet.version, "take": ["toilet"], "do": "save"}
    assert ward.as_officer.post(edit(sheet), choice).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.income_score, sheet.answers["toilet"]["value"]) == (150, "none")


def test_submit_check_and_decide_on_screen(ward, sheet):
    assert ward.as_officer.post(edit(sheet), posted(sheet, 3, do="submit")).status_code == 302
    sheet.refresh_from_db()
    detail = reverse("sheet_detail", args=[sheet.pk])
    page = text(ward.as_supervisor.get(detail))
    assert "B1 150 ≤ 175 và B2 30 ≥ 30" in page
    ward.as_supervisor.post(reverse("sheet_approve", args=[sheet.pk]), {"version": sheet.version})
    url = reverse("decision_create", args=[ward.round.pk])
    assert "1 hộ trong quyết định" not in text(ward.as_chair.get(url))
    sheet.refresh_from_db()
    post(agree(sheet))
    page = text(ward.as_chair.get(url))
    assert "1 hộ trong quyết định" in page
    assert '<span class="text-muted">vào danh sách</span>' in page
    given = {
        "number": "05/QĐ-UBND",
        "date": "05/11/2026",
        "signer": "Lê Chủ Tịch",
        "request_id": str(uuid4()),
    }
    opened = text(ward.as_chair.post(url, {**given, "do": f"depart:{sheet.pk}"}))
    assert f'name="class-{sheet.pk}"' in opened
    assert 'value="05/QĐ-UBND"' in opened
    unseen = ward.as_chair.post(url, given)
    assert unseen.status_code == 422
    assert "xem lại danh sách bên dưới" in text(unseen)
    given |= {f"class-{sheet.pk}": "near_poor", f"reason-{sheet.pk}": "", "seen": unseen.context["seen"]}
    refused = ward.as_chair.post(url, given)
    assert refused.status_code == 422
    assert "phải ghi lý do" in text(refused)
    response = ward.as_chair.post(url, {**given, f"reason-{sheet.pk}": "có lương hưu mới"}, follow=True)
    assert "Hộ cận nghèo" in text(response)
    assert "có lương hưu mới" in text(response)
    assert ward.household.statuses.get().classification == "near_poor"


def test_a_return_names_the_question_and_the_officer_sees_it_there(ward, sheet):
    ward.as_officer.post(edit(sheet), posted(sheet, 3, do="submit"))
    sheet.refresh_from_db()
    url = reverse("sheet_return", args=[sheet.pk])
    assert "ít nhất một nhận xét" in text(
        ward.as_supervisor.post(url, {"version": sheet.version}, follow=True)
    )
    ward.as_supervisor.post(url, {"version": sheet.version, "remark-water": "Giếng này đã có nắp"})
    page = ward.as_officer.get(edit(sheet))
    assert page.context["remarks"]["water"][0].text == "Giếng này đã có nắp"
    assert "Giếng này đã có nắp" in text(page)


def test_the_path_of_a_sheet_keeps_its_returns(ward, sheet):
    ward.as_officer.post(edit(sheet), posted(sheet, 3, do="submit"))
    sheet.refresh_from_db()
    returned = {"version": sheet.version, "remark-": "Thiếu chữ ký của hộ"}
    ward.as_supervisor.post(reverse("sheet_return", args=[sheet.pk]), returned)
    sheet.refresh_from_db()
    ward.as_officer.post(edit(sheet), posted(sheet, 3, do="submit"))
    assert "Thiếu chữ ký của hộ" in text(ward.as_supervisor.get(reverse("sheet_detail", args=[sheet.pk])))


def test_rights_over_a_sheet(ward, sheet):
    ward.as_officer.post(edit(sheet), posted(sheet, 3, do="submit"))
    sheet.refresh_from_db()
    approve_url = reverse("sheet_approve", args=[sheet.pk])
    assert ward.as_officer.post(approve_url, {"version": sheet.version}).status_code == 403
    assert ward.as_admin.get(reverse("sheet_detail", args=[sheet.pk])).status_code == 403
    stranger = client_of(make_user("officer", ward.other))
    assert stranger.get(reverse("sheet_detail", args=[sheet.pk])).status_code == 404
    assert stranger.get(edit(sheet)).status_code == 404
    assert ward.as_officer.get(approve_url).status_code == 405
    assert ward.as_supervisor.post(reverse("decision_create", args=[ward.round.pk]), {}).status_code == 403


def test_a_supervisor_does_not_approve_an_own_sheet(ward):
    own = submit(make_sheet(ward.round, ward.household, ward.supervisor), ward.supervisor)
    response = ward.as_supervisor.post(
        reverse("sheet_approve", args=[own.pk]), {"version": own.version}, follow=True
    )
    assert "cần một người khác duyệt" in text(response)
    own.refresh_from_db()
    assert own.state == "submitted"


def test_a_stale_approval_is_refused(ward, sheet):
    ward.as_officer.post(edit(sheet), posted(sheet, 3, do="submit"))
    response = ward.as_supervisor.post(reverse("sheet_approve", args=[sheet.pk]), {"version": 1}, follow=True)
    assert "vừa thay đổi" in text(response)
    sheet.refresh_from_db()
    assert sheet.state == "submitted"


def test_a_handed_in_sheet_is_not_edited_by_address(ward, sheet):
    ward.as_officer.post(edit(sheet), posted(sheet, 3, do="submit"))
    sheet.refresh_from_db()
    response = ward.as_officer.post(edit(sheet), posted(sheet, 0, do="save"), follow=True)
    assert "không còn sửa được" in text(response)
    assert Sheet.objects.get().score.classification == "poor"


def test_a_typed_score_is_confirmed_on_the_page_that_says_where_the_household_lies_now(ward, sheet):
    before = posted(sheet)
    assert ward.as_officer.post(edit(sheet), {**before, "do": "save"}).status_code == 302
    ward.group.area_type = "rural"
    ward.group.save()
    sheet.refresh_from_db()
    page = text(ward.as_officer.get(edit(sheet)))
    assert 'name="asked_area" value="rural"' in page
    assert "Điểm 150 ghi theo mẫu thành thị; hộ nay thuộc địa bàn nông thôn" in page
    now = {**posted(sheet), "asked_area": "rural", "version": sheet.version, "do": "submit"}
    refused = ward.as_officer.post(edit(sheet), now)
    assert refused.status_code == 422
    assert 'name="holds" value="income_score"' in text(refused)
    sheet.refresh_from_db()
    assert sheet.income_score == 150
    now |= {"version": sheet.version, "holds": ["income_score"]}
    old_page = {**now, "asked_area": "urban"}
    assert ward.as_officer.post(edit(sheet), old_page).status_code == 422
    sheet.refresh_from_db()
    now |= {"version": sheet.version}
    assert ward.as_officer.post(edit(sheet), now).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, sheet.score.classification) == ("submitted", "not_poor")


def test_a_reason_is_confirmed_again_on_the_page(ward, sheet):
    member = ward.household.members.get()
    register.update_member(by=ward.officer, member=member, version=None, values={"has_insurance": False})
    data = posted(sheet, insurance="fine", insurance_reason="Đã xem thẻ", do="save")
    assert ward.as_officer.post(edit(sheet), data).status_code == 302
    make_member(ward.household, birth_year=1999, has_insurance=False)
    assert 'name="holds" value="insurance"' in text(ward.as_officer.get(edit(sheet)))
    sheet.refresh_from_db()
    data |= {"version": sheet.version, "do": "submit"}
    refused = ward.as_officer.post(edit(sheet), data)
    assert refused.status_code == 422
    assert "Xác nhận lại: lý do “Đã xem thẻ”" in text(refused)
    sheet.refresh_from_db()
    data |= {"version": sheet.version, "holds": ["insurance"]}
    assert ward.as_officer.post(edit(sheet), data).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == "submitted"


def test_pages_stay_within_their_queries(ward, sheet, django_assert_max_num_queries):
    for _ in range(6):
        make_member(ward.household)
    with django_assert_max_num_queries(12):
        ward.as_officer.get(edit(sheet))
    data = posted(sheet, 3, do="save")
    with django_assert_max_num_queries(14):  # with its savepoints
        ward.as_officer.post(edit(sheet), data)
    sheet.refresh_from_db()
    submitted = submit(sheet, ward.officer)
    approve(submitted, ward.supervisor)
    with django_assert_max_num_queries(16):  # with its returns, votes, postings and complaints
        ward.as_supervisor.get(reverse("sheet_detail", args=[sheet.pk]))
    with django_assert_max_num_queries(12):
        ward.as_supervisor.get(reverse("sheet_list"))
    with django_assert_max_num_queries(12):
        ward.as_supervisor.get(reverse("round_detail", args=[ward.round.pk]))
    with django_assert_max_num_queries(13):
        ward.as_chair.get(reverse("decision_create", args=[ward.round.pk]))


def test_reading_a_sheet_leaves_a_trace(ward, sheet):
    ward.as_officer.get(edit(sheet))
    assert Event.objects.get(act="sheet.view").records == [sheet.pk]
