"""`python -m households.poverty measure FILE.csv`: Alkire–Foster measures of any matrix of 0 and 1.

    measure FILE.csv|- [--k 1/3] [--weights equal | nested:2022-2026 | a=1/2,b=1/4,…]
            [--group COLUMN] [--size COLUMN] [--id COLUMN] [--ignore COLUMN,…] [--json]

The first line of the file names the columns (UTF-8; comma, semicolon or tab); every column that is not named by an
option is an indicator, 1 where the household lacks it. A household is poor when its weighted score reaches k: 1/3
unless given, whatever the weights (the Vietnamese standard: --k 3/12).

Exit status: 0 measured; 2 with one Vietnamese line on standard error when the file or an option cannot be used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, TextIO

from households.poverty.change import by_dimension
from households.poverty.matrix import LARGEST_FILE, BadMatrix, Columns, composed, listed, read_matrix, shown
from households.poverty.measures import by_group, measure, nested_weights
from households.poverty.printed import Found, as_json, told
from households.poverty.standard import load

USAGE = (
    "Cách dùng: python -m households.poverty measure TỆP.csv|- [--k 1/3] [--weights equal|nested:CHUẨN|a=1/2,b=1/4,…] "
    "[--group CỘT] [--size CỘT] [--id CỘT] [--ignore CỘT,…] [--json]"
)
OPTIONS = ("--k", "--weights", "--group", "--size", "--id", "--ignore")
NESTED = "nested:"
DECIMAL = "{}: “{}” là số thập phân. Ghi phân số, ví dụ 1/6 thay cho 0,167."
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
    dimensions = _by_dimension(options.weights, whole.contributions)
    found = Found(whole, groups, weights, options.k, matrix.households, dimensions)
    print(as_json(found) if options.as_json else told(found), file=out)


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
            if not value.strip():
                raise BadMatrix(f"Sau {name} thiếu giá trị. {USAGE}")
            given[name] = composed(value.strip())
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
    if text.startswith(NESTED):
        return _of_the_file(nested_weights(load(text.removeprefix(NESTED))), indicators)
    found: dict[str, Fraction] = {}
    for part in text.split(","):
        name, equals, value = part.rpartition("=")
        name = name.strip()
        if found and not equals and part.strip().isdigit():  # a=0,5: a decimal comma
            last, whole = list(found.items())[-1]
            raise BadMatrix(DECIMAL.format(f"Trọng số của “{last[:40]}”", f"{whole},{part.strip()[:40]}"))
        if not equals or not name:
            raise BadMatrix(f"--weights: “{part[:40]}” không có dạng CỘT=1/12. {USAGE}")
        if name in found:
            raise BadMatrix(f"--weights: “{name}” ghi hai lần.")
        found[name] = exact(value.strip(), f"Trọng số của “{name}”")
    return _of_the_file(found, indicators)


def _of_the_file(weights: Mapping[str, Fraction], indicators: Sequence[str]) -> dict[str, Fraction]:
    known = set(indicators)
    if unknown := [name for name in weights if name not in known]:
        raise BadMatrix(
            f"--weights: tệp không có cột chỉ số “{unknown[0]}”. Các chỉ số: {listed(indicators)}."
        )
    if missing := [name for name in indicators if name not in weights]:
        raise BadMatrix(
            f"--weights: chưa có trọng số của “{shown(missing[0])}”. Ghi trọng số (0 cũng được), hoặc bỏ cột bằng --ignore."
        )
    return {name: weights[name] for name in indicators}


def _by_dimension(weights: str, contributions: Mapping[str, Fraction] | None) -> dict[str, Fraction] | None:
    """The contributions by the name of the dimension, where the weights are those of a standard."""
    if contributions is None or not weights.startswith(NESTED):
        return None
    standard = load(weights.removeprefix(NESTED))
    names = {each.code: each.name for each in standard.dimensions}
    dimension_of = {each.code: names[each.dimension] for each in standard.indicators}
    found = by_dimension(contributions, dimension_of)
    return {name: found[name] for name in names.values()}


def exact(text: str, what: str) -> Fraction:
    """1/3 or 1; a decimal is refused: 0.167 is not 1/6."""
    above, slash, below = text.partition("/")
    parts = [above, below] if slash else [above]
    if any("." in each or "," in each for each in parts):
        raise BadMatrix(DECIMAL.format(what, text[:40]))
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
