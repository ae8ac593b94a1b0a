"""The server: where it listens, and how it stops."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from salus.core.errors import EnvironmentFaultError, Fault, Where
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from fastapi import FastAPI

    from salus.core.settings import Settings

GRACE = 5
"""Seconds that requests have to end when the service is stopped; open streams are cut then."""

_REFUSED: dict[int, tuple[Message, Message]] = {
    errno.EADDRINUSE: (
        say("another program listens there already"),
        say("name another port with --port, or stop that program"),
    ),
    errno.EACCES: (
        say("this account may not listen there"),
        say("name a port from 1024 on with --port"),
    ),
    errno.EADDRNOTAVAIL: (
        say("this machine does not have this address"),
        say("name an address of this machine with --host, such as 127.0.0.1"),
    ),
}


def listen(settings: Settings) -> socket.socket:
    """Listen where the settings say.

    Parameters
    ----------
    settings : Settings
        Their ``host`` and ``port``.

    Returns
    -------
    socket
        Bound and listening; its port is the one that was found where 0 was asked for.

    Raises
    ------
    EnvironmentFaultError
        If the port is in use, or the address is none of this machine.
    """
    where = f"{settings.host}:{settings.port}"
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family, backlog=1024)
    except OSError as error:
        # A name that no address is known for has a negative number.
        number = errno.EADDRNOTAVAIL if (error.errno or 0) < 0 else error.errno
        if number not in _REFUSED:
            raise
        what, remedy = _REFUSED[number]
        raise EnvironmentFaultError(Fault(what, Where(where), remedy)) from error


def is_private(host: str) -> bool:
    """Tell whether nobody but this machine reaches an address.

    Examples
    --------
    >>> is_private("127.0.0.1"), is_private("localhost"), is_private("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_encrypted(settings: Settings) -> bool:
    """Tell whether the service encrypts what it sends.

    Parameters
    ----------
    settings : Settings
        Their certificate and key.

    Raises
    ------
    EnvironmentFaultError
        If one of the two is missing or cannot be read.
    """
    files = {"tls_certificate": settings.tls_certificate, "tls_key": settings.tls_key}
    if not any(files.values()):
        return False
    faults = [
        Fault(say("this file cannot be read"), Where(name), say("name a file in PEM"), file or None)
        for name, file in files.items()
        if not file or not os.access(Path(file), os.R_OK)
    ]
    if faults:
        raise EnvironmentFaultError(*faults)
    return True


def serve(app: FastAPI, listening: socket.socket, settings: Settings) -> None:
    """Serve an application until a signal asks to stop.

    Parameters
    ----------
    app : FastAPI
        As :func:`salus.web.app.create_app` wires it.
    listening : socket
        Where.
    settings : Settings
        Their certificate and key, if any.
    """
    encrypted = is_encrypted(settings)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,  # an address may hold a pseudonym
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
        ssl_certfile=settings.tls_certificate if encrypted else None,
        ssl_keyfile=settings.tls_key if encrypted else None,
    )
    # It raises the signal again that stopped it: for a service that is the usual end.
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
