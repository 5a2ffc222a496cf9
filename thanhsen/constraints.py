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
    "round_ward_is_ward": "Đợt rà soát thuộc về một phường.",
    "decision_ward_is_ward": "Quyết định thuộc về một phường.",
    "area_parent_is_one_level_up": "Phường phải thuộc một tỉnh, tổ dân phố phải thuộc một phường.",
    "sheet_takes_its_steps": "Phiếu không ở bước làm được việc này. Mở lại phiếu để xem trạng thái mới nhất.",
    "sheet_is_locked": "Phiếu đã nộp nên không sửa được. Nhờ người duyệt trả lại phiếu rồi sửa.",
    "sheet_stays_put": "Phiếu không chuyển được sang hộ hoặc đợt khác.",
    "status_only_ends": "Phân loại đã có quyết định thì không sửa được; cần một quyết định mới.",
}
FIELDS = {
    "member_cccd_once": "cccd",
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
    "decision_number_once_a_year": "number",
    "sheet_main_cause_among_causes": "main_cause",
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
