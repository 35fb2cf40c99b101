"""How fast a kept page is beside a view that does nothing. Run it with ``make bench-pages``."""
