"""The truth of a synthetic city is out of reach of every engine."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.source import PACKAGE, modules

if TYPE_CHECKING:
    from pathlib import Path

SIDECAR, MODULE = "truth", "salus.data.synthetic.truth"
ALLOWED = ("data/synthetic/", "service/right/")


def reaches(tree: ast.AST) -> bool:
    """Tell whether a source names the sidecar: as a module, or as a part of a path."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = [MODULE] if SIDECAR in node.value.split("/") else [node.value]
        else:
            continue
        if any(name == MODULE or name.startswith(f"{MODULE}.") for name in names):
            return True
    return False


def place(path: Path) -> str:
    """Return the path of a module within the package."""
    return path.relative_to(PACKAGE).as_posix()


def test_no_engine_names_the_sidecar() -> None:
    """Only the maker of the city and the page that asks how right we were may name it."""
    found = [place(module.path) for module in modules(PACKAGE) if reaches(module.tree)]
    assert "data/synthetic/truth.py" in found
    assert [name for name in found if not name.startswith(ALLOWED)] == []


def test_a_planted_leak_is_seen() -> None:
    """Each way of reaching the sidecar is recognised."""
    leaks = (
        "from salus.data.synthetic.truth import read_truth",
        "from salus.data.synthetic import truth",
        "import salus.data.synthetic.truth as known",
        "folder / 'truth'",
        "open('city/truth/planted.parquet')",
    )
    assert all(reaches(ast.parse(leak)) for leak in leaks)
    assert not reaches(ast.parse("say('The truth is out there.')"))
