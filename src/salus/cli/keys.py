"""``salus trust keys rotate``: renew what encrypts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.cli.review import recorded, tell
from salus.core.messages import say
from salus.service.context import open_context
from salus.service.rotate_keys import Rotation, rotate_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.canonical import Json
    from salus.report.words import Words


def rotate_command(
    options: Mapping[str, str | None], words: Words, *, master: bool, as_json: bool
) -> None:
    """Renew the keys and say which ones are in use.

    Parameters
    ----------
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    master : bool
        Whether the master key is renewed, rather than the data keys.
    as_json : bool
        Whether a program reads stdout.

    Raises
    ------
    InputError
        If the master key is another one than the home was sealed with.
    EnvironmentFaultError
        If the keys cannot be read or written, or encryption is not installed.
    """
    with open_context(recorded(options)) as context:
        done = rotate_keys(context, Rotation(master))
    said = (
        say(
            "The master key is a new one with fingerprint {fingerprint}. Back it up apart from "
            "the data, and destroy the copies of the old one.",
            fingerprint=done.fingerprint,
        )
        if master
        else say(
            "New data keys, number {number} of each class, seal from now on; {count} secrets "
            "were sealed again. Back up the folder of keys.",
            number=done.number,
            count=done.secrets,
        )
    )
    document: Json = {
        "master": done.fingerprint,
        "number": done.number,
        "sealed_again": done.secrets,
    }
    tell(said, document, words, as_json=as_json)
