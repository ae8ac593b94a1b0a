"""Lines of a terminal: words stay whole, and Chinese breaks between its signs."""

from __future__ import annotations

import re

from rich.cells import cell_len

OPENING, CLOSING = "（“《【", "，。、；：？！）”》】"
PIECE = re.compile(rf"[{OPENING}]*(?:[^\s\u2e80-\uffef{OPENING}{CLOSING}]+|.)[{CLOSING}]*\s*")


FEW = 8
"""Cells that a line of a Chinese head has at least."""


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


def folded(head: str, width: int) -> str:
    """Break the head of a column of figures: a Chinese one into even lines, its unit on its own.

    Parameters
    ----------
    head : str
        A head in English or in Chinese.
    width : int
        Cells of a line, at least those that `narrowest` tells.

    Returns
    -------
    str
        Lines.

    Examples
    --------
    >>> folded("出行时间（分钟）", 10).splitlines()
    ['出行时间', '（分钟）']
    >>> folded("资源日影子价格", 12).splitlines()
    ['资源日影', '子价格']
    """
    found: list[str] = []
    for part in _parts(head):
        whole = cell_len(part)
        even = -(-whole // -(-whole // width)) + 1
        found += lines(part, min(even, width) if _is_chinese(part) else width)
    return "\n".join(found)


def narrowest(head: str) -> int:
    """Count the cells that the head of a column needs: words stay whole, and so do units.

    Parameters
    ----------
    head : str
        A head in English or in Chinese.

    Returns
    -------
    int

    Examples
    --------
    >>> narrowest("travel time"), narrowest("资源日影子价格"), narrowest("用时（毫秒）")
    (6, 8, 8)
    """
    return max(
        min(cell_len(word), FEW)
        if _is_chinese(word) and not word.startswith("（")
        else cell_len(word)
        for word in _words(head)
    )


def widest(head: str) -> int:
    """Count the cells of a head that breaks between words and before its unit alone.

    Parameters
    ----------
    head : str
        A head in English or in Chinese.

    Returns
    -------
    int

    Examples
    --------
    >>> widest("travel time"), widest("资源日影子价格"), widest("用时（毫秒）")
    (6, 14, 8)
    """
    return max(map(cell_len, _words(head)))


def _parts(head: str) -> list[str]:
    return re.sub(r"(?<=.)(?=（)", "\n", head).splitlines()


def _words(head: str) -> list[str]:
    return [word for part in _parts(head) for word in part.split()]


def _is_chinese(text: str) -> bool:
    return cell_len(text) > len(text)
