"""What is known: a region from its folder, and the store of what was decided."""
