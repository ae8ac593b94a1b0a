"""What no roster of nurses may break: rest, hours and skill."""
