"""``salus allocate hospital convert``: one form of a hospital from the other."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import TYPE_CHECKING

from salus.cli.output import told
from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.core.settings import asked_path, read_settings
from salus.service.context import open_context
from salus.service.convert_hospital import ConvertRequest, convert_hospital

if TYPE_CHECKING:
    from collections.abc import Mapping


def convert_command(
    hospital: str,
    target: str,
    plan: str | None,
    first: str | None,
    options: Mapping[str, str | None],
) -> None:
    """Write a hospital, or a plan of it, in its other form, and print where it is.

    Parameters
    ----------
    hospital, target : str
        What is read, and what is made.
    plan : str or None
        A plan that is written instead.
    first : str or None
        First day of what has no dates.
    options : mapping of str to str or None
        Settings that were given as options.

    Raises
    ------
    InputError
        If what is read has faults, or the target is there already.
    ForbiddenError
        If the policy does not permit it.
    """
    faults = Faults()
    request = ConvertRequest(
        asked_path(hospital, Where("FROM"), faults),
        asked_path(target, Where("TO"), faults),
        None if plan is None else asked_path(plan, Where("--plan"), faults),
        None if first is None else _date(first, faults),
    )
    faults.stop()
    with open_context(read_settings(os.environ, asked=options)) as context:
        convert_hospital(context, request)
    with told(say("send the output elsewhere")):
        sys.stdout.write(json.dumps({"written": target}, ensure_ascii=False) + "\n")


def _date(text: str, faults: Faults) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        remedy = say("write year, month and day, such as 2026-06-27")
        faults.add(say("this is not a date"), Where("--first-date"), remedy, text)
        return None
