"""The regions that were loaded into a home: each a folder of its files, and what they hold."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, NotFoundError, Where
from salus.core.files import whole_folder
from salus.core.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.region.region import Region

FOLDER = "regions"
ABOUT = "about.json"
NAME = re.compile(r"\w[\w -]{0,62}\w|\w")
"""How a region may be called: letters and digits of any script; between them spaces and dashes."""


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """One file of a region.

    Parameters
    ----------
    file : str
        Its name.
    rows : int
        Rows that were read.
    as_of : date or None
        Latest date inside; ``None`` where it has none.
    """

    file: str
    rows: int
    as_of: date | None


@dataclass(frozen=True, slots=True)
class LoadedRegion:
    """A region that was loaded.

    Parameters
    ----------
    name : str
        As it was called.
    loaded_at : datetime
        When, in UTC.
    loaded_by : str
        Account that loaded it.
    districts, facilities, repairs : int
        How many it has, and how many cells and rows were mended or left out.
    files : tuple of LoadedFile
        What was read.
    """

    name: str
    loaded_at: datetime
    loaded_by: str
    districts: int
    facilities: int
    repairs: int
    files: tuple[LoadedFile, ...]


def describe(region: Region, name: str, now: datetime, account: str) -> LoadedRegion:
    """Say what a region holds that has just been read.

    Parameters
    ----------
    region : Region
        As it was read.
    name : str
        What it shall be called.
    now : datetime
        When, in UTC.
    account : str
        Who loads it.

    Returns
    -------
    LoadedRegion
    """
    return LoadedRegion(
        name,
        now,
        account,
        len(region.districts),
        len(region.facilities),
        len(region.repairs),
        tuple(LoadedFile(each.file, each.rows, each.as_of) for each in region.sources),
    )


def is_region_name(text: str) -> bool:
    """Tell whether a region may be called so.

    Examples
    --------
    >>> is_region_name("florida"), is_region_name("佛罗里达"), is_region_name("../etc")
    (True, True, False)
    """
    return NAME.fullmatch(text) is not None


class LoadedRegions:
    """The regions of a home.

    Parameters
    ----------
    home : Path
        Folder of the store.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> LoadedRegions(Path(tempfile.mkdtemp())).list()
    ()
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    def folder(self, name: str) -> Path:
        """Return where the files of a region are.

        Raises
        ------
        NotFoundError
            If no region of this name was loaded.
        """
        folder = self._folder / name
        if not is_region_name(name) or not (folder / ABOUT).is_file():
            what, remedy = say("no region of this name is loaded"), say("load it first")
            raise NotFoundError(Fault(what, Where(say("region")), remedy))
        return folder

    def refuse_taken(self, name: str) -> None:
        """Raise if a region of this name is loaded.

        Raises
        ------
        InputError
            In words about the name, which says nothing of where it is kept.
        """
        if (self._folder / name).exists():
            what = say("a region called {name} is loaded already", name=name)
            remedy = say(
                "choose another name, or tick that it is replaced; a program sends {field}",
                field="replace=true",
            )
            raise InputError(Fault(what, Where(say("region")), remedy))

    def take(self, files: Path, about: LoadedRegion, *, replace: bool) -> None:
        """Take the files of a region, whole or not at all.

        Parameters
        ----------
        files : Path
            Folder that holds nothing else; they are moved.
        about : LoadedRegion
            What they hold.
        replace : bool
            Whether a region of the same name may be replaced.

        Raises
        ------
        InputError
            If there is one and it may not be replaced.
        EnvironmentFaultError
            If the folder cannot be written.
        """
        if not replace:
            self.refuse_taken(about.name)
        with whole_folder(self._folder / about.name, replace=replace) as folder:
            for path in sorted(files.iterdir()):
                shutil.move(path, folder / path.name)
            text = json.dumps(asdict(about), default=str, ensure_ascii=False)
            (folder / ABOUT).write_text(text, encoding="utf-8")
            folder.chmod(0o700)

    def find(self, name: str) -> LoadedRegion:
        """Return a region by its name.

        Raises
        ------
        NotFoundError
            If no region of this name was loaded.
        """
        return _read(self.folder(name))

    def list(self) -> tuple[LoadedRegion, ...]:
        """Return all regions, by name."""
        return tuple(_read(path.parent) for path in sorted(self._folder.glob(f"[!.]*/{ABOUT}")))


def _read(folder: Path) -> LoadedRegion:
    held = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    files = tuple(
        LoadedFile(each["file"], each["rows"], _day(each["as_of"])) for each in held["files"]
    )
    return LoadedRegion(
        **{**held, "files": files, "loaded_at": datetime.fromisoformat(held["loaded_at"])}
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
