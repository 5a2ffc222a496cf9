"""Third-party files are what their table says, and are served without the maps they name."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"


def test_files_match_the_table():
    rows = re.findall(
        r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (VENDOR / "VENDOR.md").read_text(), re.MULTILINE
    )
    table = dict(rows)
    found = {path.name for path in VENDOR.iterdir() if path.suffix in {".css", ".js"}}
    assert set(table) == found
    for name, digest in table.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_hashed_storage_collects_them_as_released(tmp_path, settings):
    from django.contrib.staticfiles.finders import get_finders

    from thanhsen.storage import HashedStaticFiles

    storage = HashedStaticFiles(location=tmp_path, base_url="/static/")
    files = {}
    for finder in get_finders():
        for path, source in finder.list([]):
            with source.open(path) as content:
                storage.save(path, content)
            files[path] = (storage, path)
    for _, _, processed in storage.post_process(files):
        if isinstance(processed, Exception):
            raise processed
    for name in ("bootstrap.min.css", "bootstrap.bundle.min.js", "htmx.min.js"):
        hashed = tmp_path / storage.stored_name(f"vendor/{name}")
        assert hashed.read_bytes() == (VENDOR / name).read_bytes()
