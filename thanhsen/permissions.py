"""Who may do what: one table a ward chair could sign, one decorator, refusals with a reason."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import models


class Role(models.TextChoices):
    OFFICER = "officer", "Cán bộ rà soát"
    SUPERVISOR = "supervisor", "Công chức giảm nghèo"
    APPROVER = "approver", "Chủ tịch"
    ADMIN = "admin", "Quản trị"
    VIEWER = "viewer", "Người xem số liệu"


class Permission(models.TextChoices):
    """What can be done; the label finishes the sentence "Vai trò của anh/chị không …"."""

    VIEW_HOUSEHOLDS = "view_households", "được xem chi tiết hộ gia đình"
    EDIT_HOUSEHOLDS = "edit_households", "được sửa sổ hộ và thành viên"
    UNDO_EVENTS = "undo_events", "được huỷ sự kiện do người khác ghi"
    LIST_HOUSEHOLDS = "list_households", "được ghi đơn đề nghị và nhận dạng nhanh hộ"
    FILL_SHEETS = "fill_sheets", "được lập và nộp phiếu rà soát"
    APPROVE_SHEETS = "approve_sheets", "được duyệt hoặc trả lại phiếu"
    RECORD_MEETINGS = "record_meetings", "được ghi biên bản họp tổ dân phố"
    POST_LISTS = "post_lists", "được niêm yết danh sách"
    HANDLE_COMPLAINTS = "handle_complaints", "được nhận khiếu nại và ghi kết quả phúc tra"
    MANAGE_ROUNDS = "manage_rounds", "được mở hoặc sửa đợt rà soát, xin ý kiến tỉnh"
    DECIDE = "decide", "được ban hành quyết định công nhận"
    CLOSE_YEAR = "close_year", "được khoá sổ một năm"
    ISSUE_CERTIFICATES = "issue_certificates", "được cấp, thu hồi giấy chứng nhận và trả lời hộ"
    MANAGE_PROGRAMMES = "manage_programmes", "được đặt chương trình hỗ trợ và kinh phí"
    GRANT_SUPPORT = "grant_support", "được giao, dừng hoặc ghi nhận khoản hỗ trợ"
    PLAN_SUPPORT = "plan_support", "được ghi nhu cầu, kế hoạch, mô hình, biến cố và vận động của hộ"
    ADD_MATERIALS = "add_materials", "được đưa tài liệu vào thư viện của phường"
    ENTER_TOTALS = "enter_totals", "được nhập tổng số hộ của tổ dân phố"
    SET_TARGETS = "set_targets", "được nhập chỉ tiêu giảm nghèo"
    ENTER_HOLIDAYS = "enter_holidays", "được nhập ngày nghỉ lễ, ngày làm bù"
    IMPORT_FILES = "import_files", "được nhập dữ liệu từ tệp Excel"
    RECORD_STATUSES = "record_statuses", "được nhập phân loại các năm trước theo quyết định giấy"
    VIEW_REPORTS = "view_reports", "được xem báo cáo tổng hợp"
    WORD_REPORTS = "word_reports", "được đặt tên mẫu, nơi nhận và người ký của báo cáo"
    LOAD_TABLES = "load_tables", "được nạp bảng điểm"
    ACTIVATE_TABLES = "activate_tables", "được đối chiếu và đưa bảng điểm vào áp dụng"
    MANAGE_USERS = "manage_users", "được quản lý tài khoản"
    MANAGE_AREAS = "manage_areas", "được quản lý địa bàn"
    MANAGE_TEMPLATES = "manage_templates", "được thay mẫu văn bản"
    VIEW_TRAIL = "view_trail", "được xem nhật ký"
    SEE_CCCD = "see_cccd", "được xem số CCCD đầy đủ trong danh sách xuất"
    MANAGE_COURSES = "manage_courses", "được mở và quản lý khoá tập huấn"
    TAKE_ATTENDANCE = "take_attendance", "được điểm danh lớp tập huấn"
    COMPARE_LEARNING = "compare_learning", "được xem kết quả học bên cạnh chất lượng rà soát"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset(
        {
            Permission.VIEW_HOUSEHOLDS,
            Permission.EDIT_HOUSEHOLDS,
            Permission.LIST_HOUSEHOLDS,
            Permission.FILL_SHEETS,
            Permission.RECORD_MEETINGS,
            Permission.HANDLE_COMPLAINTS,
            Permission.GRANT_SUPPORT,
            Permission.PLAN_SUPPORT,
            Permission.ADD_MATERIALS,
            Permission.IMPORT_FILES,
            Permission.VIEW_REPORTS,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            Permission.VIEW_HOUSEHOLDS,
            Permission.EDIT_HOUSEHOLDS,
            Permission.UNDO_EVENTS,
            Permission.LIST_HOUSEHOLDS,
            Permission.FILL_SHEETS,
            Permission.APPROVE_SHEETS,
            Permission.RECORD_MEETINGS,
            Permission.POST_LISTS,
            Permission.HANDLE_COMPLAINTS,
            Permission.MANAGE_ROUNDS,
            Permission.ISSUE_CERTIFICATES,
            Permission.MANAGE_PROGRAMMES,
            Permission.GRANT_SUPPORT,
            Permission.PLAN_SUPPORT,
            Permission.ADD_MATERIALS,
            Permission.ENTER_TOTALS,
            Permission.SET_TARGETS,
            Permission.ENTER_HOLIDAYS,
            Permission.ACTIVATE_TABLES,
            Permission.IMPORT_FILES,
            Permission.RECORD_STATUSES,
            Permission.VIEW_REPORTS,
            Permission.WORD_REPORTS,
            Permission.VIEW_TRAIL,
            Permission.SEE_CCCD,
            Permission.TAKE_ATTENDANCE,
            Permission.COMPARE_LEARNING,
        }
    ),
    Role.APPROVER: frozenset(
        {
            Permission.VIEW_HOUSEHOLDS,
            Permission.APPROVE_SHEETS,
            Permission.DECIDE,
            Permission.ACTIVATE_TABLES,
            Permission.CLOSE_YEAR,
            Permission.VIEW_REPORTS,
            Permission.VIEW_TRAIL,
            Permission.SEE_CCCD,
        }
    ),
    Role.ADMIN: frozenset(
        {
            Permission.MANAGE_USERS,
            Permission.MANAGE_AREAS,
            Permission.MANAGE_TEMPLATES,
            Permission.ENTER_HOLIDAYS,
            Permission.LOAD_TABLES,
            Permission.ACTIVATE_TABLES,
            Permission.IMPORT_FILES,
            Permission.VIEW_REPORTS,
            Permission.MANAGE_COURSES,
            Permission.ADD_MATERIALS,
            Permission.TAKE_ATTENDANCE,
        }
    ),
    Role.VIEWER: frozenset({Permission.VIEW_REPORTS}),
}

PLAYED = (Role.OFFICER, Role.SUPERVISOR, Role.APPROVER)  # the roles of a practice ward
# What holds for every ward of the portal at once: refused in practice, whatever the role.
WHOLE_PORTAL = frozenset(
    {
        Permission.MANAGE_USERS,
        Permission.MANAGE_AREAS,
        Permission.ENTER_HOLIDAYS,
        Permission.LOAD_TABLES,
        Permission.ACTIVATE_TABLES,
        Permission.MANAGE_TEMPLATES,
    }
)


def roles_that_may(permission: Permission) -> list[Role]:
    return [role for role, granted in ROLE_PERMISSIONS.items() if permission in granted]


def refusal(user, permission: Permission) -> str:
    """Why `user` is refused and who can help, as one sentence for the screen."""
    if user.practice_of_id is not None and permission in WHOLE_PORTAL:
        return (
            "Việc này dùng chung cho mọi phường nên không làm trong lúc thực hành. Rời thực hành rồi mở lại."
        )
    helpers = ", ".join(role.label for role in roles_that_may(permission))
    return (
        f"Tài khoản của anh/chị là “{Role(user.role).label}”, vai trò này không {permission.label}. "
        f"Việc này thuộc về: {helpers}."
    )


def check(user, permission: Permission) -> None:
    """Raise PermissionDenied, with its reason, unless `user` may."""
    if not user.may(permission):
        raise PermissionDenied(refusal(user, permission))


def requires(permission: Permission) -> Callable:
    """Guard a view: signed in and permitted. Whether a record is within the user's areas is the view's load."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            check(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view):
    """Guard a view that every role may open."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return guarded


def open_to_all(reason: str) -> Callable:
    """Mark a view that needs no sign-in, and say why."""

    def decorate(view):
        view.access = f"open: {reason}"
        return view

    return decorate


def _ask_to_sign_in(request):
    from thanhsen.views.accounts import sign_in_again

    return sign_in_again(request)
