"""The pages that are measured, each opened by somebody whose work it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import count

from django.test import Client
from django.urls import reverse

from households.demo.accounts import USERNAMES
from households.demo.support.grants import give_support
from households.demo.support.programmes import make_programmes
from households.models import Decision, Household, Member, Sheet
from thanhsen.models import Area, User
from thanhsen.permissions import Role

BACKEND = "django.contrib.auth.backends.ModelBackend"
REPORT_YEAR, WARD = 2025, "18073"
NAME, SHEET_NOTE = "nguyen thi dao", "Đo tốc độ lần"


@dataclass(frozen=True)
class Page:
    """`prepare` is not timed; what it gives is passed to `request`, whose answer must have the status."""

    name: str
    request: Callable
    prepare: Callable = lambda: None
    status: int = 200


class FormReader(HTMLParser):
    """What a browser would send of the form that holds the field `marker`."""

    def __init__(self, marker: str):
        super().__init__()
        self.marker = marker
        self.fields: dict[str, list[str]] = {}
        self.found: dict[str, list[str]] | None = None
        self._area = self._select = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self.fields = {}
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value") or "")
        elif tag == "textarea" and name:
            self._area = name
            self._add(name, "")
        elif tag == "input" and name:
            kind = given.get("type", "text")
            ticked = kind not in {"checkbox", "radio"} or "checked" in given
            if ticked and kind not in {"submit", "button", "image"} and "disabled" not in given:
                self._add(name, given.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "form" and self.marker in self.fields:
            self.found = self.found or self.fields
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._area:
            self.fields[self._area][-1] += data.removeprefix("\n")

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def form_of(response, marker: str = "version") -> dict[str, list[str]]:
    """LookupError when the page has no such form."""
    reader = FormReader(marker)
    reader.feed(response.content.decode())
    if reader.found is None:
        raise LookupError(f"no form with {marker} in {response.request['PATH_INFO']}")
    return reader.found


class Visitors:
    """Signed-in clients by role, all of the first ward."""

    def __init__(self) -> None:
        self.users = {role: User.objects.get(username=name) for role, name in USERNAMES.items()}
        self.clients = {}
        for role, user in self.users.items():
            self.clients[role] = Client()
            self.clients[role].force_login(user, backend=BACKEND)

    def get(self, role: Role, name: str, *args, **query) -> Callable:
        url, client = reverse(name, args=args), self.clients[role]
        return lambda _=None: client.get(url, query)


def household_list() -> Page:
    """The page the others are measured by."""
    return Page("danh sách hộ", Visitors().get(Role.SUPERVISOR, "household_list"))


def pages() -> Iterator[Callable[[], Page]]:
    """One maker for each row of the table: a page that is not there yet says so when it is made."""
    visitors = Visitors()
    officer, supervisor, approver = Role.OFFICER, Role.SUPERVISOR, Role.APPROVER
    ward = Area.objects.wards().get(code=WARD, valid_to=None)
    seen = Household.objects.visible_to(visitors.users[officer]).present().order_by("pk")
    household = seen.filter(statuses__valid_to=None).first()
    member = Member.objects.present().filter(household=household).exclude(cccd=None).order_by("pk").first()
    tail = member.cccd[-6:]
    open_sheets = (
        Sheet.objects.visible_to(visitors.users[officer]).filter(round__closed_at=None).order_by("pk")
    )
    sheet = (
        open_sheets.filter(state=Sheet.State.RETURNED).first() or open_sheets.filter(state="draft").first()
    )
    programmes = make_programmes()
    give_support(programmes)  # a ward that gives nothing shows nothing of what the morning lists cost
    programme = programmes["insurance_poor"]
    decision = Decision.objects.filter(round__kind="periodic").latest("date")
    get = visitors.get
    yield lambda: Page("trang chủ (cán bộ)", get(officer, "home"))
    yield lambda: Page("trang chủ (công chức)", get(supervisor, "home"))
    yield lambda: Page("trang chủ (chủ tịch)", get(approver, "home"))
    yield lambda: Page("danh sách hộ", get(supervisor, "household_list"))
    yield lambda: Page("tìm theo tên", get(supervisor, "household_list", q=NAME))
    yield lambda: Page("tìm theo họ", get(supervisor, "household_list", q="nguyen"))
    yield lambda: Page("tìm đuôi CCCD", get(supervisor, "household_list", q=tail))
    yield lambda: Page("một hộ", get(officer, "household_detail", household.pk))
    yield lambda: Page("phiếu (mở để ghi)", get(officer, "sheet_edit", sheet.pk))
    yield lambda: _save(visitors, sheet)
    yield lambda: _save(visitors, sheet, partial=True)
    yield lambda: Page("bảng tiến độ", get(supervisor, "round_detail", sheet.round_id))
    yield lambda: Page("hộ ở một bước", get(supervisor, "round_households", sheet.round_id, buoc="approved"))
    yield lambda: Page("một quyết định", get(supervisor, "decision_detail", decision.pk))
    yield lambda: Page("câu chuyện của hộ", get(officer, "case_page", household.pk))
    yield lambda: Page("hỗ trợ: việc hôm nay", get(supervisor, "support_today"))
    yield lambda: Page("đúng diện, chưa hưởng", get(supervisor, "support_proposed", programme.pk))
    yield lambda: Page("đúng diện", get(supervisor, "support_entitled", programme.pk))
    yield lambda: Page("đang hưởng", get(supervisor, "support_receiving", programme.pk))
    yield lambda: Page("kinh phí", get(supervisor, "budget_page", REPORT_YEAR))
    yield lambda: Page("kế hoạch hộ", get(supervisor, "plan_list"))
    yield lambda: Page("mô hình", get(supervisor, "project_list"))
    yield lambda: Page("vận động", get(supervisor, "activity_list"))
    yield lambda: Page("kết quả hỗ trợ", get(supervisor, "outcomes", REPORT_YEAR, ward.pk))
    for form in (1, 4):
        yield lambda form=form: Page(
            f"mẫu {form} (trang)", get(supervisor, "report_form", form, REPORT_YEAR, ward.pk)
        )


def _save(visitors: Visitors, sheet: Sheet, partial: bool = False) -> Page:
    """Every save changes something: the note carries a number."""
    url, client, numbers = reverse("sheet_edit", args=[sheet.pk]), visitors.clients[Role.OFFICER], count(1)

    def filled():
        return {**form_of(client.get(url)), "note": [f"{SHEET_NOTE} {next(numbers)}"], "do": ["save"]}

    def save(data):
        return client.post(url, data, headers={"HX-Request": "true"} if partial else {})

    return Page("lưu phiếu khi đang gõ" if partial else "lưu phiếu", save, filled, 200 if partial else 302)
