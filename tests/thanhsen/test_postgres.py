"""The database address, and the bundled server: many processes, crashes, refusals."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from thanhsen import postgres
from thanhsen.postgres import AddressError, ServerError, parse

# parse() ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://an:bi%40mat%2F%25@db.example.vn:6432/cong?sslmode=require",
            {"USER": "an", "PASSWORD": "bi@mat/%", "HOST": "db.example.vn", "PORT": "6432", "NAME": "cong"}
            | {"OPTIONS": {"sslmode": "require"}},
        ),
        ("postgresql://an@localhost/cong", {"USER": "an", "PASSWORD": "", "HOST": "localhost", "PORT": ""}),
        ("postgres://an@[::1]:5433/cong", {"HOST": "::1", "PORT": "5433"}),
        ("postgres://portal@/portal?host=/run/a%20b", {"HOST": "/run/a b", "NAME": "portal", "OPTIONS": {}}),
        ("postgres://portal@%2Frun%2FPg:5433/portal", {"HOST": "/run/Pg", "PORT": "5433"}),
        (
            "postgres:///c%E1%BB%95ng?host=/s&port=5433",
            {"NAME": "cổng", "HOST": "/s", "PORT": "5433", "USER": ""},
        ),
        (" postgres://an@h/cong\n", {"HOST": "h", "NAME": "cong"}),
    ],
)
def test_an_address_becomes_a_django_database(url, expected):
    assert expected.items() <= parse(url).items()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "phải bắt đầu bằng postgres://"),
        ("mysql://an@h/cong", "phải bắt đầu bằng postgres://"),
        ("postgres://an@h", "thiếu tên cơ sở dữ liệu"),
        ("postgres://an@h/a/b", "có dấu /"),
        ("postgres://an@h:no/cong", "cổng"),
        ("postgres://an@h:99999/cong", "cổng"),
        ("postgres://an@h/cong?port=x", "cổng phải là số"),
        ("postgres://an@h/cong?ssl", "tên=giá-trị"),
        ("postgres://an@h/cong?pool=5", "không có tham số “pool”"),
        ("postgres://an:ab#c@h/cong", "%23"),
    ],
)
def test_a_malformed_address_is_refused_in_vietnamese(url, reason):
    with pytest.raises(AddressError, match=reason):
        parse(url)


def test_a_refusal_does_not_show_the_password():
    with pytest.raises(AddressError) as refusal:
        parse("postgres://an:rat-kin@h:no/cong")
    assert "rat-kin" not in str(refusal.value)


def test_the_bundled_address_survives_any_path(monkeypatch, tmp_path):
    home = tmp_path / ("Thư mục, có dấu & rất dài " * 4)
    monkeypatch.setenv("PORTAL_PGHOME", str(home))
    postgres._home.cache_clear()
    try:
        host = parse(postgres.url("pg", "portal 2"))["HOST"]
    finally:
        postgres._home.cache_clear()
    assert parse(postgres.url("pg", "portal 2"))["NAME"] == "portal 2"
    assert len(os.fsencode(host) + b"/.s.PGSQL.5432.lock") < 107
    assert "," not in host
    assert " " not in host


# The server --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder for a server of these tests alone, that the server's account can enter."""
    folder = Path(tempfile.mkdtemp(prefix="thanhsen-test ", dir="/tmp"))
    folder.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAL_PGHOME", str(folder))
        postgres._home.cache_clear()
        yield folder
        postgres.stop("own")
        shutil.rmtree(postgres._sockets(folder / "own"), ignore_errors=True)
        postgres._home.cache_clear()
    shutil.rmtree(folder)


def start_in_a_process(count: int = 1, then: str = "") -> list[str]:
    code = f"from thanhsen import postgres; print(postgres.ensure('own', test=True)); {then}"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=postgres.BASE_DIR, stdout=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    return [run.communicate(timeout=60)[0].strip() for run in runs]


def ask(url: str, sql: str):
    entry = parse(url)
    with psycopg.connect(
        host=entry["HOST"], user=entry["USER"], dbname=entry["NAME"], autocommit=True
    ) as link:
        cursor = link.execute(sql)
        return cursor.fetchone() if cursor.description else None


def test_four_processes_at_once_start_one_server(home):
    addresses = start_in_a_process(4)
    assert set(addresses) == {postgres.url("own")}
    assert postgres.running("own")
    assert ask(addresses[0], "select current_database(), current_setting('listen_addresses')") == (
        "portal",
        "",
    )


def test_it_has_the_extensions_and_vietnamese_case(home):
    url = postgres.ensure("own", test=True)
    for extension in ("unaccent", "pg_trgm", "btree_gist"):
        ask(url, f"create extension if not exists {extension}")
    assert ask(url, "select unaccent('Đường Thành Sen'), lower('ĐẶNG ỘT')") == ("Duong Thanh Sen", "đặng ột")


def test_a_killed_server_comes_back_with_its_data(home):
    url = postgres.ensure("own", test=True)
    ask(url, "create table kept as select 42 as answer")
    ask(url, "checkpoint")
    os.kill(postgres._postmaster(home / "own" / "data"), signal.SIGKILL)
    assert postgres.ensure("own", test=True) == url
    assert ask(url, "select answer from kept") == (42,)


def test_a_lock_naming_a_stranger_does_not_stop_it(home):
    postgres.ensure("own", test=True)
    pid_file = home / "own" / "data" / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    postgres.stop("own")
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert ask(postgres.ensure("own", test=True), "select 1") == (1,)


def test_leaving_stops_it_only_when_nobody_holds_it(home):
    postgres.ensure("own", test=True)
    assert start_in_a_process(then="print(postgres.leave('own'))")[0].endswith("False")
    assert postgres.running("own")
    assert postgres.leave("own") is True
    assert not postgres.running("own")
    assert postgres.stop("own") is False


def test_data_of_another_version_is_refused_and_kept(home):
    postgres.ensure("own", test=True)
    postgres.stop("own")
    version = home / "own" / "data" / "PG_VERSION"
    kept = version.read_text()
    version.write_text("9\n")
    try:
        with pytest.raises(ServerError, match="thuộc PostgreSQL 9"):
            postgres.ensure("own", test=True)
    finally:
        version.write_text(kept)
    assert ask(postgres.ensure("own", test=True), "select 1") == (1,)


def test_a_folder_of_someone_else_is_refused(tmp_path):
    (tmp_path / "link").symlink_to("/etc")
    with pytest.raises(ServerError, match="thuộc tài khoản khác"):
        postgres._own_folder(tmp_path / "link", (os.geteuid(), os.getegid()))


@pytest.mark.django_db
def test_no_query_is_compiled_before_it_runs():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
