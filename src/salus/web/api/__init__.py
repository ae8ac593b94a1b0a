"""Routes for programs: one noun a file, models at the border only."""
