"""How fast the candidates of a match are found among all. Run it with ``make bench-candidates``."""
