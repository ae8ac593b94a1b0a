"""How the loops of the search are compiled.

Numba counts references to each array that it takes out of a tuple, which cost the search fifteen
times its own work. Nothing here allocates, so counting is switched off: a compiled function of this
folder must not create an array, and numba refuses it if it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

    Each = TypeVar("Each", bound=Callable[..., Any])


def compiled(function: Each) -> Each:
    """Compile a function that is called now and then."""
    return njit(cache=True, nogil=True, _nrt=False)(function)


def inlined(function: Each) -> Each:
    """Compile a function into each place that calls it, as a call would cost more than its work."""
    return njit(cache=True, nogil=True, _nrt=False, forceinline=True)(function)
