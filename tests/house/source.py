"""What the house tests read: the files of the repository, and their syntax trees."""

from __future__ import annotations

import ast
import functools
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "salus"

Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"
Definition: TypeAlias = "ast.ClassDef | Function"


@dataclass(frozen=True)
class Module:
    """A Python file and its syntax tree."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        """Path below the root, as people write it."""
        return self.path.relative_to(ROOT).as_posix()

    def functions(self) -> Iterator[Function]:
        """Walk all functions and methods, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def public(self) -> Iterator[tuple[str, Definition]]:
        """Walk the public classes, functions and methods, each with its dotted name."""
        yield from _public("", self.tree.body)


@functools.cache
def modules(folder: Path = PACKAGE) -> tuple[Module, ...]:
    """Parse all Python files below a folder."""
    return tuple(
        Module(path, ast.parse(text := path.read_text(encoding="utf-8")), text.count("\n"))
        for path in sorted(folder.rglob("*.py"))
    )


@functools.cache
def tracked() -> tuple[Path, ...]:
    """List the files that git tracks."""
    listing = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
    names = subprocess.run(listing, capture_output=True, check=True, text=True).stdout.split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def _public(prefix: str, body: list[ast.stmt]) -> Iterator[tuple[str, Definition]]:
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith("_"):
                continue
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(f"{prefix}{node.name}.", node.body)
