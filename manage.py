#!/usr/bin/env python
"""Django's commands. When DATABASE_URL is unset, with the bundled PostgreSQL up as long as they run."""

import os
import sys

import portal
from thanhsen import postgres

NEEDS_NO_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "help",
    "makemessages",
    "version",
}


def needs_database(arguments: list[str]) -> bool:
    if not arguments or arguments[0].startswith("-") or {"-h", "--help"} & set(arguments):
        return False
    return arguments[0] not in NEEDS_NO_DATABASE or "--database" in arguments


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanhsen.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Python này không có Django. Chạy: python3 portal.py manage …")
    held = False
    try:
        bundled = portal.settle(local="runserver" in sys.argv[1:2])
        if bundled and needs_database(sys.argv[1:]):
            postgres.ensure("pg")
            held = True
        execute_from_command_line(sys.argv)
    except (postgres.AddressError, postgres.ServerError) as error:
        sys.exit(str(error))
    finally:
        if held:
            postgres.leave("pg")


if __name__ == "__main__":
    main()
