"""Keys that may be shown anywhere as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.core.names import harmless

if TYPE_CHECKING:
    from salus.core.errors import Faults, Where


def refuse_odd_key(key: str, where: Where, faults: Faults) -> None:
    """Gather a fault for a key that could steer a spreadsheet or a terminal.

    A name would be mended, but a changed key would no longer be the one that other files mean.

    Parameters
    ----------
    key : str
        As it is written.
    where : Where
        Its place.
    faults : Faults
        Gathers the fault.

    Examples
    --------
    >>> from salus.core.errors import Faults, Where
    >>> faults = Faults()
    >>> refuse_odd_key("H-01", Where("facilities.csv", 2), faults)
    >>> refuse_odd_key("=H01", Where("facilities.csv", 3), faults)
    >>> len(faults)
    1
    """
    if key != harmless(key):
        what = say("the key begins with = + - or @, or holds a control character")
        remedy = say("write another key, in every file that names it")
        faults.add(what, where, remedy, key)
