"""A hospital's weeks: who is admitted when, into which room and theatre, with which nurses."""
