"""``salus trust keys rotate`` and ``salus trust secret``: what encrypts, and what is kept so."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from salus.cli.review import recorded, tell
from salus.core.messages import say
from salus.core.settings import read_settings
from salus.service.context import open_context
from salus.service.keep_secret import Keeping, keep_secret
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


def secret_command(
    name: str, options: Mapping[str, str | None], words: Words, *, forget: bool
) -> None:
    """Keep what stdin says as a secret, or forget the one that is kept.

    Parameters
    ----------
    name : str
        What the secret is for.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.
    forget : bool
        Whether it is forgotten; stdin is not read then.

    Raises
    ------
    InputError
        If nothing asks for such a secret, or it is empty or too long.
    EnvironmentFaultError
        If the keys or the store cannot be used, or encryption is not installed.
    """
    # Never an argument: whoever lists the processes of a machine reads those.
    value = None if forget else sys.stdin.buffer.read().rstrip(b"\r\n")
    keeping = Keeping(name, value)
    with open_context(read_settings(os.environ, asked=options)) as context:
        keep_secret(context, keeping)
    said = (
        say("The secret {name} is forgotten.", name=name)
        if forget
        else say("The secret {name} is kept, encrypted.", name=name)
    )
    tell(said, {"name": name, "kept": not forget}, words, as_json=False)
