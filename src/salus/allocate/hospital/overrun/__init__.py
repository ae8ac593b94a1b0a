"""How likely a day of a theatre takes longer than it may."""
