"""Settings by environment: base is shared, then dev, test, prod. Topics live in security, wagtail, logging."""
