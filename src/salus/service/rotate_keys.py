"""Renew the keys of the installation: those that seal, or the one that wraps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.data.store.secrets import Secrets
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class Rotation:
    """Which keys are renewed.

    Parameters
    ----------
    master : bool
        The master key; otherwise the data keys.
    """

    master: bool = False


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was renewed.

    Parameters
    ----------
    number : int
        Which data key of its class seals from now on.
    secrets : int
        Secrets of the installation that were sealed again.
    fingerprint : str
        Tells the master key apart, 16 hexadecimal digits.
    """

    number: int
    secrets: int
    fingerprint: str


def _which(rotation: Rotation) -> str:
    return "master" if rotation.master else "data"


@guarded(Permission.ROTATE_KEYS, Kind.KEYS, _which)
def rotate_keys(context: Context, rotation: Rotation) -> Rotated:
    """Renew keys; whatever was sealed before still opens, at each moment of the renewal too.

    Parameters
    ----------
    context : Context
        What is in use.
    rotation : Rotation
        Which keys.

    Returns
    -------
    Rotated

    Raises
    ------
    InputError
        If the master key is another one than the home was sealed with.
    MismatchError
        If a secret of the installation was altered.
    EnvironmentFaultError
        If the keys cannot be read or written, or the extra ``[privacy]`` is not installed.
    ForbiddenError
        If the policy does not permit it.
    """
    keys = context.keys
    ring = keys.renew_master() if rotation.master else keys.renew()
    again = 0 if rotation.master else Secrets(context.store, context.vault).seal_again()
    return Rotated(ring.number, again, ring.master)
