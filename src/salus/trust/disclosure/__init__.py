"""Tables of counts that may leave the house, and what is hidden in them and why."""
