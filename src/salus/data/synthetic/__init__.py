"""A made-up city whose truth is known: people, records, hospitals, and what really happened."""
