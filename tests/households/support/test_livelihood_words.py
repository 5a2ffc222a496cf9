"""What the pages of models offer and how they say it."""

from datetime import date

import pytest
from django.urls import reverse

from households.models import LivelihoodProject, Participation, Receipt
from households.reports.support import livelihoods as report
from tests.factories import make_group, make_user
from tests.households.factories import make_member, make_programme, make_support
from tests.households.reports.test_report_pages import signed_in
from tests.households.support.test_livelihoods import TODAY, by, group, joined, make_project, poor  # noqa: F401
from tests.taken import book_of

pytestmark = pytest.mark.django_db


def test_supports_are_told_apart_those_for_a_model_first(group, by):  # noqa: F811
    home, power = poor(group), make_programme(group.parent, name="Tiền điện", policy="electricity")
    make_support(power, home, valid_from=date(2026, 7, 1))
    make_support(power, home, valid_from=date(2026, 4, 1), valid_to=date(2026, 7, 1))
    card = make_programme(group.parent, name="Thẻ BHYT", policy="insurance", per_person=True)
    make_support(card, home, make_member(home, full_name="Võ Thị Hai"))
    make_support(make_programme(group.parent, name="Bò giống", policy="livelihood"), home)
    (part,) = joined(make_project(group), by, home)
    page = signed_in(by).get(reverse("participation_edit", args=[part.pk])).content.decode()
    options = page.split('name="support"')[1].split("</select>")[0]
    for words in (
        "Tiền điện, cả hộ, từ 01/07/2026",
        "Tiền điện, cả hộ, từ 01/04/2026",
        "Thẻ BHYT, Võ Thị Hai, từ 01/01/2026",
    ):
        assert words in options
    assert options.index("Bò giống") < options.index("Tiền điện")


def test_only_policies_that_can_stand_behind_a_model(group):  # noqa: F811
    card = make_programme(group.parent, name="Thẻ BHYT", policy="insurance")
    make_programme(group.parent, name="Bò giống", policy="livelihood")
    client = signed_in(make_user("supervisor", group.parent))
    page = client.get(reverse("project_create")).content.decode()
    assert "Bò giống" in page
    assert "Thẻ BHYT" not in page
    old = make_project(group, programme=card)  # chosen before: stays on offer where it stands
    assert "Thẻ BHYT" in client.get(reverse("project_edit", args=[old.pk])).content.decode()


def test_unknown_is_said_and_copying_shows_what_was_learned(group, by):  # noqa: F811
    project = make_project(group)
    joined(project, by, poor(group))
    client, page = signed_in(by), reverse("project_detail", args=[project.pk])
    shown = client.get(page).content.decode()
    assert "? →" not in shown
    assert "trung vị" not in shown
    assert "góp chưa ghi" in shown
    assert "vay chưa ghi" in shown
    copy = reverse("project_copy", args=[project.pk])
    assert "Bài học" not in client.get(copy).content.decode()
    done = {"ended_on": TODAY, "outcome": "partly", "lessons": "Cần <i>thú y</i>"}
    fresh = make_project(group, name="Nuôi gà")
    LivelihoodProject.objects.filter(pk=fresh.pk).update(**done)
    shown = client.get(reverse("project_copy", args=[fresh.pk])).content.decode()
    assert "Bài học của mô hình trước (Đạt một phần): Cần &lt;i&gt;thú y&lt;/i&gt;" in shown


def test_an_officer_does_not_read_what_few_households_elsewhere_earn(group, by):  # noqa: F811
    """Nor what the rest earns where all but few are his own."""
    project, there = make_project(group), make_group(group.parent)
    elsewhere = joined(project, make_user("officer", there), *[poor(there) for _ in range(5)])
    own = joined(project, by, *[poor(group) for _ in range(6)])
    rows = Participation.objects.filter(pk__in=[each.pk for each in [*elsewhere[:4], *own]])
    rows.update(income_before=1_234_000, income_after=4_321_000)
    client, supervisor = signed_in(by), signed_in(make_user("supervisor", group.parent))
    pages = {
        reverse("project_list"): "mức ở giữa của {} hộ đã ghi",
        reverse("project_detail", args=[project.pk]): "{0}/{0} hộ tăng",
    }
    for url, words in pages.items():
        page = client.get(url).content.decode()
        assert words.format(10) not in page
        assert "ít hộ ở ngoài địa bàn" in page
        assert words.format(10) in supervisor.get(url).content.decode()
    book = book_of(client.post(reverse("project_export"), {"reason": "Gửi chị Lan"}))
    assert "ẩn" in [cell.value for cell in book.worksheets[0][2]]
    Participation.objects.filter(pk=elsewhere[4].pk).update(income_before=1_234_000, income_after=4_321_000)
    for url, words in pages.items():  # of five it tells nobody's
        assert words.format(11) in client.get(url).content.decode()


def test_an_officer_does_not_read_what_few_households_elsewhere_received(group, by):  # noqa: F811
    """Of five elsewhere one received money: the sum less that of the officer's own would be hers."""
    project, there = make_project(group), make_group(group.parent)
    parts = joined(project, make_user("officer", there), *[poor(there) for _ in range(5)])
    joined(project, by, poor(group))
    calf = make_programme(group.parent, name="Bò giống", policy="livelihood")

    def received(part):
        support = make_support(calf, part.household)
        Receipt.objects.create(support=support, received_on=TODAY, amount=14_000_000)
        Participation.objects.filter(pk=part.pk).update(support=support)

    received(parts[0])
    found = report.figures([project], by)[project.pk]
    assert (found.received, found.hides_money) == (0, True)
    for part in parts[1:]:
        received(part)
    found = report.figures([project], by)[project.pk]  # of five it tells nobody's
    assert (found.received, found.hides_money) == (70_000_000, False)
