"""What may change about a city: one kind of change a file."""
