"""``salus allocate hospital``: plans of one hospital's weeks."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from salus.cli.output import told
from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.core.settings import asked_path, read_settings
from salus.report.hospital_document import rules_document, verification_document
from salus.service.context import open_context
from salus.service.verify_hospital import VerifyRequest, verify_hospital

if TYPE_CHECKING:
    from collections.abc import Mapping


def verify_command(instance: str, solution: str, options: Mapping[str, str | None]) -> None:
    """Add up what a plan breaks and costs, and print it as one JSON document.

    Parameters
    ----------
    instance, solution : str
        Files of the competition, or folders.
    options : mapping of str to str or None
        Settings that were given as options.

    Raises
    ------
    InputError
        If a file states no hospital or no plan of it.
    ForbiddenError
        If the policy does not permit it.
    """
    faults = Faults()
    request = VerifyRequest(
        asked_path(instance, Where("INSTANCE"), faults),
        asked_path(solution, Where("SOLUTION"), faults),
    )
    faults.stop()
    with open_context(read_settings(os.environ, asked=options)) as context:
        found = verify_hospital(context, request)
        document = verification_document(found.verification)
        if found.hospital.rules:
            document["nurse_rules"] = rules_document(found.hospital, found.breaches)
    with told(say("send the output elsewhere")):
        sys.stdout.write(json.dumps(document, indent=1, allow_nan=False) + "\n")
