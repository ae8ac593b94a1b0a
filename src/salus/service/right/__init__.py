"""How right were we: the one place that compares answers with the truth of a made-up city."""
