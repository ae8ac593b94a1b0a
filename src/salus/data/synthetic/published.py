"""The tables of published figures that the city is made from, beside this file in ``sources``."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def published(name: str) -> dict[str, Any]:
    """Read one of the tables.

    Parameters
    ----------
    name : str
        File name without ending: ``diseases``, ``signs``, ``treatments``, ``formulary``,
        ``surgery``, ``names``.

    Returns
    -------
    dict
        The TOML document.

    Examples
    --------
    >>> len(published("diseases")["disease"])
    30
    """
    text = files("salus.data.synthetic").joinpath("sources", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
