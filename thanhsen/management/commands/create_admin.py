"""manage.py create_admin: the first account of a new portal. The password is made here and shown once."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from thanhsen.actions import create_user
from thanhsen.forms.accounts import NewUserForm
from thanhsen.permissions import Role


class Command(BaseCommand):
    help = "Tạo tài khoản quản trị đầu tiên."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập, chữ thường không dấu")
        parser.add_argument("--name", required=True, help="họ và tên")

    def handle(self, *args, username, name, **options):
        form = NewUserForm({"username": username, "full_name": name, "role": Role.ADMIN}, by=None)
        if not form.is_valid():
            sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
            raise CommandError(" ".join(sentences), returncode=2)
        try:
            user, password = create_user(
                by=None,
                username=form.cleaned_data["username"],
                full_name=form.cleaned_data["full_name"],
                role=Role.ADMIN,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from None
        self.stdout.write(f"Đã tạo tài khoản quản trị {user.username}. Mật khẩu dùng một lần: {password}")
