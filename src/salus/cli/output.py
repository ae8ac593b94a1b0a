"""What is said on stdout and stderr: when either is full or gone, that is no defect of ours."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.errors import EnvironmentFaultError, Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from salus.core.messages import Message


@contextmanager
def told(remedy: Message) -> Iterator[None]:
    """Say something to whoever asked, to its end.

    Parameters
    ----------
    remedy : Message
        What to do, and what stands all the same, when it cannot be said.

    Raises
    ------
    EnvironmentFaultError
        If the disk behind the output is full, or it cannot be written for another reason.
    BrokenPipeError
        If whoever read it has had enough.

    Examples
    --------
    >>> with told(say("send the output elsewhere")):
    ...     print("42 beds")
    42 beds
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop(sys.stdout)
        what = say("the output cannot be written to its end")
        fault = Fault(what, Where("salus"), remedy, error.strerror)
        raise EnvironmentFaultError(fault) from error


@contextmanager
def heard_or_not(stream: TextIO) -> Iterator[None]:
    """Say something where nothing can be done if nobody hears it.

    Parameters
    ----------
    stream : text stream
        What is written to inside.
    """
    try:
        yield
        stream.flush()
    except (OSError, ValueError):
        drop(stream)


def drop(stream: TextIO) -> None:
    """Let go of what a stream still holds, so that the interpreter does not complain at exit.

    Parameters
    ----------
    stream : text stream
        One that cannot be written any more.
    """
    with suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())
