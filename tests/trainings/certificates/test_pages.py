"""Pages of completion and certificates, the public page, the trainee's own page, and the file made in the background."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from households.models import Material
from tests.factories import make_user, make_ward
from tests.households.reports.test_report_pages import signed_in
from tests.trainings.certificates.test_certificates import issue, make_completed
from tests.trainings.factories import make_admin, make_course, make_topic, make_trainee, make_unit
from tests.worker import forget_all_work, look_for_killed_workers, work
from thanhsen.models import Event
from thanhsen.permissions import Role
from trainings.actions import certificates as actions
from trainings.models import CertificateBatch, CourseTopic, SignerTitle, TrainingCertificate

pytestmark = pytest.mark.django_db
WORDS = {"decision_number": "120/QĐ-UBND", "signer_title": SignerTitle.CHAIR, "signer": "Trần Văn Ổn"}


@pytest.fixture
def completed():
    course, people = make_completed(make_course(starts_on="2025-12-08", ends_on="2025-12-11"))
    course.refresh_from_db()
    return course, people


@pytest.fixture
def admin(completed):
    return signed_in(make_admin(completed[0].ward))


def test_from_completion_to_the_register(completed, admin):
    course, people = completed
    page = admin.get(reverse("completion", args=[course.pk]))
    assert "Cấp giấy cho 3 người đã hoàn thành" in page.content.decode()
    url = reverse("training_issue", args=[course.pk])
    assert people[0].full_name in admin.get(url).content.decode()
    answer = admin.post(url, WORDS | {"issued_on": "20/12/2025"}, follow=True)
    assert "Đã cấp 3 giấy, từ số 01/GCN-TH đến số 03/GCN-TH" in answer.content.decode()
    register = admin.get(reverse("training_register"), {"tim": "dao", "nam": "2025"}).content.decode()
    assert "Nguyễn Thị Đào" in register
    assert "Lê Văn Ân" not in register
    made = TrainingCertificate.objects.get(trainee=people[0])
    pdf = admin.get(reverse("training_certificate_pdf", args=[made.pk]))
    assert pdf.content.startswith(b"%PDF")
    assert Event.objects.filter(act="training_certificate.export").count() == 1


def test_what_is_missing_is_said(completed, admin):
    course, people = completed
    make_trainee(training_class=people[0].training_class, full_name="Hồ Văn Vắng")
    page = admin.get(reverse("completion", args=[course.pk]), {"loc": "thieu"}).content.decode()
    assert "Hồ Văn Vắng" in page
    assert "thiếu: 1 buổi" in page
    assert people[1].full_name not in page


def test_a_form_that_is_wrong_issues_nothing(completed, admin):
    url = reverse("training_issue", args=[completed[0].pk])
    for issued_on in ("31/02/2026", "", "01/01/2199", "01/01/2025"):
        assert admin.post(url, WORDS | {"issued_on": issued_on}).status_code == 422
    assert not TrainingCertificate.objects.exists()


@pytest.mark.parametrize(
    ("role", "of_ward", "read", "write"),
    [
        ("supervisor", True, 200, 403),
        ("officer", True, 403, 403),
        ("viewer", True, 403, 403),
        ("admin", False, 404, 404),
    ],
)
def test_who_may(completed, role, of_ward, read, write):
    course, _ = completed
    client = signed_in(make_user(role, course.ward if of_ward else make_ward()))
    [made, *_] = issue(make_user(Role.ADMIN), course)
    assert client.get(reverse("completion", args=[course.pk])).status_code == read
    assert client.get(reverse("training_certificate_pdf", args=[made.pk])).status_code == read
    for name, pk in (
        ("training_issue", course.pk),
        ("training_certificate_revoke", made.pk),
        ("training_certificate_reissue", made.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == write
    register = client.get(reverse("training_register"))
    assert register.status_code == (200 if role == "admin" else read)
    assert made.full_name not in register.content.decode() or read == 200


def test_anybody_may_check_a_certificate_and_learns_little(completed, client):
    course, people = completed
    made = issue(make_user(Role.ADMIN), course)[0]
    page = client.get(reverse("certificate_check", args=[made.code]))
    text = page.content.decode()
    assert "Giấy còn giá trị" in text
    assert made.full_name in text
    for hidden in (made.unit_name, made.decision_number, str(people[0].birth_year), made.printed_number):
        assert hidden not in text
    assert "noindex" in page["X-Robots-Tag"]


def test_an_old_number_still_resolves(completed, client, admin):
    course, _ = completed
    made = issue(make_user(Role.ADMIN), course, issued_on=date(2025, 12, 15))[0]
    url = reverse("training_certificate_reissue", args=[made.pk])
    assert made.full_name in admin.get(url).content.decode()
    data = WORDS | {
        "full_name": made.full_name,
        "born": "1980",
        "issued_on": "20/11/2026",
        "reason": "Mất giấy",
    }
    answer = admin.post(url, data, follow=True).content.decode()
    assert "Đã cấp giấy số 01/GCN-TH thay giấy số 01/GCN-TH" in answer
    page = client.get(reverse("certificate_check", args=[made.code])).content.decode()
    assert "không còn giá trị" in page
    assert "đã có giấy khác thay" in page


@pytest.mark.parametrize("code", ["2" * 16, "x", "%00", "'; DROP TABLE", "á" * 16])
def test_an_unknown_code_is_a_sentence(client, code):
    page = client.get(f"/tap-huan/giay/{code}/")
    assert page.status_code == 404


def test_the_page_of_a_trainee(completed, client):
    course, people = completed
    page = client.get(reverse("my_page", args=[people[0].code]))
    text = page.content.decode()
    assert people[0].full_name in text
    assert people[1].full_name not in text
    assert "có mặt" in text
    assert client.get(reverse("my_certificate", args=[people[0].code])).status_code == 404
    issue(make_user(Role.ADMIN), course)
    assert "Tải giấy chứng nhận" in client.get(reverse("my_page", args=[people[0].code])).content.decode()
    assert client.get(reverse("my_certificate", args=[people[0].code])).content.startswith(b"%PDF")
    assert client.get(reverse("my_page", args=["2" * 16])).status_code == 404


def test_a_trainee_gets_the_materials_of_the_course_and_no_other(completed, client):
    course, people = completed
    topic = make_topic(course.ward)
    CourseTopic.objects.create(course=course, topic=topic, number=1)
    values = {
        "ward": course.ward,
        "audience": "officers",
        "author": "Phường",
        "link": "https://example.org/a",
    }
    shown, other = (Material.objects.create(title=title, **values) for title in ("Sổ tay", "Tài liệu khác"))
    topic.materials.add(shown)
    text = client.get(reverse("my_page", args=[people[0].code])).content.decode()
    assert "Sổ tay" in text
    assert "Tài liệu khác" not in text
    assert client.get(reverse("my_material", args=[people[0].code, other.pk])).status_code == 404


def test_the_account_opens_its_own_course(completed):
    course, people = completed
    user = make_user(Role.OFFICER, course.ward)
    client = signed_in(user)
    assert "chưa có trong danh sách" in client.get(reverse("my_trainings")).content.decode()
    people[0].user = user
    people[0].save()
    assert client.get(reverse("my_trainings")).url == reverse("my_page", args=[people[0].code])


@pytest.mark.parametrize("name", ["completion", "training_register"])
def test_queries(completed, admin, name, django_assert_max_num_queries):
    course, _ = completed
    issue(make_user(Role.ADMIN), course)
    url = reverse(name, args=[course.pk] if name == "completion" else [])
    admin.get(url)
    with django_assert_max_num_queries(12):
        admin.get(url)


def test_hostile_names_print_as_they_are(completed, admin):
    course, people = completed
    people[0].full_name = '#eval("1") $x$ *b* <script>alert(1)</script> “Đào” ễậữằ'
    people[0].save()
    made = next(each for each in issue(make_user(Role.ADMIN), course) if each.trainee_id == people[0].pk)
    assert admin.get(reverse("training_certificate_pdf", args=[made.pk])).content.startswith(b"%PDF")
    assert "<script>alert(1)" not in admin.get(reverse("training_register")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_file_of_many_is_made_in_the_background():
    course, _ = make_completed()
    admin = make_admin(course.ward)
    issue(admin, course)
    client, sent = signed_in(admin), {"request_id": str(uuid4())}
    order = reverse("training_batch_order", args=[course.pk])
    try:
        page = client.post(order, sent).url
        assert client.post(order, sent).url == page  # sent twice, made once
        batch = CertificateBatch.objects.get()
        assert "Đang chờ" in client.get(page).content.decode()
        assert client.get(reverse("training_batch_file", args=[batch.pk])).status_code == 404
        work()
        batch.refresh_from_db()
        assert (batch.state, batch.progress, batch.steps) == ("done", 3, 3)
        bar = client.get(reverse("training_batch_progress", args=[batch.pk]))
        assert bar["HX-Refresh"] == "true"
        assert client.get(reverse("training_batch_file", args=[batch.pk])).content.startswith(b"%PDF")
        stranger = signed_in(make_admin(make_ward()))
        assert stranger.get(page).status_code == 404
    finally:
        forget_all_work()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_leaves_the_file_to_the_next():
    forget_all_work()
    course, _ = make_completed()
    admin = make_admin(course.ward)
    issue(admin, course)
    address = "https://cong.example/tap-huan/giay/{code}/"
    batch = actions.order_file(by=admin, course=course, address=address, request_id=None)
    CertificateBatch.objects.filter(pk=batch.pk).update(doing="Đang vẽ mã và xếp trang", progress=2)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id"
            )
            dead = cursor.fetchone()[0]
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = 1", [dead]
            )
        look_for_killed_workers()
        work()
    finally:
        forget_all_work()
    batch.refresh_from_db()
    made = bytes(batch.content)
    assert (batch.state, batch.progress) == ("done", 3)
    stale = CertificateBatch(pk=batch.pk, state="waiting")  # as a second worker would have read it before
    actions.make_file(batch=stale, address="https://other.example/{code}/", tell=lambda *told: None)
    batch.refresh_from_db()
    assert bytes(batch.content) == made


def test_nothing_to_print_is_said(completed, admin):
    order = reverse("training_batch_order", args=[completed[0].pk])
    page = admin.post(order, {"request_id": str(uuid4())}, follow=True)
    assert "chưa có giấy chứng nhận nào" in page.content.decode()


def test_completion_is_read_by_page_class_unit_and_what_is_missing(
    completed, admin, django_assert_max_num_queries
):
    course, done = completed
    held, unit = done[0].training_class, make_unit(course.ward)
    for number in range(120):
        make_trainee(course, full_name=f"Lê Văn {number:03}", unit=unit)
    elsewhere = make_trainee(course, full_name="Lê Thị Xa")
    url = reverse("completion", args=[course.pk])

    def found(**query):
        answer = admin.get(url, query)
        return answer.context["page"].paginator.count, len(answer.context["lines"])

    found()
    with django_assert_max_num_queries(12):
        assert found() == (124, 100)
    assert found(trang="2") == (124, 24)
    assert found(**{"don-vi": str(elsewhere.unit_id)}) == (1, 1)
    assert found(lop=str(held.pk)) == found(loc="xong") == found(loc="giay") == (3, 3)
    assert found(loc="thieu") == (121, 100)
    issue(make_user(Role.ADMIN), course)
    assert found(loc="giay") == (0, 0)
    assert found(loc="'; --", lop="x", **{"don-vi": "x"}) == (124, 100)
