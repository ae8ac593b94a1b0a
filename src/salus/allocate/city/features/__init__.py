"""What a city may decide beside its journeys, and what it must keep: one feature a file."""
