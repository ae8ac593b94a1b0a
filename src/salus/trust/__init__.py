"""Who may do what, and the proof of what was done: pure functions, applied at the one gate."""
