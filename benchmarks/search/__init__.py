"""How fast the public search of offers answers, with the load of a busy day. Run it with ``make bench-search``."""
