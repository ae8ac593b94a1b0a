"""What a city folder says about itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.canonical import canonical, digest_file
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.data.synthetic.spec import CitySpec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from salus.core.canonical import Json

FILE = "city.json"
FORMAT = 3
"""Grows when the folder or the meaning of a seed changes."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a city was made from, and what its files are.

    Parameters
    ----------
    spec : CitySpec
        What was asked.
    made_with : mapping of str to str
        Versions of the libraries that the bytes depend on.
    digests : mapping of str to str
        SHA-256 of each file, by its path in the folder.
    """

    spec: CitySpec
    made_with: Mapping[str, str]
    digests: Mapping[str, str]

    def write(self, folder: Path) -> None:
        """Write it into a city folder."""
        document: Json = {
            "format": FORMAT,
            "people": self.spec.people,
            "seed": self.spec.seed,
            "days": self.spec.days,
            "as_of": self.spec.as_of.isoformat(),
            "made_with": dict(self.made_with),
            "digests": dict(self.digests),
        }
        (folder / FILE).write_bytes(canonical(document) + b"\n")

    def changed(self, folder: Path) -> tuple[str, ...]:
        """List the files that are missing or not as they were made; all of them are read."""
        return tuple(
            name
            for name, made in sorted(self.digests.items())
            if not (folder / name).is_file() or digest_file(folder / name) != made
        )


def describe(spec: CitySpec, folder: Path) -> Manifest:
    """Describe a city folder that is complete but for its manifest.

    Parameters
    ----------
    spec : CitySpec
        What was asked.
    folder : Path
        What was made.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digests = {path.relative_to(folder).as_posix(): digest_file(path) for path in files}
    return Manifest(spec, {"numpy": np.__version__, "pyarrow": pa.__version__}, digests)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a city folder.

    Parameters
    ----------
    folder : Path
        A city.

    Returns
    -------
    Manifest

    Raises
    ------
    InputError
        If there is none, it cannot be read, or it is of another version.
    """
    again = say("make the city again")
    try:
        document = json.loads((folder / FILE).read_bytes())
        found = document["format"]
        spec = CitySpec(
            document["people"],
            document["seed"],
            document["days"],
            date.fromisoformat(document["as_of"]),
        )
        manifest = Manifest(spec, dict(document["made_with"]), dict(document["digests"]))
    except FileNotFoundError:
        raise InputError(Fault(say("this is not a city folder"), Where(FILE), again)) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        what = say("what the city was made from cannot be read")
        raise InputError(Fault(what, Where(FILE), again)) from None
    if found != FORMAT:
        what = say(
            "the city is of version {found}, but {wanted} is read", found=found, wanted=FORMAT
        )
        raise InputError(Fault(what, Where(FILE), again))
    return manifest
