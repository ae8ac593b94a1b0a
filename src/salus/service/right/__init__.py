"""How right each engine was, held against the truth of a synthetic city."""
