"""How right the engines were, where the truth is known."""
