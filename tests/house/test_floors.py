"""Imports only go down, time and randomness enter by one door, and `import salus` stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, modules

DOORS = {
    "datetime.now": {"core/clock.py"},
    "datetime.utcnow": set[str](),
    "date.today": set[str](),
    "time.time": set[str](),
    "time.perf_counter": {"core/clock.py"},
    "np.random": {"core/rng.py"},
    "random.seed": set[str](),
}
HEAVY = {"numpy", "pyarrow", "scipy", "sklearn", "highspy", "ortools", "pandas", "sqlalchemy"}


def test_the_import_linter_keeps_all_contracts() -> None:
    """No import goes up, sideways or round in a circle."""
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_floor_is_present() -> None:
    """Each floor of the house is a folder that says what it is."""
    floors = "cli web feeds report service data allocate monitor treat trust domain stats core"
    assert [name for name in floors.split() if not (PACKAGE / name / "__init__.py").exists()] == []


@pytest.mark.parametrize("call", DOORS)
def test_time_and_randomness_enter_by_one_door(call: str) -> None:
    """Only the clock asks what time it is, and only the named streams draw."""
    found = {
        module.path.relative_to(PACKAGE).as_posix()
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) == call
        # A type is named, not drawn from, in an annotation such as np.random.Generator.
        and not _is_annotation(module.tree, node)
    }
    assert found - DOORS[call] == set()


def test_only_faces_print() -> None:
    """Engines return their answers; the command line alone prints."""
    found = {
        module.path.relative_to(PACKAGE).as_posix()
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    }
    assert {name for name in found if not name.startswith("cli/")} == set()


def test_import_is_light_and_silent() -> None:
    """`import salus` writes nothing and loads no heavy library."""
    ask = "import sys, salus; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stderr == ""
    assert HEAVY & set(answer.stdout.split()) == set()


def test_help_is_light() -> None:
    """`salus --help` loads no heavy library."""
    ask = (
        "import sys\n"
        "from salus.cli.main import main\n"
        "sys.argv = ['salus', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert HEAVY & set(answer.stderr.split()) == set()


def _is_annotation(tree: ast.Module, node: ast.Attribute) -> bool:
    return any(
        isinstance(parent, ast.Attribute)
        and parent.value is node
        and parent.attr in {"Generator", "BitGenerator"}
        for parent in ast.walk(tree)
    )
