#!/usr/bin/env python3
"""Cổng thông tin giảm nghèo phường Thành Sen

  python3 portal.py run [--port 8000] [--host 127.0.0.1] [--demo]
                                 cài đặt, chuẩn bị cơ sở dữ liệu và mở cổng
  python3 portal.py test [...]   cài đặt và chạy toàn bộ kiểm thử (tham số như của pytest)
  python3 portal.py bench [...]  đo tốc độ
  python3 portal.py manage ...   lệnh quản trị, ví dụ: manage create_admin quantri --name "Họ tên"
  python3 portal.py lock [--check] [--upgrade]
                                 tính lại (hoặc kiểm tra) phiên bản thư viện trong requirements/

Chạy lại bao nhiêu lần cũng được. Chưa đặt DATABASE_URL thì dùng PostgreSQL đi kèm, dữ liệu mẫu, trong .data/.
"""

# Standard library only: this file prepares the environment that has the rest, then hands over to it.

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import ipaddress
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

BASE_DIR = Path(__file__).resolve().parent
VENV = BASE_DIR / ".venv"
PYTHON = VENV / "bin" / "python"
DATA = BASE_DIR / ".data"
LOCKS = ("run", "test")
# The background work, one job at a time. A job that is cut short is taken up again by the next worker.
WORKER: list[str | Path] = [
    PYTHON, BASE_DIR / "manage.py", "procrastinate", "worker", "--name", "cong", "--concurrency", "1",
    "--shutdown-graceful-timeout", "10", "--delete-jobs", "successful",
]  # fmt: skip


def say(text: str) -> None:
    print(text, flush=True)


# The environment of Python libraries --------------------------------------------------------------


def stamp_of(lock: bytes, python: str) -> str:
    """What an installed environment is known by: the lock and the Python it was installed for."""
    return hashlib.sha256(lock + b"\0" + python.encode()).hexdigest()


def data_folder() -> Path:
    if not DATA.exists():
        DATA.mkdir(exist_ok=True)
        DATA.chmod(0o711)  # as root, the database server's account passes through it
    return DATA


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two processes never install into the same environment at once. pip inherits the lock: when this process
    is killed, the next one waits for the pip it left behind."""
    with (data_folder() / "install.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Một lệnh khác đang cài đặt, xin chờ …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        os.set_inheritable(handle.fileno(), True)
        yield


def venv_python() -> str | None:
    """The version of the environment's Python, None when it is missing, half made or broken."""
    if not PYTHON.exists() or (VENV / ".installing").exists():
        return None
    probe = "import sys, pip; print(sys.version_info >= (3, 11), sys.version)"
    done = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True)
    works, _, version = done.stdout.strip().partition(" ")
    return version if done.returncode == 0 and works == "True" else None


def make_venv() -> str:
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("Máy thiếu mô-đun venv của Python. Cài rồi chạy lại: apt-get install python3-venv")
    say("Tạo môi trường Python trong .venv …")
    try:
        venv.create(VENV, with_pip=True, clear=True, symlinks=True)
    except (subprocess.CalledProcessError, OSError) as error:
        sys.exit(f"Không tạo được {VENV}: {error}\nTrên Debian, Ubuntu: apt-get install python3-venv")
    return venv_python() or sys.exit(f"Môi trường vừa tạo ở {VENV} không chạy được.")


def pip_install(*arguments: str | Path) -> bool:
    command = [PYTHON, "-m", "pip", "install", "-q", "--no-input", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, close_fds=False).returncode == 0


def install(lock: str) -> None:
    """Make .venv hold exactly what requirements/<lock>.txt pins; nothing to do when its stamp matches."""
    file = BASE_DIR / "requirements" / f"{lock}.txt"
    with alone():
        python = venv_python()
        fresh = python is None
        if python is None:
            python = make_venv()
        stamp, want = VENV / f".installed-{lock}", stamp_of(file.read_bytes(), python)
        if stamp.exists() and stamp.read_text() == want:
            return
        say("Cài thư viện (lần đầu mất khoảng một phút) …")
        mark = VENV / ".installing"  # still there next time: this time was cut short, so start afresh
        mark.touch()
        done = pip_install("--require-hashes", "-r", file)
        if not done and not fresh:
            say("Cài lại từ đầu …")
            make_venv()
            mark.touch()
            done = pip_install("--require-hashes", "-r", file)
        if not done:
            sys.exit("Không cài được thư viện: xem dòng lỗi của pip ở trên (thường do mạng), rồi chạy lại.")
        stamp.write_text(want)
        mark.unlink()


# Settings that only this machine knows --------------------------------------------------------------


def configured(name: str) -> str:
    """A variable of the environment, else of .env (read as the settings read it)."""
    if name in os.environ:
        return os.environ[name]
    with contextlib.suppress(FileNotFoundError):
        for line in (BASE_DIR / ".env").read_text(encoding="utf-8").splitlines():
            key, sep, value = line.strip().partition("=")
            if sep and key.strip() == name:
                return value.strip()
    return ""


def secret_key() -> str:
    """The key of this checkout, made once, readable by its owner alone."""
    file = data_folder() / "secret_key"
    if not file.exists():
        handle, draft = tempfile.mkstemp(dir=DATA, prefix=".secret_key.")  # mkstemp gives mode 0600
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process made it meanwhile: theirs counts
            os.link(draft, file)
        os.unlink(draft)
    return file.read_text().strip()


def settle(local: bool = False) -> bool:
    """Fill in what the settings require and nobody set. True: the bundled server is the database (not started)."""
    from thanhsen import postgres

    if not configured("SECRET_KEY"):
        os.environ["SECRET_KEY"] = secret_key()
    if local:
        os.environ.setdefault("PORTAL_LOCAL", "1")
    if address := configured("DATABASE_URL"):
        postgres.parse(address)  # a typing error is told before anything starts
        return False
    os.environ["DATABASE_URL"] = postgres.url("pg")
    return True


def settle_for_tests() -> None:
    """The same for tests and measurements: nothing of .env reaches them."""
    os.environ |= {
        "SECRET_KEY": "chi-dung-cho-kiem-thu-" + "0123456789" * 4,
        "PORTAL_LOCAL": "1",
        "PORTAL_TESTING": "1",
        "ALLOWED_HOSTS": "",
        "PROXY_COUNT": "0",
    }


# Commands -----------------------------------------------------------------------------------------


def manage(*arguments: str) -> int:
    return subprocess.run([PYTHON, BASE_DIR / "manage.py", *arguments]).returncode


def is_loopback(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def why_not_listen(host: str, port: int) -> str:
    """Why the address cannot be served, in words; empty when it can."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        return (
            f"Không được phép dùng cổng {port}. Chọn cổng từ 1024 trở lên: python3 portal.py run --port 8000"
        )
    except socket.gaierror:
        return f"Không có địa chỉ {host} trên máy này."
    except OSError:
        return f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: python3 portal.py run --port {port + 1}"
    return ""


def listens(host: str, port: int) -> bool:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    with contextlib.suppress(OSError), socket.create_connection((target, port), timeout=1):
        return True
    return False


def stop_on_signals() -> None:
    """SIGTERM and a closed terminal end like Ctrl+C, so that what was started is stopped."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)


def run(arguments: list[str]) -> int:
    parser = Parser(prog="portal.py run", add_help=False)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--demo", action="store_true")
    chosen = parser.parse_args(arguments)
    if not 0 < chosen.port < 65536:
        sys.exit("Cổng là số từ 1 đến 65535.")
    if refusal := why_not_listen(chosen.host, chosen.port):
        sys.exit(refusal)
    from thanhsen import postgres

    loopback = is_loopback(chosen.host)
    # Plain http is for this machine alone. Behind a proxy the server listens on loopback too, but then it has
    # domain names to answer to (ALLOWED_HOSTS), and cookies keep asking for https.
    bundled = settle(local=loopback and not configured("ALLOWED_HOSTS"))
    demo = bundled or chosen.demo
    install("run")
    if demo and not loopback:
        say(f"Chú ý: mở ở {chosen.host}, máy khác vào được, mà tài khoản dùng thử có mật khẩu ai cũng biết.")
    stop_on_signals()
    server = worker = None
    try:
        if bundled:
            say("Khởi động PostgreSQL đi kèm …")
            postgres.ensure("pg")
        steps = [["migrate", "-v", "0"]]
        steps += [["demo", "--if-empty"]] if demo else []
        steps += [["collectstatic", "--noinput", "-v", "0"]]
        say("Chuẩn bị cơ sở dữ liệu …")
        for step in steps:
            if code := manage(*step):
                print(f"Bước “manage.py {step[0]}” không xong, cổng chưa mở.", file=sys.stderr)
                return code
        address = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
        command = [PYTHON, "-m", "gunicorn", "-c", "python:thanhsen.serving"]
        command += ["--bind", f"{address}:{chosen.port}"]
        # Its own session: Ctrl+C reaches this process alone, which lets requests in hand finish.
        server = subprocess.Popen(command, cwd=BASE_DIR, start_new_session=True)
        while server.poll() is None and not listens(chosen.host, chosen.port):
            time.sleep(0.1)
        if server.poll() is None:
            if demo:
                manage("demo", "--accounts")
            say(f"Cổng đã mở: http://{address}:{chosen.port}   (Ctrl+C để dừng)")
        while server.poll() is None:
            if worker is None or worker.poll() is not None:  # a worker that died is replaced
                worker = subprocess.Popen(
                    WORKER, cwd=BASE_DIR, start_new_session=True, stdout=subprocess.DEVNULL
                )
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(5)
        return server.returncode
    except KeyboardInterrupt:
        say("\nĐang dừng …")
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for process in (worker, server):
            if process is not None and process.poll() is None:
                process.terminate()
        for process in (worker, server):
            if process is None:
                continue
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
        if bundled:
            postgres.leave("pg")


def test(arguments: list[str]) -> int:
    install("test")
    from thanhsen import postgres

    stop_on_signals()
    settle_for_tests()
    try:
        return subprocess.run([PYTHON, "-m", "pytest", *arguments], cwd=BASE_DIR).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        postgres.leave("pgtest")


def bench(arguments: list[str]) -> int:
    install("test")
    from thanhsen import postgres

    stop_on_signals()
    settle_for_tests()
    try:
        if not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = postgres.ensure("pgtest", test=True)
        return subprocess.run([PYTHON, "-m", "tests.bench", *arguments], cwd=BASE_DIR).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        postgres.leave("pgtest")


def hand_to_manage(arguments: list[str]) -> NoReturn:
    install("run")
    os.execv(PYTHON, [str(PYTHON), str(BASE_DIR / "manage.py"), *arguments])


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml into requirements/{run,test}.txt. Pins that still fit are kept, unless --upgrade."""
    parser = Parser(prog="portal.py lock", add_help=False)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--upgrade", action="store_true")
    chosen = parser.parse_args(arguments)
    install_uv()
    folder = BASE_DIR / "requirements"
    with tempfile.TemporaryDirectory() as drafts:
        for name in LOCKS:
            draft = Path(drafts) / f"{name}.txt"
            if (folder / draft.name).exists():
                shutil.copy(folder / draft.name, draft)
            command: list[str | Path] = [
                PYTHON,
                "-m",
                "uv",
                "pip",
                "compile",
                "pyproject.toml",
                "--quiet",
                "--output-file",
                draft,
            ]
            command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
            command += ["--no-header", "--no-annotate"]
            if name == "test":  # the portal is tested with the very versions it runs with
                command += ["--group", "test", "--constraint", Path(drafts) / "run.txt"]
            command += ["--upgrade"] if chosen.upgrade else []
            if code := subprocess.run(command, cwd=BASE_DIR).returncode:
                return code
        changed = []
        for name in LOCKS:
            new, old = Path(drafts) / f"{name}.txt", folder / f"{name}.txt"
            if not old.exists() or old.read_bytes() != new.read_bytes():
                changed.append(f"requirements/{name}.txt")
                if not chosen.check:
                    folder.mkdir(exist_ok=True)
                    shutil.copyfile(new, old)
    if chosen.check and changed:
        print(
            f"{', '.join(changed)} không khớp pyproject.toml. Chạy: python3 portal.py lock", file=sys.stderr
        )
        return 1
    say(f"Đã ghi {', '.join(changed)}." if changed else "Phiên bản thư viện khớp pyproject.toml.")
    return 0


def install_uv() -> None:
    """uv comes with the test lock; the first lock of all has only pyproject.toml to ask."""
    import tomllib

    with alone():
        if venv_python() is None:
            make_venv()
        if subprocess.run([PYTHON, "-m", "uv", "--version"], capture_output=True).returncode:
            project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
            wanted = [line for line in project["dependency-groups"]["test"] if line.startswith("uv")]
            if not pip_install(*wanted):
                sys.exit("Không cài được uv: xem dòng lỗi của pip ở trên.")


def only_install(arguments: list[str]) -> int:
    """For .ci/run and images: prepare the environment and do nothing else."""
    name = arguments[0] if arguments else "run"
    if name not in LOCKS:
        usage()
    install(name)
    return 0


def usage() -> NoReturn:
    print(__doc__, file=sys.stderr)
    sys.exit(2)


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        usage()


COMMANDS = {
    "run": run,
    "test": test,
    "bench": bench,
    "manage": hand_to_manage,
    "lock": lock,
    "install": only_install,
}


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - the launcher starts under whatever python3 is
        sys.exit(f"Cần Python 3.11 trở lên; đang chạy Python {sys.version.split()[0]}.")
    if arguments and arguments[0] in ("-h", "--help", "help"):
        say(__doc__ or "")
        return 0
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        usage()
    from thanhsen.postgres import AddressError, ServerError

    try:
        return command(arguments[1:])
    except (AddressError, ServerError) as error:
        sys.exit(str(error))
    except PermissionError as error:
        sys.exit(
            f"Không ghi được {error.filename}: tệp thuộc tài khoản khác (có lẽ lần trước chạy bằng root)."
        )
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
