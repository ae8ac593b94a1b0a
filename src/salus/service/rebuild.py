"""The process that makes a decision again: parameters on stdin, canonical answer on stdout."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from salus.core.settings import Settings
from salus.service.answer import answer_bytes
from salus.service.context import open_context
from salus.service.request import request_of
from salus.service.run_day import run_day


def rebuild(folder: Path, parameters: str) -> bytes:
    """Run the day of restored inputs under a home of its own.

    Parameters
    ----------
    folder : Path
        The restored region.
    parameters : str
        JSON as the ledger holds it.

    Returns
    -------
    bytes
        The canonical answer.
    """
    request = request_of(folder, json.loads(parameters))
    with (
        tempfile.TemporaryDirectory(prefix="salus-home-") as home,
        open_context(Settings(home=Path(home))) as context,
    ):
        return answer_bytes(run_day(context, request).day)


if __name__ == "__main__":
    sys.stdout.buffer.write(rebuild(Path(sys.argv[1]), sys.stdin.read()))
