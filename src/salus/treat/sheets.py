"""Reading the readable data of this wing: TOML files whose faults are gathered."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from salus.core.errors import Faults, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from pathlib import Path

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One table of a TOML file, read entry by entry; what does not fit is gathered.

    Parameters
    ----------
    entries : dict
        What the table holds.
    place : str
        File and table, for the faults.
    faults : Faults
        Where faults are gathered.
    """

    entries: dict[str, Any]
    place: str
    faults: Faults

    @classmethod
    def read(cls, path: Path, faults: Faults) -> Sheet:
        """Read a file; one that is no TOML is a fault, and reads as empty."""
        try:
            entries = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            remedy = say("mend the file with the help of the TOML specification")
            faults.add(say("the file is not TOML"), Where(path.name), remedy)
            entries = {}
        return cls(entries, path.name, faults)

    def text(self, key: str) -> str:
        """Take a text that is not empty."""
        return str(self._take(key, str, ""))

    def number(self, key: str) -> float:
        """Take a number."""
        return float(self._take(key, int | float, 0.0))

    def flag(self, key: str) -> bool:
        """Take a true or a false."""
        found = self.entries.get(key)
        if not isinstance(found, bool):
            self._fault(key)
        return found is True

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Take a list of texts, at least one; none where it may be left out."""
        if optional and key not in self.entries:
            return ()
        found = self._take(key, list, [])
        if not all(isinstance(each, str) and each for each in found):
            self._fault(key)
            return ()
        return tuple(found)

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Take one word of a closed list."""
        found = self.text(key)
        names = [each.value for each in kind]
        if found and found not in names:
            remedy = say("choose one of: {names}", names=", ".join(names))
            self.faults.add(say("not one of the choices"), Where(self.place, column=key), remedy)
        return kind(found) if found in names else next(iter(kind))

    def table(self, key: str) -> Sheet:
        """Take a table."""
        return Sheet(self._take(key, dict, {}), f"{self.place} [{key}]", self.faults)

    def tables(self, key: str) -> tuple[Sheet, ...]:
        """Take a list of tables, at least one."""
        found = [each for each in self._take(key, list, []) if isinstance(each, dict)]
        return tuple(
            Sheet(each, f"{self.place} [[{key}]] {place}", self.faults)
            for place, each in enumerate(found, 1)
        )

    def only(self, *keys: str) -> None:
        """Refuse entries of other names: a misspelt rule would never be applied."""
        for key in sorted(set(self.entries) - set(keys)):
            remedy = say("drop it, or call it one of: {names}", names=", ".join(keys))
            self.faults.add(say("unknown entry"), Where(self.place, column=key), remedy)

    def _take(self, key: str, kind: Any, empty: Any) -> Any:  # noqa: ANN401 - the type is checked here
        found = self.entries.get(key)
        if not isinstance(found, kind) or (not found and found != 0):
            self._fault(key)
            return empty
        return found

    def _fault(self, key: str) -> None:
        remedy = say("see the files beside it for the form")
        self.faults.add(
            say("missing, empty or of another type"), Where(self.place, column=key), remedy
        )
