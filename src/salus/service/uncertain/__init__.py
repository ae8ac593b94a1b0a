"""What must be decided before need is known, planned for all that need may be."""
