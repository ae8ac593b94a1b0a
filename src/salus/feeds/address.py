"""The address of a broker, as a setting or a file names it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a broker listens, and with which account it lets us in.

    Parameters
    ----------
    host : str
        Name or number.
    port : int
        1 to 65,535.
    user, password : str or None
        The account; ``None`` for a broker without accounts.
    tls : bool
        Whether the way there is encrypted.
    """

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False

    @property
    def url(self) -> str:
        """The address in one line, password included: for files of the owner only."""
        account = ""
        if self.user is not None:
            account = f"{quote(self.user, '')}:{quote(self.password or '', '')}@"
        return f"{'mqtts' if self.tls else 'mqtt'}://{account}{self.host}:{self.port}"

    def __str__(self) -> str:
        """Write the address as the log may hold it."""
        return f"{self.host}:{self.port}"


def read_address(url: str, where: Where) -> Address:
    """Read the address of a broker.

    Parameters
    ----------
    url : str
        Such as ``mqtt://user:password@broker.example:1883``.
    where : Where
        The setting or option.

    Returns
    -------
    Address

    Raises
    ------
    InputError
        If it is none; the text is not repeated, as it may hold a password.

    Examples
    --------
    >>> str(read_address("mqtt://ward@broker.example", Where("SALUS_BROKER")))
    'broker.example:1883'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _no_address(where) from None
    if not host or parts.scheme not in PORTS or parts.path.strip("/"):
        raise _no_address(where)
    user = None if parts.username is None else unquote(parts.username)
    password = None if parts.password is None else unquote(parts.password)
    return Address(host, port or PORTS[parts.scheme], user, password, parts.scheme == "mqtts")


def _no_address(where: Where) -> InputError:
    remedy = say("write it like {example}", example="mqtt://user:password@host:1883")
    return InputError(Fault(say("this is no address of a broker"), where, remedy))
