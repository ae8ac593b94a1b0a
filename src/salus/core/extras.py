"""What an optional part of the installation lacks, and which command installs it."""

from __future__ import annotations

from salus.core.errors import EnvironmentFaultError, Fault, Where
from salus.core.messages import say


def lacking(extra: str, error: ImportError) -> EnvironmentFaultError:
    """Say which command installs what could not be imported.

    Parameters
    ----------
    extra : str
        Name of the extra, such as ``privacy``.
    error : ImportError
        What Python said.

    Returns
    -------
    EnvironmentFaultError
        To be raised from the error.

    Examples
    --------
    >>> print(lacking("privacy", ImportError(name="opendp")))
    salus[privacy]: this part is not installed (found opendp); run: pip install 'salus[privacy]'
    """
    remedy = say("run: {command}", command=f"pip install 'salus[{extra}]'")
    what = say("this part is not installed")
    return EnvironmentFaultError(Fault(what, Where(f"salus[{extra}]"), remedy, error.name))
