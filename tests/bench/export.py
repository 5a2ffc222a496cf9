"""python -m tests.bench.export DATABASE YEAR AREA LINES: lines of a list written to a workbook, and the memory that took (in KB).

A process of its own, for the most that a process ever took cannot be taken back.
"""

import os
import resource
import sys
from itertools import islice
from tempfile import TemporaryFile


def main(database: str, year: str, area: str, lines: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanhsen.settings")
    import django

    django.setup()
    from django.db import connection

    from thanhsen.models import Area

    connection.settings_dict["NAME"] = database
    written = export(int(year), Area.objects.get(pk=area), int(lines))
    print(written, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def export(year: int, area, most: int) -> int:
    from households.reports import build_list
    from thanhsen import workbook

    found = build_list(14, year, area)
    written = 0

    def counted():
        nonlocal written
        for line in islice(found.lines(), most):
            written += 1
            yield line

    with TemporaryFile() as file:
        workbook.stream(found.table, counted(), file)
    return written


if __name__ == "__main__":
    main(*sys.argv[1:])
