"""The yearly reports timed: each beside its own SQL run without Django, and the memory the largest list takes."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.poverty.measures import nested_weights
from households.reports import build, whole
from households.reports.editions import Live
from households.reports.filled import TABULATED, build_list
from households.reports.forms import FORMS
from households.reports.held import Basis
from households.reports.matrix import between_years, matrix
from households.reports.measures import Choice, Grouping, measured
from households.reports.support.outcome_tables import tables
from tests.bench.crowd import LAST_YEAR, SMALL_WARD, Crowd, people, propose
from tests.bench.database import NAME, fresh_database, raw_milliseconds, settle
from thanhsen import workbook
from thanhsen.models import Area

LIMIT_RATIO, LIMIT_SET_MS, LIMIT_PROVINCE_MS, LIMIT_NATION_MS = 1.2, 3000, 1000, 10_000
FLOOR_MS = 5  # below it a ratio says more of the clock than of the report
LIMIT_MEMORY = 1.2  # of the long list over the short one
FEW_LINES, MANY_LINES = 10_000, 500_000
LISTS = [form.number for form in FORMS.values() if form.is_list]


@dataclass(frozen=True)
class Report:
    name: str
    make: Callable[[], object]
    limit_ms: float | None = None


@dataclass(frozen=True)
class Took:
    """Milliseconds: the SQL alone (`by` psql or the driver), the same SQL through Django, all of it."""

    raw: float
    by: str
    queried: float
    built: float
    queries: int


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


def reports(year: int, ward: Area, limit_ms: float | None, basis: Basis = Basis.OFFICIAL) -> Iterator[Report]:
    """Every form of a year; the lists read to their last line, which is more than a form."""
    for form in TABULATED:
        yield Report(
            f"mẫu {form}", lambda form=form: build(form, year, ward, edition=Live(year, basis)), limit_ms
        )
    for form in LISTS:
        yield Report(f"mẫu {form} (danh sách)", lambda form=form: exhaust(form, year, ward, basis))
    if basis is Basis.OFFICIAL:
        yield Report("bảng giữa hai năm", lambda: matrix(between_years(ward, year - 1, year)), limit_ms)
        yield Report("kết quả hỗ trợ", lambda: outcomes(year, ward), limit_ms)
        yield Report("H, A, M0", lambda: measures(year, ward), limit_ms)


def exhaust(form: int, year: int, ward: Area, basis: Basis = Basis.OFFICIAL) -> None:
    for _ in build_list(form, year, ward, edition=Live(year, basis)).lines():
        pass


def outcomes(year: int, ward: Area) -> None:
    tables(Live(year).scope(ward), restricted=False)


def measures(year: int, ward: Area) -> None:
    edition = Live(year)
    standard = edition.standard()
    measured(edition.scope(ward), standard, Choice(nested_weights(standard), Fraction(1, 3)), Grouping.AREA)


def whole_set(year: int, ward: Area) -> bytes:
    """The set of a ward as one workbook."""
    return workbook.write_set([whole(form, year, ward) for form in FORMS], title=f"Năm {year}")


def time(make: Callable[[], object], times: int, warm_up: int) -> Took:
    with CaptureQueriesContext(connection) as captured:
        make()
    built, queried = [], []
    for _ in range(warm_up + times):
        with Stopwatch() as watch, connection.execute_wrapper(watch):
            started = perf_counter()
            make()
            built.append((perf_counter() - started) * 1000)
        queried.append(watch.milliseconds)
    asked = [query["sql"] for query in captured.captured_queries]
    raw, by = raw_milliseconds(asked, times, warm_up)
    return Took(raw, by, median(queried[warm_up:]), median(built[warm_up:]), len(asked))


class Reports:
    """Prints a table as it goes; remembers what failed."""

    def __init__(self, times: int):
        self.times = times
        self.failed: list[str] = []

    def ward(self, year: int, ward: Area) -> None:
        """The ward of the connection's database: each form, and the whole set."""
        self._table(f"{ward.name}, năm {year}", [*reports(year, ward, None)], self.times, 3)
        self._table("", [Report("cả bộ 15 mẫu", lambda: whole_set(year, ward), LIMIT_SET_MS)], self.times, 3)

    def crowd(self, crowd: Crowd, limit_ms: float, times: int) -> None:
        with fresh_database():
            started = perf_counter()
            ward = people(crowd)
            settle()
            print(
                f"\nTạo {crowd.name} bằng SQL: {perf_counter() - started:.1f} giây, {crowd.households} hộ, "
                f"khoảng {crowd.statuses} phân loại, {crowd.groups} địa bàn",
                flush=True,
            )
            self._table(f"{crowd.name}, chính thức", [*reports(LAST_YEAR, ward, limit_ms)], times, 1)
            if crowd.sheets:
                propose(LAST_YEAR)
                settle()
                sketched = [*reports(LAST_YEAR, ward, limit_ms, Basis.PRELIMINARY)]
                self._table(f"{crowd.name}, sơ bộ", sketched, times, 1)
            else:
                self._memory(ward)

    def _table(self, title: str, wanted: list[Report], times: int, warm_up: int) -> None:
        if title:
            print(
                f"\n{title}\n{'':<22}{'SQL':>10}{'qua Django':>12}{'tỷ số':>7}{'cả dựng bảng':>14}{'tỷ số':>7}"
            )
        for report in wanted:
            try:
                took = time(report.make, times, warm_up)
            except Exception as error:
                self.failed.append(report.name)
                print(f"  LỖI {report.name}: {type(error).__name__}: {error}"[:300], flush=True)
                continue
            print(
                f"{report.name:<22}{took.raw:>10.1f}{took.queried:>12.1f}{took.queried / took.raw:>7.2f}"
                f"{took.built:>14.1f}{took.built / took.raw:>7.2f} {verdict(report, took)}",
                flush=True,
            )

    def _memory(self, ward: Area) -> None:
        """A list in a process of its own, short and long: the longer one takes no more."""
        small = Area.objects.get(code=SMALL_WARD)
        try:
            few, many = (largest(place, lines) for place, lines in ((small, FEW_LINES), (ward, MANY_LINES)))
        except subprocess.CalledProcessError as error:
            self.failed.append("bộ nhớ của danh sách")
            print(f"  LỖI bộ nhớ của danh sách: {error.stderr}"[-300:])
            return
        ratio = many[1] / few[1]
        print(
            f"\nBộ nhớ khi xuất danh sách mẫu 14: {few[0]} dòng {few[1]:.0f} MB; {many[0]} dòng {many[1]:.0f} MB, "
            f"tỷ số {ratio:.2f} {'đạt' if ratio <= LIMIT_MEMORY else 'VƯỢT'} (giới hạn {LIMIT_MEMORY})",
            flush=True,
        )


def verdict(report: Report, took: Took) -> str:
    said = []
    if took.raw >= FLOOR_MS:
        said.append("tỷ số " + ("đạt" if took.built <= took.raw * LIMIT_RATIO else "VƯỢT"))
    if report.limit_ms:
        said.append(f"{'đạt' if took.built <= report.limit_ms else 'VƯỢT'} {report.limit_ms / 1000:g} giây")
    return ", ".join(said)


def largest(ward: Area, lines: int) -> tuple[int, float]:
    """(lines, megabytes at the most) of the list of the near-poor of a ward, exported by a process of its own."""
    command = [sys.executable, "-m", "tests.bench.export", NAME, str(LAST_YEAR), str(ward.pk), str(lines)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    written, kilobytes = map(int, done.stdout.split())
    return written, kilobytes / 1024
