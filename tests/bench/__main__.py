"""python -m tests.bench [--scale 20] [--quick]: a table of queries and times, each beside its limit.

Exit 1 when a page or a load fails; slowness is only marked.
"""

import argparse
import os
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

LIMIT_QUERIES, LIMIT_MS, LIMIT_GROWTH, LIMIT_REPORT = 12, 60, 2, 1.3
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
    chosen = parser.parse_args()
    if not 1 <= chosen.scale <= 100:
        parser.error("--scale từ 1 đến 100")
    if chosen.quick:
        chosen.scale = min(chosen.scale, 3)
    return chosen


def mark(fine: bool) -> str:
    return "đạt" if fine else "VƯỢT"


class Stopwatch:
    """How long the queries took, of all that was done."""

    def __enter__(self):
        self.milliseconds = 0.0
        return self

    def __exit__(self, *_):
        return None

    def __call__(self, execute, *arguments):
        started = perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.milliseconds += (perf_counter() - started) * 1000


class Bench:
    """Rows by page name: for each scale (queries, milliseconds)."""

    def __init__(self, times: int):
        self.times = times
        self.rows: dict[str, dict[int, tuple[int, float]]] = {}
        self.failed: list[str] = []

    def measure(self, scale: int) -> None:
        from households.demo import load
        from tests.bench.database import fresh_database, settle
        from tests.bench.pages import pages

        with fresh_database():
            started = perf_counter()
            made = load(scale=scale)
            print(
                f"\nNạp {scale} phường: {perf_counter() - started:.1f} giây, {made['household']} hộ, "
                f"{made['member']} người, {made['sheet']} phiếu",
                flush=True,
            )
            settle()
            for maker in pages():
                self._row(maker, scale)
            self._reports(scale)

    def _row(self, maker: Callable, scale: int) -> None:
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
            took = [self._ask(page) for _ in range(self.times)]
            given = page.prepare()
            with CaptureQueriesContext(connection) as captured:
                page.request(given)
        except Exception as error:
            self.failed.append(page.name)
            print(f"  LỖI {page.name}: {type(error).__name__}: {error}"[:300])
            return
        self.rows.setdefault(page.name, {})[scale] = (len(captured), median(took))

    def _ask(self, page) -> float:
        given = page.prepare()
        started = perf_counter()
        response = page.request(given)
        took = (perf_counter() - started) * 1000
        if response.status_code != page.status:
            raise AssertionError(f"answered {response.status_code}, not {page.status}")
        return took

    def _reports(self, scale: int) -> None:
        """The report as rows, without its page, beside its own SQL run without Django."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from households.reports import build
        from tests.bench.database import raw_milliseconds
        from tests.bench.pages import REPORT_YEAR
        from thanhsen.models import Area

        ward = Area.objects.wards().get(code="18073", valid_to=None)
        for form in (1, 2, 4):
            try:
                with CaptureQueriesContext(connection) as captured:
                    build(form, REPORT_YEAR, ward)
                took, asked = [], []
                for _ in range(WARM_UP + self.times):
                    with Stopwatch() as sql_watch, connection.execute_wrapper(sql_watch):
                        started = perf_counter()
                        build(form, REPORT_YEAR, ward)
                        took.append((perf_counter() - started) * 1000)
                    asked.append(sql_watch.milliseconds)
                raw, by = raw_milliseconds([query["sql"] for query in captured.captured_queries], self.times)
            except Exception as error:
                self.failed.append(f"mẫu {form}")
                print(f"  LỖI mẫu {form}: {type(error).__name__}: {error}"[:300])
                continue
            built, queried = median(took[WARM_UP:]), median(asked[WARM_UP:])
            print(
                f"  mẫu {form}: SQL trong {by} {raw:.1f} ms; SQL qua Django {queried:.1f} ms, tỷ số {queried / raw:.2f} "
                f"{mark(queried <= raw * LIMIT_REPORT)}; cả dựng bảng {built:.1f} ms, tỷ số {built / raw:.2f} "
                f"{mark(built <= raw * LIMIT_REPORT)} (giới hạn {LIMIT_REPORT})",
                flush=True,
            )

    def table(self, scale: int) -> None:
        print(
            f"\n{'trang':<26}{'truy vấn':>9}{'':>6}{'ms ×1':>9}{'':>6}{f'ms ×{scale}':>9}{'tỷ số':>7}{'':>6}\n"
            f"{'giới hạn':<26}{LIMIT_QUERIES:>9}{'':>6}{LIMIT_MS:>9}{'':>6}{'':>9}{LIMIT_GROWTH:>7}"
        )
        for name, found in self.rows.items():
            queries, took = found.get(1, (0, 0.0))
            line = f"{name:<26}{queries:>9} {mark(queries <= LIMIT_QUERIES):<5}{took:>9.1f} {mark(took <= LIMIT_MS):<5}"
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
    bench = Bench(5 if chosen.quick else 15)
    for scale in dict.fromkeys((1, chosen.scale)):
        bench.measure(scale)
    bench.table(chosen.scale)
    if bench.failed:
        print(f"\nCó lỗi ở: {', '.join(bench.failed)}", file=sys.stderr)
    return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main())
