"""python -m tests.bench [--scale 20] [--quick] [--pages] [--reports] [--nation] [--imports] [--attendance] [--certificates] [--takers]: tables of queries and times beside their limits.

Exit 1 when a page or a load fails; slowness is only marked.
"""

import argparse
import os
import sys
from collections.abc import Callable
from itertools import chain
from statistics import median
from time import perf_counter

LIMIT_QUERIES, LIMIT_GROWTH = 12, 2
# Time is told in times of the household list, asked for in the same seconds, so that a slow machine is not taken for a
# slow page. Where the list takes 18 ms this is 60.
LIMIT_TIMES = 3.3
FLOOR_MS = 5  # below it a ratio says more of the clock than of the page
WARM_UP = 3


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="portal.py bench", description="Đo số truy vấn và thời gian của các trang."
    )
    parser.add_argument("--scale", type=int, default=20, help="số phường của lần đo thứ hai (mặc định 20)")
    parser.add_argument(
        "--quick", action="store_true", help="5 lần mỗi trang thay vì 15, và 3 phường thay vì 20"
    )
    parser.add_argument("--pages", action="store_true", help="chỉ đo các trang, ở một phường (khoảng 2 phút)")
    parser.add_argument(
        "--reports", action="store_true", help="chỉ đo báo cáo: phường mẫu và một tỉnh, không đo các trang"
    )
    parser.add_argument(
        "--nation", action="store_true", help="đo thêm báo cáo trên 2.000.000 phân loại (thêm khoảng 5 phút)"
    )
    parser.add_argument(
        "--imports", action="store_true", help="chỉ đo việc nhập tệp: sổ trống và sổ 500.000 người"
    )
    parser.add_argument(
        "--attendance", action="store_true", help="chỉ đo điểm danh: 250 người một lần gửi, 250 người qua cửa"
    )
    parser.add_argument(
        "--certificates",
        action="store_true",
        help="chỉ đo giấy chứng nhận tập huấn: 250 giấy cấp và thành một tệp",
    )
    parser.add_argument("--takers", action="store_true", help="chỉ đo 250 người làm bài kiểm tra cùng lúc")
    chosen = parser.parse_args()
    if not 1 <= chosen.scale <= 100:
        parser.error("--scale từ 1 đến 100")
    if chosen.quick:
        chosen.scale = min(chosen.scale, 3)
    return chosen


def mark(fine: bool) -> str:
    return "đạt" if fine else "VƯỢT"


class Bench:
    """Rows by page name: for each scale (queries, milliseconds, milliseconds of the household list beside it)."""

    def __init__(self, times: int, reports, *, pages: bool):
        self.times, self.reports, self.pages = times, reports, pages
        self.rows: dict[str, dict[int, tuple[int, float, float]]] = {}
        self.failed: list[str] = []

    def measure(self, scale: int) -> None:
        from households.demo import load
        from tests.bench.courses import course_pages
        from tests.bench.database import fresh_database, settle
        from tests.bench.pages import REPORT_YEAR, WARD, household_list, pages
        from thanhsen.models import Area

        with fresh_database():
            started = perf_counter()
            made = load(scale=scale)
            print(
                f"\nNạp {scale} phường: {perf_counter() - started:.1f} giây, {made['household']} hộ, "
                f"{made['member']} người, {made['sheet']} phiếu",
                flush=True,
            )
            settle()
            beside = household_list()
            for maker in chain(pages(), course_pages()) if self.pages else ():
                self._row(maker, scale, beside)
            if self.reports:
                self.reports.ward(REPORT_YEAR, Area.objects.wards().get(code=WARD, valid_to=None))

    def _row(self, maker: Callable, scale: int, beside) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        from django.urls import NoReverseMatch

        try:
            page = maker()
        except NoReverseMatch as missing:
            print(f"  (bỏ qua: chưa có trang – {str(missing)[:80]})")
            return
        try:
            for _ in range(WARM_UP):
                self._ask(page)
            took, other = zip(*((self._ask(page), self._ask(beside)) for _ in range(self.times)), strict=True)
            given = page.prepare()
            with CaptureQueriesContext(connection) as captured:
                page.request(given)
        except Exception as error:
            self.failed.append(page.name)
            print(f"  LỖI {page.name}: {type(error).__name__}: {error}"[:300])
            return
        self.rows.setdefault(page.name, {})[scale] = (len(captured), median(took), median(other))

    def _ask(self, page) -> float:
        given = page.prepare()
        started = perf_counter()
        response = page.request(given)
        took = (perf_counter() - started) * 1000
        if response.status_code != page.status:
            raise AssertionError(f"answered {response.status_code}, not {page.status}")
        return took

    def table(self, scale: int) -> None:
        print(
            f"\n{'trang':<26}{'truy vấn':>9}{'':>12}{'ms ×1':>9}{'lần':>7}{'':>6}{f'ms ×{scale}':>9}{'tỷ số':>7}{'':>6}\n"
            f"{'giới hạn':<26}{'':>9}{'':>12}{'':>9}{LIMIT_TIMES:>7}{'':>6}{'':>9}{LIMIT_GROWTH:>7}\n"
            "(lần: thời gian so với danh sách hộ, hỏi xen kẽ)"
        )
        for name, found in self.rows.items():
            queries, took, beside = found.get(1, (0, 0.0, 1.0))
            times = took / beside
            line = (
                f"{name:<26}{queries:>9} {f'≤ {LIMIT_QUERIES} {mark(queries <= LIMIT_QUERIES)}':<11}"
                f"{took:>9.1f}{times:>7.2f} {mark(times <= LIMIT_TIMES):<5}"
            )
            if scale in found and took and scale != 1:
                large = found[scale][1]
                fine = large <= max(LIMIT_GROWTH * took, FLOOR_MS)
                line += f"{large:>9.1f}{large / took:>7.2f} {mark(fine)}"
            print(line)


def main() -> int:
    if not os.environ.get("SECRET_KEY") or not os.environ.get("DATABASE_URL"):
        print("Chạy bằng: python3 portal.py bench", file=sys.stderr)
        return 2
    chosen = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanhsen.settings")
    import django

    django.setup()
    from tests.bench.crowd import NATION, PROVINCE
    from tests.bench.reports import LIMIT_NATION_MS, LIMIT_PROVINCE_MS, Reports

    if chosen.imports:
        from tests.bench import imports

        imports.run(imports.SIZES[:2] if chosen.quick else imports.SIZES)
        return 0
    if chosen.attendance:
        from tests.bench import attendance

        return 1 if attendance.run() else 0
    if chosen.certificates:
        from tests.bench import certificates

        return 1 if certificates.run() else 0
    if chosen.takers:
        from tests.bench import takers

        return 1 if takers.run() else 0
    times = 5 if chosen.quick else 15
    if chosen.pages:
        bench = Bench(times, None, pages=True)
        bench.measure(1)
        bench.table(1)
        return 1 if bench.failed else 0
    reports = Reports(times)
    bench = Bench(times, reports, pages=not chosen.reports)
    for scale in (1,) if chosen.reports else dict.fromkeys((1, chosen.scale)):
        bench.measure(scale)
    if not chosen.reports:
        bench.table(chosen.scale)
    reports.crowd(PROVINCE, LIMIT_PROVINCE_MS, 5)
    if chosen.nation:
        reports.crowd(NATION, LIMIT_NATION_MS, 1)
    failed = bench.failed + reports.failed
    if failed:
        print(f"\nCó lỗi ở: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
