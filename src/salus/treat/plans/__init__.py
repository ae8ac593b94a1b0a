"""Treatment plans, one readable file per condition, and what checks them."""
