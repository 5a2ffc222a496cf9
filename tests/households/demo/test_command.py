"""manage.py demo: what it says, and what it refuses."""

import pytest
from django.core.management import CommandError, call_command

from households.demo import accounts
from households.management.commands import demo
from households.models import Household
from tests.factories import make_group
from thanhsen.models import Area, Event, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(demo, "load", lambda **given: load(groups=2, households=20, **given))


load = demo.load


def test_it_fills_an_empty_database_and_tells_the_accounts(capsys):
    call_command("demo", if_empty=True)
    assert "Đã nạp dữ liệu minh hoạ" in capsys.readouterr().out
    call_command("demo", accounts=True)
    lines = capsys.readouterr().out.splitlines()
    assert accounts.PASSWORD in lines[0]
    assert [line.split()[0] for line in lines[1:]] == list(accounts.USERNAMES.values())
    acts = set(Event.objects.exclude(act__startswith="life.").values_list("act", flat=True))
    assert acts == {
        "demo.load", "year.close", "snapshot.keep",
        "material.add", "topic.save", "question.save", "roster.freeze", "training_certificate.issue",
    }  # fmt: skip


def test_a_database_with_areas_is_refused(capsys):
    make_group()
    with pytest.raises(CommandError, match="đã có địa bàn") as refusal:
        call_command("demo")
    assert refusal.value.returncode == 2
    assert not Household.objects.exists()


def test_if_empty_leaves_it_alone_and_says_nothing(capsys):
    make_group()
    call_command("demo", if_empty=True)
    assert capsys.readouterr().out == ""
    assert Area.objects.count() == 3


@pytest.mark.parametrize("given", ["0", "101", "-1", "abc", "1.5", "²", "9" * 5000])
def test_a_scale_that_is_none_is_refused(given):
    with pytest.raises(CommandError, match="từ 1 đến 100"):
        call_command("demo", f"--scale={given}")
    assert not Area.objects.exists()


def test_accounts_that_no_longer_open_are_not_told(capsys):
    call_command("demo", verbosity=0)
    for user in User.objects.filter(username="canbo01"):
        user.set_password("mật khẩu của riêng tôi")
        user.save()
    User.objects.filter(username="chutich").update(is_active=False)
    call_command("demo", accounts=True)
    told = capsys.readouterr().out
    assert "giamngheo" in told
    assert "canbo01" not in told
    assert "chutich" not in told


def test_without_demo_accounts_it_says_so(capsys):
    call_command("demo", accounts=True)
    assert "không có tài khoản dùng thử" in capsys.readouterr().out
