"""Every permission with its kind of thing and its purpose, as the schema has them."""

from __future__ import annotations

import re

from salus.service.guarded import PURPOSES
from salus.trust.permission import Kind, Permission, Purpose
from salus.trust.policy import shipped

_ACTIONS = re.compile(r"action ([\w,\s]+?)\s+appliesTo \{[^}]*resource: \[(\w+)\]")
_KINDS = {
    name: Kind(kind)
    for names, kind in _ACTIONS.findall(shipped("salus.cedarschema"))
    for name in re.split(r",\s*", names)
}

USES: list[tuple[Permission, Kind, Purpose]] = [
    (each, _KINDS[each.value], PURPOSES[_KINDS[each.value]]) for each in Permission
]
"""All of them, in their order."""
