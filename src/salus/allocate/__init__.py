"""Who gets which bed, nurse, theatre and medicine."""
