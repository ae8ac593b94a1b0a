"""Pages for people: one page a file, with its template beside it."""
