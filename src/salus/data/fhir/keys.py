"""References between resources, as keys within the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salus.data.fhir.elements import part, text
from salus.data.fhir.reason import FaultyError, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.data.fhir.elements import Object

URN = ("urn:uuid:", "urn:oid:")


@dataclass(frozen=True, slots=True)
class Keys:
    """What the references of a document lead to.

    Parameters
    ----------
    aliases : mapping of str to str
        Full address of an entry to the id of its resource, where they differ.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)

    def of(self, reference: str) -> str:
        """Return the key that a reference leads to.

        ``Patient/7``, ``https://server/fhir/Patient/7`` and ``Patient/7/_history/2`` lead to 7,
        ``urn:uuid:7`` to the resource of that address in the same bundle, or to 7, and
        ``Organization?identifier=system|7`` to 7.

        Examples
        --------
        >>> [Keys({"urn:uuid:9": "x"}).of(each) for each in ("urn:uuid:9", "Patient/7")]
        ['x', '7']
        >>> Keys().of("https://a.test/fhir/Patient/7/_history/2")
        '7'
        """
        if self.aliases and (known := self.aliases.get(reference)) is not None:
            return known
        if reference.startswith(URN):
            return reference.rsplit(":", 1)[1]
        if "?" in reference:
            return reference.rpartition("|")[2] if "|" in reference else reference
        return reference.partition("/_history/")[0].rpartition("/")[2]

    def get(self, resource: Object, key: str) -> str | None:
        """Return the key that an element refers to; ``None`` where it refers to nothing.

        Raises
        ------
        FaultyError
            If the element or its reference has another type.
        """
        found = part(resource, key)
        reference = text(found, "reference")
        if reference is not None:
            return self.of(reference) or None
        return text(part(found, "identifier"), "value")

    def required(self, resource: Object, key: str) -> str:
        """Return the key that an element must refer to.

        Raises
        ------
        FaultyError
            If it refers to nothing, or has another type.
        """
        found = self.get(resource, key)
        if found is None:
            raise FaultyError(Reason.MISSING, f"{key}.reference")
        return found


def aliases(entries: list[Object]) -> dict[str, str]:
    """List the entries of a bundle whose address ends otherwise than the id of their resource.

    Examples
    --------
    >>> aliases([{"fullUrl": "urn:uuid:9", "resource": {"id": "x"}}])
    {'urn:uuid:9': 'x'}
    """
    plain, found = Keys(), {}
    for each in entries:
        address, resource = each.get("fullUrl"), each.get("resource")
        own = resource.get("id") if type(resource) is dict else None
        if type(address) is str and type(own) is str and own and plain.of(address) != own:
            found[address] = own
    return found
