"""The coming two weeks of the busiest hospital of a city: whom it admits, where, with whom."""
