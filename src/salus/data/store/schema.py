"""The tables of the store; each column says what it could reveal about a person.

Tables are created by the migrations only; a test holds that both agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
)

from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

REVISION = "0006"
"""The newest migration: what a store must be at before it is used."""

# SQLite counts rows by itself only under the plain name INTEGER.
WHOLE = BigInteger().with_variant(Integer(), "sqlite")

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def plain(
    name: str,
    type_: TypeEngine[Any],
    *more: ForeignKey,
    key: bool = False,
    unique: bool | None = None,
    optional: bool = False,
) -> Column[Any]:
    """Describe a column that says nothing about a person.

    Examples
    --------
    >>> plain("seed", WHOLE).info["sensitivity"].value
    'plain'
    """
    info = {"sensitivity": Sensitivity.PLAIN}
    return Column(name, type_, *more, primary_key=key, unique=unique, nullable=optional, info=info)


AUDIT = Table(
    "audit",
    METADATA,
    plain("sequence", WHOLE, key=True),
    plain("at", Text()),
    plain("principal", Text()),
    plain("role", Text()),
    plain("permission", Text()),
    plain("resource", Text()),
    plain("outcome", Text()),
    plain("detail", Text()),
    plain("previous", Text()),
    plain("digest", Text()),
)
"""The entries of the audit, as :class:`salus.domain.audit.AuditEntry` names them."""

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    plain("id", WHOLE, key=True),
    plain("sequence", WHOLE),
    plain("digest", Text()),
    CheckConstraint("id = 1", name="one_row"),
)
"""Where the audit ends; one row, written together with the entry."""

LEDGER = Table(
    "ledger",
    METADATA,
    plain("position", WHOLE, key=True),
    plain("id", Text(), unique=True),
    plain("digest", Text()),
    plain("kind", Text()),
    plain("made_at", Text()),
    plain("as_of", Text(), optional=True),
    plain("code_version", Text()),
    plain("commit", Text()),
    plain("requirements_digest", Text()),
    plain("seed", WHOLE),
    plain("parameters", Text()),
    plain("answer_digest", Text()),
)
"""The decisions, in the order they were recorded."""

LEDGER_INPUT = Table(
    "ledger_input",
    METADATA,
    plain("position", WHOLE, ForeignKey("ledger.position"), key=True),
    plain("name", Text(), key=True),
    plain("sha256", Text()),
    plain("size", WHOLE),
)
"""What each decision was made from."""

RUN = Table(
    "run",
    METADATA,
    plain("id", WHOLE, key=True),
    plain("command", Text()),
    plain("region", Text()),
    plain("started", Text()),
    plain("finished", Text(), optional=True),
    plain("outcome", Text(), optional=True),
    plain("out", Text(), optional=True),
)
"""Every run of the main job."""
