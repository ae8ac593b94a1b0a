"""The operational store: the audit, the ledger of decisions and the runs, under one folder."""
