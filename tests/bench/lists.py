"""python -m tests.bench.lists DATABASE LINES: people of the register taken away as a workbook: their number, the seconds,
the memory that took (in KB).

A process of its own, for the most that a process ever took cannot be taken back.
"""

import os
import resource
import sys
from itertools import islice
from tempfile import TemporaryFile
from time import perf_counter


def main(database: str, lines: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanhsen.settings")
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    started = perf_counter()
    written = export(int(lines))
    print(written, perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def export(most: int) -> int:
    """The register of a supervisor of the crowded ward, as its page gives it, up to `most` people."""
    from dataclasses import replace

    from django.http import HttpRequest
    from django.utils.timezone import localdate, now

    from households.exchange.lists.register import REGISTER
    from tests.bench.crowd import WARD
    from tests.factories import make_user
    from thanhsen.lists import take
    from thanhsen.models import Area, User

    ward = Area.objects.get(code=WARD)
    request = HttpRequest()
    request.user = User.objects.filter(areas=ward).first() or make_user("supervisor", ward)
    found = REGISTER.find(request, today=localdate())
    left = iter(range(most))

    def lines(households: list) -> list:
        people = found.lines(households)
        return people[: len(list(islice(left, len(people))))]

    few = replace(found, records=found.records[:most], lines=lines)
    with TemporaryFile() as target:
        return take(by=request.user, listed=REGISTER, found=few, reason="đo tốc độ", at=now(), target=target)


if __name__ == "__main__":
    main(*sys.argv[1:])
