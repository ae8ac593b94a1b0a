"""Planning before need is known: scenarios, what is decided first, and plans that hold in a set."""
