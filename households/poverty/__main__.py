"""Classify one household from a JSON sheet and explain the result in Vietnamese.

    python -m households.poverty [--json] [FILE|-]
    python -m households.poverty measure FILE.csv …         (see `measuring`)

The sheet, from a file or standard input, either lists the indicators lacking:

    {"standard": "2022-2026", "area_type": "urban", "income_score": 175, "per_capita_income": null,
     "lacking": ["insurance", "water"], "asks_average": false, "in_agriculture": false}

or gives what they follow from, in place of "lacking":

    {"surveyed_on": "2026-10-15", "floor_area": 30,
     "members": [{"name": "Nguyễn Văn A", "sex": "male", "birth_year": 1980, "birth_date": "1980-05-01",
                  "work": "wage_contract", "has_insurance": true, ...the fields of household.Person}],
     "answers": {"water": {"value": "piped"}, "housing_quality": {"value": ["wall", "roof"]},
                 "insurance": {"lacking": false, "override_reason": "Vừa được cấp thẻ"}}}

Exit status: 0 classified; 2 with one Vietnamese line on standard error when the sheet cannot be used.
"""

import json
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from households.poverty import measuring
from households.poverty.scoring import Result, classify
from households.poverty.sheet import LARGEST_SHEET, Sheet, read_sheet
from households.poverty.wording import day, lacking_word

USAGE = "Cách dùng: python -m households.poverty [--json] [TỆP|-]"


class Refused(ValueError):
    """The command line or the file cannot be used."""


def main(
    argv: Sequence[str] | None = None,
    stdin: BinaryIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> int:
    """Run the command; the streams are those of the process unless given. Returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    out = stdout or sys.stdout
    if "-h" in arguments or "--help" in arguments:
        print(USAGE, measuring.USAGE, sep="\n", file=out)
        return 0
    try:
        if arguments[:1] == ["measure"]:
            measuring.run(arguments[1:], stdin or sys.stdin.buffer, out)
            return 0
        as_json = "--json" in arguments
        sheet = read_sheet(
            _bytes([each for each in arguments if each != "--json"], stdin or sys.stdin.buffer)
        )
        result = classify(sheet.assessment)
    except (ValueError, LookupError) as error:
        line = " ".join(str(error.args[0] if error.args else error).split())[:1000]
        # What a file says must not steer the terminal.
        print("".join(each if each.isprintable() else "?" for each in line), file=stderr or sys.stderr)
        return 2
    print(_machine(sheet, result) if as_json else _explained(sheet, result), file=out)
    return 0


def _bytes(arguments: list[str], stdin: BinaryIO) -> bytes:
    if len(arguments) > 1 or any(each.startswith("-") and each != "-" for each in arguments):
        raise Refused(USAGE)
    if not arguments or arguments[0] == "-":
        return stdin.read(LARGEST_SHEET + 1)
    path = Path(arguments[0])
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_SHEET + 1)
    except FileNotFoundError:
        raise Refused(f"Không tìm thấy tệp “{path}”.") from None
    except IsADirectoryError:
        raise Refused(f"“{path}” là thư mục, không phải tệp.") from None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise Refused(f"Không đọc được tệp “{path}”.") from None


def _explained(sheet: Sheet, result: Result) -> str:
    lines = [f"{result.classification.label} ({result.label})", ""]
    lines += [f"{at}. {step}" for at, step in enumerate(result.steps, start=1)]
    if sheet.surveyed_on is not None:
        lines += ["", f"Các chỉ số (tuổi tính đến ngày khảo sát {day(sheet.surveyed_on)}):"]
    for each in sheet.findings:
        line = (
            f"- {each.indicator.number}. {each.indicator.name}: {lacking_word(each.lacking)}. {each.reason}"
        )
        lines.append(line + (f" Cán bộ sửa vì: {each.override_reason}." if each.overridden else ""))
    lines += ["", "Điều gì làm thay đổi kết quả:", *(f"- {each.text}" for each in result.changes)]
    return "\n".join(lines)


def _machine(sheet: Sheet, result: Result) -> str:
    data = {
        "standard": result.standard_id,
        "area_type": result.area_type.value,
        "classification": result.classification.value,
        "classification_label": result.classification.label,
        "label": result.label,
        "income_score": result.income_score,
        "per_capita_income": result.per_capita_income,
        "deprivation_score": result.deprivation_score,
        "lacking": list(result.lacking),
        "is_draft": result.is_draft,
        "steps": list(result.steps),
        "changes": [{"text": each.text, "becomes": each.becomes.value} for each in result.changes],
        "findings": [
            {
                "indicator": each.indicator.code,
                "derived": each.derived,
                "lacking": each.lacking,
                "reason": each.reason,
                "overridden": each.overridden,
                "override_reason": each.override_reason,
            }
            for each in sheet.findings
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the pipe (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)
