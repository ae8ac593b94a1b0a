"""One file for each kind of resource: what of it becomes a row."""
