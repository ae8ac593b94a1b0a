"""Lines of a terminal: words stay whole, and Chinese breaks between its signs."""

from __future__ import annotations

import re

from rich.cells import cell_len

OPENING, CLOSING = "（“《【", "，。、；：？！）”》】"
PIECE = re.compile(rf"[{OPENING}]*(?:[^\s\u2e80-\uffef{OPENING}{CLOSING}]+|.)[{CLOSING}]*\s*")


def lines(text: str, width: int) -> list[str]:
    """Break a text into lines.

    Parameters
    ----------
    text : str
        A sentence in English, in Chinese, or in both.
    width : int
        Cells of a line; a Chinese sign takes two. A word that is wider stays whole.

    Returns
    -------
    list of str
        None begins with a closing sign, and none ends with an opening one.

    Examples
    --------
    >>> lines("one more bed", 8)
    ['one more', 'bed']
    >>> lines("增加 12 张（床位），共 30 张。", 14)
    ['增加 12 张（床', '位），共 30', '张。']
    """
    found = [""]
    for piece in PIECE.findall(text):
        if found[-1] and cell_len(found[-1] + piece.rstrip()) > width:
            found.append("")
        found[-1] += piece
    return [line.rstrip() for line in found]


def stacked(head: str) -> str:
    """Put each bracket of a Chinese head on a line of its own, as a unit is read.

    Examples
    --------
    >>> stacked("出行时间（分钟）").splitlines()
    ['出行时间', '（分钟）']
    """
    return re.sub(r"(?<=.)(?=（)", "\n", head)
