"""Who may import whom (docs/architecture.md), read from the code itself."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPOSERS = {"thanhsen/settings.py", "thanhsen/urls.py"}
LAYERS = [
    "models", "steps", "guidance", "groups", "facts", "profile", "income", "assessment", "carried", "holders", "entitlement", "documents", "actions", "reports", "demo",
    "practice", "forms", "exchange", "tasks", "views", "urls",
]  # fmt: skip
# What trainings may use of households besides its tables: rooms that ask nothing of the register, the library of
# materials among them.
LENT = (
    "households.models", "households.exchange.imports", "households.guidance", "households.steps",
    "households.demo.names", "households.actions.support.materials", "households.forms.support.materials",
)  # fmt: skip
TRAININGS = [
    "models",
    "completion",
    "documents",
    "actions",
    "reports",
    "demo",
    "forms",
    "exchange",
    "tasks",
    "views",
    "urls",
]


def sources(folder: str) -> list[Path]:
    found = [each for each in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in each.parts]
    assert found, folder
    return found


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {node.module or "", *(f"{node.module}.{each.name}" for each in node.names)}
    return names


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources("households/poverty"), ids=relative)
def test_the_core_needs_the_standard_library_only(path):
    outside = {
        name for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("households.poverty")
    }  # fmt: skip
    assert not outside


@pytest.mark.parametrize("path", sources("households/poverty"), ids=relative)
def test_the_core_never_asks_the_clock(path):
    called = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert not called & {"today", "now", "time_ns", "localdate"}


@pytest.mark.parametrize("path", sources("thanhsen"), ids=relative)
def test_the_foundation_knows_no_wing(path):
    if relative(path) not in COMPOSERS:
        assert not {name for name in imported(path) if name.split(".")[0] in {"households", "trainings"}}


@pytest.mark.parametrize("path", [*sources("households"), *sources("trainings")], ids=relative)
def test_an_app_is_read_from_models_to_urls_and_never_back(path):
    wing, *rooms = path.relative_to(ROOT).parts
    layers = {"households": LAYERS, "trainings": TRAININGS}[wing]
    room = rooms[0].removesuffix(".py")
    if room not in layers:
        return
    above = {f"{wing}.{each}" for each in layers[layers.index(room) + 1 :]}
    wrong = {
        name for name in imported(path) if any(name == each or name.startswith(f"{each}.") for each in above)
    }
    assert not wrong


@pytest.mark.parametrize("path", sources("households"), ids=relative)
def test_the_register_knows_nothing_of_the_courses(path):
    assert not {name for name in imported(path) if name.split(".")[0] == "trainings"}


@pytest.mark.parametrize("path", sources("trainings"), ids=relative)
def test_the_courses_borrow_from_the_register_what_is_lent(path):
    borrowed = {name for name in imported(path) if name.split(".")[0] == "households"}
    assert not {name for name in borrowed if not name.startswith(LENT)} - {"households"}


@pytest.mark.parametrize(
    "path", [*sources("households"), *sources("trainings"), *sources("thanhsen")], ids=relative
)
def test_only_one_package_knows_a_spreadsheet_library(path):
    if path.parent != ROOT / "thanhsen/workbook":
        assert not {
            name for name in imported(path) if name.startswith(("openpyxl", "xlsxwriter", "python_calamine"))
        }
