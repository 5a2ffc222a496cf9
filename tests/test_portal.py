"""The launcher: what it says, what it refuses, what it remembers. Nothing is installed here."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import portal


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Path:
    """An empty checkout in place of this one."""
    monkeypatch.setattr(portal, "BASE_DIR", tmp_path)
    monkeypatch.setattr(portal, "DATA", tmp_path / ".data")
    monkeypatch.setattr(portal, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(portal, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return tmp_path


def call(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(portal.BASE_DIR / "portal.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd="/")


@pytest.mark.parametrize(
    "arguments", [(), ("chay",), ("run", "--cong", "1"), ("run", "--port", "x"), ("install", "x")]
)
def test_an_unknown_command_shows_the_help_and_exits_2(arguments):
    done = call(*arguments)
    assert done.returncode == 2
    assert "python3 portal.py run" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_exits_0():
    done = call("--help")
    assert done.returncode == 0
    assert "kiểm thử" in done.stdout


def test_a_taken_port_is_said_in_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = call("run", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Cổng {port} đang có chương trình khác dùng.")
    assert done.stderr.count("\n") == 1


def test_the_stamp_changes_with_the_lock_and_with_python():
    stamps = {portal.stamp_of(b"a", "3.11"), portal.stamp_of(b"b", "3.11"), portal.stamp_of(b"a", "3.13")}
    assert len(stamps) == 3
    assert portal.stamp_of(b"a", "3.11") in stamps


def prepared(checkout: Path, monkeypatch) -> tuple[list, list]:
    """A checkout whose .venv and pip are stand-ins; what was made and installed."""
    made, installed = [], []
    (checkout / "requirements").mkdir()
    (checkout / "requirements" / "run.txt").write_text("django==5.2\n")

    def make() -> str:
        made.append(1)
        (checkout / ".venv").mkdir(exist_ok=True)
        (checkout / ".venv" / ".installing").unlink(missing_ok=True)
        return "3.11"

    def version() -> str | None:
        whole = (checkout / ".venv").exists() and not (checkout / ".venv" / ".installing").exists()
        return "3.11" if whole else None

    def install(*arguments) -> bool:
        installed.append(arguments)
        return True

    monkeypatch.setattr(portal, "make_venv", make)
    monkeypatch.setattr(portal, "venv_python", version)
    monkeypatch.setattr(portal, "pip_install", install)
    return made, installed


def test_libraries_are_installed_once_per_lock(checkout, monkeypatch):
    made, installed = prepared(checkout, monkeypatch)
    portal.install("run")
    portal.install("run")
    assert (len(made), len(installed)) == (1, 1)
    assert "--require-hashes" in installed[0]
    (checkout / "requirements" / "run.txt").write_text("django==5.2.1\n")
    portal.install("run")
    assert (len(made), len(installed)) == (1, 2)


def test_an_installation_cut_short_starts_afresh(checkout, monkeypatch):
    made, installed = prepared(checkout, monkeypatch)
    portal.install("run")
    (checkout / ".venv" / ".installing").touch()
    (checkout / ".venv" / ".installed-run").unlink()
    portal.install("run")
    assert (len(made), len(installed)) == (2, 2)


def test_a_failed_installation_leaves_no_stamp(checkout, monkeypatch):
    prepared(checkout, monkeypatch)
    monkeypatch.setattr(portal, "pip_install", lambda *_: False)
    with pytest.raises(SystemExit, match="Không cài được thư viện"):
        portal.install("run")
    assert not (checkout / ".venv" / ".installed-run").exists()
    assert portal.venv_python() is None


def test_a_broken_environment_is_noticed(checkout):
    portal.PYTHON.parent.mkdir(parents=True)
    assert portal.venv_python() is None
    portal.PYTHON.write_text("#!/bin/sh\nexit 1\n")
    portal.PYTHON.chmod(0o755)
    assert portal.venv_python() is None


def test_the_secret_key_is_made_once_and_kept_private(checkout):
    key = portal.secret_key()
    assert len(key) >= 50
    assert portal.secret_key() == key
    assert stat.S_IMODE((checkout / ".data" / "secret_key").stat().st_mode) == 0o600
    assert [file.name for file in (checkout / ".data").iterdir()] == ["secret_key"]


def test_the_env_file_is_read_after_the_environment(checkout, monkeypatch):
    (checkout / ".env").write_text(
        "# SECRET_KEY=khong\nALLOWED_HOSTS = a.vn\nDATABASE_URL=postgres://x@h/d\n"
    )
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://y@h/d")
    assert portal.configured("ALLOWED_HOSTS") == "a.vn"
    assert portal.configured("SECRET_KEY") == ""
    assert portal.configured("DATABASE_URL") == "postgres://y@h/d"


def test_a_database_of_ones_own_is_left_as_it_is(checkout, monkeypatch):
    (checkout / ".env").write_text("DATABASE_URL=postgres://x@h/d\nSECRET_KEY=k\n")
    for name in ("DATABASE_URL", "SECRET_KEY", "PORTAL_LOCAL"):
        monkeypatch.delenv(name, raising=False)
    assert portal.settle() is False
    assert not {"DATABASE_URL", "SECRET_KEY", "PORTAL_LOCAL"} & set(os.environ)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("10.0.0.5", False)],
)
def test_what_counts_as_this_machine(host, expected):
    assert portal.is_loopback(host) is expected
