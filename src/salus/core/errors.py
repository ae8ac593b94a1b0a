"""One family of errors: each says what is wrong, where, with which value, and what to do.

Faults of an input are gathered and raised together, so that a person mends them in one go. The
family maps to exit codes here, to HTTP problems in ``web.errors`` and to acknowledgement codes in
``feeds.errors``. A fault never carries a patient's value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salus.core.messages import Message

    Shown = str | int | float | None


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a fault in what was given.

    Parameters
    ----------
    source : str or Message
        File, setting, option or table; a message where it is called by a word of the language.
    row : int, optional
        Line of the file as an editor counts it: the header is line 1.
    column : str, optional
        Name of the column or field.

    Examples
    --------
    >>> str(Where("facilities.csv", 12, "staffed_beds"))
    'facilities.csv, row 12, column staffed_beds'
    """

    source: str | Message
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Write the place in English."""
        row = "" if self.row is None else f", row {self.row}"
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.source}{row}{column}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, as advice.

    Parameters
    ----------
    what : Message
        What is wrong.
    where : Where
        Where it is.
    remedy : Message
        What to do about it.
    value : str, int, float or None
        The value that was found; never one that describes a patient.

    Examples
    --------
    >>> from salus.core.messages import say
    >>> str(Fault(say("beds are negative"), Where("f.csv", 2, "beds"), say("write 0 or more"), -4))
    'f.csv, row 2, column beds: beds are negative (found -4); write 0 or more'
    """

    what: Message
    where: Where
    remedy: Message
    value: Shown = None

    def __str__(self) -> str:
        """Write the fault in English."""
        found = "" if self.value is None else f" (found {self.value})"
        return f"{self.where}: {self.what}{found}; {self.remedy}"


class SalusError(Exception):
    """The family: one or more faults, and the exit code they lead to.

    Parameters
    ----------
    *faults : Fault
        Everything that was found wrong, at least one.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults: tuple[Fault, ...] = faults

    def __str__(self) -> str:
        """Write all faults, one a line."""
        return "\n".join(str(fault) for fault in self.faults)


class DefectError(SalusError):
    """A promise of our own code is broken."""


class InputError(SalusError):
    """What was given cannot be used as it is."""

    exit_code = 2


class NotFoundError(InputError):
    """What was asked for is not here."""


class TooLargeError(InputError):
    """What was given is larger than the settings allow."""


class EnvironmentFaultError(SalusError):
    """The machine, a disk or a service does not allow what was asked."""

    exit_code = 2


class ForbiddenError(SalusError):
    """The policy does not permit this person to do this."""

    exit_code = 2


class SignInError(SalusError):
    """Nobody is signed in: the session or the password is none that is known here."""

    exit_code = 2
    wait_seconds: int = 0
    """Until it may be tried again, where there were too many attempts."""


class MismatchError(SalusError):
    """A verification or a replay does not agree with what was claimed."""

    exit_code = 3


class CancelledError(SalusError):
    """A person stopped the work."""

    exit_code = 130


class Faults:
    """Gathers faults, to be raised once and together.

    Examples
    --------
    >>> from salus.core.messages import say
    >>> faults = Faults()
    >>> faults.add(say("no rows"), Where("districts.csv"), say("list at least one district"))
    >>> len(faults)
    1
    >>> faults.stop()
    Traceback (most recent call last):
    salus.core.errors.InputError: districts.csv: no rows; list at least one district
    """

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def __len__(self) -> int:
        """Count what was gathered."""
        return len(self._faults)

    def __iter__(self) -> Iterator[Fault]:
        """Go through what was gathered."""
        return iter(self._faults)

    def add(self, what: Message, where: Where, remedy: Message, value: Shown = None) -> None:
        """Keep one more fault."""
        self._faults.append(Fault(what, where, remedy, value))

    def extend(self, faults: Iterable[Fault]) -> None:
        """Keep the faults of another gatherer or error."""
        self._faults.extend(faults)

    def sort(self, sources: Sequence[str]) -> None:
        """Put the faults in the order of their sources, and of the rows in each.

        Parameters
        ----------
        sources : sequence of str
            Every source that a fault may name.
        """
        self._faults.sort(
            key=lambda fault: (sources.index(str(fault.where.source)), fault.where.row or 0)
        )

    def stop(self, error: type[SalusError] = InputError) -> None:
        """Raise everything that was gathered; return quietly when there is nothing.

        Parameters
        ----------
        error : type of SalusError
            Which member of the family to raise.

        Raises
        ------
        SalusError
            Of the given type, with all faults.
        """
        if self._faults:
            raise error(*self._faults)
