"""Files of people read, checked and written: into an empty register and into one of 500,000 people.

Each import runs in a process of its own (`python -m tests.bench.imports DATABASE ID`), for the most memory that a
process ever took cannot be taken back.
"""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

SIZES, REGISTER = (1_000, 10_000, 50_000), 500_000
LIMIT_SECONDS, LIMIT_GROWTH, LIMIT_MB, JUDGED = 20, 1.3, 400, 10_000
GROUPS, WARDS, PEOPLE = 80, 6, 3.5
TODAY = date(2026, 10, 20)
FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Trịnh",
    "Đào",
    "Mai",
    "Cao",
]
MIDDLE = [
    "Văn",
    "Thị",
    "Hữu",
    "Đức",
    "Minh",
    "Thanh",
    "Ngọc",
    "Xuân",
    "Thu",
    "Hồng",
    "Quốc",
    "Đình",
    "Bá",
    "Công",
    "Kim",
    "Diệu",
    "Khánh",
    "Anh",
    "Gia",
    "Bảo",
]
GIVEN = [
    "An",
    "Anh",
    "Ánh",
    "Ân",
    "Bảo",
    "Bích",
    "Bình",
    "Chi",
    "Chiến",
    "Chung",
    "Cúc",
    "Cường",
    "Dũng",
    "Duy",
    "Dương",
    "Đạt",
    "Điệp",
    "Đông",
    "Đức",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hằng",
    "Hậu",
    "Hiền",
    "Hiếu",
    "Hoa",
    "Hoà",
    "Hoàng",
    "Hồng",
    "Huệ",
    "Hùng",
    "Huy",
    "Hương",
    "Khánh",
    "Khoa",
    "Lan",
    "Lâm",
    "Liên",
    "Linh",
    "Loan",
    "Long",
    "Lộc",
    "Lợi",
    "Mai",
    "Mạnh",
    "Minh",
    "My",
    "Nam",
    "Nga",
    "Ngân",
    "Nghĩa",
    "Ngọc",
    "Nhàn",
    "Nhung",
    "Oanh",
    "Phong",
    "Phúc",
    "Phương",
    "Quang",
    "Quân",
    "Quý",
    "Quyên",
    "Sơn",
    "Tài",
    "Tâm",
    "Tân",
    "Thành",
    "Thảo",
    "Thắng",
    "Thịnh",
    "Thoa",
    "Thu",
    "Thuỷ",
    "Thương",
    "Tiến",
    "Tình",
    "Toàn",
    "Trang",
    "Trung",
    "Tú",
    "Tuấn",
    "Tuyết",
    "Uyên",
    "Vân",
    "Việt",
    "Vinh",
    "Xuân",
    "Yến",
]


def run(sizes: tuple[int, ...]) -> list[str]:
    """Print the table; the names of what failed."""
    from tests.bench.database import fresh_database, settle

    rows: dict[tuple[int, int], tuple] = {}
    with fresh_database():
        for people in (0, REGISTER):
            started = perf_counter()
            ward, sender = _register(people)
            settle()
            print(
                f"\nSổ {people:,} người: dựng trong {perf_counter() - started:.0f} giây".replace(",", "."),
                flush=True,
            )
            for size in sizes:
                rows[people, size] = _measured(size, people, ward, sender)
                print(f"  {size} dòng: {', '.join(f'{each:.2f}' for each in rows[people, size])}", flush=True)
    _table(rows, sizes)
    return []


def _table(rows: dict, sizes: tuple[int, ...]) -> None:
    print(
        f"\n{'sổ':>9}{'dòng':>8}{'đọc riêng':>11}{'kiểm tra':>10}{'ghi':>8}{'cộng (s)':>10}{'dòng/s':>9}{'MB':>6}"
        f"{'/đọc':>7}{'/COPY':>7}{'/sổ trống':>10}"
    )
    for (people, size), (alone, checked, written, bare, memory) in rows.items():
        total = checked + written
        line = (
            f"{people:>9}{size:>8}{alone:>11.2f}{checked:>10.2f}{written:>8.2f}{total:>10.2f}{size / total:>9.0f}{memory:>6.0f}"
            f"{total / alone:>7.1f}{total / bare:>7.1f}"
        )
        if people:
            growth = total / (rows[0, size][1] + rows[0, size][2])
            line += f"{growth:>10.2f} {'đạt' if growth <= LIMIT_GROWTH else 'VƯỢT'}"
        else:
            line += f"{'':>10}"
        if size == JUDGED:
            line += f"  ≤ {LIMIT_SECONDS} s: {'đạt' if total <= LIMIT_SECONDS else 'VƯỢT'}"
        print(f"{line}  ≤ {LIMIT_MB} MB: {'đạt' if memory <= LIMIT_MB else 'VƯỢT'}")


def _measured(size: int, people: int, ward: int, sender: int) -> tuple:
    """(reading alone, check, commit, bare COPY) in seconds, and MB; the import is then undone by hand."""
    from django.db import connection

    from households.actions.imports import files
    from thanhsen.models import Area, User
    from thanhsen.workbook.grid import read_grid

    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        _book(path, size, seed=SIZES.index(size) + (5 if people else 0))
        started = perf_counter()
        grid = read_grid(path, "Danh sách")
        alone = perf_counter() - started
        bare = _bare_copy([grid.row(row) for row in range(2, grid.height + 1)])
        imported = files.upload(
            by=User.objects.get(pk=sender), ward=Area.objects.get(pk=ward), kind="households", file_name="do.xlsx",
            content=path.read_bytes(), defaults={"opened_date": "01/10/2026"},
        )  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "tests.bench.imports",
        connection.settings_dict["NAME"],
        str(imported.pk),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(done.stderr[-2000:])
    checked, written, memory = (float(part) for part in done.stdout.split())
    return alone, checked, written, bare, memory


def _bare_copy(rows: list[list]) -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bare (" + ", ".join(f"c{n} text" for n in range(len(rows[0]))) + ")"
        )
        started = perf_counter()
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(["" if each is None else str(each) for each in row])
        took = perf_counter() - started
        cursor.execute("DROP TABLE bare")
    return took


def _book(path: Path, size: int, seed: int) -> None:
    import xlsxwriter

    dice = Random(seed)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet("Danh sách")
    page.write_row(0, 0, [
        "Số hộ", "Tổ dân phố", "Địa chỉ", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh", "Số CCCD", "Dân tộc",
        "Có BHYT",
    ])  # fmt: skip
    household, head = 0, True
    for row in range(1, size + 1):
        if row == 1 or dice.random() < 1 / PEOPLE:
            household, head = household + 1, True
        sex, year = dice.choice("01"), dice.randint(1940, 1999)
        cccd = f"042{sex}{year % 100:02d}{seed}{row:05d}"
        page.write_row(row, 0, [
            household, f"Tổ dân phố {household % GROUPS + 1}", f"Ngõ {household}", _name(dice),
            "Chủ hộ" if head else "Con đẻ", "Nữ" if sex == "1" else "Nam", f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{year}",
            cccd, "Kinh", "Có",
        ])  # fmt: skip
        head = False
    book.close()


def _name(dice: Random) -> str:
    return f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"


def _register(people: int) -> tuple[int, int]:
    """(ward, sender) of a register of so many invented people; the wards are made the first time."""
    from thanhsen.models import Area, AreaKind, User
    from thanhsen.permissions import Role

    if not people:
        province = Area.objects.create(
            kind=AreaKind.PROVINCE, code="42", name="Tỉnh Đo", valid_from=date(2020, 1, 1)
        )
        for number in range(WARDS):
            ward = Area.objects.create(
                kind=AreaKind.WARD,
                code=f"W{number}",
                name=f"Phường {number}",
                parent=province,
                valid_from=date(2020, 1, 1),
            )
            for place in range(1, GROUPS + 1):
                Area.objects.create(
                    kind=AreaKind.GROUP,
                    code=f"W{number}-{place}",
                    name=f"Tổ dân phố {place}",
                    parent=ward,
                    valid_from=date(2020, 1, 1),
                )
        sender = User(username="do.nhap", full_name="Người Đo", role=Role.SUPERVISOR)
        sender.set_unusable_password()
        sender.save()
        sender.areas.set(Area.objects.filter(code="W0"))
    else:
        _crowd(people)
    return Area.objects.get(code="W0").pk, User.objects.get(username="do.nhap").pk


def _crowd(people: int) -> None:
    from django.db import connection

    from households.actions.imports.homes import FILLED_BY_DATABASE
    from households.models import Household, Member
    from thanhsen import vietnamese
    from thanhsen.bulk import copy_in, next_ids
    from thanhsen.models import Area

    dice = Random(people)
    groups = list(Area.objects.groups().order_by("pk").values_list("pk", flat=True))
    count = int(people / PEOPLE)
    keys: dict[str, str] = {}

    def homes():
        for pk in ids:
            name = _name(dice)
            yield Household(
                pk=pk,
                area_id=groups[pk % len(groups)],
                opened_date=date(2022, 1, 1),
                head_name=name,
                sort_key=key(name),
            )

    def key(name: str) -> str:
        if name not in keys:
            keys[name] = vietnamese.name_key(name)
        return keys[name]

    def members():
        for number, pk in enumerate(member_ids):
            name, year, sex = _name(dice), dice.randint(1940, 2020), dice.choice(("male", "female"))
            yield Member(
                pk=pk, household_id=ids[number % count], full_name=name, sort_key=key(name), sex=sex, birth_year=year,
                birth_date=date(year, dice.randint(1, 12), dice.randint(1, 28)), ethnicity="01",
                cccd=f"9{number:011d}", relationship="head" if number < count else "child",
            )  # fmt: skip

    ids, member_ids = next_ids(Household, count), next_ids(Member, people)  # before, not during, a COPY
    with _no_triggers(connection):
        copy_in(homes(), Household, but=FILLED_BY_DATABASE)
        copy_in(members(), Member)


@contextmanager
def _no_triggers(connection):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")


def main(database: str, pk: str) -> None:
    """Check and write one import: seconds of each, and the MB the process took at most."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanhsen.settings")
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    from households.actions.imports import files
    from households.exchange.imports import work

    started = perf_counter()
    imported = work.run(int(pk), TODAY)
    checked = perf_counter() - started
    if imported.state != "checked" or imported.counts.get("faulty"):
        raise AssertionError(f"{imported.state} {imported.counts} {imported.told} {imported.refusal}")
    files.begin_commit(by=imported.uploaded_by, imported=imported, version=None)
    started = perf_counter()
    imported = work.run(int(pk), TODAY)
    if imported.state != "committed":
        raise AssertionError(f"{imported.state} {imported.told}")
    print(checked, perf_counter() - started, _most_memory())


def _most_memory() -> float:
    """MB of this process at most. (getrusage would tell that of the process it was forked from.)"""
    return int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) / 1024  # type: ignore[index]


if __name__ == "__main__":
    main(*sys.argv[1:])
