"""CSV files understood: each column as texts, numbers or dates, each fault with its row."""
