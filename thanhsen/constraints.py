"""From a constraint the database refused to the Vietnamese sentence a person reads.

The database is the one validator that nothing gets round; this module only finds its message. A sentence
stands beside its constraint in the model; triggers, which Django does not know, have theirs here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

TRIGGERS = {
    "household_has_a_head": "Hộ phải luôn có đúng một chủ hộ. Chọn chủ hộ mới trước khi cho chủ hộ cũ rời hộ.",
    "household_keeps_its_code": "Mã hộ đã cấp thì không đổi.",
    "household_area_is_group": "Hộ phải thuộc một tổ dân phố.",
    "total_area_is_group": "Tổng số hộ được nhập theo tổ dân phố.",
    "status_area_is_group": "Phân loại phải gắn với một tổ dân phố.",
    "target_ward_is_ward": "Chỉ tiêu giảm nghèo thuộc về một phường.",
    "round_ward_is_ward": "Đợt rà soát thuộc về một phường.",
    "decision_ward_is_ward": "Quyết định thuộc về một phường.",
    "area_practice_stays_apart": "Nơi thực hành và nơi thật không nằm trong nhau và không đổi thành nhau.",
    "user_areas_of_practice_stay_apart": "Tài khoản thực hành chỉ gắn với nơi thực hành, tài khoản thật chỉ gắn với nơi thật.",
    "user_practice_stays_with_its_owner": "Tài khoản thực hành không chuyển được sang người khác hoặc thành tài khoản thật.",
    "household_stays_in_its_world": "Hộ thực hành và hộ thật không chuyển lẫn sang nhau được.",
    "member_of_practice_has_no_number": "Người bịa ra để thực hành không có số CCCD, CMND: để trống ô này.",
    "area_parent_is_one_level_up": "Phường phải thuộc một tỉnh, tổ dân phố phải thuộc một phường.",
    "sheet_takes_its_steps": "Phiếu không ở bước làm được việc này. Mở lại phiếu để xem trạng thái mới nhất.",
    "sheet_is_locked": "Phiếu đã nộp nên không sửa được. Nhờ người duyệt trả lại phiếu rồi sửa.",
    "listing_takes_its_steps": "Hộ không ở bước làm được việc này trong danh sách rà soát. Mở lại trang để xem bước hiện nay.",
    "sheet_household_is_listed": "Hộ chưa có trong danh sách của đợt, hoặc có đơn mà chưa qua Phiếu A, nên chưa lập Phiếu B được.",
    "sheet_meeting_agreed": "Hộ chưa được họp tổ dân phố với từ 50 % người dự họp đồng ý trở lên.",
    "sheet_complaints_are_settled": "Hộ còn khiếu nại chưa phúc tra xong. Ghi kết quả phúc tra trước.",
    "sheet_is_on_the_posting": "Hộ chưa có tên trong danh sách niêm yết.",
    "sheet_has_a_complaint": "Ghi khiếu nại về hộ trước, rồi hộ mới chuyển sang phúc tra.",
    "sheet_opinion_is_asked_for": "Đợt này không xin ý kiến tỉnh. Ban hành quyết định khi hết niêm yết.",
    "sheet_posting_is_over": "Danh sách còn đang niêm yết. Chờ hết ngày niêm yết rồi làm bước sau.",
    "sheet_opinion_is_answered": "Chưa có văn bản trả lời của tỉnh. Ghi văn bản trả lời trước khi quyết định.",
    "sheet_decided_in_its_round": "Phiếu chỉ được quyết định trong đợt của nó.",
    "sheet_decided_by_another": "Người nộp phiếu, hoặc người duyệt phiếu khi phường quy định tách bạch, không tự mình quyết định. Nhờ người khác ban hành.",
    "sheet_result_is_handed_out": "Cấp giấy chứng nhận hoặc ghi thông báo trả lời hộ trước.",
    "complaint_is_settled_once": "Khiếu nại này đã có kết quả phúc tra; có ý kiến mới thì ghi khiếu nại mới.",
    "complaint_rechecked_by_another": "Người nộp phiếu không tự phúc tra phiếu của mình. Nhờ người khác phúc tra.",
    "certificate_is_only_revoked": "Giấy đã vào sổ thì không sửa; chỉ thu hồi hoặc cấp lại.",
    "meeting_area_is_group": "Họp theo từng tổ dân phố.",
    "posting_area_is_group": "Niêm yết theo từng tổ dân phố.",
    "certificate_ward_is_ward": "Giấy chứng nhận do một phường cấp.",
    "template_stays_as_it_was": "Mẫu đã tải lên thì không sửa, không xoá; tải lên mẫu mới hoặc thôi dùng mẫu này.",
    "sheet_stays_put": "Phiếu không chuyển được sang hộ hoặc đợt khác.",
    "points_table_stays_as_loaded": "Bảng điểm đã nạp thì không sửa được; có sai thì thu hồi rồi nạp bảng đúng.",
    "sheet_points_table_fits": "Bảng điểm này không áp dụng cho phiếu: khác chuẩn, chưa đến ngày áp dụng hoặc đã thu hồi.",
    "status_corrected_by_another": "Người nộp phiếu, hoặc người duyệt phiếu khi phường quy định tách bạch, không tự mình đính chính. Nhờ người khác ban hành.",
    "status_household_is_present": "Hộ đã ra khỏi sổ nên không có phân loại mới. Mở lại trang để xem danh sách hiện nay.",
    "status_only_ends": "Phân loại đã có quyết định thì không sửa được; cần một quyết định mới.",
    "status_ends_once": "Phân loại này đã hết hiệu lực từ trước; mở lại trang để xem phân loại hiện nay.",
    "status_voided_has_a_cause": "Không bỏ được một dòng phân loại khi chưa có dòng khác thay.",
    "status_year_is_open": "Năm này đã khoá sổ nên phân loại của năm không đổi nữa. Ghi theo ngày hôm nay và nêu ngày thật trong lý do.",
    "household_year_is_open": "Năm này đã khoá sổ nên không đưa hộ vào hoặc ra khỏi sổ trong năm đó nữa. Ghi theo ngày hôm nay và nêu ngày thật trong lý do.",
    "member_year_is_open": "Năm này đã khoá sổ nên không ghi người vào hoặc rời hộ trong năm đó nữa. Ghi theo ngày hôm nay và nêu ngày thật trong lý do.",
    "life_event_year_is_open": "Năm này đã khoá sổ nên không ghi hoặc huỷ sự kiện của năm đó nữa. Ghi một sự kiện theo ngày hôm nay và nêu ngày thật trong lý do.",
    "decision_year_is_open": "Năm này đã khoá sổ nên không ban hành quyết định đề ngày trong năm đó nữa. Đề ngày hôm nay và nêu ngày thật trong lý do.",
    "certificate_year_is_open": "Năm này đã khoá sổ nên sổ giấy chứng nhận của năm không thêm nữa. Cấp giấy đề ngày hôm nay.",
    "total_year_is_open": "Năm này đã khoá sổ nên tổng số hộ của năm không sửa nữa. Nhập cho năm đang mở.",
    "life_event_is_only_undone": "Sự kiện đã ghi thì không sửa; huỷ sự kiện rồi ghi lại.",
    "year_ward_is_ward": "Khoá sổ theo từng phường.",
    "not_same_is_only_taken_back": "Điều đã ghi về hai người thì không sửa; bỏ ghi rồi ghi lại.",
    "support_is_only_voided": "Khoản hỗ trợ đã ghi thì không sửa, không xoá; bỏ khoản ghi nhầm rồi ghi lại.",
    "receipt_is_only_voided": "Lần nhận đã ghi thì không sửa; bỏ lần ghi nhầm rồi ghi lại.",
    "support_fits_programme": "Khoản hỗ trợ không khớp với chương trình: xem lại người hưởng và ngày.",
    "support_once_whoever_holds": "Hộ này, người này đã được giao chương trình này trong kỳ, ở dòng ghi trùng hoặc ở hộ trước; mỗi kỳ chỉ hưởng một lần.",
    "receipt_fits_support": "Khoản này đã bỏ, hoặc hưởng từ sau ngày nhận đã ghi. Tải lại trang rồi xem lại ngày nhận.",
    "budget_of_a_line": "Kinh phí ghi cho bản đầu tiên của chương trình; mở bản đó rồi ghi.",
    "programme_ends_after_what_it_gave": "Đã giao hỗ trợ từ ngày này hoặc sau đó; chọn ngày kết thúc muộn hơn, hoặc bỏ các khoản giao nhầm trước.",
    "programme_line_is_of_a_kind": "Các bản nối tiếp của một chương trình phải cùng chính sách và cùng cách tính (theo hộ hoặc theo người).",
    "programme_used_only_ends": "Chương trình đã dùng để giao hỗ trợ nên không sửa; lập bản thay thế từ ngày mới.",
    "step_of_agreed_plan_is_kept": "Kế hoạch đã ký nên các việc giữ nguyên: ghi kết quả, thôi có lý do, hoặc lập kế hoạch mới.",
    "step_of_closed_plan_is_kept": "Kế hoạch này đã kết thúc nên các việc giữ nguyên. Ghi vào kế hoạch đang mở của hộ.",
    "step_result_within_its_plan": "Chỉ ghi kết quả của kế hoạch đã ký, với ngày không trước ngày lập kế hoạch.",
    "step_fits_its_household": "Nhu cầu, khoản hỗ trợ của một việc phải của chính hộ này.",
    "step_for_an_open_need": "Nhu cầu này đã hết. Chọn nhu cầu đang mở, hoặc để việc này là việc chung.",
    "plan_review_stays_as_it_was": "Lần xem lại đã ghi thì không sửa; bỏ lần ghi nhầm rồi ghi lại.",
    "plan_ends_after_its_results": "Đã có kết quả hoặc lần xem lại sau ngày này; kế hoạch chỉ kết thúc từ ngày đó trở đi.",
    "plan_agreed_is_kept": "Kế hoạch đã ký với gia đình thì không sửa; lập kế hoạch mới thay thế.",
    "support_area_is_group": "Hỗ trợ ghi theo tổ dân phố của hộ.",
    "project_programme_of_its_ward": "Chương trình phải của chính phường có mô hình.",
    "participation_fits_project": "Hộ phải ở phường của mô hình, tham gia từ ngày mô hình bắt đầu đến ngày kết thúc.",
    "project_keeps_its_households": "Đã có hộ tham gia ngoài khoảng ngày này. Chọn ngày bao trùm các hộ đã ghi.",
    "participation_fits_its_support": "Khoản hỗ trợ này của hộ khác; chọn khoản của chính hộ.",
    "participation_left_stays": "Hộ đã ra khỏi mô hình nên phần của hộ giữ nguyên; chỉ ghi thêm thu nhập sau.",
    "follow_up_within_participation": "Chỉ ghi theo dõi các tháng hộ ở trong mô hình, ngày xem không trước tháng đó và không sau ngày hộ ra.",
    "participation_keeps_its_follow_ups": "Hộ đã được ghi theo dõi sau ngày này. Chọn ngày muộn hơn, hoặc ghi là nhầm.",
    "shock_ward_is_ward": "Biến cố được ghi cho một phường.",
    "shock_area_of_its_ward": "Biến cố chỉ ghi cho các tổ dân phố của phường.",
    "impact_of_open_shock": "Biến cố này đã xử lý xong hoặc đã bỏ nên không sửa nữa. Nhờ người phụ trách mở lại rồi ghi.",
    "shock_voided_stays": "Biến cố đã bỏ vì ghi nhầm thì không sửa, không dùng lại; ghi biến cố mới.",
    "shock_voided_helps_nobody": "Còn hộ được hỗ trợ khẩn cấp vì biến cố này. Bỏ các khoản hỗ trợ đó trước.",
    "shock_before_what_followed": "Có hộ đã được xem hoặc đã nộp đơn trước ngày này. Chọn ngày sớm hơn.",
    "impact_fits_its_household": "Khoản hỗ trợ, đơn đề nghị phải của chính hộ này.",
    "impact_of_its_ward": "Hộ không ở phường đã ghi biến cố này.",
    "impact_keeps_its_support": "Hộ đã được hỗ trợ khẩn cấp vì biến cố này; mỗi biến cố chỉ hỗ trợ một lần.",
    "material_ward_is_ward": "Tài liệu thuộc về một phường.",
    "material_is_only_withdrawn": "Tài liệu đã đưa lên thì không sửa; thôi dùng rồi đưa bản mới.",
    "material_file_stays": "Tệp đã đưa lên thì không sửa, không xoá; thôi dùng rồi đưa tệp mới.",
    "campaign_ward_is_ward": "Đợt vận động do một phường mở.",
    "campaign_area_of_its_ward": "Đợt vận động chỉ làm ở các tổ dân phố của phường.",
    "campaign_invites_within_its_ward": "Chương trình, mô hình được mời vào phải của chính phường này.",
    "campaign_keeps_its_activities": "Đã có lần vận động ngoài khoảng ngày này. Chọn ngày bao trùm các lần đã ghi, hoặc bỏ lần ghi nhầm trước.",
    "activity_area_is_group": "Lần vận động được ghi theo tổ dân phố.",
    "activity_fits_campaign": "Lần vận động phải ở phường và trong khoảng ngày của đợt. Chọn đợt khác, hoặc để trống ô đợt.",
    "activity_is_only_voided": "Lần vận động đã ghi thì không sửa; bỏ lần ghi nhầm rồi ghi lại.",
    "contact_fits_activity": "Chỉ ghi hộ của phường đã có trong sổ vào ngày vận động; lần đã bỏ và loa, pano thì không ghi hộ.",
    "contact_is_only_corrected": "Câu trả lời này vừa được sửa hoặc đã bỏ. Mở lại trang để xem rồi sửa tiếp.",
    "visit_is_to_one_household": "Mỗi lần đến nhà ghi cho một hộ.",
    "contact_change_stays": "Vết sửa câu trả lời không sửa, không xoá.",
    "snapshot_stays_as_it_was": "Số liệu đã chốt thì không sửa, không xoá; mở đính chính để có phiên bản mới.",
    "correction_is_only_ended": "Lần đính chính đã ghi thì không sửa; chỉ chốt hoặc bỏ.",
    "import_ward_is_ward": "Tệp được nạp cho một phường.",
    "import_unit_is_the_record": "Lần nhập đã ghi vào sổ nên không đọc lại được; hoàn tác rồi nạp tệp mới.",
    "import_goes_forward": "Lần nhập không ở bước làm được việc này. Mở lại trang để xem bước hiện nay.",
    "import_stays_of_its_file": "Một lần nhập giữ nguyên tệp và phường của nó; nạp lại thành lần nhập mới.",
    "correction_of_a_closed_year": "Năm này chưa khoá sổ nên sửa thẳng được, không cần đính chính.",
    "course_ward_is_ward": "Khoá tập huấn do một phường mở.",
    "unit_area_of_its_ward": "Đơn vị phải thuộc phường của tổ dân phố.",
    "course_topic_of_its_ward": "Chuyên đề này của phường khác.",
    "session_of_one_ward": "Chuyên đề, báo cáo viên và nơi học của một buổi phải cùng phường với lớp.",
    "attended_session_stays": "Buổi này đã có điểm danh nên không bỏ và không chuyển lớp được. Sửa điểm danh trước.",
    "trainee_fits_course": "Học viên chỉ vào lớp của khoá mình và thuộc đơn vị của phường mở khoá.",
    "trainee_stays_who_it_is": "Học viên không chuyển sang khoá khác; ghi danh lại ở khoá kia.",
    "class_is_full": "Lớp đã đủ chỗ. Chọn lớp khác, tăng số chỗ của lớp, hoặc để người này chờ.",
    "class_holds_its_trainees": "Lớp đang có nhiều học viên hơn số chỗ này. Chuyển bớt sang lớp khác trước.",
    "closed_course_keeps_its_roster": "Khoá đã kết thúc nên danh sách học viên, chỉ tiêu giữ nguyên. Mở lại khoá ở trang Tổng quan rồi sửa.",
    "closed_course_keeps_its_figures": "Khoá đã kết thúc nên điểm danh, bài kiểm tra, bài thu hoạch giữ nguyên. Mở lại khoá ở trang Tổng quan rồi sửa.",
    "roster_version_stays": "Danh sách kèm quyết định thì không sửa; ra quyết định mới để có bản mới.",
    "mark_fits_session": "Người này không học buổi này: khác lớp, đã thôi học, hoặc buổi không diễn ra.",
    "mark_is_only_corrected": "Có người vừa sửa điểm danh này. Tải lại trang rồi sửa tiếp.",
    "mark_after_closing_has_reason": "Buổi đã chốt điểm danh: ghi lý do khi sửa.",
    "mark_change_stays": "Vết sửa điểm danh không sửa, không xoá.",
    "asked_question_stays": "Câu hỏi này đã có người làm nên không sửa. Thôi dùng nó rồi soạn câu mới.",
    "question_has_its_answers": "Câu hỏi cần từ 2 đến 8 đáp án và đúng số đáp án đúng của kiểu câu hỏi.",
    "begun_test_stays": "Đã có người làm bài này nên không đổi thời gian làm bài nữa.",
    "test_questions_stay": "Đã có người làm bài này nên không đổi câu hỏi nữa.",
    "test_question_of_its_ward": "Câu hỏi này của ngân hàng phường khác.",
    "attempt_of_its_course": "Người này không thuộc khoá của bài kiểm tra.",
    "attempt_handed_in_stays": "Bài đã nộp thì không sửa.",
    "evaluation_items_stay": "Đã có người đánh giá nên không đổi phiếu nữa.",
    "evaluation_stays": "Phiếu đánh giá đã gửi thì không sửa.",
    "contribution_of_one_ward": "Buổi học, chuyên đề và người nêu phải cùng khoá, cùng phường.",
    "training_certificate_of_its_course": "Giấy phải thuộc khoá của học viên; giấy được thay phải đã thu hồi.",
    "training_certificate_without_gap": "Số giấy phải nối tiếp số cuối trong sổ cấp giấy của năm.",
    "training_certificate_of_who_completed": "Chỉ cấp giấy cho người đang học và đã hoàn thành khoá; xem người này còn thiếu gì ở trang Hoàn thành.",
    "training_certificate_only_revoked": "Giấy đã vào sổ thì không sửa, không xoá; chỉ thu hồi rồi cấp lại.",
}
FIELDS = {
    "member_cccd_once": "cccd",
    "member_of_practice_has_no_number": "cccd",
    "member_cccd_twelve_digits": "cccd",
    "member_old_id_nine_digits": "old_id",
    "member_one_head": "relationship",
    "member_one_spouse_of_head": "relationship",
    "member_birth_year_sensible": "birth_year",
    "member_birth_date_in_birth_year": "birth_date",
    "household_phone_ten_digits": "phone",
    "household_floor_area_sensible": "floor_area",
    "user_username_once": "username",
    "user_phone_ten_digits": "phone",
    "area_code_once_at_a_time": "code",
    "holiday_once": "first",
    "holiday_made_up_on_a_weekend": "kind",
    "holiday_named": "name",
    "decision_number_once_a_year": "number",
    "sheet_main_cause_among_causes": "main_cause",
    "round_one_regular_a_month": "starts_on",
    "round_regular_from_the_15th": "starts_on",
    "round_regular_within_15_days": "decide_by",
    "round_deadlines_in_order": "decide_by",
    "request_one_waiting": "form",
    "request_has_an_applicant": "applicant",
    "request_withdrawn_with_reason": "withdrawn_on",
    "meeting_chair_is_not_secretary": "secretary",
    "meeting_somebody_present": "present",
    "posting_dates_in_order": "ends_on",
    "points_table_one_a_day": "active_from",
    "target_poor_rate_is_percent": "poor_rate",
    "target_near_poor_rate_is_percent": "near_poor_rate",
    "target_has_source": "source",
    "points_table_withdrawal_is_whole": "reason",
    "plan_one_signed_at_a_time": "agreed_on",
    "plan_review_voided_with_reason": "reason",
    "plan_ends_after_signing": "on",
    "plan_ends_after_its_results": "on",
    "plan_achieved_was_signed": "reason",
    "step_for_an_open_need": "need",
    "step_result_within_its_plan": "on",
    "shock_once": "name",
    "shock_before_what_followed": "happened_on",
    "shock_voided_with_reason": "reason",
    "shock_named": "name",
    "vulnerability_debt_sensible": "debt",
    "material_once": "title",
    "material_link_is_https": "link",
    "campaign_once": "name",
    "campaign_dates_in_order": "ends_on",
    "campaign_keeps_its_activities": "ends_on",
    "activity_fits_campaign": "campaign",
    "project_programme_of_its_ward": "programme",
    "participation_keeps_its_follow_ups": "on",
    "campaign_term_where_left": "term_months",
    "contact_corrected_with_reason": "reason",
    "course_code_once": "code",
    "course_dates_in_order": "ends_on",
    "course_pattern_has_number": "number_pattern",
    "topic_once": "name",
    "speaker_once": "full_name",
    "venue_once": "name",
    "class_numbered": "number",
    "class_holds_its_trainees": "capacity",
    "class_is_full": "training_class",
    "session_times_in_order": "ends_at",
    "session_class_free": "starts_at",
    "session_venue_free": "venue",
    "session_speaker_free": "speaker",
    "unit_once": "name",
    "trainee_user_once": "user",
    "trainee_person_once": "full_name",
    "trainee_phone_once": "phone",
    "trainee_birth_agrees": "birth_date",
    "roster_decision_once": "decision_number",
}


@cache
def messages() -> dict[str, str]:
    """Constraint name → sentence, for every constraint of every model and every trigger."""
    found = {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message != constraint.default_violation_error_message
    }
    return found | TRIGGERS


def explain(error: Exception) -> ValidationError:
    """The database's refusal as a sentence, on the form field concerned where there is one."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    sentence = messages().get(
        name, f"Dữ liệu không hợp lệ nên chưa lưu ({name or 'sai kiểu'}). Kiểm tra lại các ô vừa nhập."
    )
    return ValidationError({FIELDS[name]: sentence} if name in FIELDS else sentence, code=name or None)


@contextmanager
def kept() -> Iterator[None]:
    """One transaction, all or nothing; a broken rule comes out as ValidationError in Vietnamese.

    Deferred rules are checked at the end, inside, so that they are explained too.
    """
    try:
        with transaction.atomic():
            yield
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    except (IntegrityError, DataError) as error:
        raise explain(error) from error
