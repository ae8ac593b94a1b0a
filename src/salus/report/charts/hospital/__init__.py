"""Pictures of a hospital's weeks: beds, theatres and nurses, drawn here."""
