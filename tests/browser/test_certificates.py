"""A certificate in a browser: issued to who completed, printed, checked by a stranger, revoked, and issued again."""

import re
import zlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.browser.people import go, sign_in
from tests.browser.shown import fits
from tests.factories import make_user, make_ward
from tests.trainings.factories import make_class, make_course, make_mark, make_session, make_trainee
from tests.worker import forget_all_work, work
from trainings.models import TrainingCertificate

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("An", "Ánh", "Bình", "Cúc", "Dũng", "Đào", "Hà", "Lan", "Mai", "Ngân", "Sơn", "Út")


@pytest.fixture
def course(db, live_server):
    forget_all_work()
    ward = make_ward()
    admin = make_user("admin", ward, username="quantri", full_name="Phan Thị Sáu")
    today = localdate()
    course = make_course(ward, starts_on=today - timedelta(days=3), ends_on=today - timedelta(days=2))
    held = make_class(course, name="Lớp 1", number=1)
    sessions = [make_session(held, state="held") for _ in range(2)]
    for number, name in enumerate(NAMES):
        trainee = make_trainee(training_class=held, full_name=f"Nguyễn Thị {name}", birth_year=1970 + number)
        for session in sessions:
            make_mark(session, trainee, marked_by=admin)
    make_trainee(training_class=held, full_name="Hồ Văn Vắng", birth_year=1969)
    return course


def pages_of(content: bytes) -> int:
    """How many pages a PDF has; its objects may stand in compressed streams."""
    assert content.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    text = content
    for each in streams:
        try:
            text += zlib.decompress(each)
        except zlib.error:
            continue  # not compressed, or so that it holds no objects
    return len(re.findall(rb"/Type\s*/Page\b", text))


def downloaded(page, link) -> bytes:
    with page.expect_download() as download:
        link.click()
    return download.value.path().read_bytes()


def test_issued_checked_revoked_and_issued_again(page, browser, live_server, course, assert_accessible):
    def looked_at(seen=page):
        assert_accessible(seen)
        fits(seen)

    sign_in(page, live_server, "quantri")
    go(page, "Tập huấn", "Khoá tập huấn")
    page.get_by_role("link", name=course.name).click()
    page.get_by_role("navigation", name="Các trang của khoá").get_by_role("link", name="Hoàn thành").click()
    absent = page.get_by_role("row", name="Hồ Văn Vắng")
    expect(absent).to_contain_text("thiếu: 2 buổi")
    looked_at()
    page.get_by_role("link", name="Cấp giấy cho 12 người đã hoàn thành").click()
    looked_at()
    page.get_by_label("Số quyết định").fill("130/QĐ-UBND")
    page.get_by_label("Người ký").fill("Trần Văn Ổn")
    page.get_by_role("button", name="Cấp giấy").click()
    expect(page.get_by_text("Đã cấp 12 giấy, từ số 01/GCN-TH đến số 12/GCN-TH.")).to_be_visible()
    expect(absent).to_contain_text("thiếu: 2 buổi")
    looked_at()
    page.get_by_role("button", name="In 12 giấy vào một tệp PDF").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    looked_at()
    address = ProcrastinateJob.objects.get(task_name="make_certificates").args["address"]
    work()  # the bar asks for itself
    expect(page.get_by_role("heading", name="Tệp đã xong")).to_be_visible()
    looked_at()
    assert pages_of(downloaded(page, page.get_by_role("link", name="Tải tệp PDF"))) == 12

    first = TrainingCertificate.objects.get(number=1)
    stranger = browser.new_context(locale="vi-VN").new_page()
    in_the_code = address.replace("{code}", first.code)  # as the QR code of the paper has it
    stranger.goto(in_the_code)
    expect(stranger.get_by_text("Giấy còn giá trị.")).to_be_visible()
    told = stranger.locator("main").inner_text()
    for said in (first.full_name, course.name, f"{first.issued_on:%d/%m/%Y}"):
        assert said in told
    for kept in (first.born, first.unit_name, first.trainee.code, "130/QĐ-UBND"):
        assert kept not in told
    looked_at(stranger)

    go(page, "Tập huấn", "Sổ giấy chứng nhận")
    looked_at()
    page.get_by_role("link", name="Thu hồi giấy 01/GCN-TH").click()
    looked_at()
    page.get_by_label("Lý do").fill("ghi sai năm sinh")
    page.get_by_role("button", name="Thu hồi").click()
    expect(page.get_by_text("Đã thu hồi giấy số 01/GCN-TH.")).to_be_visible()
    looked_at()
    stranger.reload()
    expect(stranger.get_by_text("Giấy này không còn giá trị")).to_be_visible()
    page.get_by_role("link", name="Cấp lại giấy 01/GCN-TH").click()
    looked_at()
    page.get_by_label("Ngày hoặc năm sinh").fill("1971")
    page.get_by_label("Vì sao cấp lại").fill("ghi đúng năm sinh")
    page.get_by_role("button", name="Cấp lại").click()
    expect(page.get_by_text("Đã cấp giấy số 13/GCN-TH thay giấy số 01/GCN-TH.")).to_be_visible()
    looked_at()

    again = TrainingCertificate.objects.get(number=13)
    stranger.reload()
    expect(stranger.get_by_text("đã có giấy khác thay")).to_be_visible()
    expect(stranger.locator("main")).not_to_contain_text("ghi sai năm sinh")
    looked_at(stranger)
    stranger.goto(address.replace("{code}", again.code))
    expect(stranger.get_by_text("Giấy còn giá trị.")).to_be_visible()
    stranger.goto(live_server.url + reverse("my_page", args=[first.trainee.code]))
    expect(stranger.get_by_text("Giấy chứng nhận số 13/GCN-TH")).to_be_visible()
    looked_at(stranger)
    assert pages_of(downloaded(stranger, stranger.get_by_role("link", name="Tải giấy chứng nhận (PDF)"))) == 1
    stranger.context.close()
