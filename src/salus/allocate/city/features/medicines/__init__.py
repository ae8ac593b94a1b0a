"""Medicines: batches that lie somewhere, expire, are ordered, sent and given."""
