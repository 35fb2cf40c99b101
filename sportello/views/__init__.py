"""Pages of the Sportello: they read through querysets, ask permissions, and change things only through actions."""
