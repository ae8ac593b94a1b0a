"""Names that strangers wrote, made harmless for whatever shows them."""

from __future__ import annotations

import re

CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]"
)
"""Signs that could steer a terminal, break a line, turn the reading order or spoil a page."""
FIRST = re.compile(r"^[\s=+\-@＝＋－＠]+")
"""Signs that make a formula of a cell where they come first, in either width."""


def one_line(text: str) -> str:
    r"""Put a space in the place of each sign that steers what shows it.

    Examples
    --------
    >>> one_line("Mercy\nHospital")
    'Mercy Hospital'
    """
    return CONTROLS.sub(" ", text)


def harmless(name: str) -> str:
    r"""Return a name that steers neither a spreadsheet nor a terminal.

    Parameters
    ----------
    name : str
        As it was written, without white space around it.

    Returns
    -------
    str
        The same, in nearly all cases; otherwise on one line, without signs that begin a formula.

    Examples
    --------
    >>> harmless("St. Mary-on-the-Hill"), harmless("=1+1"), harmless("Grace\x1b[31m\tHall")
    ('St. Mary-on-the-Hill', '1+1', 'Grace [31m Hall')

    References
    ----------
    OWASP, CSV injection: cells that begin with =, +, - or @ are read as formulas.
    """
    plain = " ".join(one_line(name).split()) if CONTROLS.search(name) else name
    return FIRST.sub("", plain)
