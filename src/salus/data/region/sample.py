"""The made-up region that ships with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def sample_region() -> Path:
    """Return the folder of the sample region.

    Returns
    -------
    Path
        Twelve districts and fourteen facilities on a coast that does not exist.

    Examples
    --------
    >>> sample_region().joinpath("README.txt").exists()
    True
    """
    return Path(str(files("salus.data.region"))) / "sample"
