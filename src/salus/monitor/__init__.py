"""Whether care is still good, and what comes next: forecasts and control charts."""
