"""`python -m households.poverty measure FILE.csv`: Alkire–Foster measures of any matrix of 0 and 1.

    measure FILE.csv|- [--k 1/3] [--weights equal | nested:2022-2026 | a=1/2,b=1/4,…]
            [--group COLUMN] [--size COLUMN] [--id COLUMN] [--ignore COLUMN,…] [--json]

The first line of the file names the columns (UTF-8; comma, semicolon or tab); every column that is not named by an
option is an indicator, 1 where the household lacks it. A household is poor when its weighted score reaches k.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, TextIO

from households.poverty.matrix import LARGEST_FILE, BadMatrix, Columns, read_matrix
from households.poverty.measures import GroupMeasures, Measures, by_group, measure, nested_weights
from households.poverty.standard import UnknownStandard, load

USAGE = (
    "Cách dùng: python -m households.poverty measure TỆP.csv|- [--k 1/3] [--weights equal|nested:CHUẨN|a=1/2,b=1/4,…] "
    "[--group CỘT] [--size CỘT] [--id CỘT] [--ignore CỘT,…] [--json]"
)
OPTIONS = ("--k", "--weights", "--group", "--size", "--id", "--ignore")
DEFAULT_K = Fraction(1, 3)  # the cut-off of the global index; the Vietnamese standard is 3/12


@dataclass(frozen=True)
class Options:
    path: str
    k: Fraction
    weights: str
    columns: Columns
    as_json: bool


def run(arguments: Sequence[str], stdin: BinaryIO, out: TextIO) -> None:
    """Read, measure and print. ValueError (a Vietnamese line) where the file or the command line cannot be used."""
    options = read_options(arguments)
    matrix = read_matrix(_bytes(options.path, stdin), options.columns)
    weights = read_weights(options.weights, matrix.indicators)
    whole = measure(matrix.rows, weights, options.k)
    groups = by_group(matrix.rows, weights, options.k) if options.columns.group else ()
    if options.as_json:
        print(json.dumps(_machine(whole, groups, weights, options.k), ensure_ascii=False, indent=2), file=out)
    else:
        print(_told(whole, groups, weights, options.k, matrix.households), file=out)


def read_options(arguments: Sequence[str]) -> Options:
    given: dict[str, str] = {}
    paths = []
    left = list(arguments)
    as_json = False
    while left:
        each = left.pop(0)
        name, equals, value = each.partition("=")
        if each == "--json":
            as_json = True
        elif name in OPTIONS:
            if not equals:
                if not left:
                    raise BadMatrix(f"Sau {name} thiếu giá trị. {USAGE}")
                value = left.pop(0)
            if name in given:
                raise BadMatrix(f"{name} ghi hai lần.")
            given[name] = value
        elif each.startswith("-") and each != "-":
            raise BadMatrix(f"Không có tuỳ chọn {each[:40]}. {USAGE}")
        else:
            paths.append(each)
    if len(paths) != 1:
        raise BadMatrix(USAGE)
    ignored = tuple(each.strip() for each in given.get("--ignore", "").split(",") if each.strip())
    columns = Columns(given.get("--group", ""), given.get("--size", ""), given.get("--id", ""), ignored)
    k = exact(given["--k"], "Ngưỡng k") if "--k" in given else DEFAULT_K
    return Options(paths[0], k, given.get("--weights", "equal"), columns, as_json)


def read_weights(text: str, indicators: Sequence[str]) -> dict[str, Fraction]:
    """The weight of each indicator. BadMatrix for one that is named twice, is not in the file, or is left out."""
    if text == "equal":
        return dict.fromkeys(indicators, Fraction(1, len(indicators)))
    if text.startswith("nested:"):
        try:
            nested = nested_weights(load(text.removeprefix("nested:")))
        except (UnknownStandard, LookupError, ValueError) as error:
            raise BadMatrix(str(error.args[0] if error.args else error)) from None
        return _of_the_file(nested, indicators)
    found: dict[str, Fraction] = {}
    for part in text.split(","):
        name, equals, value = part.rpartition("=")
        name = name.strip()
        if not equals or not name:
            raise BadMatrix(f"--weights: “{part[:40]}” không có dạng CỘT=1/12. {USAGE}")
        if name in found:
            raise BadMatrix(f"--weights: “{name}” ghi hai lần.")
        found[name] = exact(value.strip(), f"Trọng số của “{name}”")
    return _of_the_file(found, indicators)


def _of_the_file(weights: Mapping[str, Fraction], indicators: Sequence[str]) -> dict[str, Fraction]:
    if unknown := [name for name in weights if name not in indicators]:
        raise BadMatrix(
            f"--weights: tệp không có cột chỉ số “{unknown[0]}”. Các chỉ số: {', '.join(indicators)}."
        )
    if missing := [name for name in indicators if name not in weights]:
        raise BadMatrix(
            f"--weights: chưa có trọng số của “{missing[0]}”. Ghi trọng số (0 cũng được), hoặc bỏ cột bằng --ignore."
        )
    return {name: weights[name] for name in indicators}


def exact(text: str, what: str) -> Fraction:
    """1/3 or 1; a decimal is refused: 0.167 is not 1/6."""
    above, slash, below = text.partition("/")
    parts = [above, below] if slash else [above]
    if any("." in each or "," in each for each in parts):
        raise BadMatrix(f"{what}: “{text[:40]}” là số thập phân. Ghi phân số, ví dụ 1/6 thay cho 0,167.")
    if not all(each.isascii() and each.isdigit() and len(each) <= 9 for each in parts) or (
        slash and not int(below)
    ):
        raise BadMatrix(f"{what}: “{text[:40]}” không phải là phân số hay số nguyên không âm, ví dụ 1/3.")
    return Fraction(int(above), int(below) if slash else 1)


def _bytes(path: str, stdin: BinaryIO) -> bytes:
    if path == "-":
        return stdin.read(LARGEST_FILE + 1)
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise BadMatrix(f"Không tìm thấy tệp “{path}”.") from None
    except IsADirectoryError:
        raise BadMatrix(f"“{path}” là thư mục, không phải tệp.") from None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise BadMatrix(f"Không đọc được tệp “{path}”.") from None


def _told(
    whole: Measures,
    groups: Sequence[GroupMeasures],
    weights: Mapping[str, Fraction],
    k: Fraction,
    households: int,
) -> str:
    lines = [
        f"{households} hộ, tổng quy mô {whole.population}; nghèo khi tổng trọng số thiếu hụt từ {k} trở lên.",
        f"Nghèo: {whole.poor}",
        f"H  = {_both(whole.H)}",
        f"A  = {_both(whole.A)}" if whole.A is not None else "A  không xác định (không có hộ nghèo)",
        f"M0 = {_both(whole.M0)}",
        "",
        f"{'chỉ số':<24}{'trọng số':>10}{'thiếu hụt':>22}{'nghèo và thiếu hụt':>24}{'đóng góp':>22}",
    ]
    for code, weight in weights.items():
        part = "không xác định" if whole.contributions is None else _both(whole.contributions[code])
        lines.append(
            f"{code:<24}{weight!s:>10}{_both(whole.uncensored[code]):>22}{_both(whole.censored[code]):>24}{part:>22}"
        )
    if groups:
        lines += ["", f"{'nhóm':<28}{'phần':>20}{'H':>22}{'A':>22}{'M0':>22}"]
        lines += [
            f"{each.group or '(trống)':<28}{_both(each.share):>20}{_both(each.measures.H):>22}"
            f"{_both(each.measures.A) if each.measures.A is not None else 'không xác định':>22}{_both(each.measures.M0):>22}"
            for each in groups
        ]
    return "\n".join(lines)


def _both(value: Fraction) -> str:
    """1/3 (0,3333): four decimals, half up."""
    shown = (Decimal(value.numerator) / value.denominator).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
    return f"{value} ({str(shown).replace('.', ',')})"


def _machine(
    whole: Measures, groups: Sequence[GroupMeasures], weights: Mapping[str, Fraction], k: Fraction
) -> dict[str, object]:
    return {
        "k": str(k),
        "weights": {code: str(weight) for code, weight in weights.items()},
        **_figures(whole),
        "groups": [
            {"group": each.group, "share": str(each.share), **_figures(each.measures)} for each in groups
        ],
    }


def _figures(of: Measures) -> dict[str, object]:
    def texts(found: Mapping[str, Fraction] | None) -> dict[str, str] | None:
        return None if found is None else {code: str(value) for code, value in found.items()}

    return {
        "population": of.population,
        "poor": of.poor,
        "H": str(of.H),
        "A": None if of.A is None else str(of.A),
        "M0": str(of.M0),
        "uncensored": texts(of.uncensored),
        "censored": texts(of.censored),
        "contributions": texts(of.contributions),
    }
