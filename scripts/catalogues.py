"""Find every sentence of the source, bring the catalogues up to date, compile and check them.

Usage: ``catalogues.py update`` writes the catalogues; ``catalogues.py check`` changes nothing and
fails when a sentence is missing, empty, fuzzy or lost a value, or when a compiled file is stale.
"""

from __future__ import annotations

import ast
import io
import string
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from typing import IO

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "salus"
FOLDER = SOURCE / "report" / "catalogues"
KEYWORDS = {"say": None, "phrase": None}


def spoken(
    stream: IO[bytes], keywords: Container[str], *_tags: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Walk the sentences of a Python file; Babel's own walk misses those inside another one."""
    for node in ast.walk(ast.parse(stream.read())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name, text = ast.unparse(node.func).rpartition(".")[2], node.args[0].value
            if name in keywords and isinstance(text, str):
                yield node.lineno, name, text, []


def written(
    stream: IO[bytes], _keywords: Container[str], *_tags: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Walk the entries of a TOML file that people read: names and reasons."""
    for line, text in enumerate(stream.read().decode().splitlines(), 1):
        key, _, value = text.partition(" = ")
        if key in {"name", "because", "advice"}:
            yield line, "say", ast.literal_eval(value), []


METHODS = [
    ("**.py", spoken),
    ("treat/**.toml", written),
    ("data/synthetic/sources/**.toml", written),
    ("**.j2", "jinja2.ext:babel_extract"),
]


def found() -> Catalog:
    """Collect every sentence that is said anywhere in the source."""
    catalogue = Catalog(project="Salus", charset="utf-8", fuzzy=False)
    rows = extract_from_dir(str(SOURCE), METHODS, keywords=KEYWORDS, comment_tags=())
    for name, _line, text, _comments, _context in sorted(rows, key=lambda row: (row[0], row[1])):
        catalogue.add(text, locations=[(name, None)])
    return catalogue


def stored(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as stream:
        return read_po(stream, locale="zh_CN")


def compiled(catalogue: Catalog) -> bytes:
    """Compile a catalogue in memory."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def update() -> int:
    """Bring every catalogue up to date; new sentences are left empty for a translator."""
    template = found()
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/salus.po")):
        catalogue = stored(path)
        # Nothing but the sentences changes the file, so that a date makes no difference.
        template.creation_date = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as stream:
            write_po(stream, catalogue, width=98, sort_output=True, omit_header=False)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
    return check()


def check() -> int:
    """Report what a reader would see untranslated."""
    wanted = {message.id for message in found() if message.id}
    faults = []
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/salus.po")):
        catalogue = stored(path)
        known = {message.id: message for message in catalogue if message.id}
        faults += [f"missing: {text}" for text in sorted(wanted - set(known))]
        faults += [f"no longer said: {text}" for text in sorted(set(known) - wanted)]
        for text in sorted(wanted & set(known)):
            message = known[text]
            if not message.string or message.fuzzy:
                faults.append(f"untranslated: {text}")
            elif values(text) != values(message.string):
                faults.append(f"other values: {text} -> {message.string}")
        if path.with_suffix(".mo").read_bytes() != compiled(catalogue):
            faults.append(f"stale: {path.with_suffix('.mo').name}; run `make catalogues`")
    print("\n".join(faults) or f"catalogues: {len(wanted)} sentences, all translated")
    return 1 if faults else 0


def values(template: str) -> set[str]:
    """Name the values that a template takes."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


if __name__ == "__main__":
    sys.exit(update() if sys.argv[1:] == ["update"] else check())
