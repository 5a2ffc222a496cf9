"""Each line of the morning page leads to the households it counts, of every model and every shock at once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from households.actions.support import shocks
from households.reports.support import livelihoods as livelihood_reports
from households.reports.support import shocks as shock_reports
from tests.factories import make_group, make_user, make_ward
from tests.households.factories import make_household
from tests.households.reports.test_report_pages import signed_in
from tests.households.support import counted_for
from tests.households.support.test_livelihoods import joined, make_project, poor
from tests.taken import book_of

pytestmark = pytest.mark.django_db
STATES = ("chua-xem", "cho-ho-tro", "cho-don")


@pytest.fixture
def group():
    return make_group(make_ward())


@pytest.fixture
def by(group):
    return make_user("officer", group)


def listed(client, url, **query) -> tuple[int, str]:
    page = client.get(url, query).content.decode()
    return int(re.search(r'result-count">([\d.]+) hộ', page)[1]), page


def storm(group, by, name, *severities):
    """A shock over the tổ dân phố, of which these households were seen; the rest wait."""
    shock = shocks.record_shock(
        by=make_user("supervisor", group.parent), areas=[group], today=localdate(),
        values={"kind": "disaster", "name": name, "happened_on": localdate() - timedelta(days=2)},
    )  # fmt: skip
    for impact, severity in zip(shock.impacts.order_by("pk"), severities, strict=False):
        shocks.save_impact(
            by=by, impact=impact, version=impact.version, today=localdate(),
            values={"severity": severity, "pushed_down": True, "text": "Tốc mái"},
        )  # fmt: skip
    return shock


def test_households_of_every_shock(group, by):
    for _ in range(3):
        make_household(group)
    one = storm(group, by, "Bão số 3", "heavy")
    storm(group, by, "Bão số 5", "light", "heavy")
    client, lines = signed_in(by), counted_for(shock_reports.waiting, by, localdate())
    assert [line.count for line in lines] == [3, 2, 3]
    for line in lines:
        count, page = listed(client, line.url)
        assert count == line.count
        assert "Bão số 3" in page
        assert "Bão số 5" in page
        for behind in set(re.findall(r'href="([^"]+/ho/\?loai[^"]+)"', page)):
            assert listed(client, behind.replace("&amp;", "&"))[0] == 1
    shocks.mark_unharmed(by=by, shock=one, area=group, today=localdate())
    shocks.close_shock(by=make_user("supervisor", group.parent), shock=one, today=localdate())
    assert [each.count for each in counted_for(shock_reports.waiting, by, localdate())] == [1, 1, 2]


def test_households_of_every_model(group, by):
    begun = localdate().replace(day=1) - timedelta(days=70)
    for name in ("Nuôi bò", "Nuôi gà"):
        joined(make_project(group, name=name, started_on=begun), by, poor(group), poor(group), on=begun)
    (line,) = counted_for(livelihood_reports.waiting, by, localdate())
    count, page = listed(signed_in(by), line.url)
    assert count == line.count == 4
    (to_write, *_) = re.findall(r'href="([^"]+)#ho-\d+"', page)
    (anchor, *_) = re.findall(r"#(ho-\d+)", page)
    assert f'id="{anchor}"' in signed_in(by).get(to_write).content.decode()


def test_who_sees_them_and_what_is_mistyped(group, by):
    make_household(group)
    storm(group, by, "Bão số 3")
    joined(make_project(group), by, poor(group))
    for name in ("impact_waiting", "follow_up_missing"):
        url = reverse(name)
        for role, area, status in (
            ("approver", group.parent, 200), ("admin", group.parent, 403), ("viewer", group.parent, 403),
        ):  # fmt: skip
            assert signed_in(make_user(role, area)).get(url).status_code == status, (name, role)
        assert listed(signed_in(by), url)[0] > 0
        assert listed(signed_in(make_user("officer", make_group(group.parent))), url)[0] == 0
        assert listed(signed_in(by), url, to="x", loai="gi", trang="-1")[0] > 0
        assert listed(signed_in(by), url, to=10**30)[0] > 0


def test_they_pin_their_queries(group, by, django_assert_max_num_queries):
    client = signed_in(by)
    for name in ("impact_waiting", "follow_up_missing"):
        client.get(reverse(name))
    for number in range(6):
        make_household(group)
        joined(make_project(group, name=f"Mô hình {number}"), by, poor(group))
    for number in range(3):
        storm(group, by, f"Bão số {number}")
    for name in ("impact_waiting", "follow_up_missing"):
        with django_assert_max_num_queries(9):
            client.get(reverse(name))


@pytest.mark.parametrize("name", ["unfollowed_export", "waiting_export"])
def test_taken_away_as_a_workbook(group, by, name):
    make_household(group)
    storm(group, by, "=Bão số 3")
    joined(make_project(group, name="=Nuôi bò"), by, poor(group))
    client, url = signed_in(make_user("supervisor", group.parent)), reverse(name)
    book = book_of(client.post(url, {"reason": "Giao tổ trưởng"}))
    (_, line, *_) = book.worksheets[0].iter_rows()
    assert line[0].value.startswith("=")
    assert line[0].data_type == "s"
