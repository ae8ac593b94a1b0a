"""Which registrations are of one person, why, and what is best known of that person."""
