"""What is decided anew when something has happened: what has begun stays, little else changes."""
