"""Mask what tells in a text who somebody is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salus.service.guarded import guarded
from salus.trust.masking.known import Known
from salus.trust.masking.mask import Masked, mask
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.core.messages import Message
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class MaskRequest:
    """A text, and what is known of the people in it.

    Parameters
    ----------
    text : str
        Free text, English and Chinese; no print shows it.
    known : Known
        What the record says of them: the surest way to find them.
    """

    text: str = field(repr=False)
    known: Known = field(default_factory=Known)


def _text(request: MaskRequest) -> str:
    del request
    return "text"  # the audit tells that a text was masked, and nothing of it


@guarded(Permission.MASK_TEXT, Kind.TEXT, _text)
def mask_text(
    context: Context, request: MaskRequest, mark: Callable[[Message], str] = str
) -> Masked:
    """Put marks in the place of names, numbers, addresses and dates of birth.

    Parameters
    ----------
    context : Context
        What is in use.
    request : MaskRequest
        Text and what is known.
    mark : callable
        Says a mark in the reader's language; English when left out.

    Returns
    -------
    Masked
        Safer, not anonymous: see :func:`salus.trust.masking.mask.mask` for what it overlooks.

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    return mask(request.text, request.known, mark)
