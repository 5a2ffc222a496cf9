"""manage.py demo: fills an empty database with an invented ward."""

from argparse import ArgumentTypeError
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from households.demo import NotEmpty, load
from households.demo.accounts import told
from households.demo.closing import close_first_years
from households.demo.support import make_support

MOST = 100
ROWS = {
    "household": "hộ", "member": "thành viên", "sheet": "phiếu", "score": "kết quả chấm điểm", "remark": "nhận xét",
    "status": "phân loại",
}  # fmt: skip


def scale(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST):
        raise ArgumentTypeError(f"--scale là số phường cần tạo, từ 1 đến {MOST}; nhận được “{text[:40]}”.")
    return int(text)


class Command(BaseCommand):
    help = "Nạp phường minh hoạ (mọi số liệu đều do máy bịa ra) vào cơ sở dữ liệu trống."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="đã có địa bàn thì thôi, không báo lỗi")
        parser.add_argument(
            "--scale", type=scale, default=1, metavar="N", help=f"số phường, 1 đến {MOST} (để đo tốc độ)"
        )
        parser.add_argument("--accounts", action="store_true", help="chỉ in các tài khoản dùng thử")

    def handle(self, *, if_empty, scale, accounts, verbosity, **options):
        if accounts:
            self.stdout.write(told())
            return
        started = perf_counter()
        try:
            made = load(scale=scale, progress=lambda number: self._say(number, scale, verbosity))
        except NotEmpty:
            if if_empty:
                return
            raise CommandError(
                "Cơ sở dữ liệu đã có địa bàn nên không nạp dữ liệu minh hoạ, tránh trộn số liệu bịa với số liệu thật. "
                "Hãy dùng một cơ sở dữ liệu trống.",
                returncode=2,
            ) from None
        if scale == 1:  # many wards are for measuring
            make_support()
            for wing in settings.DEMO_OF_WINGS:
                import_string(wing)()
            close_first_years()
        if verbosity:
            counted = ", ".join(f"{made[name]} {label}" for name, label in ROWS.items())
            self.stdout.write(f"Đã nạp dữ liệu minh hoạ: {counted} ({perf_counter() - started:.1f} giây).")

    def _say(self, number: int, scale: int, verbosity: int) -> None:
        if verbosity and (scale == 1 or number % 5 == 1):
            self.stdout.write(f"Đang tạo phường minh hoạ {number}/{scale} …")
            self.stdout.flush()
