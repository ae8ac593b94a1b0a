"""Keep a secret of the installation, encrypted in its store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.data.store.secrets import BROKER, Secrets
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context

KNOWN = (BROKER,)
"""What there may be a secret for."""
LONGEST = 1 << 12
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """A secret to be kept, or forgotten.

    Parameters
    ----------
    name : str
        What it is for: ``broker``, the password of the broker of readings.
    value : bytes or None
        The secret, 1 to 4096 bytes; ``None`` forgets the one that is kept. It is never shown.

    Raises
    ------
    InputError
        If there is nothing of this name to keep a secret for, or the secret is empty or too long.
    """

    name: str
    value: bytes | None = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a secret that nobody would ask for, and one that is none."""
        if self.name not in KNOWN:
            remedy = say("use one of: {names}", names=", ".join(KNOWN))
            raise InputError(Fault(say("nothing asks for such a secret"), _NAME, remedy, self.name))
        if self.value is not None and not 1 <= len(self.value) <= LONGEST:
            remedy = say("give 1 to {most:,} bytes", most=LONGEST)
            raise InputError(Fault(say("the secret is empty or too long"), _NAME, remedy))


_NAME = Where(say("secret"))


def _name(keeping: Keeping) -> str:
    return keeping.name


@guarded(Permission.KEEP_SECRET, Kind.KEYS, _name)
def keep_secret(context: Context, keeping: Keeping) -> None:
    """Keep or forget a secret; the audit names it, and nobody shows it again.

    Parameters
    ----------
    context : Context
        What is in use.
    keeping : Keeping
        The secret.

    Raises
    ------
    InputError
        If the master key is another one than the home was sealed with.
    EnvironmentFaultError
        If the keys or the store cannot be used, or the extra ``[privacy]`` is not installed.
    ForbiddenError
        If the policy does not permit it.
    """
    secrets = Secrets(context.store, context.vault)
    if keeping.value is None:
        secrets.delete(keeping.name)
    else:
        secrets.put(keeping.name, keeping.value)
