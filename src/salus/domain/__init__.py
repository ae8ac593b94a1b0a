"""What Salus talks about: places, resources, demand, patients, care, indicators, records."""
