"""How fast the list of calls is when it is long."""
