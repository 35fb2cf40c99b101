"""Views of calls beside their pages."""
