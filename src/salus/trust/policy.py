"""Whether somebody may do something: Cedar policies in a file, checked against a schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import cedarpy

from salus.core.canonical import canonical, digest
from salus.core.errors import Fault, Faults, InputError, Where
from salus.core.messages import Message, say
from salus.trust.statements import faults_of_statements

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from salus.trust.permission import Context, Permission, Principal, Resource

NAMESPACE = "Salus"


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """Policies that passed every check, ready to decide.

    Parameters
    ----------
    rules : cedarpy.PolicySet
        The policies, parsed.
    schema : cedarpy.Schema
        What they may speak about, parsed.
    digest : str
        SHA-256 over the texts of both, so that the audit can say which policies decided.
    """

    rules: cedarpy.PolicySet
    schema: cedarpy.Schema
    digest: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the policies say.

    Parameters
    ----------
    allowed : bool
        Whether it may be done.
    reasons : tuple of str
        ``@id`` of the policies that decided, sorted; empty when none applies.
    message : Message
        The decision in a sentence.
    """

    allowed: bool
    reasons: tuple[str, ...]
    message: Message


def load_policy(text: str, schema: str, source: str = "salus.cedar") -> Policy:
    """Check policies against their schema.

    Parameters
    ----------
    text : str
        Policies in the Cedar language, each with an ``@id`` of its own.
    schema : str
        Schema in the Cedar schema language.
    source : str
        Name of the policy file, for the faults.

    Returns
    -------
    Policy

    Raises
    ------
    InputError
        With every policy that cannot be read, speaks of what the schema does not know, or has
        no name of its own, each with the line it starts on; or if the schema itself is wrong.

    Examples
    --------
    >>> load_policy("permit (principal, action,", shipped("salus.cedarschema"), "mine.cedar")
    Traceback (most recent call last):
    salus.core.errors.InputError: mine.cedar, row 1: the policy is not valid ...

    References
    ----------
    Cutler, J. W. and others (2024). Cedar: a new language for expressive, fast, safe, and
    analyzable authorization. Proceedings of the ACM on Programming Languages 8 (OOPSLA1).
    """
    try:
        parsed = cedarpy.Schema.from_str(schema)
    except ValueError as error:
        what, remedy = say("the policy schema is not valid"), say("mend the schema of the policies")
        raise InputError(Fault(what, Where("salus.cedarschema"), remedy, str(error))) from error
    faults = Faults()
    faults.extend(faults_of_statements(text, parsed, source))
    faults.stop()
    rules = cedarpy.PolicySet.from_str(text)
    return Policy(rules, parsed, digest(canonical([text, schema])))


def open_policy(path: Path | None = None) -> Policy:
    """Read the policies of this installation.

    Parameters
    ----------
    path : Path, optional
        A file of Cedar policies; the ones that ship, when not given.

    Returns
    -------
    Policy

    Raises
    ------
    InputError
        If the file cannot be read, or its policies are wrong.

    Examples
    --------
    >>> len(open_policy().digest)
    64
    """
    schema = shipped("salus.cedarschema")
    if path is None:
        return load_policy(shipped("salus.cedar"), schema)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what, remedy = say("the policies cannot be read"), say("name a readable text file in UTF-8")
        raise InputError(Fault(what, Where(str(path)), remedy, str(error))) from error
    return load_policy(text, schema, str(path))


def shipped(name: str) -> str:
    """Return a file of the policies that ship with Salus.

    Examples
    --------
    >>> "entity Region " in shipped("salus.cedarschema")
    True
    """
    return resources.files("salus.trust").joinpath("policies", name).read_text(encoding="utf-8")


def decide(
    policy: Policy,
    principal: Principal,
    permission: Permission,
    resource: Resource,
    context: Context,
) -> Decision:
    """Decide whether somebody may do something; what no policy permits is refused.

    Parameters
    ----------
    policy : Policy
        The policies of this installation.
    principal : Principal
        Who asks.
    permission : Permission
        What is asked for.
    resource : Resource
        On what.
    context : Context
        Why, and what else the policies may look at.

    Returns
    -------
    Decision
        Refused as well when a policy or the request could not be evaluated.

    Examples
    --------
    >>> from salus.trust.permission import Context, Kind, Permission, Principal, Purpose, Resource
    >>> florida, planning = Resource(Kind.REGION, "florida"), Context(Purpose.PLANNING)
    >>> anna = Principal("anna", "operator")
    >>> decide(open_policy(), anna, Permission.PLAN_CITY, florida, planning).reasons
    ('operator-plans',)
    >>> visitor = Principal("bo", "visitor")
    >>> print(decide(open_policy(), visitor, Permission.READ_REGION, florida, planning).message)
    no policy permits bo (visitor) to read the folder of a region into the standard tables ...
    """
    answer = _ask(policy, principal, permission, resource, context)
    asked = say(
        "{who} ({role}) to {meaning} ({permission}, {resource})",
        who=principal.id,
        role=principal.role,
        meaning=permission.meaning,
        permission=permission.value,
        resource=str(resource),
    )
    reasons = tuple(sorted(answer.diagnostics.id_annotations_by_reason.values()))
    if answer.diagnostics.errors:
        broken = say(
            "the policies could not be evaluated ({error}), which refuses {asked}",
            error=answer.diagnostics.errors[0],
            asked=asked,
        )
        return Decision(allowed=False, reasons=reasons, message=broken)
    if answer.allowed:
        permitted = say("{reasons} permits {asked}", reasons=reasons, asked=asked)
        return Decision(allowed=True, reasons=reasons, message=permitted)
    return Decision(allowed=False, reasons=reasons, message=_refusal(reasons, asked))


# A decision follows from these values alone, so it holds for as long as the policies are loaded.
@lru_cache(maxsize=1024)
def _ask(
    policy: Policy,
    principal: Principal,
    permission: Permission,
    resource: Resource,
    context: Context,
) -> cedarpy.AuthzResult:
    user, role = _entity("User", principal.id), _entity("Role", principal.role)
    thing = _entity(resource.kind, resource.id)
    request = {
        "principal": user,
        "action": _entity("Action", permission),
        "resource": thing,
        "context": {"purpose": context.purpose.value},
    }
    scope = {
        "everywhere": principal.districts is None,
        "districts": sorted(principal.districts or ()),
    }
    place = {} if resource.district is None else {"district": resource.district}
    entities = [_record(user, scope, role), _record(role, {}), _record(thing, place)]
    return cedarpy.is_authorized(request, policy.rules, entities, policy.schema)


def _refusal(reasons: tuple[str, ...], asked: Message) -> Message:
    if reasons:
        return say("{reasons} forbids {asked}", reasons=reasons, asked=asked)
    return say("no policy permits {asked}", asked=asked)


def _entity(kind: str, key: str) -> dict[str, str]:
    return {"type": f"{NAMESPACE}::{kind}", "id": key}


def _record(
    uid: dict[str, str], attributes: Mapping[str, object], *parents: dict[str, str]
) -> dict[str, object]:
    return {"uid": uid, "attrs": attributes, "parents": list(parents)}
