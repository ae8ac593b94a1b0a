"""How the loops of the search are compiled.

Numba counts references to each array that it takes out of a tuple, which cost the search fifteen
times its own work. Nothing here allocates, so counting is switched off: a compiled function of this
folder must not create an array, and numba refuses it if it does.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from numba import config, njit

if TYPE_CHECKING:
    from collections.abc import Callable

    Each = TypeVar("Each", bound=Callable[..., Any])

FOLDER = Path(__file__).parent


def _digest() -> str:
    found = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _first_writable(*folders: Path) -> Path | None:
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder / f"compiled-{_digest()}"
    return None


KEPT_IN = _first_writable(FOLDER / "__pycache__", Path.home() / ".cache" / "salus")
"""Where what was compiled is kept for the next run; ``None`` where nothing may be written."""


def compiled(function: Each) -> Each:
    """Compile a function that is called now and then."""
    return _kept(function, inline=False)


def inlined(function: Each) -> Each:
    """Compile a function into each place that calls it, as a call would cost more than its work."""
    return _kept(function, inline=True)


def _kept(function: Each, *, inline: bool) -> Each:
    # Numba looks for changes in the file of a function alone, not in those that it calls: what is
    # kept lies in a folder that is named after all of them.
    elsewhere, config.CACHE_DIR = config.CACHE_DIR, str(KEPT_IN or "")
    try:
        return njit(cache=KEPT_IN is not None, nogil=True, _nrt=False, forceinline=inline)(function)
    finally:
        config.CACHE_DIR = elsewhere
