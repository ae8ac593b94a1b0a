"""What a day left for people to read, by its decision: one folder each, whole or not at all.

The folder holds ``plan.json``, ``forecast.json`` and ``tables/`` as a run writes them, and for each
language ``report.<lang>.html`` and ``sections.<lang>.json``. What was advised for patients lies
apart, in ``patients``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from salus.core.errors import Fault, NotFoundError, Where
from salus.core.files import whole_folder
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOLDER = "reports"
ABOUT = "about.json"
PATIENTS = "patients"


@dataclass(frozen=True, slots=True)
class About:
    """What a day is about.

    Parameters
    ----------
    decision : str
        Id of its decision.
    region : str
        Name of the region.
    synthetic : bool
        Whether the whole region was made up.
    as_of : date
        What was known until this day.
    first, last : date
        The days that were planned.
    made_at : datetime
        When, in UTC.
    """

    decision: str
    region: str
    synthetic: bool
    as_of: date
    first: date
    last: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A day that was kept.

    Parameters
    ----------
    about : About
        What it is about.
    folder : Path
        Where its files are.
    """

    about: About
    folder: Path

    @property
    def plan(self) -> Path:
        """The machine-readable plan, without advice for patients."""
        return self.folder / "plan.json"

    @property
    def forecast(self) -> Path:
        """The machine-readable forecast."""
        return self.folder / "forecast.json"

    @property
    def tables(self) -> Path:
        """The folder of tables, each as CSV and Parquet."""
        return self.folder / "tables"

    @property
    def patients(self) -> Path:
        """What was advised for patients; see :mod:`salus.data.store.advised_patients`."""
        return self.folder / PATIENTS

    def report(self, lang: str) -> Path:
        """Find the page of a language."""
        return self.folder / f"report.{lang}.html"

    def sections(self, lang: str) -> Path:
        """Find the sections of a language."""
        return self.folder / f"sections.{lang}.json"


class Reports:
    """The days that a home has kept.

    Parameters
    ----------
    home : Path
        Folder of the store.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> Reports(Path(tempfile.mkdtemp())).latest()
    ()
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    def keep(self, about: About, fill: Callable[[Path], None]) -> Path:
        """Keep a day, in the place of one with the same decision.

        Parameters
        ----------
        about : About
            What it is about.
        fill : callable
            Writes all files into the folder that it is given.

        Returns
        -------
        Path
            Where they are.

        Raises
        ------
        EnvironmentFaultError
            If the folder cannot be written.
        """
        target = self._folder / about.decision
        with whole_folder(target, replace=True) as folder:
            fill(folder)
            (folder / ABOUT).write_text(json.dumps(asdict(about), default=str), encoding="utf-8")
            folder.chmod(0o700)
        return target

    def latest(self) -> tuple[Kept, ...]:
        """Return all days, the newest first."""
        found = [_read(path.parent) for path in self._folder.glob(f"*/{ABOUT}")]
        return tuple(sorted(found, key=lambda kept: kept.about.made_at, reverse=True))

    def find(self, decision: str) -> Kept:
        """Return the day of a decision.

        Parameters
        ----------
        decision : str
            Its id, whole.

        Returns
        -------
        Kept

        Raises
        ------
        NotFoundError
            If none was kept.
        """
        folder = self._folder / decision
        if not decision.isalnum() or not (folder / ABOUT).is_file():
            what, remedy = say("no plan of this decision is kept"), say("choose one of the list")
            raise NotFoundError(Fault(what, Where(say("plan")), remedy))
        return _read(folder)


def _read(folder: Path) -> Kept:
    held = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    days = {name: date.fromisoformat(held[name]) for name in ("as_of", "first", "last")}
    made_at = datetime.fromisoformat(held["made_at"])
    return Kept(About(**{**held, **days, "made_at": made_at}), folder)
