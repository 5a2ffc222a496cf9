"""manage.py verify_years [--area CODE] [--year YEAR]: are the closed years still what was kept?"""

from django.core.management.base import BaseCommand

from households.models import Snapshot
from households.reports.verify import verified


class Command(BaseCommand):
    help = "Kiểm tra số liệu các năm đã khoá sổ còn nguyên như lúc chốt. Mã thoát 1 khi có chỗ khác."

    def add_arguments(self, parser):
        parser.add_argument("--area", default="", metavar="MÃ", help="Chỉ phường, xã mang mã này.")
        parser.add_argument("--year", type=int, default=None, metavar="NĂM", help="Chỉ năm này.")

    def handle(self, *, area, year, **options):
        found = Snapshot.objects.select_related("ward").order_by("ward__code", "year", "version")
        found = found.filter(ward__code=area) if area else found
        found = found.filter(year=year) if year else found
        bad = 0
        for snapshot in found.iterator(chunk_size=1):
            wrong = verified(snapshot)
            bad += bool(wrong)
            said = "; ".join(wrong) if wrong else "nguyên vẹn"
            self.stdout.write(
                f"{snapshot.ward.name} ({snapshot.ward.code}), năm {snapshot.year}, phiên bản {snapshot.version}, "
                f"{snapshot.digest}: {said}"
            )
        if not found.exists():
            self.stdout.write("Chưa có năm nào được chốt số liệu.")
        if bad:
            raise SystemExit(1)
