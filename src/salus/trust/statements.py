"""The policies of a file one by one, so that a fault names its line.

Cedar tells what is wrong but not where. Its grammar ends every policy with a semicolon, and a
semicolon stands nowhere else but in comments and strings.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cedarpy

from salus.core.errors import Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(r'//[^\n]*|"(?:\\.|[^"\\])*"|;', re.DOTALL)
BLANK = re.compile(r"(?:\s|//[^\n]*)*")


@dataclass(frozen=True, slots=True)
class Statement:
    """One policy of a file.

    Parameters
    ----------
    text : str
        The policy with its semicolon; without it when the file ends too early.
    line : int
        Line it starts on, from 1.
    """

    text: str
    line: int


def statements(text: str) -> Iterator[Statement]:
    r"""Cut a file of policies at the semicolons that end them.

    Parameters
    ----------
    text : str
        Policies in the Cedar language.

    Yields
    ------
    Statement
        In the order of the file.

    Examples
    --------
    >>> file = '// first; of two\n@id("a;b") permit (a, b, c);\nforbid (a, b, c);'
    >>> [(found.line, found.text) for found in statements(file)]
    [(2, '@id("a;b") permit (a, b, c);'), (3, 'forbid (a, b, c);')]
    """
    start = _after_blank(text, 0)
    for token in TOKEN.finditer(text):
        if token.group() == ";":
            yield _statement(text, start, token.end())
            start = _after_blank(text, token.end())
    if start < len(text):
        yield _statement(text, start, len(text))


def faults_of_statements(text: str, schema: cedarpy.Schema, source: str) -> Iterator[Fault]:
    """Find everything that is wrong with the policies of a file.

    Parameters
    ----------
    text : str
        Policies in the Cedar language.
    schema : cedarpy.Schema
        What they may speak about.
    source : str
        Name of the file.

    Yields
    ------
    Fault
        A policy that is not Cedar or breaks the schema, is a template, has no ``@id``, or shares
        it with another.
    """
    lines: dict[str, int] = {}
    for statement in statements(text):
        where = Where(source, statement.line)
        errors = cedarpy.validate_policies(statement.text, schema).errors
        if errors:
            yield from (_invalid(where, error.error) for error in errors)
        else:
            yield from _misnamed(statement, where, lines)


def _statement(text: str, start: int, end: int) -> Statement:
    return Statement(text[start:end].rstrip(), text.count("\n", 0, start) + 1)


def _after_blank(text: str, start: int) -> int:
    blank = BLANK.match(text, start)
    return blank.end() if blank else start


def _invalid(where: Where, error: str) -> Fault:
    found = re.sub(r"^for policy `policy0`, |^Policy parse error: ", "", error)
    what = say("the policy is not valid by the language Cedar and the schema of Salus")
    remedy = say("mend this policy; the schema lists the actions and kinds it may name")
    return Fault(what, where, remedy, found)


def _misnamed(statement: Statement, where: Where, lines: dict[str, int]) -> Iterator[Fault]:
    document = json.loads(cedarpy.policies_to_json_str(statement.text))
    if document["templates"]:
        what = say(
            "a template permits nothing until it is filled in, and nothing here fills one in"
        )
        yield Fault(what, where, say("write principal and resource out"))
        return
    (policy,) = document["staticPolicies"].values()
    name = policy.get("annotations", {}).get("id")
    if not name:
        what = say("the policy has no name, so the audit could not give it as a reason")
        yield Fault(what, where, say('write @id("…") before it'))
    elif name in lines:
        what = say("the policy has the name of the one in row {row}", row=lines[name])
        yield Fault(what, where, say("give each policy a name of its own"), name)
    else:
        lines[name] = statement.line
