"""Materials of a topic put in by who runs courses, and downloaded by the trainees on their own page."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from households.models import Material
from tests.factories import make_user, make_ward
from tests.households.reports.test_report_pages import signed_in
from tests.thanhsen.test_filetypes import PDF
from tests.trainings.factories import make_admin, make_course, make_topic, make_trainee
from thanhsen.models import Event
from trainings.actions.courses.materials import add_topic_material
from trainings.models import CourseTopic

pytestmark = pytest.mark.django_db
WORDS = {"title": "Bài giảng", "topic": "Chính sách", "audience": "officers", "author": "Phường (ví dụ)"}


@pytest.fixture
def topic():
    return make_topic(make_ward())


def sent(**other):
    file = {"file": SimpleUploadedFile("bài giảng.pdf", PDF)} if "link" not in other else {}
    return WORDS | {"request_id": str(uuid4()), "link": ""} | file | other


def address(topic):
    return reverse("topic_materials", args=[topic.pk])


def test_from_the_topic_to_the_page_of_a_trainee(topic):
    client = signed_in(make_admin(topic.ward))
    assert address(topic) in client.get(reverse("catalogue", args=["chuyen-de"])).content.decode()
    assert client.post(address(topic), sent()).status_code == 302
    made = topic.materials.get()
    assert (made.ward, made.title, made.audience) == (topic.ward, "Bài giảng", "officers")
    assert made.title in client.get(address(topic)).content.decode()
    assert made.title in client.get(reverse("material_list")).content.decode()
    course = make_course(topic.ward)
    CourseTopic.objects.create(course=course, topic=topic, number=1)
    trainee, stranger = make_trainee(course), make_trainee()
    client.logout()
    url = reverse("my_material", args=[trainee.code, made.pk])
    assert url in client.get(reverse("my_page", args=[trainee.code])).content.decode()
    answer = client.get(url)
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(reverse("my_material", args=[stranger.code, made.pk])).status_code == 404


def test_an_address_is_a_material_too(topic):
    client = signed_in(make_user("admin"))  # of every ward
    assert (
        client.post(address(topic), sent(link="https://example.org/bai", audience="both")).status_code == 302
    )
    assert topic.materials.get().link == "https://example.org/bai"


@pytest.mark.parametrize(
    "wrong",
    [
        {"link": "javascript:alert(1)"}, {"link": ""}, {"link": "https://example.org/", "audience": "families"}, {"title": ""},
        {"file": SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>")}, {"file": SimpleUploadedFile("a.pdf", b"")},
        {"link": "https://example.org/", "file": SimpleUploadedFile("a.pdf", PDF)}, {"title": "x" * 201},
    ],
)  # fmt: skip
def test_what_is_refused_leaves_nothing(topic, wrong):
    answer = signed_in(make_admin(topic.ward)).post(address(topic), sent(**wrong))
    assert answer.status_code == 422
    assert not Material.objects.exists()
    assert not Event.objects.filter(act__in=["material.add", "topic.save"]).exists()


def test_sent_twice_it_is_one(topic):
    client, once = signed_in(make_admin(topic.ward)), str(uuid4())
    for _ in range(2):
        assert client.post(address(topic), sent(request_id=once)).status_code == 302
    assert topic.materials.count() == 1
    assert Event.objects.filter(act="topic.save").count() == 1
    assert client.post(address(topic), sent(title="Khác", request_id=once)).status_code == 422


def test_a_title_in_use_is_told_at_its_field(topic):
    client = signed_in(make_admin(topic.ward))
    client.post(address(topic), sent())
    page = client.post(address(topic), sent())
    assert page.status_code == 422
    assert "Đã có tài liệu cùng tên đang dùng" in page.content.decode()


def test_a_page_of_the_topic_open_elsewhere_is_stale(topic):
    by = make_admin(topic.ward)
    client = signed_in(by)
    form = {"number": topic.number, "name": topic.name, "objective": "", "version": topic.version}
    add_topic_material(by=by, topic=topic, values=WORDS, content=PDF, file_name="a.pdf")
    url = reverse("catalogue_edit", args=["chuyen-de", topic.pk])
    page = client.post(url, form, follow=True).content.decode()
    assert "Người khác vừa sửa nên chưa lưu" in page
    assert topic.materials.count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [("officer", 403), ("supervisor", 403), ("approver", 403), ("viewer", 403)]
)
def test_who_may_not(topic, role, status):
    client = signed_in(make_user(role, topic.ward))
    assert client.get(address(topic)).status_code == status
    assert client.post(address(topic), sent()).status_code == status


def test_of_another_ward(topic):
    other = make_admin(make_ward())
    assert signed_in(other).post(address(topic), sent()).status_code == 404
    with pytest.raises(PermissionDenied):
        add_topic_material(by=other, topic=topic, values=WORDS, content=PDF, file_name="a.pdf")
    assert not Material.objects.exists()


def test_titles_are_text(topic):
    client = signed_in(make_admin(topic.ward))
    client.post(address(topic), sent(title="<script>alert(1)</script>"))
    page = client.get(address(topic)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_many_materials_ask_no_more(topic, django_assert_max_num_queries):
    by = make_admin(topic.ward)
    client = signed_in(by)
    client.get(address(topic))
    for number in range(12):
        add_topic_material(
            by=by, topic=topic, values=WORDS | {"title": f"Bài {number}", "link": "https://example.org/"}
        )
    with django_assert_max_num_queries(12):
        client.get(address(topic))


def test_an_admin_of_every_ward_puts_into_the_library_and_takes_out(topic):
    client = signed_in(make_user("admin"))
    answer = client.post(reverse("material_add"), sent(ward=topic.ward.pk))
    assert answer.status_code == 302
    made = Material.objects.get()
    client.post(reverse("material_withdraw", args=[made.pk]))
    made.refresh_from_db()
    assert made.withdrawn_on is not None
