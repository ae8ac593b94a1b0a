"""The whole answer as flat tables: what the files, the JSON and the ledger hold."""
