"""The queue of a city: which waiting patient goes where, now, and what the others wait for."""
