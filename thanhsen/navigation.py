"""Where one may go: the parts of the portal and the pages of each, for the reader's role."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, resolve, reverse

from thanhsen.permissions import Permission

# Part → its pages (name of the address, label), the one asked for most often first. A part opens at the first page
# the reader may open; a page that does not exist in this portal is left out.
NAVIGATION: dict[str, list[tuple[str, str]]] = {
    "Trang chủ": [("home", "Trang chủ")],
    "Sổ hộ": [
        ("household_list", "Hộ gia đình"),
        ("import_list", "Nhập từ Excel"),
        ("totals", "Tổng số hộ"),
    ],
    "Rà soát": [
        ("sheet_list", "Phiếu rà soát"),
        ("request_list", "Đơn đề nghị"),
        ("round_list", "Đợt rà soát"),
        ("decision_list", "Quyết định"),
        ("certificate_list", "Giấy chứng nhận"),
        ("points_list", "Bảng điểm"),
    ],
    "Hỗ trợ": [
        ("support_today", "Việc hôm nay"),
        ("programme_list", "Chương trình"),
        ("budget_now", "Kinh phí"),
        ("plan_list", "Kế hoạch hộ"),
        ("project_list", "Mô hình"),
        ("shock_list", "Rủi ro, biến cố"),
        ("activity_list", "Vận động"),
        ("material_list", "Tài liệu"),
        ("outcome_page", "Kết quả"),
    ],
    "Tập huấn": [
        ("course_list", "Khoá tập huấn"),
        ("question_list", "Câu hỏi"),
        ("contribution_list", "Hỏi đáp"),
        ("training_register", "Sổ giấy chứng nhận"),
        ("course_comparison", "So sánh khoá"),
        ("learning_comparison", "Học và rà soát"),
        ("my_trainings", "Khoá của tôi"),
    ],
    "Báo cáo": [
        ("report_index", "Báo cáo"),
        ("dashboard", "Bức tranh giảm nghèo"),
        ("year_list", "Khoá sổ"),
    ],
    "Quản trị": [
        ("user_list", "Tài khoản"),
        ("area_list", "Địa bàn"),
        ("holidays", "Ngày nghỉ"),
        ("template_list", "Mẫu văn bản"),
        ("event_list", "Nhật ký"),
    ],
    "Hướng dẫn": [("guidance", "Hướng dẫn")],
}


@dataclass(frozen=True)
class Page:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Part:
    """A part of the portal; `pages` are those the reader may open, one at least: a single one gives its name."""

    label: str
    pages: tuple[Page, ...]

    @property
    def url(self) -> str:
        return self.pages[0].url

    @property
    def is_current(self) -> bool:
        return any(each.is_current for each in self.pages)

    @property
    def has_rooms(self) -> bool:
        return len(self.pages) > 1


def parts(user, path: str) -> list[Part]:
    """What `user` may open; the page with the longest address that `path` begins with is the current one."""
    if user is None or user.must_change_password:
        return []
    open_to = [
        (part, label, reverse(name))
        for part, name, label, access in places(get_urlconf())
        if not isinstance(access, Permission) or user.may(access)
    ]
    home = reverse("home") if any(part == "Trang chủ" for part, _, _ in open_to) else ""
    within = [url for _, _, url in open_to if path == url or (url != home and path.startswith(url))]
    here = max(within, key=len, default="")
    return _gathered([(part, Page(label, url, url == here)) for part, label, url in open_to])


def _gathered(pages: Sequence[tuple[str, Page]]) -> list[Part]:
    found: dict[str, list[Page]] = {}
    for part, page in pages:
        found.setdefault(part, []).append(page)
    return [Part(label if len(each) > 1 else each[0].label, tuple(each)) for label, each in found.items()]


@lru_cache(maxsize=4)
def places(urlconf) -> tuple[tuple[str, str, str, object], ...]:
    """(part, name, label, who may open it) of the pages that exist. The view itself says who.

    Kept for every later request, so without addresses: those of practice begin otherwise.
    """
    found = []
    for part, pages in NAVIGATION.items():
        for name, label in pages:
            try:
                path = f"/{reverse(name, urlconf=urlconf).removeprefix(get_script_prefix())}"
            except NoReverseMatch:
                continue
            found.append((part, name, label, getattr(resolve(path, urlconf=urlconf).func, "access", None)))
    return tuple(found)
