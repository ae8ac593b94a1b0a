"""Hard rules of medicine safety as readable data, and what applies them."""
