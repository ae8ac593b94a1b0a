"""The tables of accounts: who may come in, who is in, who was invited, and who tried in vain."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Table, Text

from salus.data.store.schema import METADATA, WHOLE, plain

ACCOUNT = Table(
    "account",
    METADATA,
    plain("name", Text(), key=True),
    plain("role", Text()),
    plain("districts", Text(), optional=True),
    plain("disabled", WHOLE),
    plain("password", Text()),
    plain("made_at", Text()),
)
"""The accounts; of the password an argon2id hash, the districts as a JSON list."""

SESSION = Table(
    "session",
    METADATA,
    plain("digest", Text(), key=True),
    plain("account", Text(), ForeignKey("account.name")),
    plain("started_at", Text()),
    plain("seen_at", Text()),
    plain("expires_at", Text()),
)
"""Who is signed in; of the token its SHA-256."""

INVITATION = Table(
    "invitation",
    METADATA,
    plain("digest", Text(), key=True),
    plain("name", Text()),
    plain("role", Text()),
    plain("districts", Text(), optional=True),
    plain("expires_at", Text()),
)
"""Who may still make an account; of the token its SHA-256. The name may be left to be chosen."""

ATTEMPT = Table(
    "attempt",
    METADATA,
    plain("digest", Text(), key=True),
    plain("failures", WHOLE),
    plain("last_at", Text()),
)
"""Failed attempts to sign in since the last success, by the SHA-256 of the name that was typed."""
