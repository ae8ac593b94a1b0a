"""The treatment wing: its floor is held, its engines come with patients."""
