"""Use cases: the only place where wings meet, behind the one gate of trust."""
