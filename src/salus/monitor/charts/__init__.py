"""Control charts, one kind per file, and the rules that read them."""
