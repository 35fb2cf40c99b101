"""Putting the real content of `home/data` into the portal: each thing once, and never over an editor's work."""
