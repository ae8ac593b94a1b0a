"""Files and functions stay as small as the best of our kind keep theirs."""

from __future__ import annotations

import ast
import statistics
from typing import TYPE_CHECKING

from tests.house.source import modules

if TYPE_CHECKING:
    from tests.house.source import Function


def lengths() -> list[int]:
    """Count the lines of each file of the package that says more than what the folder is."""
    return sorted(module.lines for module in modules() if module.path.name != "__init__.py")


def functions() -> list[int]:
    """Count the lines of each function of the package, without its docstring."""
    return sorted(_lines(node) for module in modules() for node in module.functions())


def test_no_file_is_longer_than_500_lines() -> None:
    """One file that everybody edits is split before it grows."""
    assert [module.name for module in modules() if module.lines > 500] == []


def test_files_are_short() -> None:
    """Half of the files have at most 120 lines, nine in ten at most 300."""
    found = lengths()
    print(f"files {len(found)}: median {statistics.median(found)}, 90 % {_share(found, 0.9)}")  # noqa: T201 - the report of this test
    assert statistics.median(found) <= 120
    assert _share(found, 0.9) <= 300


def test_functions_are_short() -> None:
    """Half of the functions have at most 9 lines, 95 in a hundred at most 40."""
    found = functions()
    print(f"functions {len(found)}: median {statistics.median(found)}, 95 % {_share(found, 0.95)}")  # noqa: T201 - the report of this test
    assert statistics.median(found) <= 9
    assert _share(found, 0.95) <= 40


def test_a_folder_says_only_what_it_is() -> None:
    """An ``__init__`` has at most 40 lines."""
    faces = [module for module in modules() if module.path.name == "__init__.py"]
    assert [face.name for face in faces if face.lines > 40] == []


def _lines(node: Function) -> int:
    whole = (node.end_lineno or 0) - node.lineno + 1
    if ast.get_docstring(node) is None:
        return whole
    docstring = node.body[0]
    return whole - ((docstring.end_lineno or 0) - docstring.lineno + 1)


def _share(found: list[int], share: float) -> int:
    return found[min(len(found) - 1, int(share * len(found)))]
