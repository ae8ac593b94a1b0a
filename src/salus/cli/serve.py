"""``salus serve``: open the doors, say where they are, and let people in."""

from __future__ import annotations

import os
import socket
import sys
from functools import partial
from typing import TYPE_CHECKING

from salus.cli.faults import show_faults
from salus.cli.output import told
from salus.core.extras import refuse_lacking
from salus.core.messages import Message, say
from salus.core.settings import LANGUAGES, Settings, read_settings
from salus.data.store.service_lock import only_service
from salus.report.words import Words
from salus.service.context import open_context
from salus.service.first_administrator import first_administrator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salus.core.errors import SalusError

FIRST = "first"
"""How the audit calls the first administrator before they have a name."""


def serve_command(options: Mapping[str, str | None], words: Words) -> None:
    """Serve until a signal asks to stop.

    Parameters
    ----------
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.

    Raises
    ------
    EnvironmentFaultError
        If an extra is not installed, the port is in use, the home cannot be used, or a service
        already runs on it.
    InputError
        If a setting cannot be understood.
    """
    settings = read_settings(os.environ, asked=options)
    refuse_lacking("serve", "privacy")
    from salus.feeds.serve import feed  # noqa: PLC0415  # help needs no engine
    from salus.web.app import create_app  # noqa: PLC0415  # needs the extra
    from salus.web.jobs import Foreman  # noqa: PLC0415
    from salus.web.listen import is_encrypted, is_private, listen, serve  # noqa: PLC0415
    from salus.web.uploads import forget_incoming  # noqa: PLC0415

    encrypted = is_encrypted(settings)

    def tell(error: SalusError) -> None:
        show_faults(error, words, as_json=False)

    with (
        listen(settings) as listening,
        open_context(settings) as context,
        only_service(settings.home),
    ):
        address = _address(settings, listening, encrypted=encrypted)
        _say(_welcome(address, settings), [words])
        if not encrypted and not is_private(settings.host):
            _say([UNSAFE], [words])
        token = first_administrator(context, FIRST)
        if token is not None:
            first = _first(f"{address}/invitation/{token}")
            _say([first], [Words(lang) for lang in LANGUAGES])
        forget_incoming(settings.home)
        works = (Foreman(context).run, partial(feed, context, settings))
        serve(create_app(context, works, tell), listening, settings)
    _say([say("The service has stopped; jobs that ran can be resumed.")], [words])


UNSAFE = say(
    "Warning: other machines reach this service, and what it sends is not encrypted. Set "
    "tls_certificate and tls_key, or put a proxy that encrypts in front of it."
)


def _welcome(address: str, settings: Settings) -> Iterable[Message]:
    yield say("Salus is at {address}; stop it with Ctrl-C.", address=address)
    yield say("The home is {home}.", home=str(settings.home))


def _first(link: str) -> Message:
    return say(
        "Nobody has an account yet. The first administrator opens this link once: {link}", link=link
    )


def _address(settings: Settings, listening: socket.socket, *, encrypted: bool) -> str:
    anywhere = settings.host in {"0.0.0.0", "::"}  # noqa: S104  # what was asked for, in a link
    host = socket.gethostname() if anywhere else settings.host
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if encrypted else 'http'}://{shown}:{listening.getsockname()[1]}"


def _say(messages: Iterable[Message], languages: Iterable[Words]) -> None:
    said = list(messages)
    with told(say("send the output elsewhere")):
        for words in languages:
            for message in said:
                sys.stdout.write(words(message) + "\n")
