"""What nobody would type in good faith faults one row or is answered in words; nothing of it breaks the portal."""

import pytest
from django.urls import reverse

from tests.households.factories import make_household
from tests.households.imports.books import HOA, book, faults, outcomes, send

pytestmark = pytest.mark.django_db
HEADINGS = ("Mã hộ", "Mã người", "Tổ dân phố", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Năm sinh", "Dân tộc", "Phiên bản", "Địa chỉ")  # fmt: skip
LONG = "9" * 5000


@pytest.mark.parametrize("version", ["²", LONG, "", "\x00", "٣"])
def test_commit_with_hostile_version_is_no_500(client, sender, sent, version):
    imported = sent(HOA)
    client.force_login(sender)
    answer = client.post(reverse("import_commit", args=[imported.pk]), {"version": version}, follow=True)
    assert "Kết quả kiểm tra vừa thay đổi" in answer.content.decode()


@pytest.mark.parametrize("to", ["²", "9" * 40, LONG])
def test_detail_filter_hostile(client, sender, sent, to):
    imported = sent(HOA)
    client.force_login(sender)
    assert client.get(reverse("import_detail", args=[imported.pk]), {"to": to}).status_code == 200


def test_the_filter_of_a_place_shows_its_own(client, sender, sent, groups):
    imported = sent(HOA)
    client.force_login(sender)
    page = reverse("import_detail", args=[imported.pk])
    link = reverse("import_unit", args=[imported.pk, 1])
    assert link in client.get(page, {"to": groups[0].pk}).content.decode()
    assert link not in client.get(page, {"to": groups[1].pk}).content.decode()


def known(home, member=None, stamp=None):
    """The head of a household as an export of the portal names her, with another name, year and address."""
    who = home.members.get().pk if member is None else member
    return (
        home.code,
        who,
        "Tổ dân phố 1",
        "Nguyễn Thị Hoa Mai",
        "Chủ hộ",
        "Nam",
        "1981",
        "Kinh",
        stamp,
        "Ngõ 9",
    )


@pytest.mark.parametrize("member", ["²", "9" * 30, LONG, "٣"])
def test_hostile_member_code(ward, groups, sender, member):
    homes = [make_household(groups[0], head={"full_name": name}) for name in ("Nguyễn Thị Hoa", "Lê Thị Lan")]
    imported = send(book([known(homes[0], member), known(homes[1])], HEADINGS), by=sender, ward=ward)
    assert (imported.state, outcomes(imported)) == ("checked", ["faulty", "changed"])
    assert {row for row, _ in faults(imported)} == {2}


@pytest.mark.parametrize("stamp", ["1.²", "²." + "1", LONG + ".1", "1." + LONG, "1."])
def test_hostile_stamp(ward, groups, sender, stamp):
    homes = [make_household(groups[0], head={"full_name": name}) for name in ("Nguyễn Thị Hoa", "Lê Thị Lan")]
    rows = [known(homes[0], stamp=stamp), known(homes[1])]
    imported = send(book(rows, HEADINGS), by=sender, ward=ward)
    assert (imported.state, outcomes(imported)) == ("checked", ["faulty", "changed"])
    assert {row for row, _ in faults(imported)} == {2}
