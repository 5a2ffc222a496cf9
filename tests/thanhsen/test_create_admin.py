"""The first account of a new portal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from thanhsen.models import Event, User

pytestmark = pytest.mark.django_db


def test_it_makes_an_admin_who_must_change_the_password():
    out = StringIO()
    call_command("create_admin", "QuanTri", name="Nguyễn Văn A", stdout=out)
    user = User.objects.get()
    assert (user.username, user.role, user.must_change_password) == ("quantri", "admin", True)
    assert user.check_password(out.getvalue().rsplit(": ", 1)[1].strip())
    assert Event.objects.get().act == "user.create"


@pytest.mark.parametrize(
    ("username", "name", "word"), [("có dấu", "A B", "chữ thường"), ("quantri", "", "Chưa nhập")]
)
def test_bad_input_is_a_sentence(username, name, word):
    with pytest.raises(CommandError, match=word) as error:
        call_command("create_admin", username, name=name)
    assert error.value.returncode == 2
    assert not User.objects.exists()


def test_a_name_serves_once():
    call_command("create_admin", "quantri", name="A B", stdout=StringIO())
    with pytest.raises(CommandError, match="đã có người dùng"):
        call_command("create_admin", "quantri", name="C D")
