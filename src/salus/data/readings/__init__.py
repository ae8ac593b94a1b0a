"""Live readings as devices send them: read, checked, and turned into the usual unit."""
